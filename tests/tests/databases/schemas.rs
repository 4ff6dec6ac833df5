//! Tables in a schema of PostgreSQL.

use seed_diesel::{Seedable, models, seed};

use super::Db;
use crate::models::{Match, SchemaLogin, SchemaUser, Team};

const TABLES: &str = "
    CREATE SCHEMA accounts;
    CREATE TABLE accounts.users (id SERIAL PRIMARY KEY, username VARCHAR(20) UNIQUE NOT NULL);
    CREATE TABLE accounts.logins (id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES accounts.users ON DELETE CASCADE);";

#[test]
fn a_table_in_a_schema_is_seeded_there() {
    let mut db = Db::with(TABLES);
    // One of the same name, in the schema that is searched.
    db.run(
        "CREATE TABLE users (id SERIAL PRIMARY KEY, username VARCHAR(20) NOT NULL); INSERT INTO users VALUES (7, 'me')",
    );
    seed(&mut db.conn, models![SchemaUser, SchemaLogin]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM accounts.users"), 10);
    assert_eq!(db.number("SELECT count(*) FROM accounts.logins"), 30);
    assert_eq!(db.texts("SELECT username AS value FROM users"), ["me"]);

    db.run("INSERT INTO accounts.users (username) VALUES ('the next')");
    assert_eq!(db.number("SELECT max(id) FROM accounts.users"), 11);

    seed(&mut db.conn, models![SchemaUser, SchemaLogin]).reset().run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM accounts.users"), 10);
}

#[test]
fn fixtures_are_made_in_a_schema() {
    let mut db = Db::with(TABLES);
    let login = SchemaLogin::seed_one(&mut db.conn).unwrap();
    assert_eq!(db.number("SELECT user_id FROM accounts.logins"), i64::from(login.user_id));
    assert_eq!(db.number("SELECT id FROM accounts.users"), i64::from(login.user_id));
}

#[test]
fn a_table_of_the_same_name_in_another_schema_is_outside() {
    let mut db = Db::with(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE SCHEMA archive;
         CREATE TABLE archive.teams (id SERIAL PRIMARY KEY, team_id INTEGER REFERENCES public.teams ON DELETE CASCADE);",
    );
    seed(&mut db.conn, models![Team]).run().unwrap();
    db.run("INSERT INTO archive.teams (team_id) VALUES (1)");

    let error = seed(&mut db.conn, models![Team]).reset().run().unwrap_err().to_string();

    assert!(error.contains("rows of `archive.teams`, which is not part of this run"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM archive.teams"), 1);
}

#[test]
fn a_table_of_the_run_is_no_outside_table_however_it_is_named() {
    // The model says `accounts.logins`; the search path makes it `logins` as well.
    let mut db = Db::with(TABLES);
    db.run("SET search_path = accounts");
    seed(&mut db.conn, models![SchemaUser, SchemaLogin]).run().unwrap();
    let report = seed(&mut db.conn, models![SchemaUser, SchemaLogin]).reset().run().unwrap();
    assert_eq!(report.total(), 40);
}

#[test]
fn a_foreign_key_names_its_parent_as_far_as_it_must() {
    let mut db = Db::with(TABLES);
    let parent = |db: &mut Db| seed(&mut db.conn, models![SchemaLogin]).foreign_keys().unwrap()[0].parent.clone();
    assert_eq!(parent(&mut db), "accounts.users");
    db.run("SET search_path = accounts");
    assert_eq!(parent(&mut db), "users");
    // The parent is part of the run.
    let keys = seed(&mut db.conn, models![SchemaLogin, SchemaUser]).foreign_keys().unwrap();
    assert_eq!((keys[0].table, keys[0].parent.as_str()), ("logins", "users"));
}

#[test]
fn the_foreign_keys_of_partitions_are_told_once() {
    let tables = |partitions: &str| {
        format!(
            "CREATE TABLE teams (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL) PARTITION BY RANGE (id);
             CREATE TABLE few PARTITION OF teams FOR VALUES FROM (1) TO (5);
             CREATE TABLE many PARTITION OF teams DEFAULT;
             {partitions}"
        )
    };
    let foreign_key =
        "FOREIGN KEY (home_id) REFERENCES teams ON DELETE CASCADE, FOREIGN KEY (guest_id) REFERENCES teams";
    for partitions in [
        format!(
            "CREATE TABLE fixtures (id INTEGER PRIMARY KEY, home_id INTEGER, guest_id INTEGER, {foreign_key})
                 PARTITION BY HASH (id);
             CREATE TABLE half PARTITION OF fixtures FOR VALUES WITH (MODULUS 2, REMAINDER 0);
             CREATE TABLE other PARTITION OF fixtures FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
        ),
        // The model's table is itself a partition.
        format!(
            "CREATE TABLE whole (id INTEGER PRIMARY KEY, home_id INTEGER, guest_id INTEGER, {foreign_key})
                 PARTITION BY HASH (id);
             CREATE TABLE fixtures PARTITION OF whole FOR VALUES WITH (MODULUS 1, REMAINDER 0);"
        ),
    ] {
        let mut db = Db::with(&tables(&partitions));
        let keys = seed(&mut db.conn, models![Match, Team]).foreign_keys().unwrap();
        let told: Vec<_> = keys.iter().map(|key| (key.columns.concat(), &*key.parent, &*key.on_delete)).collect();
        assert_eq!(
            told,
            [("home_id".to_owned(), "teams", "CASCADE"), ("guest_id".to_owned(), "teams", "NO ACTION")],
            "{partitions}"
        );
    }
}
