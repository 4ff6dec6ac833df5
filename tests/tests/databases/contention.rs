//! Runs and other connections that are in each other's way.

use std::sync::Barrier;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use seed_diesel::{Error, Progress, Seeding, models, seed};
use seed_tests::{Engine, HasConnection, rounds};

use super::Db;
use crate::models::{Node, Team};

fn teams_and_nodes() -> Db {
    Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL);
         CREATE TABLE ballast (id SERIAL PRIMARY KEY);",
    )
}

#[track_caller]
fn assert_seeded_once(db: &mut Db) {
    assert_eq!(db.number("SELECT count(*) FROM teams"), 10);
    assert_eq!(db.number("SELECT count(*) FROM nodes"), 50);
}

/// The rows of each table that a run has told of.
fn told(events: &[(String, u64)]) -> Vec<(&str, u64)> {
    let mut told: Vec<(&str, u64)> = Vec::new();
    for (table, rows) in events {
        match told.last_mut() {
            Some((last, sum)) if last == table => *sum += rows,
            _ => told.push((table, *rows)),
        }
    }
    told
}

/// Writes down what is told, and says when a table begins.
fn listen<'a>(events: &'a mut Vec<(String, u64)>, mut begins: impl FnMut(&str) + 'a) -> impl FnMut(Progress<'_>) + 'a {
    move |progress| match progress {
        Progress::Table { table, .. } => {
            begins(table);
            events.push((table.to_owned(), 0));
        }
        Progress::Rows(rows) => {
            let (table, _) = events.last().expect("a table").clone();
            events.push((table, rows));
        }
        _ => {}
    }
}

#[test]
fn eight_runs_at_once_seed_once() {
    for _ in 0..rounds(1, 30) {
        eight_runs_at_once();
    }
}

fn eight_runs_at_once() {
    let mut db = teams_and_nodes();
    let connections: Vec<_> = (0..8).map(|_| db.connect()).collect();
    let start = Barrier::new(connections.len());
    let results: Vec<Result<u64, Error>> = thread::scope(|scope| {
        let start = &start;
        let run = |mut conn| {
            scope.spawn(move || {
                start.wait();
                seed(&mut conn, models![Team, Node]).run().map(|report| report.total())
            })
        };
        let runs: Vec<_> = connections.into_iter().map(run).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let seeded: Vec<u64> = results.iter().filter_map(|result| result.as_ref().ok().copied()).collect();
    assert_eq!(seeded, [60], "{results:?}");
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        // It depends on whether they have come in time to see that one.
        assert!(matches!(error, Error::Busy { .. } | Error::NotEmpty { .. }), "{error}");
    }
    assert_seeded_once(&mut db);
    let error = seed(&mut db.conn, models![Team, Node]).run().unwrap_err();
    assert!(matches!(error, Error::NotEmpty { .. }), "{error}");
}

#[test]
fn a_run_beside_another_one_says_so() {
    let mut db = teams_and_nodes();
    let mut other = db.connect();
    let mut errors = Vec::new();
    let mut events = Vec::new();
    seed(&mut db.conn, models![Team, Node])
        .on_progress(listen(&mut events, |_| errors.extend(seed(&mut other, models![Team, Node]).run().err())))
        .run()
        .unwrap();
    let others = match Db::ENGINE {
        "sqlite" => "another run or another connection uses it",
        _ => "another run is at work in it",
    };
    assert_eq!(errors.len(), 2);
    for error in errors {
        let Error::Busy { ref database, .. } = error else { panic!("{error}") };
        assert!(database.contains(if Db::ENGINE == "sqlite" { "test.sqlite3" } else { "seed_tests_" }), "{database}");
        assert_eq!(
            error.to_string(),
            format!(
                "the database `{database}` cannot be seeded now, for {others}; wait for its end, and start this run again; \
                 nothing was changed"
            )
        );
    }
    assert_seeded_once(&mut db);
    // Nothing is kept for longer than the run.
    seed(&mut other, models![Team, Node]).reset().run().unwrap();
    assert_seeded_once(&mut db);
}

#[test]
fn tests_are_not_in_each_others_way() {
    // SQLite has one writer at a time.
    if Db::ENGINE == "sqlite" {
        return;
    }
    let mut db = teams_and_nodes();
    let mut other = db.connect();
    db.conn.begin_test_transaction().unwrap();
    seed(&mut db.conn, models![Team]).run().unwrap();
    other.begin_test_transaction().unwrap();
    seed(&mut other, models![Node]).run().unwrap();
    assert_eq!(other.number_of("SELECT count(*) FROM nodes"), 50);
    // Nor is one of them in that of a run.
    other.batch_execute("ROLLBACK").unwrap();
    let mut third = db.connect();
    seed(&mut third, models![Node]).run().unwrap();
    assert_eq!(third.number_of("SELECT count(*) FROM nodes"), 50);
}

#[test]
fn a_deadlock_is_tried_again() {
    meets_a_deadlock(|run| run);
}

#[test]
fn a_chunk_that_meets_a_deadlock_is_tried_again() {
    // The first chunk ends among the nodes.
    meets_a_deadlock(|run| run.commit_every(40));
}

type Run<'c> = Seeding<'c, <Db as HasConnection>::Connection>;

fn meets_a_deadlock(set_up: impl for<'c> FnOnce(Run<'c>) -> Run<'c>) {
    // It has none: there is one lock.
    if Db::ENGINE == "sqlite" {
        return;
    }
    let mut db = teams_and_nodes();
    let mut other = db.connect();
    other.batch_execute("BEGIN").unwrap();
    // Of two transactions, MariaDB undoes the one with fewer rows.
    let ballast: Vec<String> = (1..=500).map(|id| format!("({id})")).collect();
    other.batch_execute(&format!("INSERT INTO ballast (id) VALUES {}", ballast.join(", "))).unwrap();
    other.batch_execute("INSERT INTO nodes (id, parent_id) VALUES (1, 1)").unwrap();
    let (sender, receiver) = channel();
    let mut events = Vec::new();
    let report = thread::scope(|scope| {
        scope.spawn(move || {
            receiver.recv().unwrap();
            // The run waits for that row, and PostgreSQL undoes the one that has waited longer.
            thread::sleep(Duration::from_millis(300));
            other.batch_execute("INSERT INTO teams (id, name) VALUES (1, 'mine')").unwrap();
            other.batch_execute("ROLLBACK").unwrap();
        });
        let listener = listen(&mut events, |table| {
            if table == "nodes" {
                sender.send(()).unwrap();
            }
        });
        set_up(seed(&mut db.conn, models![Team, Node]).on_progress(listener)).run()
    });
    assert_eq!(report.unwrap().total(), 60);
    assert_seeded_once(&mut db);
    // No row is counted twice.
    assert_eq!(told(&events), [("teams", 10), ("nodes", 50)]);
}

