//! The types of `chrono`. Text that stands for an instant is in UTC.

use chrono::{DateTime, Datelike, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use crate::bounds::Step;
use crate::calendar::DAY;
use crate::range::{Literal, Ordinal};
use crate::value::calendar::{FIRST_DAY, FIRST_SECOND, LAST_DAY, LAST_SECOND, calendar};

/// Days from 0001-01-01, as `chrono` counts them, to 1970-01-01.
const CHRONO_EPOCH: i64 = 719_163;

impl Ordinal for NaiveDate {
    const STEP: Step = Step::Day;
    const LOWEST: i128 = FIRST_DAY as i128;
    const HIGHEST: i128 = LAST_DAY as i128;

    fn ordinal(self) -> i128 {
        i128::from(i64::from(self.num_days_from_ce()) - CHRONO_EPOCH)
    }
    fn from_ordinal(ordinal: i128) -> NaiveDate {
        i32::try_from(ordinal + i128::from(CHRONO_EPOCH))
            .ok()
            .and_then(NaiveDate::from_num_days_from_ce_opt)
            .unwrap_or(NaiveDate::MAX)
    }
}

impl Ordinal for NaiveTime {
    const LOWEST: i128 = 0;
    const HIGHEST: i128 = DAY as i128 - 1;

    fn ordinal(self) -> i128 {
        self.whole() + i128::from(self.nanosecond() > 0)
    }
    fn whole(self) -> i128 {
        i128::from(self.num_seconds_from_midnight())
    }
    fn from_ordinal(ordinal: i128) -> NaiveTime {
        let seconds = ordinal.clamp(Self::LOWEST, Self::HIGHEST) as u32;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
    }
}

impl Ordinal for DateTime<Utc> {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = FIRST_SECOND as i128;
    const HIGHEST: i128 = LAST_SECOND as i128;

    fn ordinal(self) -> i128 {
        // A part of a second counts as a whole one, so that what comes after is not before.
        self.whole() + i128::from(self.timestamp_subsec_nanos() > 0)
    }
    fn whole(self) -> i128 {
        i128::from(self.timestamp())
    }
    fn from_ordinal(ordinal: i128) -> DateTime<Utc> {
        i64::try_from(ordinal).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or(Self::MAX_UTC)
    }
}

impl Ordinal for NaiveDateTime {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = <DateTime<Utc>>::LOWEST;
    const HIGHEST: i128 = <DateTime<Utc>>::HIGHEST;

    fn ordinal(self) -> i128 {
        self.and_utc().ordinal()
    }
    fn whole(self) -> i128 {
        self.and_utc().whole()
    }
    fn from_ordinal(ordinal: i128) -> NaiveDateTime {
        DateTime::<Utc>::from_ordinal(ordinal).naive_utc()
    }
}

/// The same instants everywhere; the time zone of the machine only decides how they are shown.
macro_rules! zoned {
    ($($zone:ty),*) => {$(
        impl Ordinal for DateTime<$zone> {
            const STEP: Step = Step::Second;
            const LOWEST: i128 = <DateTime<Utc>>::LOWEST;
            const HIGHEST: i128 = <DateTime<Utc>>::HIGHEST;

            fn ordinal(self) -> i128 {
                self.to_utc().ordinal()
            }
            fn whole(self) -> i128 {
                self.to_utc().whole()
            }
            fn from_ordinal(ordinal: i128) -> DateTime<$zone> {
                DateTime::<Utc>::from_ordinal(ordinal).into()
            }
        }

        impl Literal<DateTime<$zone>> for &'static str {
            fn literal(self) -> Result<DateTime<$zone>, String> {
                Literal::<DateTime<Utc>>::literal(self).map(Into::into)
            }
        }
    )*};
}
zoned!(Local, FixedOffset);

impl Literal<NaiveDate> for &'static str {
    fn literal(self) -> Result<NaiveDate, String> {
        self.parse().map_err(|_| format!("`{self}` is no date; write \"2024-02-29\""))
    }
}

