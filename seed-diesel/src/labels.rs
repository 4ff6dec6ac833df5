//! The values of an enum, as the model writes them, beside the labels that the database's enum has: before the first row,
//! and all mistakes together.

use std::panic::{AssertUnwindSafe, catch_unwind};

use seed_core::{Builder, Error as PlanError};

use crate::backend::{Dialect, SeedConnection, TableName};
use crate::bulk::{Bulk, Target};
use crate::column::{self, Labels};
use crate::error::Error;
use crate::models::Table;
use crate::setup::Setup;

/// A column whose type is an enum of the database.
struct EnumColumn {
    /// The model's number among all.
    model: usize,
    table: &'static str,
    name: &'static str,
    labels: Labels,
}

impl<DB: Dialect> Setup<DB> {
    /// Refuses values that the database's enums have no label for, as far as a generator lists all that it may make.
    /// What is wrong otherwise is told when the columns are made.
    pub(crate) fn check_labels<C>(&mut self, connection: &mut C) -> Result<(), Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let wanted = self.enum_columns();
        if wanted.is_empty() {
            return Ok(());
        }
        let Ok(plan) = self.plan() else { return Ok(()) };
        let names = self.models.names().map_err(Error::database("writing the tables' names"))?;
        let columns = wanted.iter().map(|column| (column.table, column.name));
        let mut build = Builder::new(&plan, self.anchor, &mut self.overrides).listing(columns);
        let tables = self.models.tables(&plan, &mut build);
        let listed = build.listed();
        if build.finish().is_err() {
            return Ok(());
        }
        let mut mistakes = Vec::new();
        for column in wanted {
            let of_model = |(table, _): &(&seed_core::TablePlan, _)| table.model == column.model && table.rows > 0;
            let Some((plan, table)) = plan.tables.iter().zip(&tables).find(of_model) else { continue };
            let count = listed.get(&(column.table, column.name)).copied().unwrap_or(0);
            let target = Target::column(&names[column.model], &plan.def, column.name);
            let mut unknown: Vec<String> = Vec::new();
            for label in written(connection, &**table, &target, count, column.labels.is_list) {
                if !column.labels.knows::<DB>(&label) && !unknown.contains(&label) {
                    unknown.push(label);
                }
            }
            mistakes.extend(column.mistake(&unknown, &names[column.model]));
        }
        if mistakes.is_empty() { Ok(()) } else { Err(Error::Plan(mistakes.into_iter().collect())) }
    }

    fn enum_columns(&self) -> Vec<EnumColumn> {
        let mut enums = Vec::new();
        for ((model, def), columns) in self.models.define().iter().enumerate().zip(&self.columns) {
            for field in &def.columns {
                if let Some(labels) = column::find::<DB>(columns, field.name).and_then(|column| column.labels.clone()) {
                    enums.push(EnumColumn { model, table: def.name, name: field.name, labels });
                }
            }
        }
        enums
    }
}

/// The texts that a column's listed values are written as. Where the model panics or cannot write them, the run tells.
fn written<C: SeedConnection>(
    connection: &mut C,
    table: &dyn Table<C::Backend>,
    target: &Target<'_>,
    count: u64,
    is_list: bool,
) -> Vec<String> {
    let mut texts = Vec::new();
    for row in 0..count {
        let bytes = catch_unwind(AssertUnwindSafe(|| C::Backend::bytes(connection, table, target, row)));
        let Ok(Ok(bytes)) = bytes else { return Vec::new() };
        for bytes in bytes.into_iter().flatten() {
            let labels = if is_list { items(&bytes) } else { vec![bytes] };
            texts.extend(labels.into_iter().filter_map(|label| String::from_utf8(label).ok()));
        }
    }
    texts
}

/// The items of a list in PostgreSQL's binary form: dimensions, a flag and a type, a length and a bound of each dimension, and then
/// each item behind its length.
fn items(list: &[u8]) -> Vec<Vec<u8>> {
    fn number(bytes: &mut &[u8]) -> Option<i32> {
        let (number, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(i32::from_be_bytes(*number))
    }
    let mut rest = list;
    let mut items = Vec::new();
    let Some(dimensions) = number(&mut rest) else { return items };
    for _ in 0..2_i32.saturating_add(dimensions.saturating_mul(2)) {
        number(&mut rest);
    }
    while let Some(length) = number(&mut rest) {
        // NULL has a length of -1.
        let Ok(length) = usize::try_from(length) else { continue };
        let Some((item, more)) = rest.split_at_checked(length) else { break };
        items.push(item.to_vec());
        rest = more;
    }
    items
}

impl Labels {
    fn knows<DB: Dialect>(&self, label: &str) -> bool {
        match DB::CASE_MATTERS {
            true => self.known.iter().any(|known| known == label),
            false => self.known.iter().any(|known| known.to_lowercase() == label.to_lowercase()),
        }
    }
}

impl EnumColumn {
    /// What to do about labels that there are not.
    fn mistake(&self, unknown: &[String], table: &TableName) -> Option<PlanError> {
        let first = unknown.first()?;
        let quoted = |labels: &[String]| labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
        let labels = if unknown.len() == 1 { "no label" } else { "none of the labels" };
        let (of, way_out) = match &self.labels.of {
            Some(of) => (
                format!("the database's enum `{of}`"),
                format!("add it with `ALTER TYPE {of} ADD VALUE '{}'`", first.replace('\'', "''")),
            ),
            None => (
                "the column's ENUM".to_owned(),
                format!("add it to the column's type with `ALTER TABLE {} MODIFY …`", table.quoted),
            ),
        };
        let message = format!(
            "{of} has {labels} {} (it has {}); {way_out}, or let the model never make it, with `#[seed(weight = 0)]` on the \
             variant or with `#[seed(values = …)]`",
            quoted(unknown),
            quoted(&self.labels.known)
        );
        Some(PlanError::Setup { table: self.table.to_owned(), column: self.name.to_owned(), message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_items_of_a_list_are_read() {
        let mut list = vec![0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 3, 0, 0, 0, 1];
        list.extend([0, 0, 0, 1, b'a', 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 2, b'b', b'c']);
        assert_eq!(items(&list), [b"a".to_vec(), b"bc".to_vec()]);
        assert!(items(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25]).is_empty() && items(&[1, 2]).is_empty());
    }
}
