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
    }
    times_of_time {
        born_on: "DATE", [Date], [time::Date];
        opens: "TIME", [Time], [time::Time];
        created_at: "TIMESTAMP", [Timestamp], [time::PrimitiveDateTime];
        updated_at: "TIMESTAMP", [TimestamptzSqlite], [time::OffsetDateTime];
        naive_at: "TIMESTAMP", [TimestamptzSqlite], [time::PrimitiveDateTime];
    }
    times_of_jiff {
        born_on: "DATE", [Date], [jiff_diesel::Date];
        opens: "TIME", [Time], [jiff_diesel::Time];
        created_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
        updated_at: "TIMESTAMP", [TimestamptzSqlite], [jiff_diesel::Timestamp];
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
