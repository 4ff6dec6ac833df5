//! What comes back on PostgreSQL, and what stays on.

use std::time::{Duration, Instant};

use diesel::Connection;
use diesel::connection::SimpleConnection;
use seed_diesel::RebuildConstraints::Always;
use seed_diesel::{Error, models, seed};

use super::Db;
use super::definitions::{definitions, fates};
use super::failures::with_accounts;
use crate::models::{Account, SchemaLogin, SchemaUser, Team};

/// Runs the models of `with_accounts`, and tells what was off, and what stayed on, why. Definitions are the same.
#[track_caller]
fn run(db: &mut Db) -> (Vec<String>, Vec<(String, String)>) {
    let before = definitions(db);
    let report = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap();
    let (off, kept) = fates(&report);
    let off = off.into_iter().map(str::to_owned).collect();
    let kept = kept.into_iter().map(|(name, why)| (name.to_owned(), why.to_owned())).collect();
    let after = definitions(db);
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert!(before.len() == after.len() && changed.is_empty(), "{changed:#?}");
    assert_eq!(db.number("SELECT count(*) FROM accounts"), 20);
    (off, kept)
}

fn kept(name: &str, why: &str) -> (String, String) {
    (name.to_owned(), why.to_owned())
}

#[test]
fn definitions_of_every_kind_come_back() {
    let mut db = with_accounts("");
    db.run(
        r#"
        CREATE SCHEMA "other schema";
        CREATE TABLE "other schema"."odd ""table" (id INTEGER PRIMARY KEY);
        INSERT INTO "other schema"."odd ""table" SELECT generate_series(1, 99);
        ALTER TABLE accounts ADD CONSTRAINT "an ""odd"" key" FOREIGN KEY (age) REFERENCES "other schema"."odd ""table" (id)
            MATCH FULL ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED;
        COMMENT ON CONSTRAINT "an ""odd"" key" ON accounts IS E'it''s \\ odd';
        ALTER TABLE accounts ADD CONSTRAINT waits FOREIGN KEY (team_id) REFERENCES teams ON DELETE SET NULL DEFERRABLE;
        CREATE INDEX partial ON accounts USING btree (age DESC NULLS LAST, lower(city) text_pattern_ops, note COLLATE "C")
            INCLUDE (secret) WITH (fillfactor = 70, deduplicate_items = off) WHERE age > 18 AND city <> 'it''s';
        ALTER INDEX partial ALTER COLUMN 2 SET STATISTICS 500;
        COMMENT ON INDEX partial IS 'it''s partial';
        CREATE UNIQUE INDEX no_nulls ON accounts (id, note) NULLS NOT DISTINCT;
        CREATE INDEX hashed ON accounts USING hash (city);
        CREATE INDEX words ON accounts USING gin (to_tsvector('simple', note)) WITH (fastupdate = off);
        CREATE INDEX pages ON accounts USING brin (age) WITH (pages_per_range = 16);
        ALTER TABLE accounts ADD CONSTRAINT including UNIQUE (id, secret) INCLUDE (city) WITH (fillfactor = 60);
        COMMENT ON CONSTRAINT including ON accounts IS 'of the constraint';
        COMMENT ON INDEX including IS 'of the index';
        ALTER TABLE accounts ADD CONSTRAINT "waits, too" UNIQUE (id, city) DEFERRABLE INITIALLY DEFERRED;
        ALTER TABLE accounts ADD CONSTRAINT may_wait UNIQUE (id, age) DEFERRABLE;
        ALTER TABLE accounts CLUSTER ON no_nulls;
        "#,
    );
    db.run("SET default_tablespace = pg_default");
    let (mut off, kept) = run(&mut db);
    off.sort_unstable();
    let all = [
        "accounts_team_id_fkey",
        "an \"odd\" key",
        "hashed",
        "including",
        "may_wait",
        "no_nulls",
        "pages",
        "partial",
        "waits",
        "waits, too",
        "words",
    ];
    assert_eq!(off, all);
    assert_eq!(kept, []);
    assert_eq!(db.texts("SELECT current_setting('default_tablespace') AS value"), ["pg_default"]);
    // They do what they did: this one waits.
    db.conn.begin_test_transaction().unwrap();
    db.run("UPDATE accounts SET age = 1000 WHERE id = 1");
    let error = db.conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE").unwrap_err().to_string();
    assert!(error.contains("odd"), "{error}");
}

