//! Lengths of time.

use crate::generator::{BoxGenerator, Map};
use crate::infer::{Recipe, infer};
use crate::range::Range;
use crate::value::{Hint, Kind, Value};

/// A length of time, in whole seconds: what types of other crates are made of.
///
/// A second to two days, where the column's name says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval(pub i64);

impl Value for Interval {
    const KIND: Kind = Kind::Interval;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<Interval> {
        let (first, last) = match infer(hint, Kind::Interval) {
            Recipe::Between(first, last) => (first, last),
            _ => (1, 2 * 86_400),
        };
        Box::new(Map::new(Box::new(Range::<i64>::between(first.into(), last.into())), Interval))
    }
}

#[cfg(feature = "chrono")]
impl Value for chrono::TimeDelta {
    const KIND: Kind = Kind::Interval;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<chrono::TimeDelta> {
        Box::new(Map::new(Interval::infer(hint), |Interval(seconds)| {
            chrono::TimeDelta::try_seconds(seconds).unwrap_or(chrono::TimeDelta::MAX)
        }))
    }
}
