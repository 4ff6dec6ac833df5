//! `MadeRows`: rows of a parent that are in a database already, and so are given rather than made.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::cell::Key;
use crate::column::{Column, Source};

/// Rows of a parent as a database holds them, column by column.
///
/// The `i`-th of them is the parent of the child row `first + i`, and around again.
pub struct MadeRows {
    first: u64,
    len: u64,
    /// How many rows these have been chosen from.
    out_of: u64,
    columns: BTreeMap<&'static str, Box<dyn Any + Send + Sync>>,
}

impl MadeRows {
    /// No columns yet; `first` is the child row that the first of the rows is the parent of.
    pub fn new(first: u64) -> MadeRows {
        MadeRows { first, len: 0, out_of: 0, columns: BTreeMap::new() }
    }

    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Says that they have been chosen from so many.
    pub fn out_of(self, rows: u64) -> MadeRows {
        MadeRows { out_of: rows, ..self }
    }

    /// How many rows the table holds, where that has been said; else how many these are.
    pub fn of_table(&self) -> u64 {
        self.out_of.max(self.len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a column with its values, one for each of the rows; `None` is NULL.
    pub fn column<T: Clone + Send + Sync + 'static>(&mut self, name: &'static str, values: Vec<Option<T>>) {
        let first = self.first;
        self.len = values.len() as u64;
        let value = move |row: u64| {
            let index = row.wrapping_sub(first) % values.len().max(1) as u64;
            values.get(index as usize).cloned().flatten()
        };
        let key = Key::seed(0).child(name);
        let source = Source::Computed(Box::new(value));
        let column = Column::<T>::new(key, key, 0.0, source, false);
        self.columns.insert(name, Box::new(Arc::new(column)));
    }

    /// A column by its name; `None` where there is none of this type. It is asked for the rows of the children.
    pub fn find<T: 'static>(&self, column: &str) -> Option<Arc<Column<T>>> {
        self.columns.get(column)?.downcast_ref().cloned()
    }
}

impl fmt::Debug for MadeRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadeRows").field("first", &self.first).field("columns", &self.columns.keys()).finish()
    }
}
