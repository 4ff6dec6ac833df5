//! `DatabaseColumn`: what the database's catalogue says of a column, whatever the model says of it.

use seed_core::{Bounds, ColumnDef, TableDef};

use crate::backend::Dialect;
use crate::catalogue;

/// A column of a table, as the database's catalogue tells of it. What is not known is `None`.
#[doc(hidden)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatabaseColumn {
    /// The column.
    pub name: String,
    /// Its type, as the database writes it: `numeric(10,2)`, `tinyint unsigned`.
    pub type_name: String,
    /// How many digits a number has, and how many of them after the point.
    pub digits: Option<(u32, u32)>,
    /// How many characters a text has at most, or bytes where it holds bytes.
    pub length: Option<usize>,
    /// The lowest and the highest whole number.
    pub numbers: Option<(i128, i128)>,
    /// The first and the last second of a date or a timestamp, since 1970-01-01 00:00:00 in the session's time zone.
    pub seconds: Option<(i64, i64)>,
    /// Whether a part of a second is rounded to a whole one.
    pub rounds_to_seconds: bool,
    /// The labels of an enum, in their order.
    pub labels: Option<Labels>,
}

/// The labels of a column whose type is an enum of the database.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The enum's name, where it is a type of its own, which other columns may have.
    pub of: Option<String>,
    /// All that it knows.
    pub known: Vec<String>,
    /// Whether the column holds lists of them.
    pub is_list: bool,
}

impl DatabaseColumn {
    /// The first and the last second that dates of four digits have: 0000-01-01 to 9999-12-31.
    pub const FOUR_DIGIT_YEARS: (i64, i64) = (-62_167_219_200, 253_402_300_799);

    /// Keeps a column's values within what the database holds, and within what the model says.
    pub(crate) fn limit(&self, column: &mut ColumnDef) {
        if column.precision.is_none() && column.scale.is_none() {
            (column.precision, column.scale) = self.digits.unzip();
        }
        column.max_len = [column.max_len, self.length].into_iter().flatten().min();
        if self.numbers.is_some() || self.seconds.is_some() {
            column.bounds = Some(Bounds {
                column_type: self.type_name.clone(),
                numbers: self.numbers,
                seconds: self.seconds,
                rounds_to_seconds: self.rounds_to_seconds,
            });
        }
    }
}

/// Keeps the values of a table's columns within what the database holds.
pub(crate) fn limit<DB: Dialect>(def: &mut TableDef, columns: &[DatabaseColumn]) {
    for column in &mut def.columns {
        if let Some(of_database) = find::<DB>(columns, column.name) {
            of_database.limit(column);
        }
    }
}

/// The column of a name.
pub(crate) fn find<'a, DB: Dialect>(columns: &'a [DatabaseColumn], name: &str) -> Option<&'a DatabaseColumn> {
    columns.iter().find(|column| catalogue::is_same_name::<DB>(name, &column.name))
}
