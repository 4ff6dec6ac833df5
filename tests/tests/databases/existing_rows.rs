//! What stands in the tables before a run.

use diesel::connection::SimpleConnection;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{Error, models, seed};

use super::Db;
use crate::models::{Member, Node, Team};

#[test]
fn tables_that_hold_rows_are_left_alone() {
    let mut db = Db::game();
    db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 10), ('mine, too', 9)");
    db.run(
        "INSERT INTO users (created_at, username, date_of_birth) VALUES ('2026-01-02 03:04:05', 'me', '2000-01-01')",
    );
    let before = db.export_game();

    let error = seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap_err();

    assert!(matches!(error, Error::NotEmpty { .. }));
    assert_eq!(
        error.to_string(),
        "tables hold rows already: `users` 1, `levels` 2; to delete these and seed again, use `--reset` (in code: \
         `.reset()`); to keep them and add rows behind them, `--append` (`.append()`); nothing was changed"
    );
    assert_eq!(db.export_game(), before);
}

#[test]
fn a_reset_gives_the_same_rows() {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
    let first = db.export_game();
    // The application has gone on.
    db.run("UPDATE scores SET score = 1; DELETE FROM user_profiles;");
    db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 10)");
    assert_ne!(db.export_game(), first);

    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).reset().run().unwrap();

    assert_eq!(db.export_game(), first);
}

#[test]
fn a_reset_of_empty_tables_is_a_run() {
    let mut db = Db::game();
    let report = seed(&mut db.conn, models![User]).reset().run().unwrap();
    assert_eq!(report.rows("users"), 12);
    assert_eq!(db.number("SELECT count(*) FROM users"), 12);
}

#[test]
fn a_reset_deletes_rows_that_reference_each_other() {
    let mut db = Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE members (id SERIAL PRIMARY KEY, team_id INTEGER, mentor_id INTEGER, name VARCHAR(40) NOT NULL,
             FOREIGN KEY (team_id) REFERENCES teams (id), FOREIGN KEY (mentor_id) REFERENCES members (id));",
    );
    seed(&mut db.conn, models![Team, Member]).run().unwrap();
    // The application's own rows may reference later ones, and themselves.
    db.run("UPDATE members SET mentor_id = 200 WHERE id = 1; UPDATE members SET mentor_id = 7 WHERE id = 7;");
    seed(&mut db.conn, models![Team, Member]).reset().refine::<Member>(|t| t.count(3)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members"), 3);
}

#[test]
fn a_reset_deletes_rows_that_cannot_be_without_each_other() {
    let mut db = Db::with(
        "CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL,
             FOREIGN KEY (parent_id) REFERENCES nodes (id));",
    );
    seed(&mut db.conn, models![Node]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM nodes WHERE parent_id > id"), 0);
    assert_eq!(db.number("SELECT parent_id FROM nodes WHERE id = 1"), 1);
    seed(&mut db.conn, models![Node]).reset().refine::<Node>(|t| t.count(3)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM nodes"), 3);
    // The database still sees to it that a parent is there.
    let orphan = db.conn.batch_execute("INSERT INTO nodes (id, parent_id) VALUES (98, 99)");
    assert!(orphan.unwrap_err().to_string().to_lowercase().contains("foreign key"));
}

/// Teams, and a table that is not part of the run, which references them.
fn with_an_outside_table(action: &str) -> Db {
    let mut db = Db::with(&format!(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE trophies (id SERIAL PRIMARY KEY, team_id INTEGER,
             FOREIGN KEY (team_id) REFERENCES teams (id) {action});"
    ));
    seed(&mut db.conn, models![Team]).run().unwrap();
    db
}

#[test]
fn a_reset_that_reaches_outside_is_refused() {
    for action in ["CASCADE", "SET NULL"] {
        let mut db = with_an_outside_table(&format!("ON DELETE {action}"));
        db.run("INSERT INTO trophies (team_id) VALUES (1), (2), (2)");

        let error = seed(&mut db.conn, models![Team]).reset().run().unwrap_err();

        assert_eq!(
            error.to_string(),
            format!(
                "the rows of `teams` cannot be deleted: rows of `trophies`, which is not part of this run, reference them \
                 with ON DELETE {action}; add its model (or its name to `--tables`), or delete its rows first; nothing was changed"
            )
        );
        assert_eq!(db.number("SELECT count(*) FROM teams"), 10);
        assert_eq!(db.number("SELECT count(team_id) FROM trophies"), 3);
    }
}

#[test]
fn a_reset_next_to_an_empty_outside_table_is_allowed() {
    for action in ["", "ON DELETE CASCADE", "ON DELETE SET NULL"] {
        let mut db = with_an_outside_table(action);
        seed(&mut db.conn, models![Team]).reset().refine::<Team>(|t| t.count(4)).run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM teams"), 4, "{action}");
    }
}

#[test]
fn a_reset_that_an_outside_table_forbids_names_it() {
    let mut db = with_an_outside_table("");
    db.run("INSERT INTO trophies (team_id) VALUES (10)");

    let error = seed(&mut db.conn, models![Team]).reset().run().unwrap_err();

    let error = error.to_string();
    assert!(
        error.starts_with("the rows of `teams` cannot be deleted: rows of `trophies`, which is not part"),
        "{error}"
    );
    assert!(
        error.ends_with("add its model (or its name to `--tables`), or delete its rows first; nothing was changed"),
        "{error}"
    );
    assert_eq!(db.number("SELECT count(*) FROM teams"), 10);
    assert_eq!(db.number("SELECT count(*) FROM trophies"), 1);
}

#[test]
fn a_row_outside_that_references_nothing_forbids_nothing() {
    let mut db = with_an_outside_table("");
    db.run("INSERT INTO trophies (team_id) VALUES (NULL)");
    seed(&mut db.conn, models![Team]).reset().refine::<Team>(|t| t.count(4)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM teams"), 4);
    assert_eq!(db.number("SELECT count(*) FROM trophies"), 1);
}

#[test]
fn a_reset_may_cascade_within_the_run() {
    let mut db = Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE members (id SERIAL PRIMARY KEY, team_id INTEGER, mentor_id INTEGER, name VARCHAR(40) NOT NULL,
             FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
             FOREIGN KEY (mentor_id) REFERENCES members (id) ON DELETE CASCADE);",
    );
    seed(&mut db.conn, models![Team, Member]).run().unwrap();
    seed(&mut db.conn, models![Team, Member]).reset().refine::<Member>(|t| t.count(3)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members"), 3);
}