#[test]
fn what_could_not_come_back_stays_on() {
    let mut db = with_accounts("");
    db.run(
        "CREATE FUNCTION shouted(TEXT) RETURNS TEXT IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';
         CREATE INDEX calls ON accounts (shouted(city));
         CREATE UNIQUE INDEX identity ON accounts (id, age);
         ALTER TABLE accounts REPLICA IDENTITY USING INDEX identity;
         ALTER TABLE accounts ADD CONSTRAINT excludes EXCLUDE USING btree (id WITH =);
         ALTER TABLE accounts ADD CONSTRAINT not_valid FOREIGN KEY (team_id) REFERENCES teams DEFERRABLE INITIALLY DEFERRED NOT VALID;
         CREATE INDEX of_not_valid ON accounts (team_id, age);
         CREATE UNIQUE INDEX also_a_key ON teams (id);
         ALTER TABLE accounts ADD CONSTRAINT once UNIQUE (id, note);
         CREATE RULE once_more AS ON UPDATE TO teams DO ALSO
             INSERT INTO accounts (team_id, age, city, secret, note) VALUES (1, 1, '', '', '') ON CONFLICT ON CONSTRAINT once DO NOTHING;
         CREATE INDEX goes ON accounts (age);",
    );
    let (off, mut stayed) = run(&mut db);
    stayed.sort_unstable();
    assert_eq!(off, ["also_a_key", "goes"]);
    assert_eq!(
        stayed,
        [
            kept("accounts_team_id_fkey", "more than one unique index of `teams` would do for it"),
            kept("calls", "it calls a function that is not PostgreSQL's own"),
            kept("excludes", "it is of an exclusion constraint"),
            kept("identity", "it is the replica identity"),
            kept("not_valid", "it is NOT VALID: rows that are there may violate it"),
            kept("of_not_valid", "a foreign key that stays on may need it"),
            kept("once", "something depends on it"),
        ]
    );
}

#[test]
fn what_waits_for_the_commit_waits_again() {
    let mut db = with_accounts("");
    db.run(
        "ALTER TABLE accounts DROP CONSTRAINT accounts_team_id_fkey;
         ALTER TABLE accounts ADD CONSTRAINT waits FOREIGN KEY (team_id) REFERENCES teams DEFERRABLE INITIALLY DEFERRED NOT VALID;
         CREATE INDEX by_age ON accounts (age);",
    );
    db.conn.begin_test_transaction().unwrap();
    let (off, stayed) = run(&mut db);
    assert_eq!((off, stayed.len()), (vec!["by_age".to_owned()], 1));
    db.run("UPDATE accounts SET team_id = 77");
    let error = db.conn.batch_execute("SET CONSTRAINTS waits IMMEDIATE").unwrap_err().to_string();
    assert!(error.contains("waits"), "{error}");
}

#[test]
fn partitioned_tables_keep_all_that_is_theirs() {
    let accounts =
        "id SERIAL, team_id INTEGER NOT NULL REFERENCES teams, age INTEGER NOT NULL, city VARCHAR(20) NOT NULL,
         secret VARCHAR(40) NOT NULL, note VARCHAR(40) NOT NULL, PRIMARY KEY (id)";
    let mut db = Db::with(&format!(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE accounts ({accounts}) PARTITION BY RANGE (id);
         CREATE TABLE first PARTITION OF accounts FOR VALUES FROM (1) TO (8);
         CREATE TABLE rest PARTITION OF accounts DEFAULT;
         CREATE INDEX by_age ON accounts (age);
         CREATE INDEX teams_by_name ON teams (name)"
    ));
    let (off, stayed) = run(&mut db);
    assert_eq!(off, ["teams_by_name"]);
    let why = "`accounts` is partitioned";
    assert_eq!(stayed, [kept("accounts_team_id_fkey", why), kept("by_age", why)]);

    let mut db = Db::with(&format!(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL) PARTITION BY RANGE (id);
         CREATE TABLE few PARTITION OF teams FOR VALUES FROM (1) TO (4);
         CREATE TABLE more PARTITION OF teams DEFAULT;
         CREATE TABLE accounts ({accounts});
         CREATE INDEX by_age ON accounts (age)"
    ));
    let (off, stayed) = run(&mut db);
    assert_eq!(off, ["by_age"]);
    assert_eq!(stayed, [kept("accounts_team_id_fkey", "`teams` is partitioned")]);
}

