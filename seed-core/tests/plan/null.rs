//! NULL: how often, and where it may not be.

use super::*;

#[test]
fn null_comes_as_often_beside_every_value_and_changes_none() {
    let ages = |null| {
        let age = set(nullable(column("is_open")), |column| column.null = Some(null));
        let mut overrides = Overrides::default();
        let plan = Plan::new(42, vec![table("users", 20_000, vec![column("id"), age])], &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        build.infer::<i32, _>("id");
        let open = build.infer::<bool, _>("is_open");
        build.finish().unwrap();
        (0..20_000).map(|row| open.nullable(row)).collect::<Vec<Option<bool>>>()
    };
    let (all, some) = (ages(0.0), ages(0.3));
    assert!(all.iter().zip(&some).all(|(all, some)| some.is_none() || some == all));
    for value in [true, false] {
        let of_value = || all.iter().zip(&some).filter(|(all, _)| **all == Some(value));
        let null = of_value().filter(|(_, some)| some.is_none()).count() as f64 / of_value().count() as f64;
        assert!((0.28..0.32).contains(&null), "{null} of those that would be {value}");
    }
}

#[test]
fn a_null_that_is_no_probability() {
    for null in [f64::NAN, -0.1, 1.5, f64::INFINITY] {
        let odd = set(nullable(column("age")), |column| column.null = Some(null));
        assert_eq!(
            mistake_in_columns(vec![table("users", None, vec![column("id"), odd])]),
            format!("`users.age`: `null = {null}` is no probability; write a number from 0.0 to 1.0")
        );
    }
    // Also where the relation never is NULL, because it drives.
    let driven = set(with(2, nullable(references("user_id", "users"))), |column| column.null = Some(f64::NAN));
    let defs = vec![table("users", None, vec![column("id")]), table("posts", None, vec![column("id"), driven])];
    assert_eq!(
        mistake_in_columns(defs),
        "`posts.user_id`: `null = NaN` is no probability; write a number from 0.0 to 1.0"
    );
}

#[test]
fn null_needs_a_column_that_can_be() {
    let defs = vec![table("users", None, vec![column("id"), set(column("age"), |column| column.null = Some(0.5))])];
    assert_eq!(
        mistake_in_columns(defs),
        "`users.age`: the column cannot be NULL, so `null = 0.5` has no effect; leave it out"
    );
}

#[test]
fn a_required_reference_to_a_column_that_may_be_null() {
    let defs = |null| {
        vec![
            table("users", 5, vec![column("id"), set(unique(nullable(column("code"))), |column| column.null = null)]),
            table("posts", 5, vec![column("id"), relation("user_code", "users", "code")]),
        ]
    };
    assert_eq!(
        mistake_in_columns(defs(None)),
        "`posts.user_code`: the column cannot be NULL, but references `users.code`, which can; write `#[seed(null = 0.0)]` \
         on `users.code`, or make this field an `Option`"
    );
    let columns = columns(defs(Some(0.0)));
    assert!((0..5).all(|row| columns[&("posts", "user_code")].value(row) > 0));
}

#[test]
fn a_computed_column_is_null_as_often_as_it_says() {
    let bonus = |null| {
        set(nullable(column("bonus")), |column| {
            column.null = null;
            column.custom = true;
        })
    };
    for (null, expected) in [(None, 0..=0), (Some(0.5), 400..=600), (Some(1.0), 1_000..=1_000)] {
        let mut overrides = Overrides::default();
        let plan = Plan::new(42, vec![table("staff", 1_000, vec![bonus(null)])], &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let column = build.compute("bonus", Box::new(|row| Some(row * 2)));
        build.finish().unwrap();
        let nulls = (0..1_000).filter(|&row| column.nullable(row).is_none()).count();
        assert!(expected.contains(&nulls), "{nulls} at {null:?}");
    }
}
