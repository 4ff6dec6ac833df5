//! Relations of every kind.

use diesel::prelude::*;
use seed_diesel::{RelationDsl, Seedable};
use seed_tests_schema::{authors, books};

use super::Db;
use crate::models::*;

/// Each row's key, with those of its children.
fn keys<P, C>(read: Vec<(P, Vec<C>)>, parent: impl Fn(&P) -> i32, child: impl Fn(&C) -> i32) -> Vec<(i32, Vec<i32>)> {
    read.iter().map(|(row, children)| (parent(row), children.iter().map(&child).collect())).collect()
}

#[test]
fn a_self_reference_gives_the_rows_that_reference_each() {
    let mut db = Db::with(EMPLOYEES);
    let read: Vec<(Employee, Vec<Employee>)> = Employee::with(employees::manager_id).load(&mut db.conn).unwrap();
    let read = keys(read, |row| row.id, |row| row.id);
    assert_eq!(read, [(1, vec![2, 4]), (2, vec![3]), (3, vec![]), (4, vec![])]);
}

#[test]
fn a_self_reference_is_nested_as_deep_as_it_is_said() {
    let mut db = Db::with(EMPLOYEES);
    let (ada, reports) = Employee::with(employees::manager_id.with(employees::manager_id))
        .filter(employees::manager_id.is_null())
        .first(&mut db.conn)
        .unwrap();
    assert_eq!(ada.name, "Ada");
    assert_eq!(keys(reports, |row| row.id, |row| row.id), [(2, vec![3]), (4, vec![])]);
}

#[test]
fn two_relations_to_one_table_are_told_apart() {
    let mut db = Db::with(EMPLOYEES);
    let written = Employee::with(posts::author_id).load(&mut db.conn).unwrap();
    let written = keys(written, |row| row.id, |post| post.id);
    assert_eq!(written, [(1, vec![2]), (2, vec![1, 3]), (3, vec![]), (4, vec![4])]);

    let reviewed = Employee::with(posts::reviewer_id).load(&mut db.conn).unwrap();
    let reviewed = keys(reviewed, |row| row.id, |post| post.id);
    assert_eq!(reviewed, [(1, vec![1, 4]), (2, vec![3]), (3, vec![]), (4, vec![])]);

    let both = Employee::with((posts::author_id, posts::reviewer_id)).load(&mut db.conn).unwrap();
    let both = both.iter().map(|(row, (written, reviewed))| (row.id, written.len(), reviewed.len()));
    assert_eq!(both.collect::<Vec<_>>(), [(1, 1, 2), (2, 2, 1), (3, 0, 0), (4, 1, 0)]);
}

#[test]
fn a_unique_foreign_key_gives_one_child_or_none() {
    let mut db = Db::with(EMPLOYEES);
    let read: Vec<(Employee, (Option<Badge>, Option<Room>))> =
        Employee::with((badges::employee_id, rooms::employee_id)).load(&mut db.conn).unwrap();
    let read = read.iter().map(|(row, (badge, room))| {
        (row.id, badge.as_ref().map(|badge| badge.id), room.as_ref().map(|room| room.number))
    });
    assert_eq!(
        read.collect::<Vec<_>>(),
        [(1, Some(8), None), (2, None, Some(101)), (3, Some(7), None), (4, None, Some(102))]
    );
}

#[test]
fn one_child_may_have_children_of_its_own() {
    let mut db = Db::with(EMPLOYEES);
    // The reports of the one who has a badge: an employee references the key of another, so does a room.
    let read: Vec<(Employee, Vec<(Employee, Option<Room>)>)> =
        Employee::with(employees::manager_id.with(rooms::employee_id)).load(&mut db.conn).unwrap();
    let rooms = read.iter().flat_map(|(_, reports)| reports);
    let rooms = rooms.map(|(row, room)| (row.id, room.as_ref().map(|room| room.number)));
    assert_eq!(rooms.collect::<Vec<_>>(), [(2, Some(101)), (4, Some(102)), (3, None)]);
}

#[test]
fn rows_of_a_key_of_two_columns_come_in_its_order() {
    let mut db = Db::with(EMPLOYEES);
    let read = Employee::with(duties::employee_id.of::<Duty>()).limit(2).load(&mut db.conn).unwrap();
    assert_eq!(keys(read, |row| row.id, |duty: &Duty| duty.post_id), [(1, vec![2, 4]), (2, vec![1, 3])]);

    let read: Vec<(Post, Vec<Duty>)> =
        Post::with(duties::post_id.order(duties::hours.desc())).load(&mut db.conn).unwrap();
    let read = keys(read, |post| post.id, |duty| duty.employee_id);
    assert_eq!(read, [(1, vec![2]), (2, vec![1]), (3, vec![2]), (4, vec![1])]);
}

#[test]
fn a_foreign_key_in_an_embedded_struct_gives_that_struct() {
    let mut db = Db::with(EMPLOYEES);
    let read: Vec<(Employee, Vec<Place>)> =
        Employee::with(duties::employee_id.of::<Place>()).find(2).load(&mut db.conn).unwrap();
    let duties = duties::table.filter(duties::employee_id.eq(2)).order(duties::post_id).select(Work::as_select());
    let places: Vec<Place> = duties.load(&mut db.conn).unwrap().into_iter().map(|work| work.place).collect();
    assert_eq!(read[0].1, places);
    assert_eq!(places.len(), 2);
}

#[test]
fn models_may_have_a_schema_of_another_crate() {
    let mut db = Db::with(
        "CREATE TABLE authors (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE books (id SERIAL PRIMARY KEY, author_id INTEGER NOT NULL, title VARCHAR(60) NOT NULL,
             FOREIGN KEY (author_id) REFERENCES authors (id));
         INSERT INTO authors (id, name) VALUES (1, 'Mary'), (2, 'Bram');
         INSERT INTO books (id, author_id, title) VALUES (1, 2, 'Dracula'), (2, 1, 'Frankenstein'), (3, 1, 'Mathilda');",
    );
    let read = Author::with(books::author_id.filter(books::title.ne("Mathilda")))
        .order(authors::name)
        .load(&mut db.conn)
        .unwrap();
    assert_eq!(keys(read, |author| author.id, |book: &Book| book.id), [(2, vec![1]), (1, vec![2])]);
}
