//! Rows that are loaded while foreign keys and indexes are off. What comes back is the same, however the run ends.

use diesel::Connection;
use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::scores;
use seed_diesel::RebuildConstraints::{Always, Never};
use seed_diesel::{Error, Progress, Seedable, Seeding, Shard, int, models, seed};
use seed_tests::Engine;

use super::Db;
use super::cycles::models::{Club, Ground, Player};
use super::cycles::{assert_clubs_are_whole, clubs_and_players};
use super::definitions::{assert_checks_are_on, definitions, fates, game_with_indexes};
use super::failures::{assert_nothing_is_left, with_accounts};
use crate::models::{Account, AccountThatPanics, Team};

fn game(db: &mut Db) -> Seeding<'_, impl Engine> {
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).refine::<User>(|t| t.count(300))
}

#[test]
fn rows_and_definitions_are_those_of_a_plain_run() {
    let mut plain = game_with_indexes();
    game(&mut plain).run().unwrap();
    let mut db = game_with_indexes();
    let before = definitions(&mut db);

    let mut told = 0;
    let report = game(&mut db)
        .rebuild_constraints(Always)
        .on_progress(|progress| {
            if let Progress::Constraints { constraints } = progress {
                told = constraints;
            }
        })
        .run()
        .unwrap();

    assert_eq!(definitions(&mut db), before);
    assert!(db.export_game() == plain.export_game());
    assert_checks_are_on(&mut db);
    let (mut off, kept) = fates(&report);
    off.sort_unstable();
    let expected = match Db::ENGINE {
        "postgres" => vec![
            "best_scores",
            "one_profile",
            "scores_level_id_fkey",
            "scores_session_id_fkey",
            "sessions_of_users",
            "sessions_user_id_fkey",
            "user_profiles_user_id_fkey",
            "users_username_key",
        ],
        _ => vec![
            "FOREIGN KEY (level_id) REFERENCES levels",
            "FOREIGN KEY (session_id) REFERENCES sessions",
            "FOREIGN KEY (user_id) REFERENCES users",
            "FOREIGN KEY (user_id) REFERENCES users",
            "best_scores",
            "one_profile",
            "sessions_of_users",
        ],
    };
    assert_eq!(off, expected);
    assert_eq!(kept, []);
    assert_eq!(told, off.len());
    // Nothing is told of a run that was not asked.
    assert_eq!(game(&mut db).append().run().unwrap().constraints, []);
    assert_eq!(game(&mut db).reset().rebuild_constraints(Never).run().unwrap().constraints, []);
}

#[test]
fn a_shard_rebuilds_nothing() {
    let mut db = Db::game();
    let error = game(&mut db).shard(Shard::new(1, 2).unwrap()).rebuild_constraints(Always).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "constraints cannot be rebuilt by a shard: they would be off for the rows of others, too; leave `--rebuild-constraints` out \
         (in code: `.rebuild_constraints(…)`); nothing was changed"
    );
}

#[test]
fn some_tables_rebuild_what_is_theirs() {
    let mut db = game_with_indexes();
    let before = definitions(&mut db);
    for tables in [&["users", "levels"][..], &["user_profiles", "sessions", "scores"]] {
        let report = game(&mut db).tables(tables.iter().copied()).rebuild_constraints(Always).run().unwrap();
        assert!(report.constraints.iter().all(|constraint| tables.contains(&constraint.table.as_str())), "{report:?}");
        assert_eq!(definitions(&mut db), before);
    }
    let mut plain = game_with_indexes();
    game(&mut plain).run().unwrap();
    assert!(db.export_game() == plain.export_game());
}

#[test]
fn rows_go_on_behind_others_and_take_their_place() {
    let mut plain = game_with_indexes();
    let mut db = game_with_indexes();
    let before = definitions(&mut db);
    for rebuild in [Always, Never] {
        let db = if rebuild == Always { &mut db } else { &mut plain };
        game(db).rebuild_constraints(rebuild).run().unwrap();
        game(db).append().rebuild_constraints(rebuild).run().unwrap();
    }
    assert!(db.export_game() == plain.export_game());
    game(&mut plain).reset().seed(7).run().unwrap();
    game(&mut db).reset().seed(7).rebuild_constraints(Always).run().unwrap();
    assert!(db.export_game() == plain.export_game());
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
}

#[test]
fn tables_in_cycles_are_filled() {
    for action in ["", "ON DELETE CASCADE", "ON DELETE RESTRICT"] {
        let mut db = clubs_and_players(action);
        let before = definitions(&mut db);
        for again in [false, true] {
            let run = seed(&mut db.conn, models![Club, Player, Ground]).rebuild_constraints(Always);
            let run = run.refine::<Club>(|t| t.count(200)).refine::<Ground>(|t| t.count(300));
            let report = if again { run.reset().seed(3).run() } else { run.run() }.unwrap();
            assert!(report.constraints.len() >= 7, "{:?}", report.constraints);
            assert_clubs_are_whole(&mut db);
            assert_eq!(db.number("SELECT count(*) FROM players"), 600);
            assert_eq!(definitions(&mut db), before, "{action}");
        }
    }
}

