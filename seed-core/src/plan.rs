//! `Plan`: the order of the tables, their row counts, and how each relation finds its parents.

mod agreement;
mod constraints;
mod counts;
mod forest;
mod groups;
mod models;
mod order;
mod parents;
mod relation;
mod slices;
mod stages;
mod tables;
mod way;
mod within;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::catalogue::Database;
use crate::cell::Key;
use crate::combination::Combination;
use crate::def::{RelationDef, TableDef};
use crate::error::{Error, Errors};
use crate::fan_out::With;
use crate::made::MadeRows;
use crate::overrides::Overrides;
use crate::plan::agreement::too_few;
use crate::plan::counts::Counts;
use crate::plan::models::Models;
use crate::plan::order::Order;
pub use crate::plan::relation::{Parents, Relation, When};
pub use crate::plan::stages::Stage;
use crate::plan::tables::{Tables, combinations};

/// The tables of a run in an order that loads parents first, with their counts and relations.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The tables, parents before children.
    pub tables: Vec<TablePlan>,
}

/// One table of a plan.
#[derive(Debug, Clone)]
pub struct TablePlan {
    /// What the model says.
    pub def: TableDef,
    /// Which of the given definitions this is.
    pub model: usize,
    /// The table's key under the run's seed.
    pub key: Key,
    /// The index of the first row: 0, but for fixtures.
    pub first: u64,
    /// How many rows before the first one must not be repeated by a unique column: 0, but for
    /// fixtures.
    pub used: u64,
    /// How many rows there are.
    pub rows: u64,
    /// Why there are so many.
    pub why: Rows,
    /// How each relation finds its parents.
    pub relations: Vec<Arc<Relation>>,
    /// The columns that differ together.
    pub combinations: Vec<Arc<Combination>>,
}

/// What decides a table's row count.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// Its own count: given, or [`DEFAULT_COUNT`](crate::DEFAULT_COUNT).
    Count,
    /// So many for each row of a parent.
    Driven {
        /// The foreign key that drives.
        column: &'static str,
        /// The parent table.
        parent: &'static str,
        /// How many children each parent gets.
        with: With,
    },
}

impl Plan {
    /// Plans a run over `defs`, for a database of which nothing is known. Its cells do not depend on
    /// the order of `defs`.
    ///
    /// # Errors
    ///
    /// All mistakes that can be seen without making the columns; see [`Error`](crate::Error).
    pub fn new(seed: u64, defs: Vec<TableDef>, overrides: &Overrides) -> Result<Plan, Errors> {
        Plan::on(&Database::default(), seed, defs, overrides)
    }

    /// As [`new`](Plan::new), with what is known of the database. Only rows that it holds already
    /// change a cell: as parents, or as rows to go on behind.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn on(database: &Database, seed: u64, defs: Vec<TableDef>, overrides: &Overrides) -> Result<Plan, Errors> {
        let models = Models::new(defs)?;
        models.check(overrides, database)?;
        let loading = Order::of_loading(&models, database)?;
        let values = Order::of_values(&models);
        let mut errors = Vec::new();
        let counts = Counts::new(seed, &models, overrides, database, &mut errors);
        let mut tables = Tables::new(seed, &models, &loading, &values, &counts, overrides, database);
        for &model in &values.models {
            errors.extend(tables.add(model).err().into_iter().flatten());
        }
        let mut tables = tables.planned;
        tables.sort_by_key(|table| loading.place(table.model));
        Errors::none_or(errors, Plan { tables })
    }

    /// Plans `rows` rows of one table alone, from row `first` on, after `used` rows of the same kind.
    /// Parents are those that are `made` already, by foreign key, or nobody.
    pub fn fixture(
        seed: u64,
        def: TableDef,
        first: u64,
        used: u64,
        rows: u64,
        mut made: BTreeMap<&'static str, MadeRows>,
    ) -> Plan {
        let key = Key::seed(seed).child(def.key);
        let relation = |relation: &RelationDef| {
            let name = def.name_of(relation);
            let made = made.remove(name).map(Arc::new);
            Arc::new(Relation {
                columns: relation.columns.clone(),
                name,
                parent: relation.parent,
                parent_columns: relation.parent_columns.clone(),
                parents: if made.is_some() { Parents::Made } else { Parents::Nobody },
                agrees: None,
                when: When::WithItsRow,
                made,
                constraint: None,
                soft: false,
                differs_from: Vec::new(),
                within: None,
                is_own: relation.parent == def.name,
                is_forward: false,
                required: def.requires(relation),
                is_half_nullable: false,
                key: key.child(def.column(name).map_or(name, |column| column.key)),
                null: 0.0,
                first,
                parent_first: 0,
            })
        };
        let relations = def.relations.iter().map(relation).collect();
        let combinations = combinations(&def, key, &|_, _| 0, &|_| None);
        Plan {
            tables: vec![TablePlan {
                def,
                model: 0,
                key,
                first,
                used,
                rows,
                why: Rows::Count,
                relations,
                combinations,
            }],
        }
    }

    /// The table of a name.
    pub fn find(&self, name: &str) -> Option<&TablePlan> {
        self.tables.iter().find(|table| table.def.name == name)
    }

    /// The rows of all tables together.
    pub fn rows(&self) -> u64 {
        self.tables.iter().fold(0, |rows, table| rows.saturating_add(table.rows))
    }
}

impl TablePlan {
    /// The indices of its rows.
    pub fn indices(&self) -> Range<u64> {
        self.first..self.first + self.rows
    }

    /// The relation that gives a column its values: of several, which agree, one that always does.
    pub fn giving(&self, column: &str) -> Option<&Arc<Relation>> {
        let of = || self.relations.iter().filter(|relation| relation.columns.contains(&column));
        let gives = |relation: &&Arc<Relation>| relation.has_candidates();
        of().find(|relation| relation.null == 0.0 && gives(relation))
            .or_else(|| of().find(gives))
            .or_else(|| of().next())
    }

    /// Whether these are rows of a test: far behind those of any run.
    pub(crate) fn is_fixture(&self) -> bool {
        self.first > self.used
    }

    /// Settles the relations that agree with others, where that has waited for the columns of the tables
    /// on the way, and gives what is wrong with them.
    pub(crate) fn settle(&self) -> Vec<Error> {
        let open = self.relations.iter().filter_map(|relation| Some((relation, relation.within.as_ref()?)));
        let settled = open.filter(|(_, within)| !within.is_settled()).filter_map(|(relation, within)| {
            relation.settle();
            Some(too_few(&self.def, relation, within, within.too_few()?))
        });
        settled.collect()
    }

    /// Whether the column's values differ together with those of others.
    pub(crate) fn combines(&self, column: &str) -> bool {
        self.combinations.iter().any(|combination| combination.columns.contains(&column))
    }
}
