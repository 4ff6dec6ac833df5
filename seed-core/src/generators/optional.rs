//! Values that are sometimes missing.

use crate::cell::Cell;
use crate::column::is_null;
use crate::generator::{BoxGenerator, Generator};
use crate::value::Hint;

/// A generator's values, or `None` with a probability: for items of arrays and for JSON. (For a column, it is
/// `#[seed(null = 0.2)]`.)
///
/// ```
/// use seed_core::{array, int, optional};
///
/// let answers = array(optional(int::<i32>(1..=5), 0.2), int(3..=3));
/// # let _: &dyn seed_core::Generator<Vec<Option<i32>>> = &answers;
/// ```
pub fn optional<T: 'static>(generator: impl Generator<T> + 'static, none: f64) -> Optional<T> {
    Optional { generator: Box::new(generator), none }
}

/// See [`optional`].
pub struct Optional<T> {
    generator: BoxGenerator<T>,
    none: f64,
}

impl<T> Generator<Option<T>> for Optional<T> {
    fn value(&self, cell: &Cell) -> Option<T> {
        (!is_null(cell.column, self.none, cell.row)).then(|| self.generator.value(cell))
    }

    fn listed(&self) -> Vec<Option<T>> {
        self.generator.listed().into_iter().map(Some).collect()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.generator.prepare(hint);
    }

    fn check(&self) -> Result<(), String> {
        if !(0.0..=1.0).contains(&self.none) {
            return Err(format!(
                "`{}` is no probability of a missing value; write a number from 0.0 to 1.0",
                self.none
            ));
        }
        self.generator.check()
    }
}