#[test]
fn tables_in_a_schema_have_their_own_back() {
    let mut db = Db::with(
        "CREATE SCHEMA accounts;
         CREATE TABLE accounts.users (id SERIAL PRIMARY KEY, username VARCHAR(20) UNIQUE NOT NULL);
         CREATE TABLE accounts.logins (id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES accounts.users ON DELETE CASCADE);
         CREATE INDEX logins_of_users ON accounts.logins (user_id);
         CREATE TABLE users (id SERIAL PRIMARY KEY, username VARCHAR(20) UNIQUE NOT NULL);",
    );
    let before = definitions(&mut db);
    let report = seed(&mut db.conn, models![SchemaUser, SchemaLogin]).rebuild_constraints(Always).run().unwrap();
    assert_eq!(fates(&report), (vec!["logins_user_id_fkey", "users_username_key", "logins_of_users"], vec![]));
    assert_eq!(definitions(&mut db), before);
}

#[test]
fn a_table_that_is_in_use_is_loaded_the_plain_way() {
    let mut db = with_accounts("");
    db.run("CREATE INDEX by_age ON accounts (age); SET lock_timeout = '50ms'");
    let mut other = db.connect();
    other.begin_test_transaction().unwrap();
    other.batch_execute("LOCK TABLE teams IN ACCESS SHARE MODE").unwrap();
    let (off, stayed) = run(&mut db);
    assert_eq!(off, [] as [&str; 0]);
    let why = "the database refused to take it off: canceling statement due to lock timeout";
    assert_eq!(stayed, [kept("accounts_team_id_fkey", why), kept("by_age", why)]);
}

/// The rows of `with_accounts`, loaded by a role of its own.
fn by_a_role(rights: &str) -> (Vec<String>, Vec<(String, String)>) {
    let mut db = with_accounts("");
    let role =
        format!("seed_guest_{}", db.number("SELECT oid::bigint FROM pg_database WHERE datname = current_database()"));
    db.run("CREATE INDEX by_age ON accounts (age)");
    db.run(&format!(
        "CREATE ROLE {role}; GRANT {role} TO CURRENT_USER; GRANT ALL ON SCHEMA public TO {role};
         GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}"
    ));
    db.run(&format!("{}; SET ROLE {role}", rights.replace("{role}", &role)));
    let (off, stayed) = run(&mut db);
    db.run(&format!("RESET ROLE; REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}; DROP ROLE {role}"));
    let stayed = stayed.into_iter().map(|(name, why)| (name, why.replace(&role, "{role}"))).collect();
    (off, stayed)
}

#[test]
fn rights_that_are_missing_are_named() {
    let (off, stayed) = by_a_role("");
    assert_eq!(off, [] as [&str; 0]);
    let why = "`{role}` has not the rights of `seed`, the owner of `accounts`";
    assert_eq!(stayed, [kept("accounts_team_id_fkey", why), kept("by_age", why)]);

    let (off, stayed) = by_a_role("ALTER TABLE accounts OWNER TO {role}");
    assert_eq!((off.len(), stayed), (2, vec![]));

    let (off, stayed) = by_a_role("ALTER TABLE accounts OWNER TO {role}; REVOKE CREATE ON SCHEMA public FROM {role}");
    assert_eq!(off, ["accounts_team_id_fkey"]);
    assert_eq!(stayed, [kept("by_age", "the right CREATE on the schema `public` is missing")]);

    let (off, stayed) = by_a_role("ALTER TABLE accounts OWNER TO {role}; REVOKE REFERENCES ON teams FROM {role}");
    assert_eq!(off, ["by_age"]);
    assert_eq!(stayed, [kept("accounts_team_id_fkey", "the right REFERENCES on `teams` is missing")]);

    let (off, stayed) = by_a_role(
        "ALTER TABLE accounts OWNER TO {role}; REVOKE REFERENCES ON teams FROM {role}; GRANT REFERENCES (id) ON teams TO {role}",
    );
    assert_eq!((off.len(), stayed), (2, vec![]));
}

#[test]
fn a_value_that_is_there_twice_is_named() {
    let mut db = with_accounts("");
    db.run("ALTER TABLE accounts ADD CONSTRAINT one_a_city UNIQUE (city)");
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap_err();
    assert!(
        matches!(&error, Error::Violated { table, constraint, .. } if table == "accounts" && constraint == "one_a_city")
    );
    let text = error.to_string();
    assert!(text.contains("is duplicated.") && text.contains("Key (city)=("), "{text}");
    // The second row that has it, with its values.
    let Error::Violated { row: Some(row), .. } = error else { panic!("{text}") };
    let city = &row.values[1];
    assert_eq!(
        (row.first, row.last, city.0.as_str()),
        (row.values[0].1.parse::<u64>().unwrap() - 1, row.first, "city")
    );
    assert!(text.starts_with(&format!(
        "row {} (`id` = {}, `city` = {}) of `accounts` violates",
        row.first,
        row.first + 1,
        city.1
    )));
    assert!(text.contains(&format!("Key (city)=({})", city.1)), "{text}");
}

