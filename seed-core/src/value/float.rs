//! `f32` and `f64`, with as many digits after the point as people would write.

use crate::generator::{BoxGenerator, Domain, domains};
use crate::infer::{Recipe, infer};
use crate::range::Float;
use crate::value::{Hint, Kind, Value};

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Value for $float {
            const KIND: Kind = Kind::Float;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$float> {
                let (first, last, places) = match infer(hint, Kind::Float) {
                    Recipe::Decimal(first, last, places) => (first, last, places),
                    _ => (0, 1_000, 2),
                };
                // No more digits than the type keeps apart, so that distinct decimals stay distinct.
                let whole = first.unsigned_abs().max(last.unsigned_abs()).to_string().len() as u32;
                let places = places.min(<$float>::DIGITS.saturating_sub(whole));
                Box::new(Decimals { first: first * 10_i64.pow(places), last: last * 10_i64.pow(places), places })
            }
        }
    )*};
}
floats!(f32, f64);

/// Floats with so many digits after the point, from `first` to `last` in units of the last digit.
struct Decimals {
    first: i64,
    last: i64,
    places: u32,
}

impl<T: Float> Domain<T> for Decimals {
    fn size(&self) -> u64 {
        self.last.abs_diff(self.first) + 1
    }
    fn nth(&self, index: u64) -> T {
        // One division of two whole numbers: rounded once, and so the same everywhere.
        T::from_f64((self.first as i128 + i128::from(index)) as f64 / 10_i64.pow(self.places) as f64)
    }
}

domains! {
    (T: Float) Decimals => T;
}
