//! The person of a row: what its name, username and e-mail address have in common.

use crate::cell::Cell;
use crate::permutation::permute_in_blocks;
use crate::words::{FIRST_NAMES, LAST_NAMES};

/// The person of a row. All columns of the row that speak of a person ask for this one, so they
/// agree without knowing of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    /// Which first name.
    pub(crate) first: usize,
    /// Which last name.
    pub(crate) last: usize,
}

/// How many pairs of names there are.
pub(crate) fn pairs() -> u64 {
    FIRST_NAMES.len() as u64 * LAST_NAMES.len() as u64
}

/// The pair of names of a row, and how often all pairs have been used before.
///
/// A permutation keyed by the table (and a name that no column has): the first 1.4 million rows are 1.4 million different people.
#[inline]
pub(crate) fn pair(cell: &Cell) -> (u64, u64) {
    permute_in_blocks(cell.table.child("(person)"), pairs(), cell.row)
}

impl Person {
    /// The person of a pair of names.
    pub(crate) fn of(pair: u64) -> Person {
        let firsts = FIRST_NAMES.len() as u64;
        Person { first: (pair % firsts) as usize, last: (pair / firsts) as usize }
    }

    pub(crate) fn first_name(self) -> &'static str {
        FIRST_NAMES[self.first]
    }

    pub(crate) fn last_name(self) -> &'static str {
        LAST_NAMES[self.last]
    }
}
