//! Ten million pairs of a junction table between two tables of a million rows each: how fast they come,
//! and what memory they need.
//!
//! Beside them, what one would otherwise write: draw a pair, and again where a set holds it already.

use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use fake::rand::rngs::StdRng;
use fake::rand::{RngExt, SeedableRng};
use seed_benches::machine::peak;
use seed_core::{Anchor, Builder, Column, ColumnDef, Overrides, Plan, RelationDef, TableDef, With};

const MILLION: u64 = 1_000_000;
const PAIRS: u64 = 10 * MILLION;

fn main() -> Result<(), Box<dyn Error>> {
    let start = peak();
    let all = [
        ("any ten million of the product", Pairs::new(None)?),
        ("ten groups for each user", Pairs::new(Some(With::from(10)))?),
        ("5 to 15 groups for each user", Pairs::new(Some(With::from(5..=15)))?),
    ];
    for (what, pairs) in &all {
        let started = Instant::now();
        let sum = (0..pairs.rows).map(|row| pairs.pair(row)).fold(0, |sum, (user, group)| sum ^ user ^ group);
        let rate = pairs.rows as f64 / started.elapsed().as_secs_f64();
        println!("{what}: {rate:.0} pairs/s, {} KB (sum {sum})", peak() - start);
    }
    for (what, pairs) in &all {
        let mut seen: Vec<i64> =
            (0..pairs.rows).map(|row| pairs.pair(row)).map(|(user, group)| user << 32 | group).collect();
        seen.sort_unstable();
        seen.dedup();
        println!("{what}: {} of {} differ", seen.len(), pairs.rows);
    }

    let before = peak();
    let started = Instant::now();
    let mut random = StdRng::seed_from_u64(0);
    let mut seen: HashSet<(i64, i64)> = HashSet::new();
    while (seen.len() as u64) < PAIRS {
        let mut draw = || random.random_range(1..=MILLION.cast_signed());
        let pair = (draw(), draw());
        seen.insert(pair);
    }
    let rate = PAIRS as f64 / started.elapsed().as_secs_f64();
    println!("drawn until a set does not hold it: {rate:.0} pairs/s, {} KB and more", peak() - before);
    Ok(())
}

/// The rows of a junction table.
struct Pairs {
    rows: u64,
    users: Arc<Column<i64>>,
    groups: Arc<Column<i64>>,
}

impl Pairs {
    fn new(with: Option<With>) -> Result<Pairs, Box<dyn Error>> {
        let side = |name| TableDef {
            count: Some(MILLION),
            columns: vec![ColumnDef::new("id")],
            primary_key: vec!["id"],
            ..TableDef::new(name)
        };
        let of_user = RelationDef { with, ..RelationDef::new("user_id", "users", "id") };
        let members = TableDef {
            count: Some(PAIRS),
            columns: vec![ColumnDef::new("user_id"), ColumnDef::new("group_id")],
            primary_key: vec!["user_id", "group_id"],
            relations: vec![of_user, RelationDef::new("group_id", "groups", "id")],
            ..TableDef::new("members")
        };
        let mut overrides = Overrides::default();
        let plan = Plan::new(0, vec![side("users"), side("groups"), members], &overrides)?;
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        for parent in 0..2 {
            build.begin(parent);
            build.infer::<i64, _>("id");
        }
        build.begin(2);
        let (users, groups) = (build.refer("user_id"), build.refer("group_id"));
        build.finish()?;
        Ok(Pairs { rows: plan.tables[2].rows, users, groups })
    }

    fn pair(&self, row: u64) -> (i64, i64) {
        (self.users.value(row), self.groups.value(row))
    }
}
