//! The models of the cases that the game is too plain for. The SQL of their tables stands in the cases.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use seed_diesel::Seedable;
use seed_tests_schema::{authors, books};

/// The tables of the employees. Ada manages Grace and Alan, Grace manages Edsger; who has a room is not who has a badge.
pub(crate) const EMPLOYEES: &str = "
    CREATE TABLE employees (id SERIAL PRIMARY KEY, manager_id INTEGER, name VARCHAR(20) NOT NULL,
        FOREIGN KEY (manager_id) REFERENCES employees (id));
    CREATE TABLE posts (id SERIAL PRIMARY KEY, author_id INTEGER NOT NULL, reviewer_id INTEGER,
        FOREIGN KEY (author_id) REFERENCES employees (id), FOREIGN KEY (reviewer_id) REFERENCES employees (id));
    CREATE TABLE badges (id SERIAL PRIMARY KEY, employee_id INTEGER UNIQUE,
        FOREIGN KEY (employee_id) REFERENCES employees (id));
    CREATE TABLE rooms (employee_id INTEGER NOT NULL PRIMARY KEY, number INTEGER NOT NULL,
        FOREIGN KEY (employee_id) REFERENCES employees (id));
    CREATE TABLE duties (employee_id INTEGER NOT NULL, post_id INTEGER NOT NULL, hours INTEGER NOT NULL,
        PRIMARY KEY (employee_id, post_id), FOREIGN KEY (employee_id) REFERENCES employees (id),
        FOREIGN KEY (post_id) REFERENCES posts (id));
    INSERT INTO employees (id, manager_id, name) VALUES (1, NULL, 'Ada'), (2, 1, 'Grace'), (3, 2, 'Edsger'), (4, 1, 'Alan');
    INSERT INTO posts (id, author_id, reviewer_id) VALUES (1, 2, 1), (2, 1, NULL), (3, 2, 2), (4, 4, 1);
    INSERT INTO badges (id, employee_id) VALUES (7, 3), (8, 1), (9, NULL);
    INSERT INTO rooms (employee_id, number) VALUES (2, 101), (4, 102);
    INSERT INTO duties (employee_id, post_id, hours) VALUES (2, 3, 5), (1, 2, 1), (2, 1, 2), (1, 4, 3);";

diesel::table! {
    employees (id) {
        id -> Integer,
        manager_id -> Nullable<Integer>,
        name -> Text,
    }
}

/// Of the same table as their managers.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Seedable)]
pub struct Employee {
    pub id: i32,
    #[seed(references = employees::id)]
    pub manager_id: Option<i32>,
    pub name: String,
}

diesel::table! {
    posts (id) {
        id -> Integer,
        author_id -> Integer,
        reviewer_id -> Nullable<Integer>,
    }
}

/// Two relations to the same table, of which one says so by `belongs_to` alone.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(belongs_to(Employee, foreign_key = author_id))]
pub struct Post {
    pub id: i32,
    pub author_id: i32,
    #[seed(references = employees::id)]
    pub reviewer_id: Option<i32>,
}

diesel::table! {
    badges (id) {
        id -> Integer,
        employee_id -> Nullable<Integer>,
    }
}

/// One for each employee at most.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
pub struct Badge {
    pub id: i32,
    #[seed(references = employees::id, unique)]
    pub employee_id: Option<i32>,
}

diesel::table! {
    rooms (employee_id) {
        employee_id -> Integer,
        number -> Integer,
    }
}

/// Shares its key with the employee.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(primary_key(employee_id))]
pub struct Room {
    #[seed(references = employees::id)]
    pub employee_id: i32,
    pub number: i32,
}

diesel::table! {
    duties (employee_id, post_id) {
        employee_id -> Integer,
        post_id -> Integer,
        hours -> Integer,
    }
}

/// A key of two columns, each of which references a table.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(table_name = duties, primary_key(employee_id, post_id))]
pub struct Duty {
    #[seed(references = employees::id)]
    pub employee_id: i32,
    #[seed(references = posts::id)]
    pub post_id: i32,
    pub hours: i32,
}

/// The same rows, of which the keys stand in a struct of their own.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(table_name = duties, primary_key(employee_id, post_id))]
pub struct Work {
    #[diesel(embed)]
    pub place: Place,
    pub hours: i32,
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(table_name = duties, primary_key(employee_id, post_id))]
pub struct Place {
    #[seed(references = employees::id)]
    pub employee_id: i32,
    pub post_id: i32,
}

// The tables of another crate.

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
pub struct Author {
    pub id: i32,
    pub name: String,
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
pub struct Book {
    pub id: i32,
    #[seed(references = authors::id)]
    pub author_id: i32,
    pub title: String,
}

/// The tables of the accounts, and of transfers that reference them by two columns.
pub(crate) const ACCOUNTS: &str = "
    CREATE TABLE accounts (id BIGINT NOT NULL PRIMARY KEY, iban VARCHAR(20) UNIQUE);
    CREATE TABLE transfers (id BIGINT NOT NULL PRIMARY KEY, account_id BIGINT, iban VARCHAR(20),
        FOREIGN KEY (account_id) REFERENCES accounts (id), FOREIGN KEY (iban) REFERENCES accounts (iban));
    INSERT INTO accounts (id, iban) VALUES (5000000000, 'DE02'), (-1, NULL), (7, 'FR14'), (8, NULL);
    INSERT INTO transfers (id, account_id, iban) VALUES
        (1, 7, 'DE02'), (2, NULL, 'FR14'), (3, 5000000000, NULL), (4, 7, 'FR14'), (5, NULL, NULL);";

/// A key of its own type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = BigInt)]
pub struct AccountId(pub i64);

impl<DB: Backend> ToSql<BigInt, DB> for AccountId
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for AccountId
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<AccountId> {
        i64::from_sql(bytes).map(AccountId)
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        #[max_length = 20]
        iban -> Nullable<Varchar>,
    }
}

diesel::table! {
    transfers (id) {
        id -> BigInt,
        account_id -> Nullable<BigInt>,
        #[max_length = 20]
        iban -> Nullable<Varchar>,
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Seedable)]
pub struct Account {
    pub id: AccountId,
    #[seed(unique)]
    pub iban: Option<String>,
}

/// References an account's key, and another column of it.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
pub struct Transfer {
    pub id: i64,
    #[seed(references = accounts::id)]
    pub account_id: Option<AccountId>,
    #[seed(references = accounts::iban)]
    pub iban: Option<String>,
}
