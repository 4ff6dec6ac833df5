//! One query for each level, whatever the number of rows.

use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::{scores, sessions, user_profiles, users};
use seed_diesel::{RelationDsl, Seedable, models, seed};

use super::Db;
use crate::watched;

fn seeded() -> Db {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
    db
}

#[test]
fn each_level_is_one_query() {
    let conn = &mut seeded().conn;
    let (users, queries) = watched(conn, |conn| User::with(sessions::user_id.with(scores::session_id)).load(conn));
    assert_eq!(users.unwrap().len(), 12);
    assert_eq!(queries.len(), 3, "{queries:?}");

    let (users, queries) = watched(conn, |conn| {
        User::with((user_profiles::user_id, sessions::user_id.with(scores::session_id))).load(conn)
    });
    assert_eq!(users.unwrap().len(), 12);
    assert_eq!(queries.len(), 4, "{queries:?}");
}

#[test]
fn a_level_without_parents_is_not_queried() {
    let conn = &mut seeded().conn;
    let read = |conn: &mut _| {
        User::with(sessions::user_id.filter(sessions::duration.lt(0)).with(scores::session_id)).load(conn)
    };
    let (users, queries) = watched(conn, read);
    assert!(users.unwrap().iter().all(|(_, sessions)| sessions.is_empty()));
    assert_eq!(queries.len(), 2, "{queries:?}");

    let read = |conn: &mut _| User::with(sessions::user_id.with(scores::session_id)).filter(users::id.lt(0)).load(conn);
    let (users, queries) = watched(conn, read);
    assert_eq!((users.unwrap().len(), queries.len()), (0, 1), "{queries:?}");
}

#[test]
fn a_table_without_rows_is_read() {
    let conn = &mut Db::game().conn;
    assert_eq!(User::with((user_profiles::user_id, sessions::user_id)).load(conn).unwrap(), []);
}

#[test]
fn more_keys_than_a_statement_can_bind_are_read_in_parts() {
    const USERS: u64 = 40_000;
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session])
        .refine::<User>(|t| t.count(USERS).with(user_profiles::user_id, 0).with(sessions::user_id, 0..=1))
        .run()
        .unwrap();

    // What is filtered by is bound as well.
    let sessions_of = sessions::user_id.filter(sessions::duration.between(100, 5_000));
    let (users, queries) = watched(&mut db.conn, |conn| User::with(sessions_of).load(conn));

    let users = users.unwrap();
    assert_eq!(users.len(), USERS as usize);
    assert!((3..=4).contains(&queries.len()), "{} queries", queries.len());
    assert!(users.is_sorted_by_key(|(user, _)| user.id));
    let mut count = 0;
    for (user, sessions) in &users {
        assert!(sessions.iter().all(|session| session.user_id == user.id));
        count += sessions.len();
    }
    let expected = db.number("SELECT count(*) FROM sessions WHERE duration BETWEEN 100 AND 5000");
    assert!(expected > 10_000 && expected == count as i64, "{count} of {expected}");
}
