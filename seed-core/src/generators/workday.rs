//! Dates and timestamps of working days.

use std::marker::PhantomData;

use crate::calendar::{Calendar, DAY};
use crate::generator::{Domain, domains};
use crate::range::{IntoBounds, Range};
use crate::value::Hint;

/// Dates from Monday to Friday, or timestamps on them, each as likely. Holidays count as any other day.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use chrono::NaiveDate;
/// use seed_core::{Domain, weekdays};
///
/// let days = weekdays::<NaiveDate>("2026-01-01"..="2026-01-31");
/// assert_eq!(days.size(), 22);
/// // The first is a Thursday, the third a Monday.
/// assert_eq!([0, 1, 2].map(|index| days.nth(index).to_string()), ["2026-01-01", "2026-01-02", "2026-01-05"]);
/// # }
/// ```
pub fn weekdays<T: Calendar>(bounds: impl IntoBounds<T>) -> Weekdays<T> {
    Weekdays::new(bounds, 0..T::STEPS_A_DAY as i64)
}

/// Timestamps from Monday to Friday, from 09:00:00 to 16:59:59, each second as likely.
///
/// A date has no hours: of dates it does not compile.
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use chrono::NaiveDateTime;
/// use seed_core::{Domain, business_hours};
///
/// let calls = business_hours::<NaiveDateTime>("2026-01-01"..="2026-12-31 23:59:59");
/// assert_eq!(calls.nth(0).to_string(), "2026-01-01 09:00:00");
/// assert_eq!(calls.nth(calls.size() - 1).to_string(), "2026-12-31 16:59:59");
/// # }
/// ```
///
/// ```compile_fail
/// use chrono::NaiveDate;
/// use seed_core::{Domain, business_hours};
///
/// let calls = business_hours::<NaiveDate>("2026-01-01"..="2026-12-31");
/// ```
pub fn business_hours<T: Calendar>(bounds: impl IntoBounds<T>) -> Weekdays<T> {
    const { assert!(T::STEPS_A_DAY == DAY as i128, "a date has no hours: `weekdays` makes dates") }
    Weekdays::new(bounds, 9 * 3_600..17 * 3_600)
}

/// See [`weekdays`] and [`business_hours`].
#[derive(Debug, Clone)]
pub struct Weekdays<T> {
    open: Open,
    /// The numbers of the first step and of the one after the last, of all open ones since 1970.
    steps: Result<(i64, i64), String>,
    of: PhantomData<fn() -> T>,
}

impl<T: Calendar> Weekdays<T> {
    fn new(bounds: impl IntoBounds<T>, hours: std::ops::Range<i64>) -> Weekdays<T> {
        let open = Open { day: T::STEPS_A_DAY as i64, from: hours.start, steps: hours.end - hours.start };
        let steps = Range::new(bounds).ends().and_then(|(first, last)| {
            let (from, to) = (open.before(first.ordinal() as i64), open.before(last.ordinal() as i64 + 1));
            if from < to {
                return Ok((from, to));
            }
            Err(format!("there is no working time from `{first:?}` to `{last:?}`; write a longer range"))
        });
        Weekdays { open, steps, of: PhantomData }
    }
}

impl<T: Calendar> Domain<T> for Weekdays<T> {
    fn size(&self) -> u64 {
        // What is wrong is refused by `check`, before any value is made.
        self.steps.as_ref().map_or(1, |(from, to)| (to - from) as u64)
    }
    fn nth(&self, index: u64) -> T {
        let from = self.steps.as_ref().map_or(0, |(from, _)| *from);
        T::from_ordinal(self.open.nth(from + index as i64).into())
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        if let (Some(bounds), Ok(_)) = (hint.bounds, &self.steps)
            && let Err(message) = bounds.check_ends(self.nth(0), self.nth(self.size() - 1))
        {
            self.steps = Err(message);
        }
    }
    fn check(&self) -> Result<(), String> {
        self.steps.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

/// What part of each weekday counts.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// How many steps a day has.
    day: i64,
    /// After how many of them the open ones begin.
    from: i64,
    /// How many are open.
    steps: i64,
}

/// Days from the Monday before 1970-01-01, a Thursday.
const MONDAY: i64 = 3;

impl Open {
    /// How many open steps lie between the Monday before 1970 and an ordinal; below zero where it lies before that.
    fn before(self, ordinal: i64) -> i64 {
        let day = ordinal.div_euclid(self.day) + MONDAY;
        let (week, weekday) = (day.div_euclid(7), day.rem_euclid(7));
        let today = if weekday < 5 { (ordinal.rem_euclid(self.day) - self.from).clamp(0, self.steps) } else { 0 };
        (week * 5 + weekday.min(5)) * self.steps + today
    }

    /// The ordinal of the open step that has so many before it.
    fn nth(self, steps: i64) -> i64 {
        let weekdays = steps.div_euclid(self.steps);
        let day = weekdays.div_euclid(5) * 7 + weekdays.rem_euclid(5) - MONDAY;
        day * self.day + self.from + steps.rem_euclid(self.steps)
    }
}

domains! {
    (T: Calendar) Weekdays<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_where_as_many_are_before_it() {
        for open in [
            Open { day: 1, from: 0, steps: 1 },
            Open { day: 24, from: 0, steps: 24 },
            Open { day: 24, from: 9, steps: 8 },
        ] {
            let is_open = |ordinal: i64| {
                let day = ordinal.div_euclid(open.day);
                // 1970-01-03 was a Saturday.
                (day - 2).rem_euclid(7) > 1
                    && (open.from..open.from + open.steps).contains(&ordinal.rem_euclid(open.day))
            };
            let ordinals: Vec<i64> = (-1_000..1_000).filter(|&ordinal| is_open(ordinal)).collect();
            for (number, &ordinal) in (open.before(-1_000)..).zip(&ordinals) {
                assert_eq!((open.nth(number), open.before(ordinal)), (ordinal, number));
            }
            assert_eq!(open.before(1_000) - open.before(-1_000), ordinals.len() as i64);
        }
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn a_weekend_has_no_working_time() {
        use chrono::{NaiveDate, NaiveDateTime};
        let weekend = weekdays::<NaiveDate>("2026-01-03".."2026-01-05");
        assert_eq!(
            Domain::check(&weekend).unwrap_err(),
            "there is no working time from `2026-01-03` to `2026-01-04`; write a longer range"
        );
        let night = business_hours::<NaiveDateTime>("2026-01-05 17:00:00".."2026-01-06 09:00:00");
        assert!(Domain::check(&night).is_err());
        let second = business_hours::<NaiveDateTime>("2026-01-05 16:59:59"..="2026-01-06 08:59:59");
        assert_eq!((second.size(), second.nth(0).to_string().as_str()), (1, "2026-01-05 16:59:59"));
        assert_eq!(weekdays::<NaiveDateTime>("2026-01-02".."2026-01-06").size(), 2 * 86_400);
    }
}
