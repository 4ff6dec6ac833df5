//! `Models`: the definitions of a run, judged and put in order.

use std::collections::BTreeMap;

use crate::def::{ColumnDef, TableDef};
use crate::error::{Error, Errors};
use crate::fan_out::With;
use crate::nearest::nearest;
use crate::overrides::Overrides;

/// The definitions of a run, by name.
pub(super) struct Models {
    pub(super) defs: Vec<TableDef>,
    by_name: BTreeMap<&'static str, usize>,
}

impl Models {
    pub(super) fn new(defs: Vec<TableDef>) -> Result<Models, Errors> {
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
    pub(super) fn check(&self, overrides: &Overrides) -> Result<(), Errors> {
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
            errors.extend(check_column_keys(def));
            errors.extend(check_self_references(def));
        }
        Errors::none_or(errors, ())
    }

    /// The one relation that counts the table's rows, with its `with`.
    pub(super) fn driver(
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
    pub(super) fn order(&self) -> Result<Vec<usize>, Errors> {
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
    pub(super) fn parents_of(&self, index: usize) -> impl Iterator<Item = (&'static str, usize)> {
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
