//! What comes after what.

use super::*;

/// Asserts that no value of a column is before that of another one, and that it is not always the same.
#[track_caller]
fn assert_after<T: PartialOrd + Debug>(rows: u64, value: impl Fn(u64) -> T, floor: impl Fn(u64) -> Option<T>) {
    for row in 0..rows {
        if let Some(floor) = floor(row) {
            assert!(value(row) >= floor, "row {row}: {:?} is before {floor:?}", value(row));
        }
    }
}

#[test]
fn a_child_is_not_created_before_its_parents() {
    let columns = columns(game_of_numbers());
    let (user_id, sessions, users) =
        (&columns[&("sessions", "user_id")], &columns[&("sessions", "created_at")], &columns[&("users", "created_at")]);
    assert_after(60, |row| sessions.value(row), |row| Some(users.value(user_id.value(row) as u64 - 1)));
    // Spread over what is left, not put on the floor.
    let later = (0..60).filter(|&row| sessions.value(row) > users.value(user_id.value(row) as u64 - 1)).count();
    assert!(later > 50, "{later} of 60");
}

#[test]
fn updated_at_is_not_before_created_at() {
    let defs = vec![table("posts", 500, vec![column("id"), column("updated_at"), column("created_at")])];
    let columns = columns(defs);
    assert_after(
        500,
        |row| columns[&("posts", "updated_at")].value(row),
        |row| Some(columns[&("posts", "created_at")].value(row)),
    );
}

#[test]
fn an_order_goes_on_from_its_placing_which_is_after_its_customers_creation() {
    let steps = ["placed_at", "paid_at", "shipped_at", "delivered_at"];
    let mut orders = vec![column("id"), with(3, references("customer_id", "customers"))];
    orders.extend(steps.map(column));
    let payments = vec![column("id"), with(1, references("order_id", "orders")), column("paid_at")];
    let columns = columns(vec![
        table("customers", 100, ["id", "created_at", "last_login"].map(column).to_vec()),
        table("orders", None, orders),
        table("payments", None, payments),
        table("bookings", 300, ["id", "check_in", "check_out", "valid_from", "valid_until"].map(column).to_vec()),
    ]);
    let of = |table, name| &columns[&(table, name)];
    let parent = |key: i64| key as u64 - 1;
    assert_after(
        300,
        |row| of("orders", "placed_at").value(row),
        |row| Some(of("customers", "created_at").value(parent(of("orders", "customer_id").value(row)))),
    );
    assert_after(
        300,
        |row| of("payments", "paid_at").value(row),
        |row| Some(of("orders", "paid_at").value(parent(of("payments", "order_id").value(row)))),
    );
    let pairs = steps.windows(2).map(|pair| ("orders", pair[1], pair[0])).chain([
        ("customers", "last_login", "created_at"),
        ("bookings", "check_out", "check_in"),
        ("bookings", "valid_until", "valid_from"),
    ]);
    for (table, later, earlier) in pairs {
        let rows = if table == "customers" { 100 } else { 300 };
        assert_after(rows, |row| of(table, later).value(row), |row| Some(of(table, earlier).value(row)));
    }
}

#[test]
fn an_end_is_after_its_start_and_the_creation() {
    let defs = vec![table("runs", 500, ["id", "created_at", "started_at", "ended_at"].map(column).to_vec())];
    let columns = columns(defs);
    for floor in ["created_at", "started_at"] {
        assert_after(
            500,
            |row| columns[&("runs", "ended_at")].value(row),
            |row| Some(columns[&("runs", floor)].value(row)),
        );
    }
}

#[test]
fn after_keeps_a_column_from_being_before_another_one() {
    let after = set(column("b"), |column| column.after = true);
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, vec![table("t", 500, vec![nullable(column("a")), after])], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let (a, b) = (build.draw("a", int::<i64>(0..=999)), build.draw("b", int::<i64>(0..=999)));
    build.after(&b, &a);
    build.finish().unwrap();
    assert_after(500, |row| b.value(row), |row| a.nullable(row));
    assert!((0..500).any(|row| a.nullable(row).is_none()));
}

#[test]
fn after_a_column_of_the_parent() {
    let defs = vec![
        table("users", 20, vec![column("id"), column("joined")]),
        table(
            "posts",
            200,
            vec![
                column("id"),
                references("author_id", "users"),
                references("editor_id", "users"),
                set(column("at"), |column| column.after = true),
            ],
        ),
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i64, _>("id");
    let joined = build.draw("joined", int::<i64>(0..=999));
    build.begin(1);
    build.infer::<i64, _>("id");
    let [author, editor] = ["author_id", "editor_id"].map(|name| build.refer::<i64>(name));
    let at = build.draw("at", int::<i64>(0..=999));
    build.after_parent("at", &at, "users", "joined");
    build.finish().unwrap();
    for parent in [author, editor] {
        assert_after(200, |row| at.value(row), |row| Some(joined.value(parent.value(row) as u64 - 1)));
    }
}

/// A `created_at` that the model computes from the `updated_at` that would follow it.
#[test]
fn an_implied_order_does_not_run_in_a_circle() {
    let created = set(column("created_at"), |column| column.custom = true);
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, vec![table("t", 50, vec![created, column("updated_at")])], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let updated = build.infer::<i64, _>("updated_at");
    let source = Arc::clone(&updated);
    let created = build.compute("created_at", Box::new(move |row| Some(source.value(row) - 1)));
    build.finish().unwrap();
    assert!((0..50).all(|row| created.value(row) == updated.value(row) - 1));
}

/// Along a chain of earlier rows all births would come to lie at the end, and a row would cost as
/// much as there are rows before it.
#[test]
fn a_self_reference_is_no_birth_to_come_after() {
    for parent in [references("parent_id", "comments"), unique(references("parent_id", "comments"))] {
        let defs = vec![table("comments", 1 << 40, vec![column("id"), parent, column("created_at")])];
        let columns = columns(defs);
        let created = &columns[&("comments", "created_at")];
        let rows: Vec<i64> = ((1 << 40) - 2_000..1 << 40).map(|row| created.value(row)).collect();
        let (first, last) = (rows.iter().min().unwrap(), rows.iter().max().unwrap());
        let late = rows.iter().filter(|created| **created > last - (last - first) / 10).count();
        assert!((100..320).contains(&late), "{late} of 2,000 in the last tenth");
    }
}

#[test]
fn a_chain_of_parents_does_not_pile_up_at_the_end() {
    let defs = vec![
        table("users", 500, vec![column("id"), column("created_at")]),
        table("sessions", None, vec![column("id"), with(4, references("user_id", "users")), column("created_at")]),
        table("scores", None, vec![column("id"), with(4, references("session_id", "sessions")), column("created_at")]),
    ];
    let columns = columns(defs);
    let births = |table, rows| (0..rows).map(|row| columns[&(table, "created_at")].value(row)).collect::<Vec<i64>>();
    let (users, scores) = (births("users", 500), births("scores", 8_000));
    let (first, last) = (users.iter().min().unwrap(), users.iter().max().unwrap());
    let late = scores.iter().filter(|created| **created > last - (last - first) / 10).count();
    assert!(late < 3_200, "{late} of 8,000 in the last tenth");
}
