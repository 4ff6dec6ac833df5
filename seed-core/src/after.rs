//! `after`: a value that is not before another one.

use crate::cell::Cell;
use crate::generator::{Domain, Generator};
use crate::range::{Ordinal, Range};
use crate::stream::Stream;

/// How a type brings a generated value up to a floor: by a number for each value, in the order of the values. See [`raise`].
pub struct Raise<T> {
    ordinal: Box<dyn Fn(&T) -> i128 + Send + Sync>,
    lowest_from: Box<dyn Fn(i128) -> T + Send + Sync>,
}

/// The way of a type that is an [`Ordinal`].
pub fn raise<T: Ordinal>() -> Raise<T> {
    raise_as::<T, T>()
}

/// As [`raise`], for a type that is no [`Ordinal`] itself, but as good as one.
///
/// `T` becomes an `O` that is not before it.
pub fn raise_as<T, O>() -> Raise<T>
where
    T: Clone + From<O> + 'static,
    O: Ordinal + From<T>,
{
    Raise {
        ordinal: Box::new(|value| O::from(value.clone()).ordinal()),
        lowest_from: Box::new(|ordinal| T::from(Range::<O>::between(ordinal, O::HIGHEST).nth(0))),
    }
}

impl<T> Raise<T> {
    /// The way of a newtype of this type.
    pub fn newtype<U>(self, into: fn(T) -> U, inner: fn(&U) -> &T) -> Raise<U>
    where
        T: 'static,
        U: 'static,
    {
        let Raise { ordinal, lowest_from } = self;
        Raise {
            ordinal: Box::new(move |value| ordinal(inner(value))),
            lowest_from: Box::new(move |ordinal| into(lowest_from(ordinal))),
        }
    }

    /// The value of a cell that must not be before `floor`.
    ///
    /// A `value` that is above stays. One that is below, or none, is drawn from what the generator has
    /// above the floor, nearer to the floor rather than farther.
    /// Where it has nothing there, the value follows the floor closely: within a hundredth of the
    /// generator's width.
    pub(crate) fn value(&self, generator: &dyn Generator<T>, cell: &Cell, value: Option<T>, floor: &T) -> T {
        let ordinal = &self.ordinal;
        let lowest = ordinal(floor);
        if let Some(value) = value.filter(|value| ordinal(value) >= lowest) {
            return value;
        }
        let mut stream: Stream = cell.column.child("after").stream(cell.row);
        // The lowest of three draws: a density that falls to nothing at the upper end.
        let mut below = |room: u64| stream.below(room).min(stream.below(room)).min(stream.below(room));
        let ordered = generator.domain().filter(|domain| domain.is_ordered() && domain.size() > 0);
        let width = ordered.map_or(0, |domain| domain.size());
        if let Some(domain) = ordered.filter(|domain| ordinal(&domain.nth(width - 1)) > lowest) {
            let first = first_at(domain, ordinal, lowest);
            return domain.nth(first + below(width - first));
        }
        (self.lowest_from)(lowest + i128::from(below(width / 100 + 1)))
    }
}

/// The index of the first value that is not below a floor; there is one.
fn first_at<T>(domain: &dyn Domain<T>, ordinal: impl Fn(&T) -> i128, floor: i128) -> u64 {
    let ordinal = |index| ordinal(&domain.nth(index));
    // In most domains each step has a value.
    let guess = u64::try_from(floor - ordinal(0)).unwrap_or(0).min(domain.size() - 1);
    if ordinal(guess) == floor {
        return guess;
    }
    let (mut from, mut to) = (0, domain.size() - 1);
    while from < to {
        let middle = from + (to - from) / 2;
        if ordinal(middle) < floor {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::range::int;

    fn raised(row: u64, floor: i32) -> i32 {
        let generator = int::<i32>(0..=999);
        let cell = Cell { table: Key::seed(1), column: Key::seed(2), row };
        raise().value(&generator, &cell, Some(generator.value(&cell)), &floor)
    }

    #[test]
    fn a_value_above_its_floor_stays() {
        assert!((0..1_000).all(|row| raised(row, 0) == raised(row, -5)));
    }

    #[test]
    fn a_value_below_its_floor_comes_nearer_to_it_rather_than_farther() {
        let values: Vec<i32> = (0..2_000).map(|row| raised(row, 900)).collect();
        assert!(values.iter().all(|value| (900..=999).contains(value)));
        let shares: Vec<usize> =
            (90..100).map(|tenth| values.iter().filter(|&&value| value / 10 == tenth).count()).collect();
        // A tenth of the rows is above by itself; of the others 27 % begin here, and few end there.
        assert!((440..570).contains(&shares[0]) && (8..60).contains(&shares[9]), "{shares:?}");
        assert!(shares[0] > shares[5] && shares[5] > shares[9], "{shares:?}");
    }

    #[test]
    fn a_raised_value_is_one_of_the_generators_own() {
        let generator = crate::generators::sequence::sequence::<i32>(0, 7);
        let cell = Cell { table: Key::seed(1), column: Key::seed(2), row: 0 };
        for row in 0..1_000 {
            let value = raise().value(&generator, &Cell { row, ..cell }, None, &(i32::MAX - 100));
            assert!(value % 7 == 0 && value >= i32::MAX - 100, "{value}");
        }
        assert!(raise().value(&int::<i32>(100..=200), &cell, None, &5) >= 100, "a floor below the range opens nothing");
    }

    #[test]
    fn a_floor_above_the_range_is_followed_closely() {
        assert!((0..1_000).all(|row| (5_000..=5_010).contains(&raised(row, 5_000))));
        assert_eq!(raised(3, i32::MAX), i32::MAX);
    }
}
