//! Rows that the database takes, and does not hold when the run ends.

use seed_diesel::{Error, Models, Seedable, models, seed};
use seed_tests::HasConnection;

use super::Db;
use super::cycles::models::{Club, Ground, Player};
use crate::models::{Account, Team};

type Connection = <Db as HasConnection>::Connection;
type Backend = <Connection as diesel::Connection>::Backend;

const TABLES: &str = "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
     CREATE TABLE accounts (id SERIAL PRIMARY KEY, team_id INTEGER NOT NULL, age INTEGER NOT NULL,
         city VARCHAR(20) NOT NULL, secret VARCHAR(40) NOT NULL, note VARCHAR(40) NOT NULL);";

/// A trigger for each new row. On PostgreSQL the statements are followed by `RETURN NEW`, unless they return.
fn trigger(db: &mut Db, when: &str, table: &str, statements: &str) {
    match Db::ENGINE {
        "postgres" => db.run(&format!(
            "CREATE FUNCTION of_{table}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {statements} RETURN NEW; END';
             CREATE TRIGGER of_{table} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION of_{table}()"
        )),
        _ => db.run(&format!("CREATE TRIGGER of_{table} {when} ON {table} FOR EACH ROW BEGIN {statements} END")),
    }
}

fn both() -> Models<Backend> {
    models![Team, Account]
}

/// Each way of a run ends with the same error, and leaves nothing.
#[track_caller]
fn assert_vanished(db: &mut Db, table: &str, rows: (u64, u64)) {
    let commits = |error: Error| match error {
        Error::Interrupted { source, .. } => *source,
        other => panic!("{other}"),
    };
    let is_expected = |error: Error| match error {
        Error::Vanished { table: of, sent, stored } => assert_eq!((of.as_str(), sent, stored), (table, rows.0, rows.1)),
        other => panic!("{other}"),
    };
    is_expected(seed(&mut db.conn, both()).run().unwrap_err());
    is_expected(seed(&mut db.conn, both()).batch_size(3).threads(2).run().unwrap_err());
    is_expected(seed(&mut db.conn, both()).reset().run().unwrap_err());
    is_expected(seed(&mut db.conn, both()).append().run().unwrap_err());
    assert_eq!(db.number("SELECT (SELECT count(*) FROM teams) + (SELECT count(*) FROM accounts)"), 0);
    // One that commits on its way says so when the rows are gone, and what it has committed stays.
    is_expected(commits(seed(&mut db.conn, both()).commit_every(1_000).run().unwrap_err()));
}

#[test]
fn a_trigger_that_deletes_rows_of_another_table() {
    let mut db = Db::with(TABLES);
    trigger(&mut db, "AFTER INSERT", "accounts", "DELETE FROM teams WHERE id = 3;");
    assert_vanished(&mut db, "teams", (10, 9));
}

#[test]
fn rows_that_were_there_are_not_counted() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, both()).run().unwrap();
    seed(&mut db.conn, both()).append().run().unwrap();
    trigger(&mut db, "AFTER INSERT", "accounts", "DELETE FROM teams WHERE id = 3;");
    let error = seed(&mut db.conn, both()).append().run().unwrap_err();
    assert!(matches!(error, Error::Vanished { sent: 10, stored: 9, .. }), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM teams"), 20);
}

#[test]
fn a_trigger_that_adds_rows_is_none_of_our_business() {
    let mut db = Db::with(TABLES);
    let again = "INSERT INTO teams (id, name) VALUES (NEW.id + 1000, ''one more'');";
    let again = if Db::ENGINE == "postgres" { again.to_owned() } else { again.replace("''", "'") };
    trigger(&mut db, "AFTER INSERT", "accounts", &again);
    assert_eq!(seed(&mut db.conn, both()).run().unwrap().rows("teams"), 10);
    assert!(db.number("SELECT count(*) FROM teams") > 10);
}

/// What keeps some of the new rows out of their own table, in the words of each database that can.
fn keeping_out() -> Option<(&'static str, &'static str)> {
    match Db::ENGINE {
        "postgres" => Some(("BEFORE INSERT", "IF NEW.id % 2 = 1 THEN RETURN NULL; END IF;")),
        "sqlite" => Some(("BEFORE INSERT", "SELECT RAISE(IGNORE) WHERE NEW.id % 2 = 1;")),
        _ => None,
    }
}

