//! Keys of every type that all databases store, keys that a generator makes, and foreign keys to other columns than the key.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Integer, Text};
use seed_diesel::generators::int;
use seed_diesel::{Seedable, models, seed};

use super::Db;

family! { of_text, "VARCHAR(20)", [#[max_length = 20] Varchar], [String] }
family! { of_long_integers, "BIGINT", [BigInt], [i64] }
family! { of_short_integers, "SMALLINT", [SmallInt], [i16] }
family! { of_bytes, "BYTEA", [#[max_length = 16] Binary], [Vec<u8>] }
family! { of_a_newtype_over_an_integer, "INTEGER", [Integer], [super::OwnerId] }
family! { of_a_newtype_over_text, "VARCHAR(12)", [#[max_length = 12] Varchar], [super::Code] }

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = Integer)]
struct OwnerId(i32);

#[derive(Debug, Clone, PartialEq, Eq, Hash, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = Text)]
struct Code(String);

/// Stores a newtype as its field is stored.
macro_rules! stored_as_its_field {
    ($($newtype:ident($inner:ty) is $sql:ty),*) => {$(
        impl<DB: Backend> ToSql<$sql, DB> for $newtype
        where
            $inner: ToSql<$sql, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<$sql, DB> for $newtype
        where
            $inner: FromSql<$sql, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                <$inner>::from_sql(bytes).map($newtype)
            }
        }
    )*};
}
stored_as_its_field!(OwnerId(i32) is Integer, Code(String) is Text);

mod schema {
    diesel::table! { tickets (id) { id -> Integer, } }
    diesel::table! { stubs (id) { id -> Integer, ticket_id -> Integer, } }
    diesel::table! { seats (ticket_id) { ticket_id -> Integer, } }
    diesel::table! { refunds (id) { id -> Integer, seat_id -> Integer, } }

    diesel::table! {
        countries (id) {
            id -> Integer,
            #[max_length = 3]
            code -> Varchar,
            dial -> BigInt,
        }
    }

    diesel::table! {
        cities (id) {
            id -> Integer,
            #[max_length = 3]
            country_code -> Varchar,
            dial -> Nullable<BigInt>,
        }
    }

    diesel::table! {
        flags (country_code) {
            #[max_length = 3]
            country_code -> Varchar,
        }
    }
}
use schema::{cities, countries, flags, refunds, seats, stubs, tickets};

#[derive(Seedable)]
#[seed(count = 500)]
struct Ticket {
    #[seed(generator = int(10_000..=20_000), unique)]
    id: i32,
}

#[derive(Seedable)]
struct Stub {
    id: i32,
    #[seed(references = tickets::id, with = 1..=2)]
    ticket_id: i32,
}

#[derive(Seedable)]
#[seed(count = 500)]
#[diesel(primary_key(ticket_id))]
struct Seat {
    #[seed(references = tickets::id)]
    ticket_id: i32,
}

#[derive(Seedable)]
#[seed(count = 200)]
struct Refund {
    id: i32,
    #[seed(references = seats::ticket_id)]
    seat_id: i32,
}

const TICKETS: &str = "
    CREATE TABLE tickets (id SERIAL PRIMARY KEY);
    CREATE TABLE stubs (id SERIAL PRIMARY KEY, ticket_id INTEGER NOT NULL, FOREIGN KEY (ticket_id) REFERENCES tickets (id));
    CREATE TABLE seats (ticket_id INTEGER NOT NULL PRIMARY KEY, FOREIGN KEY (ticket_id) REFERENCES tickets (id));
    CREATE TABLE refunds (id SERIAL PRIMARY KEY, seat_id INTEGER NOT NULL, FOREIGN KEY (seat_id) REFERENCES seats (ticket_id));";

#[test]
fn children_follow_the_keys_that_a_generator_makes() {
    let mut db = Db::with(TICKETS);
    let report = seed(&mut db.conn, models![Refund, Seat, Stub, Ticket]).run().unwrap();

    assert_eq!(db.number("SELECT count(*) FROM tickets WHERE id BETWEEN 10000 AND 20000"), 500);
    // They are of the whole range, and in no order of it.
    assert!(db.number("SELECT max(id) - min(id) FROM tickets") > 9_500);
    assert_eq!(db.number("SELECT count(*) FROM stubs") as u64, report.rows("stubs"));
    assert_eq!(db.number("SELECT count(*) FROM stubs WHERE ticket_id NOT IN (SELECT id FROM tickets)"), 0);
    let stubs = "SELECT count(*) FROM tickets WHERE (SELECT count(*) FROM stubs WHERE ticket_id = tickets.id)";
    assert_eq!(db.number(&format!("{stubs} BETWEEN 1 AND 2")), 500);
    let two = db.number(&format!("{stubs} = 2"));
    assert!((200..=300).contains(&two), "{two} of 500");
    // Each ticket has its seat.
    assert_eq!(db.number("SELECT count(*) FROM seats JOIN tickets ON id = ticket_id"), 500);
    assert_eq!(db.number("SELECT count(*) FROM refunds WHERE seat_id NOT IN (SELECT ticket_id FROM seats)"), 0);
    assert!(db.number("SELECT count(DISTINCT seat_id) FROM refunds") > 120);
}

#[test]
fn the_next_insert_comes_behind_the_keys_that_a_generator_makes() {
    let mut db = Db::with(TICKETS);
    seed(&mut db.conn, models![Refund, Seat, Stub, Ticket]).run().unwrap();
    let last = db.number("SELECT max(id) FROM tickets");
    db.run(if Db::ENGINE == "mysql" {
        "INSERT INTO tickets () VALUES ()"
    } else {
        "INSERT INTO tickets DEFAULT VALUES"
    });
    assert_eq!(db.number("SELECT max(id) FROM tickets"), last + 1);
}

#[derive(Seedable)]
#[seed(count = 120)]
#[diesel(table_name = countries)]
struct Country {
    id: i32,
    #[seed(unique)]
    code: String,
    #[seed(range = 1..=999, unique)]
    dial: i64,
}

#[derive(Seedable)]
#[diesel(table_name = cities)]
struct City {
    id: i32,
    #[seed(references = countries::code, with = 1..=5)]
    country_code: String,
    /// Of any country.
    #[seed(references = countries::dial, null = 0.2)]
    dial: Option<i64>,
}

#[derive(Seedable)]
#[seed(count = 90)]
#[diesel(primary_key(country_code))]
struct Flag {
    #[seed(references = countries::code)]
    country_code: String,
}

#[test]
fn a_foreign_key_may_reference_any_unique_column() {
    let mut db = Db::with(
        "CREATE TABLE countries (id SERIAL PRIMARY KEY, code VARCHAR(3) NOT NULL UNIQUE, dial BIGINT NOT NULL UNIQUE);
         CREATE TABLE cities (id SERIAL PRIMARY KEY, country_code VARCHAR(3) NOT NULL, dial BIGINT,
             FOREIGN KEY (country_code) REFERENCES countries (code), FOREIGN KEY (dial) REFERENCES countries (dial));
         CREATE TABLE flags (country_code VARCHAR(3) NOT NULL PRIMARY KEY,
             FOREIGN KEY (country_code) REFERENCES countries (code));",
    );
    let report = seed(&mut db.conn, models![City, Flag, Country]).run().unwrap();

    let cities = db.number("SELECT count(*) FROM cities");
    assert_eq!(cities as u64, report.rows("cities"));
    assert_eq!(db.number("SELECT count(*) FROM cities JOIN countries ON code = country_code"), cities);
    let of_country = "SELECT count(*) FROM cities WHERE country_code = countries.code";
    assert_eq!(db.number(&format!("SELECT count(*) FROM countries WHERE ({of_country}) BETWEEN 1 AND 5")), 120);
    for number in 1..=5 {
        assert!(db.number(&format!("SELECT count(*) FROM countries WHERE ({of_country}) = {number}")) > 10, "{number}");
    }

    let dialled = db.number("SELECT count(dial) FROM cities");
    assert!((cities * 7 / 10..=cities * 9 / 10).contains(&dialled), "{dialled} of {cities}");
    assert_eq!(db.number("SELECT count(*) FROM cities JOIN countries ON countries.dial = cities.dial"), dialled);
    // The two are drawn apart.
    let same = "SELECT count(*) FROM cities JOIN countries ON code = country_code AND countries.dial = cities.dial";
    assert!(db.number(same) < cities / 20);

    assert_eq!(db.number("SELECT count(*) FROM flags JOIN countries ON code = country_code"), 90);
}
