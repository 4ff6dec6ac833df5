//! Which row the database has refused, and why: found when it has, so that loading pays nothing for it.
//!
//! A statement has many rows. MySQL undoes the statement alone, so halves of it are sent again. SQLite
//! counts the rows before the one that it refused, or does as MySQL. PostgreSQL undoes the whole transaction: afterwards halves are sent to a temporary table that has the
//! constraints of the table, and a row that only other rows contradict is found by the key that the error names.

use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::result::{DatabaseErrorInformation, Error as DieselError};

use crate::aside;
use crate::backend::{Dialect, SeedConnection};
use crate::blocks::resend;
use crate::bulk::{Bulk, Refused, Target};
use crate::error::{self, Error, Violation};
use crate::part::Chosen;
use crate::setup::Prepared;

/// Rows that a database refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedRows {
    /// The index of the first one, from 0.
    pub first: u64,
    /// The index of the last one; that of the first, where it is known which row it was.
    pub last: u64,
    /// Of one row, the primary key and the columns that the error speaks of, each with its value.
    pub values: Vec<(String, String)>,
    /// What the constraint says, where the error does not.
    pub constraint: Option<String>,
}

impl RefusedRows {
    pub(crate) fn new(first: u64, last: u64) -> RefusedRows {
        RefusedRows { first, last, values: Vec::new(), constraint: None }
    }
}

impl fmt::Display for RefusedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RefusedRows { first, last, values, .. } = self;
        if first != last {
            return write!(f, "rows {first} to {last}");
        }
        let values: Vec<String> = values.iter().map(|(column, value)| format!("`{column}` = {value}")).collect();
        match values.is_empty() {
            true => write!(f, "row {first}"),
            false => write!(f, "row {first} ({})", values.join(", ")),
        }
    }
}

/// How many rows of a table are looked through for one with a key that an error names: a second or two.
const SEARCHED: u64 = 1_000_000;

/// The one row that makes some rows be refused, where each half can be sent again: at most 14 times for 10,000 rows.
pub(crate) fn halve<C>(
    connection: &mut C,
    refused: Refused,
    mut send: impl FnMut(&mut C, Range<u64>) -> Result<(), Refused>,
) -> Refused {
    let (mut rows, mut refused) = (refused.first..refused.last + 1, refused);
    while rows.end - rows.start > 1 {
        let middle = rows.start + (rows.end - rows.start) / 2;
        match send(connection, rows.start..middle) {
            Ok(()) => rows.start = middle,
            Err(source) => {
                rows.end = middle;
                refused.source = source.source;
            }
        }
    }
    Refused { first: rows.start, last: rows.start, ..refused }
}

impl<DB: Dialect> Prepared<DB> {
    /// Adds to an error what can be found out about the row, when the transaction is undone.
    pub(crate) fn pinpoint<C: SeedConnection<Backend = DB>>(&self, connection: &mut C, error: Error) -> Error {
        match error {
            Error::Interrupted { rows, source } => {
                Error::Interrupted { rows, source: Box::new(self.pinpoint(connection, *source)) }
            }
            Error::Load { table, mut rows, source, advice } => {
                if let Some(chosen) = self.chosen_table(&table) {
                    let found = |connection: &mut C| {
                        probed(connection, &chosen, &rows, &source).or_else(|| with_key(&chosen, &rows, &source))
                    };
                    if rows.first < rows.last
                        && let Some(row) = found(connection)
                    {
                        (rows.first, rows.last) = (row, row);
                    }
                    describe(connection, &chosen, &mut rows, &source);
                }
                Error::Load { table, rows, source, advice }
            }
            Error::Violated { table, constraint, violation: Violation::Refused(source), .. } => {
                let row = self.chosen_table(&table).and_then(|chosen| {
                    let Range { start, end } = chosen.rows;
                    let all = RefusedRows::new(start, end.checked_sub(1)?.min(start + SEARCHED));
                    let row = with_key(&chosen, &all, &source)?;
                    let mut rows = Box::new(RefusedRows::new(row, row));
                    describe(connection, &chosen, &mut rows, &source);
                    Some(rows)
                });
                Error::Violated { table, constraint, row, violation: Violation::Refused(source) }
            }
            other => other,
        }
    }
}

