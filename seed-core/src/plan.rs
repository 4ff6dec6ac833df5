//! `Plan`: the order of the tables, their row counts, and how each relation finds its parents.

mod constraints;
mod counts;
mod models;
mod order;
mod relation;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalogue::Database;
use crate::cell::Key;
use crate::combination::Combination;
use crate::def::{ColumnDef, RelationDef, TableDef};
use crate::error::{Error, Errors};
use crate::fan_out::{FanOut, With};
use crate::made::MadeRows;
use crate::overrides::Overrides;
use crate::plan::counts::{Count, Counts};
use crate::plan::models::Models;
use crate::plan::order::Order;
use crate::plan::relation::DrivenBy;
pub use crate::plan::relation::{Parents, Relation, When};

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
    /// Its own count: given, or [`DEFAULT_COUNT`].
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
    /// All mistakes that can be seen without making the columns; see [`Error`].
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
        let order = Order::of(&models, database)?;
        let mut errors = Vec::new();
        let counts = Counts::new(seed, &models, overrides, database, &mut errors);
        let mut tables = Vec::with_capacity(order.models.len());
        for &model in &order.models {
            match (Tables { seed, models: &models, order: &order, counts: &counts, overrides, database }).plan(model) {
                Ok(table) => tables.push(table),
                Err(mistakes) => errors.extend(mistakes),
            }
        }
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
                when: When::WithItsRow,
                made,
                constraint: None,
                is_own: relation.parent == def.name,
                is_forward: false,
                required: def.requires(relation),
                key: key.child(def.column(name).map_or(name, |column| column.key)),
                null: 0.0,
                first,
                parent_first: 0,
            })
        };
        let relations = def.relations.iter().map(relation).collect();
        let combinations = combinations(&def, key, 0, None);
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

/// What the tables of a plan are made from.
struct Tables<'a> {
    seed: u64,
    models: &'a Models,
    order: &'a Order,
    counts: &'a Counts,
    overrides: &'a Overrides,
    database: &'a Database,
}

