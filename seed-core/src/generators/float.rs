//! Ranges of floating-point numbers.

use crate::cell::Cell;
use crate::generator::{Domain, Generator};
use crate::range::{IntoBounds, Ranged};

/// Floating-point numbers of a range, in steps of 2⁻³² of its width; `b` of `a..b` is not reached.
///
/// For a `unique` column the numbers are counted: evenly spaced ones, at most 2³² of them, that the type holds
/// exactly, so that no two become one.
///
/// ```
/// use seed_core::{Cell, Generator, Key, float};
///
/// let cell = Cell { table: Key::seed(1), column: Key::seed(1), row: 0 };
/// let value: f64 = float(0.0..=1.0).value(&cell);
/// assert!((0.0..=1.0).contains(&value));
///
/// let unique = float::<f32>(0.0..1.0);
/// assert_eq!(unique.domain().map(|numbers| numbers.size()), Some(1 << 24));
/// ```
pub fn float<T: Float>(bounds: impl IntoBounds<T>) -> FloatRange<T> {
    FloatRange::new(bounds)
}

/// Floating-point numbers.
#[diagnostic::on_unimplemented(message = "`{Self}` is no floating-point type", note = "`float` makes `f32` and `f64`")]
pub trait Float: Copy + PartialOrd + Send + Sync + std::fmt::Display + 'static {
    /// How many binary digits a number has.
    const BITS: i32;
    /// The lowest power of two above zero.
    const LOWEST_POWER: f64;
    /// The number nearest to an `f64`.
    fn from_f64(value: f64) -> Self;
    /// The number as an `f64`, exactly.
    fn to_f64(self) -> f64;
}

/// The numbers between two floats.
#[derive(Debug, Clone)]
pub struct FloatRange<T> {
    bounds: Result<(T, T, bool), String>,
    grid: Grid,
}

/// The multiples of a power of two in a range: whole numbers times `step`.
#[derive(Debug, Clone, Copy, Default)]
struct Grid {
    step: f64,
    first: i64,
    size: u64,
}

/// In how many steps a range is drawn from, and how many it is counted in at most.
const FLOAT_STEPS: u64 = 1 << 32;

impl<T: Float> FloatRange<T> {
    fn new(bounds: impl IntoBounds<T>) -> FloatRange<T> {
        let bounds = bounds.into_bounds().and_then(|(first, end, inclusive)| {
            let width = end.to_f64() - first.to_f64();
            if !width.is_finite() {
                return Err(format!("the range from `{first}` to `{end}` has no finite width"));
            }
            if width < 0.0 || (width == 0.0 && !inclusive) {
                return Err(format!("the range from `{first}` to `{end}` is empty; write the lower end first"));
            }
            Ok((first, end, inclusive))
        });
        FloatRange { bounds, grid: Grid::default() }.counted_in(FLOAT_STEPS)
    }

    /// The same range, counted in at most so many steps: for a product of several.
    pub(crate) fn counted_in(mut self, steps: u64) -> FloatRange<T> {
        self.grid = self.bounds.as_ref().map_or_else(|_| Grid::default(), |bounds| Grid::new(*bounds, steps));
        self
    }

    /// Where a number stands among the counted ones.
    pub(crate) fn index_of(&self, number: f64) -> Option<u64> {
        let Grid { step, first, size } = self.grid;
        let index = u64::try_from((number / step) as i64 - first).ok()?;
        (index < size && self.nth(index).to_f64() == number).then_some(index)
    }
}

