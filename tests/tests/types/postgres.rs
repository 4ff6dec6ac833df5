//! PostgreSQL.

use std::ops::Bound;
use std::time::SystemTime;

use bigdecimal::BigDecimal;
use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use diesel::data_types::{PgDate, PgInterval, PgLsn as Lsn, PgMoney, PgNumeric, PgTime, PgTimestamp};
use ipnet::IpNet;
use ipnetwork::IpNetwork;
use rust_decimal::Decimal;
use seed_diesel::{models, seed};

use super::*;

type Db = seed_tests::Postgres;
type Between<T> = (Bound<T>, Bound<T>);

tables! {
    plain {
        small: "SMALLINT", [SmallInt], [i16];
        whole: "INTEGER", [Integer], [i32];
        big: "BIGINT", [BigInt], [i64];
        oid: "OID", [Oid], [u32];
        letter: "\"char\"", [CChar], [u8];
        single: "REAL", [Float], [f32];
        double_price: "DOUBLE PRECISION", [Double], [f64];
        price: "NUMERIC(10, 2)", [Numeric], [BigDecimal];
        total: "NUMERIC", [Numeric], [Decimal];
        amount: "NUMERIC(10, 2)", [Numeric], [PgNumeric];
        balance: "MONEY", [Money], [PgMoney];
        active: "BOOLEAN", [Bool], [bool];
        name: "VARCHAR(255)", [Varchar], [String];
        body: "TEXT", [Text], [String];
        #[max_length = 2]
        country_code: "CHAR(2)", [Bpchar], [String];
        digest: "BYTEA", [Bytea], [Vec<u8>];
        uuid: "UUID", [Uuid], [uuid::Uuid];
        data: "JSON", [Json], [serde_json::Value];
        settings: "JSONB", [Jsonb], [serde_json::Value];
        lsn: "PG_LSN", [PgLsn], [Lsn];
    }
    networks {
        ip: "INET", [Inet], [IpNetwork];
        ip_of_ipnet: "INET", [Inet], [IpNet];
        machine: "CIDR", [Cidr], [IpNetwork];
        machine_of_ipnet: "CIDR", [Cidr], [IpNet];
        subnet: "CIDR", [Cidr], [IpNetwork];
        subnet_v6: "CIDR", [Cidr], [IpNet];
        ipv6: "INET", [Inet], [IpNetwork];
        mac: "MACADDR", [MacAddr], [[u8; 6]];
        mac8: "MACADDR8", [MacAddr8], [[u8; 8]];
    }
    times_of_chrono {
        born_on: "DATE", [Date], [NaiveDate];
        opens: "TIME", [Time], [NaiveTime];
        created_at: "TIMESTAMP", [Timestamp], [NaiveDateTime];
        updated_at: "TIMESTAMPTZ", [Timestamptz], [DateTime<Utc>];
        local_at: "TIMESTAMPTZ", [Timestamptz], [DateTime<Local>];
        naive_at: "TIMESTAMPTZ", [Timestamptz], [NaiveDateTime];
        lasts: "INTERVAL", [Interval], [TimeDelta];
        started_at: "TIMESTAMPTZ", [Timestamptz], [DateTime<Local>];
        ended_at: "TIMESTAMPTZ", [Timestamptz], [DateTime<Local>];
    }
    times_of_time {
        born_on: "DATE", [Date], [time::Date];
        opens: "TIME", [Time], [time::Time];
        created_at: "TIMESTAMP", [Timestamp], [time::PrimitiveDateTime];
        updated_at: "TIMESTAMPTZ", [Timestamptz], [time::OffsetDateTime];
        naive_at: "TIMESTAMPTZ", [Timestamptz], [time::PrimitiveDateTime];
        started_at: "TIMESTAMPTZ", [Timestamptz], [time::OffsetDateTime];
        ended_at: "TIMESTAMPTZ", [Timestamptz], [time::OffsetDateTime];
    }
    times_of_jiff {
        born_on: "DATE", [Date], [jiff_diesel::Date];
        opens: "TIME", [Time], [jiff_diesel::Time];
        created_at: "TIMESTAMP", [Timestamp], [jiff_diesel::DateTime];
        updated_at: "TIMESTAMPTZ", [Timestamptz], [jiff_diesel::Timestamp];
        started_at: "TIMESTAMPTZ", [Timestamptz], [jiff_diesel::Timestamp];
        ended_at: "TIMESTAMPTZ", [Timestamptz], [jiff_diesel::Timestamp];
    }
    times_of_diesel {
        born_on: "DATE", [Date], [PgDate];
        opens: "TIME", [Time], [PgTime];
        created_at: "TIMESTAMP", [Timestamp], [PgTimestamp];
        updated_at: "TIMESTAMPTZ", [Timestamptz], [PgTimestamp];
        system_at: "TIMESTAMP", [Timestamp], [SystemTime];
        lasts: "INTERVAL", [Interval], [PgInterval];
        started_at: "TIMESTAMP", [Timestamp], [PgTimestamp];
        ended_at: "TIMESTAMP", [Timestamp], [PgTimestamp];
    }
    arrays {
        numbers: "INTEGER[]", [Array<Integer>], [Vec<i32>];
        answers: "BIGINT[]", [Array<Nullable<BigInt>>], [Vec<Option<i64>>];
        tags: "TEXT[]", [Array<Text>], [Vec<String>];
        files: "BYTEA[]", [Array<Bytea>], [Vec<Vec<u8>>];
        days: "DATE[]", [Array<Date>], [Vec<NaiveDate>];
        ids: "UUID[]", [Array<Uuid>], [Vec<uuid::Uuid>];
        prices: "NUMERIC(10, 2)[]", [Array<Numeric>], [Vec<BigDecimal>];
        amounts: "MONEY[]", [Array<Money>], [Vec<PgMoney>];
        instants: "TIMESTAMP[]", [Array<Nullable<Timestamp>>], [Vec<Option<PgTimestamp>>];
        networks: "CIDR[]", [Array<Cidr>], [Vec<IpNetwork>];
        events: "JSONB[]", [Array<Jsonb>], [Vec<serde_json::Value>];
        periods: "DATERANGE[]", [Array<Daterange>], [Vec<Between<NaiveDate>>];
    }
    ranges {
        ages: "INT4RANGE", [Int4range], [Between<i32>];
        ids: "INT8RANGE", [Int8range], [Between<i64>];
        prices: "NUMRANGE", [Numrange], [Between<BigDecimal>];
        period: "DATERANGE", [Daterange], [Between<NaiveDate>];
        booking: "TSRANGE", [Tsrange], [Between<NaiveDateTime>];
        stay: "TSTZRANGE", [Tstzrange], [Between<DateTime<Utc>>];
        stay_of_time: "TSTZRANGE", [Tstzrange], [Between<time::OffsetDateTime>];
        period_of_diesel: "DATERANGE", [Daterange], [Between<PgDate>];
    }
    multiranges {
        ages: "INT4MULTIRANGE", [Int4multirange], [Vec<Between<i32>>];
        ids: "INT8MULTIRANGE", [Int8multirange], [Vec<Between<i64>>];
        prices: "NUMMULTIRANGE", [Nummultirange], [Vec<Between<BigDecimal>>];
        periods: "DATEMULTIRANGE", [Datemultirange], [Vec<Between<NaiveDate>>];
        bookings: "TSMULTIRANGE", [Tsmultirange], [Vec<Between<NaiveDateTime>>];
        stays: "TSTZMULTIRANGE", [Tstzmultirange], [Vec<Between<DateTime<Utc>>>];
    }
}

