//! `Plan`: the order of the tables, their row counts, and how each relation finds its parents.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::builder::Overrides;
use crate::cell::Key;
use crate::def::{ColumnDef, DEFAULT_COUNT, RelationDef, TableDef};
use crate::error::{Error, Errors};
use crate::fan_out::{FanOut, MOST_DRAWN, MOST_ROWS, With};
use crate::made::MadeRows;
use crate::nearest::nearest;
use crate::permutation::permute;

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
    /// Rows that are in the database already.
    Made(Arc<MadeRows>),
    /// Nobody: the foreign key is NULL.
    Nobody,
}

/// The prefix sums behind [`Parents::Driven`].
#[derive(Debug, Clone)]
pub struct DrivenBy(FanOut);

impl Parents {
    /// The parent row of a child row.
    #[inline]
    pub fn parent(&self, row: u64) -> Option<u64> {
        match self {
            Parents::Driven(fan_out) => Some(fan_out.0.parent(row)),
            Parents::Drawn { key, parents } => Some(key.stream(row).below(*parents)),
            Parents::Distinct { key, parents } => Some(permute(*key, *parents, row)),
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
        Plan { tables: vec![TablePlan { def, model: 0, key, first, used, rows, why: Rows::Count, relations }] }
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
            fan_out = Some((column, fan));
            why = Rows::Driven { column, parent, with };
        }
        if rows > MOST_ROWS {
            return Err(vec![Error::TooManyRows { table: def.name.to_owned() }]);
        }

        let mut relations = Vec::new();
        let mut errors = Vec::new();
        for (column, relation) in def.relations() {
            let parents = match fan_out.take_if(|(driver, _)| *driver == column.name) {
                Some((_, fan)) => Ok(Parents::Driven(DrivenBy(fan))),
                // The values come from elsewhere, and so may the parents.
                None if given.is_some_and(|table| table.makes(column.name)) => Ok(Parents::Nobody),
                None => self.parents(def, key.child(column.key), column, relation, rows),
            };
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
        Ok(TablePlan { def: def.clone(), model, key, first: 0, used: 0, rows, why, relations })
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

/// The definitions of a run, by name.
struct Models {
    defs: Vec<TableDef>,
    by_name: BTreeMap<&'static str, usize>,
}

impl Models {
    fn new(defs: Vec<TableDef>) -> Result<Models, Errors> {
        let mut by_name = BTreeMap::new();
        let mut by_key: BTreeMap<&str, &str> = BTreeMap::new();
        let mut errors = Vec::new();
        for (index, def) in defs.iter().enumerate() {
            if by_name.insert(def.name, index).is_some() {
                errors.push(Error::TwoModels { table: def.name.to_owned() });
            } else if let Some(first) = by_key.insert(def.key, def.name) {
                errors.push(Error::SharedKey {
                    first: first.to_owned(),
                    second: def.name.to_owned(),
                    key: def.key.to_owned(),
                });
            }
        }
        Errors::none_or(errors, Models { defs, by_name })
    }

    /// Everything that can be judged of each model and option by itself.
    fn check(&self, overrides: &Overrides) -> Result<(), Errors> {
        let mut errors = Vec::new();
        for (name, table) in overrides.tables() {
            let Some(&index) = self.by_name.get(name) else {
                let suggestion = nearest(name, self.by_name.keys().copied()).map(str::to_owned);
                errors.push(Error::UnknownTable { name: name.to_owned(), suggestion });
                continue;
            };
            let def = &self.defs[index];
            for column in table.columns() {
                if def.column(column).is_none() {
                    let suggestion = nearest(column, def.columns.iter().map(|column| column.name)).map(str::to_owned);
                    let table = name.to_owned();
                    errors.push(Error::UnknownColumn { table, column: column.to_owned(), suggestion });
                }
            }
            for (column, with) in &table.with {
                errors.extend(check_with(def, column, with).err());
            }
        }
        for def in &self.defs {
            for (column, relation) in def.relations() {
                if let Some(with) = &relation.with {
                    errors.extend(check_with(def, column.name, with).err());
                }
                let unfilled = |&parent: &usize| self.defs[parent].column(relation.parent_column).is_none();
                if self.by_name.get(relation.parent).is_some_and(unfilled) {
                    errors.push(Error::UnfilledParent {
                        table: def.name.to_owned(),
                        column: column.name.to_owned(),
                        parent: relation.parent.to_owned(),
                        parent_column: relation.parent_column.to_owned(),
                    });
                }
            }
            errors.extend(check_primary_key(def).err());
            errors.extend(check_column_keys(def));
            errors.extend(check_self_references(def));
        }
        Errors::none_or(errors, ())
    }

    /// The one relation that counts the table's rows, with its `with`.
    fn driver(
        &self,
        def: &TableDef,
        overrides: &Overrides,
    ) -> Result<Option<(&'static str, &'static str, With)>, Vec<Error>> {
        let given = overrides.table(def.name);
        let mut driver: Option<(&'static str, &'static str, With)> = None;
        let mut errors = Vec::new();
        for (column, relation) in def.relations() {
            let with = given.and_then(|table| table.with.get(column.name)).or(relation.with.as_ref());
            let Some(with) = with else { continue };
            let (table, name) = (def.name.to_owned(), column.name.to_owned());
            if !self.by_name.contains_key(relation.parent) {
                errors.push(if column.nullable {
                    let parent = relation.parent;
                    let message = format!(
                        "`with = {with}` counts children of `{parent}`, which is not part of this run; add the model of \
                         `{parent}` to the list of models"
                    );
                    Error::Setup { table, column: name, message }
                } else {
                    Error::MissingParent { table, column: name, parent: relation.parent.to_owned() }
                });
            } else if def.is_unique(column) && with.most() > 1 {
                let message = format!(
                    "the column is unique, so a row of `{}` has one child at most, not {with}; write `with = 1`, or `with = \
                     0..=1` where some have none",
                    relation.parent
                );
                errors.push(Error::Setup { table, column: name, message });
            } else if let Some((first, ..)) = driver {
                errors.push(Error::DrivenTwice { table, first: first.to_owned(), second: name });
            } else {
                driver = Some((column.name, relation.parent, with.clone()));
            }
        }
        if errors.is_empty() { Ok(driver) } else { Err(errors) }
    }

    /// Parents before children, and otherwise as given.
    fn order(&self) -> Result<Vec<usize>, Errors> {
        let mut order = Vec::with_capacity(self.defs.len());
        let mut left: Vec<usize> = (0..self.defs.len()).collect();
        while !left.is_empty() {
            let waits = |&index: &usize| self.parents_of(index).any(|(_, parent)| left.contains(&parent));
            let (waiting, ready): (Vec<usize>, Vec<usize>) = left.iter().partition(|index| waits(index));
            if ready.is_empty() {
                return Err(Error::Cycle { edges: self.cycle(&waiting) }.into());
            }
            order.extend(ready);
            left = waiting;
        }
        Ok(order)
    }

    /// The tables that must be loaded before a table, by the column that references them.
    fn parents_of(&self, index: usize) -> impl Iterator<Item = (&'static str, usize)> {
        self.defs[index]
            .relations()
            .filter_map(|(column, relation)| Some((column.name, *self.by_name.get(relation.parent)?)))
            .filter(move |&(_, parent)| parent != index)
    }

    /// The edges of one cycle among tables of which each waits for another one.
    fn cycle(&self, waiting: &[usize]) -> Vec<String> {
        let mut path: Vec<(usize, &'static str)> = Vec::new();
        let mut table = waiting[0];
        loop {
            if let Some(start) = path.iter().position(|&(seen, _)| seen == table) {
                path.drain(..start);
                break;
            }
            let (column, parent) = self
                .parents_of(table)
                .find(|(_, parent)| waiting.contains(parent))
                .expect("a waiting table has a waiting parent");
            path.push((table, column));
            table = parent;
        }
        (0..path.len())
            .map(|at| {
                let (child, column) = path[at];
                let (parent, _) = path[(at + 1) % path.len()];
                format!("{}.{column} -> {}", self.defs[child].name, self.defs[parent].name)
            })
            .collect()
    }
}

fn check_with(def: &TableDef, column: &str, with: &With) -> Result<(), Error> {
    let (table, column_name) = (def.name.to_owned(), column.to_owned());
    match def.column(column).map(|column| &column.relation) {
        // An unknown column has an error of its own.
        None => Ok(()),
        Some(None) => Err(Error::NotARelation { table, column: column_name }),
        Some(Some(relation)) if relation.parent == def.name => {
            Err(Error::WithOnSelfReference { table, column: column_name })
        }
        Some(Some(_)) => with.check().map_err(|message| Error::Setup { table, column: column_name, message }),
    }
}

fn check_primary_key(def: &TableDef) -> Result<(), Error> {
    let filled: Vec<_> = def.primary_key.iter().filter_map(|name| def.column(name)).collect();
    // A part that the database fills, or that is unique alone, or that the model computes, makes
    // the whole distinct, or is the model's own affair.
    let settled = def.primary_key.len() < 2
        || filled.len() < def.primary_key.len()
        || filled.iter().any(|column| column.unique || column.custom);
    if settled {
        return Ok(());
    }
    Err(Error::CompositeKey {
        table: def.name.to_owned(),
        columns: def.primary_key.iter().map(|name| format!("`{name}`")).collect(),
    })
}

/// Two columns that are hashed alike would draw the same numbers.
fn check_column_keys(def: &TableDef) -> Vec<Error> {
    let mut errors = Vec::new();
    for (at, column) in def.columns.iter().enumerate() {
        if let Some(first) = def.columns[..at].iter().find(|first| first.key == column.key) {
            errors.push(Error::Setup {
                table: def.name.to_owned(),
                column: column.name.to_owned(),
                message: format!(
                    "the column shares the key `{}` with `{}`, so both would draw the same values; give one another \
                     `#[seed(key = \"…\")]`",
                    column.key, first.name
                ),
            });
        }
    }
    errors
}

/// A column that takes its value from itself, perhaps through others, never has one.
fn check_self_references(def: &TableDef) -> Vec<Error> {
    let next = |column: &ColumnDef| {
        let relation = column.relation.as_ref().filter(|relation| relation.parent == def.name)?;
        def.column(relation.parent_column)
    };
    let circles = def.columns.iter().filter(|start| {
        let mut at = next(start);
        for _ in &def.columns {
            match at {
                Some(column) if column.name == start.name => return true,
                Some(column) => at = next(column),
                None => return false,
            }
        }
        false
    });
    circles
        .map(|column| Error::Setup {
            table: def.name.to_owned(),
            column: column.name.to_owned(),
            message: format!(
                "the column takes its value from itself; let it reference a column of `{}` that has values of its own",
                def.name
            ),
        })
        .collect()
}
