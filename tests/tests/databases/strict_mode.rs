//! A session of MySQL outside of strict mode cuts texts and clamps numbers: not while rows are loaded.

use diesel::connection::SimpleConnection;
use seed_diesel::{Error, Generator as _, Seedable, int, models, seed};

use super::Db;
use crate::models::{Account, Team, teams};

fn lenient(name: &str, age: &str) -> Db {
    let mut db = Db::with(&format!(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name {name} NOT NULL);
         CREATE TABLE accounts (id SERIAL PRIMARY KEY, team_id INTEGER NOT NULL, age {age} NOT NULL,
             city VARCHAR(20) NOT NULL, secret VARCHAR(40) NOT NULL, note VARCHAR(40) NOT NULL);"
    ));
    db.conn.batch_execute("SET SESSION sql_mode = 'PIPES_AS_CONCAT'").unwrap();
    db
}

#[track_caller]
fn assert_refused(db: &mut Db, error: &Error, column: &str) {
    assert!(error.to_string().contains(column), "{error}");
    assert_eq!(db.number("SELECT (SELECT count(*) FROM teams) + (SELECT count(*) FROM accounts)"), 0);
    // The session is the application's.
    assert_eq!(db.texts("SELECT @@SESSION.sql_mode AS value"), ["PIPES_AS_CONCAT"]);
}

#[test]
fn a_text_is_not_cut() {
    let mut db = lenient("VARCHAR(3)", "INTEGER");
    // What a closure makes, nobody knows before.
    let four = || int::<i32>(1..=9).map(|_| "four".to_owned());
    let run = seed(&mut db.conn, models![Team, Account]).refine::<Team>(|t| t.column(teams::name, four()));
    let error = run.run().unwrap_err();
    assert_refused(&mut db, &error, "name");
    let Err(error) = Team::seeder().name("four").seed_one(&mut db.conn) else { panic!("it was cut") };
    assert_refused(&mut db, &error, "name");
}

#[test]
fn a_number_is_not_clamped() {
    let mut db = lenient("VARCHAR(30)", "TINYINT UNSIGNED");
    db.run("INSERT INTO teams (name) VALUES ('red')");
    let Err(error) = Account::seeder().team_id(1).age(256).seed_one(&mut db.conn) else { panic!("it was clamped") };
    db.run("DELETE FROM teams");
    assert_refused(&mut db, &error, "age");
}

#[test]
fn what_fits_is_loaded_and_the_session_is_as_before() {
    let mut db = lenient("VARCHAR(30)", "INTEGER");
    seed(&mut db.conn, models![Team, Account]).commit_every(5).run().unwrap();
    Team::seed_many(&mut db.conn, 2).unwrap();
    assert_eq!(db.number("SELECT count(*) FROM teams"), 12);
    assert_eq!(db.texts("SELECT @@SESSION.sql_mode AS value"), ["PIPES_AS_CONCAT"]);
}
