//! Dates and timestamps around the run's anchor.

use crate::calendar::Calendar;
use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::range::Range;
use crate::value::Hint;

/// Dates or timestamps of so many days before the run's anchor, each as likely.
///
/// Dates end on the day before the anchor's, timestamps a second before it.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use chrono::NaiveDate;
/// use seed_core::{Anchor, Domain, Hint, past};
///
/// let mut days = past::<NaiveDate>(365);
/// let mut hint = Hint::new("orders", "ordered_on");
/// hint.anchor = Anchor::date(2026, 7, 1).unwrap();
/// days.prepare(&hint);
/// assert_eq!(days.size(), 365);
/// assert_eq!(days.nth(364).to_string(), "2026-06-30");
/// # }
/// ```
pub fn past<T: Calendar>(days: u32) -> Around<T> {
    Around::new(days, Side::Past)
}

/// Like [`past`], but nearer to the anchor rather than farther: how the rows of a growing table lie.
///
/// Of `recent(30)` every second row is of the last six days.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use chrono::NaiveDateTime;
/// use seed_core::{Anchor, Cell, Generator, Key, recent};
///
/// let column = Key::seed(1).child("events").child("at");
/// let times = recent::<NaiveDateTime>(30);
/// let time = times.value(&Cell { table: column, column, row: 0 });
/// assert_eq!(time.to_string(), "2025-12-14 03:13:23");
/// # }
/// ```
pub fn recent<T: Calendar>(days: u32) -> Around<T> {
    Around::new(days, Side::Recent)
}

/// Dates or timestamps of so many days after the run's anchor, each as likely.
///
/// Dates begin on the day after the anchor's, timestamps a second after it.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use chrono::NaiveDate;
/// use seed_core::{Domain, future};
///
/// // The anchor is 2026-01-01 where a run says nothing else.
/// let due = future::<NaiveDate>(14);
/// assert_eq!(due.nth(0).to_string(), "2026-01-02");
/// assert_eq!(due.nth(13).to_string(), "2026-01-15");
/// # }
/// ```
pub fn future<T: Calendar>(days: u32) -> Around<T> {
    Around::new(days, Side::Future)
}

/// See [`past`], [`recent`] and [`future`].
#[derive(Debug, Clone)]
pub struct Around<T> {
    days: u32,
    side: Side,
    range: Range<T>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Past,
    Recent,
    Future,
}

impl<T: Calendar> Around<T> {
    fn new(days: u32, side: Side) -> Around<T> {
        Around { days, side, range: Self::range(days, side, &Hint::new("", "")) }
    }

    fn range(days: u32, side: Side, hint: &Hint<'_>) -> Range<T> {
        let (now, steps) = (hint.anchor.ordinal::<T>(), i128::from(days) * T::STEPS_A_DAY);
        match side {
            Side::Past | Side::Recent => Range::inferred(now - steps, now - 1, hint),
            Side::Future => Range::inferred(now + 1, now + steps, hint),
        }
    }
}

impl<T: Calendar> Domain<T> for Around<T> {
    fn size(&self) -> u64 {
        self.range.size()
    }
    fn nth(&self, index: u64) -> T {
        self.range.nth(index)
    }
    fn draw(&self, cell: &Cell) -> u64 {
        let (mut stream, size) = (cell.stream(), self.size());
        match self.side {
            Side::Past | Side::Future => stream.below(size),
            // The highest of three draws: a density that rises from nothing at the lower end.
            Side::Recent => stream.below(size).max(stream.below(size)).max(stream.below(size)),
        }
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn has_every_step(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        self.range = Self::range(self.days, self.side, hint);
    }
    fn check(&self) -> Result<(), String> {
        if self.days > 0 { self.range.check() } else { Err("0 days hold no date; write 1 or more".to_owned()) }
    }
}

domains! {
    (T: Calendar) Around<T> => T;
}
