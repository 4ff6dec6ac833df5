//! A run reads rows of its own at its end, as the application does: what it cannot read is found at once.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Integer;
use seed_diesel::{Error, Seedable, Shard, models, seed};

use super::Db;

diesel::table! { shares (id) { id -> Integer, percent -> Integer } }
diesel::table! { raw_shares (id) { id -> Integer, percent -> Integer } }
diesel::table! { places (row, seat) { row -> Integer, seat -> Integer, percent -> Integer } }

const TABLES: &str = "
    CREATE TABLE shares (id SERIAL PRIMARY KEY, percent INTEGER NOT NULL);
    CREATE TABLE raw_shares (id SERIAL PRIMARY KEY, percent INTEGER NOT NULL);
    CREATE TABLE places (\"row\" INTEGER NOT NULL, seat INTEGER NOT NULL, percent INTEGER NOT NULL,
                         PRIMARY KEY (\"row\", seat));
";

/// A type that checks what it reads, and not what it is made of.
#[derive(Debug, Clone, Copy, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = Integer)]
struct Percent(i32);

impl<DB: Backend> ToSql<Integer, DB> for Percent
where
    i32: ToSql<Integer, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Integer, DB> for Percent
where
    i32: FromSql<Integer, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Percent> {
        match i32::from_sql(bytes)? {
            number @ 0..=100 => Ok(Percent(number)),
            number => Err(format!("{number} is not a percentage").into()),
        }
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = shares)]
struct Share {
    id: i32,
    #[seed(generator = seed_diesel::Map::new(Box::new(seed_diesel::int(101..=1_000)), Percent))]
    percent: Percent,
}

/// The same without a way to read it.
#[derive(Seedable)]
#[diesel(table_name = raw_shares)]
struct RawShare {
    id: i32,
    #[seed(generator = seed_diesel::Map::new(Box::new(seed_diesel::int(101..=1_000)), Percent))]
    percent: Percent,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = places, primary_key(row, seat))]
struct Place {
    row: i32,
    seat: i32,
    #[seed(value = Percent(150))]
    percent: Percent,
}

fn good() -> impl seed_diesel::Generator<Percent> + 'static {
    seed_diesel::Map::new(Box::new(seed_diesel::int(0..=100)), Percent)
}

#[test]
fn a_row_that_its_model_cannot_read_is_refused_and_nothing_is_left() {
    let mut db = Db::with(TABLES);
    let error = seed(&mut db.conn, models![Share]).run().unwrap_err();
    let Error::Unreadable { table, row, field, reason } = &error else { panic!("{error}") };
    assert_eq!((table.as_str(), field.as_deref(), row.as_str()), ("shares", Some("percent"), "the row with `id` 1"));
    assert!(reason.ends_with("is not a percentage"), "{reason}");
    let text = error.to_string();
    assert!(text.starts_with(
        "the row with `id` 1 of `shares` is loaded, and its own model cannot read it (column `percent`): "
    ));
    assert!(text.ends_with("; nothing was changed"), "{text}");
    assert_eq!(db.number("SELECT count(*) FROM shares"), 0);

    let error = seed(&mut db.conn, models![Place]).run().unwrap_err();
    assert!(matches!(&error, Error::Unreadable { row, .. } if row == "the first row by `row`, `seat`"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM places"), 0);
}

#[test]
fn a_row_that_its_model_reads_or_that_no_model_reads_is_kept() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Share]).refine::<Share>(|t| t.column(shares::percent, good())).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM shares"), 10);
    seed(&mut db.conn, models![RawShare]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM raw_shares WHERE percent > 100"), 10);
    // The rows of others are not looked at.
    db.run("UPDATE shares SET percent = 500");
    let append = seed(&mut db.conn, models![Share]).append();
    append.refine::<Share>(|t| t.column(shares::percent, good())).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM shares"), 20);
}

#[test]
fn a_part_of_a_run_reads_its_own_rows() {
    let mut db = Db::with(TABLES);
    let error = seed(&mut db.conn, models![Share]).shard(Shard::new(2, 2).unwrap()).run().unwrap_err();
    assert!(matches!(&error, Error::Unreadable { row, .. } if row == "the row with `id` 6"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM shares"), 0);
    let error = seed(&mut db.conn, models![Share]).commit_every(4).run().unwrap_err();
    assert!(
        matches!(&error, Error::Interrupted { rows: 10, source } if matches!(**source, Error::Unreadable { .. })),
        "{error}"
    );
}

#[test]
fn a_transaction_of_the_application_goes_on_after_it() {
    let mut db = Db::with(TABLES);
    db.conn
        .transaction(|conn| {
            seed(conn, models![Share]).run().unwrap_err();
            assert_eq!(shares::table.count().get_result::<i64>(conn)?, 0);
            diesel::insert_into(shares::table).values(shares::percent.eq(7)).execute(conn).map(|_| ())
        })
        .unwrap();
    assert_eq!(db.number("SELECT percent FROM shares"), 7);
}