impl Literal<NaiveTime> for &'static str {
    fn literal(self) -> Result<NaiveTime, String> {
        self.parse().map_err(|_| format!("`{self}` is no time of day; write \"23:59:59\""))
    }
}

impl Literal<NaiveDateTime> for &'static str {
    fn literal(self) -> Result<NaiveDateTime, String> {
        NaiveDateTime::parse_from_str(self, "%Y-%m-%d %H:%M:%S")
            .or_else(|_| self.parse())
            .or_else(|_| self.parse::<NaiveDate>().map(|date| date.and_time(NaiveTime::MIN)))
            .map_err(|_| format!("`{self}` is no timestamp; write \"2024-02-29 23:59:59\" or \"2024-02-29\""))
    }
}

impl Literal<DateTime<Utc>> for &'static str {
    fn literal(self) -> Result<DateTime<Utc>, String> {
        Literal::<NaiveDateTime>::literal(self).map(|timestamp| timestamp.and_utc())
    }
}

calendar! {
    NaiveDate: Date;
    NaiveTime: Time;
    NaiveDateTime: Timestamp;
    DateTime<Utc>: Timestamp;
    DateTime<Local>: Timestamp;
    DateTime<FixedOffset>: Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::Domain as _;
    use crate::range::Range;
    use crate::value::{Hint, Value as _};

    #[test]
    fn the_days_that_every_database_holds() {
        assert_eq!(NaiveDate::from_ordinal(NaiveDate::LOWEST), "1000-01-01".parse().unwrap());
        assert_eq!(NaiveDate::from_ordinal(NaiveDate::HIGHEST), "9999-12-31".parse().unwrap());
        assert_eq!(NaiveDate::from_ordinal(0), "1970-01-01".parse().unwrap());
        assert_eq!(NaiveDateTime::from_ordinal(NaiveDateTime::HIGHEST).to_string(), "9999-12-31 23:59:59");
    }

    #[test]
    fn text_stands_for_a_calendar_value() {
        let date: NaiveDate = "2024-02-29".literal().unwrap();
        assert_eq!(NaiveDate::from_ordinal(date.ordinal()), date);
        let at: NaiveDateTime = "2024-02-29".literal().unwrap();
        assert_eq!(at.to_string(), "2024-02-29 00:00:00");
        let message = Literal::<NaiveDate>::literal("2023-02-29").unwrap_err();
        assert_eq!(message, "`2023-02-29` is no date; write \"2024-02-29\"");
    }

    #[test]
    fn a_range_with_parts_of_a_second_keeps_within_its_ends() {
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let (first, last) = (at("2024-01-01T00:00:00.5"), at("2024-01-01T00:00:02.5"));
        let values = |range: Range<NaiveDateTime>| -> Vec<_> {
            (0..range.size()).map(|index| range.nth(index).to_string()).collect()
        };
        let both = ["2024-01-01 00:00:01", "2024-01-01 00:00:02"];
        assert_eq!(values(Range::new(first..=last)), both);
        assert_eq!(values(Range::new(first..last)), both);
        let (night, midnight): (NaiveTime, NaiveTime) = ("23:59:59".parse().unwrap(), "23:59:59.9".parse().unwrap());
        assert_eq!(Range::<NaiveTime>::new(night..=midnight).size(), 1);
    }

    #[test]
    fn an_anchor_at_the_end_of_time_does_not_overflow() {
        for seconds in [i64::MIN, i64::MAX] {
            let mut hint = Hint::new("things", "made_at");
            hint.anchor = crate::calendar::Anchor::at(seconds);
            let at = NaiveDateTime::infer(&hint);
            assert!(at.domain().is_some_and(|domain| domain.size() == 1));
            assert!(NaiveDate::infer(&hint).domain().is_some_and(|domain| domain.size() == 1));
        }
    }

    #[test]
    fn a_part_of_a_second_is_not_lost_below_a_floor() {
        let floor = "2024-01-01T00:00:00.5".parse::<NaiveDateTime>().unwrap();
        assert!(NaiveDateTime::from_ordinal(floor.ordinal()) >= floor);
    }
}
