//! `Nest`: what is read along with rows that are read along themselves.

use diesel::QueryResult;

use super::with::{LoadWith, ReadAlong};

/// Rows with which nothing is read along.
#[doc(hidden)]
pub struct Alone;

/// Rows with what is read along with them.
#[doc(hidden)]
pub struct Nested<R>(pub(super) R);

/// A row as it is read along: alone, or with what is read along with it in turn.
#[doc(hidden)]
pub trait Nest<M> {
    type Child;
}

impl<M> Nest<M> for Alone {
    type Child = M;
}

impl<M, R: ReadAlong<M>> Nest<M> for Nested<R> {
    type Child = (M, R::Output);
}

/// The same on a connection.
#[doc(hidden)]
pub trait LoadNest<'q, M, C>: Nest<M> {
    fn load_nest(&self, connection: &mut C, rows: Vec<M>) -> QueryResult<Vec<Self::Child>>;
}

impl<M, C> LoadNest<'_, M, C> for Alone {
    fn load_nest(&self, _: &mut C, rows: Vec<M>) -> QueryResult<Vec<M>> {
        Ok(rows)
    }
}

impl<'q, M, C, R: LoadWith<'q, M, C>> LoadNest<'q, M, C> for Nested<R> {
    fn load_nest(&self, connection: &mut C, rows: Vec<M>) -> QueryResult<Vec<Self::Child>> {
        let with = self.0.load_with(connection, &rows)?;
        Ok(rows.into_iter().zip(with).collect())
    }
}
