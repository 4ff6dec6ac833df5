//! `Refine`: what a run says in place of a model, checked by the compiler.

use std::marker::PhantomData;

use seed_core::{Generator, Overrides};

use crate::checks::{IntoWith, IsRefined};
use crate::seedable::{ChildOf, ColumnOf, Seedable};

/// What a run says in place of the model `M`; see [`Seeding::refine`](crate::Seeding::refine).
pub struct Refine<M> {
    overrides: Overrides,
    model: PhantomData<M>,
}

impl<M: Seedable> Refine<M> {
    pub(crate) fn new(overrides: Overrides) -> Refine<M> {
        Refine { overrides, model: PhantomData }
    }

    pub(crate) fn into_overrides(self) -> Overrides {
        self.overrides
    }

    /// How many rows the table gets.
    #[must_use]
    pub fn count(mut self, rows: u64) -> Refine<M> {
        self.overrides.table_mut(M::TABLE).count = Some(rows);
        self
    }

    /// How many children each row gets, named by the children's foreign key: a number, a range
    /// `1..=5`, or a list of weights and ranges `[(0.6, 1..=3), (0.4, 5..=7)]`.
    #[must_use]
    pub fn with<C, K>(mut self, foreign_key: C, children: impl IntoWith) -> Refine<M>
    where
        C: ChildOf<K, M::Table>,
        K: Seedable,
    {
        let _ = foreign_key;
        self.overrides.table_mut(K::TABLE).with.insert(C::NAME.to_owned(), children.into_with());
        self
    }

    /// How much more often some rows have children than others, named by the children's foreign key. The
    /// exponent is 0 or more: at 0.0 all rows are as likely, and at 1.0 the second most popular one has half
    /// the children of the first.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # diesel::table! { posts (id) { id -> Integer, author_id -> Integer } }
    /// # #[derive(Seedable)] struct User { id: i32 }
    /// # #[derive(Seedable)]
    /// # #[seed(count = 10_000)]
    /// # struct Post { id: i32, #[seed(references = users::id)] author_id: i32 }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL);
    /// #     CREATE TABLE posts (id INTEGER PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL);").unwrap();
    /// seed(&mut conn, models![User, Post]).refine::<User>(|t| t.zipf(posts::author_id, 1.0)).run().unwrap();
    ///
    /// let posts = posts::table.group_by(posts::author_id).select(diesel::dsl::count_star());
    /// let mut posts: Vec<i64> = posts.load(&mut conn).unwrap();
    /// posts.sort_unstable();
    /// let (second, first) = (posts[8] as f64, posts[9] as f64);
    /// assert!((0.45..0.55).contains(&(second / first)));
    /// ```
    #[must_use]
    pub fn zipf<C, K>(mut self, foreign_key: C, exponent: f64) -> Refine<M>
    where
        C: ChildOf<K, M::Table>,
        K: Seedable,
    {
        let _ = foreign_key;
        self.overrides.table_mut(K::TABLE).zipf.insert(C::NAME.to_owned(), exponent);
        self
    }

    /// Makes a column's values with this generator.
    #[must_use]
    pub fn column<C, K, G>(mut self, column: C, generator: G) -> Refine<M>
    where
        C: ColumnOf<K, Table: IsRefined<M::Table, C>>,
        K: Seedable,
        G: Generator<C::Value> + 'static,
    {
        let _ = column;
        self.overrides.table_mut(M::TABLE).generate::<C::Value>(C::NAME, Box::new(generator));
        self
    }
}