fn describe<C: SeedConnection>(
    connection: &mut C,
    chosen: &Chosen<'_, C::Backend>,
    rows: &mut RefusedRows,
    source: &DieselError,
) {
    // All of this is help: where it fails, the error says what it said before.
    let mut about = Vec::new();
    if let DieselError::DatabaseError(_, information) = source {
        let information: &(dyn DatabaseErrorInformation + Send + Sync) = &**information;
        rows.constraint =
            C::constraint(information).and_then(|name| connection.definition(chosen.name, &name).ok().flatten());
        about.extend([
            information.message(),
            key(information).map_or("", |(columns, _)| columns),
            information.column_name().unwrap_or_default(),
            rows.constraint.as_deref().unwrap_or_default(),
        ]);
    }
    if rows.first < rows.last {
        return;
    }
    let Some(cells) = shown(chosen, rows.first) else { return };
    let def = &chosen.plan.def;
    let is_meant = |column: &str| {
        def.primary_key.contains(&column) || about.iter().any(|text| words(text).any(|word| word == column))
    };
    let named = def.column_names().into_iter().zip(cells).filter(|(column, _)| is_meant(column));
    rows.values = named.map(|(column, value)| (column.to_owned(), shortened(value))).collect();
}

/// The row that a table of the same constraints refuses as well.
fn probed<C: SeedConnection>(
    connection: &mut C,
    chosen: &Chosen<'_, C::Backend>,
    rows: &RefusedRows,
    source: &DieselError,
) -> Option<u64> {
    let columns = chosen.plan.def.column_names();
    let target = Target::aside(chosen.name, &chosen.plan.def, &columns, &|_| true);
    let mut found = None;
    // It ends with an error in any case, so that nothing stays.
    let _ = connection.transaction(|connection| {
        if let Some(create) = connection.like(chosen.name, aside::ASIDE, aside::ROW) {
            connection.batch_execute(&create)?;
            let way =
                guarded(|| C::Backend::way(connection, chosen.table, &target, None, rows.first)).ok_or_else(undone)?;
            let way = way.map_err(|refused| refused.source)?;
            let send = |connection: &mut C, rows: Range<u64>| {
                let first = rows.start;
                connection
                    .transaction(|connection| {
                        resend(connection, chosen.table, &target, &way, rows).map_err(|refused| refused.source)
                    })
                    .map_err(Refused::row(first))
            };
            if let Err(refused) = send(connection, rows.first..rows.last + 1) {
                let refused = Refused { last: rows.last, ..refused };
                let row = halve(connection, refused, send).first;
                // An error about the statement comes for any row.
                let is_about_it = error::is_about_a_row(source)
                    || send(connection, rows.last..rows.last + 1).is_ok()
                    || row > rows.first;
                found = is_about_it.then_some(row);
            }
        }
        Err::<(), DieselError>(undone())
    });
    found
}

fn undone() -> DieselError {
    DieselError::RollbackTransaction
}

/// The row whose values are those of `Key (city)=(Rome) already exists.` or `is duplicated.`: of several, the first reference, and the second row that
/// should be unique.
fn with_key<DB: Dialect>(chosen: &Chosen<'_, DB>, rows: &RefusedRows, source: &DieselError) -> Option<u64> {
    let DieselError::DatabaseError(_, information) = source else { return None };
    let (columns, values) = key(&**information)?;
    let columns: Vec<&str> = columns.split(", ").map(|column| column.trim_matches('"')).collect();
    let (values, end) = values.rsplit_once(')')?;
    let names = chosen.plan.def.column_names();
    let places: Option<Vec<usize>> =
        columns.iter().map(|column| names.iter().position(|name| name == column)).collect();
    let places = places?;
    let has_values = |row: &u64| {
        let Some(cells) = shown(chosen, *row) else { return false };
        let own: Vec<&str> = places.iter().map(|place| cells[*place].as_str()).collect();
        own.join(", ") == values
    };
    let mut same = (rows.first..=rows.last).filter(has_values);
    let first = same.next()?;
    Some(if end.contains("exists") || end.contains("duplicated") { same.next().unwrap_or(first) } else { first })
}

/// A row's values as text. They run expressions of the model, which have been run before.
fn shown<DB: Dialect>(chosen: &Chosen<'_, DB>, row: u64) -> Option<Vec<String>> {
    guarded(|| chosen.table.show(row))
}

fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// The columns and the values of `Key (city)=(Rome) already exists.`
fn key(information: &(dyn DatabaseErrorInformation + Send + Sync)) -> Option<(&str, &str)> {
    let (columns, values) = information.details()?.split_once(")=(")?;
    Some((columns.split_once('(')?.1, values))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
}

/// As much of a value as a message needs.
fn shortened(value: String) -> String {
    const MOST: usize = 60;
    match value.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}… ({} characters)", &value[..end], value.chars().count()),
        None => value,
    }
}
