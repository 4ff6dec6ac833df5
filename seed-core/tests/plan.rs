//! Plans and columns of hand-written definitions; no database.

#[path = "plan/combinations.rs"]
mod combinations;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;

use seed_core::{
    Anchor, Builder, Cell, Column, ColumnDef, Domain, Error, Errors, Generator, Overrides, Parents, Plan, RelationDef,
    Rows, Share, TableDef, With, constant, domain, float, given, int, normal, values, weighted,
};

// ---- definitions ----

fn column(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
}

fn references(name: &'static str, parent: &'static str) -> ColumnDef {
    ColumnDef { relation: Some(RelationDef { parent, parent_column: "id", with: None }), ..column(name) }
}

fn with(with: impl Into<With>, mut column: ColumnDef) -> ColumnDef {
    column.relation.as_mut().unwrap().with = Some(with.into());
    column
}

fn unique(column: ColumnDef) -> ColumnDef {
    ColumnDef { unique: true, ..column }
}

fn nullable(column: ColumnDef) -> ColumnDef {
    ColumnDef { nullable: true, ..column }
}

fn table(name: &'static str, count: impl Into<Option<u64>>, columns: Vec<ColumnDef>) -> TableDef {
    TableDef { count: count.into(), columns, primary_key: vec!["id"], ..TableDef::new(name) }
}

/// 12 users with a profile and 5 sessions each, 5 scores a session, 5 levels.
fn game() -> Vec<TableDef> {
    vec![
        table(
            "scores",
            None,
            vec![
                column("id"),
                with(5, references("session_id", "sessions")),
                references("level_id", "levels"),
                column("score"),
            ],
        ),
        table("sessions", None, vec![column("id"), with(5, references("user_id", "users")), column("created_at")]),
        table("profiles", None, vec![column("id"), with(1, unique(references("user_id", "users"))), column("title")]),
        table("levels", 5, vec![column("id"), column("difficulty")]),
        table("users", 12, vec![column("id"), unique(column("username")), column("age"), column("created_at")]),
    ]
}

fn plan(defs: Vec<TableDef>) -> Result<Plan, Errors> {
    Plan::new(42, defs, &Overrides::default())
}

/// The whole text of what is wrong with a plan.
fn mistake(defs: Vec<TableDef>) -> String {
    plan(defs).unwrap_err().to_string()
}

/// What is wrong once the columns are made, with `i64` for every column.
fn mistake_in_columns(defs: Vec<TableDef>) -> String {
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    numbers(&plan, &mut build, &mut BTreeMap::new());
    build.finish().unwrap_err().to_string()
}

// ---- columns ----

type Cells = BTreeMap<(String, String), Vec<Option<String>>>;

