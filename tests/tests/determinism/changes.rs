//! A change of the models or of the counts leaves every other cell as it was.

use std::collections::BTreeSet;

use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{models, seed};

use super::Db;
use crate::models::{Note, NoteWithSubtitle, Writer, notes};

fn game() -> (Db, String) {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
    let rows = db.export_game();
    (db, rows)
}

/// Every line of `before` is still there.
#[track_caller]
fn assert_kept(before: &str, after: &str) {
    let after: BTreeSet<&str> = after.lines().collect();
    for line in before.lines() {
        assert!(after.contains(line), "{line}");
    }
}

#[test]
fn twice_the_users_leave_the_first_ones_and_theirs_as_they_were() {
    let (mut db, before) = game();
    let twice = seed(&mut db.conn, models![User, UserProfile, Level, Session, Score])
        .refine::<User>(|t| t.count(24))
        .reset()
        .run()
        .unwrap();
    assert_eq!(twice.total(), 24 + 24 + 5 + 120 + 600);
    assert_kept(&before, &db.export_game());
}

#[test]
fn the_order_of_the_models_does_not_matter() {
    let (mut db, before) = game();
    seed(&mut db.conn, models![Score, Session, Level, UserProfile, User]).reset().run().unwrap();
    assert!(db.export_game() == before);
}

#[test]
fn a_new_table_leaves_the_others_as_they_were() {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, Session]).run().unwrap();
    let before = db.export_game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).reset().run().unwrap();
    let after = db.export_game();
    assert_eq!((before.lines().count(), after.lines().count()), (72, 389));
    assert_kept(&before, &after);
}

#[test]
fn a_new_column_leaves_the_others_as_they_were() {
    let mut db = Db::with(
        "CREATE TABLE writers (id SERIAL PRIMARY KEY, name VARCHAR(60) NOT NULL);
         CREATE TABLE notes (id SERIAL PRIMARY KEY, title VARCHAR(60) NOT NULL, writer_id INTEGER, subtitle VARCHAR(60));",
    );
    type Row = (i32, String, Option<i32>);
    let rows = |db: &mut Db| -> Vec<Row> {
        notes::table.order(notes::id).select((notes::id, notes::title, notes::writer_id)).load(&mut db.conn).unwrap()
    };
    seed(&mut db.conn, models![Writer, Note]).run().unwrap();
    let before = rows(&mut db);

    seed(&mut db.conn, models![Writer, NoteWithSubtitle]).reset().run().unwrap();

    assert!(db.number("SELECT count(subtitle) FROM notes") > 30);
    assert_eq!(rows(&mut db), before);
}
