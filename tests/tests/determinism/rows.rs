//! The same rows everywhere.

use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::{scores, sessions, user_profiles};
use seed_diesel::{int, models, seed};

use super::Db;
use crate::assert_golden;
use crate::models::{Sample, samples};

#[test]
fn the_game_is_the_golden_one() {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score])
        .seed(42)
        .refine::<User>(|t| t.count(12).with(user_profiles::user_id, 1).with(sessions::user_id, 5))
        .refine::<Session>(|t| t.with(scores::session_id, 5).column(sessions::duration, int(60..=7_200)))
        .refine::<Level>(|t| t.count(5))
        .run()
        .unwrap();
    assert_golden("game.txt", &db.export_game());
}

#[test]
fn every_type_comes_back_as_the_golden_one() {
    let mut db = Db::with(
        "CREATE TABLE samples (id BIGINT NOT NULL PRIMARY KEY, small SMALLINT NOT NULL, big BIGINT NOT NULL,
             single_rate REAL NOT NULL, double_amount DOUBLE PRECISION NOT NULL, active BOOLEAN NOT NULL, day DATE NOT NULL,
             hour TIME NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NULL, code VARCHAR(12) NOT NULL UNIQUE,
             body TEXT NOT NULL, digest BYTEA NOT NULL);",
    );
    seed(&mut db.conn, models![Sample]).run().unwrap();
    let rows = samples::table.order(samples::id).select(Sample::as_select()).load(&mut db.conn).unwrap();
    let lines: String = rows.iter().map(|row| format!("{row:?}\n")).collect();
    assert_golden("samples.txt", &lines);
}

#[test]
fn batches_and_threads_change_nothing() {
    let mut db = Db::game();
    let mut first = None;
    for batch_size in [1, 7, 1_000, 65_535] {
        for threads in [1, 2, 8] {
            // More rows than a thread makes at a time.
            seed(&mut db.conn, models![User, UserProfile, Level, Session, Score])
                .refine::<User>(|t| t.count(100))
                .reset()
                .batch_size(batch_size)
                .threads(threads)
                .run()
                .unwrap();
            let rows = db.export_game();
            assert_eq!(rows.lines().count(), 3_205);
            assert!(*first.get_or_insert_with(|| rows.clone()) == rows, "batch size {batch_size}, {threads} threads");
        }
    }
}

#[test]
fn a_batch_is_no_larger_than_the_database_takes() {
    let mut db = Db::game();
    seed(&mut db.conn, models![Level]).refine::<Level>(|t| t.count(30_000)).batch_size(65_535).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM levels"), 30_000);
    assert_eq!(db.number("SELECT sum(id) FROM levels"), 30_000 * 30_001 / 2);
}

#[test]
fn another_seed_gives_other_rows() {
    let mut db = Db::game();
    let mut rows_of = |number: u64| {
        seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).seed(number).reset().run().unwrap();
        db.export_game()
    };
    let (zero, one) = (rows_of(0), rows_of(1));
    // A row has its key and its parents in common with that of another world, but no more.
    let same = zero.lines().zip(one.lines()).filter(|(zero, one)| zero == one).count();
    assert_eq!(same, 0, "{zero}\n{one}");
    assert!(rows_of(0) == zero);
}
