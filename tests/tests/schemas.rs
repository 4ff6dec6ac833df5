//! Schemas of all shapes on three real databases: each one loads, and all that its database promises is
//! asserted in SQL, or it is refused with a reason before anything is written.
//!
//! `SCHEMA=17 cargo test -p seed-tests --test schemas` runs one of them alone, and shows it.

#[path = "schemas/audit.rs"]
mod audit;
#[path = "schemas/ddl.rs"]
mod ddl;
#[path = "schemas/models.rs"]
mod models;
#[path = "../../seed-core/tests/schemas/random.rs"]
mod random;
#[path = "../../seed-core/tests/schemas/reasons.rs"]
mod reasons;
#[path = "../../seed-core/tests/schemas/schema.rs"]
mod schema;
#[path = "../../seed-core/tests/schemas/shapes.rs"]
mod shapes;

use std::collections::BTreeSet;
use std::ops::Range;

use models::Dynamic;
use schema::Schema;
use seed_core::Deferral;
use seed_diesel::{Error, Shard, seed};
use seed_tests::{Database, Engine, Mysql, Postgres, Sqlite};

#[test]
fn sqlite_loads_every_schema_or_refuses_it() {
    every_schema(Sqlite::empty, Deferral::Always, 100);
}

#[test]
fn postgres_loads_every_schema_or_refuses_it() {
    every_schema(Postgres::empty, Deferral::Declared, 80);
}

#[test]
fn mysql_loads_every_schema_or_refuses_it() {
    // Making tables is what takes long there.
    every_schema(Mysql::empty, Deferral::Never, 60);
}

/// So many schemas on a database that can put off these checks.
fn every_schema<C: Engine>(empty: fn() -> Database<C>, deferral: Deferral, schemas: u64)
where
    C::Backend: Dynamic,
{
    let one: Option<u64> = std::env::var("SCHEMA").ok().map(|seed| seed.parse().expect("the number of a schema"));
    let seeds = one.map_or(0..schemas, |seed| seed..seed + 1);
    let mut db = empty();
    if C::ENGINE == "postgres" {
        // It would compile the long queries of the audit, which takes a hundred times as long as they do.
        db.run("SET jit = off");
    }
    let (mut loaded, mut refused) = (BTreeSet::new(), 0);
    for seed in seeds {
        let schema = random::schema(seed);
        let tables = ddl::create(&schema, C::ENGINE);
        db.run(&tables);
        let is_loaded = match load_and_audit(&mut db, &schema, deferral) {
            Ok(is_loaded) => is_loaded,
            Err(mistake) => panic!("{mistake}\n\n{schema}\n{tables}\n\nSCHEMA={seed} runs it alone"),
        };
        if is_loaded {
            loaded.extend(shapes::shapes(&schema))
        } else {
            refused += 1
        }
        db.run(&ddl::drop(&schema, C::ENGINE));
    }
    if one.is_none() {
        assert!(refused * 100 < schemas * 40, "{refused} of {schemas} are refused");
        let missing: Vec<_> = shapes::SHAPES.iter().filter(|shape| !loaded.contains(*shape)).collect();
        assert!(missing.is_empty(), "no schema has {missing:?}");
    }
}

/// Whether a schema is loaded; an error where it should not be as it is then.
fn load_and_audit<C: Engine>(db: &mut Database<C>, schema: &Schema, deferral: Deferral) -> Result<bool, String>
where
    C::Backend: Dynamic,
{
    let models = models::models::<C::Backend>(schema);
    match seed(&mut db.conn, models).seed(schema.seed).run() {
        Ok(report) => {
            let rows: Vec<u64> = schema.tables.iter().map(|table| report.rows(table.def.name)).collect();
            audit::loaded(db, schema, &rows).map(|()| true)
        }
        Err(Error::Plan(errors)) => {
            errors.iter().try_for_each(|error| reasons::refusal(schema, deferral, error))?;
            audit::loaded_rows(db, schema, &vec![0; schema.tables.len()]).map(|()| false)
        }
        Err(error) => Err(format!("failed after the plan: {error}")),
    }
}

#[test]
fn sqlite_loads_every_schema_in_stages() {
    every_schema_in_stages(Sqlite::empty, 0..60);
}

#[test]
fn postgres_loads_schemas_in_stages() {
    every_schema_in_stages(Postgres::empty, 60..75);
}

#[test]
fn mysql_loads_schemas_in_stages() {
    every_schema_in_stages(Mysql::empty, 75..85);
}

/// Schemas that are loaded by shards, in the stages that their plans tell: the rows are those of one run.
fn every_schema_in_stages<C: Engine>(empty: fn() -> Database<C>, schemas: Range<u64>)
where
    C::Backend: Dynamic,
{
    let one: Option<u64> = std::env::var("SCHEMA").ok().map(|seed| seed.parse().expect("the number of a schema"));
    let mut db = empty();
    let mut stages = Vec::new();
    for seed in one.map_or(schemas, |seed| seed..seed + 1) {
        let schema = random::schema(seed);
        db.run(&ddl::create(&schema, C::ENGINE));
        match load_in_stages(&mut db, &schema, 2 + seed % 4) {
            Ok(told) => stages.push(told),
            Err(mistake) => panic!("{mistake}\n\n{schema}\n\nSCHEMA={seed} runs it alone"),
        }
        db.run(&ddl::drop(&schema, C::ENGINE));
    }
    let several = stages.iter().filter(|stages| **stages > 1).count();
    assert!(one.is_some() || several * 3 > stages.len(), "{stages:?}");
}

/// In how many stages a schema is loaded; 0 where it is refused.
fn load_in_stages<C: Engine>(db: &mut Database<C>, schema: &Schema, shards: u64) -> Result<usize, String>
where
    C::Backend: Dynamic,
{
    let models = || models::models::<C::Backend>(schema);
    match seed(&mut db.conn, models()).seed(schema.seed).run() {
        Ok(_) => {}
        Err(Error::Plan(_)) => return Ok(0),
        Err(error) => return Err(format!("failed after the plan: {error}")),
    }
    let plan = seed(&mut db.conn, models()).seed(schema.seed).plan().map_err(|error| error.to_string())?;
    let rows = db.export(&plan);
    let deleted = seed(&mut db.conn, models()).seed(schema.seed).only_reset().map_err(|error| error.to_string())?;
    if !db.export(&plan).is_empty() {
        return Err(format!("rows are left of {deleted:?}"));
    }
    let stages = plan.stages(shards);
    for stage in &stages {
        for number in 1..=stage.shards {
            let run = seed(&mut db.conn, models()).seed(schema.seed).tables(stage.tables.iter().copied());
            let run = match stage.shards {
                1 => run,
                count => run.shard(Shard::new(number, count).expect("a shard")),
            };
            run.run().map_err(|error| format!("{error}, in shard {number} of {stage}"))?;
        }
    }
    if db.export(&plan) == rows { Ok(stages.len()) } else { Err(format!("other rows in {shards} shards")) }
}
