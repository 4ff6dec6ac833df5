//! After a run the application's next ordinary INSERT, which gives no key, works.

use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{models, seed};

use super::Db;
use crate::models::Team;

const TEAMS: &str = "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);";

#[test]
fn the_next_ordinary_insert_takes_the_next_key() {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
    db.run(
        "INSERT INTO users (created_at, username, date_of_birth) VALUES ('2026-01-02 03:04:05', 'the next', '2000-01-01');
         INSERT INTO user_profiles (user_id, first_name, last_name, title) VALUES (13, 'Ada', 'Lovelace', 'Countess');
         INSERT INTO sessions (user_id, created_at, duration) VALUES (13, '2026-01-02 03:04:05', 60);
         INSERT INTO levels (name, difficulty) VALUES ('the last', 10);
         INSERT INTO scores (session_id, level_id, created_at, score, time_taken, accuracy)
             VALUES (61, 6, '2026-01-02 03:04:05', 1, 5, 0.5);",
    );
    for (table, last) in [("users", 13), ("user_profiles", 13), ("sessions", 61), ("levels", 6), ("scores", 301)] {
        assert_eq!(db.number(&format!("SELECT max(id) FROM {table}")), last, "{table}");
    }
}

#[test]
fn a_sequence_that_is_ahead_stays_there() {
    let mut db = Db::with(TEAMS);
    // The application has made and deleted 500 rows.
    for _ in 0..500 {
        db.run("INSERT INTO teams (name) VALUES ('gone')");
    }
    db.run("DELETE FROM teams");
    seed(&mut db.conn, models![Team]).run().unwrap();
    assert_eq!(db.number("SELECT max(id) FROM teams"), 10);
    db.run("INSERT INTO teams (name) VALUES ('the next')");
    assert_eq!(db.number("SELECT id FROM teams WHERE name = 'the next'"), 501);
}

#[test]
fn a_table_without_rows_keeps_its_first_key() {
    let mut db = Db::with(TEAMS);
    seed(&mut db.conn, models![Team]).refine::<Team>(|t| t.count(0)).run().unwrap();
    db.run("INSERT INTO teams (name) VALUES ('the first')");
    assert_eq!(db.number("SELECT id FROM teams"), 1);
}

#[test]
fn a_key_that_the_database_does_not_count_is_made_as_well() {
    let mut db = Db::with("CREATE TABLE teams (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(30) NOT NULL);");
    seed(&mut db.conn, models![Team]).run().unwrap();
    assert_eq!(db.number("SELECT sum(id) FROM teams"), 55);
}
