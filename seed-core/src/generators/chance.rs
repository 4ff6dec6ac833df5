//! Booleans with a probability.

use crate::cell::Cell;
use crate::generator::{Domain, Generator};

/// True with a probability: `chance(0.3)` in three of ten rows.
///
/// A unique column has one row of each.
///
/// ```
/// use seed_core::{Cell, Generator, Key, chance};
///
/// let column = Key::seed(1).child("users").child("newsletter");
/// let subscribed = chance(0.3);
/// let yes = (0..1_000).filter(|&row| subscribed.value(&Cell { table: column, column, row })).count();
/// assert_eq!(yes, 319);
/// ```
pub fn chance(probability: f64) -> Chance {
    Chance(probability)
}

/// See [`chance`].
#[derive(Debug, Clone, Copy)]
pub struct Chance(f64);

impl Generator<bool> for Chance {
    fn value(&self, cell: &Cell) -> bool {
        cell.stream().chance(self.0)
    }

    fn domain(&self) -> Option<&dyn Domain<bool>> {
        Some(self)
    }

    fn check(&self) -> Result<(), String> {
        Domain::check(self)
    }
}

impl Domain<bool> for Chance {
    fn size(&self) -> u64 {
        2
    }
    fn nth(&self, index: u64) -> bool {
        index == 1
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.value(cell).into()
    }
    fn check(&self) -> Result<(), String> {
        if (0.0..=1.0).contains(&self.0) {
            Ok(())
        } else {
            Err(format!("`{}` is no probability of `true`; write a number from 0.0 to 1.0", self.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_probability_is_refused() {
        assert!([0.0, 0.5, 1.0].iter().all(|&p| Generator::check(&chance(p)).is_ok()));
        assert!([-0.1, 1.1, 30.0, f64::NAN].iter().all(|&p| Generator::check(&chance(p)).is_err()));
    }
}
