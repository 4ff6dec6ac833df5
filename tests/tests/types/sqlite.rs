//! SQLite.

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use seed_diesel::{models, seed};

use super::*;

type Db = seed_tests::Sqlite;

tables! {
    plain {
        small: "SMALLINT", [SmallInt], [i16];
        whole: "INTEGER", [Integer], [i32];
        big: "BIGINT", [BigInt], [i64];
        single: "FLOAT", [Float], [f32];
        double_price: "DOUBLE", [Double], [f64];
        latitude: "DOUBLE", [Double], [f64];
        active: "BOOLEAN", [Bool], [bool];
        name: "TEXT", [Text], [String];
        digest: "BLOB", [Binary], [Vec<u8>];
        data: "TEXT", [Json], [serde_json::Value];
        settings: "BLOB", [Jsonb], [serde_json::Value];
    }
    times_of_chrono {
        born_on: "DATE", [Date], [NaiveDate];
        opens: "TIME", [Time], [NaiveTime];
        created_at: "TIMESTAMP", [Timestamp], [NaiveDateTime];
        updated_at: "TIMESTAMP", [TimestamptzSqlite], [DateTime<Utc>];
        local_at: "TIMESTAMP", [TimestamptzSqlite], [DateTime<Local>];
        naive_at: "TIMESTAMP", [TimestamptzSqlite], [NaiveDateTime];
        started_at: "TIMESTAMP", [TimestamptzSqlite], [DateTime<Utc>];
        ended_at: "TIMESTAMP", [TimestamptzSqlite], [DateTime<Utc>];
    }
    times_of_time {
        born_on: "DATE", [Date], [time::Date];
        opens: "TIME", [Time], [time::Time];
        created_at: "TIMESTAMP", [Timestamp], [time::PrimitiveDateTime];
        updated_at: "TIMESTAMP", [TimestamptzSqlite], [time::OffsetDateTime];
        naive_at: "TIMESTAMP", [TimestamptzSqlite], [time::PrimitiveDateTime];
        started_at: "TIMESTAMP", [Timestamp], [time::PrimitiveDateTime];
        ended_at: "TIMESTAMP", [Timestamp], [time::PrimitiveDateTime];
    }
    times_of_jiff {
        born_on: "DATE", [Date], [jiff_diesel::Date];
        opens: "TIME", [Time], [jiff_diesel::Time];
        created_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
        updated_at: "TIMESTAMP", [TimestamptzSqlite], [jiff_diesel::Timestamp];
        started_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
        ended_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
    }
}

diesel::table! { orders (id) { id -> Integer, total -> Numeric } }

#[derive(Queryable, Selectable, Identifiable, Seedable)]
struct Order {
    id: i32,
    total: BigDecimal,
}

/// SQLite keeps decimals as doubles, and Diesel gives back all of the double's digits.
#[test]
fn decimals_come_back_as_doubles() {
    let mut db = Db::with("CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL, total NUMERIC NOT NULL)");
    seed(&mut db.conn, models![Order]).seed(42).refine::<Order>(|t| t.count(ROWS)).run().unwrap();
    let loaded: Vec<Order> = orders::table.order(orders::id).select(Order::as_select()).load(&mut db.conn).unwrap();
    for (loaded, (id, made)) in loaded.iter().zip(rows::<Order>()) {
        assert_eq!((loaded.id, loaded.total.to_f64()), (id, made.to_f64()));
        assert_eq!(loaded.total.with_scale_round(2, bigdecimal::RoundingMode::HalfUp), made);
    }
}

diesel::table! { shifts (id) { id -> Integer, day -> Date, begins_at -> TimestamptzSqlite, ends_at -> TimestamptzSqlite } }

/// The types of `jiff` themselves, which Diesel stores as those of `jiff-diesel`.
#[derive(Queryable, Selectable, Identifiable, Seedable)]
struct Shift {
    id: i32,
    #[seed(range = "2024-02-01"..="2024-02-29")]
    #[diesel(serialize_as = jiff_diesel::Date, deserialize_as = jiff_diesel::Date)]
    day: jiff::civil::Date,
    #[seed(range = "2024-02-01 08:00:00"..="2024-02-29 20:00:00")]
    #[diesel(serialize_as = jiff_diesel::Timestamp, deserialize_as = jiff_diesel::Timestamp)]
    begins_at: jiff::Timestamp,
    #[seed(after = begins_at)]
    #[diesel(serialize_as = jiff_diesel::Timestamp, deserialize_as = jiff_diesel::Timestamp)]
    ends_at: jiff::Timestamp,
}

#[test]
fn the_types_of_jiff_have_ranges_and_an_order() {
    let mut db = Db::with(
        "CREATE TABLE shifts (id INTEGER PRIMARY KEY NOT NULL, day DATE NOT NULL, begins_at TIMESTAMP NOT NULL,
                              ends_at TIMESTAMP NOT NULL)",
    );
    seed(&mut db.conn, models![Shift]).seed(42).refine::<Shift>(|t| t.count(ROWS)).run().unwrap();
    let shifts: Vec<Shift> = shifts::table.order(shifts::id).select(Shift::as_select()).load(&mut db.conn).unwrap();
    assert_eq!(shifts.last().map(|shift| shift.id), Some(ROWS as i32));
    assert!(shifts.iter().all(|shift| (shift.day.year(), shift.day.month()) == (2024, 2)));
    assert!(shifts.iter().all(|shift| shift.begins_at.to_string().starts_with("2024-02-")));
    assert!(shifts.iter().all(|shift| shift.begins_at <= shift.ends_at));
}

diesel::table! { leases (id) { id -> Integer, starts_on -> Date, signed_at -> Timestamp } }

#[derive(Queryable, Selectable, Identifiable, Seedable)]
struct Lease {
    id: i32,
    #[seed(range = "2024-02-01"..="2024-02-29")]
    starts_on: time::Date,
    #[seed(range = "2024-01-01"..="2024-01-31 23:59:59")]
    signed_at: time::PrimitiveDateTime,
}

#[test]
fn the_types_of_time_have_ranges() {
    let mut db = Db::with(
        "CREATE TABLE leases (id INTEGER PRIMARY KEY NOT NULL, starts_on DATE NOT NULL, signed_at TIMESTAMP NOT NULL)",
    );
    seed(&mut db.conn, models![Lease]).seed(42).refine::<Lease>(|t| t.count(ROWS)).run().unwrap();
    let leases: Vec<Lease> = leases::table.order(leases::id).select(Lease::as_select()).load(&mut db.conn).unwrap();
    assert_eq!(leases.last().map(|lease| lease.id), Some(ROWS as i32));
    assert!(leases.iter().all(|lease| lease.starts_on.month() == time::Month::February));
    assert!(leases.iter().all(|lease| lease.signed_at.month() == time::Month::January));
}
