//! Sequences of PostgreSQL: which of them move, how far, and what is in the way; and runs for shards of a table, which move
//! them at the same time.

use std::thread;
use std::time::Duration;

use diesel::Connection;
use diesel::prelude::*;
use game::models::Level;
use seed_diesel::{Error, Seedable, Shard, models, seed};

use super::Db;
use crate::models::Team;

diesel::table! {
    tags (id) {
        id -> Text,
    }
}

/// A key that was a number once.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = tags)]
pub struct Tag {
    pub id: String,
}

diesel::table! {
    #[sql_name = "a_table_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps"]
    long_names (id) {
        #[sql_name = "a_column_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps"]
        id -> Integer,
        #[sql_name = "another_column_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps"]
        price -> Numeric,
    }
}

diesel::table! {
    long_children (id) {
        id -> Integer,
        parent_id -> Integer,
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = long_names)]
pub struct LongName {
    pub id: i32,
    pub price: bigdecimal::BigDecimal,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = long_children)]
pub struct LongChild {
    pub id: i32,
    #[seed(references = long_names::id, with = 2)]
    pub parent_id: i32,
}

/// How long a run is waited for that cannot end.
const A_WHILE: Duration = Duration::from_millis(500);

#[test]
fn a_run_moves_a_sequence_when_the_others_have_committed() {
    let mut db = Db::game();
    let (mut first, mut second) = (db.connect(), db.connect());
    let shard = |number| Shard::new(number, 2).unwrap();
    thread::scope(|scope| {
        let waiting = first
            .transaction::<_, seed_diesel::Error, _>(|first| {
                seed(first, models![Level]).refine::<Level>(|t| t.count(100)).shard(shard(2)).run()?;
                let second = &mut second;
                let waiting = scope.spawn(move || {
                    seed(second, models![Level]).refine::<Level>(|t| t.count(100)).shard(shard(1)).run().map(drop)
                });
                thread::sleep(A_WHILE);
                assert!(!waiting.is_finished());
                Ok(waiting)
            })
            .unwrap();
        waiting.join().unwrap().unwrap();
    });
    db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
    assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 101);
}

#[test]
fn many_runs_at_once_leave_a_sequence_behind_the_last_key() {
    for _ in 0..3 {
        let mut db = Db::game();
        let connections: Vec<_> = (1..=8).map(|number| (number, db.connect())).collect();
        thread::scope(|scope| {
            for (number, mut connection) in connections {
                scope.spawn(move || {
                    let run = seed(&mut connection, models![Level]).refine::<Level>(|t| t.count(80));
                    run.shard(Shard::new(number, 8).unwrap()).run().unwrap();
                });
            }
        });
        assert_eq!(db.number("SELECT last_value FROM levels_id_seq"), 80);
        db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
        assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 81);
    }
}

fn teams(key: &str) -> Db {
    Db::with(&format!("CREATE TABLE teams (id {key}, name VARCHAR(30) NOT NULL)"))
}

#[test]
fn a_text_may_own_the_sequence_of_its_time_as_a_number() {
    let mut db = Db::with(
        "CREATE TABLE tags (id SERIAL PRIMARY KEY); ALTER TABLE tags ALTER id DROP DEFAULT, ALTER id TYPE TEXT",
    );
    seed(&mut db.conn, models![Tag]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM tags"), 10);
    // Another kind of this: a default that makes a text of the number.
    db.run("ALTER TABLE tags ALTER id SET DEFAULT 'tag-' || nextval('tags_id_seq')");
    seed(&mut db.conn, models![Tag]).reset().run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM tags"), 10);
}

#[test]
fn names_that_postgresql_cuts_are_found() {
    let mut db = Db::with(
        "CREATE TABLE a_table_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps (
             a_column_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps SERIAL PRIMARY KEY,
             another_column_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps NUMERIC(5, 2) NOT NULL);
         CREATE TABLE long_children (id SERIAL PRIMARY KEY, parent_id INTEGER NOT NULL
             REFERENCES a_table_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps)",
    );
    let run = |db: &mut Db| seed(&mut db.conn, models![LongChild, LongName]).reset().run().unwrap().total();
    assert_eq!(run(&mut db), 30);
    // The child is of the run.
    assert_eq!(run(&mut db), 30);
    db.run(
        "INSERT INTO a_table_whose_name_has_more_than_the_sixty_three_bytes_that_postgresql_keeps VALUES (DEFAULT, 1)",
    );
    let keys = seed(&mut db.conn, models![LongChild, LongName]).foreign_keys().unwrap();
    // In the words of the models.
    assert_eq!(keys[0].parent, "long_names");
}

