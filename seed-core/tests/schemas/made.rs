//! `Made`: all cells of a schema, without a database.

use std::collections::BTreeMap;
use std::sync::Arc;

use seed_core::{Anchor, Builder, Column, Database, Deferral, Errors, Overrides, Plan, TableDef};

use super::schema::{Schema, columns};

/// What the databases can put off.
pub(crate) const DATABASES: [Deferral; 3] = [Deferral::Always, Deferral::Declared, Deferral::Never];

/// The plan of a schema, and all its cells.
pub(crate) struct Made {
    pub(crate) plan: Plan,
    tables: BTreeMap<&'static str, Vec<Arc<Column<i32>>>>,
}

impl Made {
    /// On a database that can put off these checks, with the definitions in this order.
    pub(crate) fn new(schema: &Schema, defs: Vec<TableDef>, deferral: Deferral) -> Result<Made, Errors> {
        let foreign_keys = Some(schema.foreign_keys());
        let database = Database { foreign_keys, deferral, ..Database::default() };
        let mut overrides = Overrides::default();
        let plan = Plan::on(&database, schema.seed, defs, &overrides)?;
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let mut tables = BTreeMap::new();
        for (at, table) in plan.tables.iter().enumerate() {
            build.begin(at);
            tables.insert(table.def.name, columns(&mut build, &table.def));
        }
        build.finish()?;
        Ok(Made { plan, tables })
    }

    pub(crate) fn row(&self, table: &str, row: u64) -> Vec<Option<i32>> {
        self.tables[table].iter().map(|column| column.nullable(row)).collect()
    }

    pub(crate) fn rows(&self, table: &str) -> Vec<Vec<Option<i32>>> {
        (0..self.count(table)).map(|row| self.row(table, row)).collect()
    }

    pub(crate) fn count(&self, table: &str) -> u64 {
        self.plan.find(table).expect("a table of the plan").rows
    }
}
