//! Connections that break during a COMMIT: what has become of it is found out.

use diesel::prelude::*;
use seed_diesel::{Error, Progress, Seeding, models, seed};
use seed_tests::{HasConnection, Lost, Proxy};
use url::Url;

use super::Db;
use crate::models::{Node, Team};

type Conn = <Db as HasConnection>::Connection;
type Run<'a> = Seeding<'a, Conn>;

const TABLES: &str = "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
     CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL);";

/// The URL of a proxy before a database's server.
fn behind_a_proxy(db: &Db, words: &'static [&'static str], lost: Lost) -> String {
    let mut url = Url::parse(db.url()).unwrap();
    let proxy = Proxy::before(url.port().unwrap(), words, lost);
    url.set_port(Some(proxy.port)).unwrap();
    url.into()
}

fn loses(db: &Db, lost: Lost, run: impl for<'c> Fn(Run<'c>) -> Run<'c>) -> (Result<u64, Error>, bool) {
    let url = behind_a_proxy(db, &["COPY", "INSERT INTO"], lost);
    let mut conn = Conn::establish(&url).unwrap();
    let mut found = false;
    let progress = |progress: Progress<'_>| found |= matches!(progress, Progress::CommitFound);
    let ended = run(seed(&mut conn, models![Team, Node]).on_progress(progress)).run().map(|report| report.total());
    (ended, found)
}

fn looking(db: &Db) -> impl for<'r> Fn(Run<'r>) -> Run<'r> + use<> {
    let url = db.url().to_owned();
    move |run| {
        let url = url.clone();
        run.reconnect(move || Conn::establish(&url))
    }
}

#[track_caller]
fn assert_rows(db: &mut Db, teams: i64, nodes: i64) {
    assert_eq!(db.number("SELECT count(*) FROM teams"), teams);
    assert_eq!(db.number("SELECT count(*) FROM nodes"), nodes);
}

#[test]
fn one_that_was_carried_out_is_a_success() {
    let mut db = Db::with(TABLES);
    let (ended, found) = loses(&db, Lost::Answer, looking(&db));
    assert_eq!((ended.unwrap(), found), (60, true));
    assert_rows(&mut db, 10, 50);
    // Behind rows that are there, too.
    let look = looking(&db);
    let (ended, found) = loses(&db, Lost::Answer, |run| look(run).append());
    assert_eq!((ended.unwrap(), found), (60, true));
    assert_rows(&mut db, 20, 100);
}

#[test]
fn one_that_did_not_arrive_has_changed_nothing() {
    let mut db = Db::with(TABLES);
    let (ended, found) = loses(&db, Lost::Commit, looking(&db));
    let error = ended.unwrap_err().to_string();
    assert!(error.starts_with("the commit failed: ") && error.ends_with("; nothing was changed"), "{error}");
    assert!(!found);
    assert_rows(&mut db, 0, 0);
}

#[test]
fn without_a_second_connection_it_is_not_known() {
    for (lost, teams) in [(Lost::Answer, 10), (Lost::Commit, 0)] {
        let mut db = Db::with(TABLES);
        let (ended, _) = loses(&db, lost, |run| run);
        let error = ended.unwrap_err();
        assert!(matches!(error, Error::CommitUnknown { .. }), "{error}");
        let error = error.to_string();
        assert!(error.contains("there is no second connection to ask by (in code: `.reconnect(…)`)"), "{error}");
        assert!(!error.contains("nothing was changed"), "{error}");
        assert_rows(&mut db, teams, teams * 5);
    }
}

#[test]
fn rows_that_take_the_place_of_others_are_told_from_them() {
    for (lost, is_found) in [(Lost::Answer, true), (Lost::Commit, false)] {
        let mut db = Db::with(TABLES);
        seed(&mut db.conn, models![Team, Node]).seed(1).run().unwrap();
        let look = looking(&db);
        let (ended, found) = loses(&db, lost, |run| look(run).seed(2).reset());
        assert_eq!((ended.is_ok(), found), (is_found, is_found), "{ended:?}");
        assert_rows(&mut db, 10, 50);
        let names = "SELECT name AS value FROM teams ORDER BY id";
        let left = db.texts(names);
        seed(&mut db.conn, models![Team, Node]).seed(if is_found { 2 } else { 1 }).reset().run().unwrap();
        assert_eq!(db.texts(names), left);
    }
}

#[test]
fn the_same_rows_in_place_of_themselves() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Team, Node]).run().unwrap();
    let look = looking(&db);
    let (ended, _) = loses(&db, Lost::Answer, |run| look(run).reset());
    match Db::ENGINE {
        "postgres" => assert_eq!(ended.unwrap(), 60),
        // The tables are all that tells there, and hold the same.
        _ => {
            let error = ended.unwrap_err().to_string();
            assert!(error.contains("the tables hold the same rows in either case"), "{error}");
        }
    }
    assert_rows(&mut db, 10, 50);
}

#[test]
fn a_run_that_commits_on_its_way_counts_the_lost_commit() {
    for (lost, committed) in [(Lost::Answer, 7), (Lost::Commit, 0)] {
        let mut db = Db::with(TABLES);
        // The first COMMIT after rows of the run, not after the row of its ledger.
        let url = behind_a_proxy(&db, &["COPY \"teams\"", "COPY teams", "INTO `teams`"], lost);
        let mut conn = Conn::establish(&url).unwrap();
        let run = seed(&mut conn, models![Team, Node]).commit_every(7);
        let error = looking(&db)(run).run().unwrap_err();
        let Error::Interrupted { rows, .. } = error else { panic!("{error}") };
        assert_eq!(rows, committed, "{lost:?}");
        assert_eq!(db.number("SELECT count(*) FROM teams"), rows as i64);
        seed(&mut db.conn, models![Team, Node]).commit_every(7).resume().run().unwrap();
        assert_rows(&mut db, 10, 50);
    }
}

#[test]
fn a_reset_alone_is_found_out_too() {
    for (lost, left) in [(Lost::Answer, 0), (Lost::Commit, 10)] {
        let mut db = Db::with(TABLES);
        seed(&mut db.conn, models![Team, Node]).run().unwrap();
        let url = behind_a_proxy(&db, &["DELETE FROM", "TRUNCATE"], lost);
        let mut conn = Conn::establish(&url).unwrap();
        let ended = looking(&db)(seed(&mut conn, models![Team, Node])).only_reset();
        match lost {
            Lost::Answer => assert_eq!(ended.unwrap(), [("teams".to_owned(), 10), ("nodes".to_owned(), 50)]),
            Lost::Commit => assert!(ended.unwrap_err().to_string().ends_with("; nothing was changed")),
        }
        assert_rows(&mut db, left, left * 5);
    }
}

#[test]
fn a_connection_that_breaks_before_has_changed_nothing() {
    let mut db = Db::with(TABLES);
    let mut conn = db.connect();
    let drop_it = |progress: Progress<'_>| {
        if matches!(progress, Progress::Table { table: "nodes", .. }) {
            super::interruptions::drop_others(&mut db);
        }
    };
    let error = seed(&mut conn, models![Team, Node]).on_progress(drop_it).run().unwrap_err().to_string();
    assert!(error.ends_with("; nothing was changed"), "{error}");
    assert_rows(&mut db, 0, 0);
}