/// Makes columns of `i64`, and the usernames and titles of the game as text.
fn numbers(plan: &Plan, build: &mut Builder<'_>, numbers: &mut BTreeMap<(&str, &str), Arc<Column<i64>>>) -> Cells {
    let mut texts = Vec::new();
    for (at, table) in plan.tables.iter().enumerate() {
        build.begin(at);
        let columns: Vec<(&'static str, bool)> =
            table.def.columns.iter().map(|column| (column.name, column.relation.is_some())).collect();
        for (name, is_relation) in columns {
            match name {
                "username" | "title" => texts.push((table.def.name, name, build.infer::<String, _>(name), table.rows)),
                _ if is_relation => drop(numbers.insert((table.def.name, name), build.refer(name))),
                _ => drop(numbers.insert((table.def.name, name), build.infer(name))),
            }
        }
    }
    let cells = |column: &Column<String>, rows: u64| (0..rows).map(|row| column.nullable(row)).collect();
    texts
        .iter()
        .map(|(table, name, column, rows)| ((table.to_string(), name.to_string()), cells(column, *rows)))
        .collect()
}

/// Every cell of a run.
fn cells(defs: Vec<TableDef>) -> Cells {
    cells_with(defs, Overrides::default())
}

fn cells_with(defs: Vec<TableDef>, mut overrides: Overrides) -> Cells {
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let mut columns = BTreeMap::new();
    let mut cells = numbers(&plan, &mut build, &mut columns);
    build.finish().unwrap();
    for ((table, name), column) in columns {
        let rows = 0..plan.find(table).unwrap().rows;
        let values = rows.map(|row| column.nullable(row).map(|value| value.to_string())).collect();
        cells.insert((table.to_owned(), name.to_owned()), values);
    }
    cells
}

/// The columns of a run, all of them `i64`.
fn columns(defs: Vec<TableDef>) -> BTreeMap<(&'static str, &'static str), Arc<Column<i64>>> {
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let mut columns = BTreeMap::new();
    for (at, table) in plan.tables.iter().enumerate() {
        build.begin(at);
        for column in &table.def.columns {
            let made = match column.name {
                _ if column.relation.is_some() => build.refer(column.name),
                "started_at" => build.draw(column.name, int::<i64>(0..=999)),
                _ => build.infer(column.name),
            };
            columns.insert((table.def.name, column.name), made);
        }
    }
    build.finish().unwrap();
    columns
}

/// All cells of `before` are in `after`; tables that have more rows have them behind.
#[track_caller]
fn assert_kept(before: &Cells, after: &Cells) {
    for ((table, column), values) in before {
        let now = &after[&(table.clone(), column.clone())];
        let kept = now.len() >= values.len() && now[..values.len()] == values[..];
        assert!(kept, "{table}.{column} has changed");
    }
}

// ---- order and counts ----

#[test]
fn parents_come_before_children() {
    let plan = plan(game()).unwrap();
    let names: Vec<&str> = plan.tables.iter().map(|table| table.def.name).collect();
    // Those that can be loaded at once come as they were given.
    assert_eq!(names, ["levels", "users", "sessions", "profiles", "scores"]);
    let models: Vec<usize> = plan.tables.iter().map(|table| table.model).collect();
    assert_eq!(models, [3, 4, 1, 2, 0]);
}

#[test]
fn relations_with_a_with_count_the_rows() {
    let plan = plan(game()).unwrap();
    let rows = |name: &str| plan.find(name).unwrap().rows;
    assert_eq!(["users", "profiles", "sessions", "scores", "levels"].map(rows), [12, 12, 60, 300, 5]);
    assert_eq!(plan.rows(), 389);
}

#[test]
fn a_plan_says_why_there_are_so_many_rows() {
    let plan = plan(game()).unwrap();
    let why = |name: &str| &plan.find(name).unwrap().why;
    assert_eq!(why("users"), &Rows::Count);
    assert_eq!(why("levels"), &Rows::Count);
    assert_eq!(why("scores"), &Rows::Driven { column: "session_id", parent: "sessions", with: With::from(5) });
}

#[test]
fn a_table_without_a_count_has_ten_rows() {
    let plan = plan(vec![table("tags", None, vec![column("id")])]).unwrap();
    assert_eq!((plan.tables[0].rows, &plan.tables[0].why), (10, &Rows::Count));
}

#[test]
fn a_run_decides_counts_and_children_in_place_of_the_models() {
    let mut overrides = Overrides::default();
    overrides.table_mut("users").count = Some(3);
    overrides.table_mut("sessions").with.insert("user_id".to_owned(), With::from(2));
    let plan = Plan::new(42, game(), &overrides).unwrap();
    let rows = |name: &str| plan.find(name).unwrap().rows;
    assert_eq!(["users", "profiles", "sessions", "scores"].map(rows), [3, 3, 6, 30]);
}

#[test]
fn nothing_is_a_count_like_any_other() {
    let mut overrides = Overrides::default();
    overrides.table_mut("users").count = Some(0);
    overrides.table_mut("levels").count = Some(0);
    let plan = Plan::new(42, game(), &overrides).unwrap();
    assert_eq!(plan.rows(), 0);
    assert!(cells_with(game(), overrides).values().all(Vec::is_empty));
    assert_eq!(Plan::new(42, Vec::new(), &Overrides::default()).unwrap().rows(), 0);
}

#[test]
fn a_range_of_children_counts_from_none() {
    let defs = vec![
        table("users", 300, vec![column("id")]),
        table("posts", None, vec![column("id"), with(0..=2, references("user_id", "users"))]),
    ];
    let rows = plan(defs.clone()).unwrap().find("posts").unwrap().rows;
    let columns = columns(defs);
    let mut children = BTreeMap::from_iter((1..=300).map(|user| (user, 0)));
    (0..rows).for_each(|row| *children.get_mut(&columns[&("posts", "user_id")].value(row)).unwrap() += 1);
    let having = |count| children.values().filter(|&&children| children == count).count();
    assert_eq!(having(0) + having(1) + having(2), 300);
    assert!([0, 1, 2].map(having).iter().all(|count| (70..130).contains(count)));
}

// ---- one test for each error ----

#[test]
fn unknown_table() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sesions").count = Some(1);
    overrides.table_mut("orders").count = Some(1);
    let errors = Plan::new(42, game(), &overrides).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "there is no table `orders` in this run\n\
         there is no table `sesions` in this run; did you mean `sessions`?"
    );
    assert_eq!(errors.iter().count(), 2);
}

