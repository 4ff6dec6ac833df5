//! Locks that other connections keep: how long a run waits for them, and whom it names.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use seed_diesel::{Blocker, Error, Progress, models, seed};
use seed_tests::{Engine, HasConnection};

use super::Db;
use crate::models::{Node, Team};

type Conn = <Db as HasConnection>::Connection;

fn teams_and_nodes() -> Db {
    Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL);",
    )
}

/// What keeps a table, and what gives it back.
const KEEP: &str = match Db::ENGINE.as_bytes()[0] {
    b'p' => "BEGIN; LOCK TABLE nodes IN ACCESS EXCLUSIVE MODE",
    _ => "LOCK TABLES nodes WRITE",
};
const LET_GO: &str = match Db::ENGINE.as_bytes()[0] {
    b'p' => "ROLLBACK",
    _ => "UNLOCK TABLES",
};

/// The server's number for a connection.
fn id(conn: &mut Conn) -> i64 {
    conn.number_of(if Db::ENGINE == "postgres" { "SELECT pg_backend_pid()" } else { "SELECT CONNECTION_ID()" })
}

#[track_caller]
fn assert_is_named(blockers: &[Blocker], id: i64) {
    assert!(blockers.iter().any(|blocker| blocker.id == Some(id)), "{id}: {blockers:?}");
}

#[test]
fn a_table_that_is_kept_ends_the_run_and_names_who_keeps_it() {
    for keep in [KEEP, "BEGIN; INSERT INTO teams (id, name) VALUES (3, 'mine')"] {
        let mut db = teams_and_nodes();
        let mut other = db.connect();
        other.batch_execute(keep).unwrap();
        let url = db.url().to_owned();
        let started = Instant::now();
        let error = seed(&mut db.conn, models![Team, Node])
            .lock_timeout(Duration::from_secs(1))
            .reconnect(|| Conn::establish(&url))
            .run()
            .unwrap_err();
        assert!(started.elapsed() < Duration::from_millis(3_500), "{:?}", started.elapsed());
        let text = error.to_string();
        let Error::Locked { blockers, .. } = error else { panic!("{error}") };
        assert_is_named(&blockers, id(&mut other));
        assert!(text.contains(&format!("connection {}", id(&mut other))), "{text}");
        assert!(text.ends_with("`--lock-timeout` (in code: `.lock_timeout(…)`); nothing was changed"), "{text}");
        other.batch_execute(LET_GO).unwrap();
        other.batch_execute("ROLLBACK").unwrap();
        assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
    }
}

#[test]
fn without_a_second_connection_nobody_is_named() {
    let mut db = teams_and_nodes();
    let mut other = db.connect();
    other.batch_execute(KEEP).unwrap();
    let run = seed(&mut db.conn, models![Team, Node]).lock_timeout(Duration::from_secs(1));
    let error = run.run().unwrap_err();
    let Error::Locked { ref blockers, .. } = error else { panic!("{error}") };
    assert!(blockers.is_empty(), "{error}");
}

#[test]
fn a_table_that_is_given_back_is_waited_for() {
    let mut db = teams_and_nodes();
    let mut other = db.connect();
    other.batch_execute(KEEP).unwrap();
    let id = id(&mut other);
    let url = db.url().to_owned();
    let told = Mutex::new(Vec::new());
    let report = thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(Duration::from_millis(4_000));
            other.batch_execute(LET_GO).unwrap();
        });
        seed(&mut db.conn, models![Team, Node])
            .lock_timeout(Duration::from_secs(30))
            .reconnect(|| Conn::establish(&url))
            .on_progress(|progress| {
                if let Progress::Waiting { blocker } = progress {
                    told.lock().unwrap().push(blocker.clone());
                }
            })
            .run()
    });
    assert_eq!(report.unwrap().total(), 60);
    let told = told.into_inner().unwrap();
    assert_is_named(&told, id);
    // Each once.
    assert_eq!(told.iter().filter(|blocker| blocker.id == Some(id)).count(), 1, "{told:?}");
}

#[test]
fn the_application_s_settings_are_left_as_they_are() {
    let settings = |conn: &mut Conn| match Db::ENGINE {
        "postgres" => conn.number_of("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"),
        _ => conn.number_of("SELECT @@innodb_lock_wait_timeout * 1000000 + @@lock_wait_timeout"),
    };
    let mut db = teams_and_nodes();
    let before = settings(&mut db.conn);
    seed(&mut db.conn, models![Team, Node]).lock_timeout(Duration::from_secs(7)).run().unwrap();
    assert_eq!(settings(&mut db.conn), before);
    let run = seed(&mut db.conn, models![Team, Node]).lock_timeout(Duration::from_secs(7));
    assert!(matches!(run.run(), Err(Error::NotEmpty { .. })));
    assert_eq!(settings(&mut db.conn), before);

    // What the connection waits by itself is the limit where nothing else is said: 2 s in these tests.
    let mut other = db.connect();
    other.batch_execute(if Db::ENGINE == "postgres" { KEEP } else { "BEGIN; UPDATE nodes SET parent_id = 1" }).unwrap();
    let started = Instant::now();
    let error = seed(&mut db.conn, models![Team, Node]).reset().run().unwrap_err();
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
