//! `Children`: the rows that reference others by a foreign key.

use std::collections::HashMap;
use std::marker::PhantomData;

use diesel::connection::LoadConnection;
use diesel::dsl::{Filter, Order};
use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, OrderDsl};
use diesel::{Column, Expression, QueryResult};

use super::group::Group;
use super::key::{Key, KeyOf};
use super::misfit::Misfit;
use super::nest::{Alone, LoadNest, Nest, Nested};
use super::parent::Parent;
use super::rows::{RowsOf, all_rows_of};
use super::with::{LoadWith, ReadAlong, ReadWith, References};
use crate::backend::Dialect;
use crate::seedable::Seedable;

/// All rows of a column's table.
pub(super) type TableQuery<F> = <<F as Column>::Table as AsQuery>::Query;

/// The rows of the model `M` that reference others by the foreign key `F`, and what is said of them; see
/// [`RelationDsl`].
#[must_use = "children are read along with their parents: `User::with(…)`"]
pub struct Children<F, M, Q, N = Alone> {
    foreign_key: PhantomData<F>,
    query: Q,
    nested: N,
    model: PhantomData<fn() -> M>,
}

/// What is said of a relation that is read along, at its foreign key: of the [`Children`] that it gives to a parent,
/// or that it is the child's [`parent`](Self::parent) that is meant.
///
/// `M` is the model that has the foreign key, and is inferred; where two models of one table have it, [`of`](Self::of)
/// says which is meant.
pub trait RelationDsl: Column<Table: Default> + Sized {
    /// Says of which model the children are: `sessions::user_id.of::<Session>()`.
    fn of<M>(self) -> Children<Self, M, TableQuery<Self>>
    where
        Self: References<M>,
    {
        Children::all(self)
    }

    /// Reads the children's own children along with them.
    fn with<R, M, K, L>(self, relations: R) -> Children<Self, M, TableQuery<Self>, Nested<L>>
    where
        Self: References<M>,
        R: ReadWith<M, K, ReadAlong = L>,
    {
        Children::all(self).with(relations)
    }

    /// Keeps the children for which the expression is true.
    fn filter<P, M>(self, predicate: P) -> Children<Self, M, Filter<TableQuery<Self>, P>>
    where
        Self: References<M>,
        TableQuery<Self>: FilterDsl<P>,
    {
        Children::all(self).filter(predicate)
    }

    /// The order of each parent's children. Those that it leaves equal come in the order of their primary key.
    fn order<E: Expression, M>(self, expression: E) -> Children<Self, M, Order<TableQuery<Self>, E>>
    where
        Self: References<M>,
        TableQuery<Self>: OrderDsl<E>,
    {
        Children::all(self).order(expression)
    }

    /// The other way: the parent, read along with the child; an `Option` of it where the foreign key's field is
    /// one. Children of one parent have a clone of it each. `P` is the model of the parent, and is inferred.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{RelationDsl, Seedable};
    /// # diesel::table! { groups (id) { id -> Integer, name -> Text } }
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # diesel::table! { memberships (user_id, group_id) { user_id -> Integer, group_id -> Integer } }
    /// # #[derive(Clone, Queryable, Selectable, Seedable)]
    /// # struct Group { id: i32, name: String }
    /// # #[derive(Queryable, Selectable, Seedable)]
    /// # struct User { id: i32 }
    /// # #[derive(Queryable, Selectable, Seedable)]
    /// # #[diesel(primary_key(user_id, group_id))]
    /// # struct Membership {
    /// #     #[seed(references = users::id)] user_id: i32,
    /// #     #[seed(references = groups::id)] group_id: i32,
    /// # }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT);
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY);
    /// #     CREATE TABLE memberships (user_id INTEGER, group_id INTEGER, PRIMARY KEY (user_id, group_id));
    /// #     INSERT INTO groups VALUES (1, 'chess'), (2, 'rowing');
    /// #     INSERT INTO users VALUES (1);
    /// #     INSERT INTO memberships VALUES (1, 2), (1, 1);").unwrap();
    /// // Many to many, by the table between them.
    /// let (user, memberships) =
    ///     User::with(memberships::user_id.with(memberships::group_id.parent())).first(&mut conn).unwrap();
    /// let groups: Vec<&str> = memberships.iter().map(|(_, group)| group.name.as_str()).collect();
    /// assert_eq!((user.id, groups), (1, vec!["chess", "rowing"]));
    /// ```
    fn parent<M, P>(self) -> Parent<Self, M, P>
    where
        Self: References<M, Key: Key<Reversed: KeyOf<P>>>,
    {
        Parent::of(self)
    }
}

