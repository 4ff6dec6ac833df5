//! Databases that take `de02` for `DE02`.

use diesel::result::Error;
use seed_diesel::Seedable;
use seed_tests::{Database, Engine};

use super::Db;
use crate::models::*;

fn engine<C: Engine>(_: &Database<C>) -> &'static str {
    C::ENGINE
}

#[test]
fn a_key_that_is_only_equal_to_the_database_is_an_error() {
    let mut db = Db::empty();
    let ignoring_case = if engine(&db) == "sqlite" { "COLLATE NOCASE" } else { "" };
    db.run(&format!(
        "CREATE TABLE accounts (id BIGINT NOT NULL PRIMARY KEY, iban VARCHAR(20) {ignoring_case} UNIQUE);
         CREATE TABLE transfers (id BIGINT NOT NULL PRIMARY KEY, account_id BIGINT, iban VARCHAR(20) {ignoring_case},
             FOREIGN KEY (iban) REFERENCES accounts (iban));
         INSERT INTO accounts (id, iban) VALUES (1, 'DE02');
         INSERT INTO transfers (id, iban) VALUES (1, 'de02');"
    ));
    let Err(Error::DeserializationError(error)) = Account::with(transfers::iban).load(&mut db.conn) else {
        panic!("another outcome");
    };
    assert_eq!(
        error.to_string(),
        "`transfers.iban` references `accounts.iban` by a value that only the database takes for equal, as `ADA` and \
         `ada`; write both alike"
    );
}