#[test]
fn unknown_column() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sessions").with.insert("users_id".to_owned(), With::from(2));
    overrides.table_mut("users").generate::<i32>("shoe_size", Box::new(int::<i32>(30..=50)));
    assert_eq!(
        Plan::new(42, game(), &overrides).unwrap_err().to_string(),
        "`sessions` has no column `users_id`; did you mean `user_id`?\n\
         `users` has no column `shoe_size`"
    );
}

#[test]
fn with_needs_a_reference() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sessions").with.insert("created_at".to_owned(), With::from(2));
    assert_eq!(
        Plan::new(42, game(), &overrides).unwrap_err().to_string(),
        "`sessions.created_at` has no reference to another table, so `with` cannot count children; add \
         `#[seed(references = parent::id)]` to its field"
    );
}

#[test]
fn with_cannot_count_the_children_of_a_self_reference() {
    let defs = vec![table("staff", None, vec![column("id"), with(2, nullable(references("boss_id", "staff")))])];
    assert_eq!(
        mistake(defs),
        "`staff` references itself through `staff.boss_id`: a row has one parent, so `with` cannot count children"
    );
}

#[test]
fn two_models_of_one_table() {
    let defs = vec![table("users", None, vec![column("id")]), table("users", 3, vec![column("id")])];
    assert_eq!(mistake(defs), "`users` is described by two models of this run; list one of them");
}

#[test]
fn a_shared_key() {
    let people = TableDef { key: "users", ..table("people", None, vec![column("id")]) };
    assert_eq!(
        mistake(vec![table("users", None, vec![column("id")]), people]),
        "`users` and `people` share the key `users`, so their rows would be the same; give one another \
         `#[seed(key = \"…\")]`"
    );
}

#[test]
fn a_shared_key_of_columns() {
    let renamed = ColumnDef { key: "age", ..column("years") };
    assert_eq!(
        mistake(vec![table("users", None, vec![column("id"), column("age"), renamed])]),
        "`users.years`: the column shares the key `age` with `age`, so both would draw the same values; give one another \
         `#[seed(key = \"…\")]`"
    );
}

