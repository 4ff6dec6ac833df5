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

use models::Dynamic;
use schema::Schema;
use seed_core::Deferral;
use seed_diesel::{Error, seed};
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
