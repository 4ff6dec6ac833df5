//! The variants of an enum.

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::generators::choice::Weights;

/// One of the variants of an enum, as often as its weight says: what `#[derive(Seedable)]` on a
/// fieldless enum makes.
///
/// `of` gives the variant at an index below the number of `weights`. Weights are relative; a variant
/// that weighs 0 is never made, and a unique column has no room for it either.
///
/// ```
/// use seed_core::{Domain, variants};
///
/// #[derive(Debug, PartialEq)]
/// enum Role {
///     Member,
///     Admin,
///     Retired,
/// }
///
/// fn role(index: u64) -> Role {
///     match index {
///         0 => Role::Member,
///         1 => Role::Admin,
///         _ => Role::Retired,
///     }
/// }
///
/// let role = variants(role, &[9.0, 1.0, 0.0]);
/// assert_eq!(role.size(), 2);
/// assert_eq!(role.nth(1), Role::Admin);
/// ```
pub fn variants<T>(of: fn(u64) -> T, weights: &[f64]) -> Variants<T> {
    let likely = (0..).zip(weights).filter(|(_, weight)| **weight != 0.0);
    let (indices, weights): (Vec<u64>, Vec<f64>) = likely.unzip();
    Variants { of, indices, weights: Weights::new(weights) }
}

/// See [`variants`].
#[derive(Debug, Clone)]
pub struct Variants<T> {
    of: fn(u64) -> T,
    /// Those of the variants that weigh anything.
    indices: Vec<u64>,
    weights: Result<Weights, String>,
}

impl<T> Domain<T> for Variants<T> {
    fn size(&self) -> u64 {
        self.indices.len() as u64
    }
    fn nth(&self, index: u64) -> T {
        (self.of)(self.indices[index as usize])
    }
    fn draw(&self, cell: &Cell) -> u64 {
        let weights = self.weights.as_ref().expect("the plan has checked the weights");
        weights.pick(cell.bits()) as u64
    }
    fn check(&self) -> Result<(), String> {
        self.weights.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

domains! {
    (T) Variants<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::generator::Generator;

    fn cells(rows: u64) -> impl Iterator<Item = Cell> {
        let column = Key::seed(1).child("users").child("role");
        (0..rows).map(move |row| Cell { table: column, column, row })
    }

    #[test]
    fn variants_come_as_often_as_they_weigh() {
        let role = variants(|index| index, &[3.0, 0.0, 1.0]);
        let mut counts = [0; 3];
        cells(4_000).for_each(|cell| counts[role.value(&cell) as usize] += 1);
        assert_eq!(counts, [3_010, 0, 990]);
    }

    #[test]
    fn a_unique_column_takes_each_variant_that_weighs_anything() {
        let role = variants(|index| index, &[0.0, 9.0, 0.5, 0.5]);
        let mut all: Vec<u64> = cells(3).map(|cell| role.nth(role.index(&cell))).collect();
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3]);
    }

    #[test]
    fn weights_that_choose_nothing_are_refused() {
        for weights in [&[][..], &[0.0, 0.0], &[-1.0, 2.0], &[f64::NAN], &[f64::INFINITY]] {
            assert!(Generator::check(&variants(|index| index, weights)).is_err(), "{weights:?}");
        }
    }
}
