//! `Children`: the rows that reference others by a foreign key.

use std::collections::HashMap;
use std::marker::PhantomData;

use diesel::connection::LoadConnection;
use diesel::dsl::{Filter, Order, SqlTypeOf};
use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, OrderDsl};
use diesel::result::Error;
use diesel::sql_types::SingleValue;
use diesel::{Column, Expression, QueryResult};

use super::group::Group;
use super::rows::{ReadKey, RowsOf};
use super::with::{LoadWith, ReadWith, References};
use crate::backend::Dialect;
use crate::checks::IsReferenced;
use crate::seedable::{ColumnOf, Seedable};

type QueryOf<F> = <<F as Column>::Table as AsQuery>::Query;
type KeyOf<F, M> = <F as ColumnOf<M>>::Value;

/// The rows that reference others by the foreign key `F`, with what is said of them; see [`RelationDsl`].
#[must_use = "children are read along with their parents: `User::with(…)`"]
pub struct Children<F, Q, N = Alone, W = Whichever> {
    foreign_key: F,
    query: Q,
    nested: N,
    of: PhantomData<fn() -> W>,
}

/// What is said of a relation that is read along, at its foreign key.
pub trait RelationDsl: Column<Table: Default> + Sized {
    /// Says of which model the children are, where two models have the same foreign key: of one table, they
    /// differ in what they read of it.
    fn of<M>(self) -> Children<Self, QueryOf<Self>, Alone, This<M>>
    where
        Self: References<M>,
        M: Seedable,
    {
        let Children { foreign_key, query, nested, .. } = children(self);
        Children { foreign_key, query, nested, of: PhantomData }
    }

    /// Reads their own children along with the children.
    fn with<R, M, K>(self, relations: R) -> Children<Self, QueryOf<Self>, Along<R>>
    where
        Self: References<M>,
        M: Seedable,
        R: ReadWith<M, K>,
    {
        children(self).with(relations)
    }

    /// Keeps the children for which the expression is true.
    fn filter<P>(self, predicate: P) -> Children<Self, Filter<QueryOf<Self>, P>>
    where
        QueryOf<Self>: FilterDsl<P>,
    {
        children(self).filter(predicate)
    }

    /// The order of the children.
    fn order<E: Expression>(self, expression: E) -> Children<Self, Order<QueryOf<Self>, E>>
    where
        QueryOf<Self>: OrderDsl<E>,
    {
        children(self).order(expression)
    }
}

impl<F: Column<Table: Default>> RelationDsl for F {}

/// All children.
fn children<F: Column<Table: Default>>(foreign_key: F) -> Children<F, QueryOf<F>> {
    Children { foreign_key, query: F::Table::default().as_query(), nested: Alone, of: PhantomData }
}

impl<F, Q, W> Children<F, Q, Alone, W> {
    /// As [`RelationDsl::with`].
    pub fn with<R, M, K>(self, relations: R) -> Children<F, Q, Along<R>, W>
    where
        F: References<M>,
        W: Is<M>,
        M: Seedable,
        R: ReadWith<M, K>,
    {
        let Children { foreign_key, query, of, .. } = self;
        Children { foreign_key, query, nested: Along(relations), of }
    }
}

impl<F, Q, N, W> Children<F, Q, N, W> {
    /// As [`RelationDsl::filter`].
    pub fn filter<P>(self, predicate: P) -> Children<F, Filter<Q, P>, N, W>
    where
        Q: FilterDsl<P>,
    {
        let Children { foreign_key, query, nested, of } = self;
        Children { foreign_key, query: query.filter(predicate), nested, of }
    }

    /// As [`RelationDsl::order`].
    pub fn order<E: Expression>(self, expression: E) -> Children<F, Order<Q, E>, N, W>
    where
        Q: OrderDsl<E>,
    {
        let Children { foreign_key, query, nested, of } = self;
        Children { foreign_key, query: query.order(expression), nested, of }
    }
}

/// Children of the one model that has the foreign key.
#[doc(hidden)]
pub struct Whichever;

/// Children of this model.
#[doc(hidden)]
pub struct This<M>(PhantomData<M>);

/// Of which model the children may be.
#[doc(hidden)]
pub trait Is<M> {}

impl<M> Is<M> for Whichever {}

impl<M> Is<M> for This<M> {}

/// Children without children of their own.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Alone;

/// Children with what is read along with them.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Along<R>(R);

/// A child as it is read: alone, or with what is read along with it.
#[doc(hidden)]
pub trait Nest<M, K> {
    type Child;
}

impl<M> Nest<M, ()> for Alone {
    type Child = M;
}

impl<M, K, R: ReadWith<M, K>> Nest<M, (K,)> for Along<R> {
    type Child = (M, R::Output);
}

/// The same on a connection.
#[doc(hidden)]
pub trait LoadNest<'q, M, K, C>: Nest<M, K> {
    fn load_nest(&self, connection: &mut C, rows: Vec<M>) -> QueryResult<Vec<Self::Child>>;
}

