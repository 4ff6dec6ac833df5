//! The game: what is read is what Diesel's own queries and its `grouped_by` give.

use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::{levels, scores, sessions, user_profiles, users};
use seed_diesel::{RelationDsl, Seedable, models, seed};

use super::Db;

type Connection = <Db as HasConnection>::Connection;

trait HasConnection {
    type Connection;
}

impl<C: seed_tests::Engine> HasConnection for seed_tests::Database<C> {
    type Connection = C;
}

/// Some rows have children, and some have none.
fn seeded() -> Db {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score])
        .refine::<User>(|t| t.with(user_profiles::user_id, 0..=1).with(sessions::user_id, 0..=5))
        .refine::<Session>(|t| t.with(scores::session_id, 0..=4))
        .run()
        .unwrap();
    db
}

/// By Diesel's own means.
fn users(conn: &mut Connection) -> Vec<User> {
    users::table.order(users::id).select(User::as_select()).load(conn).unwrap()
}

fn sessions_of(users: &[User], conn: &mut Connection) -> Vec<Vec<Session>> {
    let sessions = Session::belonging_to(users).order(sessions::id).select(Session::as_select());
    sessions.load(conn).unwrap().grouped_by(users)
}

fn scores_of(sessions: &[Session], conn: &mut Connection) -> Vec<Vec<Score>> {
    let scores = Score::belonging_to(sessions).order(scores::id).select(Score::as_select());
    scores.load(conn).unwrap().grouped_by(sessions)
}

#[test]
fn each_row_has_its_children() {
    let conn = &mut seeded().conn;
    let parents = users(conn);
    let children = sessions_of(&parents, conn);
    assert!(children.iter().any(Vec::is_empty) && children.iter().any(|sessions| sessions.len() > 2));
    let expected: Vec<(User, Vec<Session>)> = parents.into_iter().zip(children).collect();

    assert_eq!(User::with(sessions::user_id).load(conn).unwrap(), expected);
}

#[test]
fn several_relations_are_a_tuple() {
    let conn = &mut seeded().conn;
    let parents = users(conn);
    let profiles = UserProfile::belonging_to(&parents).order(user_profiles::id).select(UserProfile::as_select());
    let profiles = profiles.load(conn).unwrap().grouped_by(&parents);
    let sessions = sessions_of(&parents, conn);
    let expected: Vec<(User, (Vec<UserProfile>, Vec<Session>))> =
        parents.into_iter().zip(profiles.into_iter().zip(sessions)).collect();
    assert!(expected.iter().any(|(_, (profiles, _))| profiles.is_empty()));

    assert_eq!(User::with((user_profiles::user_id, sessions::user_id)).load(conn).unwrap(), expected);
}

#[test]
fn children_have_children() {
    let conn = &mut seeded().conn;
    let parents = users(conn);
    let sessions = sessions_of(&parents, conn).into_iter().map(|sessions| {
        let scores = scores_of(&sessions, conn);
        sessions.into_iter().zip(scores).collect()
    });
    let sessions: Vec<Vec<(Session, Vec<Score>)>> = sessions.collect();
    let expected: Vec<(User, Vec<(Session, Vec<Score>)>)> = parents.into_iter().zip(sessions).collect();

    assert_eq!(User::with(sessions::user_id.with(scores::session_id)).load(conn).unwrap(), expected);
}

#[test]
fn a_relation_may_stand_in_a_tuple_of_a_tuple() {
    let conn = &mut seeded().conn;
    let read: Vec<(User, (Vec<(Session, (Vec<Score>, Vec<Score>))>, Vec<UserProfile>))> = User::with((
        sessions::user_id.with((scores::session_id, scores::session_id.filter(scores::score.lt(5_000)))),
        user_profiles::user_id,
    ))
    .load(conn)
    .unwrap();

    let sessions = read.iter().flat_map(|(_, (sessions, _))| sessions);
    let (mut all, mut low) = (0, 0);
    for (session, (scores, below)) in sessions {
        assert!(scores.iter().all(|score| score.session_id == session.id));
        let expected: Vec<&Score> = scores.iter().filter(|score| score.score < 5_000).collect();
        assert_eq!(below.iter().collect::<Vec<_>>(), expected);
        (all, low) = (all + scores.len(), low + below.len());
    }
    let count = scores::table.count().get_result::<i64>(conn).unwrap();
    assert!(all as i64 == count && 0 < low && low < all, "{low} of {all}, of {count}");
}

