//! Foreign keys that share a column, in the company of cycles, self references, unique pairs and NULL.

use seed_core::{Database, Deferral, With};

use super::agreement::{assert_composites_hold, composite};
use super::*;

fn keyed(name: &'static str, count: u64, further: Vec<Field>) -> TableDef {
    table(name, count, [vec![column("id"), references("tenant_id", "tenants")], further].concat())
}

fn of_tenant(def: TableDef, column: &'static str, parent: &'static str) -> TableDef {
    composite(def, &[("tenant_id", "tenant_id"), (column, "id")], parent)
}

/// A department has a head, who is an employee of a department; all of one tenant.
fn departments() -> Vec<TableDef> {
    vec![
        table("tenants", 5, vec![column("id")]),
        of_tenant(keyed("departments", 40, vec![nullable(column("head_id"))]), "head_id", "employees"),
        of_tenant(keyed("employees", 90, vec![column("department_id")]), "department_id", "departments"),
    ]
}

#[test]
fn a_cycle_in_which_each_foreign_key_shares_a_column_is_refused() {
    assert_eq!(
        mistake(departments()),
        "`departments.head_id`: the foreign key shares `tenant_id` with `tenant_id`, but the rows of `employees` come later, and \
         may have other values there; let the others follow one relation, or make its columns with `value`"
    );
}

#[test]
fn a_cycle_is_opened_where_no_column_is_shared() {
    let mut defs = departments();
    defs[1] = keyed("departments", 40, vec![references("head_id", "employees")]);
    let database = Database { deferral: Deferral::Always, ..Database::default() };
    assert!(Plan::on(&database, 42, defs.clone(), &Overrides::default()).is_ok());
    defs[1].columns[2].nullable = true;
    assert_composites_hold(defs);
}

#[test]
fn a_self_reference_does_not_follow_another_foreign_key() {
    let replies = table("replies", 30, vec![column("id"), references("reply_id", "replies"), column("post_id")]);
    let replies = composite(replies, &[("reply_id", "reply_id"), ("post_id", "id")], "posts");
    let posts = table("posts", 30, vec![column("id"), nullable(references("reply_id", "replies"))]);
    assert!(
        mistake(vec![posts, replies])
            .contains("`replies.reply_id`: the foreign key leads to an earlier row, but shares")
    );
}

/// Members of tenants have one of ten numbers each; tasks are those of a member.
fn seats(members: u64, task: Vec<Field>) -> Vec<TableDef> {
    let mut seats = keyed("seats", members, vec![column("rank")]);
    seats.unique = vec![vec!["tenant_id", "rank"]];
    vec![
        table("tenants", 6, vec![column("id")]),
        seats,
        of_tenant(keyed("tasks", 200, [vec![column("seat_id")], task].concat()), "seat_id", "seats"),
    ]
}

#[test]
fn parents_that_are_taken_in_turn_are_agreed_with() {
    assert_composites_hold(seats(60, Vec::new()));
    let mut own = seats(60, vec![nullable(column("task_id"))]);
    own[2].unique = vec![vec!["tenant_id", "id"]];
    assert_composites_hold(vec![own[0].clone(), own[1].clone(), of_tenant(own[2].clone(), "task_id", "tasks")]);
}

#[test]
fn parents_that_are_taken_in_turn_may_be_too_few() {
    let mut defs = seats(5, Vec::new());
    defs[2].relations[0].with = Some(With::from(20));
    let message = mistake_in_columns(defs);
    assert!(
        message.starts_with("`tasks.seat_id`: the row needs a row of `seats` that has the same `tenants`"),
        "{message}"
    );
}

#[test]
fn parents_that_differ_and_agree_may_be_too_few() {
    let seats = || keyed("seats", 12, Vec::new());
    let pair = of_tenant(keyed("pairs", 90, vec![column("seat_id"), column("other_id")]), "seat_id", "seats");
    let mut pair = of_tenant(pair, "other_id", "seats");
    pair.differ = vec![vec!["seat_id", "other_id"]];
    let tenants = table("tenants", 6, vec![column("id")]);
    let mut enough = seats();
    enough.relations[0].with = Some(With::from(2));
    assert_composites_hold(vec![tenants.clone(), enough, pair.clone()]);
    let mut one = seats();
    one.relations[0].with = Some(With::from(1));
    let message = mistake(vec![tenants, one, pair]);
    assert!(message.contains("needs 2 different rows of `seats` that have the same `tenants`"), "{message}");
}

