//! Ranges of two bounds, and lists of such ranges that do not overlap: PostgreSQL's ranges and multiranges.

use std::ops::Bound;

use crate::cell::{Cell, mix};
use crate::generator::{BoxGenerator, Domain, Generator, domains};
use crate::value::{Hint, Kind, Value};

/// Ranges of a type whose values are counted in their order: the lower bound is below the upper one.
struct Spans<T> {
    bounds: BoxGenerator<T>,
}

/// A range is at most a twentieth as wide as the space it lies in: hours of some weeks, days of a year.
const WIDEST: u64 = 20;

impl<T: 'static> Spans<T> {
    fn new<Via>(hint: &Hint<'_>) -> Spans<T>
    where
        T: Value<Via>,
    {
        // The lower bound decides whether two ranges differ.
        Spans { bounds: T::infer(&Hint { unique: hint.unique, ..hint.item() }) }
    }

    /// The space of the bounds, where it has an order and two values.
    fn space(&self) -> Option<&dyn Domain<T>> {
        self.bounds.domain().filter(|space| space.is_ordered() && space.size() >= 2)
    }
}

impl<T: 'static, R: Spanned<T>> Domain<R> for Spans<T> {
    fn size(&self) -> u64 {
        self.space().map_or(0, |space| space.size() - 1)
    }

    fn nth(&self, index: u64) -> R {
        let space = self.space().expect("a range is only made where its bounds have an order");
        let left = space.size() - 1 - index;
        let widest = left.min(space.size().div_ceil(WIDEST));
        let width = 1 + mix(index ^ 0x94d0_49bb_1331_11eb) % widest;
        R::span(space.nth(index), space.nth(index + width))
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.bounds.prepare(&hint.item());
    }

    fn check(&self) -> Result<(), String> {
        match self.space() {
            Some(_) => Ok(()),
            None => Err("a range needs bounds of an order; say how they are made with `generator`".to_owned()),
        }
    }
}

/// None to three ranges, in their order, with a gap between any two: as PostgreSQL gives a multirange back.
struct Gapped<T> {
    spans: Spans<T>,
}

const MOST: u64 = 3;

impl<T: 'static, R: Spanned<T>> Generator<Vec<R>> for Gapped<T> {
    fn value(&self, cell: &Cell) -> Vec<R> {
        let mut stream = cell.stream();
        let Some(space) = self.spans.space() else { return Vec::new() };
        // Each range has a slot of the space for itself, of which the last step stays free.
        let slots = stream.below(MOST + 1).min(space.size() / 3);
        let slot = space.size() / slots.max(1);
        let mut range = |at: u64| {
            let lower = stream.below(slot - 2);
            let upper = lower + 1 + stream.below(slot - 2 - lower);
            R::span(space.nth(at * slot + lower), space.nth(at * slot + upper))
        };
        (0..slots).map(&mut range).collect()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        Domain::<R>::prepare(&mut self.spans, hint);
    }

    fn check(&self) -> Result<(), String> {
        Domain::<R>::check(&self.spans)
    }
}

/// A type made of a lower bound, which belongs to it, and an upper one, which does not: the form in which PostgreSQL gives
/// back ranges of integers and days. Another lower bound is another range.
trait Spanned<T>: Send + Sync + 'static {
    fn span(lower: T, upper: T) -> Self;
}

macro_rules! spanned {
    ($($range:ty: |$lower:ident, $upper:ident| $span:expr $(, $of_lists:item)?;)*) => {$(
        impl<T: Send + Sync + 'static> Spanned<T> for $range {
            fn span($lower: T, $upper: T) -> $range {
                $span
            }
        }

        impl<T: Value<Via>, Via> Value<Via> for $range {
            const KIND: Kind = Kind::Range;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$range> {
                Box::new(Spans::<T>::new::<Via>(hint))
            }

            $($of_lists)?
        }
    )*};
}

spanned! {
    (Bound<T>, Bound<T>): |lower, upper| (Bound::Included(lower), Bound::Excluded(upper)),
    fn infer_list(hint: &Hint<'_>) -> BoxGenerator<Vec<Self>> {
        gapped::<T, Self, Via>(hint)
    };
    std::ops::Range<T>: |lower, upper| lower..upper,
    fn infer_list(hint: &Hint<'_>) -> BoxGenerator<Vec<Self>> {
        gapped::<T, Self, Via>(hint)
    };
    std::ops::RangeInclusive<T>: |lower, upper| lower..=upper,
    fn infer_list(hint: &Hint<'_>) -> BoxGenerator<Vec<Self>> {
        gapped::<T, Self, Via>(hint)
    };
    // With one bound; two of them always overlap.
    std::ops::RangeFrom<T>: |lower, _upper| lower..;
    std::ops::RangeTo<T>: |lower, _upper| ..lower;
    std::ops::RangeToInclusive<T>: |lower, _upper| ..=lower;
}

fn gapped<T: Value<Via>, R: Spanned<T>, Via>(hint: &Hint<'_>) -> BoxGenerator<Vec<R>> {
    Box::new(Gapped { spans: Spans::<T>::new::<Via>(&hint.item()) })
}

domains! {
    (T: 'static, R: Spanned<T>) Spans<T> => R;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::value::Days;

    fn cell(row: u64) -> Cell {
        let table = Key::seed(1);
        Cell { table, column: table.child("period"), row }
    }

    #[test]
    fn the_lower_bound_is_below_the_upper_one() {
        let periods = <std::ops::Range<Days>>::infer(&Hint::new("bookings", "period"));
        periods.check().unwrap();
        let domain = periods.domain().unwrap();
        for index in (0..domain.size()).chain((0..1_000).map(|row| domain.draw(&cell(row)))) {
            let range = domain.nth(index);
            assert!(range.start < range.end && range.end.0 - range.start.0 <= 37, "{range:?}");
        }
    }

    #[test]
    fn the_ranges_of_a_list_leave_gaps() {
        let mut lengths = [0; 4];
        for column in ["period", "size_i8"] {
            let lists = <Vec<std::ops::Range<i8>>>::infer(&Hint::new("bookings", column));
            for row in 0..2_000 {
                let list = lists.value(&cell(row));
                lengths[list.len()] += 1;
                assert!(list.iter().all(|range| range.start < range.end), "{list:?}");
                assert!(list.windows(2).all(|pair| pair[0].end < pair[1].start), "{list:?}");
            }
        }
        assert!(lengths.iter().all(|&count| count > 800), "{lengths:?}");
    }

    #[test]
    fn bounds_without_an_order_are_refused() {
        let texts = <std::ops::Range<String>>::infer(&Hint::new("bookings", "period"));
        let message = texts.check().unwrap_err();
        assert_eq!(message, "a range needs bounds of an order; say how they are made with `generator`");
    }
}