impl Grid {
    fn new<T: Float>((first, end, inclusive): (T, T, bool), steps: u64) -> Grid {
        let (low, high) = (first.to_f64(), end.to_f64());
        let furthest = low.abs().max(high.abs());
        // A multiple of the step has no more digits than the type.
        let digits = (1_u64 << T::BITS) as f64;
        let mut step = T::LOWEST_POWER;
        while furthest / step > digits || (high - low) / step > steps as f64 {
            step *= 2.0;
        }
        let (mut first, mut last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
        // A quotient too small for a float is rounded to zero.
        first += i64::from(first as f64 * step < low);
        let is_past = |value: f64| if inclusive { value > high } else { value >= high };
        last -= i64::from(is_past(last as f64 * step));
        Grid { step, first, size: (last - first + 1) as u64 }
    }
}

impl<T: Float> Generator<T> for FloatRange<T> {
    fn value(&self, cell: &Cell) -> T {
        // As with `Range`: bounds that are none are refused by `check`.
        let Ok((first, end, inclusive)) = self.bounds else { return T::from_f64(0.0) };
        let step = cell.below(FLOAT_STEPS + u64::from(inclusive));
        let (low, high) = (first.to_f64(), end.to_f64());
        let value = T::from_f64(low + (high - low) * (step as f64 / FLOAT_STEPS as f64));
        // Rounding to `T` may reach an end that does not belong to the range.
        if value < first || (!inclusive && value >= end) {
            first
        } else if value > end {
            end
        } else {
            value
        }
    }

    fn domain(&self) -> Option<&dyn Domain<T>> {
        Some(self)
    }

    fn check(&self) -> Result<(), String> {
        self.bounds.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

impl<T: Float> Domain<T> for FloatRange<T> {
    fn size(&self) -> u64 {
        self.grid.size
    }
    #[inline]
    fn nth(&self, index: u64) -> T {
        T::from_f64((self.grid.first + index as i64) as f64 * self.grid.step)
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn check(&self) -> Result<(), String> {
        Generator::check(self)
    }
}

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Float for $float {
            const BITS: i32 = <$float>::MANTISSA_DIGITS as i32;
            const LOWEST_POWER: f64 = <$float>::from_bits(1) as f64;
            fn from_f64(value: f64) -> $float {
                value as $float
            }
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
        }
        impl Ranged for $float {
            type Range = FloatRange<$float>;
            fn range(bounds: impl IntoBounds<$float>) -> FloatRange<$float> {
                FloatRange::new(bounds)
            }
        }
    )*};
}
floats!(f32, f64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    #[test]
    fn a_float_stays_in_its_range_after_rounding() {
        let narrow = float::<f32>(0.999_999_9..1.0);
        for row in 0..1_000 {
            let value = narrow.value(&Cell { table: Key::seed(1), column: Key::seed(1), row });
            assert!((0.999_999_9..1.0).contains(&value), "{value}");
        }
    }

    #[test]
    fn a_range_without_a_number_is_refused() {
        assert!(Generator::<f64>::check(&float(1.0..1.0)).is_err());
        assert!(Generator::<f64>::check(&float(2.0..=1.0)).is_err());
        assert!(Generator::<f64>::check(&float(1.0..=f64::INFINITY)).is_err());
        assert!(Generator::<f64>::check(&float(f64::MIN..=f64::MAX)).is_err());
        assert!(Generator::<f64>::check(&float(f64::NAN..=1.0)).is_err());
        assert!(Generator::<f64>::check(&float(1.0..=1.0)).is_ok());
    }

    #[test]
    fn counted_numbers_are_all_that_the_type_keeps_apart() {
        fn all<T: Float>(range: FloatRange<T>) -> Vec<T> {
            (0..range.size()).map(|index| range.nth(index)).collect()
        }
        let (below, one) = (1.0_f32.next_down(), 1.0_f32);
        assert_eq!(all(float(below..=one.next_up())), [one, one.next_up()], "in steps that are all as wide");
        assert_eq!(all(float(below..one)), [below]);
        assert_eq!(all(float(0.1..=0.1)), [0.1]);
        assert_eq!(all(float(0.0..=0.0)), [0.0]);
        assert_eq!(all(float(-5e-324..=5e-324)), [-5e-324, 0.0, 5e-324]);
        assert_eq!(float::<f64>(0.0..1.0).size(), 1 << 32);
        assert_eq!(float::<f64>(0.0..=1.0).size(), (1 << 32) + 1);
        assert_eq!(float::<f32>(-1.0..=1.0).size(), (1 << 25) + 1);
        let wide = float::<f64>(5e-324..=1e300);
        assert!(wide.nth(0) >= 5e-324 && wide.nth(wide.size() - 1) <= 1e300 && wide.size() > 1 << 31);
        let wide = float::<f64>(-1e300..=-5e-324);
        assert!(wide.nth(0) >= -1e300 && wide.nth(wide.size() - 1) <= -5e-324);
    }
}
