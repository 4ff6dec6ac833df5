//! `Models`: the definitions of a run, judged and put in order.

use std::collections::BTreeMap;

use super::constraints;
use crate::catalogue::Database;
use crate::def::{RelationDef, TableDef};
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
    pub(super) fn check(&self, overrides: &Overrides, database: &Database) -> Result<(), Errors> {
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
            for column in table.zipf.keys().filter(|column| def.column(column).is_some() && !def.references(column)) {
                let message = "`zipf` draws parents, but the column has no reference to another table; add \
                               `#[seed(references = parent::id)]` to its field"
                    .to_owned();
                errors.push(Error::Setup { table: name.to_owned(), column: column.clone(), message });
            }
        }
        for def in &self.defs {
            for relation in &def.relations {
                if let Some(with) = &relation.with {
                    errors.extend(check_with(def, def.name_of(relation), with).err());
                }
                let Some(parent) = self.find(relation.parent).map(|parent| &self.defs[parent]) else { continue };
                for (column, parent_column) in relation.columns.iter().zip(&relation.parent_columns) {
                    if parent.column(parent_column).is_none() {
                        errors.push(Error::UnfilledParent {
                            table: def.name.to_owned(),
                            column: (*column).to_owned(),
                            parent: relation.parent.to_owned(),
                            parent_column: (*parent_column).to_owned(),
                        });
                    }
                }
            }
            errors.extend(check_column_keys(def));
        }
        errors.extend(check_circles(self));
        errors.extend(constraints::check(self, overrides, database));
        Errors::none_or(errors, ())
    }

    /// The one relation that counts the table's rows, with its `with`: one that the run gives stands in
    /// place of the model's.
    pub(super) fn driver(
        &self,
        def: &TableDef,
        overrides: &Overrides,
        database: &Database,
    ) -> Result<Option<(usize, With)>, Vec<Error>> {
        let given = overrides.table(def.name);
        // A composite foreign key is meant by each of its columns that is no other one.
        let by_run = |relation: &RelationDef| {
            let mut with = given.into_iter().flat_map(|table| &table.with);
            with.find(|(column, _)| def.relation(column) == Some(relation)).map(|(_, with)| with)
        };
        let run_drives = given.is_some_and(|table| !table.with.is_empty());
        let mut driver: Option<(usize, With)> = None;
        let mut errors = Vec::new();
        for (at, relation) in def.relations.iter().enumerate() {
            let Some(with) = by_run(relation).or(relation.with.as_ref().filter(|_| !run_drives)) else { continue };
            let (table, name) = (def.name.to_owned(), def.name_of(relation).to_owned());
            if self.find(relation.parent).is_none()
                && let Some(mistake) = self.uncounted(def, relation, with, database)
            {
                errors.push(mistake);
            } else if def.is_one_to_one(relation) && with.most() > 1 {
                let message = format!(
                    "the column is unique, so a row of `{}` has one child at most, not {with}; write `with = 1`, or `with = \
                     0..=1` where some have none",
                    relation.parent
                );
                errors.push(Error::Setup { table, column: name, message });
            } else if let Some((first, _)) = driver {
                let first = def.name_of(&def.relations[first]).to_owned();
                errors.push(Error::DrivenTwice { table, first, second: name });
            } else {
                driver = Some((at, with.clone()));
            }
        }
        if errors.is_empty() { Ok(driver) } else { Err(errors) }
    }

    /// Why the children of a table outside the run cannot be counted.
    fn uncounted(&self, def: &TableDef, relation: &RelationDef, with: &With, database: &Database) -> Option<Error> {
        let (table, column) = (def.name.to_owned(), def.name_of(relation).to_owned());
        let parent = relation.parent.to_owned();
        match database.outside.get(relation.parent) {
            None if def.requires(relation) => Some(Error::MissingParent { table, column, parent }),
            None => Some(Error::UncountedParent { table, column, parent, with: with.to_string() }),
            Some(rows) if rows.is_empty() && def.requires(relation) => {
                Some(Error::EmptyParent { table, column, parent })
            }
            Some(rows) if rows.of_table() > rows.len() => {
                let message = format!(
                    "`with = {with}` counts children of each row of `{parent}`, which is not part of this run and holds {}, \
                     of which {} are read; leave `with` out, or add the model of `{parent}` to the list of models",
                    rows.of_table(),
                    rows.len()
                );
                Some(Error::Setup { table, column, message })
            }
            Some(_) => None,
        }
    }

    /// The model of a table.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

fn check_with(def: &TableDef, column: &str, with: &With) -> Result<(), Error> {
    let (table, column_name) = (def.name.to_owned(), column.to_owned());
    match def.relation(column) {
        // An unknown column has an error of its own.
        None if def.column(column).is_none() => Ok(()),
        None => Err(Error::NotARelation { table, column: column_name }),
        Some(relation) if relation.parent == def.name => Err(Error::WithOnSelfReference { table, column: column_name }),
        Some(_) => with.check().map_err(|message| Error::Setup { table, column: column_name, message }),
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

/// A column that takes its value from itself, perhaps through other tables, never has one.
fn check_circles(models: &Models) -> Vec<Error> {
    let next = |(table, column): (usize, &'static str)| {
        let def = &models.defs[table];
        let relation = def.relation(column)?;
        let at = relation.columns.iter().position(|own| *own == column)?;
        Some((models.find(relation.parent)?, *relation.parent_columns.get(at)?))
    };
    let columns = models.defs.iter().enumerate().flat_map(|(table, def)| {
        def.columns.iter().filter(|column| def.references(column.name)).map(move |column| (table, column.name))
    });
    let all = models.defs.iter().map(|def| def.columns.len()).sum();
    let circles =
        columns.filter(|&start| std::iter::successors(next(start), |&at| next(at)).take(all).any(|at| at == start));
    circles
        .map(|(table, column)| {
            let def = &models.defs[table];
            let parent = def.relation(column).map_or(def.name, |relation| relation.parent);
            Error::Setup {
                table: def.name.to_owned(),
                column: column.to_owned(),
                message: format!(
                    "the column takes its value from itself; let it reference a column of `{parent}` that has values of its own"
                ),
            }
        })
        .collect()
}
