//! Any faker of the `fake` crate as a generator.

use fake::Dummy;

use crate::cell::Cell;
use crate::generator::Generator;

/// A faker of the [`fake`](mod@fake) crate, fed with the cell's own stream: `#[seed(fake = FirstName(FR_FR))]`.
///
/// Its values cannot be counted, so such a column cannot be `unique`.
///
/// ```
/// use fake::{faker::name::raw::FirstName, locales::FR_FR};
/// use seed_core::{Cell, Generator, Key};
///
/// let column = Key::seed(1).child("users").child("first_name");
/// let name: String = seed_core::fake(FirstName(FR_FR)).value(&Cell { table: column, column, row: 0 });
/// assert_eq!(name, "Quentin");
/// ```
pub fn fake<F>(faker: F) -> Faked<F> {
    Faked { faker }
}

/// See [`fake()`].
#[derive(Debug, Clone)]
pub struct Faked<F> {
    faker: F,
}

impl<T: Dummy<F>, F: Send + Sync> Generator<T> for Faked<F> {
    fn value(&self, cell: &Cell) -> T {
        T::dummy_with_rng(&self.faker, cell.stream().rng())
    }
}
