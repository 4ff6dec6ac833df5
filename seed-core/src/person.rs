//! The person of a row: what its name, username and e-mail address have in common.

use crate::cell::{Cell, Key};
use crate::language::{Language, Name};
use crate::memo::Memo;
use crate::permutation::permute_in_blocks;

thread_local! {
    /// The pair of names of the last row.
    static PERSON: Memo<(Key, u64, u64), (u64, u64), 1> = const { Memo::new() };
}

/// The person of a row. All columns of the row that speak of a person ask for this one, so they
/// agree without knowing of each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) first: &'static Name,
    pub(crate) last: &'static Name,
}

impl Language {
    /// How many pairs of names there are.
    pub(crate) fn pairs(&self) -> u64 {
        self.first.len() as u64 * self.last.len() as u64
    }

    /// The person of a pair of names.
    pub(crate) fn person(&'static self, pair: u64) -> Person {
        let firsts = self.first.len() as u64;
        Person { first: &self.first[(pair % firsts) as usize], last: &self.last[(pair / firsts) as usize] }
    }

    /// The person of a row.
    pub(crate) fn person_of(&'static self, cell: &Cell) -> Person {
        self.person(self.pair(cell).0)
    }

    /// The pair of names of a row, and how often all pairs have been used before.
    ///
    /// A permutation keyed by the table (and a name that no column has): in English the first 1.4
    /// million rows are 1.4 million different people.
    #[inline]
    pub(crate) fn pair(&self, cell: &Cell) -> (u64, u64) {
        let (key, pairs) = (cell.table.child("(person)"), self.pairs());
        PERSON.with(|person| person.get(0, (key, pairs, cell.row), || permute_in_blocks(key, pairs, cell.row)))
    }

    /// How many companies there are.
    pub(crate) fn companies(&self) -> u64 {
        (self.last.len() as u64).pow(2)
    }

    /// The company of a row, and how often all of them have been used before: as with people.
    #[inline]
    pub(crate) fn company(&self, cell: &Cell) -> (u64, u64) {
        permute_in_blocks(cell.table.child("(company)"), self.companies(), cell.row)
    }
}

impl Person {
    /// The whole name: `Alice Smith`, `山田 花子`.
    pub(crate) fn name(self, language: &Language) -> [&'static str; 3] {
        match language.grammar.last_first {
            None => [self.first.text, " ", self.last.text],
            Some(joint) => [self.last.text, joint, self.first.text],
        }
    }

    /// The plain names with a mark between them: `alice_smith`.
    pub(crate) fn joined(self, joint: &'static str) -> [&'static str; 3] {
        [&self.first.plain, joint, &self.last.plain]
    }
}
