//! MySQL and MariaDB.

use bigdecimal::BigDecimal;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::data_types::MysqlTime;
use seed_diesel::{models, seed};

use super::*;

type Db = seed_tests::Mysql;

tables! {
    plain {
        tiny: "TINYINT", [TinyInt], [i8];
        small: "SMALLINT", [SmallInt], [i16];
        medium: "MEDIUMINT", [Integer], [i32];
        whole: "INTEGER", [Integer], [i32];
        big: "BIGINT", [BigInt], [i64];
        tiny_unsigned: "TINYINT UNSIGNED", [Unsigned<TinyInt>], [u8];
        small_unsigned: "SMALLINT UNSIGNED", [Unsigned<SmallInt>], [u16];
        whole_unsigned: "INTEGER UNSIGNED", [Unsigned<Integer>], [u32];
        big_unsigned: "BIGINT UNSIGNED", [Unsigned<BigInt>], [u64];
        single: "FLOAT", [Float], [f32];
        double_price: "DOUBLE", [Double], [f64];
        price: "DECIMAL(10, 2)", [Numeric], [BigDecimal];
        total: "DECIMAL(10, 2)", [Numeric], [rust_decimal::Decimal];
        active: "BOOLEAN", [Bool], [bool];
        name: "VARCHAR(255)", [Varchar], [String];
        body: "TEXT", [Text], [String];
        summary: "TINYTEXT", [Tinytext], [String];
        content: "MEDIUMTEXT", [Mediumtext], [String];
        article: "LONGTEXT", [Longtext], [String];
        #[max_length = 2]
        country_code: "CHAR(2)", [Char], [String];
        digest: "BLOB", [Blob], [Vec<u8>];
        token: "VARBINARY(16)", [Varbinary], [Vec<u8>];
        checksum: "BINARY(16)", [Binary], [Vec<u8>];
        data: "JSON", [Json], [serde_json::Value];
    }
    times_of_chrono {
        born_on: "DATE", [Date], [NaiveDate];
        opens: "TIME", [Time], [NaiveTime];
        created_at: "DATETIME", [Datetime], [NaiveDateTime];
        updated_at: "TIMESTAMP", [Timestamp], [NaiveDateTime];
        expires_at: "TIMESTAMP(6)", [Timestamp], [NaiveDateTime];
        started_at: "DATETIME", [Datetime], [NaiveDateTime];
        ended_at: "DATETIME", [Datetime], [NaiveDateTime];
    }
    times_of_time {
        born_on: "DATE", [Date], [time::Date];
        opens: "TIME", [Time], [time::Time];
        created_at: "DATETIME", [Datetime], [time::PrimitiveDateTime];
        updated_at: "TIMESTAMP", [Timestamp], [time::PrimitiveDateTime];
        zoned_at: "DATETIME", [Datetime], [time::OffsetDateTime];
        expires_at: "TIMESTAMP", [Timestamp], [time::OffsetDateTime];
        started_at: "DATETIME", [Datetime], [time::OffsetDateTime];
        ended_at: "DATETIME", [Datetime], [time::OffsetDateTime];
    }
    times_of_jiff {
        born_on: "DATE", [Date], [jiff_diesel::Date];
        opens: "TIME", [Time], [jiff_diesel::Time];
        created_at: "DATETIME", [Datetime], [jiff_diesel::Timestamp];
        updated_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
        started_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
        ended_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
    }
    times_of_diesel {
        created_at: "DATETIME", [Datetime], [MysqlTime];
        updated_at: "TIMESTAMP", [Timestamp], [MysqlTime];
        started_at: "DATETIME", [Datetime], [MysqlTime];
        ended_at: "DATETIME", [Datetime], [MysqlTime];
    }
}

diesel::table! { rates (id) { id -> Integer, rate -> Numeric, salary -> Numeric } }

#[derive(Queryable, Selectable, Identifiable, Seedable)]
struct Rate {
    id: i32,
    rate: BigDecimal,
    salary: rust_decimal::Decimal,
}

/// The catalogue says how many digits a column has, and nothing is rounded or refused.
#[test]
fn decimals_keep_within_their_columns() {
    let mut db = Db::with(
        "CREATE TABLE rates (id INTEGER PRIMARY KEY, rate DECIMAL(4, 3) NOT NULL, salary DECIMAL(6, 1) NOT NULL)",
    );
    seed(&mut db.conn, models![Rate]).seed(42).refine::<Rate>(|t| t.count(ROWS)).run().unwrap();
    let rates: Vec<Rate> = rates::table.order(rates::id).select(Rate::as_select()).load(&mut db.conn).unwrap();
    assert_eq!(rates.last().map(|rate| rate.id), Some(ROWS as i32));
    let rate = |text: &str| text.parse::<BigDecimal>().unwrap();
    assert!(rates.iter().all(|row| (rate("0")..=rate("1")).contains(&row.rate)));
    assert!(rates.iter().any(|row| row.rate.fractional_digit_count() == 3), "three digits, as the column has");
    let salary = |units| rust_decimal::Decimal::new(units, 1);
    assert!(rates.iter().all(|row| (salary(200_000)..=salary(999_999)).contains(&row.salary)));
}
