//! `Anchor`: the instant that all generated times are relative to, and the types of time it can be turned into.

use crate::range::Ordinal;

/// The instant that generated times are relative to, in seconds since 1970-01-01 00:00:00 UTC.
///
/// Nothing reads the clock unasked: with the same anchor a run gives the same times next year.
///
/// ```
/// use seed_core::Anchor;
///
/// assert_eq!(Anchor::default(), Anchor::date(2026, 1, 1).unwrap());
/// assert_eq!(Anchor::default().seconds(), 1_767_225_600);
/// assert_eq!(Anchor::date(2026, 2, 29), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor(i64);

impl Anchor {
    /// Midnight (UTC) of a date of the Gregorian calendar; `None` where there is no such day.
    pub fn date(year: i32, month: u32, day: u32) -> Option<Anchor> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then(|| Anchor(days_since_epoch(i64::from(year), month, day) * DAY))
    }

    /// An instant given in seconds since 1970-01-01 00:00:00 UTC.
    pub fn at(seconds: i64) -> Anchor {
        Anchor(seconds)
    }

    /// Seconds since 1970-01-01 00:00:00 UTC.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Whole days since 1970-01-01.
    pub fn days(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// The date or timestamp that the instant lies in, as the ordinal of its type.
    pub(crate) fn ordinal<T: Calendar>(self) -> i128 {
        (i128::from(self.0) * T::STEPS_A_DAY).div_euclid(DAY.into())
    }

    /// The year that the instant lies in.
    pub(crate) fn year(self) -> i64 {
        // 400 years have 146,097 days; leap years are not spread evenly, so this may be one off.
        let estimate = 1970 + (i128::from(self.days()) * 400).div_euclid(146_097) as i64;
        let starts = |year: i64| days_since_epoch(year, 1, 1);
        if starts(estimate) > self.days() {
            estimate - 1
        } else if starts(estimate + 1) <= self.days() {
            estimate + 1
        } else {
            estimate
        }
    }
}

impl Default for Anchor {
    /// 2026-01-01 00:00:00 UTC.
    fn default() -> Anchor {
        Anchor(days_since_epoch(2026, 1, 1) * DAY)
    }
}

/// A date or a timestamp: an [`Ordinal`] that counts days or seconds from 1970-01-01 (UTC, or no zone).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no date or timestamp",
    label = "no date or timestamp",
    note = "`range` makes times of day and lengths of time"
)]
pub trait Calendar: Ordinal {
    /// How many steps a day has: 1 for a date, 86,400 for a timestamp.
    const STEPS_A_DAY: i128;
}

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;

/// Howard Hinnant's [`days_from_civil`](https://howardhinnant.github.io/date_algorithms.html#days_from_civil).
fn days_since_epoch(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_lies_in_its_year() {
        for year in [-400, 1, 1600, 1899, 1900, 1969, 1970, 1999, 2000, 2023, 2024, 2025, 2027, 2028, 9999] {
            let (first, last) = (Anchor::date(year, 1, 1).unwrap(), Anchor::date(year, 12, 31).unwrap());
            assert_eq!((first.year(), last.year()), (i64::from(year), i64::from(year)));
            assert_eq!(Anchor::at(first.seconds() - 1).year(), i64::from(year) - 1);
        }
    }

    #[test]
    fn an_anchor_at_the_end_of_time_does_not_overflow() {
        assert!(Anchor::at(i64::MIN).year() < 0 && Anchor::at(i64::MAX).year() > 0);
        assert_eq!(Anchor::date(2026, 0, 1), None);
        assert_eq!(Anchor::date(2026, 1, 0), None);
        assert!(Anchor::date(2000, 2, 29).is_some() && Anchor::date(1900, 2, 29).is_none());
    }
}