#[test]
fn a_missing_parent() {
    let defs = vec![table(
        "sessions",
        None,
        vec![column("id"), references("user_id", "users"), references("device_id", "devices")],
    )];
    assert_eq!(
        mistake(defs),
        "`sessions.user_id` references `users`, which is not part of this run, and cannot be NULL; add the model of \
         `users` to the list of models\n\
         `sessions.device_id` references `devices`, which is not part of this run, and cannot be NULL; add the model of \
         `devices` to the list of models"
    );
    let driven = vec![table("sessions", None, vec![column("id"), with(5, references("user_id", "users"))])];
    assert_eq!(
        mistake(driven),
        "`sessions.user_id` references `users`, which is not part of this run, and cannot be NULL; add the model of \
         `users` to the list of models"
    );
    let nullable = vec![table("sessions", None, vec![column("id"), with(5, nullable(references("user_id", "users")))])];
    assert_eq!(
        mistake(nullable),
        "`sessions.user_id`: `with = 5` counts children of `users`, which is not part of this run; add the model of \
         `users` to the list of models"
    );
}

#[test]
fn no_parents() {
    let defs = vec![
        table("users", 0, vec![column("id")]),
        table("sessions", None, vec![column("id"), references("user_id", "users")]),
    ];
    assert_eq!(
        mistake(defs),
        "`sessions.user_id` needs a row of `users`, which gets none; give `users` a count of 1 or more"
    );
}

#[test]
fn an_unfilled_parent() {
    let defs = vec![
        table("users", None, vec![column("username")]),
        table("sessions", None, vec![column("id"), references("user_id", "users")]),
    ];
    assert_eq!(
        mistake(defs),
        "`sessions.user_id` references `users.id`, which the model of `users` leaves to the database; give that model the \
         field, without `skip`"
    );
}

#[test]
fn a_table_that_is_driven_twice() {
    let defs = vec![
        table("users", None, vec![column("id")]),
        table(
            "posts",
            None,
            vec![column("id"), with(2, references("author_id", "users")), with(3, references("reviewer_id", "users"))],
        ),
    ];
    assert_eq!(
        mistake(defs),
        "the rows of `posts` are driven twice, by `posts.author_id` and by `posts.reviewer_id`; keep `with` on one of them"
    );
}

#[test]
fn a_count_of_a_driven_table() {
    let mut overrides = Overrides::default();
    overrides.table_mut("sessions").count = Some(7);
    assert_eq!(
        Plan::new(42, game(), &overrides).unwrap_err().to_string(),
        "`sessions` is given a count of 7, but its rows are driven by `sessions.user_id` (5 each); change the count of \
         `users` or the `with` of `sessions.user_id`"
    );
}

#[test]
fn a_cycle() {
    let defs = vec![
        table("tags", None, vec![column("id")]),
        table("companies", None, vec![column("id"), references("owner_id", "users")]),
        table("users", None, vec![column("id"), references("team_id", "teams")]),
        table("teams", None, vec![column("id"), references("company_id", "companies")]),
        table("posts", None, vec![column("id"), references("user_id", "users")]),
    ];
    assert_eq!(
        mistake(defs),
        "`companies`, `teams` and `users` reference one another (companies.owner_id -> users, users.team_id -> teams, \
         teams.company_id -> companies), so none can be loaded first; cycles between tables cannot be planned yet: leave \
         one of these columns to the database with `#[seed(skip)]`"
    );
}

#[test]
fn too_few_values() {
    let defs = vec![table("levels", 11, vec![column("id"), unique(column("is_hard"))])];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.infer::<bool, _>("is_hard");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`levels.is_hard` is unique and has 2 values, but 11 are needed; give it more with `#[seed(range = …)]`, \
         `#[seed(values = …)]` or `#[seed(generator = …)]`, or plan fewer rows"
    );
    let error = Error::TooSmall { table: "levels".to_owned(), column: "name".to_owned(), has: 1, needs: 2 };
    assert!(error.to_string().contains("has 1 value, but"));
}

#[test]
fn too_few_parents() {
    let defs = vec![
        table("users", 3, vec![column("id")]),
        table("profiles", 4, vec![column("id"), unique(references("user_id", "users"))]),
    ];
    assert_eq!(
        mistake(defs),
        "`profiles.user_id` is unique, so each of 4 rows needs a row of `users` of its own, and there are 3; give `users` a \
         higher count, or plan fewer rows"
    );
}

