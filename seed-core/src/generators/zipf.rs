//! Ranks: a few values that most rows have, and many that few have.

use std::marker::PhantomData;

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::generators::math::{exp, exp_m1, ln, ln_1p};
use crate::generators::number::Number;

/// Ranks from 1 to `n`: rank `k` is `k` to the power of `exponent` times rarer than rank 1. How words, cities and
/// popular articles are distributed: at an exponent of 1 the second has half as many rows as the first, the
/// third a third.
///
/// Needs no memory, however large `n` is. A unique column has each rank once.
///
/// ```
/// use seed_core::{Cell, Generator, Key, zipf};
///
/// let column = Key::seed(1).child("views").child("article");
/// let articles = zipf::<i32>(1_000_000, 1.1);
/// let some: Vec<i32> = (0..8).map(|row| articles.value(&Cell { table: column, column, row })).collect();
/// assert_eq!(some, [936, 215, 1, 4465, 1810, 10, 8, 264_059]);
/// ```
pub fn zipf<T: Number>(n: u64, exponent: f64) -> Zipf<T> {
    Zipf { n, exponent, hat: Hat::new(n, exponent), of: PhantomData }
}

/// See [`zipf`].
#[derive(Debug, Clone, Copy)]
pub struct Zipf<T> {
    n: u64,
    exponent: f64,
    hat: Hat,
    of: PhantomData<fn() -> T>,
}

impl<T: Number> Domain<T> for Zipf<T> {
    fn size(&self) -> u64 {
        self.n
    }
    fn nth(&self, index: u64) -> T {
        T::nearest((index + 1) as f64, Some(0))
    }
    /// Rejection-inversion: W. Hörmann and G. Derflinger, [Rejection-inversion to generate variates from
    /// monotone discrete distributions](https://doi.org/10.1145/235025.235029), ACM TOMACS 6 (1996), in the form
    /// that avoids cancellation, of Apache Commons RNG's `RejectionInversionZipfSampler`.
    fn draw(&self, cell: &Cell) -> u64 {
        let Hat { exponent, low, high, safe } = self.hat;
        let mut stream = cell.stream();
        // Nine of ten draws are taken at once, whatever the exponent.
        loop {
            let area = high + stream.unit() * (low - high);
            let x = inverse_area(area, exponent);
            let rank = (x + 0.5).floor().clamp(1.0, self.n as f64);
            if rank - x <= safe || area >= area_to(rank + 0.5, exponent) - height(rank, exponent) {
                return rank as u64 - 1;
            }
        }
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn check(&self) -> Result<(), String> {
        if self.n == 0 {
            return Err("`zipf` of 0 ranks has no value; write 1 or more".to_owned());
        }
        if !self.exponent.is_finite() || self.exponent < 0.0 {
            return Err(format!("`{}` is no exponent; write a finite number of at least 0", self.exponent));
        }
        let last = |less| T::nearest((self.n - less) as f64, Some(0));
        if self.n > 1 << 53 || self.n > 1 && last(0) <= last(1) {
            return Err(format!("the column's type does not hold every rank up to {}; write a smaller number", self.n));
        }
        Ok(())
    }
}

/// A curve above all ranks, whose area can be inverted, from below rank 1 to above rank `n`.
#[derive(Debug, Clone, Copy)]
struct Hat {
    exponent: f64,
    low: f64,
    high: f64,
    /// A rank that is no more than this above its place under the curve is always taken.
    safe: f64,
}

impl Hat {
    fn new(n: u64, exponent: f64) -> Hat {
        let safe = 2.0 - inverse_area(area_to(2.5, exponent) - height(2.0, exponent), exponent);
        let (low, high) = (area_to(1.5, exponent) - 1.0, area_to(n as f64 + 0.5, exponent));
        Hat { exponent, low, high, safe }
    }
}

/// x to the power of -exponent.
fn height(x: f64, exponent: f64) -> f64 {
    exp(-exponent * ln(x))
}

/// The area below the curve from 1 to x: (x^(1 - exponent) - 1) / (1 - exponent), or ln x where that is 0 / 0.
fn area_to(x: f64, exponent: f64) -> f64 {
    let log = ln(x);
    let power = (1.0 - exponent) * log;
    let slope = if power.abs() > 1e-8 { exp_m1(power) / power } else { 1.0 + power / 2.0 };
    slope * log
}

/// The x that has such an area below the curve.
fn inverse_area(area: f64, exponent: f64) -> f64 {
    // Rounding may bring it below what has a logarithm.
    let grown = (area * (1.0 - exponent)).max(-1.0);
    let slope = if grown.abs() > 1e-8 { ln_1p(grown) / grown } else { 1.0 - grown / 2.0 };
    exp(slope * area)
}

domains! {
    (T: Number) Zipf<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::generator::Generator;

    fn ranks(n: u64, exponent: f64, rows: u64) -> Vec<u64> {
        let zipf = zipf::<u64>(n, exponent);
        Generator::check(&zipf).unwrap();
        let column = Key::seed(1).child("t").child("c");
        (0..rows).map(|row| zipf.value(&Cell { table: column, column, row })).collect()
    }

    #[test]
    fn every_rank_comes_as_often_as_it_should() {
        for exponent in [0.0, 0.5, 1.0, 1.000_000_01, 1.1, 2.0, 5.0] {
            let ranks = ranks(10, exponent, 40_000);
            let total: f64 = (1..=10).map(|rank| f64::from(rank).powf(-exponent)).sum();
            // Chi-squared over the ranks that come often enough; 9 degrees of freedom, and 34 is passed by
            // chance once in ten thousand.
            let chi: f64 = (1..=10_u64)
                .map(|rank| (rank, 40_000.0 * (rank as f64).powf(-exponent) / total))
                .filter(|(_, expected)| *expected > 5.0)
                .map(|(rank, expected)| {
                    let count = ranks.iter().filter(|&&of| of == rank).count() as f64;
                    (count - expected).powi(2) / expected
                })
                .sum();
            assert!(chi < 34.0 && ranks.iter().all(|rank| (1..=10).contains(rank)), "{exponent}: {chi}");
        }
    }

    #[test]
    fn any_number_of_ranks_needs_no_memory() {
        for n in [1, 2, 1 << 20, 1 << 53] {
            for exponent in [0.0, 0.3, 1.0, 3.0, 50.0, 1_000.0] {
                assert!(ranks(n, exponent, 200).iter().all(|rank| (1..=n).contains(rank)), "{n} {exponent}");
            }
        }
    }

    #[test]
    fn what_is_no_ranking_is_refused() {
        assert!(Generator::check(&zipf::<i8>(127, 1.0)).is_ok() && Generator::check(&zipf::<i8>(1, 1.0)).is_ok());
        assert!(Generator::check(&zipf::<i8>(128, 1.0)).is_err() && Generator::check(&zipf::<i8>(0, 1.0)).is_err());
        assert!(Generator::check(&zipf::<u64>(u64::MAX, 1.0)).is_err());
        assert!([-1.0, f64::NAN, f64::INFINITY].iter().all(|&s| Generator::check(&zipf::<i8>(9, s)).is_err()));
    }
}
