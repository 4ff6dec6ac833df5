//! Rows that are in the database, column by column: what the children of a model may refer to.
//!
//! A run has this compiled for each parent of its models, and for each column of those, although parents outside of the
//! run are rare: little of it knows the model or the column.

#![expect(missing_docs, reason = "only generated code names these")]

use std::marker::PhantomData;

use seed_core::MadeRows;

use crate::seedable::{ColumnOf, Seedable};

/// Rows that are in the database.
pub trait Held<M> {
    fn count(&self) -> usize;

    fn row(&self, at: usize) -> &M;
}

impl<M> Held<M> for Vec<M> {
    fn count(&self) -> usize {
        self.len()
    }

    fn row(&self, at: usize) -> &M {
        &self[at]
    }
}

/// The embedded structs of rows that are in the database.
pub struct Embedded<'r, M, E>(pub &'r dyn Held<M>, pub fn(&M) -> &E);

impl<M, E> Held<E> for Embedded<'_, M, E> {
    fn count(&self) -> usize {
        self.0.count()
    }

    fn row(&self, at: usize) -> &E {
        self.1(self.0.row(at))
    }
}

/// Adds the column `C` of the rows.
pub fn made<C: ColumnOf<M>, M: Seedable>(made: &mut MadeRows, rows: &dyn Held<M>) {
    add(made, C::NAME, rows.count(), &CellsOf::<C, M>(rows, PhantomData));
}

/// For each type once, and not for each column.
fn add<T: Clone + Send + Sync + 'static>(made: &mut MadeRows, name: &'static str, count: usize, cells: &dyn Cells<T>) {
    made.column(name, (0..count).map(|row| cells.cell(row).cloned()).collect());
}

/// The cells of a column. One method: behind a `dyn Fn` there are three, compiled for each column.
trait Cells<T> {
    fn cell(&self, row: usize) -> Option<&T>;
}

struct CellsOf<'r, C, M>(&'r dyn Held<M>, PhantomData<C>);

impl<C: ColumnOf<M>, M: Seedable> Cells<C::Value> for CellsOf<'_, C, M> {
    fn cell(&self, row: usize) -> Option<&C::Value> {
        C::get(self.0.row(row))
    }
}
