//! Ranges of numbers, dates and times, and what may be written as their ends.

use std::ops::{Range as Until, RangeInclusive};

use crate::bounds::{Step, narrowed};
use crate::generator::{Domain, Generator, domains};
use crate::value::Hint;

/// Whole numbers of a range; both ends of `a..=b` are reached.
///
/// ```
/// use seed_core::{Domain, int};
///
/// assert_eq!(int::<i16>(1..=i16::MAX).size(), 32_767);
/// assert_eq!(int::<u8>(0..=u8::MAX).size(), 256);
/// ```
///
/// A number that the type does not hold does not compile:
///
/// ```compile_fail
/// seed_core::int::<i16>(1..=32_768);
/// ```
pub fn int<T: Integer>(bounds: impl IntoBounds<T>) -> Range<T> {
    Range::new(bounds)
}

/// A range of any type that has one: what `#[seed(range = …)]` writes.
///
/// ```
/// use seed_core::{Domain, range};
///
/// assert_eq!(range::<i64>(60..=7_200).size(), 7_141);
/// ```
pub fn range<T: Ranged>(bounds: impl IntoBounds<T>) -> T::Range {
    T::range(bounds)
}

/// A type with an order that a range can be taken from.
#[diagnostic::on_unimplemented(
    message = "a range of `{Self}` cannot be generated",
    label = "`range` is for numbers, dates, times and timestamps",
    note = "use `values = [..]`, `generator = ..` or `value = ..` instead"
)]
pub trait Ranged: Sized + Clone + Send + Sync + 'static {
    /// The generator of a range of this type.
    type Range: Generator<Self>;

    /// The values between two bounds.
    fn range(bounds: impl IntoBounds<Self>) -> Self::Range;
}

/// A type whose values are steps of equal size: whole numbers, days, seconds.
pub trait Ordinal: Copy + Send + Sync + std::fmt::Debug + 'static {
    /// How many steps the value is from zero (for a time: from its epoch).
    fn ordinal(self) -> i128;

    /// The value at an ordinal, which lies between those of [`Self::LOWEST`] and [`Self::HIGHEST`].
    fn from_ordinal(ordinal: i128) -> Self;

    /// How many whole steps the value is from zero: below [`ordinal`](Self::ordinal) where the value
    /// lies between two steps, and that one is rounded up.
    fn whole(self) -> i128 {
        self.ordinal()
    }

    /// What the steps count. Steps of a type that says nothing here are not limited by the bounds of a column.
    const STEP: Step = Step::Other;

    /// The ordinal of the lowest value.
    const LOWEST: i128;

    /// The ordinal of the highest value.
    const HIGHEST: i128;
}

/// A whole number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer type",
    note = "`int` makes whole numbers; `float` makes `f32` and `f64`, `range` whatever the column holds"
)]
pub trait Integer: Ordinal {
    /// The highest value.
    const MAXIMUM: i128 = Self::HIGHEST;
}

/// What may stand for a `T` in an attribute or a call: a `T`, or text that is one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand for a `{T}`",
    label = "expected `{T}`",
    note = "write a value of the column's type; text stands for a `String`, a decimal (\"9.99\"), a date \
            (\"2024-02-29\"), a time (\"23:59:59\") or a timestamp (\"2024-02-29 23:59:59\"); a float needs its point (`0.0`)"
)]
pub trait Literal<T> {
    /// The value that is meant.
    ///
    /// # Errors
    ///
    /// A text that says what was expected instead.
    fn literal(self) -> Result<T, String>;
}

/// Two ends: `a..b` or `a..=b`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no range of `{T}`",
    label = "expected a range of `{T}`",
    note = "write `a..=b` (both ends) or `a..b` (without the last) with ends of the column's type; dates and times may \
            be text, and a float needs its point (`0.0..=1.0`)"
)]
pub trait IntoBounds<T> {
    /// The lower end, the upper end, and whether the upper end belongs to the range.
    ///
    /// # Errors
    ///
    /// What is wrong with an end that was written as text.
    fn into_bounds(self) -> Result<(T, T, bool), String>;
}

impl<T, L: Literal<T>> IntoBounds<T> for RangeInclusive<L> {
    fn into_bounds(self) -> Result<(T, T, bool), String> {
        let (first, last) = self.into_inner();
        Ok((first.literal()?, last.literal()?, true))
    }
}

impl<T, L: Literal<T>> IntoBounds<T> for Until<L> {
    fn into_bounds(self) -> Result<(T, T, bool), String> {
        Ok((self.start.literal()?, self.end.literal()?, false))
    }
}

impl<T> Literal<T> for T {
    fn literal(self) -> Result<T, String> {
        Ok(self)
    }
}

impl Literal<String> for &'static str {
    fn literal(self) -> Result<String, String> {
        Ok(self.to_owned())
    }
}

