//! `Within`: the parents among which a row's is, so that it agrees with other relations of the row.

use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::combination::Combination;
use crate::permutation::permute;
use crate::plan::groups::{Group, Groups};
use crate::plan::relation::{Relation, skip};
use crate::plan::way::Way;
use crate::spread::spread;

/// The parents that have the same ancestor as the row has by other relations.
#[derive(Debug, Clone)]
pub(crate) struct Within {
    /// From the row to its ancestor, by other relations.
    pub(super) way: Way,
    /// From the parent to the ancestor.
    pub(super) tail: Way,
    /// The parents, of which there are so many, by their ancestor, of which there are so many.
    pub(super) parents: u64,
    pub(super) ancestors: u64,
    pub(super) groups: Arc<OnceCell<Groups>>,
    /// Makes the children of the driving parent differ.
    pub(super) distinct: Option<Arc<Combination>>,
    /// So many parents each ancestor must have.
    pub(super) least: u64,
}

impl Within {
    /// Puts the parents together by their ancestor, once it is decided which these are.
    pub(super) fn settle(&self, relation: &Relation) {
        let first = if relation.is_own { relation.first } else { relation.parent_first };
        self.groups.get_or_init(|| {
            self.tail.settle();
            Groups::new(&self.tail, first, self.parents, self.ancestors)
        });
    }

    /// An ancestor that has fewer parents than it must have.
    pub(super) fn too_few(&self) -> Option<u64> {
        let mut all = self.groups.get()?.all();
        all.find(|(_, group)| group.size() < self.least).map(|(ancestor, _)| ancestor)
    }

    /// Whether it is decided which parents have which ancestor.
    pub(super) fn is_settled(&self) -> bool {
        self.groups.get().is_some()
    }

    /// The parents of a row's ancestor.
    #[inline]
    pub(super) fn group(&self, row: u64) -> Option<Group<'_>> {
        let groups = self.groups.get()?;
        self.way.ancestor(row).map(|ancestor| groups.of(ancestor))
    }

    /// One of them; none where there is none that the relation may have.
    pub(super) fn choose(&self, relation: &Relation, row: u64, group: Group<'_>) -> Option<u64> {
        let others: Vec<u64> = relation
            .differs_from
            .iter()
            .filter_map(|other| group.place(other.on_the_way(row)?.wrapping_sub(relation.parent_first)))
            .collect();
        let size = group.size().checked_sub(others.len() as u64).filter(|&size| size > 0)?;
        let choice = match self.distinct.as_ref().and_then(|combination| combination.position(row)) {
            Some((key, position)) => permute(key, size, position),
            None => spread(relation.key.row(row), size),
        };
        Some(group.nth(skip(others.into_iter(), choice)))
    }
}
