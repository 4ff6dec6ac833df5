//! How PostgreSQL empties tables: by `TRUNCATE` where it can, by `DELETE` without foreign keys where these can go.

use diesel::connection::SimpleConnection;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{Error, RebuildConstraints, Seeding, models, seed};

use super::Db;
use super::definitions::definitions;
use super::failures::with_accounts;
use crate::models::{Account, Team};

const TABLES: [&str; 5] = ["users", "user_profiles", "levels", "sessions", "scores"];

fn game(db: &mut Db, users: u64) -> Seeding<'_, diesel::PgConnection> {
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score])
        .refine::<User>(|t| t.count(users))
        .rebuild_constraints(RebuildConstraints::Never)
}

/// The file of each table, which a `TRUNCATE` replaces.
fn files(db: &mut Db) -> [i64; 5] {
    TABLES.map(|table| db.number(&format!("SELECT pg_relation_filenode('{table}')::bigint")))
}

/// Which tables a reset truncates.
#[track_caller]
fn truncated(db: &mut Db) -> Vec<&'static str> {
    let before = files(db);
    let count = db.number("SELECT count(*) FROM users").unsigned_abs();
    game(db, count).reset().run().unwrap();
    let after = files(db);
    for (table, rows) in TABLES.into_iter().zip([1, 1, 0, 5, 25]) {
        let rows = if table == "levels" { 5 } else { rows * count };
        assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")).unsigned_abs(), rows, "{table}");
    }
    TABLES
        .into_iter()
        .zip(before.iter().zip(after))
        .filter(|(_, (before, after))| *before != after)
        .map(|(table, _)| table)
        .collect()
}

fn foreign_keys(db: &mut Db) -> i64 {
    db.number("SELECT sum(oid::bigint) FROM pg_constraint WHERE contype = 'f'")
}

/// Works as a role that has these rights alone.
fn as_role(db: &mut Db, rights: &str) -> String {
    let role =
        format!("seed_guest_{}", db.number("SELECT oid::bigint FROM pg_database WHERE datname = current_database()"));
    db.run(&format!(
        "CREATE ROLE {role}; GRANT {role} TO CURRENT_USER; GRANT USAGE ON SCHEMA public TO {role};
         {}; SET ROLE {role}",
        rights.replace("{role}", &role)
    ));
    role
}

fn drop_role(db: &mut Db, role: &str) {
    db.run(&format!("RESET ROLE; REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}"));
}

#[test]
fn tables_are_truncated() {
    let mut db = Db::game();
    game(&mut db, 2_000).run().unwrap();
    let keys = foreign_keys(&mut db);
    assert_eq!(truncated(&mut db), TABLES);
    assert_eq!(foreign_keys(&mut db), keys);
    // Also where the run itself has dropped the foreign keys.
    let before = files(&mut db);
    game(&mut db, 12).reset().rebuild_constraints(RebuildConstraints::Always).run().unwrap();
    assert!(files(&mut db).iter().zip(before).all(|(after, before)| *after != before));
}

#[test]
fn row_triggers_do_not_fire_and_those_of_a_truncate_do() {
    let mut db = Db::game();
    game(&mut db, 3).run().unwrap();
    db.run(
        "CREATE TABLE fired (name TEXT);
         CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not here''; END';
         CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO fired VALUES (TG_OP); RETURN NULL; END';
         CREATE TRIGGER forbid BEFORE DELETE ON scores FOR EACH ROW EXECUTE FUNCTION forbid();
         CREATE TRIGGER note AFTER TRUNCATE ON scores FOR EACH STATEMENT EXECUTE FUNCTION note()",
    );
    assert_eq!(truncated(&mut db), TABLES);
    assert_eq!(db.texts("SELECT name AS value FROM fired"), ["TRUNCATE"]);
    // Where a trigger forbids that, rows are deleted.
    db.run(
        "DROP TRIGGER forbid ON scores;
         CREATE TRIGGER forbid BEFORE TRUNCATE ON scores FOR EACH STATEMENT EXECUTE FUNCTION forbid()",
    );
    assert_eq!(truncated(&mut db), [] as [&str; 0]);
}

