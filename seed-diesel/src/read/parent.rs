//! `Parent`: the row that others reference by a foreign key.

use std::collections::HashMap;
use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::connection::LoadConnection;
use diesel::dsl::SqlTypeOf;
use diesel::query_builder::AsQuery;
use diesel::sql_types::SingleValue;

use super::children::TableQuery;
use super::group::OneParent;
use super::misfit::Ends;
use super::nest::{Alone, LoadNest, Nest, Nested};
use super::rows::{ReadKey, RowsOf};
use super::with::{LoadWith, ReadAlong, ReadWith, References};
use crate::backend::Dialect;
use crate::seedable::{ColumnOf, Seedable};

/// The row of the model `P` that a row of the model `M` references by the foreign key `F`; see
/// [`RelationDsl::parent`](crate::RelationDsl::parent).
#[must_use = "a parent is read along with its children: `Session::with(…)`"]
pub struct Parent<F, M, P, N = Alone> {
    foreign_key: PhantomData<F>,
    nested: N,
    models: PhantomData<fn(M) -> P>,
}

impl<F, M, P> Parent<F, M, P> {
    pub(super) fn of(_: F) -> Parent<F, M, P> {
        Parent { foreign_key: PhantomData, nested: Alone, models: PhantomData }
    }

    /// Reads more along with the parent: its own parent, or its children.
    pub fn with<R, K, L>(self, relations: R) -> Parent<F, M, P, Nested<L>>
    where
        R: ReadWith<P, K, ReadAlong = L>,
    {
        Parent { foreign_key: PhantomData, nested: Nested(relations.relations()), models: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<M, P, F, N> ReadWith<M, ()> for Parent<F, M, P, N> {
    type ReadAlong = Self;

    fn relations(self) -> Self {
        self
    }
}

impl<M, P, F, N> ReadAlong<M> for Parent<F, M, P, N>
where
    F: References<M>,
    N: Nest<P>,
{
    type Output = F::Parent<N::Child>;
}

impl<'q, M, P, F, K, N, C> LoadWith<'q, M, C> for Parent<F, M, P, N>
where
    M: Seedable,
    P: Seedable + RowsOf<'q, TableQuery<K>, K, K::Value, C>,
    C: LoadConnection<Backend: Dialect>,
    K: ColumnOf<P, Table: Default, SqlType: SingleValue, Value: ReadKey<SqlTypeOf<K>>> + Copy + Default,
    F: ColumnOf<M, Value = K::Value> + References<M, Column = K>,
    N: LoadNest<'q, P, C, Child: Clone>,
{
    fn load_with(&self, connection: &mut C, children: &[M]) -> QueryResult<Vec<Self::Output>> {
        let ends = Ends { child: M::TABLE, foreign_key: F::NAME, parent: P::TABLE, column: K::NAME };
        // Each key once, where it comes first. Its place in the list is that of its parent.
        let mut keys: Vec<K::Value> = Vec::new();
        let mut places = HashMap::new();
        for key in children.iter().filter_map(F::get) {
            places.entry(key).or_insert_with(|| {
                keys.push(key.clone());
                keys.len() - 1
            });
        }

        let mut rows: Vec<P> = Vec::new();
        for keys in keys.chunks(C::Backend::BINDS / 2) {
            let query = K::Table::default().as_query();
            rows.extend(P::rows_of(&query, K::default(), keys.to_vec(), connection)?);
        }

        let place = |row| K::get(row).and_then(|key| places.get(key)).copied();
        let found: Option<Vec<usize>> = rows.iter().map(place).collect();
        let found = found.ok_or_else(|| ends.no_parent())?;
        let mut parents: Vec<Option<N::Child>> = keys.iter().map(|_| None).collect();
        for (at, parent) in found.into_iter().zip(self.nested.load_nest(connection, rows)?) {
            if parents[at].replace(parent).is_some() {
                return Err(ends.two_parents());
            }
        }
        let parent = |child| F::get(child).and_then(|key| parents[places[key]].clone());
        children.iter().map(|child| F::Parent::found(parent(child)).ok_or_else(|| ends.parent_is_missing())).collect()
    }
}