#[test]
fn values_that_cannot_be_counted() {
    let defs = vec![table("users", 5, vec![column("id"), unique(column("height"))])];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.draw("height", normal::<f64>(1.7, 0.1));
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`users.height` is unique, but the values of its generator cannot be counted; give it a `range`, `values` without \
         weights, a generator that is a `Domain`, or a `value` made from `row`"
    );
}

#[test]
fn a_generator_that_is_set_up_wrongly() {
    struct Nothing;
    impl Domain<i64> for Nothing {
        fn size(&self) -> u64 {
            0
        }
        fn nth(&self, _: u64) -> i64 {
            unreachable!("there is nothing to draw")
        }
    }
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let defs = vec![table("t", 3, names.iter().map(|name| column(name)).chain([unique(column("u"))]).collect())];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let (first, last) = (10, 1);
    build.draw("a", int::<i32>(first..=last));
    build.draw("b", values::<i32, i32>([]));
    build.draw("c", weighted::<i32, i32>([(1, f64::NAN), (2, 1.0)]));
    build.draw("d", weighted::<i32, i32>([(1, 0.0)]));
    build.draw("e", weighted::<i32, i32>([(1, f64::MAX), (2, f64::MAX)]));
    build.draw("f", domain(Nothing));
    build.draw("g", given::<i32>(0, []));
    build.draw("h", float::<f64>(0.0..=f64::INFINITY));
    build.draw("u", values::<String, _>(["x", "y", "x"]));
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`t.a`: the range `10..=1` is empty; write the lower end first\n\
         `t.b`: the list of values is empty\n\
         `t.c`: the weight `NaN` is no number of 0 or more\n\
         `t.d`: the weights add up to nothing; at least one must be above 0\n\
         `t.e`: the weights add up to more than a float can hold; write smaller ones\n\
         `t.f`: the generator has no values to draw from\n\
         `t.g`: no values are given\n\
         `t.h`: the range from `0` to `inf` has no finite width\n\
         `t.u`: the column is unique, but `x` is among its values twice; write it once"
    );
}

#[test]
fn after_an_unrelated_table() {
    let defs = vec![
        table("users", None, vec![column("id"), column("created_at")]),
        table("events", None, vec![column("id"), ColumnDef { after: true, ..column("at") }]),
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.begin(1);
    let at = build.infer::<i64, _>("at");
    build.after_parent("at", &at, "users", "created_at");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`events.at` is to come after `users.created_at`, but `events` has no reference to `users`; add \
         `#[seed(references = users::id)]` to the field that holds it"
    );
}

#[test]
fn too_many_rows() {
    let message = "would get more than 2^62 rows; lower its count, or that of its parents and their `with`";
    let defs = |count: u64, each: u64| {
        vec![
            table("users", count, vec![column("id")]),
            table("posts", None, vec![column("id"), with(each, references("user_id", "users"))]),
        ]
    };
    assert_eq!(mistake(defs(u64::MAX, 1)), format!("`users` {message}"));
    assert_eq!(mistake(defs(1 << 40, 1 << 23)), format!("`posts` {message}"));
    assert_eq!(mistake(defs(3, u64::MAX)), format!("`posts` {message}"));
    assert!(plan(defs(1 << 40, 1 << 22)).is_ok());
}

#[test]
fn a_with_that_is_set_up_wrongly() {
    let defs = |each: With| {
        vec![
            table("users", 1 << 40, vec![column("id")]),
            table("posts", None, vec![column("id"), with(each, references("user_id", "users"))]),
        ]
    };
    let (most, least) = (5, 1);
    assert_eq!(
        mistake(defs(With::from(most..=least))),
        "`posts.user_id`: `with = 5..=1` is an empty range; write the lower number first"
    );
    assert_eq!(
        mistake(defs(With::weighted([]))),
        "`posts.user_id`: `with`: the weights add up to nothing; at least one must be above 0"
    );
    assert_eq!(
        mistake(defs(With::weighted([Share::new(-1.0, 1)]))),
        "`posts.user_id`: `with`: the weight `-1` is no number of 0 or more"
    );
    assert_eq!(
        mistake(defs(With::from(0..=u64::MAX))),
        "`posts.user_id`: `with = 0..=18446744073709551615` reaches beyond 2^62 children; write a lower number"
    );
    assert_eq!(
        mistake(defs(With::from(0..=2))),
        "`posts.user_id`: `with = 0..=2` is drawn for each row of `users`, which has 1099511627776, more than 2^32; write \
         one number"
    );
}

