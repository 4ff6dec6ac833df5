//! Words of a list, as they are; and what comes after them where they are used up.

use std::collections::BTreeSet;

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::permutation::{permute, permute_in_blocks};
use crate::text::coded::{coded, codes, least};
use crate::text::folded::folded_text;
use crate::text::{cut, fits};

/// What comes after the words of a list in a unique column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing: there are no more.
    Nothing,
    /// Each of the words with a number: `Ohio 2`.
    Numbers,
    /// Two of the words, and then with a number: `Anna-Maria`, `Anna-Maria 2`; `Anna Maria` where a word has a hyphen.
    Pairs,
}

/// Words of a list, each index a different one.
///
/// First those within the limit, then what comes after: whole, or letters and a code where that is too long. Behind
/// the size stand the other words, which are cut, and only drawn where the column need not be unique.
pub(super) struct Listed {
    words: Vec<String>,
    fitting: u64,
    after: After,
    /// What stands between a pair: a mark that no word has.
    joint: &'static str,
    max_len: usize,
}

impl Listed {
    /// One of the words within the limit of the first list that has a choice of them; where none has, of
    /// the last list, cut where none fits.
    pub(super) fn of(lists: impl IntoIterator<Item = Vec<String>>, max_len: usize, after: After) -> Listed {
        let mut words = Vec::new();
        for list in lists {
            words = list;
            if words.iter().filter(|word| fits(word, max_len)).count() >= CHOICE {
                break;
            }
        }
        if words.iter().any(|word| fits(word, max_len)) {
            words.retain(|word| fits(word, max_len));
        }
        words.iter_mut().for_each(|word| cut(word, max_len));
        // Sorted and without those that a database takes for the same, so that each index is a different value.
        words.sort_unstable();
        let mut seen = BTreeSet::new();
        words.retain(|word| seen.insert(folded_text(word)));
        Listed::new(words, max_len, after)
    }

    /// The words in this order, but those within the limit first.
    pub(super) fn new(words: Vec<String>, max_len: usize, after: After) -> Listed {
        let (mut words, mut others): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| fits(word, max_len));
        let fitting = words.len() as u64;
        others.iter_mut().for_each(|word| cut(word, max_len));
        words.append(&mut others);
        let joint = if words.iter().any(|word| word.contains('-')) { " " } else { "-" };
        Listed { words, fitting, after, joint, max_len }
    }

    /// How many words there are, of any length.
    fn all(&self) -> u64 {
        self.words.len() as u64
    }

    /// How many words a unique column has: where no word fits, one that is cut is still one.
    fn first(&self) -> u64 {
        self.fitting.max(1)
    }

    /// The index of the word at a place among all of them.
    pub(super) fn index_of(&self, place: u64) -> u64 {
        if place < self.first() { place } else { self.behind() + place }
    }

    /// How many texts come after the words before a number does.
    fn stems(&self) -> u64 {
        match self.after {
            After::Pairs => self.fitting * self.fitting,
            _ => self.fitting,
        }
    }

    /// How many indices there are behind those of the words: whole blocks of stems, of which the rows take one after the
    /// other.
    fn behind(&self) -> u64 {
        let stems = self.stems();
        if self.after == After::Nothing || stems == 0 || self.max_len < least(self.all() + stems) {
            return 0;
        }
        let codes = codes(self.max_len) - self.all();
        codes - codes % stems
    }

    /// What comes after the words.
    fn more(&self, at: u64) -> String {
        let stems = self.stems();
        let (stem, block, code) = (at % stems, at / stems, self.all() + at);
        let word = |at: u64| self.words[(at % self.fitting) as usize].as_str();
        let (stem, number) = match self.after {
            After::Pairs => ([word(stem), self.joint, word(stem / self.fitting)].concat(), block + 1),
            _ => (word(stem).to_owned(), block + 2),
        };
        let text = if number > 1 { format!("{stem} {number}") } else { stem.clone() };
        if fits(&text, self.max_len) { text } else { coded(&stem, code, self.max_len, " -") }
    }
}

impl Domain<String> for Listed {
    fn size(&self) -> u64 {
        self.first() + self.behind()
    }
    fn nth(&self, index: u64) -> String {
        match index.checked_sub(self.first()) {
            Some(at) if at < self.behind() => self.more(at),
            Some(_) => self.words[(index - self.behind()) as usize].clone(),
            None => self.words[index as usize].clone(),
        }
    }
    fn draw(&self, cell: &Cell) -> u64 {
        cell.below(self.first())
    }
    fn index(&self, cell: &Cell) -> u64 {
        let (row, first) = (cell.row % self.size(), self.first());
        if row < first {
            return permute(cell.column, first, row);
        }
        let stems = self.stems();
        let (stem, block) = permute_in_blocks(cell.column.child("more"), stems, row - first);
        first + block * stems + stem
    }
}

/// So many words are a choice.
const CHOICE: usize = 10;

/// Every word of the first list with every one of the others, put together.
pub(super) fn product(lists: [&[&str]; 3], join: impl Fn([&str; 3]) -> String) -> Vec<String> {
    let mut words = Vec::new();
    for one in lists[0] {
        for other in lists[1] {
            words.extend(lists[2].iter().map(|third| join([one, other, third])));
        }
    }
    words
}

/// The words of a list, as they are.
pub(super) fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|&word| word.to_owned()).collect()
}

domains! {
    () Listed => String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_its_words_are_used_up() {
        let text = |after, max_len, index| Listed::new(owned(&["Anna", "Maria"]), max_len, after).nth(index);
        assert_eq!(
            [0, 1, 2, 4, 6].map(|index| text(After::Pairs, 20, index)),
            ["Anna", "Maria", "Anna-Anna", "Anna-Maria", "Anna-Anna 2"]
        );
        assert_eq!([2, 4].map(|index| text(After::Numbers, 20, index)), ["Anna 2", "Anna 3"]);
        assert_eq!([2, 5].map(|index| text(After::Pairs, 8, index)), ["Anna-A12", "Maria15"]);
        assert_eq!(Listed::new(owned(&["Anna"]), 9, After::Nothing).size(), 1);
    }
}
