//! `Parent`: the row that others reference by a foreign key.

use std::collections::HashMap;
use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::connection::LoadConnection;
use diesel::query_builder::AsQuery;

use super::group::OneParent;
use super::key::KeyOf;
use super::misfit::Misfit;
use super::nest::{Alone, LoadNest, Nest, Nested};
use super::rows::{RowsOf, all_rows_of};
use super::with::{LoadWith, ReadAlong, ReadWith, References};
use crate::backend::Dialect;
use crate::seedable::Seedable;

type TableQuery<P> = <<P as Seedable>::Table as AsQuery>::Query;

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
    P: Seedable<Table: Default> + RowsOf<'q, TableQuery<P>, K::Reversed, <K as KeyOf<M>>::Value, C>,
    F: References<M, Key = K>,
    K: KeyOf<M, Reversed: KeyOf<P, Value = <K as KeyOf<M>>::Value>>,
    N: LoadNest<'q, P, C, Child: Clone>,
    C: LoadConnection<Backend: Dialect>,
{
    fn load_with(&self, connection: &mut C, children: &[M]) -> QueryResult<Vec<Self::Output>> {
        let misfit = Misfit::of::<K>(M::TABLE, P::TABLE);
        // Each key once, where it comes first. Its place in the list is that of its parent.
        let mut keys = Vec::new();
        let mut places = HashMap::new();
        let place_of = |child| {
            let key = K::get(child)?;
            let place = *places.entry(key.clone()).or_insert(keys.len());
            if place == keys.len() {
                keys.push(key);
            }
            Some(place)
        };
        let place_of_each: Vec<Option<usize>> = children.iter().map(place_of).collect();

        let query = P::Table::default().as_query();
        let rows: Vec<P> = all_rows_of::<P, TableQuery<P>, K::Reversed, C>(&query, &keys, connection)?;
        let place = |row| places.get(&K::Reversed::get(row)?).copied();
        let found: Option<Vec<usize>> = rows.iter().map(place).collect();
        let found = found.ok_or_else(|| misfit.no_parent())?;
        let mut parents: Vec<Option<N::Child>> = keys.iter().map(|_| None).collect();
        for (place, parent) in found.into_iter().zip(self.nested.load_nest(connection, rows)?) {
            if parents[place].replace(parent).is_some() {
                return Err(misfit.two_parents());
            }
        }
        let parent = |place: Option<usize>| place.and_then(|place| parents[place].clone());
        let parents = place_of_each.into_iter().map(|place| F::Parent::found(parent(place)));
        parents.map(|parent| parent.ok_or_else(|| misfit.parent_is_missing())).collect()
    }
}
