//! Tables and columns of names that SQL, a format or a bound parameter might take for its own; and of 63 bytes, the most
//! that PostgreSQL holds.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use seed_diesel::{RebuildConstraints, Seedable, models, seed};
use seed_tests::Engine as _;

use super::Db;

diesel::table! {
    #[sql_name = "a.b; -- $1 ? :x %s {} [c] \\ 'd'"]
    hosts (id) {
        #[sql_name = "WHERE"]
        id -> Integer,
        #[sql_name = "日本 ü.\"`'"]
        #[max_length = 20]
        label -> Varchar,
        #[sql_name = "/* ? */ $2"]
        number -> Integer,
    }
}

diesel::table! {
    #[sql_name = "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_123456789"]
    guests (id) {
        #[sql_name = "Key"]
        id -> Integer,
        #[sql_name = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz_123456789"]
        host_id -> Integer,
    }
}

#[derive(Queryable, Selectable, Seedable)]
struct Host {
    id: i32,
    #[seed(values = ["one", "two"])]
    label: String,
    #[seed(range = 1..=9)]
    number: i32,
}

#[derive(Queryable, Selectable, Seedable)]
struct Guest {
    id: i32,
    #[seed(references = hosts::id, with = 2)]
    host_id: i32,
}

const HOSTS: &str = "a.b; -- $1 ? :x %s {} [c] \\ 'd'";
const LABEL: &str = "日本 ü.\"`'";
const GUESTS: &str = "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_123456789";
const HOST_ID: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz_123456789";

fn quoted(name: &str) -> String {
    let quote = if Db::ENGINE == "mysql" { "`" } else { "\"" };
    format!("{quote}{}{quote}", name.replace(quote, &quote.repeat(2)))
}

fn with_tables() -> Db {
    let mut db = Db::empty();
    let key = match Db::ENGINE {
        "sqlite" => "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
        "postgres" => "SERIAL PRIMARY KEY",
        _ => "INTEGER PRIMARY KEY AUTO_INCREMENT",
    };
    let (hosts, id, label, number) = (quoted(HOSTS), quoted("WHERE"), quoted(LABEL), quoted("/* ? */ $2"));
    let (guests, guest_id, host_id) = (quoted(GUESTS), quoted("Key"), quoted(HOST_ID));
    // The name that MariaDB makes of such a table's is too long for itself.
    let constraint = quoted("the guest's \"host\"; $1 ? `x`");
    let tables = format!(
        "CREATE TABLE {hosts} ({id} {key}, {label} VARCHAR(20) NOT NULL, {number} INTEGER NOT NULL);
         CREATE TABLE {guests} ({guest_id} {key}, {host_id} INTEGER NOT NULL,
             CONSTRAINT {constraint} FOREIGN KEY ({host_id}) REFERENCES {hosts} ({id}));"
    );
    db.conn.batch_execute(&tables).unwrap();
    db
}

fn number(db: &mut Db, what: &str, table: &str) -> i64 {
    db.conn.number_of(&format!("SELECT {what} FROM {}", quoted(table)))
}

#[test]
fn they_are_seeded() {
    let mut db = with_tables();
    let report = seed(&mut db.conn, models![Guest, Host]).run().unwrap();
    assert_eq!((report.rows("hosts"), report.rows("guests")), (10, 20));
    assert_eq!(number(&mut db, &format!("count(DISTINCT {})", quoted(HOST_ID)), GUESTS), 10);
    assert_eq!(number(&mut db, &format!("count(DISTINCT {})", quoted(LABEL)), HOSTS), 2);
}

#[test]
fn they_are_reset_and_appended_to_and_their_sequences_moved() {
    let mut db = with_tables();
    seed(&mut db.conn, models![Guest, Host]).run().unwrap();
    seed(&mut db.conn, models![Guest, Host]).reset().run().unwrap();
    assert_eq!(number(&mut db, "count(*)", GUESTS), 20);
    seed(&mut db.conn, models![Guest, Host]).append().run().unwrap();
    assert_eq!((number(&mut db, "count(*)", HOSTS), number(&mut db, "count(*)", GUESTS)), (20, 40));
    let insert = format!("INSERT INTO {} ({}) VALUES (1)", quoted(GUESTS), quoted(HOST_ID));
    db.conn.batch_execute(&insert).unwrap();
    assert_eq!(number(&mut db, &format!("max({})", quoted("Key")), GUESTS), 41);
}

#[test]
fn a_run_that_commits_on_its_way_and_one_that_rebuilds_constraints_know_them() {
    let mut db = with_tables();
    seed(&mut db.conn, models![Guest, Host]).commit_every(7).run().unwrap();
    assert_eq!(number(&mut db, "count(*)", GUESTS), 20);
    let always = if Db::ENGINE == "mysql" { RebuildConstraints::Auto } else { RebuildConstraints::Always };
    seed(&mut db.conn, models![Guest, Host]).rebuild_constraints(always).reset().run().unwrap();
    assert_eq!(number(&mut db, "count(*)", GUESTS), 20);
}

#[test]
fn fixtures_of_them_are_made() {
    let mut db = with_tables();
    let host = Host::seeder().label("three").seed_one(&mut db.conn).unwrap();
    assert_eq!(host.label, "three");
    let guests = Guest::seed_many(&mut db.conn, 2).unwrap();
    assert!(guests.iter().all(|guest| guest.host_id > host.id));
}
