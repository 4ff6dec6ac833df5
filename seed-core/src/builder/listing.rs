//! Columns that show what they may hold: row after row each value that a generator lists, to be compared with what the
//! database knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Builder;
use crate::column::{Column, Source};

/// How many values each column lists that is looked at, by table and column.
pub(super) type Listing = BTreeMap<(&'static str, &'static str), u64>;

impl Builder<'_> {
    /// A builder whose columns are not those of a run. One that is `wanted` has another of the values that its generator
    /// may make in each row, from 0 on, as many as [`listed`](Builder::listed) tells; all others have those of the first
    /// row.
    #[must_use]
    pub fn listing(mut self, wanted: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        self.listing = Some(wanted.into_iter().map(|column| (column, 0)).collect());
        self
    }

    /// How many values each of the columns lists; 0 where they are too many, or follow from no generator of the column.
    pub fn listed(&self) -> BTreeMap<(&'static str, &'static str), u64> {
        self.listing.clone().unwrap_or_default()
    }

    /// The column; where values are listed, one that gives the listed values in its place.
    pub(super) fn shown<T: 'static>(&mut self, name: &'static str, made: Arc<Column<T>>) -> Arc<Column<T>> {
        let plan = self.current();
        let Some(listing) = &mut self.listing else { return made };
        let (first, key) = (plan.indices().start, made.key);
        let count = listing.get_mut(&(plan.def.name, name)).map_or(0, |count| {
            *count = made.listed().len() as u64;
            *count
        });
        let value = move |row: u64| match count {
            0 => made.nullable(first),
            count => made.listed().into_iter().nth((row % count) as usize),
        };
        Arc::new(Column::new(plan.key, key, 0.0, Source::Computed(Box::new(value)), false))
    }
}
