//! No value leaves what its column can hold: times at the ends of time, numbers of a small column, texts of a short one.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use seed_diesel::{Anchor, Error, Generator, Seedable, int, models, seed};

use super::Db;

diesel::table! {
    visits (id) { id -> Integer, created_at -> Timestamp, updated_at -> Timestamp, born_on -> Date }
}
diesel::table! {
    hours (id) { id -> Integer, visit_id -> Integer, created_at -> Timestamp }
}
diesel::table! {
    bookings (id) { id -> Integer, booked_at -> Timestamp, paid_at -> Timestamp }
}
diesel::table! {
    counters (id) { id -> BigInt, hits -> BigInt, level -> BigInt, name -> Text }
}

/// Lower case is left as it is by the tests' own translation: on MySQL this is the TIMESTAMP of few years.
const TABLES: &str = "
    CREATE TABLE visits (id SERIAL PRIMARY KEY, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL,
                         born_on DATE NOT NULL);
    CREATE TABLE hours (id SERIAL PRIMARY KEY, visit_id INTEGER NOT NULL, created_at timestamp NOT NULL,
                        FOREIGN KEY (visit_id) REFERENCES visits (id));
    CREATE TABLE bookings (id INTEGER PRIMARY KEY, booked_at TIMESTAMP NOT NULL, paid_at timestamp NOT NULL);
    CREATE TABLE counters (id SMALLINT PRIMARY KEY, hits SMALLINT NOT NULL, level SMALLINT NOT NULL,
                           name VARCHAR(4) NOT NULL);
";

#[derive(Debug, Queryable, Selectable, Seedable)]
#[diesel(table_name = visits)]
struct Visit {
    id: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    born_on: NaiveDate,
}

#[derive(Debug, Queryable, Selectable, Seedable)]
#[diesel(table_name = hours)]
struct Hour {
    id: i32,
    #[seed(references = visits::id)]
    visit_id: i32,
    created_at: NaiveDateTime,
}

#[derive(Seedable)]
#[diesel(table_name = bookings)]
struct Booking {
    id: i32,
    #[seed(range = "2090-01-01"..="2120-01-01")]
    booked_at: NaiveDateTime,
    #[seed(after = booked_at)]
    paid_at: NaiveDateTime,
}

#[derive(Seedable)]
#[diesel(table_name = counters)]
struct Counter {
    id: i64,
    #[seed(unique)]
    hits: i64,
    #[seed(range = 1..=40_000)]
    level: i64,
    name: String,
}

fn day(year: i32, month: u32, day: u32) -> Anchor {
    Anchor::date(year, month, day).expect("a day")
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().expect("a timestamp")
}

/// The last second of a `timestamp`.
fn last_timestamp(db: &mut Db) -> NaiveDateTime {
    if Db::ENGINE != "mysql" {
        return at("9999-12-31T23:59:59");
    }
    let reaches_further = db.number("SELECT FROM_UNIXTIME(4294967295) IS NOT NULL AND VERSION() LIKE '%MariaDB%'");
    if reaches_further == 1 { at("2106-02-07T06:28:15") } else { at("2038-01-19T03:14:07") }
}

#[test]
fn inferred_times_end_where_the_database_does() {
    let mut db = Db::with(TABLES);
    // `born_on` lies up to 80 years before the anchor, `updated_at` after `created_at`.
    seed(&mut db.conn, models![Visit]).anchor(day(9_999, 12, 31)).refine::<Visit>(|t| t.count(200)).run().unwrap();
    let rows: Vec<Visit> = visits::table.select(Visit::as_select()).load(&mut db.conn).unwrap();
    let last = at("9999-12-31T23:59:59");
    assert!(rows.iter().all(|row| row.created_at <= row.updated_at && row.updated_at <= last), "{rows:?}");
    assert!(rows.iter().any(|row| row.id == 200 && row.created_at > at("9990-01-01T00:00:00")));
}

#[test]
fn an_anchor_that_no_column_holds_is_refused() {
    let mut db = Db::with(TABLES);
    for anchor in [day(20_000, 1, 1), day(900, 1, 1)] {
        let error = seed(&mut db.conn, models![Visit]).anchor(anchor).run().unwrap_err();
        assert!(matches!(error, Error::Plan(_)), "{error}");
        let text = error.to_string();
        for part in
            ["`visits.created_at`", "around the anchor", "0000-01-01 00:00:00 to 9999-12-31", "choose another anchor"]
        {
            let part = if Db::ENGINE == "postgres" { part.split("0000").next().unwrap_or_default() } else { part };
            assert!(text.replace("1000-01-01", "0000-01-01").contains(part), "{part}: {text}");
        }
    }
    assert_eq!(db.number("SELECT count(*) FROM visits"), 0);
}

#[test]
fn a_timestamp_of_few_years_is_filled_up_to_its_ends() {
    let mut db = Db::with(TABLES);
    let last = last_timestamp(&mut db);
    let year = last.format("%Y").to_string().parse().expect("a year");
    let anchors = if Db::ENGINE == "mysql" { vec![day(year, 6, 1), day(1970, 1, 3)] } else { vec![day(year, 6, 1)] };
    for anchor in anchors {
        seed(&mut db.conn, models![Visit, Hour]).anchor(anchor).reset().run().unwrap();
        let rows: Vec<Hour> = hours::table.select(Hour::as_select()).load(&mut db.conn).unwrap();
        assert!(
            rows.iter().all(|row| row.created_at <= last && row.created_at >= at("1970-01-01T00:00:01")),
            "{rows:?}"
        );
    }
}

