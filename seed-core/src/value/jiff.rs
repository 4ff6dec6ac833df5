//! The types of `jiff`. Text that stands for an instant is in UTC.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use crate::bounds::Step;
use crate::calendar::DAY;
use crate::range::{Literal, Ordinal};
use crate::value::calendar::{FIRST_DAY, FIRST_SECOND, LAST_DAY, LAST_SECOND, TimeOfDay, calendar};

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

fn at(ordinal: i128) -> DateTime {
    let seconds = i64::try_from(ordinal).unwrap_or(i64::MAX);
    EPOCH.saturating_add(SignedDuration::from_secs(seconds))
}

/// Whole seconds before a distance ends, and whether there is more.
fn seconds(distance: SignedDuration) -> (i128, bool) {
    let nanos = distance.subsec_nanos();
    (i128::from(distance.as_secs()) - i128::from(nanos < 0), nanos != 0)
}

impl Ordinal for DateTime {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = FIRST_SECOND as i128;
    const HIGHEST: i128 = LAST_SECOND as i128;

    fn ordinal(self) -> i128 {
        // A part of a second counts as a whole one, so that what comes after is not before.
        let (whole, more) = seconds(self.duration_since(EPOCH));
        whole + i128::from(more)
    }
    fn whole(self) -> i128 {
        seconds(self.duration_since(EPOCH)).0
    }
    fn from_ordinal(ordinal: i128) -> DateTime {
        at(ordinal)
    }
}

impl Ordinal for Date {
    const STEP: Step = Step::Day;
    const LOWEST: i128 = FIRST_DAY as i128;
    const HIGHEST: i128 = LAST_DAY as i128;

    fn ordinal(self) -> i128 {
        self.to_datetime(Time::midnight()).ordinal() / i128::from(DAY)
    }
    fn from_ordinal(ordinal: i128) -> Date {
        at(ordinal.saturating_mul(DAY.into())).date()
    }
}

impl Ordinal for Time {
    const LOWEST: i128 = TimeOfDay::LOWEST;
    const HIGHEST: i128 = TimeOfDay::HIGHEST;

    fn ordinal(self) -> i128 {
        self.whole() + i128::from(self.subsec_nanosecond() > 0)
    }
    fn whole(self) -> i128 {
        seconds(self.duration_since(Time::midnight())).0
    }
    fn from_ordinal(ordinal: i128) -> Time {
        at(ordinal.clamp(Self::LOWEST, Self::HIGHEST)).time()
    }
}

impl Ordinal for Timestamp {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = DateTime::LOWEST;
    // `Timestamp::MAX`, without its part of a second: in every time zone it is a date of the year 9999.
    const HIGHEST: i128 = 253_402_207_200;

    fn ordinal(self) -> i128 {
        let (whole, more) = seconds(self.as_duration());
        whole + i128::from(more)
    }
    fn whole(self) -> i128 {
        seconds(self.as_duration()).0
    }
    fn from_ordinal(ordinal: i128) -> Timestamp {
        i64::try_from(ordinal).ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(Timestamp::MAX)
    }
}

impl Literal<Date> for &'static str {
    fn literal(self) -> Result<Date, String> {
        self.parse().map_err(|_| format!("`{self}` is no date; write \"2024-02-29\""))
    }
}

impl Literal<Time> for &'static str {
    fn literal(self) -> Result<Time, String> {
        self.parse().map_err(|_| format!("`{self}` is no time of day; write \"23:59:59\""))
    }
}

impl Literal<DateTime> for &'static str {
    fn literal(self) -> Result<DateTime, String> {
        self.parse().map_err(|_| format!("`{self}` is no timestamp; write \"2024-02-29 23:59:59\" or \"2024-02-29\""))
    }
}

impl Literal<Timestamp> for &'static str {
    fn literal(self) -> Result<Timestamp, String> {
        let utc: DateTime = self.literal()?;
        utc.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|error| error.to_string())
    }
}

calendar! {
    Date: Date;
    Time: Time;
    DateTime: Timestamp;
    Timestamp: Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_that_every_database_holds() {
        assert_eq!(Date::from_ordinal(Date::LOWEST).to_string(), "1000-01-01");
        assert_eq!(Date::from_ordinal(Date::HIGHEST).to_string(), "9999-12-31");
        assert_eq!(DateTime::from_ordinal(DateTime::HIGHEST).to_string(), "9999-12-31T23:59:59");
    }

    #[test]
    fn an_ordinal_comes_back() {
        for ordinal in [FIRST_DAY, -1, 0, 1, 20_000, LAST_DAY].map(i128::from) {
            assert_eq!(Date::from_ordinal(ordinal).ordinal(), ordinal);
            let second = ordinal * i128::from(DAY) + 7;
            assert_eq!(DateTime::from_ordinal(second).ordinal(), second);
        }
        assert_eq!(Timestamp::from_ordinal(-7).ordinal(), -7);
        assert_eq!(Timestamp::HIGHEST, Timestamp::MAX.as_second().into());
        assert_eq!(Time::from_ordinal(86_399).ordinal(), 86_399);
    }

    #[test]
    fn text_stands_for_a_calendar_value() {
        let [day, part]: [DateTime; 2] = ["2024-02-29", "1969-12-31 23:59:58.5"].map(|text| text.literal().unwrap());
        assert_eq!(day.to_string(), "2024-02-29T00:00:00");
        assert_eq!((part.whole(), part.ordinal()), (-2, -1));
        let instant: Timestamp = "1970-01-01 00:00:03".literal().unwrap();
        assert_eq!(instant.ordinal(), 3);
        assert!(Literal::<Date>::literal("2023-02-29").is_err() && Literal::<Time>::literal("25:00:00").is_err());
    }
}
