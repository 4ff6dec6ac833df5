//! `f32` and `f64`, with as many digits after the point as people would write.

use crate::decimal::Decimals;
use crate::generator::BoxGenerator;
use crate::infer::{Recipe, infer};
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
                Box::new(Decimals::<$float>::between(first, last, places))
            }
        }
    )*};
}
floats!(f32, f64);