#[test]
fn a_timestamp_of_few_years_is_that_of_the_sessions_time_zone() {
    if Db::ENGINE != "mysql" {
        return;
    }
    let mut db = Db::with(TABLES);
    for zone in ["+09:00", "-11:00"] {
        db.run(&format!("SET time_zone = '{zone}'"));
        seed(&mut db.conn, models![Visit, Hour]).anchor(day(1970, 1, 2)).reset().run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM hours WHERE unix_timestamp(created_at) BETWEEN 1 AND 172800"), 10);
        let text =
            seed(&mut db.conn, models![Visit, Hour]).anchor(day(1969, 1, 1)).reset().run().unwrap_err().to_string();
        let first = if zone == "+09:00" { "1970-01-01 09:00:01" } else { "1969-12-31 13:00:01" };
        assert!(text.contains("`hours.created_at`") && text.contains(first), "{text}");
    }
}

#[test]
fn a_range_outside_of_the_column_is_refused_with_both() {
    let mut db = Db::with(TABLES);
    let last = last_timestamp(&mut db).to_string();
    let run = seed(&mut db.conn, models![Visit, Hour])
        .refine::<Hour>(|t| {
            t.column(hours::created_at, seed_diesel::range::<NaiveDateTime>("2030-01-01"..="2130-01-01"))
        })
        .run();
    if Db::ENGINE == "mysql" {
        let text = run.unwrap_err().to_string();
        assert!(
            text.contains(&format!(
                "`hours.created_at`: the values from `2030-01-01T00:00:00` to `2130-01-01T00:00:00` leave the column, whose \
                 type `timestamp` holds 1970-01-01 00:00:01 to {last}; write values within these"
            )),
            "{text}"
        );
        assert_eq!(db.number("SELECT count(*) FROM visits"), 0);
    } else {
        run.unwrap();
    }
}

#[test]
fn what_comes_after_a_later_time_is_refused_where_it_is_said_and_ends_with_the_column_else() {
    let mut db = Db::with(TABLES);
    let last = last_timestamp(&mut db);
    let told = seed(&mut db.conn, models![Booking]).run();
    let parents_are_later = seed(&mut db.conn, models![Visit, Hour])
        .refine::<Visit>(|t| {
            t.column(visits::created_at, seed_diesel::range::<NaiveDateTime>("2110-01-01"..="2120-01-01"))
        })
        .run();
    parents_are_later.unwrap();
    let rows: Vec<Hour> = hours::table.select(Hour::as_select()).load(&mut db.conn).unwrap();
    if Db::ENGINE == "mysql" {
        let text = told.unwrap_err().to_string();
        for part in
            ["`bookings.paid_at`: it comes `after` values up to 2120-01-01 00:00:00, but its type `timestamp`", "wider"]
        {
            assert!(text.contains(part), "{text}");
        }
        assert!(rows.iter().all(|row| row.created_at == last), "{rows:?}");
    } else {
        told.unwrap();
        assert!(rows.iter().all(|row| row.created_at >= at("2110-01-01T00:00:00")), "{rows:?}");
    }
}

#[test]
fn a_fixture_keeps_to_the_column() {
    let mut db = Db::with(TABLES);
    let visit = Visit::seed_one(&mut db.conn).unwrap();
    let last = last_timestamp(&mut db);
    let hour = Hour::seeder().visit_id(visit.id).created_at(last).seed_one(&mut db.conn).unwrap();
    assert_eq!((hour.created_at, hour.visit_id), (last, visit.id));
    let later = at("9999-12-31T23:59:59");
    let given = Hour::seeder().visit_id(visit.id).created_at(later).seed_one(&mut db.conn);
    if Db::ENGINE == "mysql" {
        let text = given.unwrap_err().to_string();
        assert!(text.contains("`hours.created_at`: `9999-12-31T23:59:59` is not a value of the column"), "{text}");
    } else {
        assert_eq!(given.unwrap().created_at, later);
    }
}

#[test]
fn numbers_and_texts_keep_to_the_column() {
    let mut db = Db::with(TABLES);
    let level = |top| move |t: seed_diesel::Refine<Counter>| t.count(300).column(counters::level, int(1..=top));
    seed(&mut db.conn, models![Counter]).refine::<Counter>(level(32_767)).run().unwrap();
    if Db::ENGINE == "sqlite" {
        // It keeps to no types, and needs none of this.
        return;
    }
    assert_eq!(db.number("SELECT count(*) FROM counters WHERE hits BETWEEN 1 AND 32767 AND length(name) <= 4"), 300);
    let text = seed(&mut db.conn, models![Counter]).reset().run().unwrap_err().to_string();
    assert!(text.contains("`counters.level`: the values from `1` to `40000` leave the column"), "{text}");
    assert!(text.contains("-32768 to 32767"), "{text}");
    // More rows than the key has numbers.
    let many = |t: seed_diesel::Refine<Counter>| t.count(32_768).column(counters::level, int(1..=9));
    let text = seed(&mut db.conn, models![Counter]).reset().refine::<Counter>(many).run().unwrap_err().to_string();
    assert!(text.contains("`counters.id`") && text.contains("32767"), "{text}");
    // What a closure makes is the model's own.
    let halves =
        |t: seed_diesel::Refine<Counter>| t.column(counters::level, int::<i64>(1..=40_000).map(|level| level / 2));
    seed(&mut db.conn, models![Counter]).reset().refine::<Counter>(halves).run().unwrap();
}
