//! Lists of values, of any distribution of lengths.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Generator};
use crate::range::int;
use crate::value::Hint;

/// Lists of a generator's values; another generator makes their lengths.
///
/// ```
/// use seed_core::{Cell, Generator, Key, array, int};
///
/// let dice = array(int::<i32>(1..=6), int(2..=4));
/// let column = Key::seed(42).child("games").child("throws");
/// assert_eq!(dice.value(&Cell { table: column, column, row: 0 }), [5, 5]);
/// ```
pub fn array<T: 'static>(items: impl Generator<T> + 'static, lengths: impl Generator<u64> + 'static) -> List<T> {
    List { items: Box::new(items), lengths: Box::new(lengths) }
}

/// See [`array()`].
pub struct List<T> {
    items: BoxGenerator<T>,
    lengths: BoxGenerator<u64>,
}

impl<T> List<T> {
    /// None to three values.
    pub(crate) fn short(items: BoxGenerator<T>) -> List<T> {
        List { items, lengths: Box::new(int(0..=3)) }
    }
}

impl<T> Generator<Vec<T>> for List<T> {
    fn value(&self, cell: &Cell) -> Vec<T> {
        let items = cell.column.child("item");
        let item = |at| Cell { column: items.nth(at), ..*cell };
        (0..self.lengths.value(cell)).map(|at| self.items.value(&item(at))).collect()
    }

    /// One list of all that its items may be.
    fn listed(&self) -> Vec<Vec<T>> {
        let items = self.items.listed();
        if items.is_empty() { Vec::new() } else { vec![items] }
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.items.prepare(&hint.item());
    }

    fn check(&self) -> Result<(), String> {
        self.items.check()?;
        self.lengths.check().map_err(|message| format!("the number of items: {message}"))
    }
}
