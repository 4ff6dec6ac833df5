//! What comes back on SQLite, and what stays on.

use diesel::Connection;
use seed_diesel::RebuildConstraints::Always;
use seed_diesel::{models, seed};

use super::Db;
use super::definitions::{definitions, fates};
use super::failures::with_accounts;
use crate::models::{Account, SchemaLogin, SchemaUser, Team};

#[test]
fn what_analyze_knows_comes_back() {
    let mut db = with_accounts("");
    db.run(
        "CREATE INDEX \"an odd `name`\" ON accounts (age DESC, lower(city) COLLATE NOCASE) WHERE age > 18;
         create unique index if not exists  main.written_small on accounts (note, id) ;
         CREATE INDEX teams_by_name ON teams (name);
         INSERT INTO teams VALUES (1, 'red'); INSERT INTO accounts VALUES (1, 1, 20, 'a', 'b', 'c'), (2, 1, 30, 'a', 'b', 'd');
         ANALYZE;",
    );
    let statistics = |db: &mut Db| {
        let mut all = db.texts("SELECT concat_ws('|', tbl, idx, stat) AS value FROM sqlite_stat1 ORDER BY value");
        all.extend(db.texts(
            "SELECT concat_ws('|', tbl, idx, neq, nlt, ndlt, hex(sample)) AS value FROM sqlite_stat4 ORDER BY value",
        ));
        all
    };
    let (before, known) = (definitions(&mut db), statistics(&mut db));
    assert!(known.iter().any(|line| line.contains("odd `name`")), "{known:?}");
    let report = seed(&mut db.conn, models![Team, Account]).reset().rebuild_constraints(Always).run().unwrap();
    assert_eq!((fates(&report).0.len(), fates(&report).1), (4, vec![]));
    assert_eq!(definitions(&mut db), before);
    assert_eq!(statistics(&mut db), known);
    assert_eq!(db.number("SELECT count(*) FROM sqlite_temp_master"), 0);
    // A failure brings them back as well.
    db.run("CREATE UNIQUE INDEX one_a_city ON teams (name) WHERE id < 0; DROP INDEX one_a_city");
    let run = seed(&mut db.conn, models![Team, Account]).reset().rebuild_constraints(Always);
    run.refine::<Team>(|t| t.column(crate::models::teams::id, seed_diesel::int(1..=1))).run().unwrap_err();
    assert_eq!(statistics(&mut db), known);
}

#[test]
fn foreign_keys_that_were_off_stay_off() {
    let mut db = with_accounts(", FOREIGN KEY (age) REFERENCES teams (id)");
    db.run("PRAGMA foreign_keys = OFF");
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap_err().to_string();
    assert!(error.starts_with("the rows of `accounts` violate `FOREIGN KEY (age) REFERENCES teams`"), "{error}");
    assert!(error.contains(" of them reference rows that do not exist; "), "{error}");
    assert_eq!(db.number("SELECT foreign_keys FROM pragma_foreign_keys"), 0);
}

#[test]
fn indexes_of_an_attached_database_come_back_there() {
    let mut db = Db::empty();
    db.run(
        "ATTACH ':memory:' AS accounts;
         CREATE TABLE accounts.users (id INTEGER PRIMARY KEY, username VARCHAR(20) NOT NULL);
         CREATE UNIQUE INDEX accounts.usernames ON users (username);
         CREATE TABLE accounts.logins (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users);
         CREATE INDEX accounts.logins_of_users ON logins (user_id);
         CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR(20) NOT NULL);
         CREATE UNIQUE INDEX usernames ON users (username);",
    );
    let all = |db: &mut Db| {
        let of = |schema| format!("SELECT '{schema}' AS schema, * FROM {schema}.sqlite_master");
        db.texts(&format!(
            "SELECT concat_ws('|', schema, type, name, tbl_name, sql) AS value FROM ({} UNION ALL {}) ORDER BY value",
            of("main"),
            of("accounts")
        ))
    };
    let before = all(&mut db);
    let report = seed(&mut db.conn, models![SchemaUser, SchemaLogin]).rebuild_constraints(Always).run().unwrap();
    assert_eq!(
        fates(&report),
        (vec!["usernames", "FOREIGN KEY (user_id) REFERENCES users", "logins_of_users"], vec![])
    );
    assert_eq!(all(&mut db), before);
    assert_eq!(db.number("SELECT count(*) FROM accounts.logins"), 30);
}

#[test]
fn an_index_that_could_not_be_made_again_stays() {
    let mut db = with_accounts("");
    // SQLite reads a name that it would not take.
    db.run(
        "CREATE INDEX odd ON accounts (age); CREATE INDEX other ON accounts (age);
         PRAGMA writable_schema = ON;
         UPDATE sqlite_master SET name = 'sqlite_odd', sql = replace(sql, 'odd', 'sqlite_odd') WHERE name = 'odd';
         PRAGMA writable_schema = RESET;",
    );
    let before = definitions(&mut db);
    let report = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap();
    let (off, kept) = fates(&report);
    assert_eq!(off, ["FOREIGN KEY (team_id) REFERENCES teams", "other"]);
    let why = "the database refused to take it off: object name reserved for internal use: sqlite_odd";
    assert_eq!(kept, [("sqlite_odd", why)]);
    assert_eq!(definitions(&mut db), before);
}

#[test]
fn a_transaction_of_the_application_keeps_everything() {
    let mut db = with_accounts("");
    db.run("CREATE INDEX by_age ON accounts (age)");
    db.conn.begin_test_transaction().unwrap();
    let report = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap();
    let why = "foreign keys cannot be switched off in an open transaction";
    assert_eq!(fates(&report), (vec![], vec![("FOREIGN KEY (team_id) REFERENCES teams", why), ("by_age", why)]));
}