/// The values of an [`Ordinal`] type between two bounds: a [`Domain`].
#[derive(Debug, Clone)]
pub struct Range<T> {
    bounds: Result<(T, T), String>,
    /// The ordinal of the first value, and how many there are. (A range whose bounds are no range is refused by
    /// `check`, before any value is made.)
    first: i128,
    size: u64,
}

impl<T: Ordinal> Range<T> {
    pub(crate) fn new(bounds: impl IntoBounds<T>) -> Range<T> {
        Range::of(bounds.into_bounds().and_then(|(first, end, inclusive)| {
            // Both ends are steps that lie in the range.
            let last = if inclusive { end.whole() } else { end.ordinal() - 1 };
            if last < first.ordinal() {
                let dots = if inclusive { "..=" } else { ".." };
                return Err(format!("the range `{first:?}{dots}{end:?}` is empty; write the lower end first"));
            }
            Ok((first, T::from_ordinal(last)))
        }))
    }

    /// Between two ordinals, as far as `T` and the column hold them: nothing that the model says, so that what the column
    /// does not hold may be left out.
    pub(crate) fn inferred(first: i128, last: i128, hint: &Hint<'_>) -> Range<T> {
        match narrowed::<T>((first, last), hint.bounds) {
            Ok((first, last)) => Range::between(first, last),
            Err(message) => Range { bounds: Err(message), ..Range::between(first, last) },
        }
    }

    /// Between two ordinals, each brought into what `T` can hold.
    pub(crate) fn between(first: i128, last: i128) -> Range<T> {
        let held = |ordinal: i128| T::from_ordinal(ordinal.clamp(T::LOWEST, T::HIGHEST));
        Range::of(Ok((held(first), held(last))))
    }

    fn of(bounds: Result<(T, T), String>) -> Range<T> {
        let (first, last) = bounds.as_ref().map_or((0, 0), |(first, last)| (first.ordinal(), last.ordinal()));
        Range { bounds, first, size: u64::try_from(last - first + 1).unwrap_or(u64::MAX) }
    }

    /// The first and the last value, or why there are none.
    pub(crate) fn ends(&self) -> Result<(T, T), String> {
        self.bounds.clone()
    }
}

impl<T: Ordinal> Domain<T> for Range<T> {
    #[inline]
    fn size(&self) -> u64 {
        self.size
    }
    #[inline]
    fn nth(&self, index: u64) -> T {
        T::from_ordinal(self.first + i128::from(index))
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn has_every_step(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        if let (Some(bounds), Ok((first, last))) = (hint.bounds, &self.bounds)
            && let Err(message) = bounds.check_ends(*first, *last)
        {
            self.bounds = Err(message);
        }
    }
    fn check(&self) -> Result<(), String> {
        self.bounds.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

macro_rules! integers {
    ($($int:ty),*) => {$(
        impl Ordinal for $int {
            const STEP: Step = Step::Number;
            const LOWEST: i128 = <$int>::MIN as i128;
            const HIGHEST: i128 = <$int>::MAX as i128;
            #[inline]
            fn ordinal(self) -> i128 {
                i128::from(self)
            }
            #[inline]
            fn from_ordinal(ordinal: i128) -> $int {
                ordinal as $int
            }
        }
        impl Integer for $int {}
        impl Ranged for $int {
            type Range = Range<$int>;
            fn range(bounds: impl IntoBounds<$int>) -> Range<$int> {
                Range::new(bounds)
            }
        }
    )*};
}
integers!(i8, i16, i32, i64, u8, u16, u32, u64);

domains! {
    (T: Ordinal) Range<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Cell, Key};

    fn cell(row: u64) -> Cell {
        let table = Key::seed(1).child("t");
        Cell { table, column: table.child("c"), row }
    }

    #[test]
    fn both_ends_of_every_integer_type_are_reached_without_overflow() {
        fn ends<T: Integer + Ranged<Range = Range<T>> + PartialEq + std::fmt::Debug>(min: T, max: T) {
            let all = int::<T>(min..=max);
            assert_eq!(all.nth(0), min);
            assert_eq!(int::<T>(max..=max).nth(0), max);
            (0..100).for_each(|row| assert!((T::LOWEST..=T::HIGHEST).contains(&all.value(&cell(row)).ordinal())));
        }
        ends(i8::MIN, i8::MAX);
        ends(i16::MIN, i16::MAX);
        ends(i32::MIN, i32::MAX);
        ends(i64::MIN, i64::MAX);
        ends(u64::MIN, u64::MAX);
        assert_eq!(int::<i8>(i8::MIN..=i8::MAX).nth(255), i8::MAX);
    }

    #[test]
    fn an_empty_range_is_refused_with_its_ends() {
        let (first, last) = (10, 1);
        let message = Domain::check(&int::<i32>(first..=last)).unwrap_err();
        assert_eq!(message, "the range `10..=1` is empty; write the lower end first");
        assert!(Domain::check(&int::<i32>(1..1)).is_err());
        assert!(Domain::check(&int::<i32>(i32::MIN..i32::MIN)).is_err());
    }
}