impl<F: Column<Table: Default>> RelationDsl for F {}

impl<F: Column<Table: Default>, M> Children<F, M, TableQuery<F>> {
    pub(super) fn all(_: F) -> Children<F, M, TableQuery<F>> {
        Children { foreign_key: PhantomData, query: F::Table::default().as_query(), nested: Alone, model: PhantomData }
    }
}

impl<F, M, Q> Children<F, M, Q> {
    /// As [`RelationDsl::with`].
    pub fn with<R, K, L>(self, relations: R) -> Children<F, M, Q, Nested<L>>
    where
        R: ReadWith<M, K, ReadAlong = L>,
    {
        let Children { foreign_key, query, model, .. } = self;
        Children { foreign_key, query, nested: Nested(relations.relations()), model }
    }
}

impl<F, M, Q, N> Children<F, M, Q, N> {
    /// As [`RelationDsl::filter`].
    pub fn filter<P>(self, predicate: P) -> Children<F, M, Filter<Q, P>, N>
    where
        Q: FilterDsl<P>,
    {
        let Children { foreign_key, query, nested, model } = self;
        Children { foreign_key, query: query.filter(predicate), nested, model }
    }

    /// As [`RelationDsl::order`].
    pub fn order<E: Expression>(self, expression: E) -> Children<F, M, Order<Q, E>, N>
    where
        Q: OrderDsl<E>,
    {
        let Children { foreign_key, query, nested, model } = self;
        Children { foreign_key, query: query.order(expression), nested, model }
    }
}

impl<P, M, F, Q, N> ReadAlong<P> for Children<F, M, Q, N>
where
    F: References<M>,
    N: Nest<M>,
{
    type Output = F::Children<N::Child>;
}

impl<'q, P, M, F, K, Q, N, C> LoadWith<'q, P, C> for Children<F, M, Q, N>
where
    P: Seedable,
    M: Seedable + RowsOf<'q, Q, K, <K as KeyOf<M>>::Value, C>,
    F: References<M, Key = K>,
    K: KeyOf<M, Reversed: KeyOf<P, Value = <K as KeyOf<M>>::Value>>,
    N: LoadNest<'q, M, C>,
    C: LoadConnection<Backend: Dialect>,
{
    fn load_with(&self, connection: &mut C, parents: &[P]) -> QueryResult<Vec<Self::Output>> {
        let misfit = Misfit::of::<K>(M::TABLE, P::TABLE);
        // A list of them, and not the keys of the map: what is asked of the database is always the same.
        let mut keys = Vec::with_capacity(parents.len());
        let mut owners = HashMap::with_capacity(parents.len());
        for (at, parent) in parents.iter().enumerate() {
            let Some(key) = K::Reversed::get(parent) else { continue };
            if owners.insert(key.clone(), at).is_some() {
                return Err(misfit.two_parents());
            }
            keys.push(key);
        }

        let rows: Vec<M> = all_rows_of::<M, Q, K, C>(&self.query, &keys, connection)?;
        let owner = |row| owners.get(&K::get(row)?).copied();
        let owners: Option<Vec<usize>> = rows.iter().map(owner).collect();
        let owners = owners.ok_or_else(|| misfit.no_parent())?;
        let mut all: Vec<Self::Output> = parents.iter().map(|_| Default::default()).collect();
        for (at, child) in owners.into_iter().zip(self.nested.load_nest(connection, rows)?) {
            all[at].add(child).map_err(|_| misfit.two_children())?;
        }
        Ok(all)
    }
}
