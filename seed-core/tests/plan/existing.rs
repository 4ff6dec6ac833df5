//! Rows that the database holds: what new ones go on behind, and parents outside the run.

use seed_core::{Database, MadeRows};

use super::*;

type Columns = BTreeMap<(&'static str, &'static str), Arc<Column<i64>>>;

/// The columns of a run on a database, all of them `i64`, and its plan.
fn on(database: &Database, defs: Vec<TableDef>) -> (Plan, Columns) {
    let mut overrides = Overrides::default();
    let plan = Plan::on(database, 42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let mut columns = BTreeMap::new();
    for (at, table) in plan.tables.iter().enumerate() {
        build.begin(at);
        for column in &table.def.columns {
            let made = match column.name {
                _ if table.def.references(column.name) => build.refer(column.name),
                "code" => build.draw(column.name, int::<i64>(1..=100)),
                "colour" => build.draw(column.name, int::<i64>(1..=6)),
                "size" => build.draw(column.name, int::<i64>(1..=3)),
                _ => build.infer(column.name),
            };
            columns.insert((table.def.name, column.name), made);
        }
    }
    build.finish().unwrap();
    (plan, columns)
}

fn refused(database: &Database, defs: Vec<TableDef>) -> String {
    Plan::on(database, 42, defs, &Overrides::default()).unwrap_err().to_string()
}

/// So many users, with the keys 100, 200, ….
fn users(count: i64) -> MadeRows {
    let mut rows = MadeRows::new(0);
    rows.column("id", (1..=count).map(|user| Some(user * 100)).collect());
    rows
}

fn outside(rows: MadeRows) -> Database {
    Database { outside: BTreeMap::from([("users", Arc::new(rows))]), ..Database::default() }
}

fn behind(first: &[(&'static str, u64)]) -> Database {
    Database { first: first.iter().copied().collect(), ..Database::default() }
}

fn shop() -> Vec<TableDef> {
    vec![
        table("users", 10, vec![column("id"), unique(column("code"))]),
        table("orders", None, vec![column("id"), with(3, references("user_id", "users"))]),
        table("reviews", 50, vec![column("id"), references("user_id", "users"), references("order_id", "orders")]),
    ]
}

#[test]
fn rows_behind_others_are_those_that_a_longer_run_would_have() {
    let longer = {
        let mut defs = shop();
        defs[0].count = Some(25);
        on(&Database::default(), defs).1
    };
    let (plan, columns) = on(&behind(&[("users", 15), ("orders", 45)]), shop());
    assert_eq!(["users", "orders", "reviews"].map(|table| plan.find(table).unwrap().first), [15, 45, 0]);
    assert_eq!(plan.find("users").unwrap().because(), "count; behind row 15");
    assert!(plan.to_string().contains("orders: 30 rows (3 for each of users, by user_id; behind row 45)"), "{plan}");
    assert!(plan.to_string().contains("reviews: 50 rows (count)\n"), "{plan}");
    for row in 15..25 {
        for column in ["id", "code"] {
            assert_eq!(columns[&("users", column)].value(row), longer[&("users", column)].value(row), "{column}");
        }
    }
}

#[test]
fn new_children_have_new_parents() {
    let (_, columns) = on(&behind(&[("users", 15), ("orders", 7)]), shop());
    let of = |table, column, row| columns[&(table, column)].value(row);
    // The first new order, row 7, is that of the first new user, row 15.
    let parents: Vec<i64> = (7..37).map(|row| of("orders", "user_id", row)).collect();
    assert_eq!(parents, Vec::from_iter((16..=25).flat_map(|user| [user; 3])));
    for row in 0..50 {
        assert!((16..=25).contains(&of("reviews", "user_id", row)));
        assert!((8..=37).contains(&of("reviews", "order_id", row)));
    }
}

#[test]
fn columns_go_on_differing_or_begin_anew_with_new_parents() {
    let pairs = |first: &[(&'static str, u64)]| {
        let items = table(
            "items",
            40,
            vec![column("id"), references("user_id", "users"), column("colour"), column("size"), column("code")],
        );
        let unique = vec![vec!["user_id", "colour"], vec!["size", "code"]];
        let (_, columns) = on(&behind(first), vec![shop().remove(0), TableDef { unique, ..items }]);
        let from = first.iter().find(|(table, _)| *table == "items").map_or(0, |(_, first)| *first);
        let pair = move |one: &'static str, other: &'static str| -> Vec<(i64, i64)> {
            let value = |column, row| columns[&("items", column)].value(row);
            (from..from + 40).map(|row| (value(one, row), value(other, row))).collect()
        };
        (pair("user_id", "colour"), pair("size", "code"))
    };
    let (before, after) = (pairs(&[]), pairs(&[("users", 10), ("items", 40)]));
    let distinct = |pairs: Vec<(i64, i64)>| pairs.into_iter().collect::<BTreeSet<_>>().len();
    // 10 new users with 6 colours each are enough for 40 rows, and would not be for 80.
    assert_eq!(distinct([before.0, after.0].concat()), 80);
    assert_eq!(distinct([before.1, after.1].concat()), 80);
}

#[test]
fn a_column_of_two_groups_differs_also_where_one_of_them_begins_anew() {
    let codes = |first: &[(&'static str, u64)]| {
        let items =
            table("items", 40, vec![column("id"), references("user_id", "users"), column("colour"), column("code")]);
        let unique = vec![vec!["user_id", "colour"], vec!["colour", "code"]];
        let (_, columns) = on(&behind(first), vec![shop().remove(0), TableDef { unique, ..items }]);
        let from = first.iter().find(|(table, _)| *table == "items").map_or(0, |(_, first)| *first);
        let value = move |column, row| columns[&("items", column)].value(row);
        (from..from + 40).map(|row| (value("colour", row), value("code", row))).collect::<Vec<_>>()
    };
    let first = codes(&[]);
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 40);
    // Those behind are told apart by the code alone.
    let behind = codes(&[("users", 10), ("items", 40)]);
    assert_eq!(behind.iter().map(|(_, code)| code).collect::<BTreeSet<_>>().len(), 40);
}

#[test]
fn values_are_kept_for_rows_that_are_there() {
    let mut overrides = Overrides::default();
    let plan = Plan::on(&behind(&[("users", 95)]), 42, vec![shop().remove(0)], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.begin(0);
    build.infer::<i64, _>("id");
    build.draw("code", int::<i64>(1..=100));
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`users.code` is unique and has 100 values, but 105 are needed, 95 of them for the rows and keys that are there; give \
         it more with `#[seed(range = …)]`, `#[seed(values = …)]` or `#[seed(generator = …)]`, or plan fewer rows"
    );
}

#[test]
fn rows_of_the_database_are_parents() {
    let (plan, columns) =
        on(&outside(users(4)), vec![table("orders", 100, vec![column("id"), references("user_id", "users")])]);
    let parents: BTreeSet<i64> = (0..100).map(|row| columns[&("orders", "user_id")].value(row)).collect();
    assert_eq!(parents, BTreeSet::from([100, 200, 300, 400]));
    assert_eq!(plan.tables[0].relations[0].made.as_ref().unwrap().len(), 4);

    let (plan, columns) = on(&outside(users(4)), shop().split_off(1));
    assert_eq!(plan.find("orders").unwrap().rows, 12);
    let parents: Vec<i64> = (0..12).map(|row| columns[&("orders", "user_id")].value(row)).collect();
    assert_eq!(parents, [100, 100, 100, 200, 200, 200, 300, 300, 300, 400, 400, 400]);
}

#[test]
fn each_row_of_the_database_has_one_child_by_a_unique_foreign_key() {
    let badges = || vec![table("badges", 3, vec![column("id"), unique(references("user_id", "users"))])];
    let mut database = outside(users(7));
    let mut taken = BTreeSet::new();
    for first in [0, 3] {
        database.first = BTreeMap::from([("badges", first)]);
        let (_, columns) = on(&database, badges());
        taken.extend((first..first + 3).map(|row| columns[&("badges", "user_id")].value(row)));
    }
    assert_eq!(taken.len(), 6);
    database.first = BTreeMap::from([("badges", 6)]);
    assert_eq!(
        refused(&database, badges()),
        "`badges.user_id`: the column is unique, so each of 9 rows needs a row of `users` of its own, and 7 of those that the \
         database holds are known to the run; add the model of `users` to the list of models, or plan fewer rows"
    );
}

#[test]
fn rows_that_are_not_there_are_no_parents() {
    let orders = |user| vec![table("orders", None, vec![column("id"), user])];
    let empty = "`orders.user_id` references `users`, which is not part of this run and holds no row, and cannot be NULL; add \
                 the model of `users` to the list of models";
    assert_eq!(refused(&outside(users(0)), orders(references("user_id", "users"))), empty);
    assert_eq!(refused(&outside(users(0)), orders(with(3, references("user_id", "users")))), empty);
    let (_, columns) = on(&outside(users(0)), orders(nullable(references("user_id", "users"))));
    assert!((0..10).all(|row| columns[&("orders", "user_id")].nullable(row).is_none()));
}

#[test]
fn children_of_a_sample_are_not_counted() {
    let rows = users(10).out_of(11);
    assert_eq!((rows.len(), rows.of_table()), (10, 11));
    assert_eq!(
        refused(&outside(rows), shop().split_off(1)),
        "`orders.user_id`: `with = 3` counts children of each row of `users`, which is not part of this run and holds 11, of \
         which 10 are read; leave `with` out, or add the model of `users` to the list of models"
    );
}

#[test]
fn what_a_run_says_is_there_for_each_plan() {
    let mut overrides = Overrides::default();
    overrides.table_mut("users").generate::<i64>("code", Box::new(int(501..=600)));
    let mut codes = |first: u64| -> Vec<i64> {
        let plan = Plan::on(&behind(&[("users", first)]), 42, vec![shop().remove(0)], &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        build.begin(0);
        build.infer::<i64, _>("id");
        let code = build.infer::<i64, _>("code");
        build.finish().unwrap();
        (first..first + 10).map(|row| code.value(row)).collect()
    };
    let codes = [codes(0), codes(10), codes(20)].concat();
    assert!(codes.iter().all(|code| (501..=600).contains(code)));
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 30);
}