#[test]
fn a_trigger_that_keeps_rows_out() {
    let Some((when, statements)) = keeping_out() else { return };
    let mut db = Db::with(TABLES);
    trigger(&mut db, when, "accounts", statements);
    assert_vanished(&mut db, "accounts", (20, 10));
}

#[test]
fn a_fixture_of_fewer_rows_is_an_error() {
    let Some((when, _)) = keeping_out() else { return };
    let mut db = Db::with(TABLES);
    // The key is the database's own, and no trigger of SQLite knows it before.
    let statements = match Db::ENGINE {
        "postgres" => "IF (SELECT count(*) FROM teams) >= 2 THEN RETURN NULL; END IF;",
        _ => "SELECT RAISE(IGNORE) WHERE (SELECT count(*) FROM teams) >= 2;",
    };
    trigger(&mut db, when, "teams", statements);
    let Err(error) = Team::seed_many(&mut db.conn, 4) else { panic!("two rows are no four") };
    assert!(matches!(error, Error::FixtureVanished { sent: 4, stored: 2, .. }), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
    let Err(error) = Team::seeder().name("red").seed_many(&mut db.conn, 3) else { panic!() };
    assert!(
        error.to_string().starts_with("of 3 rows of `teams` that were inserted, the database holds 2: "),
        "{error}"
    );
}

#[test]
fn a_rule_that_does_nothing() {
    if Db::ENGINE != "postgres" {
        return;
    }
    let mut db = Db::with(TABLES);
    db.run("CREATE RULE none AS ON INSERT TO accounts WHERE NEW.id > 15 DO INSTEAD NOTHING");
    assert_vanished(&mut db, "accounts", (20, 15));
}

#[test]
fn a_view_that_shows_some_rows_alone() {
    let view = "CREATE VIEW teams AS SELECT * FROM all_teams WHERE id > 4";
    let mut db = Db::with("CREATE TABLE all_teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL)");
    db.run(view);
    if Db::ENGINE == "sqlite" {
        // A view takes rows by a trigger alone.
        db.run(
            "CREATE TRIGGER of_teams INSTEAD OF INSERT ON teams FOR EACH ROW
             BEGIN INSERT INTO all_teams VALUES (NEW.id, NEW.name); END",
        );
    }
    let error = seed(&mut db.conn, models![Team]).run().unwrap_err();
    assert!(matches!(error, Error::Vanished { sent: 10, stored: 6, .. }), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM all_teams"), 0);
}

/// Partitions as they were made before PostgreSQL had any: the trigger's NULL hides rows that are there.
#[test]
fn rows_in_a_table_that_inherits_are_there() {
    if Db::ENGINE != "postgres" {
        return;
    }
    let mut db = Db::with(TABLES);
    db.run("CREATE TABLE late_teams () INHERITS (teams)");
    let divert = "IF NEW.id > 4 THEN INSERT INTO late_teams VALUES (NEW.*); RETURN NULL; END IF;";
    trigger(&mut db, "BEFORE INSERT", "teams", divert);
    assert_eq!(seed(&mut db.conn, models![Team]).run().unwrap().rows("teams"), 10);
    assert_eq!(db.number("SELECT count(*) FROM late_teams"), 6);
}

#[test]
fn a_trigger_that_keeps_the_second_pass_from_its_rows() {
    let (when, statements) = match Db::ENGINE {
        "postgres" => ("BEFORE UPDATE", "RETURN NULL;"),
        "sqlite" => ("BEFORE UPDATE", "SELECT RAISE(IGNORE);"),
        _ => return,
    };
    let mut db = super::cycles::clubs_and_players("");
    trigger(&mut db, when, "clubs", statements);
    let error = seed(&mut db.conn, models![Club, Player, Ground]).run().unwrap_err();
    assert!(matches!(&error, Error::NotUpdated { table, updated: 0, .. } if table == "clubs"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM clubs"), 0);
}
