//! `Combination`: columns whose values differ together, as those of a composite key do.

use std::fmt;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::cell::Key;
use crate::fan_out::FanOut;
use crate::permutation::permute;

/// Columns of a table whose values differ together: a primary key of several columns, or
/// `#[seed(unique(a, b))]`.
///
/// The values of the columns, each counted, make a product: row → index in a keyed permutation of the
/// product → one digit for each column, as a number is taken apart in a base for each of its digits.
/// No retry and no memory: any row can be asked for alone. Where one of the columns drives the row
/// count, each of its parents has a permutation of its own, over the product of the other columns.
pub struct Combination {
    /// The columns, in the order of the model.
    pub columns: Vec<&'static str>,
    /// Columns that were to differ together with these, and do so with others already.
    pub(crate) shared: Vec<&'static str>,
    key: Key,
    /// The row from which they are counted.
    first: u64,
    driver: Option<(&'static str, Arc<FanOut>)>,
    /// The combination that the shared columns are of: for each of their values, the rows of it are
    /// counted like the children of a parent.
    through: Option<Arc<Combination>>,
    /// How the columns are made distinct; not at all where they are so without it.
    made: OnceCell<Made>,
}

#[derive(Debug, Clone, PartialEq)]
struct Made {
    places: Vec<Place>,
    /// How many combinations there are: for each parent, where one column drives.
    size: u64,
    /// Whether the rows of a parent take one value after the other.
    counts_up: bool,
}

/// Where a column's digit stands.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    column: &'static str,
    size: u64,
    /// What the digits below it count up to.
    below: u64,
}

/// Why columns cannot differ together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TooFew {
    /// So many combinations, and so many rows that need one each: of a parent where one drives.
    Rows { has: u64, needs: u64 },
    /// No column has values that can be counted.
    NotCountable,
}

impl Combination {
    pub(crate) fn new(
        table: Key,
        first: u64,
        columns: Vec<&'static str>,
        shared: Vec<&'static str>,
        through: Option<Arc<Combination>>,
        driver: Option<(&'static str, Arc<FanOut>)>,
    ) -> Combination {
        let key = columns.iter().fold(table.child("(unique)"), |key, column| key.child(column));
        Combination { columns, shared, key, first, driver, through, made: OnceCell::new() }
    }

    /// Whether this is the row from which they are counted.
    pub(crate) fn is_counted_from(&self, row: u64) -> bool {
        self.first == row
    }

    /// The one column that is there beside the one that drives.
    pub(crate) fn numbers(&self) -> Option<&'static str> {
        let driver = self.driver()?;
        let mut others = self.columns.iter().filter(|&&column| column != driver);
        others.next().filter(|_| others.next().is_none()).copied()
    }

