//! How many rows each table gets, and why.

use std::sync::Arc;

use super::Rows;
use super::models::Models;
use crate::catalogue::Database;
use crate::cell::Key;
use crate::def::{DEFAULT_COUNT, RelationDef, TableDef};
use crate::error::Error;
use crate::fan_out::{FanOut, MOST_DRAWN, MOST_ROWS, With};
use crate::overrides::Overrides;

/// The row counts of a run, by model; none where a mistake leaves it open.
pub(super) struct Counts(Vec<Option<Count>>);

/// How many rows a table gets, and why.
#[derive(Clone)]
pub(super) struct Count {
    pub(super) rows: u64,
    pub(super) why: Rows,
    /// The relation that drives it, by its place in the definition.
    pub(super) driver: Option<(usize, Arc<FanOut>)>,
}

impl Counts {
    /// Counts all tables that can be counted, and notes the mistakes of the others.
    pub(super) fn new(
        seed: u64,
        models: &Models,
        overrides: &Overrides,
        database: &Database,
        errors: &mut Vec<Error>,
    ) -> Counts {
        let mut failed = Vec::new();
        let mut drivers = Vec::with_capacity(models.defs.len());
        for (model, def) in models.defs.iter().enumerate() {
            drivers.push(models.driver(def, overrides, database).unwrap_or_else(|mistakes| {
                errors.extend(mistakes);
                failed.push(model);
                None
            }));
        }
        let parent_of = |model: usize| {
            let (at, _) = drivers[model].as_ref()?;
            models.find(models.defs[model].relations[*at].parent)
        };
        // Each table has one driver at most: from a table there is one way up.
        let mut counts: Vec<Option<Option<Count>>> = vec![None; models.defs.len()];
        failed.into_iter().for_each(|table| counts[table] = Some(None));
        for model in 0..models.defs.len() {
            let mut way = vec![model];
            while let Some(parent) = parent_of(way[way.len() - 1]).filter(|&parent| counts[parent].is_none()) {
                if let Some(start) = way.iter().position(|&table| table == parent) {
                    errors.push(driven_in_a_circle(models, &drivers, &way[start..]));
                    way.iter().for_each(|&table| counts[table] = Some(None));
                    break;
                }
                way.push(parent);
            }
            for &table in way.iter().rev() {
                if counts[table].is_none() {
                    let known = |parent: usize| Some(counts[parent].as_ref()?.as_ref()?.rows);
                    let count = count(seed, models, overrides, database, table, drivers[table].as_ref(), &known);
                    counts[table] = Some(count.map_err(|error| errors.extend(error)).ok());
                }
            }
        }
        Counts(counts.into_iter().map(Option::flatten).collect())
    }

    /// The count of a table.
    pub(super) fn of(&self, model: usize) -> Option<&Count> {
        self.0[model].as_ref()
    }

    /// How many rows a parent has: in this run, or of those that the database holds. `None` where it is
    /// neither.
    pub(super) fn of_parent(&self, models: &Models, parent: &str, database: &Database) -> Option<u64> {
        match models.find(parent) {
            Some(model) => self.of(model).map(|count| count.rows),
            None => database.outside.get(parent).map(|rows| rows.len()),
        }
    }
}

/// The count of a table; no error of its own where it only follows from one of a parent.
fn count(
    seed: u64,
    models: &Models,
    overrides: &Overrides,
    database: &Database,
    model: usize,
    driver: Option<&(usize, With)>,
    known: &dyn Fn(usize) -> Option<u64>,
) -> Result<Count, Option<Error>> {
    let def = &models.defs[model];
    let given = overrides.table(def.name).and_then(|table| table.count);
    let too_many = || Some(Error::TooManyRows { table: def.name.to_owned() });
    let Some((at, with)) = driver else {
        let rows = given.or(def.count).unwrap_or(DEFAULT_COUNT);
        let count = Count { rows, why: Rows::Count, driver: None };
        return if rows > MOST_ROWS { Err(too_many()) } else { Ok(count) };
    };
    let relation = &def.relations[*at];
    let column = def.name_of(relation);
    if let Some(count) = given {
        return Err(Some(Error::CountOfDriven {
            table: def.name.to_owned(),
            count,
            column: column.to_owned(),
            with: with.to_string(),
            parent: relation.parent.to_owned(),
        }));
    }
    let parents = match models.find(relation.parent) {
        Some(parent) => known(parent).ok_or(None)?,
        None => database.outside.get(relation.parent).map_or(0, |rows| rows.len()),
    };
    let fan_out = fan_out(def, Key::seed(seed).child(def.key), relation, with, parents)?.ok_or_else(too_many)?;
    let why = Rows::Driven { column, parent: relation.parent, with: with.clone() };
    Ok(Count { rows: fan_out.children(), why, driver: Some((*at, Arc::new(fan_out))) })
}

/// The children of so many parents; `None` where they are too many.
fn fan_out(
    def: &TableDef,
    key: Key,
    relation: &RelationDef,
    with: &With,
    parents: u64,
) -> Result<Option<FanOut>, Option<Error>> {
    let column = def.name_of(relation);
    if with.exactly().is_none() && parents > MOST_DRAWN {
        return Err(Some(Error::Setup {
            table: def.name.to_owned(),
            column: column.to_owned(),
            message: format!(
                "`with = {with}` is drawn for each row of `{}`, which has {parents}, more than 2^32; write one number",
                relation.parent
            ),
        }));
    }
    let column_key = def.column(column).map_or(column, |column| column.key);
    Ok(FanOut::new(key.child(column_key).child("with"), with, parents))
}

/// Tables of which each has so many rows for each row of the next, and the last one of the first.
fn driven_in_a_circle(models: &Models, drivers: &[Option<(usize, With)>], tables: &[usize]) -> Error {
    let edge = |&table: &usize| {
        let def = &models.defs[table];
        let relation = drivers[table].as_ref().map(|(at, _)| &def.relations[*at]);
        relation.map(|relation| format!("{}.{} -> {}", def.name, def.name_of(relation), relation.parent))
    };
    Error::DrivenInACircle { edges: tables.iter().filter_map(edge).collect() }
}