#[test]
fn an_outside_table_that_references_is_left_alone() {
    let mut db = Db::game();
    db.run("CREATE TABLE notes (id SERIAL PRIMARY KEY, user_id INTEGER REFERENCES users)");
    game(&mut db, 2_000).run().unwrap();
    db.run("INSERT INTO notes (user_id) VALUES (1); DELETE FROM notes");
    let file = db.number("SELECT pg_relation_filenode('notes')::bigint");
    assert_eq!(truncated(&mut db), ["user_profiles", "levels", "sessions", "scores"]);
    assert_eq!(db.number("SELECT pg_relation_filenode('notes')::bigint"), file);
    assert_eq!(db.number("SELECT nextval('notes_id_seq')"), 2);
    // Its rows may reference nothing.
    db.run("INSERT INTO notes (user_id) VALUES (NULL)");
    assert_eq!(truncated(&mut db), ["user_profiles", "levels", "sessions", "scores"]);
    assert_eq!(db.number("SELECT count(*) FROM notes"), 1);
}

#[test]
fn foreign_keys_are_off_while_rows_are_deleted() {
    let mut db = Db::game();
    db.run("CREATE TABLE likes (id SERIAL PRIMARY KEY, score_id INTEGER REFERENCES scores, profile_id INTEGER REFERENCES user_profiles)");
    game(&mut db, 2_000).run().unwrap();
    let (were, keys) = (definitions(&mut db), foreign_keys(&mut db));
    assert_eq!(truncated(&mut db), [] as [&str; 0]);
    assert_eq!(definitions(&mut db), were);
    assert_ne!(foreign_keys(&mut db), keys);
    assert_eq!(game(&mut db, 2_000).only_reset().unwrap().len(), 5);
    assert_eq!(definitions(&mut db), were);
    assert_eq!(db.number("SELECT nextval('scores_id_seq')"), 1);
}

#[test]
fn a_role_without_the_right_to_truncate_deletes() {
    let mut db = Db::game();
    game(&mut db, 12).run().unwrap();
    let rights = "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
                  GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}";
    let role = as_role(&mut db, rights);
    let keys = foreign_keys(&mut db);
    assert_eq!(truncated(&mut db), [] as [&str; 0]);
    assert_eq!(foreign_keys(&mut db), keys);
    // The sequence is not its own: it stays where it was.
    db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
    assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 6);
    game(&mut db, 3).reset().run().unwrap();
    db.run("RESET ROLE; INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
    assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 7);

    db.run(&format!("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}; SET ROLE {role}"));
    assert_eq!(truncated(&mut db), TABLES);
    drop_role(&mut db, &role);
}

#[test]
fn row_security_is_heeded() {
    let mut db = with_accounts("");
    seed(&mut db.conn, models![Team]).run().unwrap();
    db.run("INSERT INTO teams VALUES (100, 'theirs')");
    db.run("ALTER TABLE teams ENABLE ROW LEVEL SECURITY; CREATE POLICY ours ON teams USING (name <> 'theirs')");
    let role = as_role(
        &mut db,
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}",
    );
    seed(&mut db.conn, models![Team]).refine::<Team>(|t| t.count(4)).reset().run().unwrap();
    drop_role(&mut db, &role);
    assert_eq!(db.number("SELECT count(*) FROM teams"), 5);
    assert_eq!(db.texts("SELECT name AS value FROM teams WHERE id = 100"), ["theirs"]);
}