#[test]
fn a_sequence_that_is_only_asked_moves_as_well() {
    let mut db = Db::with(
        "CREATE SEQUENCE keys; CREATE TABLE teams (id INTEGER PRIMARY KEY DEFAULT nextval('keys'), name VARCHAR(30) NOT NULL)",
    );
    seed(&mut db.conn, models![Team]).run().unwrap();
    assert_eq!(db.number("SELECT nextval('keys')"), 11);
}

#[test]
fn a_domain_is_what_it_is_made_of() {
    let mut db = Db::with(
        "CREATE DOMAIN number AS INTEGER; CREATE DOMAIN key AS number CHECK (VALUE > 0);
         CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL); ALTER TABLE teams ALTER id TYPE key",
    );
    seed(&mut db.conn, models![Team]).run().unwrap();
    assert_eq!(db.number("SELECT nextval('teams_id_seq')"), 11);
}

#[test]
fn a_sequence_that_counts_down_stays_below_its_keys() {
    let mut db = teams("INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY -1)");
    seed(&mut db.conn, models![Team]).run().unwrap();
    db.run("INSERT INTO teams (name) VALUES ('the next')");
    assert_eq!(db.number("SELECT id FROM teams WHERE name = 'the next'"), -1);
    db.run("INSERT INTO teams VALUES (-5, 'mine')");
    seed(&mut db.conn, models![Team]).append().run().unwrap();
    db.run("INSERT INTO teams (name) VALUES ('the last')");
    assert_eq!(db.number("SELECT id FROM teams WHERE name = 'the last'"), -6);
}

#[test]
fn keys_past_the_end_of_a_sequence_are_refused_before_any_is_loaded() {
    let mut db = teams("INTEGER PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (MAXVALUE 20)");
    let run = |db: &mut Db, rows| seed(&mut db.conn, models![Team]).reset().refine::<Team>(|t| t.count(rows)).run();
    run(&mut db, 20).unwrap();
    let error = run(&mut db, 21).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`teams.id` takes its keys from the sequence `public.teams_id_seq`, which has to move past those of the new rows, but it \
         ends at 20, and the last key is 21; its owner can change that: `ALTER SEQUENCE public.teams_id_seq AS BIGINT NO MAXVALUE`; \
         nothing was changed"
    );
    assert_eq!(db.number("SELECT count(*) FROM teams"), 20);
    db.run("ALTER SEQUENCE public.teams_id_seq AS BIGINT NO MAXVALUE");
    run(&mut db, 21).unwrap();
}

#[test]
fn rows_that_are_past_the_end_of_a_sequence_are_no_obstacle() {
    let mut db = teams("SERIAL PRIMARY KEY");
    db.run("ALTER SEQUENCE teams_id_seq AS SMALLINT; CREATE TABLE numbers (id INTEGER); INSERT INTO teams VALUES (40000, 'mine')");
    seed(&mut db.conn, models![Team]).run().unwrap_err();
    db.run("DELETE FROM teams");
    seed(&mut db.conn, models![Team]).run().unwrap();
    assert_eq!(db.number("SELECT nextval('teams_id_seq')"), 11);
}

#[test]
fn rights_that_a_sequence_needs_are_missed_before_any_row_is_loaded() {
    let mut db = teams("SERIAL PRIMARY KEY");
    let role =
        format!("seed_guest_{}", db.number("SELECT oid::bigint FROM pg_database WHERE datname = current_database()"));
    db.run(&format!("CREATE ROLE {role}; GRANT {role} TO CURRENT_USER; GRANT ALL ON teams TO {role}"));
    for rights in ["", "GRANT SELECT, USAGE ON SEQUENCE teams_id_seq TO {role}"] {
        db.run(&format!("{}; SET ROLE {role}", rights.replace("{role}", &role)));
        let error = seed(&mut db.conn, models![Team]).run().unwrap_err();
        assert!(matches!(error, Error::Sequence { .. }));
        let grant = format!("GRANT SELECT, UPDATE ON SEQUENCE public.teams_id_seq TO {role}");
        assert_eq!(
            error.to_string(),
            format!(
                "`teams.id` takes its keys from the sequence `public.teams_id_seq`, which has to move past those of the new rows, \
                 but `{role}` has not the rights SELECT and UPDATE on it; its owner can change that: `{grant}`; nothing was changed"
            )
        );
        db.run("RESET ROLE");
        db.run(&grant);
        db.run(&format!("SET ROLE {role}"));
        seed(&mut db.conn, models![Team]).reset().run().unwrap();
        db.run(&format!("RESET ROLE; REVOKE ALL ON SEQUENCE teams_id_seq FROM {role}"));
    }
    db.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}