#[test]
fn a_unique_foreign_key_has_one_child_at_most() {
    let defs = vec![
        table("users", None, vec![column("id")]),
        table("profiles", None, vec![column("id"), with(0..=2, unique(references("user_id", "users")))]),
    ];
    assert_eq!(
        mistake(defs),
        "`profiles.user_id`: the column is unique, so a row of `users` has one child at most, not 0..=2; write `with = 1`, \
         or `with = 0..=1` where some have none"
    );
}

#[test]
fn mistakes_of_several_tables_are_reported_together_but_not_what_follows_from_them() {
    let defs = vec![
        table("users", u64::MAX, vec![column("id")]),
        table("posts", None, vec![column("id"), references("user_id", "users"), references("forum_id", "forums")]),
        table("tags", None, vec![column("id"), references("color_id", "colors")]),
    ];
    assert_eq!(
        mistake(defs),
        "`users` would get more than 2^62 rows; lower its count, or that of its parents and their `with`\n\
         `tags.color_id` references `colors`, which is not part of this run, and cannot be NULL; add the model of `colors` \
         to the list of models"
    );
}

#[test]
fn a_reference_of_another_type() {
    let defs = vec![
        table("users", None, vec![column("id")]),
        table("posts", None, vec![column("id"), references("user_id", "users")]),
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i32, _>("id");
    build.begin(1);
    build.infer::<i32, _>("id");
    build.refer::<i64>("user_id");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`posts.user_id`: the field's type `i64` is not that of `users.id`; give both fields the same Rust type"
    );
}

#[test]
fn a_generator_of_another_type_is_no_panic() {
    let mut overrides = Overrides::default();
    overrides.table_mut("t").generate::<String>("n", Box::new(constant("x".to_owned())));
    let plan = Plan::new(42, vec![table("t", 1, vec![column("n")])], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i64, _>("n");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`t.n`: the run's generator does not make values of type `i64`"
    );
}

#[test]
fn null_comes_as_often_beside_every_value_and_changes_none() {
    let ages = |null| {
        let age = ColumnDef { null: Some(null), ..nullable(column("is_open")) };
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
        let odd = ColumnDef { null: Some(null), ..nullable(column("age")) };
        assert_eq!(
            mistake_in_columns(vec![table("users", None, vec![column("id"), odd])]),
            format!("`users.age`: `null = {null}` is no probability; write a number from 0.0 to 1.0")
        );
    }
    // Also where the relation never is NULL, because it drives.
    let driven = ColumnDef { null: Some(f64::NAN), ..with(2, nullable(references("user_id", "users"))) };
    let defs = vec![table("users", None, vec![column("id")]), table("posts", None, vec![column("id"), driven])];
    assert_eq!(
        mistake_in_columns(defs),
        "`posts.user_id`: `null = NaN` is no probability; write a number from 0.0 to 1.0"
    );
}

#[test]
fn null_needs_a_column_that_can_be() {
    let defs = vec![table("users", None, vec![column("id"), ColumnDef { null: Some(0.5), ..column("age") }])];
    assert_eq!(
        mistake_in_columns(defs),
        "`users.age`: the column cannot be NULL, so `null = 0.5` has no effect; leave it out"
    );
}

