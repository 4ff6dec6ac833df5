//! `after`: a value that is not before another one.

use crate::bounds::{Bounds, Step};
use crate::cell::Cell;
use crate::generator::{Domain, Generator};
use crate::range::{Ordinal, Range};
use crate::stream::Stream;

/// How a type brings a generated value up to a floor: by a number for each value, in the order of the values. See [`raise`].
pub struct Raise<T> {
    ordinal: Box<dyn Fn(&T) -> i128 + Send + Sync>,
    lowest_from: Box<dyn Fn(i128) -> T + Send + Sync>,
    /// The ordinal of the highest value that the type and the column hold.
    highest: i128,
    step: Step,
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
        highest: O::HIGHEST,
        step: O::STEP,
    }
}

/// A value that is not before others. It need not be made where only its ordinal is asked for: the parent of a parent.
pub(crate) enum Made<'a, T> {
    /// As the generator makes it.
    Drawn(T),
    /// One of the values that a generator has above a floor.
    Nth(Ordered<'a, T>, u64),
    /// A later one than those, by its ordinal.
    Later(i128),
}

/// The values of a generator that have an order.
pub(crate) struct Ordered<'a, T> {
    domain: &'a dyn Domain<T>,
    ends: Ends,
}

/// How many values there are, and the ordinals of the first and the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    size: u64,
    first: i128,
    last: i128,
}

impl Ends {
    /// The ordinal of the last value.
    pub(crate) fn last(self) -> i128 {
        self.last
    }
}

impl<T> Raise<T> {
    /// The way of a newtype of this type.
    pub fn newtype<U>(self, into: fn(T) -> U, inner: fn(&U) -> &T) -> Raise<U>
    where
        T: 'static,
        U: 'static,
    {
        let Raise { ordinal, lowest_from, highest, step } = self;
        Raise {
            ordinal: Box::new(move |value| ordinal(inner(value))),
            lowest_from: Box::new(move |ordinal| into(lowest_from(ordinal))),
            highest,
            step,
        }
    }

    /// As far as the column holds what comes after a floor. A floor beyond that is followed by the column's last value.
    pub(crate) fn within(self, bounds: Option<&Bounds>) -> Raise<T> {
        let last = bounds.and_then(|bounds| bounds.of(self.step)).map_or(self.highest, |(_, last)| last);
        Raise { highest: self.highest.min(last), ..self }
    }

    /// What the ordinals count.
    pub(crate) fn step(&self) -> Step {
        self.step
    }

    /// The ends of a generator's values, where they have an order.
    pub(crate) fn ends(&self, generator: &dyn Generator<T>) -> Option<Ends> {
        let is_ordered = |domain: &&dyn Domain<T>| domain.is_ordered() && domain.size() > 0 && domain.check().is_ok();
        let domain = generator.domain().filter(is_ordered)?;
        let (size, ordinal) = (domain.size(), |index| self.ordinal(&domain.nth(index)));
        Some(Ends { size, first: ordinal(0), last: ordinal(size - 1) })
    }

    /// The value of a cell that must not be before `floor`: drawn from what the generator has above the floor, nearer to
    /// it rather than farther. Where it has nothing there, the value follows the floor closely: within a hundredth of
    /// the generator's width.
    pub(crate) fn above<'a>(
        &self,
        floor: i128,
        generator: &'a dyn Generator<T>,
        ends: Option<Ends>,
        cell: &Cell,
    ) -> Made<'a, T> {
        let mut stream: Stream = cell.column.child("after").stream(cell.row);
        let above = generator.domain().zip(ends).filter(|(_, ends)| ends.last > floor).map(|(domain, ends)| {
            let ordered = Ordered { domain, ends };
            let first = self.first_at(floor, &ordered);
            (ordered, first)
        });
        let room = match &above {
            Some((ordered, first)) => ordered.ends.size - first,
            None => ends.map_or(0, |ends| ends.size) / 100 + 1,
        };
        // The lowest of three draws: a density that falls to nothing at the upper end.
        let drawn = stream.below(room).min(stream.below(room)).min(stream.below(room));
        match above {
            Some((ordered, first)) => Made::Nth(ordered, first + drawn),
            None => Made::Later(floor + i128::from(drawn)),
        }
    }

    /// The index of the first value that is not below a floor; there is one.
    fn first_at(&self, floor: i128, Ordered { domain, ends }: &Ordered<'_, T>) -> u64 {
        let guess = u64::try_from(floor - ends.first).unwrap_or(0).min(ends.size - 1);
        let ordinal = |index| self.ordinal(&domain.nth(index));
        if domain.has_every_step() || ordinal(guess) == floor {
            return guess;
        }
        let (mut from, mut to) = (0, ends.size - 1);
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

    /// The number of a value, in the order of values.
    pub(crate) fn ordinal(&self, value: &T) -> i128 {
        (self.ordinal)(value)
    }

    /// As [`ordinal`](Raise::ordinal), of a value that need not be made for it.
    pub(crate) fn ordinal_of(&self, made: &Made<'_, T>) -> i128 {
        match made {
            Made::Drawn(value) => self.ordinal(value),
            Made::Nth(Ordered { domain, ends }, index) if domain.has_every_step() => ends.first + i128::from(*index),
            Made::Nth(Ordered { domain, .. }, index) => self.ordinal(&domain.nth(*index)),
            Made::Later(ordinal) => (*ordinal).min(self.highest),
        }
    }

    /// The value.
    pub(crate) fn value(&self, made: Made<'_, T>) -> T {
        match made {
            Made::Drawn(value) => value,
            Made::Nth(Ordered { domain, .. }, index) => domain.nth(index),
            Made::Later(ordinal) => (self.lowest_from)(ordinal.min(self.highest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::range::int;

    fn raised(row: u64, floor: i32) -> i32 {
        let generator = int::<i32>(0..=999);
        let cell = Cell { table: Key::seed(1), column: Key::seed(2), row };
        let (raise, drawn) = (raise(), generator.value(&cell));
        if drawn >= floor { drawn } else { above(&raise, floor, &generator, &cell) }
    }

    fn above(raise: &Raise<i32>, floor: i32, generator: &dyn Generator<i32>, cell: &Cell) -> i32 {
        let made = raise.above(floor.into(), generator, raise.ends(generator), cell);
        let ordinal = raise.ordinal_of(&made);
        let value = raise.value(made);
        assert_eq!(i128::from(value), ordinal);
        value
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
            let value = above(&raise(), i32::MAX - 100, &generator, &Cell { row, ..cell });
            assert!(value % 7 == 0 && value >= i32::MAX - 100, "{value}");
        }
        assert!(above(&raise(), 5, &int::<i32>(100..=200), &cell) >= 100, "a floor below the range opens nothing");
    }

    #[test]
    fn a_floor_above_the_range_is_followed_closely() {
        assert!((0..1_000).all(|row| (5_000..=5_010).contains(&raised(row, 5_000))));
        assert_eq!(raised(3, i32::MAX), i32::MAX);
    }
}
