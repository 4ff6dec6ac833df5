//! What a change of the models leaves as it was.

use super::*;

#[test]
fn reordered_definitions_leave_every_cell_as_it_was() {
    let mut reordered = game();
    reordered.reverse();
    reordered.iter_mut().for_each(|table| table.columns.reverse());
    assert_eq!(cells(game()), cells(reordered));
}

#[test]
fn a_new_column_leaves_every_cell_as_it_was() {
    let mut defs = game();
    for table in &mut defs {
        table.columns.insert(1, ColumnDef::new("version"));
    }
    assert_kept(&cells(game()), &cells(defs));
}

#[test]
fn a_new_table_leaves_every_cell_as_it_was() {
    let mut defs = game();
    defs.insert(0, table("medals", 7, vec![column("id"), with(2, references("user_id", "users"))]));
    defs.push(table("friends", None, vec![column("id"), references("user_id", "users")]));
    assert_kept(&cells(game()), &cells(defs));
}

#[test]
fn twice_as_many_users_leave_the_first_ones_and_theirs_as_they_were() {
    let double = || {
        let mut overrides = Overrides::default();
        overrides.table_mut("users").count = Some(24);
        overrides
    };
    assert_kept(&cells(game()), &cells_with(game(), double()));

    let mut uneven = game();
    uneven[1].relations[0].with = Some((0..=9).into());
    assert_kept(&cells(uneven.clone()), &cells_with(uneven, double()));
}

#[test]
fn a_table_that_keeps_its_key_keeps_its_cells_through_a_rename() {
    let mut renamed = game();
    let users = renamed.iter_mut().find(|table| table.name == "users").unwrap();
    users.name = "players";
    users.columns[2] = ColumnDef { key: "age", ..ColumnDef::new("years") };
    for table in &mut renamed {
        for relation in table.relations.iter_mut().filter(|relation| relation.parent == "users") {
            relation.parent = "players";
        }
    }
    let (before, after) = (cells(game()), cells(renamed));
    let of = |cells: &Cells, table: &str, column: &str| cells[&(table.to_owned(), column.to_owned())].clone();
    assert_eq!(of(&before, "users", "username"), of(&after, "players", "username"));
    assert_eq!(of(&before, "sessions", "created_at"), of(&after, "sessions", "created_at"));
    // The kind of value follows from the new name; a `range` would stay as it was.
    assert_ne!(of(&before, "users", "age"), of(&after, "players", "years"));
}

#[test]
fn another_seed_is_another_world() {
    let seeded = |seed| {
        let mut overrides = Overrides::default();
        let plan = Plan::new(seed, vec![table("users", 50, vec![column("age")])], &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let ages = build.infer::<i64, _>("age");
        build.finish().unwrap();
        (0..50).map(|row| ages.value(row)).collect::<Vec<_>>()
    };
    assert_eq!(seeded(1), seeded(1));
    assert_ne!(seeded(1), seeded(2));
}

#[test]
fn a_parent_more_takes_children_and_moves_none_between_the_others() {
    let parents_of = |users: u64| {
        let posts = table("posts", 2_000, vec![column("id"), references("user_id", "users")]);
        let columns = columns(vec![table("users", users, vec![column("id")]), posts]);
        (0..2_000).map(|row| columns[&("posts", "user_id")].value(row)).collect::<Vec<i64>>()
    };
    let (before, after) = (parents_of(40), parents_of(41));
    let moved: Vec<i64> = before.iter().zip(&after).filter(|(one, other)| one != other).map(|(_, to)| *to).collect();
    assert!(moved.iter().all(|to| *to == 41), "{moved:?}");
    assert!((25..80).contains(&moved.len()), "{} of 2,000 moved, where 1 in 41 should", moved.len());
}
