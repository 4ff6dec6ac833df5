//! A run under the strictest isolation.

use diesel::connection::SimpleConnection;
use seed_diesel::{Progress, models, seed};

use super::Db;
use crate::models::{Node, Team};

#[test]
fn a_serialization_failure_is_tried_again() {
    let mut db = Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE nodes (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL);",
    );
    db.run("SET default_transaction_isolation = 'serializable'");
    let mut other = db.connect();
    other.batch_execute("SET default_transaction_isolation = 'serializable'").unwrap();
    let mut told = Vec::new();
    let mut progress = |progress: Progress<'_>| {
        told.push(format!("{progress:?}"));
        if told.len() == 1 {
            // It reads what the run is to write, and writes what the run has read: neither can be the first.
            other.batch_execute("BEGIN").unwrap();
            other.batch_execute("SELECT count(*) FROM teams").unwrap();
            other.batch_execute("INSERT INTO nodes (id, parent_id) VALUES (900, 900)").unwrap();
            other.batch_execute("COMMIT").unwrap();
            other.batch_execute("DELETE FROM nodes").unwrap();
        }
    };
    let report = seed(&mut db.conn, models![Team, Node]).on_progress(&mut progress).run().unwrap();
    assert_eq!(report.total(), 60);
    assert_eq!(db.number("SELECT count(*) FROM teams"), 10);
    assert_eq!(db.number("SELECT count(*) FROM nodes"), 50);
    assert_eq!(told.iter().filter(|told| told.starts_with("Table")).count(), 2);
}
