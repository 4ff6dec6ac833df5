//! After a reset and a second run the database is as after the first, the next key included.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::Connection;
use diesel::connection::SimpleConnection;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{RebuildConstraints, Seeding, models, seed};
use seed_tests::Engine;

use super::Db;
use super::failures::with_accounts;
use crate::models::{Account, Node, Team};

fn game(db: &mut Db, users: u64) -> Seeding<'_, <Db as seed_tests::HasConnection>::Connection> {
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).refine::<User>(|t| t.count(users))
}

/// The keys that the tables give by themselves.
fn next_keys(db: &mut Db) -> [i64; 5] {
    db.run("INSERT INTO users (created_at, username, date_of_birth) VALUES ('2026-01-02 03:04:05', 'the next', '2000-01-01')");
    let user = db.number("SELECT max(id) FROM users");
    db.run(&format!(
        "INSERT INTO user_profiles (user_id, first_name, last_name, title) VALUES ({user}, 'Ada', 'Lovelace', 'Countess');
         INSERT INTO sessions (user_id, created_at, duration) VALUES ({user}, '2026-01-02 03:04:05', 60);
         INSERT INTO levels (name, difficulty) VALUES ('the last', 10);"
    ));
    let (session, level) = (db.number("SELECT max(id) FROM sessions"), db.number("SELECT max(id) FROM levels"));
    db.run(&format!(
        "INSERT INTO scores (session_id, level_id, created_at, score, time_taken, accuracy)
             VALUES ({session}, {level}, '2026-01-02 03:04:05', 1, 5, 0.5);"
    ));
    ["users", "user_profiles", "sessions", "levels", "scores"]
        .map(|table| db.number(&format!("SELECT max(id) FROM {table}")))
}

#[test]
fn the_next_keys_are_those_of_a_first_run() {
    let mut db = Db::game();
    game(&mut db, 12).run().unwrap();
    assert_eq!(next_keys(&mut db), [13, 13, 61, 6, 301]);
    game(&mut db, 12).reset().run().unwrap();
    assert_eq!(next_keys(&mut db), [13, 13, 61, 6, 301]);
    game(&mut db, 3).reset().run().unwrap();
    assert_eq!(next_keys(&mut db), [4, 4, 16, 6, 76]);
    // MySQL loads no faster without constraints.
    let when = if Db::ENGINE == "mysql" { RebuildConstraints::Auto } else { RebuildConstraints::Always };
    game(&mut db, 12).reset().rebuild_constraints(when).run().unwrap();
    assert_eq!(next_keys(&mut db), [13, 13, 61, 6, 301]);
    game(&mut db, 3).reset().commit_every(10).run().unwrap();
    assert_eq!(next_keys(&mut db), [4, 4, 16, 6, 76]);
}

#[test]
fn keys_begin_at_the_first_when_rows_are_only_deleted() {
    let mut db = Db::game();
    game(&mut db, 12).run().unwrap();
    assert_eq!(game(&mut db, 12).only_reset().unwrap().len(), 5);
    assert_eq!(next_keys(&mut db), [1, 1, 1, 1, 1]);
    // Also where the rows are gone already.
    db.run(
        "DELETE FROM scores; DELETE FROM levels; DELETE FROM sessions; DELETE FROM user_profiles; DELETE FROM users",
    );
    assert_eq!(game(&mut db, 12).only_reset().unwrap(), []);
    assert_eq!(next_keys(&mut db), [1, 1, 1, 1, 1]);
}

#[test]
fn a_reset_of_some_tables_leaves_the_keys_of_the_others() {
    let mut db = Db::game();
    game(&mut db, 12).run().unwrap();
    game(&mut db, 12).tables(["scores", "levels"]).only_reset().unwrap();
    assert_eq!(next_keys(&mut db), [13, 13, 61, 1, 1]);
}

