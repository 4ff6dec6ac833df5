//! Words of a list, as they are.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Domain, domains};
use crate::person::{self, Person};
use crate::text::cut;

/// One of the words within the limit of the first list that has a choice of them; where none has, of
/// the last list, cut where none fits.
pub(super) fn listed(lists: impl IntoIterator<Item = Vec<String>>, max_len: usize) -> BoxGenerator<String> {
    let fits = |word: &String| word.chars().count() <= max_len;
    let mut words = Vec::new();
    for list in lists {
        words = list;
        if words.iter().filter(|word| fits(word)).count() >= CHOICE {
            break;
        }
    }
    if words.iter().any(fits) {
        words.retain(fits);
    }
    words.iter_mut().for_each(|word| cut(word, max_len));
    // Sorted and without duplicates, so that each index is a different value.
    words.sort_unstable();
    words.dedup();
    Box::new(Listed(words))
}

/// So many words are a choice.
const CHOICE: usize = 10;

/// Every word of the first list with every one of the second, and so on.
pub(super) fn product(lists: &[&[&str]]) -> Vec<String> {
    let [first, rest @ ..] = lists else { return vec![String::new()] };
    let tails = product(rest);
    let join = |head: &str, tail: &str| if tail.is_empty() { head.to_owned() } else { format!("{head} {tail}") };
    first.iter().flat_map(|head| tails.iter().map(move |tail| join(head, tail))).collect()
}

struct Listed(Vec<String>);

impl Domain<String> for Listed {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }
    fn nth(&self, index: u64) -> String {
        self.0[index as usize].clone()
    }
}

/// One of the names of the row's person; distinct ones where the column is unique.
pub(super) struct NameOf {
    /// Those within the limit, which stay distinct, and then the others, which may not.
    names: Vec<&'static str>,
    /// Where each name of the whole list stands among `names`.
    places: Vec<u32>,
    fitting: u64,
    of: fn(Person) -> usize,
    max_len: usize,
}

impl NameOf {
    pub(super) fn new(all: &'static [&'static str], of: fn(Person) -> usize, max_len: usize) -> NameOf {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|&at| all[at].chars().count() > max_len);
        let mut places = vec![0; all.len()];
        order.iter().zip(0..).for_each(|(&at, place)| places[at] = place);
        let fitting = all.iter().filter(|name| name.chars().count() <= max_len).count() as u64;
        NameOf { names: order.into_iter().map(|at| all[at]).collect(), places, fitting, of, max_len }
    }
}

impl Domain<String> for NameOf {
    fn size(&self) -> u64 {
        // Where no name fits, one that is cut is still one.
        self.fitting.max(1)
    }
    fn nth(&self, index: u64) -> String {
        let mut name = self.names[index as usize].to_owned();
        cut(&mut name, self.max_len);
        name
    }
    fn draw(&self, cell: &Cell) -> u64 {
        u64::from(self.places[(self.of)(Person::of(person::pair(cell).0))])
    }
}

domains! {
    () Listed => String;
    () NameOf => String;
}
