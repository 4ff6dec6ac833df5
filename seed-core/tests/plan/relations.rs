//! Foreign keys of every kind.

use super::*;

#[test]
fn every_foreign_key_is_the_key_of_a_parent() {
    let columns = columns(game_of_numbers());
    for (child, key, rows, parent, parents) in [
        ("sessions", "user_id", 60, "users", 12),
        ("scores", "session_id", 300, "sessions", 60),
        ("scores", "level_id", 300, "levels", 5),
    ] {
        let keys: BTreeSet<i64> = (0..parents).map(|row| columns[&(parent, "id")].value(row)).collect();
        let used: BTreeSet<i64> = (0..rows).map(|row| columns[&(child, key)].value(row)).collect();
        assert_eq!(used, keys, "{child}.{key}");
    }
}

#[test]
fn self_reference_points_to_an_earlier_row() {
    let defs = |column: Field| vec![table("staff", 500, vec![self::column("id"), column])];
    let optional = columns(defs(nullable(references("boss_id", "staff"))));
    let (boss, mut roots) = (&optional[&("staff", "boss_id")], 0);
    assert_eq!(boss.nullable(0), None);
    for row in 0..500 {
        match boss.nullable(row) {
            Some(boss) => assert!((1..=row as i64).contains(&boss), "row {row} has the boss {boss}"),
            None => roots += 1,
        }
    }
    assert!((30..80).contains(&roots), "{roots} of 500 at the usual 0.1");

    let required = columns(defs(references("boss_id", "staff")));
    let boss = &required[&("staff", "boss_id")];
    assert_eq!(boss.value(0), 1, "the first row is its own");
    assert!((1..500).all(|row| (1..=row as i64).contains(&boss.value(row))));
}

#[test]
fn unique_self_reference_is_a_chain() {
    let defs = |column: Field| vec![table("steps", 100, vec![self::column("id"), unique(column)])];
    let optional = columns(defs(set(nullable(references("before_id", "steps")), |column| column.null = Some(0.0))));
    let before = &optional[&("steps", "before_id")];
    assert_eq!((before.nullable(0), before.nullable(1), before.nullable(99)), (None, Some(1), Some(99)));
    let required = columns(defs(references("before_id", "steps")));
    let distinct: BTreeSet<i64> = (0..100).map(|row| required[&("steps", "before_id")].value(row)).collect();
    assert_eq!(distinct.len(), 100);
}

#[test]
fn one_to_one_takes_each_parent_once() {
    let defs = vec![
        table("users", 40, vec![column("id")]),
        table("profiles", 40, vec![column("id"), unique(references("user_id", "users"))]),
        table("badges", 25, vec![column("id"), unique(references("user_id", "users"))]),
    ];
    let columns = columns(defs);
    let owners = |table, rows| -> Vec<i64> { (0..rows).map(|row| columns[&(table, "user_id")].value(row)).collect() };
    let profiles = owners("profiles", 40);
    assert_eq!(BTreeSet::from_iter(profiles.clone()), (1..=40).collect());
    assert!(!profiles.is_sorted(), "a permutation, not a count");
    assert_eq!(BTreeSet::from_iter(owners("badges", 25)).len(), 25);
}

#[test]
fn a_primary_key_that_is_a_foreign_key_is_one_to_one() {
    let mut profiles = table("profiles", 12, vec![references("user_id", "users")]);
    profiles.primary_key = vec!["user_id"];
    let columns = columns(vec![table("users", 12, vec![column("id")]), profiles]);
    let owners: BTreeSet<i64> = (0..12).map(|row| columns[&("profiles", "user_id")].value(row)).collect();
    assert_eq!(owners.len(), 12);
}

#[test]
fn nullable_relation_is_null_as_often_as_it_says() {
    let editor = |null| set(nullable(references("editor_id", "users")), |column| column.null = null);
    let defs =
        |null| vec![table("users", 12, vec![column("id")]), table("posts", 2_000, vec![column("id"), editor(null)])];
    let values = |null| {
        let columns = columns(defs(null));
        (0..2_000).map(|row| columns[&("posts", "editor_id")].nullable(row)).collect::<Vec<_>>()
    };
    let nulls = |values: &[Option<i64>]| values.iter().filter(|value| value.is_none()).count();
    let (never, usually, often, always) = (values(Some(0.0)), values(None), values(Some(0.6)), values(Some(1.0)));
    assert_eq!((nulls(&never), nulls(&always)), (0, 2_000));
    assert!((140..260).contains(&nulls(&usually)), "{}", nulls(&usually));
    assert!((1_100..1_300).contains(&nulls(&often)), "{}", nulls(&often));
    // Where it is not NULL, the value is what it would have been; and what is NULL at first stays so.
    for row in 0..2_000 {
        assert!(usually[row].is_none() || usually[row] == never[row]);
        assert!(often[row].is_none() || often[row] == usually[row]);
    }
}

#[test]
fn a_nullable_relation_to_nobody_is_null() {
    let post = || table("posts", None, vec![column("id"), nullable(references("user_id", "users"))]);
    for defs in [vec![post()], vec![table("users", 0, vec![column("id")]), post()]] {
        let plan = plan(defs.clone()).unwrap();
        assert!(matches!(plan.find("posts").unwrap().relations[0].parents, Parents::Nobody));
        assert!((0..10).all(|row| columns(defs.clone())[&("posts", "user_id")].nullable(row).is_none()));
    }
}

#[test]
fn a_nullable_relation_with_a_with_is_never_null() {
    let defs = vec![
        table("users", 10, vec![column("id")]),
        table("posts", None, vec![column("id"), with(3, nullable(references("user_id", "users")))]),
    ];
    let columns = columns(defs);
    assert!((0..30).all(|row| columns[&("posts", "user_id")].nullable(row) == Some(row as i64 / 3 + 1)));
}

#[test]
fn a_generator_of_the_run_takes_the_place_of_a_parent() {
    let defs = vec![table("posts", 20, vec![column("id"), references("user_id", "users")])];
    let mut overrides = Overrides::default();
    overrides.table_mut("posts").generate::<i64>("user_id", Box::new(values::<i64, _>([70, 71])));
    let posts = cells_with(defs, overrides);
    let owners = &posts[&("posts".to_owned(), "user_id".to_owned())];
    assert!(owners.iter().all(|owner| matches!(owner.as_deref(), Some("70" | "71"))));
}
