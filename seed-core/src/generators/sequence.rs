//! Sequences: a value that steps on with the row.

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::range::{Literal, Ordinal};
use crate::value::Hint;

/// Starts at a value and takes a step with each row: `start + row * step`.
///
/// A step counts whole numbers, days of a date, seconds of a time or a timestamp; it may be below zero. Where the
/// type holds no further value, the sequence starts again; a `unique` column is refused such a number of rows.
///
/// ```
/// use seed_core::{Domain, sequence};
///
/// let invoices = sequence::<i32>(1_000, 10);
/// assert_eq!([invoices.nth(0), invoices.nth(1), invoices.nth(2)], [1_000, 1_010, 1_020]);
/// assert_eq!(sequence::<i8>(100, 9).size(), 4);
/// ```
pub fn sequence<T: Ordinal>(start: impl Literal<T>, step: i64) -> Sequence<T> {
    Sequence { start: start.literal(), step, ends: (T::LOWEST, T::HIGHEST) }
}

/// See [`sequence`].
#[derive(Debug, Clone)]
pub struct Sequence<T> {
    start: Result<T, String>,
    step: i64,
    /// The lowest and the highest ordinal that the type and the column hold.
    ends: (i128, i128),
}

impl<T: Ordinal> Domain<T> for Sequence<T> {
    fn size(&self) -> u64 {
        // What is wrong is refused by `check`, before any value is made.
        let Ok(start) = self.start else { return 1 };
        let (lowest, highest) = self.ends;
        let room = if self.step < 0 { start.ordinal() - lowest } else { highest - start.ordinal() };
        let further = room / i128::from(self.step.unsigned_abs().max(1));
        u64::try_from(further + 1).unwrap_or(u64::MAX)
    }
    fn nth(&self, index: u64) -> T {
        let start = self.start.as_ref().map_or(T::LOWEST, |start| start.ordinal());
        T::from_ordinal(start + i128::from(index) * i128::from(self.step))
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.index(cell)
    }
    fn index(&self, cell: &Cell) -> u64 {
        cell.row % self.size()
    }
    fn is_ordered(&self) -> bool {
        self.step > 0
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        let Some(bounds) = hint.bounds else { return };
        if let Some((lowest, highest)) = bounds.of(T::STEP) {
            self.ends = (lowest.max(T::LOWEST), highest.min(T::HIGHEST));
        }
        if let Err(message) = self.start.as_ref().map_or(Ok(()), |start| bounds.check_ends(*start, *start)) {
            self.start = Err(message);
        }
    }
    fn check(&self) -> Result<(), String> {
        let start = self.start.as_ref().map_err(Clone::clone)?;
        if self.step == 0 {
            return Err(format!("a sequence with a step of 0 stays at `{start:?}`; write `constant` or another step"));
        }
        if (T::LOWEST..=T::HIGHEST).contains(&start.ordinal()) {
            return Ok(());
        }
        let (lowest, highest) = (T::from_ordinal(T::LOWEST), T::from_ordinal(T::HIGHEST));
        Err(format!("`{start:?}` is no start of a sequence; write a value from `{lowest:?}` to `{highest:?}`"))
    }
}

domains! {
    (T: Ordinal) Sequence<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_ends_where_its_type_does() {
        let ends = |start: i16, step| {
            let sequence = sequence::<i16>(start, step);
            (sequence.size(), sequence.nth(sequence.size() - 1))
        };
        assert_eq!(ends(32_766, 1), (2, i16::MAX));
        assert_eq!(ends(i16::MAX, 1), (1, i16::MAX));
        assert_eq!(ends(i16::MIN, 1), (65_536, i16::MAX));
        assert_eq!(ends(10, -3), (10_927, -32_768));
        assert_eq!(ends(0, i64::MIN), (1, 0));
        assert_eq!(sequence::<u64>(0_u64, 1).size(), u64::MAX);
        assert_eq!(sequence::<i64>(i64::MIN, i64::MAX).nth(2), i64::MAX - 1);
    }

    #[test]
    fn a_step_of_zero_is_refused() {
        assert_eq!(
            Domain::check(&sequence::<i32>(7, 0)).unwrap_err(),
            "a sequence with a step of 0 stays at `7`; write `constant` or another step"
        );
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn dates_step_by_days() {
        let mondays = sequence::<chrono::NaiveDate>("2026-01-05", 7);
        assert_eq!(mondays.nth(4).to_string(), "2026-02-02");
        assert!(Domain::check(&sequence::<chrono::NaiveDate>("2026-02-30", 7)).is_err());
        assert_eq!(
            Domain::check(&sequence::<chrono::NaiveDate>("0900-01-01", 7)).unwrap_err(),
            "`0900-01-01` is no start of a sequence; write a value from `1000-01-01` to `9999-12-31`"
        );
    }
}