#[test]
fn a_transaction_of_the_application_is_not_tried_again() {
    if Db::ENGINE == "sqlite" {
        return;
    }
    let mut db = teams_and_nodes();
    always_in_the_way(&mut db);
    db.conn.begin_test_transaction().unwrap();
    let started = Instant::now();
    let error = seed(&mut db.conn, models![Team, Node]).run().unwrap_err();
    assert!(matches!(error, Error::Load { .. } | Error::Database { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_millis(500));
}

/// Each insert into `nodes` fails as if another transaction were in its way.
fn always_in_the_way(db: &mut Db) {
    db.run(match Db::ENGINE {
        "postgres" => {
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE 'in the way' USING ERRCODE = 'serialization_failure'; END $$;
             CREATE TRIGGER fail BEFORE INSERT ON nodes FOR EACH ROW EXECUTE FUNCTION fail();"
        }
        "mysql" => {
            "CREATE TRIGGER fail BEFORE INSERT ON nodes FOR EACH ROW
                 SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'in the way'"
        }
        _ => {
            "CREATE TRIGGER fail BEFORE INSERT ON nodes BEGIN SELECT RAISE(FAIL, 'database is locked: in the way'); END"
        }
    });
}

#[test]
fn it_is_not_tried_forever() {
    let mut db = teams_and_nodes();
    always_in_the_way(&mut db);
    let started = Instant::now();
    let mut events = Vec::new();
    let error =
        seed(&mut db.conn, models![Team, Node]).on_progress(listen(&mut events, |_| ())).run().unwrap_err().to_string();
    let elapsed = started.elapsed();
    assert!(
        error.starts_with(
            "given up after 6 tries, since other transactions were in the way each time: loading `nodes`, rows 0 to "
        ),
        "{error}"
    );
    assert!(error.ends_with("in the way; nothing was changed"), "{error}");
    assert!((Duration::from_millis(1_550)..Duration::from_secs(20)).contains(&elapsed), "{elapsed:?}");
    assert_eq!(told(&events), [("teams", 10), ("nodes", 0)]);
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
    let mut other = db.connect();
    assert_eq!(other.number_of("SELECT count(*) FROM teams"), 0);
    db.run(if Db::ENGINE == "postgres" { "DROP TRIGGER fail ON nodes" } else { "DROP TRIGGER fail" });
    seed(&mut db.conn, models![Team, Node]).run().unwrap();
    assert_seeded_once(&mut db);
}