#[test]
fn partitions_and_heirs_are_emptied_with_their_table() {
    for heirs in [
        "CREATE TABLE teams (id INTEGER NOT NULL, name VARCHAR(30) NOT NULL) PARTITION BY HASH (id);
         CREATE TABLE heir PARTITION OF teams FOR VALUES WITH (MODULUS 2, REMAINDER 0);
         CREATE TABLE other PARTITION OF teams FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE heir () INHERITS (teams)",
    ] {
        let mut db = Db::with(heirs);
        seed(&mut db.conn, models![Team]).run().unwrap();
        db.run(
            "INSERT INTO teams (id, name) VALUES (100, 'one'); INSERT INTO heir (id, name) SELECT id, name FROM heir",
        );
        let file = db.number("SELECT pg_relation_filenode('heir')::bigint");
        seed(&mut db.conn, models![Team]).reset().run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM teams"), 10, "{heirs}");
        assert_ne!(db.number("SELECT pg_relation_filenode('heir')::bigint"), file, "{heirs}");
        // What references a heir from outside keeps all of it from being truncated.
        db.run("ALTER TABLE heir ADD UNIQUE (id); CREATE TABLE outside (id INTEGER REFERENCES heir (id))");
        let file = db.number("SELECT pg_relation_filenode('heir')::bigint");
        seed(&mut db.conn, models![Team]).reset().run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM teams"), 10, "{heirs}");
        assert_eq!(db.number("SELECT pg_relation_filenode('heir')::bigint"), file, "{heirs}");
    }
}

#[test]
fn rows_of_a_view_are_deleted() {
    let mut db = Db::with(
        "CREATE TABLE stored (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL, kind INTEGER DEFAULT 1);
         INSERT INTO stored (id, name, kind) VALUES (100, 'another', 2);
         CREATE VIEW teams AS SELECT id, name FROM stored WHERE kind = 1",
    );
    seed(&mut db.conn, models![Team]).run().unwrap();
    seed(&mut db.conn, models![Team]).reset().run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM stored"), 11);
}

#[test]
fn a_table_that_somebody_reads_is_not_waited_for() {
    let mut db = Db::game();
    game(&mut db, 3).run().unwrap();
    let mut reader = db.connect();
    reader.batch_execute("BEGIN; SELECT count(*) FROM levels").unwrap();
    assert_eq!(truncated(&mut db), [] as [&str; 0]);
    assert_eq!(db.texts("SELECT current_setting('lock_timeout') AS value"), ["2s"]);
}

#[test]
fn a_reset_that_reaches_outside_truncates_nothing() {
    let mut db = Db::game();
    game(&mut db, 3).run().unwrap();
    db.run("CREATE TABLE notes (user_id INTEGER REFERENCES users ON DELETE CASCADE); INSERT INTO notes VALUES (1)");
    assert!(matches!(game(&mut db, 3).reset().run(), Err(Error::OutsideReference { .. })));
    assert_eq!(db.number("SELECT count(*) FROM scores"), 75);
}

#[test]
fn every_sequence_that_a_table_owns_begins_again_and_no_other_does() {
    let mut db = with_accounts("");
    db.run(
        "CREATE SEQUENCE of_nobody;
         ALTER TABLE teams ADD COLUMN number BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 7),
             ADD COLUMN tag INTEGER DEFAULT nextval('of_nobody');
         CREATE TABLE others (id INTEGER PRIMARY KEY DEFAULT nextval('accounts_id_seq'))",
    );
    let run = |db: &mut Db| seed(&mut db.conn, models![Team, Account]).reset().run().unwrap();
    run(&mut db);
    run(&mut db);
    assert_eq!(db.number("SELECT max(number) FROM teams"), 16);
    assert_eq!(db.number("SELECT max(tag) FROM teams"), 20);
    db.run("INSERT INTO others DEFAULT VALUES");
    assert_eq!(db.number("SELECT id FROM others"), 21);
    run(&mut db);
    db.run("INSERT INTO others DEFAULT VALUES");
    assert_eq!(db.number("SELECT max(id) FROM others"), 22);
}