#[test]
fn a_generator_that_fails_leaves_the_definitions() {
    let mut db = with_accounts("");
    db.run("CREATE INDEX accounts_by_age ON accounts (age)");
    let before = definitions(&mut db);
    let run = seed(&mut db.conn, models![Team, AccountThatPanics]).rebuild_constraints(Always);
    let error = run.batch_size(2).refine::<AccountThatPanics>(|t| t.count(5_000)).run().unwrap_err();
    assert_eq!(error.to_string(), "making row 7 of `accounts` panicked: no age for row 7; nothing was changed");
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_check_that_fails_leaves_the_definitions() {
    let mut db = with_accounts(", CONSTRAINT adults CHECK (age >= 18)");
    db.run("CREATE INDEX accounts_by_age ON accounts (age)");
    let before = definitions(&mut db);
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap_err();
    assert!(error.to_string().contains("adults"), "{error}");
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_foreign_key_that_the_model_does_not_know_is_found() {
    let mut db = with_accounts(", FOREIGN KEY (age) REFERENCES teams (id)");
    let before = definitions(&mut db);
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap_err();
    let Error::Violated { table, constraint, .. } = &error else { panic!("{error}") };
    assert_eq!(table, "accounts");
    let name = match Db::ENGINE {
        "postgres" => "accounts_age_fkey",
        _ => "FOREIGN KEY (age) REFERENCES teams",
    };
    assert_eq!(constraint, name);
    let text = error.to_string();
    let start = match Db::ENGINE {
        "postgres" => format!(
            "row 0 (`id` = 1, `age` = 66) of `accounts` violates `{name}`, which was off while rows were loaded: "
        ),
        _ => format!("the rows of `accounts` violate `{name}`, which was off while rows were loaded: "),
    };
    assert!(text.starts_with(&start), "{text}");
    assert!(
        text.ends_with(
            "; a column with a foreign key needs `#[seed(references = parent::id)]`, so that it takes a parent's value; nothing was \
             changed"
        ),
        "{text}"
    );
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
    assert_nothing_is_left(&mut db);
}

#[test]
fn a_unique_index_that_the_model_does_not_know_is_found() {
    let mut db = with_accounts("");
    db.run("CREATE UNIQUE INDEX one_account_a_city ON accounts (city)");
    let before = definitions(&mut db);
    let error = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always).run().unwrap_err();
    let text = error.to_string();
    assert!(
        matches!(&error, Error::Violated { table, constraint, .. } if table == "accounts" && constraint == "one_account_a_city"),
        "{error}"
    );
    let start = match Db::ENGINE {
        "postgres" => "row 1 (`id` = 2, `city` = Oslo) of `accounts` violates `one_account_a_city`, which was off ",
        _ => "the rows of `accounts` violate `one_account_a_city`, which was off ",
    };
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("one_account_a_city") && text.contains("; mark the column `#[seed(unique)]`"), "{text}");
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
    assert_nothing_is_left(&mut db);
}

diesel::table! {
    spots (id) {
        id -> Integer,
        x -> Nullable<Integer>,
        y -> Nullable<Integer>,
    }
}

/// Does not say that the two together reference a place.
#[derive(Seedable)]
#[diesel(table_name = spots)]
#[seed(count = 200)]
struct Spot {
    id: i32,
    #[seed(range = 1..=3, null = 0.5)]
    x: Option<i32>,
    #[seed(range = 1..=3, null = 0.5)]
    y: Option<i32>,
}