impl Tables<'_> {
    fn plan(&self, model: usize) -> Result<TablePlan, Vec<Error>> {
        let def = &self.models.defs[model];
        let key = Key::seed(self.seed).child(def.key);
        let first = self.first(def.name);
        // What is wrong with a child may only follow from a mistake already found.
        let is_counted = |parent: usize| self.counts.of(parent).is_some();
        if !def.relations.iter().filter_map(|relation| self.models.find(relation.parent)).all(is_counted) {
            return Err(Vec::new());
        }
        let Some(Count { rows, why, driver }) = self.counts.of(model) else { return Err(Vec::new()) };
        let has_new_parents = def.relations.iter().any(|relation| self.models.find(relation.parent).is_some());
        let counted_from = if driver.is_some() || has_new_parents { first } else { 0 };
        let named = driver.as_ref().map(|(at, fan_out)| (def.name_of(&def.relations[*at]), Arc::clone(fan_out)));
        let combinations = combinations(def, key, counted_from, named.as_ref());
        let mut relations = Vec::new();
        let mut errors = Vec::new();
        for (at, relation) in def.relations.iter().enumerate() {
            let fan_out = driver.as_ref().filter(|(driver, _)| *driver == at).map(|(_, fan_out)| fan_out);
            match self.parents(def, relation, *rows, fan_out, &combinations) {
                Ok(parents) => relations.push(Arc::new(self.relation(model, key, relation, parents))),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let (def, rows, why) = (def.clone(), *rows, why.clone());
        Ok(TablePlan { def, model, key, first, used: first, rows, why, relations, combinations })
    }

    fn relation(&self, model: usize, key: Key, relation: &RelationDef, parents: Parents) -> Relation {
        let def = &self.models.defs[model];
        let name = def.name_of(relation);
        let parent = self.models.find(relation.parent);
        let is_own = parent == Some(model);
        let is_forward = parent.is_some_and(|parent| self.order.is_forward(model, parent));
        let column = def.column(name);
        // Where `with` gives a child to each parent, the child has one.
        let null = match parents {
            Parents::Driven(_) | Parents::Nobody => 0.0,
            _ => {
                let given = self.overrides.table(def.name).and_then(|table| table.nulls.get(name)).copied();
                let nullable =
                    relation.columns.iter().filter_map(|name| def.column(name)).find(|column| column.nullable);
                given.or(nullable.map(ColumnDef::null_probability)).unwrap_or(0.0)
            }
        };
        Relation {
            columns: relation.columns.clone(),
            name,
            parent: relation.parent,
            parent_columns: relation.parent_columns.clone(),
            parents,
            when: if is_forward && !is_own { order::when(def, relation, self.database) } else { When::WithItsRow },
            made: if parent.is_none() { self.database.outside.get(relation.parent).cloned() } else { None },
            constraint: self.database.constraint(def, relation).cloned(),
            is_own,
            is_forward,
            required: def.requires(relation),
            key: key.child(column.map_or(name, |column| column.key)),
            null,
            first: self.first(def.name),
            parent_first: if parent.is_some() { self.first(relation.parent) } else { 0 },
        }
    }

    /// How a relation finds its parents.
    fn parents(
        &self,
        def: &TableDef,
        relation: &RelationDef,
        rows: u64,
        fan_out: Option<&Arc<FanOut>>,
        combinations: &[Arc<Combination>],
    ) -> Result<Parents, Error> {
        let name = def.name_of(relation);
        if let Some(fan_out) = fan_out {
            return Ok(Parents::Driven(DrivenBy(Arc::clone(fan_out))));
        }
        // The values come from elsewhere, and so may the parents.
        if self.overrides.table(def.name).is_some_and(|table| table.makes(name)) {
            return Ok(Parents::Nobody);
        }
        let (table, column, parent) = (def.name.to_owned(), name.to_owned(), relation.parent.to_owned());
        let is_one_to_one = def.is_one_to_one(relation);
        if relation.parent == def.name {
            return Ok(if is_one_to_one { Parents::Previous } else { Parents::Earlier });
        }
        match self.counts.of_parent(self.models, relation.parent, self.database) {
            None | Some(0) if !def.requires(relation) => Ok(Parents::Nobody),
            None => Err(Error::MissingParent { table, column, parent }),
            Some(0) if rows == 0 => Ok(Parents::Nobody),
            Some(0) if self.models.find(relation.parent).is_none() => Err(Error::EmptyParent { table, column, parent }),
            Some(0) => Err(Error::NoParents { table, column, parent }),
            Some(has) if is_one_to_one && rows > has => {
                Err(Error::TooFewParents { table, column, parent, has, needs: rows })
            }
            Some(parents) if is_one_to_one => Ok(Parents::Distinct { parents }),
            Some(parents) => {
                let combination = combinations.iter().find(|combination| combination.columns.contains(&name)).cloned();
                Ok(match combination {
                    Some(combination) => Parents::Combined { combination, parents },
                    None => Parents::Drawn { parents },
                })
            }
        }
    }

    fn first(&self, table: &str) -> u64 {
        self.database.first.get(table).copied().unwrap_or(0)
    }
}

/// The columns of a table that are to differ together. A column takes part in one combination: in one
/// that follows, the others differ for each of its values. The one that drives takes part in all.
fn combinations(
    def: &TableDef,
    key: Key,
    first: u64,
    driver: Option<&(&'static str, Arc<FanOut>)>,
) -> Vec<Arc<Combination>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut combinations: Vec<Arc<Combination>> = Vec::new();
    for group in def.combinations() {
        let (shared, columns): (Vec<_>, Vec<_>) = group.iter().copied().partition(|column| taken.contains(column));
        let driver = driver.filter(|(column, _)| columns.contains(column)).cloned();
        let drives = |column: &&str| driver.as_ref().is_some_and(|(driver, _)| driver == column);
        taken.extend(columns.iter().filter(|column| !drives(column)));
        let has_shared = |other: &&Arc<Combination>| {
            other.driver().is_none() && shared.iter().all(|column| other.columns.contains(column))
        };
        let through = combinations.iter().find(has_shared).filter(|_| !shared.is_empty()).cloned();
        combinations.push(Arc::new(Combination::new(key, first, columns, shared, through, driver)));
    }
    combinations
}

impl TablePlan {
    /// The relation that gives a column its values: of several, which agree, one that always does.
    pub fn giving(&self, column: &str) -> Option<&Arc<Relation>> {
        let of = || self.relations.iter().filter(|relation| relation.columns.contains(&column));
        of().find(|relation| relation.null == 0.0 && !matches!(relation.parents, Parents::Nobody))
            .or_else(|| of().next())
    }

    /// Whether the column's values differ together with those of others.
    pub(crate) fn combines(&self, column: &str) -> bool {
        self.combinations.iter().any(|combination| combination.columns.contains(&column))
    }
}
