//! Vectors of numbers, as for nearest neighbours.

use crate::cell::{Cell, mix};
use crate::generator::{Domain, Generator};
use crate::stream::Stream;

/// `n` numbers from -1.0 to below 1.0, each drawn apart: an embedding, for columns such as pgvector's.
///
/// [`normalized`](Vector::normalized) brings each to a length of 1, as models of language give them.
///
/// ```
/// use seed_core::{Cell, Generator, Key, vector};
///
/// let column = Key::seed(1).child("documents").child("embedding");
/// let embedding = vector(3).value(&Cell { table: column, column, row: 0 });
/// assert_eq!(embedding, [-0.2113254, 0.04238522, -0.07303524]);
/// ```
pub fn vector(n: usize) -> Vector {
    Vector { n, normalized: false }
}

/// See [`vector`].
#[derive(Debug, Clone, Copy)]
pub struct Vector {
    n: usize,
    normalized: bool,
}

impl Vector {
    /// The same vectors with a length of 1. A unique column cannot have them: two may have the same direction.
    #[must_use]
    pub fn normalized(self) -> Vector {
        Vector { normalized: true, ..self }
    }
}

/// How many bits a number is drawn from: all are held by an `f32`.
const BITS: u32 = 24;

impl Generator<Vec<f32>> for Vector {
    fn value(&self, cell: &Cell) -> Vec<f32> {
        let mut stream = cell.stream();
        let mut numbers: Vec<f32> = (0..self.n).map(|_| number(stream.bits() >> (u64::BITS - BITS))).collect();
        if self.normalized {
            let square = numbers.iter().map(|&number| f64::from(number) * f64::from(number)).sum::<f64>();
            match (square.sqrt(), numbers.first_mut()) {
                (0.0, Some(first)) => *first = 1.0,
                (length, _) => numbers.iter_mut().for_each(|number| *number = (f64::from(*number) / length) as f32),
            }
        }
        numbers
    }

    fn domain(&self) -> Option<&dyn Domain<Vec<f32>>> {
        (!self.normalized).then_some(self)
    }

    fn check(&self) -> Result<(), String> {
        Domain::check(self)
    }
}

impl Domain<Vec<f32>> for Vector {
    fn size(&self) -> u64 {
        1_u64.checked_shl(BITS * self.n.min(3) as u32).unwrap_or(u64::MAX)
    }
    fn nth(&self, index: u64) -> Vec<f32> {
        // The index in the first three numbers, of the third in its higher bits; the others are mixed from it.
        let mut rest = Stream::new(mix(index));
        let bits = |at| match at {
            0 => index,
            1 => index >> BITS,
            2 => index >> (2 * BITS) << 8 | rest.bits() >> 56,
            _ => rest.bits(),
        };
        (0..self.n).map(bits).map(|bits| number(bits & ((1 << BITS) - 1))).collect()
    }
    fn check(&self) -> Result<(), String> {
        if self.n > 0 { Ok(()) } else { Err("`vector(0)` has no number; write 1 or more".to_owned()) }
    }
}

/// The number from -1.0 to below 1.0 that so many bits choose.
fn number(bits: u64) -> f32 {
    (bits as i32 - (1 << (BITS - 1))) as f32 / (1 << (BITS - 1)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    fn cell(row: u64) -> Cell {
        let table = Key::seed(1).child("t");
        Cell { table, column: table.child("c"), row }
    }

    #[test]
    fn numbers_reach_from_one_end_to_the_other() {
        assert_eq!((number(0), number(1 << 23), number((1 << 24) - 1)), (-1.0, 0.0, 1.0 - f32::EPSILON));
        let all: Vec<f32> = (0..100).flat_map(|row| vector(100).value(&cell(row))).collect();
        assert!(all.iter().all(|number| (-1.0..1.0).contains(number)));
        assert!((all.iter().sum::<f32>() / 10_000.0).abs() < 0.02);
    }

    #[test]
    fn a_normalized_vector_has_a_length_of_one() {
        for n in [1, 2, 768] {
            for row in 0..20 {
                let numbers = vector(n).normalized().value(&cell(row));
                let length = numbers.iter().map(|number| number * number).sum::<f32>().sqrt();
                assert!(numbers.len() == n && (length - 1.0).abs() < 1e-5, "{length}");
            }
        }
        assert!(vector(2).normalized().domain().is_none());
    }

    #[test]
    fn every_index_is_another_vector() {
        assert_eq!([1, 2, 3, 4].map(|n| vector(n).size()), [1 << 24, 1 << 48, u64::MAX, u64::MAX]);
        for n in [1, 2, 3, 5] {
            let vector = vector(n);
            let mut seen: Vec<Vec<f32>> = (0..60).map(|bit| vector.nth((1_u64 << bit) % vector.size())).collect();
            seen.sort_by(|a, b| a.partial_cmp(b).unwrap());
            seen.dedup();
            assert_eq!(seen.len(), 60.min(24 * n + usize::from(n < 3)), "{n}");
        }
        assert!(Generator::check(&vector(0)).is_err());
    }
}
