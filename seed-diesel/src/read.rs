//! Relational reads: rows with their children and parents, nested to any depth, one query for each level.

mod children;
mod group;
mod key;
mod misfit;
mod nest;
mod one_of;
mod parent;
mod rows;
mod with;

use std::marker::PhantomData;

use diesel::dsl::{Filter, Find, Limit, Offset, Order};
use diesel::query_dsl::methods::{FilterDsl, FindDsl, LimitDsl, OffsetDsl, OrderDsl};
use diesel::result::Error;
use diesel::{Expression, QueryResult};

pub use self::children::{Children, RelationDsl};
pub use self::key::{And, One};
pub use self::parent::Parent;
use self::rows::Rows;
pub use self::with::{LoadWith, ReadAlong, ReadWith, References};

/// A query of the rows of `M`, each with what `R` reads along; see [`Seedable::with`](crate::Seedable::with).
///
/// Rows come in the order of their primary key, or of [`order`](Reading::order) and then of the primary key.
#[must_use = "queries are only executed when calling `load` or `first`"]
pub struct Reading<M, Q, R> {
    query: Q,
    relations: R,
    model: PhantomData<fn() -> M>,
}

impl<M, Q, R> Reading<M, Q, R> {
    pub(crate) fn new(query: Q, relations: R) -> Reading<M, Q, R> {
        Reading { query, relations, model: PhantomData }
    }

    fn map<S>(self, query: impl FnOnce(Q) -> S) -> Reading<M, S, R> {
        Reading::new(query(self.query), self.relations)
    }

    /// Keeps the rows for which the expression is true; as [`QueryDsl::filter`](diesel::QueryDsl::filter).
    pub fn filter<P>(self, predicate: P) -> Reading<M, Filter<Q, P>, R>
    where
        Q: FilterDsl<P>,
    {
        self.map(|query| query.filter(predicate))
    }

    /// Keeps the row of a primary key; as [`QueryDsl::find`](diesel::QueryDsl::find).
    pub fn find<P>(self, key: P) -> Reading<M, Find<Q, P>, R>
    where
        Q: FindDsl<P>,
    {
        self.map(|query| query.find(key))
    }

    /// The order of the rows; as [`QueryDsl::order`](diesel::QueryDsl::order). Rows that it leaves
    /// equal come in the order of the primary key.
    pub fn order<E: Expression>(self, expression: E) -> Reading<M, Order<Q, E>, R>
    where
        Q: OrderDsl<E>,
    {
        self.map(|query| query.order(expression))
    }

    /// At most so many rows; as [`QueryDsl::limit`](diesel::QueryDsl::limit). Their children are not counted.
    pub fn limit(self, rows: i64) -> Reading<M, Limit<Q>, R>
    where
        Q: LimitDsl,
    {
        self.map(|query| query.limit(rows))
    }

    /// Skips so many rows; as [`QueryDsl::offset`](diesel::QueryDsl::offset).
    pub fn offset(self, rows: i64) -> Reading<M, Offset<Q>, R>
    where
        Q: OffsetDsl,
    {
        self.map(|query| query.offset(rows))
    }

    /// Reads the rows, and then each level of children by one query, `WHERE user_id IN (…)`.
    ///
    /// A level of more parents than 16,383 on SQLite, or 32,767 on PostgreSQL and MySQL, is read by more
    /// queries, each for so many: a statement binds twice as many values at most. A level without parents is
    /// not queried.
    ///
    /// The queries see the same data where they run in one transaction that says so:
    /// `conn.build_transaction().repeatable_read()` on PostgreSQL, any transaction on SQLite and (with its
    /// default isolation level) on MySQL.
    ///
    /// # Errors
    ///
    /// What the database refuses. [`Error::DeserializationError`] where what it holds does not fit the
    /// models: two children of a row that has one at most, two rows with the same referenced key, or a
    /// foreign key that only the database takes for equal, as `ADA` and `ada`.
    pub fn load<'q, C>(self, connection: &mut C) -> QueryResult<Vec<(M, R::Output)>>
    where
        M: Rows<'q, Q, C>,
        R: LoadWith<'q, M, C>,
    {
        let rows = M::rows(self.query, connection)?;
        let with = self.relations.load_with(connection, &rows)?;
        Ok(rows.into_iter().zip(with).collect())
    }

    /// As [`load`](Reading::load), for the first of the rows: no more is read.
    ///
    /// # Errors
    ///
    /// As there, and [`Error::NotFound`] where there is no row: see
    /// [`optional`](diesel::OptionalExtension::optional).
    pub fn first<'q, C>(self, connection: &mut C) -> QueryResult<(M, R::Output)>
    where
        Q: LimitDsl,
        M: Rows<'q, Limit<Q>, C>,
        R: LoadWith<'q, M, C>,
    {
        self.limit(1).load(connection)?.pop().ok_or(Error::NotFound)
    }
}