#[test]
fn rows_and_children_are_filtered() {
    let conn = &mut seeded().conn;
    let born = chrono::NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();
    let read: Vec<(User, Vec<Session>)> =
        User::with(sessions::user_id.filter(sessions::duration.gt(3_600).or(sessions::id.eq(1))))
            .filter(users::date_of_birth.lt(born))
            .filter(users::id.gt(1))
            .load(conn)
            .unwrap();

    let parents = users::table.filter(users::date_of_birth.lt(born)).filter(users::id.gt(1)).order(users::id);
    let parents: Vec<User> = parents.select(User::as_select()).load(conn).unwrap();
    let mut children = sessions_of(&parents, conn);
    children.iter_mut().for_each(|sessions| sessions.retain(|session| session.duration > 3_600 || session.id == 1));
    assert!(parents.len() > 1 && children.iter().any(|sessions| !sessions.is_empty()));
    assert_eq!(read, parents.into_iter().zip(children).collect::<Vec<_>>());
}

#[test]
fn rows_and_children_are_ordered() {
    let conn = &mut seeded().conn;
    let read = User::with(sessions::user_id.order((sessions::duration.gt(3_600), sessions::created_at.desc())))
        .order(users::username.desc())
        .load(conn)
        .unwrap();

    let mut parents = users(conn);
    parents.sort_by(|one, other| other.username.cmp(&one.username));
    let mut children = sessions_of(&parents, conn);
    for sessions in &mut children {
        sessions.sort_by_key(|session| (session.duration > 3_600, std::cmp::Reverse(session.created_at), session.id));
    }
    assert_eq!(read, parents.into_iter().zip(children).collect::<Vec<_>>());
}

#[test]
fn what_an_order_leaves_equal_comes_by_its_key() {
    let conn = &mut seeded().conn;
    let read: Vec<(Level, Vec<Score>)> =
        Level::with(scores::level_id.order(scores::level_id)).order(levels::difficulty * 0).load(conn).unwrap();
    assert!(read.is_sorted_by_key(|(level, _)| level.id));
    assert!(read.iter().all(|(_, scores)| scores.is_sorted_by_key(|score| score.id)));
    let count: i64 = scores::table.count().get_result(conn).unwrap();
    assert_eq!(read.iter().map(|(_, scores)| scores.len() as i64).sum::<i64>(), count);
}

#[test]
fn a_limit_counts_rows_and_not_children() {
    let conn = &mut seeded().conn;
    let all = User::with(sessions::user_id).load(conn).unwrap();
    assert_eq!(User::with(sessions::user_id).limit(3).load(conn).unwrap(), all[..3]);
    assert_eq!(User::with(sessions::user_id).limit(3).offset(2).load(conn).unwrap(), all[2..5]);
    assert_eq!(User::with(sessions::user_id).limit(0).load(conn).unwrap(), []);
}

#[test]
fn one_row_is_found() {
    let conn = &mut seeded().conn;
    let all = User::with(sessions::user_id).load(conn).unwrap();
    assert_eq!(User::with(sessions::user_id).first(conn).unwrap(), all[0]);
    assert_eq!(User::with(sessions::user_id).order(users::id.desc()).first(conn).unwrap(), all[11]);
    assert_eq!(User::with(sessions::user_id).find(all[4].0.id).first(conn).unwrap(), all[4]);
    let none = User::with(sessions::user_id).find(0).first(conn);
    assert_eq!(none, Err(diesel::NotFound));
    assert_eq!(none.optional(), Ok(None));
}

#[test]
fn an_expression_may_borrow() {
    let conn = &mut seeded().conn;
    let all = User::with(sessions::user_id).load(conn).unwrap();
    let username = all[7].0.username.clone();
    assert_eq!(User::with(sessions::user_id).filter(users::username.eq(&username)).load(conn).unwrap(), all[7..8]);
}
