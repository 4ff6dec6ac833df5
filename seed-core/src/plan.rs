//! `Plan`: the order of the tables, their row counts, and how each relation finds its parents.

mod models;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cell::Key;
use crate::combination::Combination;
use crate::def::{ColumnDef, DEFAULT_COUNT, RelationDef, TableDef};
use crate::error::{Error, Errors};
use crate::fan_out::{FanOut, MOST_DRAWN, MOST_ROWS, With};
use crate::made::MadeRows;
use crate::overrides::Overrides;
use crate::permutation::permute;
use crate::plan::models::Models;

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

/// A relation of a plan.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The foreign key.
    pub column: &'static str,
    /// The parent table.
    pub parent: &'static str,
    /// The referenced column.
    pub parent_column: &'static str,
    /// How a child row finds its parent row.
    pub parents: Parents,
}

/// How a child row finds its parent row.
#[derive(Debug, Clone)]
pub enum Parents {
    /// The relation drives the count: the children of a parent stand together.
    Driven(#[doc(hidden)] DrivenBy),
    /// Any parent, each as likely.
    Drawn {
        /// The key of the foreign key.
        key: Key,
        /// How many parents there are.
        parents: u64,
    },
    /// A parent of its own for each row (the foreign key is unique).
    Distinct {
        /// The key of the foreign key.
        key: Key,
        /// How many parents there are.
        parents: u64,
    },
    /// An earlier row of the same table; the first row has none, or itself where it must have one.
    Earlier {
        /// The key of the foreign key.
        key: Key,
    },
    /// The row before, of the same table (the foreign key is unique); the first row has none. Where
    /// all rows must have one, each has itself: earlier rows are too few to go round.
    Previous,
    /// Any parent, so that the column differs together with others.
    Combined {
        /// The foreign key.
        column: &'static str,
        /// The columns that differ together.
        combination: Arc<Combination>,
        /// The key of the foreign key.
        key: Key,
        /// How many parents there are.
        parents: u64,
    },
    /// Rows that are in the database already.
    Made(Arc<MadeRows>),
    /// Nobody: the foreign key is NULL.
    Nobody,
}

/// The prefix sums behind [`Parents::Driven`].
#[derive(Debug, Clone)]
pub struct DrivenBy(pub(crate) Arc<FanOut>);

impl Parents {
    /// The parent row of a child row.
    #[inline]
    pub fn parent(&self, row: u64) -> Option<u64> {
        match self {
            Parents::Driven(fan_out) => Some(fan_out.0.parent(row)),
            Parents::Drawn { key, parents } => Some(key.stream(row).below(*parents)),
            Parents::Distinct { key, parents } => Some(permute(*key, *parents, row)),
            Parents::Combined { column, combination, key, parents } => {
                Some(combination.index(column, row).unwrap_or_else(|| key.stream(row).below(*parents)))
            }
            Parents::Earlier { key } => (row > 0).then(|| key.stream(row).below(row)),
            Parents::Previous => row.checked_sub(1),
            // They are kept by the rows of their children.
            Parents::Made(_) => Some(row),
            Parents::Nobody => None,
        }
    }
}

impl Plan {
    /// Plans a run over `defs`. Its cells do not depend on the order of `defs`.
    ///
    /// # Errors
    ///
    /// All mistakes that can be seen without making the columns; see [`Error`].
    pub fn new(seed: u64, defs: Vec<TableDef>, overrides: &Overrides) -> Result<Plan, Errors> {
        let models = Models::new(defs)?;
        models.check(overrides)?;
        let order = models.order()?;
        let mut plan = Plan { tables: Vec::with_capacity(order.len()) };
        let mut errors = Vec::new();
        let mut failed = Vec::new();
        for index in order {
            // What is wrong with a child may only follow from a mistake already found.
            let table = match models.parents_of(index).any(|(_, parent)| failed.contains(&parent)) {
                true => Err(Vec::new()),
                false => plan.table(seed, &models, index, overrides),
            };
            match table {
                Ok(table) => plan.tables.push(table),
                Err(mistakes) => {
                    failed.push(index);
                    errors.extend(mistakes);
                }
            }
        }
        Errors::none_or(errors, plan)
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
        let relations = def
            .relations()
            .map(|(column, relation)| {
                Arc::new(Relation {
                    column: column.name,
                    parent: relation.parent,
                    parent_column: relation.parent_column,
                    parents: made.remove(column.name).map_or(Parents::Nobody, |rows| Parents::Made(Arc::new(rows))),
                })
            })
            .collect();
        let key = Key::seed(seed).child(def.key);
        let combinations = combinations(&def, key, None);
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

    fn table(&self, seed: u64, models: &Models, model: usize, overrides: &Overrides) -> Result<TablePlan, Vec<Error>> {
        let def = &models.defs[model];
        let key = Key::seed(seed).child(def.key);
        let given = overrides.table(def.name);
        let count = given.and_then(|table| table.count);
        let mut rows = count.or(def.count).unwrap_or(DEFAULT_COUNT);
        let mut why = Rows::Count;
        let mut fan_out = None;

        if let Some((column, parent, with)) = models.driver(def, overrides)? {
            if let Some(count) = count {
                return Err(vec![Error::CountOfDriven {
                    table: def.name.to_owned(),
                    count,
                    column: column.to_owned(),
                    with: with.to_string(),
                    parent: parent.to_owned(),
                }]);
            }
            let fan = self.fan_out(def, key, column, parent, &with).map_err(|error| vec![error])?;
            rows = fan.children();
            fan_out = Some((column, Arc::new(fan)));
            why = Rows::Driven { column, parent, with };
        }
        if rows > MOST_ROWS {
            return Err(vec![Error::TooManyRows { table: def.name.to_owned() }]);
        }

        let combinations = combinations(def, key, fan_out.as_ref());
        let mut relations = Vec::new();
        let mut errors = Vec::new();
        for (column, relation) in def.relations() {
            let combination = combinations.iter().find(|combination| combination.columns.contains(&column.name));
            let parents = match fan_out.take_if(|(driver, _)| *driver == column.name) {
                Some((_, fan)) => Ok(Parents::Driven(DrivenBy(fan))),
                // The values come from elsewhere, and so may the parents.
                None if given.is_some_and(|table| table.makes(column.name)) => Ok(Parents::Nobody),
                None => self.parents(def, key.child(column.key), column, relation, rows),
            };
            let parents = parents.map(|parents| match (parents, combination) {
                (Parents::Drawn { key, parents }, Some(combination)) => {
                    Parents::Combined { column: column.name, combination: Arc::clone(combination), key, parents }
                }
                (parents, _) => parents,
            });
            match parents {
                Ok(parents) => relations.push(Arc::new(Relation {
                    column: column.name,
                    parent: relation.parent,
                    parent_column: relation.parent_column,
                    parents,
                })),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(TablePlan { def: def.clone(), model, key, first: 0, used: 0, rows, why, relations, combinations })
    }

    /// The children of the rows of `parent`.
    fn fan_out(&self, def: &TableDef, key: Key, column: &str, parent: &str, with: &With) -> Result<FanOut, Error> {
        let parents = self.find(parent).map_or(0, |table| table.rows);
        if with.exactly().is_none() && parents > MOST_DRAWN {
            return Err(Error::Setup {
                table: def.name.to_owned(),
                column: column.to_owned(),
                message: format!(
                    "`with = {with}` is drawn for each row of `{parent}`, which has {parents}, more than 2^32; write one \
                     number"
                ),
            });
        }
        let column_key = def.column(column).map_or(column, |column| column.key);
        FanOut::new(key.child(column_key).child("with"), with, parents)
            .ok_or_else(|| Error::TooManyRows { table: def.name.to_owned() })
    }

    /// How a relation that does not drive finds its parents.
    fn parents(
        &self,
        def: &TableDef,
        key: Key,
        column: &ColumnDef,
        relation: &RelationDef,
        rows: u64,
    ) -> Result<Parents, Error> {
        let (table, column_name, parent) = (def.name.to_owned(), column.name.to_owned(), relation.parent.to_owned());
        let is_unique = def.is_unique(column);
        if relation.parent == def.name {
            return Ok(if is_unique { Parents::Previous } else { Parents::Earlier { key } });
        }
        match self.find(relation.parent).map(|table| table.rows) {
            None | Some(0) if column.nullable => Ok(Parents::Nobody),
            None => Err(Error::MissingParent { table, column: column_name, parent }),
            Some(0) if rows == 0 => Ok(Parents::Nobody),
            Some(0) => Err(Error::NoParents { table, column: column_name, parent }),
            Some(has) if is_unique && rows > has => {
                Err(Error::TooFewParents { table, column: column_name, parent, has, needs: rows })
            }
            Some(parents) if is_unique => Ok(Parents::Distinct { key, parents }),
            Some(parents) => Ok(Parents::Drawn { key, parents }),
        }
    }
}

/// The columns of a table that are to differ together. A column takes part in one combination: in one
/// that follows, the others differ for each of its values. The one that drives takes part in all.
fn combinations(def: &TableDef, key: Key, driver: Option<&(&'static str, Arc<FanOut>)>) -> Vec<Arc<Combination>> {
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
        combinations.push(Arc::new(Combination::new(key, columns, shared, through, driver)));
    }
    combinations
}

impl TablePlan {
    /// Whether the column's values differ together with those of others.
    pub(crate) fn combines(&self, column: &str) -> bool {
        self.combinations.iter().any(|combination| combination.columns.contains(&column))
    }
}
