//! What is in the database and does not fit the models.

use diesel::QueryResult;
use diesel::result::Error;
use seed_diesel::Seedable;

use super::Db;
use crate::models::*;

fn text<T>(read: QueryResult<T>) -> String {
    match read {
        Err(Error::DeserializationError(error)) => error.to_string(),
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("no error"),
    }
}

#[test]
fn two_children_where_there_is_one_at_most() {
    let mut db = Db::with(
        "CREATE TABLE employees (id SERIAL PRIMARY KEY, manager_id INTEGER, name VARCHAR(20) NOT NULL);
         CREATE TABLE badges (id SERIAL PRIMARY KEY, employee_id INTEGER);
         INSERT INTO employees (id, name) VALUES (1, 'Ada'), (2, 'Grace');
         INSERT INTO badges (id, employee_id) VALUES (1, 2), (2, NULL), (3, NULL), (4, 2);",
    );
    assert_eq!(
        text(Employee::with(badges::employee_id).load(&mut db.conn)),
        "two rows of `badges` have the same `employee_id`, which is unique in its model: leave out `unique` there, or make \
         it unique in the database"
    );
}

#[test]
fn two_rows_with_the_same_key() {
    let mut db = Db::with(
        "CREATE TABLE accounts (id BIGINT NOT NULL PRIMARY KEY, iban VARCHAR(20));
         CREATE TABLE transfers (id BIGINT NOT NULL PRIMARY KEY, account_id BIGINT, iban VARCHAR(20));
         INSERT INTO accounts (id, iban) VALUES (1, 'DE02'), (2, 'FR14'), (3, 'DE02');",
    );
    assert_eq!(
        text(Account::with(transfers::iban).load(&mut db.conn)),
        "two rows of `accounts` have the same `iban`, which `transfers.iban` references: their children cannot be told \
         apart; make it unique in the database"
    );
}

#[test]
fn what_the_database_refuses_is_its_own_error() {
    let mut db =
        Db::with("CREATE TABLE employees (id SERIAL PRIMARY KEY, manager_id INTEGER, name VARCHAR(20) NOT NULL);");
    db.run("INSERT INTO employees (id, name) VALUES (1, 'Ada')");
    let error = Employee::with(badges::employee_id).load(&mut db.conn).unwrap_err();
    assert!(matches!(error, Error::DatabaseError(..)), "{error:?}");
}
