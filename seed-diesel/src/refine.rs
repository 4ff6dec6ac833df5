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