diesel::table! { accounts (id) { id -> Integer, email -> Citext, nickname -> Nullable<Citext> } }

#[derive(Queryable, Selectable, Identifiable, Seedable)]
struct Account {
    id: i32,
    #[seed(unique)]
    email: String,
    nickname: Option<String>,
}

#[test]
fn texts_without_regard_to_case_come_back() {
    let mut db = Db::with(
        "CREATE EXTENSION citext;
         CREATE TABLE accounts (id INTEGER PRIMARY KEY, email CITEXT NOT NULL UNIQUE, nickname CITEXT)",
    );
    seed(&mut db.conn, models![Account]).seed(42).refine::<Account>(|t| t.count(ROWS)).run().unwrap();
    let loaded = accounts::table.order(accounts::id).load(&mut db.conn).unwrap();
    assert_same::<Account>(&loaded);
    let account: Account = accounts::table.select(Account::as_select()).first(&mut db.conn).unwrap();
    assert_eq!((account.id, account.email.contains('@')), (1, true));
    assert!(account.nickname.is_none_or(|nickname| !nickname.is_empty()));
}

diesel::table! { rates (id) { id -> Integer, rate -> Numeric, salary -> Numeric, price -> Numeric } }

#[derive(Queryable, Selectable, Identifiable, Seedable)]
struct Rate {
    id: i32,
    rate: BigDecimal,
    salary: Decimal,
    price: PgNumeric,
}

/// The catalogue says how many digits a column has, and nothing is rounded or refused.
#[test]
fn decimals_keep_within_their_columns() {
    let mut db = Db::with(
        "CREATE TABLE rates (id INTEGER PRIMARY KEY, rate DECIMAL(4, 3) NOT NULL, salary DECIMAL(6, 1) NOT NULL, price DECIMAL(3, 1) NOT NULL)",
    );
    seed(&mut db.conn, models![Rate]).seed(42).refine::<Rate>(|t| t.count(ROWS)).run().unwrap();
    let rates: Vec<Rate> = rates::table.order(rates::id).select(Rate::as_select()).load(&mut db.conn).unwrap();
    assert_eq!(rates.last().map(|rate| rate.id), Some(ROWS as i32));
    let rate = |text: &str| text.parse::<BigDecimal>().unwrap();
    assert!(rates.iter().all(|row| (rate("0")..=rate("1")).contains(&row.rate)));
    assert!(rates.iter().any(|row| row.rate.fractional_digit_count() == 3), "three digits, as the column has");
    let salary = |units| Decimal::new(units, 1);
    assert!(rates.iter().all(|row| (salary(200_000)..=salary(999_999)).contains(&row.salary)));
    assert_eq!(db.number("SELECT count(*) FROM rates WHERE price BETWEEN 1 AND 99.9"), ROWS as i64);
    assert!(rates.iter().all(|row| matches!(row.price, PgNumeric::Positive { scale: 1, .. })));
}
