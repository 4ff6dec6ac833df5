//! Names that must be quoted.

use diesel::connection::SimpleConnection;
use seed_diesel::{Seedable, models, seed};
use seed_tests::{Database, Engine};

use super::Db;
use crate::models::{Line, Order};

/// SQL with names in brackets: these are put in the quotes of the database.
fn sql<C: Engine>(_: &Database<C>, text: &str) -> String {
    let quote = if C::ENGINE == "mysql" { "`" } else { "\"" };
    let quoted = |name: &str| format!("{quote}{}{quote}", name.replace(quote, &quote.repeat(2)));
    text.split('[')
        .map(|part| match part.split_once(']') {
            Some((name, rest)) => quoted(name) + &C::sql(rest),
            None => C::sql(part),
        })
        .collect()
}

fn with_tables() -> Db {
    let mut db = Db::empty();
    let tables = "
        CREATE TABLE [order] ([select] SERIAL PRIMARY KEY, [type] VARCHAR(20) NOT NULL,
            [a \"quoted\" `name`] INTEGER NOT NULL);
        CREATE TABLE [line's \"of\" `an` order] ([group] SERIAL PRIMARY KEY, order_id INTEGER NOT NULL,
            FOREIGN KEY (order_id) REFERENCES [order] ([select]));";
    let tables = sql(&db, tables);
    db.conn.batch_execute(&tables).unwrap();
    db
}

fn number(db: &mut Db, text: &str) -> i64 {
    let text = sql(db, text);
    db.conn.number_of(&text)
}

#[test]
fn tables_and_columns_of_any_name_are_seeded() {
    let mut db = with_tables();
    let report = seed(&mut db.conn, models![Line, Order]).run().unwrap();
    // A report names the tables as `schema.rs` does.
    assert_eq!((report.rows("orders"), report.rows("lines")), (10, 20));
    assert_eq!(number(&mut db, "SELECT count(*) FROM [order] WHERE [type] IN ('paid', 'open')"), 10);
    assert_eq!(number(&mut db, "SELECT count(*) FROM [order] WHERE [a \"quoted\" `name`] BETWEEN 1 AND 9"), 10);
    assert_eq!(number(&mut db, "SELECT count(DISTINCT order_id) FROM [line's \"of\" `an` order]"), 10);
}

#[test]
fn they_are_reset_and_their_sequences_moved() {
    let mut db = with_tables();
    seed(&mut db.conn, models![Line, Order]).run().unwrap();
    seed(&mut db.conn, models![Line, Order]).reset().run().unwrap();
    let insert = sql(&db, "INSERT INTO [line's \"of\" `an` order] (order_id) VALUES (1)");
    db.conn.batch_execute(&insert).unwrap();
    assert_eq!(number(&mut db, "SELECT max([group]) FROM [line's \"of\" `an` order]"), 21);
}

#[test]
fn fixtures_of_them_are_made() {
    let mut db = with_tables();
    let order = Order::seeder().r#type("lost").seed_one(&mut db.conn).unwrap();
    assert_eq!(order.r#type, "lost");
    let lines = Line::seed_many(&mut db.conn, 2).unwrap();
    assert!(lines.iter().all(|line| line.order_id > order.id));
    assert_eq!(number(&mut db, "SELECT count(*) FROM [order]"), 2);
}