#[test]
fn a_key_of_which_a_column_is_null_references_nothing() {
    let with_places = |places: &str| {
        let mut db = Db::with(&format!(
            "CREATE TABLE places (x INTEGER, y INTEGER, UNIQUE (x, y));
             CREATE TABLE spots (id SERIAL PRIMARY KEY, x INTEGER, y INTEGER, FOREIGN KEY (x, y) REFERENCES places (x, y));
             INSERT INTO places VALUES (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2){places};"
        ));
        let before = definitions(&mut db);
        let run = seed(&mut db.conn, models![Spot]).rebuild_constraints(Always).run();
        assert_eq!(definitions(&mut db), before);
        assert_checks_are_on(&mut db);
        (db, run)
    };
    let (mut db, run) = with_places(", (3, 3)");
    assert_eq!(fates(&run.unwrap()).0.len(), 1);
    assert!(db.number("SELECT count(*) FROM spots WHERE x IS NULL AND y IS NOT NULL") > 20);
    assert!(db.number("SELECT count(*) FROM spots WHERE x IS NOT NULL AND y IS NOT NULL") > 20);

    let (mut db, run) = with_places("");
    let error = run.unwrap_err();
    assert!(matches!(&error, Error::Violated { table, .. } if table == "spots"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM spots"), 0);
}

#[test]
fn a_table_outside_the_run_keeps_its_foreign_keys() {
    let mut db = with_accounts("");
    db.run(
        "CREATE UNIQUE INDEX teams_by_name ON teams (name, id);
         CREATE TABLE outside (id SERIAL PRIMARY KEY, team_id INTEGER, name VARCHAR(30),
             FOREIGN KEY (team_id) REFERENCES teams (id), FOREIGN KEY (name, team_id) REFERENCES teams (name, id));
         INSERT INTO outside (id) VALUES (1)",
    );
    let before = definitions(&mut db);
    let run = |db: &mut Db, reset| {
        let run = seed(&mut db.conn, models![Team, Account]).rebuild_constraints(Always);
        if reset { run.reset().run() } else { run.run() }
    };
    let report = run(&mut db, false).unwrap();
    if Db::ENGINE == "postgres" {
        assert_eq!(fates(&report).1, [("teams_by_name", "a foreign key references its columns")]);
    }
    assert_eq!(definitions(&mut db), before);
    db.run("INSERT INTO outside (id, team_id) VALUES (2, 7)");
    let error = run(&mut db, true).unwrap_err();
    assert!(matches!(error, Error::OutsideReference { .. }), "{error}");
    db.run("DELETE FROM outside");
    run(&mut db, true).unwrap();
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
}

#[test]
fn a_run_in_a_transaction_of_the_application_goes_with_it() {
    let mut db = game_with_indexes();
    let before = definitions(&mut db);
    db.conn.begin_test_transaction().unwrap();
    let report = game(&mut db).rebuild_constraints(Always).run().unwrap();
    let (off, kept) = fates(&report);
    if Db::ENGINE == "sqlite" {
        assert_eq!(off, [] as [&str; 0]);
        assert!(
            kept.iter().all(|(_, why)| *why == "foreign keys cannot be switched off in an open transaction"),
            "{kept:?}"
        );
    } else {
        assert!(off.len() >= 4 && kept.is_empty(), "{off:?}, {kept:?}");
    }
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
    assert_eq!(db.number("SELECT count(*) FROM scores"), 7_500);
    // One that fails in it takes back what it has done, and no more.
    db.run("DELETE FROM scores; DELETE FROM sessions; UPDATE levels SET difficulty = 99");
    let error = game(&mut db).refine::<Score>(|t| t.column(scores::level_id, int(900..=999))).append();
    let error = error.rebuild_constraints(Always).run().unwrap_err().to_string();
    assert!(error.contains("`scores`"), "{error}");
    assert_eq!(definitions(&mut db), before);
    assert_checks_are_on(&mut db);
    assert_eq!(db.number("SELECT count(*) FROM users"), 300);
    assert_eq!(db.number("SELECT count(*) FROM levels WHERE difficulty = 99"), 5);
}

#[test]
fn a_trigger_of_the_application_keeps_what_it_may_need() {
    let mut db = game_with_indexes();
    match Db::ENGINE {
        "postgres" => db.run(
            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
             CREATE TRIGGER levels_too BEFORE INSERT ON levels FOR EACH ROW EXECUTE FUNCTION nothing()",
        ),
        _ => db.run("CREATE TRIGGER levels_too AFTER INSERT ON levels BEGIN SELECT 1; END"),
    }
    let before = definitions(&mut db);
    let report = game(&mut db).rebuild_constraints(Always).run().unwrap();
    let (off, kept) = fates(&report);
    let why = match Db::ENGINE {
        "postgres" => "a trigger of a table of the run may need it",
        _ => "the trigger `levels_too` may write to other tables, or need an index",
    };
    assert!(kept.len() >= 4 && kept.iter().all(|(_, kept)| *kept == why), "{kept:?}");
    assert_eq!(off.len(), if Db::ENGINE == "postgres" { 4 } else { 0 }, "{off:?}");
    assert_eq!(definitions(&mut db), before);
}

#[test]
fn a_panic_of_the_one_who_is_told_leaves_nothing_off() {
    let mut db = game_with_indexes();
    let before = definitions(&mut db);
    let run = game(&mut db).rebuild_constraints(Always);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        run.on_progress(|progress| assert!(!matches!(progress, Progress::Rows(_)), "nobody listens")).run()
    }));
    let text = *panic.unwrap_err().downcast::<&str>().unwrap();
    assert_eq!(text, "nobody listens");
    assert_checks_are_on(&mut db);
    assert_eq!(definitions(&mut db), before);
    assert_eq!(db.number("SELECT count(*) FROM users"), 0);
}
