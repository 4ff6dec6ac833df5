//! `Column`: the values of one column, for any row.

use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::after::Raise;
use crate::cell::{Cell, Key};
use crate::generator::BoxGenerator;
use crate::plan::Relation;

/// A column that can be asked for the value of any row, in any order, on any thread.
pub struct Column<T> {
    pub(crate) table: Key,
    pub(crate) key: Key,
    pub(crate) null: f64,
    pub(crate) source: Source<T>,
    /// Whether the database would count the values up by itself.
    pub(crate) serial: bool,
    pub(crate) floors: OnceCell<Floors<T>>,
}

/// Where a column's values come from.
pub(crate) enum Source<T> {
    Drawn(BoxGenerator<T>),
    Unique(BoxGenerator<T>),
    Referenced(OnceCell<Reference<T>>),
    Computed(Box<dyn Fn(u64) -> Option<T> + Send + Sync>),
}

/// The value of a parent's column.
pub(crate) struct Reference<T> {
    pub(crate) relation: Arc<Relation>,
    pub(crate) required: bool,
    pub(crate) key: Arc<Column<T>>,
}

/// What this column must not be before, and how its values are brought there.
pub(crate) struct Floors<T> {
    pub(crate) raise: Raise<T>,
    pub(crate) floors: Vec<Floor<T>>,
}

/// A column whose value this one must not be before: of the same row, or of a parent's.
pub(crate) struct Floor<T> {
    pub(crate) relation: Option<Arc<Relation>>,
    pub(crate) column: Arc<Column<T>>,
}

impl<T> Column<T> {
    /// The value of a row; `None` is NULL.
    pub fn nullable(&self, row: u64) -> Option<T> {
        if self.null > 0.0 && self.key.child("null").stream(row).chance(self.null) {
            return None;
        }
        let cell = Cell { table: self.table, column: self.key, row };
        let value = match &self.source {
            Source::Drawn(generator) => generator.value(&cell),
            Source::Unique(generator) => {
                let domain = generator.domain().expect("the builder has checked that the values can be counted");
                domain.nth(domain.index(&cell))
            }
            Source::Referenced(reference) => return reference.get()?.value(row),
            Source::Computed(value) => return value(row),
        };
        Some(self.raised(&cell, value))
    }

    /// The value of a row of a column that is not nullable.
    ///
    /// # Panics
    ///
    /// When the column is nullable, and the row's value is NULL; or when the row lies beyond the
    /// plan's, and a `with` gives it no parent.
    #[inline]
    pub fn value(&self, row: u64) -> T {
        self.nullable(row).expect("a column that is not nullable has a value in every row")
    }

    /// Whether the database would count the values up by itself: an integer primary key that the
    /// model says nothing of.
    pub fn is_serial(&self) -> bool {
        self.serial
    }

    fn raised(&self, cell: &Cell, mut value: T) -> T {
        let (Some(Floors { raise, floors }), Source::Drawn(generator)) = (self.floors.get(), &self.source) else {
            return value;
        };
        for floor in floors {
            let row = match &floor.relation {
                None => Some(cell.row),
                Some(relation) => relation.parents.parent(cell.row),
            };
            if let Some(lowest) = row.and_then(|row| floor.column.nullable(row)) {
                value = raise(&**generator, cell, value, &lowest);
            }
        }
        value
    }
}

impl<T> Reference<T> {
    fn value(&self, row: u64) -> Option<T> {
        use crate::plan::Parents;
        match self.relation.parents {
            // The first row has no earlier one: it is a root, or its own parent.
            Parents::Earlier { .. } if row == 0 => self.required.then(|| self.key.nullable(0)).flatten(),
            Parents::Previous if self.required => self.key.nullable(row),
            _ => self.key.nullable(self.relation.parents.parent(row)?),
        }
    }
}
