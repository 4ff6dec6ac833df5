//! Composite keys and columns that are unique together.

use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

use super::Db;
use crate::models::{Booking, Grant, Group, Line, Member, Seat, TABLES, User, members};

#[test]
fn a_junction_table_is_driven_by_one_side() {
    let mut db = Db::with(TABLES);
    let report = seed(&mut db.conn, models![Member, Group, User]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members") as u64, report.rows("members"));
    // 0 to 6 of 6 groups: those of a user with 6 are all that there are.
    let groups_of = "SELECT count(*) AS \"groups\" FROM members GROUP BY user_id";
    assert_eq!(db.number(&format!("SELECT max(\"groups\") FROM ({groups_of}) AS counted")), 6);
    assert!(db.number("SELECT count(DISTINCT user_id) FROM members") < 40, "some have none");
    let by_group = "SELECT count(*) AS \"members\" FROM members GROUP BY group_id";
    assert!(db.number(&format!("SELECT min(\"members\") FROM ({by_group}) AS counted")) > 5, "each group comes up");
}

#[test]
fn all_of_the_product_can_be_used_and_no_more() {
    let mut db = Db::with(TABLES);
    // 40 users, 6 groups, 2 roles.
    seed(&mut db.conn, models![User, Group, Grant]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM grants"), 480);
    let mut db = Db::with(TABLES);
    let error = seed(&mut db.conn, models![User, Group, Grant]).refine::<Grant>(|t| t.count(481)).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no two rows of `grants` may agree in `user_id`, `group_id` and `role_id`: there are 480 combinations, but 481 are \
         needed; give them more values or parents, or plan fewer rows"
    );
    assert_eq!(db.number("SELECT count(*) FROM users"), 0);
}

#[test]
fn a_parent_cannot_have_more_children_than_differ() {
    let mut db = Db::with(TABLES);
    let error = seed(&mut db.conn, models![User, Group, Member]).refine::<Group>(|t| t.count(5)).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no two rows of `members` may agree in `user_id` and `group_id`: there are 5 combinations, but 6 are needed for a row \
         of `users`; lower the `with` of `members.user_id`, or give the other columns more values or parents"
    );
    assert_eq!(db.number("SELECT count(*) FROM users"), 0);
}

#[test]
fn the_lines_of_a_parent_are_numbered_from_one() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![User, Line]).run().unwrap();
    let gaps = "SELECT count(*) FROM (SELECT user_id FROM \"lines\" GROUP BY user_id
                HAVING min(line) <> 1 OR max(line) <> count(*)) AS wrong";
    assert_eq!(db.number(gaps), 0);
    assert_eq!(db.number("SELECT count(DISTINCT user_id) FROM \"lines\""), 40);
}

#[test]
fn plain_columns_differ_together() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Seat]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM seats"), 180);
    let mut first = db.texts("SELECT letter AS value FROM seats WHERE id <= 10");
    first.sort();
    first.dedup();
    assert!(first.len() > 2, "the first rows are no list in order: {first:?}");
}

#[test]
fn a_column_may_be_of_two_groups() {
    let mut db = Db::with(TABLES);
    // 6 groups at 20 slots, each group and each user once a slot: all that there are.
    seed(&mut db.conn, models![User, Group, Booking]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM bookings"), 120);
    assert!(db.number("SELECT count(DISTINCT user_id) FROM bookings") > 30);
    let error = seed(&mut db.conn, models![User, Group, Booking])
        .reset()
        .refine::<Booking>(|t| t.count(121))
        .run()
        .unwrap_err();
    assert!(error.to_string().contains("there are 120 combinations, but 121 are needed"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM bookings"), 120);
}

#[test]
fn fixtures_of_a_junction_table_have_parents_that_differ() {
    let mut db = Db::with(TABLES);
    db.conn.begin_test_transaction().unwrap();
    let members = Member::seed_many(&mut db.conn, 3).unwrap();
    assert_eq!(members.len(), 3);
    assert_eq!((db.number("SELECT count(*) FROM users"), db.number("SELECT count(*) FROM \"groups\"")), (1, 3));

    let user = User::seed_one(&mut db.conn).unwrap();
    let mine = Member::seeder().user_id(user.id).seed_many(&mut db.conn, 2).unwrap();
    assert!(mine.iter().all(|member| member.user_id == user.id) && mine[0].group_id != mine[1].group_id);

    let group = Group::seed_one(&mut db.conn).unwrap();
    let ours = Member::seeder().group_id(group.id).seed_many(&mut db.conn, 2).unwrap();
    assert!(ours.iter().all(|member| member.group_id == group.id) && ours[0].user_id != ours[1].user_id);
}

#[test]
fn a_value_that_is_given_to_all_rows_leaves_the_parents_to_differ() {
    let mut db = Db::with(TABLES);
    db.conn.begin_test_transaction().unwrap();
    let first_lines = Line::seeder().line(1).seed_many(&mut db.conn, 3).unwrap();
    assert!(first_lines.iter().all(|line| line.line == 1));
    assert_eq!(db.number("SELECT count(*) FROM users"), 3);
    let error = Grant::seed_many(&mut db.conn, 3).err().unwrap();
    assert!(error.to_string().contains("there are 2 combinations, but 3 are needed"), "{error}");
}

#[test]
fn fixtures_of_columns_that_are_unique_together_can_be_repeated() {
    let mut db = Db::with(TABLES);
    db.conn.begin_test_transaction().unwrap();
    for _ in 0..5 {
        Seat::seed_many(&mut db.conn, 30).unwrap();
        Grant::seed_many(&mut db.conn, 2).unwrap();
        Line::seed_many(&mut db.conn, 3).unwrap();
    }
    assert_eq!((db.number("SELECT count(*) FROM seats"), db.number("SELECT count(*) FROM grants")), (150, 10));
    let pairs =
        "SELECT count(*) FROM grants JOIN users ON users.id = user_id JOIN \"groups\" ON \"groups\".id = group_id";
    assert_eq!(db.number(pairs), 10);
}

#[test]
fn a_driver_can_be_the_other_side() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![User, Group, Member]).refine::<User>(|t| t.with(members::user_id, 3)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members"), 120);
    // In place of the model's own one.
    let run = seed(&mut db.conn, models![User, Group, Member]).reset();
    run.refine::<Group>(|t| t.with(members::group_id, 3)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members"), 18);
}
