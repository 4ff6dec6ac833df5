//! Plans and columns of hand-written definitions; no database.

#[path = "plan/agreement.rs"]
mod agreement;
#[path = "plan/changes.rs"]
mod changes;
#[path = "plan/combinations.rs"]
mod combinations;
#[path = "plan/constraints.rs"]
mod constraints;
#[path = "plan/cycles.rs"]
mod cycles;
#[path = "plan/differ.rs"]
mod differ;
#[path = "plan/ends.rs"]
mod ends;
#[path = "plan/errors.rs"]
mod errors;
#[path = "plan/existing.rs"]
mod existing;
#[path = "plan/null.rs"]
mod null;
#[path = "plan/relations.rs"]
mod relations;
#[path = "plan/shards.rs"]
mod shards;
#[path = "plan/shared.rs"]
mod shared;
#[path = "plan/time.rs"]
mod time;
#[path = "plan/trees.rs"]
mod trees;
#[path = "plan/words.rs"]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;

use seed_core::{
    Anchor, Builder, Cell, Column, ColumnDef, Domain, Error, Errors, Generator, Overrides, Parents, Plan, RelationDef,
    Rows, Share, TableDef, With, constant, domain, float, given, int, normal, values, weighted,
};

// ---- definitions ----

/// A column, and the relation that it is, if it is one.
#[derive(Clone)]
struct Field {
    column: ColumnDef,
    relation: Option<RelationDef>,
}

fn column(name: &'static str) -> Field {
    Field { column: ColumnDef::new(name), relation: None }
}

fn relation(name: &'static str, parent: &'static str, parent_column: &'static str) -> Field {
    Field { relation: Some(RelationDef::new(name, parent, parent_column)), ..column(name) }
}

fn references(name: &'static str, parent: &'static str) -> Field {
    relation(name, parent, "id")
}

fn with(with: impl Into<With>, mut field: Field) -> Field {
    field.relation.as_mut().unwrap().with = Some(with.into());
    field
}

fn set(mut field: Field, set: impl FnOnce(&mut ColumnDef)) -> Field {
    set(&mut field.column);
    field
}

fn unique(field: Field) -> Field {
    set(field, |column| column.unique = true)
}

fn nullable(field: Field) -> Field {
    set(field, |column| column.nullable = true)
}

fn table(name: &'static str, count: impl Into<Option<u64>>, fields: Vec<Field>) -> TableDef {
    let (columns, relations): (Vec<_>, Vec<_>) = fields.into_iter().map(|field| (field.column, field.relation)).unzip();
    let relations = relations.into_iter().flatten().collect();
    TableDef { count: count.into(), columns, relations, primary_key: vec!["id"], ..TableDef::new(name) }
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

/// The game without its texts.
fn game_of_numbers() -> Vec<TableDef> {
    let mut defs = game();
    for table in &mut defs {
        table.columns.retain(|column| !["username", "title"].contains(&column.name));
    }
    defs
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
            table.def.columns.iter().map(|column| (column.name, table.def.references(column.name))).collect();
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
                _ if table.def.references(column.name) => build.refer(column.name),
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
