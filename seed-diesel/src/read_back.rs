//! At its end a run reads some of its rows as the application does: a value that the database holds and the model cannot
//! read is found at once, and not by the application.

use std::ops::Range;

use diesel::result::{DeserializeFieldError, Error as DieselError};
use seed_core::TableDef;

use crate::backend::{Dialect, SeedConnection, quoted};
use crate::error::Error;
use crate::part::Chosen;
use crate::probe::{Reader, Unread};
use crate::setup::Prepared;

/// Some rows of a table.
struct Sample {
    /// What comes after the table's name in a query of them.
    sql: String,
    /// Each of them, as an error names it.
    rows: Vec<String>,
}

impl<DB: Dialect> Prepared<DB> {
    /// Reads the first row of each table's slice, the one in its middle and the last one: where the keys do not count up,
    /// the first and the last by the primary key. A model that does not read rows (`Queryable`, `Selectable`) is left out.
    pub(crate) fn read_back<C>(&self, connection: &mut C) -> Result<(), Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        for chosen in self.chosen().filter(|chosen| !chosen.rows.is_empty()) {
            let Some(reader) = chosen.table.readers().find::<Reader<C>>() else { continue };
            for some in some_rows(&chosen) {
                read(connection, reader, &chosen.plan.def, &format!("{}{}", chosen.name.quoted, some.sql), &some.rows)?;
            }
        }
        Ok(())
    }
}

fn read<C: SeedConnection>(
    connection: &mut C,
    reader: Reader<C>,
    def: &TableDef,
    from: &str,
    rows: &[String],
) -> Result<(), Error> {
    // Not each model can be read by a query of its own table alone, so that a refusal of the database says nothing; but it
    // must not end the transaction.
    let mut unread = None;
    let _ = connection.transaction(|connection| {
        (reader.check)(connection, from).map_err(|Unread { rows_before, source }| {
            if let DieselError::DeserializationError(source) = source {
                unread = Some((rows_before, source));
            }
            DieselError::RollbackTransaction
        })
    });
    let Some((at, source)) = unread else { return Ok(()) };
    let row = rows.get(at).or_else(|| rows.last()).cloned().unwrap_or_default();
    let (field, reason) = match source.downcast_ref::<DeserializeFieldError>() {
        Some(of_field) => (of_field.field_name.clone(), of_field.error.to_string()),
        None => (None, source.to_string()),
    };
    Err(Error::Unreadable { table: def.name.to_owned(), row, field, reason })
}

fn some_rows<DB: Dialect>(chosen: &Chosen<'_, DB>) -> Vec<Sample> {
    let def = &chosen.plan.def;
    let serial = def.columns.iter().zip(chosen.table.serial()).find(|(_, serial)| *serial);
    if let (Some((key, _)), [primary]) = (serial, &*def.primary_key)
        && key.name == *primary
    {
        return vec![by_number::<DB>(key.name, &chosen.rows)];
    }
    // Columns that the model leaves out are the database's all the same.
    match def.primary_key.as_slice() {
        [] => vec![Sample { sql: " LIMIT 1".to_owned(), rows: vec!["some row".to_owned()] }],
        key => vec![by_order::<DB>(key, "first", ""), by_order::<DB>(key, "last", " DESC")],
    }
}

/// The first, the middle and the last of rows whose keys count up from 1.
fn by_number<DB: Dialect>(key: &str, rows: &Range<u64>) -> Sample {
    let mut numbers = vec![rows.start + 1, (rows.start + rows.end).div_ceil(2), rows.end];
    numbers.dedup();
    let list: Vec<String> = numbers.iter().map(u64::to_string).collect();
    let column = quoted::<DB>(key);
    Sample {
        sql: format!(" WHERE {column} IN ({}) ORDER BY {column}", list.join(", ")),
        rows: list.iter().map(|number| format!("the row with `{key}` {number}")).collect(),
    }
}

fn by_order<DB: Dialect>(key: &[&str], which: &str, descending: &str) -> Sample {
    let order: Vec<String> = key.iter().map(|column| format!("{}{descending}", quoted::<DB>(column))).collect();
    let names: Vec<String> = key.iter().map(|column| format!("`{column}`")).collect();
    Sample {
        sql: format!(" ORDER BY {} LIMIT 1", order.join(", ")),
        rows: vec![format!("the {which} row by {}", names.join(", "))],
    }
}
