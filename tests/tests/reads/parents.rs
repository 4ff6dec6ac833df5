//! The other way: children with their parent.

use diesel::prelude::*;
use diesel::result::Error;
use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::{levels, scores, sessions, users};
use seed_diesel::{RelationDsl, Seedable, models, seed};

use super::Db;
use crate::models::*;
use crate::watched;

#[test]
fn each_child_has_its_parent() {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
    let expected: Vec<(Score, Level)> = scores::table
        .inner_join(levels::table)
        .select((Score::as_select(), Level::as_select()))
        .order(scores::id)
        .load(&mut db.conn)
        .unwrap();

    let (read, queries) = watched(&mut db.conn, |conn| Score::with(scores::level_id.parent()).load(conn));

    assert_eq!(read.unwrap(), expected);
    assert_eq!(queries.len(), 2, "{queries:?}");
}

#[test]
fn a_parent_has_a_parent_of_its_own() {
    let mut db = Db::game();
    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score]).run().unwrap();
    let expected: Vec<(Score, Session, User, Level)> = scores::table
        .inner_join(levels::table)
        .inner_join(sessions::table.inner_join(users::table))
        .select((Score::as_select(), Session::as_select(), User::as_select(), Level::as_select()))
        .order(scores::id)
        .load(&mut db.conn)
        .unwrap();

    let session = scores::session_id.parent().with(sessions::user_id.parent());
    let (read, queries) = watched(&mut db.conn, |conn| Score::with((session, scores::level_id.parent())).load(conn));

    let read = read.unwrap().into_iter().map(|(score, ((session, user), level))| (score, session, user, level));
    assert_eq!(read.collect::<Vec<_>>(), expected);
    assert_eq!(queries.len(), 4, "{queries:?}");
}

#[test]
fn a_child_without_a_parent_has_none() {
    let mut db = Db::with(EMPLOYEES);
    let read: Vec<(Post, (Employee, Option<Employee>))> =
        Post::with((posts::author_id.parent(), posts::reviewer_id.parent())).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(post, (author, reviewer))| (post.id, author.id, reviewer.map(|row| row.name)));
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(
        read.collect::<Vec<_>>(),
        [(1, 2, name("Ada")), (2, 1, None), (3, 2, name("Grace")), (4, 4, name("Ada"))]
    );
}

#[test]
fn a_self_reference_is_read_both_ways() {
    let mut db = Db::with(EMPLOYEES);
    let read = Employee::with((employees::manager_id.parent(), employees::manager_id)).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(row, (manager, reports))| (row.id, manager.map(|row| row.id), reports.len()));
    assert_eq!(read.collect::<Vec<_>>(), [(1, None, 2), (2, Some(1), 1), (3, Some(2), 0), (4, Some(1), 0)]);
}

#[test]
fn many_to_many_is_read_through_the_table_between() {
    let mut db = Db::with(EMPLOYEES);
    let read: Vec<(Employee, Vec<(Duty, Post)>)> =
        Employee::with(duties::employee_id.of::<Duty>().with(duties::post_id.parent())).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(row, duties)| (row.id, duties.iter().map(|(_, post)| post.id).collect()));
    assert_eq!(read.collect::<Vec<(i32, Vec<i32>)>>(), [(1, vec![2, 4]), (2, vec![1, 3]), (3, vec![]), (4, vec![])]);
}

#[test]
fn a_parent_has_children() {
    let mut db = Db::with(EMPLOYEES);
    // Each post with all that its author has written.
    let read = Post::with(posts::author_id.parent().with(posts::author_id)).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(post, (_, posts))| (post.id, posts.iter().map(|post| post.id).collect()));
    assert_eq!(read.collect::<Vec<(i32, Vec<i32>)>>(), [(1, vec![1, 3]), (2, vec![2]), (3, vec![1, 3]), (4, vec![4])]);
}

#[test]
fn a_parent_is_found_by_another_column_than_the_key() {
    let mut db = Db::with(ACCOUNTS);
    let read = Transfer::with((transfers::account_id.parent(), transfers::iban.parent())).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(row, (by_key, by_iban))| {
        (row.id, by_key.map(|account| account.id.0), by_iban.map(|account| account.id.0))
    });
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            (1, Some(7), Some(5_000_000_000)),
            (2, None, Some(7)),
            (3, Some(5_000_000_000), None),
            (4, Some(7), Some(7)),
            (5, None, None)
        ]
    );
}

#[test]
fn more_parents_than_a_statement_can_bind_are_read_in_parts() {
    const USERS: u64 = 40_000;
    let mut db = Db::game();
    seed(&mut db.conn, models![User, Session])
        .refine::<User>(|t| t.count(USERS).with(sessions::user_id, 1))
        .run()
        .unwrap();
    let (read, queries) = watched(&mut db.conn, |conn| Session::with(sessions::user_id.parent()).load(conn));
    let read = read.unwrap();
    assert_eq!(read.len(), USERS as usize);
    assert!(read.iter().all(|(session, user)| session.user_id == user.id));
    assert!((3..=4).contains(&queries.len()), "{} queries", queries.len());
}

#[test]
fn a_parent_that_is_not_there_is_none_where_the_field_may_be() {
    let mut db = Db::with(
        "CREATE TABLE employees (id SERIAL PRIMARY KEY, manager_id INTEGER, name VARCHAR(20) NOT NULL);
         CREATE TABLE posts (id SERIAL PRIMARY KEY, author_id INTEGER NOT NULL, reviewer_id INTEGER);
         INSERT INTO employees (id, name) VALUES (1, 'Ada');
         INSERT INTO posts (id, author_id, reviewer_id) VALUES (1, 1, 9), (2, 8, 1);",
    );
    let read = Post::with(posts::reviewer_id.parent()).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(post, reviewer)| (post.id, reviewer.map(|row| row.id)));
    assert_eq!(read.collect::<Vec<_>>(), [(1, None), (2, Some(1))]);

    let Err(Error::DeserializationError(error)) = Post::with(posts::author_id.parent()).load(&mut db.conn) else {
        panic!("another outcome");
    };
    assert_eq!(
        error.to_string(),
        "`posts.author_id` references a row of `employees` that is not there: let the database see to it by a foreign key, \
         or make the field an `Option`"
    );
}
