//! Numbers and times that must differ after the database has rounded them.

use seed_diesel::{models, seed};

use super::Db;
use crate::models::Moment;

#[test]
fn twenty_thousand_numbers_and_times_of_every_kind_differ() {
    let mut db = Db::with(
        "CREATE TABLE moments (id SERIAL PRIMARY KEY, \"real\" REAL NOT NULL UNIQUE, \"double\" DOUBLE PRECISION NOT NULL UNIQUE,
             price NUMERIC(12, 2) NOT NULL UNIQUE, day DATE NOT NULL UNIQUE, \"hour\" TIME NOT NULL UNIQUE,
             moment TIMESTAMP NOT NULL UNIQUE)",
    );
    seed(&mut db.conn, models![Moment]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM moments"), 20_000);
}
