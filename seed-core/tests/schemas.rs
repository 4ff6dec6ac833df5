//! Schemas of all shapes: each one makes rows that a database would take, or is refused with a reason.
//!
//! `SCHEMA=17 cargo test -p seed-core --test schemas` runs one of them alone.

#[path = "schemas/check.rs"]
mod check;
#[path = "schemas/made.rs"]
mod made;
#[path = "schemas/random.rs"]
mod random;
#[path = "schemas/reasons.rs"]
mod reasons;
#[path = "schemas/schema.rs"]
mod schema;
#[path = "schemas/shapes.rs"]
mod shapes;
#[path = "schemas/shards.rs"]
mod shards;
#[path = "schemas/shrink.rs"]
mod shrink;

use std::collections::{BTreeMap, BTreeSet};

use made::{DATABASES, Made};
use schema::{Constraint, Schema, Table};
use seed_core::{ColumnDef, Deferral, Key, RelationDef, Stage, TableDef};
use shapes::{SHAPES, shapes};

/// Schemas, each on all databases.
const SCHEMAS: u64 = 150;

/// The numbers of the schemas: one, where it is given.
fn seeds() -> Vec<u64> {
    match std::env::var("SCHEMA") {
        Ok(seed) => vec![seed.parse().expect("SCHEMA is the number of a schema")],
        Err(_) => (0..SCHEMAS).collect(),
    }
}

/// What does not hold of the rows of a schema; nothing where it is refused with a reason.
fn mistake(schema: &Schema, deferral: Deferral) -> Option<String> {
    match Made::new(schema, schema.defs(), deferral) {
        Ok(made) => check::rows(schema, &made, deferral).err(),
        Err(errors) => errors.iter().find_map(|error| reasons::refusal(schema, deferral, error).err()),
    }
}

#[test]
fn every_schema_makes_rows_that_a_database_takes_or_is_refused_with_a_reason() {
    for seed in seeds() {
        let schema = random::schema(seed);
        for deferral in DATABASES {
            if let Some(mistake_of_all) = mistake(&schema, deferral) {
                println!("{mistake_of_all}\n{schema}");
                let kind = |mistake: &str| mistake.split(['`', '.']).next().map(str::to_owned);
                let shows = |schema: &Schema| {
                    mistake(schema, deferral).is_some_and(|other| kind(&other) == kind(&mistake_of_all))
                };
                let smallest = shrink::shrink(&schema, &shows);
                let mistake = mistake(&smallest, deferral).unwrap_or(mistake_of_all);
                panic!("{deferral:?}: {mistake}\n{smallest}\nSCHEMA={seed} runs it alone");
            }
        }
    }
}

#[test]
fn most_schemas_are_made_and_have_all_shapes() {
    let mut made: BTreeMap<&str, u64> = SHAPES.into_iter().map(|shape| (shape, 0)).collect();
    let mut refused = 0;
    for seed in 0..SCHEMAS {
        let schema = random::schema(seed);
        match Made::new(&schema, schema.defs(), DATABASES[seed as usize % 3]) {
            Ok(_) => shapes(&schema).into_iter().for_each(|shape| *made.entry(shape).or_default() += 1),
            Err(_) => refused += 1,
        }
    }
    assert!(refused * 100 < SCHEMAS * 40, "{refused} of {SCHEMAS} are refused");
    assert_eq!(made.len(), SHAPES.len());
    let rare: Vec<_> = made.iter().filter(|(_, schemas)| **schemas < 5).collect();
    assert!(rare.is_empty(), "so few schemas have {rare:?}");
}

#[test]
fn every_row_is_the_same_alone_and_in_any_order_of_tables_and_rows() {
    for seed in seeds() {
        let schema = random::schema(seed);
        let Ok(made) = Made::new(&schema, schema.defs(), Deferral::Never) else { continue };
        let mut stream = Key::seed(seed).child("order").stream(0);
        let mut defs = schema.defs();
        for last in (1..defs.len()).rev() {
            defs.swap(last, stream.below(last as u64 + 1) as usize);
        }
        let again = Made::new(&schema, defs, Deferral::Never).expect("the same plan");
        for table in &schema.tables {
            let name = table.def.name;
            let rows = made.count(name);
            assert_eq!(again.count(name), rows);
            for _ in 0..rows.min(20) {
                let row = stream.below(rows);
                assert_eq!(made.row(name, row), again.row(name, row), "row {row} of {name}\n{schema}");
            }
        }
    }
}

