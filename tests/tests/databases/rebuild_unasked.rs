//! Runs that rebuild constraints by themselves, and those that do not.

use diesel::Connection;
use diesel::connection::SimpleConnection;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::RebuildConstraints::{Auto, Never};
use seed_diesel::{Error, Report, Seeding, Shard, models, seed};
use seed_tests::Engine;

use super::Db;
use super::definitions::{assert_checks_are_on, definitions, fates, game_with_indexes};
use super::failures::with_accounts;
use crate::models::{Account, Team};

/// Users of a run that rebuilds constraints by itself.
const MANY: u64 = if matches!(Db::ENGINE.as_bytes(), b"postgres") { 300 } else { 1_100 };

/// Constraints that are off then.
const OFF: usize = match Db::ENGINE.as_bytes() {
    b"postgres" => 8,
    b"sqlite" => 7,
    _ => 0,
};

fn game(db: &mut Db, users: u64) -> Seeding<'_, impl Engine> {
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).refine::<User>(|t| t.count(users))
}

/// What tells an index from one that is made again in its place.
fn index(db: &mut Db) -> i64 {
    match Db::ENGINE {
        "postgres" => db.number("SELECT oid::bigint FROM pg_class WHERE relname = 'best_scores'"),
        "sqlite" => db.number("SELECT rowid FROM sqlite_master WHERE name = 'best_scores'"),
        _ => 0,
    }
}

/// Nothing was off.
#[track_caller]
fn assert_plain(db: &mut Db, run: impl FnOnce(&mut Db) -> Report) {
    let before = index(db);
    assert_eq!(run(db).constraints, []);
    assert_eq!(index(db), before);
}

#[test]
fn many_rows_of_empty_tables_are_loaded_without_constraints() {
    let mut plain = game_with_indexes();
    assert_plain(&mut plain, |db| game(db, MANY).rebuild_constraints(Never).run().unwrap());
    let mut db = game_with_indexes();
    let before = (definitions(&mut db), index(&mut db));
    for seed in [0, 7] {
        let run = game(&mut db, MANY).seed(seed);
        let report = if seed == 0 { run.run() } else { run.reset().run() }.unwrap();
        assert_eq!((fates(&report).0.len(), fates(&report).1), (OFF, vec![]));
        assert_eq!(definitions(&mut db), before.0);
        assert_checks_are_on(&mut db);
        assert_eq!(db.export_game() == plain.export_game(), seed == 0);
    }
    if Db::ENGINE == "postgres" {
        assert_ne!(index(&mut db), before.1);
    }
}

#[test]
fn few_rows_are_loaded_the_plain_way() {
    assert_plain(&mut game_with_indexes(), |db| game(db, 100).run().unwrap());
}

#[test]
fn a_part_of_the_rows_is_loaded_the_plain_way() {
    let mut db = game_with_indexes();
    assert_plain(&mut db, |db| game(db, MANY).tables(["levels"]).run().unwrap());
    let others = ["users", "user_profiles", "sessions", "scores"];
    assert_plain(&mut db, |db| game(db, MANY).tables(others).shard(Shard::new(1, 1).unwrap()).run().unwrap());
    // All of it, in several transactions, or after rows that are there.
    assert_plain(&mut db, |db| game(db, MANY).reset().commit_every(100_000).run().unwrap());
    assert_plain(&mut db, |db| game(db, MANY).append().run().unwrap());
}

#[test]
fn a_transaction_of_the_application_keeps_its_constraints() {
    let mut db = game_with_indexes();
    db.conn.begin_test_transaction().unwrap();
    assert_plain(&mut db, |db| game(db, MANY).run().unwrap());
}

#[test]
fn rows_that_are_in_the_way_are_told_without_a_lock() {
    let mut db = game_with_indexes();
    db.run("INSERT INTO levels (id, name, difficulty) VALUES (1, 'first', 1)");
    let error = match Db::ENGINE {
        "postgres" => {
            let mut other = db.connect();
            other.begin_test_transaction().unwrap();
            other.batch_execute("SELECT * FROM levels").unwrap();
            game(&mut db, MANY).run().unwrap_err()
        }
        _ => game(&mut db, MANY).run().unwrap_err(),
    };
    assert!(matches!(error, Error::NotEmpty { .. }), "{error}");
}

#[test]
fn a_violation_says_as_much_as_with_constraints_on() {
    let one_a_city = "CREATE UNIQUE INDEX one_a_city ON accounts (city)";
    for (constraint, index, of_postgres) in [
        ("", one_a_city, "is duplicated.); mark the column `#[seed(unique)]`"),
        (
            ", FOREIGN KEY (age) REFERENCES teams (id)",
            "CREATE INDEX accounts_by_age ON accounts (age)",
            "is not present in table \"teams\".); a column with a foreign key needs `#[seed(references = parent::id)]`",
        ),
    ] {
        let mut db = with_accounts(constraint);
        db.run(index);
        let before = definitions(&mut db);
        let error = |db: &mut Db, rebuild| {
            let run = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(rebuild);
            run.refine::<Account>(|t| t.count(20_000)).run().unwrap_err()
        };
        let (on, off) = (error(&mut db, Never), error(&mut db, Auto));
        let advice = |error: &Error| {
            error
                .to_string()
                .rsplit_once("; ")
                .and_then(|(text, end)| Some((text.rsplit_once("; ")?.1.to_owned(), end.to_owned())))
        };
        assert_eq!(advice(&on), advice(&off), "{on}\n{off}");
        if Db::ENGINE != "mysql" {
            assert!(matches!(&off, Error::Violated { table, .. } if table == "accounts"), "{off}");
        }
        if Db::ENGINE == "postgres" {
            assert!(on.to_string().contains(" (Key ("), "{on}");
            assert!(off.to_string().contains(" (Key (") && off.to_string().contains(of_postgres), "{off}");
        }
        assert_eq!(definitions(&mut db), before);
        assert_checks_are_on(&mut db);
        assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
    }
}
