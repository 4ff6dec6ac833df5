//! `Groups`: the rows of a table, by their ancestor.

use std::sync::Arc;

use crate::fan_out::FanOut;
use crate::plan::relation::{Parents, Relation};
use crate::plan::way::Way;

/// The rows of a table, by their ancestor: the inverse of a way.
///
/// Where each step of the way counts the children of a parent, they stand together, and nothing is kept. Otherwise
/// they are listed: eight bytes for each ancestor and four for each row.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    rows: Rows,
    /// The index of the ancestors' first row.
    ancestor_first: u64,
}

#[derive(Debug, Clone)]
enum Rows {
    /// The steps, the ancestor's first.
    Together {
        steps: Vec<Arc<FanOut>>,
        ancestors: u64,
    },
    Listed {
        starts: Vec<u64>,
        rows: Vec<u32>,
    },
}

impl Groups {
    /// Whether so many rows are not too many to be put together.
    pub(super) fn are_possible(way: &Way, count: u64, ancestors: u64) -> bool {
        together(way).is_some() || u32::try_from(count.max(ancestors)).is_ok()
    }

    /// The rows `first..first + count` of a table, by their ancestors, of which there are so many.
    pub(super) fn new(way: &Way, first: u64, count: u64, ancestors: u64) -> Groups {
        let ancestor_first = way.steps().last().map_or(first, |last| last.parent_first);
        if let Some(steps) = together(way) {
            return Groups { rows: Rows::Together { steps, ancestors }, ancestor_first };
        }
        let step = |row: u64, relation: &Arc<Relation>| relation.on_the_way(row);
        let ancestor =
            |row: u64| Some(way.steps().iter().try_fold(first + row, step)?.wrapping_sub(ancestor_first) as usize);
        let mut starts = vec![0_u64; ancestors as usize + 1];
        (0..count).filter_map(ancestor).for_each(|ancestor| starts[ancestor + 1] += 1);
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        let mut next = starts.clone();
        let mut rows = vec![0_u32; starts[ancestors as usize] as usize];
        for row in 0..count {
            if let Some(ancestor) = ancestor(row) {
                rows[next[ancestor] as usize] = row as u32;
                next[ancestor] += 1;
            }
        }
        Groups { rows: Rows::Listed { starts, rows }, ancestor_first }
    }

    /// The rows of an ancestor.
    #[inline]
    pub(super) fn of(&self, ancestor: u64) -> Group<'_> {
        let ancestor = ancestor.wrapping_sub(self.ancestor_first);
        match &self.rows {
            Rows::Together { steps, .. } => {
                let between = |(start, end): (u64, u64), step: &Arc<FanOut>| (step.before(start), step.before(end));
                let (start, end) = steps.iter().fold((ancestor, ancestor + 1), between);
                Group::Range { start, size: end - start }
            }
            Rows::Listed { starts, rows } => {
                let at = ancestor as usize;
                let Some((&start, &end)) = starts.get(at).zip(starts.get(at + 1)) else { return Group::Rows(&[]) };
                Group::Rows(&rows[start as usize..end as usize])
            }
        }
    }

    /// The ancestors, each with its rows.
    pub(super) fn all(&self) -> impl Iterator<Item = (u64, Group<'_>)> {
        let ancestors = match &self.rows {
            Rows::Together { ancestors, .. } => *ancestors,
            Rows::Listed { starts, .. } => starts.len() as u64 - 1,
        };
        (self.ancestor_first..self.ancestor_first + ancestors).map(|ancestor| (ancestor, self.of(ancestor)))
    }
}

/// The steps of a way, the ancestor's first, where each counts the children of a parent.
fn together(way: &Way) -> Option<Vec<Arc<FanOut>>> {
    let children = |step: &Arc<Relation>| match &step.parents {
        Parents::Driven(driven) => Some(Arc::clone(&driven.0)),
        _ => None,
    };
    way.steps().iter().rev().map(children).collect()
}

/// Rows with one ancestor, counted from the table's first.
#[derive(Debug, Clone, Copy)]
pub(super) enum Group<'a> {
    Range { start: u64, size: u64 },
    Rows(&'a [u32]),
}

impl Group<'_> {
    pub(super) fn size(&self) -> u64 {
        match self {
            Group::Range { size, .. } => *size,
            Group::Rows(rows) => rows.len() as u64,
        }
    }

    /// The row at a place below the size.
    pub(super) fn nth(&self, place: u64) -> u64 {
        match self {
            Group::Range { start, .. } => start + place,
            Group::Rows(rows) => u64::from(rows[place as usize]),
        }
    }

    /// The place of a row; `None` where it has another ancestor.
    pub(super) fn place(&self, row: u64) -> Option<u64> {
        match self {
            Group::Range { start, size } => row.checked_sub(*start).filter(|place| place < size),
            Group::Rows(rows) => rows.binary_search(&u32::try_from(row).ok()?).ok().map(|place| place as u64),
        }
    }
}
