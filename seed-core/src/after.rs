//! `after`: a value that is not before another one.

use crate::cell::Cell;
use crate::generator::Generator;
use crate::range::{Ordinal, Range};
use crate::stream::Stream;

/// How a type brings a generated value up to a floor; see [`raise`].
pub type Raise<T> = fn(&dyn Generator<T>, &Cell, Option<T>, &T) -> T;

/// The value of a cell that must not be before `floor`.
///
/// A `value` that is above stays. One that is below, or none, is drawn from what the generator has
/// above the floor, nearer to the floor rather than farther.
/// Where it has nothing there, the value follows the floor closely: within a hundredth of the
/// generator's width.
pub fn raise<T: Ordinal>(generator: &dyn Generator<T>, cell: &Cell, value: Option<T>, floor: &T) -> T {
    raise_as::<T, T>(generator, cell, value, floor)
}

/// As [`raise`], for a type that is no [`Ordinal`] itself, but as good as one.
///
/// `T` becomes an `O` that is not before it.
pub fn raise_as<T, O>(generator: &dyn Generator<T>, cell: &Cell, value: Option<T>, floor: &T) -> T
where
    T: Clone + From<O>,
    O: Ordinal + From<T>,
{
    let ordinal = |value: &T| O::from(value.clone()).ordinal();
    let lowest = ordinal(floor);
    if let Some(value) = value.filter(|value| ordinal(value) >= lowest) {
        return value;
    }
    let mut stream: Stream = cell.column.child("after").stream(cell.row);
    let (highest, width) = match generator.domain() {
        Some(domain) if domain.is_ordered() => (ordinal(&domain.nth(domain.size() - 1)), domain.size()),
        _ => (lowest, 0),
    };
    let highest = if highest > lowest { highest } else { lowest + i128::from(width / 100) };
    let room = u64::try_from(highest - lowest + 1).unwrap_or(u64::MAX);
    // The lowest of three draws: a density that falls to nothing at the upper end.
    let above = stream.below(room).min(stream.below(room)).min(stream.below(room));
    let raised: Range<O> = Range::between(lowest + i128::from(above), O::HIGHEST);
    T::from(crate::generator::Domain::nth(&raised, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::range::int;

    fn raised(row: u64, floor: i32) -> i32 {
        let generator = int::<i32>(0..=999);
        let cell = Cell { table: Key::seed(1), column: Key::seed(2), row };
        raise(&generator, &cell, Some(generator.value(&cell)), &floor)
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
    fn a_floor_above_the_range_is_followed_closely() {
        assert!((0..1_000).all(|row| (5_000..=5_010).contains(&raised(row, 5_000))));
        assert_eq!(raised(3, i32::MAX), i32::MAX);
    }
}
