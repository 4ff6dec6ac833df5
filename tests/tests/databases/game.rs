//! The game, seeded by the builder as the README shows it.

use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::{scores, sessions, user_profiles};
use seed_diesel::{int, models, seed};

use super::Db;

fn seeded() -> Db {
    let mut db = Db::game();
    let conn = &mut db.conn;
    let report = seed(conn, models![User, UserProfile, Level, Session, Score])
        .seed(42)
        .refine::<User>(|t| t.count(12).with(user_profiles::user_id, 1).with(sessions::user_id, 5))
        .refine::<Session>(|t| t.with(scores::session_id, 5).column(sessions::duration, int(60..=7_200)))
        .refine::<Level>(|t| t.count(5))
        .run()
        .unwrap();
    assert_eq!(report.rows("scores"), 300);
    assert_eq!(report.total(), 389);
    db
}

#[test]
fn every_table_has_its_rows() {
    let mut db = seeded();
    for (table, rows) in [("users", 12), ("user_profiles", 12), ("levels", 5), ("sessions", 60), ("scores", 300)] {
        assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")), rows, "{table}");
        assert_eq!(db.number(&format!("SELECT count(DISTINCT id) FROM {table}")), rows, "{table}");
    }
}

#[test]
fn every_parent_has_its_children() {
    let mut db = seeded();
    for (child, key, parent, each) in [
        ("user_profiles", "user_id", "users", 1),
        ("sessions", "user_id", "users", 5),
        ("scores", "session_id", "sessions", 5),
    ] {
        let parents_with_another_number = format!(
            "SELECT count(*) FROM {parent} WHERE (SELECT count(*) FROM {child} WHERE {child}.{key} = {parent}.id) <> {each}"
        );
        assert_eq!(db.number(&parents_with_another_number), 0, "{child}.{key}");
    }
}

#[test]
fn no_row_is_an_orphan() {
    let mut db = seeded();
    for (child, key, parent) in [
        ("user_profiles", "user_id", "users"),
        ("sessions", "user_id", "users"),
        ("scores", "session_id", "sessions"),
        ("scores", "level_id", "levels"),
    ] {
        let orphans = format!("SELECT count(*) FROM {child} WHERE {key} NOT IN (SELECT id FROM {parent})");
        assert_eq!(db.number(&orphans), 0, "{child}.{key}");
    }
    // Any level may be played: with 300 scores each of the five is.
    assert_eq!(db.number("SELECT count(DISTINCT level_id) FROM scores"), 5);
}

#[test]
fn numbers_lie_in_their_ranges() {
    let mut db = seeded();
    for (table, column, least, most) in [
        ("sessions", "duration", 60, 7_200),
        ("levels", "difficulty", 1, 10),
        ("scores", "score", 0, 10_000),
        ("scores", "time_taken", 5, 600),
        ("scores", "accuracy", 0, 1),
    ] {
        let outside = format!("SELECT count(*) FROM {table} WHERE {column} NOT BETWEEN {least} AND {most}");
        assert_eq!(db.number(&outside), 0, "{table}.{column}");
        let distinct = db.number(&format!("SELECT count(DISTINCT {column}) FROM {table}"));
        assert!(distinct > 2, "{table}.{column} has {distinct} values");
    }
    assert!(db.number("SELECT max(duration) - min(duration) FROM sessions") > 3_600);
    assert!(db.number("SELECT count(*) FROM scores WHERE accuracy > 0 AND accuracy < 1") > 290);
}

#[test]
fn usernames_look_like_usernames() {
    let mut db = seeded();
    assert_eq!(db.number("SELECT count(DISTINCT username) FROM users"), 12);
    for username in db.texts("SELECT username AS value FROM users") {
        assert!((3..=20).contains(&username.len()), "{username}");
        assert!(username.starts_with(|first: char| first.is_ascii_lowercase()), "{username}");
        assert!(
            username.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c)),
            "{username}"
        );
    }
}

#[test]
fn names_are_names() {
    let mut db = seeded();
    for column in ["first_name", "last_name"] {
        for name in db.texts(&format!("SELECT {column} AS value FROM user_profiles")) {
            assert!((2..=30).contains(&name.chars().count()), "{name}");
            assert!(name.starts_with(char::is_uppercase), "{name}");
            assert!(name.chars().all(|c| c.is_alphabetic() || "' -".contains(c)), "{name}");
        }
    }
    for (table, column, most) in [("user_profiles", "title", 30), ("levels", "name", 50)] {
        for text in db.texts(&format!("SELECT {column} AS value FROM {table}")) {
            assert!((2..=most).contains(&text.chars().count()) && text.starts_with(char::is_uppercase), "{text}");
        }
    }
}

#[test]
fn a_date_of_birth_is_an_adults() {
    let mut db = seeded();
    assert_eq!(
        db.number("SELECT count(*) FROM users WHERE date_of_birth NOT BETWEEN '1960-01-01' AND '2007-12-31'"),
        0
    );
    assert!(db.number("SELECT count(DISTINCT date_of_birth) FROM users") > 6);
}

#[test]
fn nothing_is_before_what_it_belongs_to() {
    let mut db = seeded();
    let sessions = "FROM sessions JOIN users ON users.id = sessions.user_id";
    assert_eq!(db.number(&format!("SELECT count(*) {sessions} WHERE sessions.created_at < users.created_at")), 0);
    assert!(db.number(&format!("SELECT count(*) {sessions} WHERE sessions.created_at > users.created_at")) > 50);
    let scores = "FROM scores JOIN sessions ON sessions.id = scores.session_id";
    assert_eq!(db.number(&format!("SELECT count(*) {scores} WHERE scores.created_at < sessions.created_at")), 0);
    assert!(db.number(&format!("SELECT count(*) {scores} WHERE scores.created_at > sessions.created_at")) > 250);
}

#[test]
fn nothing_is_after_the_anchor() {
    let mut db = seeded();
    for table in ["users", "sessions", "scores"] {
        let after = format!("SELECT count(*) FROM {table} WHERE created_at > '2026-01-01 00:00:00'");
        assert_eq!(db.number(&after), 0, "{table}");
    }
}