#[test]
fn a_column_that_references_itself() {
    let itself = |name, column| ColumnDef {
        relation: Some(RelationDef { parent: "t", parent_column: column, with: None }),
        ..self::column(name)
    };
    assert_eq!(
        mistake(vec![table("t", None, vec![itself("id", "id")])]),
        "`t.id`: the column takes its value from itself; let it reference a column of `t` that has values of its own"
    );
    let circle = vec![table("t", None, vec![column("id"), itself("a", "b"), itself("b", "a"), itself("c", "a")])];
    assert_eq!(
        mistake(circle),
        "`t.a`: the column takes its value from itself; let it reference a column of `t` that has values of its own\n\
         `t.b`: the column takes its value from itself; let it reference a column of `t` that has values of its own"
    );
}

#[test]
fn a_required_reference_to_a_column_that_may_be_null() {
    let by_code = |column| ColumnDef {
        relation: Some(RelationDef { parent: "users", parent_column: "code", with: None }),
        ..column
    };
    let defs = |null| {
        vec![
            table("users", 5, vec![column("id"), ColumnDef { null, ..unique(nullable(column("code"))) }]),
            table("posts", 5, vec![column("id"), by_code(column("user_code"))]),
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
    let bonus = |null| ColumnDef { null, custom: true, ..nullable(column("bonus")) };
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

#[test]
fn after_is_said_once_and_not_of_a_unique_column() {
    let after = |column| ColumnDef { after: true, ..column };
    let defs = vec![table("t", 5, vec![column("a"), after(column("b")), after(unique(column("c")))])];
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let [a, b, c] = ["a", "b", "c"].map(|name| build.infer::<i64, _>(name));
    build.after(&b, &a);
    build.after(&b, &a);
    build.after(&c, &a);
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`t.b`: the column comes `after` two others; keep one of them\n\
         `t.c`: the column is unique, and `after` would move values together; keep one of them"
    );
}

// ---- what does not change ----

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
        table.columns.insert(1, column("version"));
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
    uneven[1].columns[1] = with(0..=9, references("user_id", "users"));
    assert_kept(&cells(uneven.clone()), &cells_with(uneven, double()));
}

#[test]
fn a_table_that_keeps_its_key_keeps_its_cells_through_a_rename() {
    let mut renamed = game();
    let users = renamed.iter_mut().find(|table| table.name == "users").unwrap();
    users.name = "players";
    users.columns[2] = ColumnDef { key: "age", ..column("years") };
    for table in &mut renamed {
        for column in &mut table.columns {
            if let Some(relation) = column.relation.as_mut().filter(|relation| relation.parent == "users") {
                relation.parent = "players";
            }
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

// ---- relations ----

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

/// The game without its texts.
fn game_of_numbers() -> Vec<TableDef> {
    let mut defs = game();
    for table in &mut defs {
        table.columns.retain(|column| !["username", "title"].contains(&column.name));
    }
    defs
}

#[test]
fn self_reference_points_to_an_earlier_row() {
    let defs = |column: ColumnDef| vec![table("staff", 500, vec![self::column("id"), column])];
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
    let defs = |column: ColumnDef| vec![table("steps", 100, vec![self::column("id"), unique(column)])];
    let optional = columns(defs(ColumnDef { null: Some(0.0), ..nullable(references("before_id", "steps")) }));
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
    let editor = |null| ColumnDef { null, ..nullable(references("editor_id", "users")) };
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

// ---- time ----

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
    let after = ColumnDef { after: true, ..column("b") };
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
                ColumnDef { after: true, ..column("at") },
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
    let created = ColumnDef { custom: true, ..column("created_at") };
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

// ---- the far ends ----

#[test]
fn the_last_rows_of_the_largest_tables_can_be_made() {
    let rows = 1 << 62;
    let defs = vec![
        table("users", rows, vec![column("id"), unique(column("badge")), column("age")]),
        table("profiles", rows, vec![column("id"), unique(references("user_id", "users"))]),
        table("posts", None, vec![column("id"), with(1, references("user_id", "users"))]),
        table("staff", rows, vec![column("id"), nullable(references("boss_id", "staff"))]),
    ];
    assert_eq!(plan(defs.clone()).unwrap().rows(), u64::MAX, "as many as can be said");
    let columns = columns(defs);
    for row in rows - 20..rows {
        let value = |table, column| columns[&(table, column)].nullable(row);
        assert_eq!(value("users", "id"), Some(row as i64 + 1));
        assert!(value("users", "badge") > Some(0));
        assert!((Some(18)..=Some(90)).contains(&value("users", "age")));
        assert_eq!(value("posts", "user_id"), Some(row as i64 + 1));
        assert!((Some(1)..=Some(rows as i64)).contains(&value("profiles", "user_id")));
        assert!(value("staff", "boss_id") <= Some(row as i64));
    }
}

#[test]
fn a_column_can_be_asked_for_rows_far_beyond_its_count() {
    let defs = vec![
        table("users", 12, vec![column("id"), unique(column("badge")), column("age")]),
        table("profiles", 12, vec![column("id"), unique(references("user_id", "users"))]),
        table("posts", 12, vec![column("id"), references("user_id", "users")]),
        table("staff", 12, vec![column("id"), nullable(references("boss_id", "staff"))]),
    ];
    for ((table, name), column) in columns(defs) {
        for row in [12, 1 << 31, 1 << 62, u64::MAX] {
            assert!(column.nullable(row).is_none_or(|value| value >= 0), "{table}.{name}");
        }
    }
}

#[test]
fn the_keys_of_a_narrow_type_run_out() {
    let levels = |rows| {
        let mut overrides = Overrides::default();
        let plan = Plan::new(42, vec![table("levels", rows, vec![column("id")])], &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let ids = build.infer::<i8, _>("id");
        assert!(ids.is_serial());
        build.finish().map(|_| ids.value(rows - 1)).map_err(|errors| errors.to_string())
    };
    assert_eq!(levels(127), Ok(127));
    assert!(levels(128).unwrap_err().starts_with("`levels.id` is unique and has 127 values, but 128 are needed"));
}

#[test]
fn a_fixture_starts_anywhere() {
    for (first, used, rows) in [(0, 0, 3), (1 << 40, 7, 3), (u64::MAX - 3, u64::MAX, 3)] {
        let def = table("users", None, vec![column("id"), references("team_id", "teams"), column("age")]);
        let plan = Plan::fixture(42, def, first, used, rows, BTreeMap::new());
        let mut overrides = Overrides::default();
        overrides.table_mut("users").generate::<i64>("team_id", Box::new(given(first, [5_i64, 6, 7])));
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let (id, team, age) =
            (build.infer::<i64, _>("id"), build.refer::<i64>("team_id"), build.infer::<i64, _>("age"));
        let built = build.finish();
        if used == u64::MAX {
            // There are not so many keys.
            assert!(built.is_err());
            continue;
        }
        built.unwrap();
        let rows: Vec<_> = (first..first + 3).map(|row| (id.value(row), team.value(row), age.value(row))).collect();
        assert_eq!(rows.iter().map(|row| row.1).collect::<Vec<_>>(), [5, 6, 7]);
        assert_eq!(rows.iter().map(|row| row.0).collect::<BTreeSet<_>>().len(), 3);
    }
}

/// A generator of a run is checked as that of a model is.
#[test]
fn a_generator_of_the_run_must_be_countable_for_a_unique_column() {
    struct Odd;
    impl Generator<i64> for Odd {
        fn value(&self, cell: &Cell) -> i64 {
            cell.stream().below(5) as i64 * 2 + 1
        }
    }
    let mut overrides = Overrides::default();
    overrides.table_mut("t").generate::<i64>("n", Box::new(Odd));
    let plan = Plan::new(42, vec![table("t", 3, vec![unique(column("n"))])], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.infer::<i64, _>("n");
    let errors = build.finish().unwrap_err();
    assert!(matches!(errors.iter().next(), Some(Error::NotCountable { .. })));
}