#[test]
fn a_run_that_fails_after_a_reset_leaves_keys_past_those_that_are_there() {
    let mut db = with_accounts("");
    seed(&mut db.conn, models![Team]).run().unwrap();
    db.run("CREATE UNIQUE INDEX cities ON accounts (city)");
    seed(&mut db.conn, models![Team, Account]).refine::<Team>(|t| t.count(2)).reset().run().unwrap_err();
    assert_eq!(db.number("SELECT count(*) FROM teams"), 10);
    db.run("INSERT INTO teams (name) VALUES ('the next')");
    assert_eq!(db.number("SELECT id FROM teams WHERE name = 'the next'"), 11);
}

#[test]
fn a_panic_after_a_reset_leaves_the_connection_as_it_was() {
    let mut db = Db::game();
    game(&mut db, 3).run().unwrap();
    catch_unwind(AssertUnwindSafe(|| game(&mut db, 3).reset().on_progress(|_| panic!("mine")).run())).unwrap_err();
    assert_eq!(db.number("SELECT count(*) FROM scores"), 75);
    let orphan = "INSERT INTO user_profiles (user_id, first_name, last_name, title) VALUES (99, 'A', 'L', 'Countess')";
    db.conn.batch_execute(orphan).unwrap_err();
    game(&mut db, 3).reset().run().unwrap();
    db.conn.batch_execute(orphan).unwrap_err();
}

#[test]
fn in_a_transaction_of_the_application_others_go_on_reading() {
    let mut db = Db::game();
    game(&mut db, 12).run().unwrap();
    let mut other = db.connect();
    db.conn.begin_test_transaction().unwrap();
    game(&mut db, 3).reset().run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM scores"), 75);
    assert_eq!(other.number_of("SELECT count(*) FROM scores"), 300);
    assert_eq!(game(&mut db, 3).only_reset().unwrap().len(), 5);
    assert_eq!(db.number("SELECT count(*) FROM users"), 0);
    assert_eq!(other.number_of("SELECT count(*) FROM users"), 12);
}

/// If each row were looked for among all others, this would take an hour.
#[test]
fn many_rows_that_reference_each_other_go_without_an_index() {
    let mut db = Db::with(
        "CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL,
             FOREIGN KEY (parent_id) REFERENCES nodes (id));",
    );
    seed(&mut db.conn, models![Node]).refine::<Node>(|t| t.count(50_000)).run().unwrap();
    assert_eq!(seed(&mut db.conn, models![Node]).only_reset().unwrap(), [("nodes".to_owned(), 50_000)]);
    assert_eq!(db.number("SELECT count(*) FROM nodes"), 0);
}

#[test]
fn foreign_keys_hold_for_the_rows_that_come_after_a_reset() {
    let mut db = Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE accounts (id SERIAL PRIMARY KEY, team_id INTEGER NOT NULL, age INTEGER NOT NULL,
             city VARCHAR(20) NOT NULL, secret VARCHAR(40) NOT NULL, note VARCHAR(40) NOT NULL,
             FOREIGN KEY (age) REFERENCES teams (id));",
    );
    seed(&mut db.conn, models![Team]).run().unwrap();
    let error = seed(&mut db.conn, models![Team, Account]).reset().run().unwrap_err().to_string();
    assert!(error.contains("`accounts`") && error.contains("#[seed(references = parent::id)]"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM teams"), 10);
    assert_eq!(db.number("SELECT count(*) FROM accounts"), 0);
}

#[test]
fn a_trigger_sees_the_rows_that_it_always_sees() {
    // Without it SQLite and MySQL would not look at foreign keys. PostgreSQL truncates.
    let body = match Db::ENGINE {
        "postgres" => return,
        "mysql" => "INSERT INTO gone VALUES (OLD.id)",
        _ => "BEGIN INSERT INTO gone VALUES (OLD.id); END",
    };
    let mut db = with_accounts("");
    db.run("CREATE TABLE gone (id INTEGER NOT NULL)");
    db.run(&format!("CREATE TRIGGER goes AFTER DELETE ON teams FOR EACH ROW {body}"));
    seed(&mut db.conn, models![Team, Account]).run().unwrap();
    seed(&mut db.conn, models![Team, Account]).reset().run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM gone"), 10);
}