impl<M, C> LoadNest<'_, M, (), C> for Alone {
    fn load_nest(&self, _: &mut C, rows: Vec<M>) -> QueryResult<Vec<M>> {
        Ok(rows)
    }
}

impl<'q, M, K, C, R: LoadWith<'q, M, K, C>> LoadNest<'q, M, (K,), C> for Along<R> {
    fn load_nest(&self, connection: &mut C, rows: Vec<M>) -> QueryResult<Vec<Self::Child>> {
        let with = self.0.load_with(connection, &rows)?;
        Ok(rows.into_iter().zip(with).collect())
    }
}

/// That the children are of the model `M`, with `K` nested in them. It is inferred, and keeps the
/// implementations for columns and for tuples of them apart.
#[doc(hidden)]
pub struct Of<M, K>(PhantomData<(M, K)>);

/// A column, of which no more is said, that has children of the model `M`.
#[doc(hidden)]
pub struct All<M>(PhantomData<M>);

#[diagnostic::do_not_recommend]
impl<P, M, F> ReadWith<P, All<M>> for F
where
    P: Seedable,
    M: Seedable,
    F: References<M, Column: Column<Table: IsReferenced<P::Table, F>>>,
{
    type Output = F::Children<M>;
}

#[diagnostic::do_not_recommend]
impl<'q, P, M, F, C> LoadWith<'q, P, All<M>, C> for F
where
    P: Seedable,
    M: Seedable,
    F: Column<Table: Default> + Copy + References<M, Column: Column<Table: IsReferenced<P::Table, F>>>,
    Children<F, QueryOf<F>>: LoadWith<'q, P, Of<M, ()>, C, Output = F::Children<M>>,
{
    fn load_with(&self, connection: &mut C, rows: &[P]) -> QueryResult<Vec<Self::Output>> {
        children(*self).load_with(connection, rows)
    }
}

#[diagnostic::do_not_recommend]
impl<P, M, K, F, Q, N, W> ReadWith<P, Of<M, K>> for Children<F, Q, N, W>
where
    W: Is<M>,
    P: Seedable,
    M: Seedable,
    F: References<M, Column: Column<Table: IsReferenced<P::Table, F>>>,
    N: Nest<M, K>,
{
    type Output = F::Children<N::Child>;
}

#[diagnostic::do_not_recommend]
impl<'q, P, M, K, F, Q, N, W, C> LoadWith<'q, P, Of<M, K>, C> for Children<F, Q, N, W>
where
    W: Is<M>,
    P: Seedable,
    M: Seedable + RowsOf<'q, Q, F, KeyOf<F, M>, C>,
    C: LoadConnection<Backend: Dialect>,
    F: ColumnOf<M, SqlType: SingleValue, Value: ReadKey<SqlTypeOf<F>>> + Copy,
    F: References<M, Column: Column<Table: IsReferenced<P::Table, F>> + ColumnOf<P, Value = KeyOf<F, M>>>,
    N: LoadNest<'q, M, K, C>,
{
    fn load_with(&self, connection: &mut C, parents: &[P]) -> QueryResult<Vec<Self::Output>> {
        let keys = || parents.iter().map(<F::Column as ColumnOf<P>>::get);
        let mut owners = HashMap::with_capacity(parents.len());
        for (at, key) in keys().enumerate() {
            if let Some(key) = key
                && owners.insert(key, at).is_some()
            {
                return Err(does_not_fit(format!(
                    "`{}.{}` is referenced by `{}.{}`, but two rows have the same value in it: their children cannot be \
                     told apart; a column that is referenced is unique",
                    P::TABLE,
                    F::Column::NAME,
                    M::TABLE,
                    F::NAME,
                )));
            }
        }
        let keys: Vec<&KeyOf<F, M>> = keys().flatten().collect();
        let mut rows: Vec<M> = Vec::new();
        for keys in keys.chunks(C::Backend::BINDS / 2) {
            let keys: Vec<KeyOf<F, M>> = keys.iter().copied().cloned().collect();
            rows.extend(M::rows_of(&self.query, self.foreign_key, keys, connection)?);
        }
        let owner = |row| F::get(row).and_then(|key| owners.get(key)).copied();
        let owners: Option<Vec<usize>> = rows.iter().map(owner).collect();
        let owners = owners.ok_or_else(|| {
            does_not_fit(format!(
                "a row of `{}` has a `{}` that the database takes for equal to a `{}.{}`, though it is written in \
                 another way; write both alike",
                M::TABLE,
                F::NAME,
                P::TABLE,
                F::Column::NAME,
            ))
        })?;
        let mut all: Vec<Self::Output> = parents.iter().map(|_| Default::default()).collect();
        for (at, child) in owners.into_iter().zip(self.nested.load_nest(connection, rows)?) {
            all[at].add(child).map_err(|_| {
                does_not_fit(format!(
                    "two rows of `{}` have the same `{}`, which is unique by its model: leave out `unique` there, or let \
                     the database see to it",
                    M::TABLE,
                    F::NAME,
                ))
            })?;
        }
        Ok(all)
    }
}

/// What the database holds is not what the models say.
fn does_not_fit(why: String) -> Error {
    Error::DeserializationError(why.into())
}
