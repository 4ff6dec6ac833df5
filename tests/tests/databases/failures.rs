//! A run that fails leaves nothing behind, and says what to do.

use seed_diesel::{Error, models, seed};
use seed_tests::Engine;

use super::Db;
use crate::models::{Account, AccountThatPanics, AccountWithoutNote, Team};

/// Teams, which are loaded first, and accounts, of which the database wants more than the model knows.
pub(crate) fn with_accounts(constraints: &str) -> Db {
    Db::with(&format!(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE accounts (id SERIAL PRIMARY KEY, team_id INTEGER NOT NULL, age INTEGER NOT NULL,
             city VARCHAR(20) NOT NULL, secret VARCHAR(40) NOT NULL, note VARCHAR(40) NOT NULL,
             FOREIGN KEY (team_id) REFERENCES teams (id){constraints});"
    ))
}

#[track_caller]
pub(crate) fn assert_nothing_is_left(db: &mut Db) {
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
    assert_eq!(db.number("SELECT count(*) FROM accounts"), 0);
    // Nor is it left to a commit that is still to come.
    let mut other = db.connect();
    assert_eq!(other.number_of("SELECT count(*) FROM teams"), 0);
    // The next keys are those that they would have been.
    db.run("INSERT INTO teams (name) VALUES ('the first')");
    assert!(db.number("SELECT id FROM teams") <= 11);
}

/// The error says where, and what to write instead, in one line; and holds no statement and no row.
#[track_caller]
pub(crate) fn assert_text(error: &Error, start: &str, advice: &str) {
    let text = error.to_string();
    assert!(text.starts_with(start), "{text}");
    assert!(text.ends_with(&format!("; {advice}; nothing was changed")), "{text}");
    for dumped in ["INSERT", "VALUES", "a bound value", "\n"] {
        assert!(!text.contains(dumped), "{text}");
    }
}

#[test]
fn a_unique_index_that_the_model_does_not_know() {
    let mut db = with_accounts(", UNIQUE (city)");
    let error = seed(&mut db.conn, models![Team, Account]).run().unwrap_err();
    assert_text(
        &error,
        "loading `accounts`, row ",
        "mark the column `#[seed(unique)]`, or several that differ together `#[seed(unique(a, b))]` on the model, so that the \
         values are made distinct",
    );
    assert!(error.to_string().contains("city"), "{error}");
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_check_that_the_model_does_not_know() {
    let mut db = with_accounts(", CONSTRAINT adults CHECK (age >= 18)");
    let error = seed(&mut db.conn, models![Team, Account]).batch_size(5).run().unwrap_err();
    assert_text(
        &error,
        "loading `accounts`, row ",
        "say what the constraint allows with `#[seed(range = …)]` or `#[seed(values = …)]`",
    );
    assert!(error.to_string().contains("adults"), "{error}");
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_column_that_the_model_leaves_out() {
    let mut db = with_accounts("");
    let error = seed(&mut db.conn, models![Team, AccountWithoutNote]).run().unwrap_err();
    assert_text(
        &error,
        "loading `accounts`, row 0 (`id` = 1), failed: ",
        "a column that the model leaves out, or skips, needs a default in the database",
    );
    assert!(error.to_string().contains("note"), "{error}");
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_foreign_key_that_the_model_does_not_know() {
    let mut db = with_accounts(", FOREIGN KEY (age) REFERENCES teams (id)");
    let error = seed(&mut db.conn, models![Team, Account]).run().unwrap_err();
    assert_text(
        &error,
        "loading `accounts`, row ",
        "a column with a foreign key needs `#[seed(references = parent::id)]`, so that it takes a parent's value",
    );
    assert_nothing_is_left(&mut db);
}

#[test]
fn an_expression_that_panics() {
    let mut db = with_accounts("");
    for threads in [1, 8] {
        let error = seed(&mut db.conn, models![Team, AccountThatPanics])
            .batch_size(2)
            .threads(threads)
            .refine::<AccountThatPanics>(|t| t.count(5_000))
            .run()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "making row 7 of `accounts` panicked: no age for row 7; nothing was changed",
            "{threads}"
        );
    }
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_table_that_is_not_there() {
    let mut db = Db::with("CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);");
    let error = seed(&mut db.conn, models![Team, Account]).run().unwrap_err().to_string();
    assert!(error.starts_with("counting the rows of `accounts` failed: "), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
}

#[test]
fn a_failing_run_in_a_transaction_of_the_application_leaves_the_rest_of_it() {
    use diesel::Connection;

    let mut db = with_accounts(", UNIQUE (city)");
    db.conn.begin_test_transaction().unwrap();
    db.run("INSERT INTO teams (id, name) VALUES (99, 'mine')");
    db.run("DELETE FROM teams WHERE id = 98");
    let error = seed(&mut db.conn, models![Team, Account]).reset().run().unwrap_err();
    assert!(matches!(error, Error::Load { .. }), "{error}");
    assert_eq!(db.number("SELECT id FROM teams"), 99);
}

#[test]
fn mistakes_of_the_plan_are_found_before_the_database_is_touched() {
    // There are no tables.
    let mut db = Db::empty();
    let error = seed(&mut db.conn, models![Team, Account, AccountWithoutNote]).run().unwrap_err();
    assert_eq!(error.to_string(), "`accounts` is described by two models of this run; list one of them");
}
