//! Lengths of time: a second to two days, where the column's name says nothing else.

use crate::after::{Raise, raise};
use crate::generator::BoxGenerator;
use crate::infer::{Recipe, infer};
use crate::range::Range;
use crate::value::{Hint, Kind, Value};

macro_rules! intervals {
    ($($type:ty),*) => {$(
        impl Value for $type {
            const KIND: Kind = Kind::Interval;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$type> {
                let (first, last) = match infer(hint, Kind::Interval) {
                    Recipe::Seconds(first, last) => (first, last),
                    _ => (1, 2 * 86_400),
                };
                Box::new(Range::<$type>::between(first.into(), last.into()))
            }

            fn raise() -> Option<Raise<$type>> {
                Some(raise())
            }
        }
    )*};
}
intervals!(std::time::Duration);
#[cfg(feature = "chrono")]
intervals!(chrono::TimeDelta);
