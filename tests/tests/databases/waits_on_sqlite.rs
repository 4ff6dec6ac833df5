//! SQLite: a file that others keep, a disk that is full, and a COMMIT that fails.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use seed_diesel::{Error, RebuildConstraints, models, seed};
use seed_tests::Engine;

use super::Db;
use crate::models::{Node, Team};

fn teams_and_nodes(journal: &str) -> Db {
    let mut db = Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL);",
    );
    db.run(&format!("PRAGMA journal_mode = {journal}"));
    seed(&mut db.conn, models![Team, Node]).run().unwrap();
    db
}

#[track_caller]
fn assert_unchanged(db: &mut Db, names: &[String]) {
    assert_eq!(db.texts(NAMES), names);
    assert_eq!(db.connect().number_of("SELECT count(*) FROM nodes"), 50);
}

const NAMES: &str = "SELECT name AS value FROM teams ORDER BY id";

#[test]
fn a_file_that_is_kept_is_busy_at_every_point() {
    for journal in ["WAL", "DELETE"] {
        for keep in ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"] {
            let mut db = teams_and_nodes(journal);
            let names = db.texts(NAMES);
            let mut other = db.connect();
            other.batch_execute(keep).unwrap();
            let wait = Duration::from_millis(300);
            let started = Instant::now();
            let of = |run: seed_diesel::Seeding<'_, SqliteConnection>, timed: bool| {
                let run = if timed { run.lock_timeout(wait) } else { run };
                let error = run.run().unwrap_err();
                assert!(matches!(error, Error::Busy { .. }), "{journal}, {keep}: {error}");
                assert!(error.to_string().contains("test.sqlite3"), "{error}");
            };
            of(seed(&mut db.conn, models![Team, Node]).reset(), true);
            of(seed(&mut db.conn, models![Team, Node]).reset().commit_every(7), true);
            of(seed(&mut db.conn, models![Team, Node]).append().resume(), true);
            of(seed(&mut db.conn, models![Team, Node]).append().rebuild_constraints(RebuildConstraints::Always), true);
            assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
            // The application's own setting holds, and is left as it was.
            db.run("PRAGMA busy_timeout = 400");
            of(seed(&mut db.conn, models![Team, Node]).reset(), false);
            other.batch_execute("ROLLBACK").unwrap();
            assert_eq!(db.number("SELECT timeout FROM pragma_busy_timeout"), 400);
            assert_unchanged(&mut db, &names);
        }
    }
}

#[test]
fn a_commit_that_a_reader_keeps_away_has_changed_nothing() {
    let mut db = teams_and_nodes("DELETE");
    let names = db.texts(NAMES);
    let mut other = db.connect();
    // A SHARED lock lets others write, but not commit.
    other.batch_execute("BEGIN; SELECT count(*) FROM teams").unwrap();
    let run = seed(&mut db.conn, models![Team, Node]).seed(7).reset().lock_timeout(Duration::from_millis(300));
    let error = run.run().unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
    assert!(error.to_string().ends_with("; nothing was changed"), "{error}");
    assert_unchanged(&mut db, &names);
    other.batch_execute("ROLLBACK").unwrap();
    seed(&mut db.conn, models![Team, Node]).seed(7).reset().run().unwrap();
    assert_ne!(db.texts(NAMES), names);
}

#[test]
fn a_full_disk_is_told_and_has_changed_nothing() {
    for journal in ["WAL", "DELETE"] {
        let mut db = teams_and_nodes(journal);
        let names = db.texts(NAMES);
        // As many pages as there are, and a few.
        let pages = db.number("SELECT page_count FROM pragma_page_count");
        db.run(&format!("PRAGMA max_page_count = {}", pages + 5));
        let run = seed(&mut db.conn, models![Team, Node]).refine::<Team>(|t| t.count(20_000)).append();
        let error = run.run().unwrap_err().to_string();
        assert!(error.contains("database or disk is full"), "{journal}: {error}");
        assert!(error.ends_with("; nothing was changed"), "{error}");
        assert_unchanged(&mut db, &names);
    }
}
