//! Dates and times: whole days and whole seconds, as every database keeps them.
//!
//! [`Days`], [`TimeOfDay`] and [`Seconds`] are the calendar of no crate: types of other crates that have a number in them are
//! made of these.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::bounds::Step;
use crate::calendar::DAY;
use crate::infer::{Recipe, infer};
use crate::range::Ordinal;
use crate::value::{Hint, Kind};

// Days and seconds since 1970-01-01 of the first and the last day that every one of the databases
// can hold: 1000-01-01 (MySQL) and 9999-12-31.
pub(super) const FIRST_DAY: i64 = -354_285;
pub(super) const LAST_DAY: i64 = 2_932_896;
pub(super) const FIRST_SECOND: i64 = FIRST_DAY * DAY;
pub(super) const LAST_SECOND: i64 = LAST_DAY * DAY + DAY - 1;

/// A day, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Days(pub i64);

impl Days {
    /// The year, the month and the day of the Gregorian calendar: Howard Hinnant's
    /// [`civil_from_days`](https://howardhinnant.github.io/date_algorithms.html#civil_from_days).
    ///
    /// ```
    /// use seed_core::{Anchor, Days};
    ///
    /// assert_eq!(Days(Anchor::default().days()).date(), (2026, 1, 1));
    /// ```
    pub fn date(self) -> (i64, u32, u32) {
        let days = self.0 + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        (era * 400 + year_of_era + i64::from(month <= 2), month as u32, day as u32)
    }
}

/// A time of day, as the number of seconds since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeOfDay(pub i64);

/// An instant, as the number of seconds since 1970-01-01 00:00:00 UTC.
///
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seconds(pub i64);

macro_rules! numbers {
    ($($number:ident: $step:ident, $first:expr, $last:expr;)*) => {$(
        impl Ordinal for $number {
            const STEP: Step = Step::$step;
            const LOWEST: i128 = $first as i128;
            const HIGHEST: i128 = $last as i128;

            fn ordinal(self) -> i128 {
                self.0.into()
            }
            fn from_ordinal(ordinal: i128) -> $number {
                $number(ordinal.clamp(Self::LOWEST, Self::HIGHEST) as i64)
            }
        }
    )*};
}

numbers! {
    Days: Day, FIRST_DAY, LAST_DAY;
    TimeOfDay: Other, 0, DAY - 1;
    Seconds: Second, FIRST_SECOND, LAST_SECOND;
}

impl Ordinal for SystemTime {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = Seconds::LOWEST;
    const HIGHEST: i128 = Seconds::HIGHEST;

    fn ordinal(self) -> i128 {
        // A part of a second counts as a whole one, so that what comes after is not before.
        match self.duration_since(UNIX_EPOCH) {
            Ok(since) => i128::from(since.as_secs()) + i128::from(since.subsec_nanos() > 0),
            Err(before) => -i128::from(before.duration().as_secs()),
        }
    }
    fn whole(self) -> i128 {
        match self.duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_secs().into(),
            Err(before) => -i128::from(before.duration().as_secs()) - i128::from(before.duration().subsec_nanos() > 0),
        }
    }
    fn from_ordinal(ordinal: i128) -> SystemTime {
        let Seconds(seconds) = Seconds::from_ordinal(ordinal);
        let distance = Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance }
    }
}

/// Makes ordinals values, by the rules for dates, times of day and timestamps, and types that `range` knows.
macro_rules! calendar {
    ($($time:ty: $kind:ident;)*) => {$(
        impl $crate::range::Ranged for $time {
            type Range = $crate::range::Range<$time>;
            fn range(bounds: impl $crate::range::IntoBounds<$time>) -> $crate::range::Range<$time> {
                $crate::range::Range::new(bounds)
            }
        }

        impl $crate::value::Value for $time {
            const KIND: $crate::value::Kind = $crate::value::Kind::$kind;

            fn infer(hint: &$crate::value::Hint<'_>) -> $crate::generator::BoxGenerator<$time> {
                let (first, last) = $crate::value::calendar::bounds(hint, Self::KIND);
                Box::new($crate::range::Range::<$time>::inferred(first, last, hint))
            }

            fn raise() -> Option<$crate::after::Raise<$time>> {
                Some($crate::after::raise())
            }
        }

        $crate::value::calendar::steps_a_day!($kind $time);
    )*};
}
pub(super) use calendar;

macro_rules! steps_a_day {
    (Date $date:ty) => {
        impl $crate::calendar::Calendar for $date {
            const STEPS_A_DAY: i128 = 1;
        }
    };
    (Timestamp $timestamp:ty) => {
        impl $crate::calendar::Calendar for $timestamp {
            const STEPS_A_DAY: i128 = $crate::calendar::DAY as i128;
        }
    };
    (Time $time:ty) => {};
}
pub(super) use steps_a_day;

self::calendar! {
    Days: Date;
    TimeOfDay: Time;
    Seconds: Timestamp;
    SystemTime: Timestamp;
}

/// The ordinals around the anchor that the column's rule gives: the first and the last.
pub(super) fn bounds(hint: &Hint<'_>, kind: Kind) -> (i128, i128) {
    let (first, end) = match infer(hint, kind) {
        Recipe::Days(first, end) => (i128::from(first), i128::from(end)),
        _ => (-730, 0),
    };
    match kind {
        Kind::Date => {
            let today = i128::from(hint.anchor.days());
            (today + first, today + end - 1)
        }
        Kind::Time => (TimeOfDay::LOWEST, TimeOfDay::HIGHEST),
        _ => {
            let (now, day) = (i128::from(hint.anchor.seconds()), i128::from(DAY));
            (now + first * day, now + end * day - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Anchor;

    #[test]
    fn every_day_has_its_date() {
        for days in (FIRST_DAY..=LAST_DAY).step_by(13).chain([FIRST_DAY, -1, 0, LAST_DAY]) {
            let (year, month, day) = Days(days).date();
            assert_eq!(Anchor::date(year as i32, month, day).unwrap().days(), days, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn a_system_time_is_counted_in_seconds() {
        for seconds in [FIRST_SECOND, -1, 0, 1, LAST_SECOND].map(i128::from) {
            assert_eq!(SystemTime::from_ordinal(seconds).ordinal(), seconds);
        }
        let part = Duration::from_millis(1_500);
        assert_eq!(((UNIX_EPOCH + part).whole(), (UNIX_EPOCH + part).ordinal()), (1, 2));
        assert_eq!(((UNIX_EPOCH - part).whole(), (UNIX_EPOCH - part).ordinal()), (-2, -1));
    }

    #[test]
    fn an_anchor_at_the_end_of_time_does_not_overflow() {
        fn ends<T: crate::value::Value + Ordinal>() {
            for seconds in [i64::MIN, i64::MAX] {
                let mut hint = Hint::new("things", "made_at");
                hint.anchor = Anchor::at(seconds);
                let generator = T::infer(&hint);
                let domain = generator.domain().unwrap();
                assert_eq!(domain.size(), 1);
                assert_eq!(domain.nth(0).ordinal(), if seconds < 0 { T::LOWEST } else { T::HIGHEST });
            }
        }
        ends::<Days>();
        ends::<Seconds>();
        ends::<SystemTime>();
        #[cfg(feature = "time")]
        {
            ends::<time::Date>();
            ends::<time::PrimitiveDateTime>();
            ends::<time::OffsetDateTime>();
        }
        #[cfg(feature = "jiff")]
        {
            ends::<jiff::civil::Date>();
            ends::<jiff::civil::DateTime>();
            ends::<jiff::Timestamp>();
        }
    }
}
