//! What is proved on MySQL and MariaDB, and what stays on.

use diesel::Connection;
use seed_diesel::{models, seed};

use super::failures::with_accounts;
use super::rebuild::assert_checks_are_on;
use crate::models::{Account, Team};

#[test]
fn checks_that_were_off_stay_off_and_are_made_up_for() {
    let mut db = with_accounts(", FOREIGN KEY (age) REFERENCES teams (id)");
    db.run("SET foreign_key_checks = 0");
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(true).run().unwrap_err().to_string();
    assert!(
        error.starts_with("the rows of `accounts` violate `accounts_ibfk_2`, which was off while they were loaded: "),
        "{error}"
    );
    assert!(error.contains(" of them reference rows that do not exist; "), "{error}");
    assert_eq!(db.number("SELECT @@foreign_key_checks * 10 + @@unique_checks"), 1);
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
}

#[test]
fn a_transaction_of_the_application_is_not_undone_with_the_run() {
    let mut db = with_accounts(", UNIQUE (city)");
    db.run("CREATE TABLE mine (id INTEGER PRIMARY KEY)");
    db.conn.begin_test_transaction().unwrap();
    db.run("INSERT INTO mine VALUES (1)");
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(true).run().unwrap_err().to_string();
    assert!(error.contains("'city'") && error.contains("; mark the column `#[seed(unique)]`"), "{error}");
    assert_checks_are_on(&mut db);
    assert_eq!(db.number("SELECT count(*) FROM mine"), 1);
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
}