/// Many accounts, with a foreign key and an index, loaded by a run that was not asked to rebuild these.
fn unasked(db: &mut Db) -> (Vec<String>, Vec<(String, String)>) {
    let before = definitions(db);
    let report = seed(&mut db.conn, models![Team, Account]).refine::<Account>(|t| t.count(5_000)).run().unwrap();
    let (off, kept) = fates(&report);
    let off = off.into_iter().map(str::to_owned).collect();
    let kept = kept.into_iter().map(|(name, why)| (name.to_owned(), why.to_owned())).collect();
    assert_eq!(definitions(db), before);
    assert_eq!(db.number("SELECT count(*) FROM accounts"), 5_000);
    (off, kept)
}

#[test]
fn a_run_that_was_not_asked_waits_for_no_lock() {
    let mut db = with_accounts("");
    db.run("CREATE INDEX by_age ON accounts (age); SET lock_timeout = '100s'");
    let mut other = db.connect();
    other.begin_test_transaction().unwrap();
    other.batch_execute("SELECT * FROM teams").unwrap();
    let started = Instant::now();
    let (off, stayed) = unasked(&mut db);
    assert!(started.elapsed() < Duration::from_secs(50));
    assert_eq!(off, [] as [&str; 0]);
    let why = "the database refused to take it off: could not obtain lock on relation \"teams\"";
    assert_eq!(stayed, [kept("accounts_team_id_fkey", why), kept("by_age", why)]);
}

#[test]
fn a_run_that_was_not_asked_keeps_to_its_own_tables() {
    let mut db = with_accounts("");
    db.run(
        "CREATE TABLE ages (age INTEGER PRIMARY KEY); INSERT INTO ages SELECT generate_series(1, 99);
         ALTER TABLE accounts ADD CONSTRAINT of_age FOREIGN KEY (age) REFERENCES ages; CREATE INDEX by_city ON accounts (city)",
    );
    let mut other = db.connect();
    other.begin_test_transaction().unwrap();
    other.batch_execute("SELECT * FROM ages").unwrap();
    let (off, stayed) = unasked(&mut db);
    assert_eq!(off, ["accounts_team_id_fkey", "by_city"]);
    assert_eq!(stayed, [kept("of_age", "`ages`, which it references, is not part of this run")]);
}

#[test]
fn an_event_trigger_keeps_a_run_from_choosing_to() {
    let mut db = with_accounts("");
    // Only a superuser makes an event trigger. The schema that is searched first has a view of the catalogue's name.
    let with_trigger = |db: &mut Db, event: &str, enabled: &str, tags: &str| {
        db.run(&format!(
            "CREATE SCHEMA IF NOT EXISTS shown; SET search_path = shown, pg_catalog, public;
             CREATE OR REPLACE VIEW shown.pg_event_trigger AS
             SELECT 'audited'::name AS evtname, '{event}'::name AS evtevent, '{enabled}'::\"char\" AS evtenabled,
                    {tags}::text[] AS evttags;
             TRUNCATE teams, accounts; CREATE INDEX IF NOT EXISTS by_age ON accounts (age)"
        ));
    };
    let why = "the event trigger `audited` would fire";
    for (event, tags) in [("sql_drop", "NULL"), ("ddl_command_start", "'{ALTER TABLE}'"), ("ddl_command_end", "NULL")] {
        with_trigger(&mut db, event, "O", tags);
        let (off, stayed) = unasked(&mut db);
        assert_eq!(off, [] as [&str; 0], "{event}");
        assert_eq!(stayed, [kept("accounts_team_id_fkey", why), kept("by_age", why)]);
    }
    for (event, enabled, tags) in
        [("sql_drop", "D", "NULL"), ("login", "O", "NULL"), ("sql_drop", "O", "'{DROP VIEW}'")]
    {
        with_trigger(&mut db, event, enabled, tags);
        assert_eq!(unasked(&mut db).0.len(), 2, "{event}");
    }
    // One that was asked lets it fire.
    with_trigger(&mut db, "sql_drop", "O", "NULL");
    assert_eq!(run(&mut db).0.len(), 2);
}
