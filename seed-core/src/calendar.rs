//! `Anchor`: the instant that all generated times are relative to.

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
        (1..=days).contains(&day).then(|| Anchor(days_since_epoch(year, month, day) * DAY))
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
}

impl Default for Anchor {
    /// 2026-01-01 00:00:00 UTC.
    fn default() -> Anchor {
        Anchor(days_since_epoch(2026, 1, 1) * DAY)
    }
}

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;

/// Howard Hinnant's [`days_from_civil`](https://howardhinnant.github.io/date_algorithms.html#days_from_civil).
fn days_since_epoch(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}
