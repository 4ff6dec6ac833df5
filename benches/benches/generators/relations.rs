//! Foreign keys, and what a row takes from its parents.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDateTime;
use divan::{Bencher, black_box};
use seed_core::{Anchor, Builder, Column, ColumnDef, Overrides, Plan, RelationDef, Share, TableDef, Tree, With, int};

const PARENTS: u64 = 100_000;
const CHILDREN: u64 = 1_000_000;

/// Rows of `children`, of whose columns one is measured.
struct Case {
    name: &'static str,
    column: &'static str,
    defs: fn() -> Vec<TableDef>,
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const fn case(name: &'static str, column: &'static str, defs: fn() -> Vec<TableDef>) -> Case {
    Case { name, column, defs }
}

const CASES: &[Case] = &[
    case("any_parent", "parent_id", || child(|_| {})),
    case("popular_parents", "parent_id", || child(|child| child.relations[0].zipf = Some(1.1))),
    case("ten_each", "parent_id", || with(10)),
    case("five_to_fifteen_each", "parent_id", || with(5..=15)),
    case("weighted_each", "parent_id", || with(With::weighted([Share::new(0.6, 1..=9), Share::new(0.4, 20..=30)]))),
    case("one_to_one", "parent_id", || {
        child(|child| {
            child.columns[1].unique = true;
            child.count = Some(PARENTS);
        })
    }),
    case("null_in_one_of_five", "parent_id", || {
        child(|child| (child.columns[1].nullable, child.columns[1].null) = (true, Some(0.2)))
    }),
    case("earlier_row", "self_id", || vec![own(None)]),
    case("tree_with_roots", "self_id", || vec![own(Some(Tree::Roots { roots: 0.01, branching: With::from(3..=5) }))]),
    case("tree_of_a_depth", "self_id", || vec![own(Some(Tree::Depth { depth: 6, branching: 4 }))]),
    case("pair_of_a_junction", "other_id", || junction(None)),
    case("pair_of_a_junction_with", "other_id", || junction(Some(With::from(10)))),
    case("two_that_differ", "other_id", || {
        child(|child| {
            reference(child, "other_id", "parents");
            child.differ = vec![vec!["parent_id", "other_id"]];
        })
    }),
    case("ancestor_that_agrees", "parent_id", || grandchild(None)),
    case("parent_of_an_ancestor", "middle_id", || grandchild(Some(With::from(100)))),
    case("unique_group_of_three", "c", || {
        child(|child| {
            child.columns.extend(["a", "b", "c"].map(ColumnDef::new));
            child.unique = vec![vec!["a", "b", "c"]];
        })
    }),
    case("time", "created_at", || child(|child| child.columns.push(ColumnDef::new("created_at")))),
    case("time_after_its_parent", "created_at", || after(1)),
    case("time_after_two_generations", "created_at", || after(2)),
    case("time_after_three_generations", "created_at", || after(3)),
    case("time_after_another_of_the_row", "updated_at", || {
        child(|child| child.columns.extend(["created_at", "updated_at"].map(ColumnDef::new)))
    }),
];

fn table(name: &'static str, rows: u64) -> TableDef {
    TableDef { count: Some(rows), columns: vec![ColumnDef::new("id")], primary_key: vec!["id"], ..TableDef::new(name) }
}

fn reference(table: &mut TableDef, column: &'static str, parent: &'static str) {
    table.columns.push(ColumnDef::new(column));
    table.relations.push(RelationDef::new(column, parent, "id"));
}

/// Parents and children.
fn child(more: fn(&mut TableDef)) -> Vec<TableDef> {
    let mut child = table("children", CHILDREN);
    reference(&mut child, "parent_id", "parents");
    more(&mut child);
    vec![child, table("parents", PARENTS)]
}

fn with(with: impl Into<With>) -> Vec<TableDef> {
    let mut defs = child(|child| child.count = None);
    defs[0].relations[0].with = Some(with.into());
    defs
}

/// Rows that reference rows of their own table.
fn own(tree: Option<Tree>) -> TableDef {
    let mut own = table("children", CHILDREN);
    reference(&mut own, "self_id", "children");
    own.columns[1].nullable = true;
    own.relations[0].tree = tree;
    own
}

/// Pairs of parents and others, each of them once.
fn junction(with: Option<With>) -> Vec<TableDef> {
    let count = if with.is_some() { None } else { Some(CHILDREN) };
    let mut pairs = TableDef { count, primary_key: vec!["parent_id", "other_id"], ..TableDef::new("children") };
    reference(&mut pairs, "parent_id", "parents");
    reference(&mut pairs, "other_id", "others");
    pairs.relations[0].with = with;
    vec![pairs, table("parents", PARENTS), table("others", PARENTS)]
}

/// Children of two parents, one of which is a child of the other.
fn grandchild(with: Option<With>) -> Vec<TableDef> {
    let mut middles = table("middles", PARENTS);
    reference(&mut middles, "parent_id", "parents");
    let mut child = TableDef { count: if with.is_some() { None } else { Some(CHILDREN) }, ..table("children", 0) };
    reference(&mut child, "middle_id", "middles");
    reference(&mut child, "parent_id", "parents");
    child.relations[1].with = with;
    vec![child, middles, table("parents", 10_000)]
}

/// Rows that are younger than their parents, through so many generations.
fn after(generations: usize) -> Vec<TableDef> {
    let names = ["children", "parents", "grandparents", "ancestors"];
    let mut defs: Vec<TableDef> = names[..=generations].iter().map(|name| table(name, 1_000)).collect();
    for at in 0..generations {
        defs[at].count = None;
        reference(&mut defs[at], "parent_id", names[at + 1]);
        defs[at].relations[0].with = Some(With::from(10));
    }
    defs.iter_mut().for_each(|def| def.columns.push(ColumnDef::new("created_at")));
    defs
}

#[divan::bench(args = CASES)]
fn relations(bencher: Bencher<'_, '_>, case: &Case) {
    let (rows, column) = column_of((case.defs)(), case.column);
    let mut row = 0;
    bencher.bench_local(|| {
        row = (row + 1) % rows;
        column(black_box(row))
    });
}

/// What makes the cells of a column of `children`, and of how many rows.
fn column_of(defs: Vec<TableDef>, name: &str) -> (u64, Box<dyn Fn(u64) -> i64>) {
    let mut overrides = Overrides::default();
    let plan = Plan::new(0, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let mut keys: BTreeMap<_, Arc<Column<i64>>> = BTreeMap::new();
    let mut times: BTreeMap<_, Arc<Column<NaiveDateTime>>> = BTreeMap::new();
    for (at, table) in plan.tables.iter().enumerate() {
        build.begin(at);
        for column in table.def.column_names() {
            let of = (table.def.name, column);
            if column.ends_with("_at") {
                times.insert(of, build.infer(column));
            } else if table.def.references(column) {
                keys.insert(of, build.refer(column));
            } else if column == "id" {
                keys.insert(of, build.infer(column));
            } else {
                keys.insert(of, build.draw(column, int::<i64>(1..=1_000)));
            }
        }
    }
    build.finish().unwrap();
    let rows = plan.find("children").unwrap().rows;
    match (keys.remove(&("children", name)), times.remove(&("children", name))) {
        (Some(keys), _) => (rows, Box::new(move |row| keys.nullable(row).unwrap_or(0))),
        (_, times) => {
            let times = times.unwrap();
            (rows, Box::new(move |row| times.value(row).and_utc().timestamp()))
        }
    }
}