#[test]
fn a_required_column_beside_a_shared_one_that_can_be_null_has_a_parent() {
    let mut tasks = of_tenant(keyed("tasks", 90, vec![column("seat_id")]), "seat_id", "seats");
    tasks.columns[1].nullable = true;
    tasks.relations[0].with = Some(With::from(15));
    let tenants = table("tenants", 6, vec![column("id")]);
    let mut seats = keyed("seats", 3, Vec::new());
    let message = mistake(vec![tenants.clone(), seats.clone(), tasks.clone()]);
    assert!(message.contains("`tasks.seat_id`: the row needs a row of `seats`"), "{message}");
    seats.count = Some(90);
    let columns = columns(vec![tenants, seats, tasks]);
    assert!((0..90).all(|row| columns[&("tasks", "seat_id")].nullable(row).is_some()));
}

#[test]
fn a_required_column_that_two_optional_foreign_keys_share_is_never_null() {
    let tasks = keyed("tasks", 90, vec![nullable(column("seat_id")), nullable(column("room_id"))]);
    let mut tasks = of_tenant(of_tenant(tasks, "seat_id", "seats"), "room_id", "rooms");
    tasks.relations.remove(0);
    let tenants = table("tenants", 6, vec![column("id")]);
    let defs = vec![tenants, keyed("seats", 20, Vec::new()), keyed("rooms", 15, Vec::new()), tasks];
    assert_composites_hold(defs.clone());
    let columns = columns(defs);
    assert!((0..90).all(|row| columns[&("tasks", "tenant_id")].nullable(row).is_some()));
}

#[test]
fn a_relation_without_rows_whose_column_another_one_fills() {
    let tenants = table("tenants", 0, vec![column("id")]);
    let regions = table("regions", 5, vec![column("id")]);
    let shops = table("shops", 9, vec![column("id"), nullable(references("place_id", "regions"))]);
    let shops = composite(shops, &[("place_id", "id")], "tenants");
    assert_eq!(
        mistake(vec![tenants, regions, shops]),
        "`shops.place_id` needs a row of `tenants`, which gets none; give `tenants` a count of 1 or more"
    );
}

#[test]
fn a_foreign_key_differs_from_one_of_which_only_the_shared_column_can_be_null() {
    let pairs = keyed("pairs", 900, vec![column("seat_id"), nullable(column("other_id"))]);
    let mut pairs = of_tenant(of_tenant(pairs, "seat_id", "seats"), "other_id", "seats");
    pairs.columns[1].nullable = true;
    pairs.columns[1].null = Some(0.5);
    pairs.relations[0].with = Some(With::from(100));
    pairs.differ = vec![vec!["seat_id", "other_id"]];
    let mut seats = keyed("seats", 0, Vec::new());
    (seats.count, seats.relations[0].with) = (None, Some(With::from(3)));
    let columns = columns(vec![table("tenants", 6, vec![column("id")]), seats, pairs]);
    let cell = |name, row| columns[&("pairs", name)].nullable(row);
    assert!((0..600).all(|row| cell("seat_id", row) != cell("other_id", row)));
}

#[test]
fn a_column_that_the_driving_relation_fills_is_never_null_by_another_one() {
    let seats = table("seats", 90, vec![column("id"), nullable(references("tenant_id", "tenants")), column("shop_id")]);
    let mut seats = composite(seats, &[("tenant_id", "tenant_id"), ("shop_id", "id")], "shops");
    seats.relations[1].with = Some(With::from(3));
    seats.count = None;
    seats.columns[1].null = Some(0.5);
    seats.columns.push(ColumnDef::new("guest_id"));
    seats.relations.push(RelationDef::new("guest_id", "tenants", "id"));
    seats.differ = vec![vec!["tenant_id", "guest_id"]];
    let columns = columns(vec![table("tenants", 6, vec![column("id")]), keyed("shops", 50, Vec::new()), seats]);
    let cell = |name, row| columns[&("seats", name)].nullable(row);
    assert!((0..150).all(|row| cell("tenant_id", row).is_some() && cell("tenant_id", row) != cell("guest_id", row)));
}