#[test]
fn every_database_gets_the_same_rows() {
    for seed in seeds() {
        let schema = random::schema(seed);
        let made = DATABASES.map(|deferral| Made::new(&schema, schema.defs(), deferral).ok());
        let mut made = made.iter().flatten();
        let Some(first) = made.next() else { continue };
        for other in made {
            for table in &schema.tables {
                assert_eq!(first.rows(table.def.name), other.rows(table.def.name), "{}\n{schema}", table.def.name);
            }
        }
    }
}

#[test]
fn a_table_more_changes_no_other_cell() {
    for seed in seeds() {
        let mut schema = random::schema(seed);
        let Ok(before) = Made::new(&schema, schema.defs(), Deferral::Always) else { continue };
        let parent = schema.tables[seed as usize % schema.tables.len()].def.clone();
        let columns: Vec<&'static str> = vec!["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        let columns = columns[..parent.primary_key.len()].to_vec();
        let relation = RelationDef {
            columns: columns.clone(),
            parent: parent.name,
            parent_columns: parent.primary_key.clone(),
            ..RelationDef::default()
        };
        let fields =
            columns.into_iter().chain(["id"]).map(|name| ColumnDef { nullable: name != "id", ..ColumnDef::new(name) });
        let more = TableDef {
            count: Some(20),
            columns: fields.collect(),
            primary_key: vec!["id"],
            relations: vec![relation],
            ..TableDef::new("more")
        };
        schema.tables.insert(0, Table { def: more, constraints: vec![Constraint::Immediate] });
        let after = Made::new(&schema, schema.defs(), Deferral::Always).expect("a plan with one table more");
        let names: BTreeSet<&str> = before.plan.tables.iter().map(|table| table.def.name).collect();
        for name in names {
            assert_eq!(before.rows(name), after.rows(name), "{name} of\n{schema}");
        }
    }
}

#[test]
fn shards_have_each_row_once_and_families_together() {
    for seed in seeds() {
        let schema = random::schema(seed);
        let Ok(made) = Made::new(&schema, schema.defs(), DATABASES[seed as usize % 3]) else { continue };
        for count in [1, 2, 3, 7, 100] {
            let partition = shards::partition(&made.plan, count);
            assert!(partition.is_ok(), "{count} shards: {partition:?}\n{schema}");
            for shard in shards::shards(count) {
                let together = shards::families_stay_together(&made.plan, shard);
                assert!(together.is_ok(), "{together:?}\n{schema}");
            }
        }
    }
}

#[test]
fn shards_that_load_in_stages_never_load_a_row_before_its_parent() {
    let (mut at_once, mut several) = (0, 0);
    for seed in seeds() {
        let schema = random::schema(seed);
        let Ok(made) = Made::new(&schema, schema.defs(), DATABASES[seed as usize % 3]) else { continue };
        for count in [1, 2, 3, 7, 100] {
            let stages = shards::stages(&made.plan, count);
            assert!(stages.is_ok(), "{count} shards: {stages:?}\n{:#?}\n{schema}", made.plan.stages(count));
            let taken = shards::at_once(&made.plan, count);
            assert!(taken.is_ok(), "{count} shards: {taken:?}\n{schema}");
            let are_all_cut = |stages: &[Stage]| matches!(stages, [stage] if stage.shards == count);
            let is_told_another_way = taken == Ok(true) || !are_all_cut(&made.plan.stages(count));
            assert!(is_told_another_way, "{count} shards are refused, and told to do the same\n{schema}");
            at_once += u64::from(count > 1 && taken == Ok(true));
            several += u64::from(made.plan.stages(count).len() > 1);
        }
    }
    assert!(std::env::var("SCHEMA").is_ok() || at_once >= 5 && several > 100, "{at_once} at once, {several} in stages");
}