    /// The columns, and those that differ together with others already.
    pub(crate) fn all_columns(&self) -> Vec<&'static str> {
        self.columns.iter().chain(&self.shared).copied().collect()
    }

    /// The column that drives the row count, where one of them does.
    pub fn driver(&self) -> Option<&'static str> {
        self.driver.as_ref().map(|(column, _)| *column)
    }

    /// Makes the combinations of `rows` rows from the columns whose values are counted, each with the
    /// number of its values: relations first, since those after it are left out where there are more
    /// combinations than any table has rows.
    pub(crate) fn combine(&self, counted: &[(&'static str, u64)], rows: u64, counts_up: bool) -> Result<(), TooFew> {
        let mut below = 1_u64;
        let mut places = Vec::new();
        for &(column, size) in counted {
            let size = if below == 1 { size.min(MOST) } else { size };
            let Some(product) = below.checked_mul(size).filter(|&product| product <= MOST) else { continue };
            places.push(Place { column, size, below });
            below = product;
        }
        let needs = match (&self.driver, self.positions()) {
            (Some((_, children)), _) => children.most(),
            (None, Some(positions)) => positions.min(rows),
            (None, None) => rows,
        };
        if places.is_empty() && needs > 1 {
            return Err(TooFew::NotCountable);
        }
        if below < needs {
            return Err(TooFew::Rows { has: below, needs });
        }
        let counts_up = counts_up && self.driver.is_some() && places.len() == 1;
        let _ = self.made.set(Made { places, size: below, counts_up });
        Ok(())
    }

    /// The index of a column's value in a row, where the combination decides it.
    pub(crate) fn index(&self, column: &str, row: u64) -> Option<u64> {
        let Made { places, size, counts_up } = self.made.get()?;
        let row = row.wrapping_sub(self.first);
        let place = places.iter().find(|place| place.column == column)?;
        let through = || self.through.as_ref()?.place(&self.shared, row.wrapping_add(self.first));
        let index = match self.driver.as_ref().map(|(_, children)| children.place(row)).or_else(through) {
            Some((_, position)) if *counts_up => position,
            Some((parent, position)) => permute(self.key.nth(parent), *size, position),
            None => permute(self.key, *size, row),
        };
        Some(index / place.below % place.size)
    }

    /// The key of a row's parent that drives, and the row's position among its children.
    pub(crate) fn position(&self, row: u64) -> Option<(Key, u64)> {
        let (_, children) = self.driver.as_ref()?;
        let (parent, position) = children.place(row.wrapping_sub(self.first));
        Some((self.key.nth(parent), position))
    }

    /// Whether the shared columns are all of one combination.
    pub(crate) fn is_through_another(&self) -> bool {
        self.through.is_some()
    }

    /// How many rows there are at most for one value of the shared columns.
    fn positions(&self) -> Option<u64> {
        let through = self.through.as_ref()?;
        let Made { places, size, .. } = through.made.get()?;
        let shared = places.iter().filter(|place| self.shared.contains(&place.column));
        Some(size / shared.map(|place| place.size).product::<u64>())
    }

    /// The index of what some columns hold together in a row, and that of all others: no two rows that
    /// agree in the first agree in the second.
    fn place(&self, columns: &[&str], row: u64) -> Option<(u64, u64)> {
        let Made { places, .. } = self.made.get()?;
        let mut both = [(0, 1), (0, 1)];
        for place in places {
            let (index, below) = &mut both[usize::from(!columns.contains(&place.column))];
            *index += self.index(place.column, row)? * *below;
            *below *= place.size;
        }
        let [(of_columns, _), (of_others, _)] = both;
        Some((of_columns, of_others))
    }
}

/// More combinations than any table has rows.
const MOST: u64 = 1 << 62;

impl fmt::Debug for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Combination").field("columns", &self.columns).field("made", &self.made).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fan_out::With;

    fn pairs(combination: &Combination, rows: u64) -> BTreeSet<(u64, u64)> {
        let index = |column, row| combination.index(column, row).unwrap();
        (0..rows).map(|row| (index("a", row), index("b", row))).collect()
    }

    #[test]
    fn every_combination_comes_once() {
        let free = Combination::new(Key::seed(1), 0, vec!["a", "b"], Vec::new(), None, None);
        assert_eq!(free.combine(&[("a", 30), ("b", 7)], 210, false), Ok(()));
        assert_eq!(pairs(&free, 210).len(), 210);
        let more = Combination::new(Key::seed(1), 0, vec!["a", "b"], Vec::new(), None, None);
        assert_eq!(more.combine(&[("a", 30), ("b", 7)], 211, false), Err(TooFew::Rows { has: 210, needs: 211 }));
        assert_eq!(more.index("a", 0), None);
    }

    #[test]
    fn the_first_rows_take_from_all_over_the_product() {
        let free = Combination::new(Key::seed(1), 0, vec!["a", "b"], Vec::new(), None, None);
        free.combine(&[("a", 1_000), ("b", 1_000)], 500, false).unwrap();
        let pairs = pairs(&free, 500);
        for of in [|pair: &(u64, u64)| pair.0, |pair: &(u64, u64)| pair.1] {
            let distinct: BTreeSet<u64> = pairs.iter().map(of).collect();
            assert!(distinct.len() > 350 && distinct.len() < 450, "{} of 1,000", distinct.len());
        }
    }

    #[test]
    fn the_children_of_a_parent_differ() {
        let children = Arc::new(FanOut::new(Key::seed(2), &With::from(1..=7), 100).unwrap());
        let driven = Combination::new(
            Key::seed(1),
            0,
            vec!["user_id", "a", "b"],
            Vec::new(),
            None,
            Some(("user_id", Arc::clone(&children))),
        );
        assert_eq!(driven.combine(&[("a", 2), ("b", 3)], 400, false), Err(TooFew::Rows { has: 6, needs: 7 }));
        driven.combine(&[("a", 2), ("b", 4)], 400, false).unwrap();
        let rows = children.children();
        let triples: BTreeSet<_> = (0..rows)
            .map(|row| (children.parent(row), driven.index("a", row).unwrap(), driven.index("b", row).unwrap()))
            .collect();
        assert_eq!(triples.len() as u64, rows);
        assert_eq!(driven.index("user_id", 0), None);
    }

    #[test]
    fn the_rows_of_a_parent_are_numbered() {
        let children = Arc::new(FanOut::new(Key::seed(2), &With::from(1..=7), 100).unwrap());
        let lines = Combination::new(
            Key::seed(1),
            0,
            vec!["order_id", "line"],
            Vec::new(),
            None,
            Some(("order_id", Arc::clone(&children))),
        );
        assert_eq!(lines.numbers(), Some("line"));
        lines.combine(&[("line", 1 << 31)], 400, true).unwrap();
        for row in 0..children.children() {
            let (_, position) = children.place(row);
            assert_eq!(lines.index("line", row), Some(position));
        }
    }

    #[test]
    fn what_would_be_too_many_combinations_is_left_out() {
        let free = Combination::new(Key::seed(1), 0, vec!["a", "b", "c"], Vec::new(), None, None);
        free.combine(&[("a", 1 << 40), ("b", 1 << 40), ("c", 1 << 20)], 1 << 30, false).unwrap();
        assert_eq!((free.index("b", 5), free.index("c", 5).is_some()), (None, true));
        let none = Combination::new(Key::seed(1), 0, vec!["a", "b"], Vec::new(), None, None);
        assert_eq!(none.combine(&[], 2, false), Err(TooFew::NotCountable));
        assert_eq!(none.combine(&[], 1, false), Ok(()));
    }
}
