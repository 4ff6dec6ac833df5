//! The types of `time`. Text that stands for an instant is in UTC.

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use crate::bounds::Step;
use crate::calendar::DAY;
use crate::range::{Literal, Ordinal};
use crate::value::calendar::{FIRST_DAY, FIRST_SECOND, LAST_DAY, LAST_SECOND, TimeOfDay, calendar};

/// The Julian day of 1970-01-01.
const JULIAN_EPOCH: i64 = 2_440_588;

impl Ordinal for Date {
    const STEP: Step = Step::Day;
    const LOWEST: i128 = FIRST_DAY as i128;
    const HIGHEST: i128 = LAST_DAY as i128;

    fn ordinal(self) -> i128 {
        i128::from(i64::from(self.to_julian_day()) - JULIAN_EPOCH)
    }
    fn from_ordinal(ordinal: i128) -> Date {
        let day = i32::try_from(ordinal + i128::from(JULIAN_EPOCH));
        day.ok().and_then(|day| Date::from_julian_day(day).ok()).unwrap_or(Date::MAX)
    }
}

impl Ordinal for Time {
    const LOWEST: i128 = TimeOfDay::LOWEST;
    const HIGHEST: i128 = TimeOfDay::HIGHEST;

    fn ordinal(self) -> i128 {
        self.whole() + i128::from(self.nanosecond() > 0)
    }
    fn whole(self) -> i128 {
        let (hours, minutes, seconds) = self.as_hms();
        i128::from(hours) * 3_600 + i128::from(minutes) * 60 + i128::from(seconds)
    }
    fn from_ordinal(ordinal: i128) -> Time {
        let TimeOfDay(seconds) = TimeOfDay::from_ordinal(ordinal);
        let [hours, minutes, seconds] = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map(|part| part as u8);
        Time::from_hms(hours, minutes, seconds).unwrap_or(Time::MIDNIGHT)
    }
}

impl Ordinal for OffsetDateTime {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = FIRST_SECOND as i128;
    const HIGHEST: i128 = LAST_SECOND as i128;

    fn ordinal(self) -> i128 {
        // A part of a second counts as a whole one, so that what comes after is not before.
        self.whole() + i128::from(self.nanosecond() > 0)
    }
    fn whole(self) -> i128 {
        i128::from(self.unix_timestamp())
    }
    fn from_ordinal(ordinal: i128) -> OffsetDateTime {
        let (days, seconds) = (ordinal.div_euclid(DAY.into()), ordinal.rem_euclid(DAY.into()));
        PrimitiveDateTime::new(Date::from_ordinal(days), Time::from_ordinal(seconds)).assume_utc()
    }
}

impl Ordinal for PrimitiveDateTime {
    const STEP: Step = Step::Second;
    const LOWEST: i128 = OffsetDateTime::LOWEST;
    const HIGHEST: i128 = OffsetDateTime::HIGHEST;

    fn ordinal(self) -> i128 {
        Ordinal::ordinal(self.assume_utc())
    }
    fn whole(self) -> i128 {
        self.assume_utc().whole()
    }
    fn from_ordinal(ordinal: i128) -> PrimitiveDateTime {
        let utc = OffsetDateTime::from_ordinal(ordinal);
        PrimitiveDateTime::new(utc.date(), utc.time())
    }
}

const DATE: &[BorrowedFormatItem<'static>] = format_description!("[year]-[month]-[day]");
const TIME: &[BorrowedFormatItem<'static>] = format_description!("[hour]:[minute]:[second][optional [.[subsecond]]]");
const TIMESTAMP: &[BorrowedFormatItem<'static>] =
    format_description!("[year]-[month]-[day][first [ ][T]][hour]:[minute]:[second][optional [.[subsecond]]]");

impl Literal<Date> for &'static str {
    fn literal(self) -> Result<Date, String> {
        Date::parse(self, DATE).map_err(|_| format!("`{self}` is no date; write \"2024-02-29\""))
    }
}

impl Literal<Time> for &'static str {
    fn literal(self) -> Result<Time, String> {
        Time::parse(self, TIME).map_err(|_| format!("`{self}` is no time of day; write \"23:59:59\""))
    }
}

impl Literal<PrimitiveDateTime> for &'static str {
    fn literal(self) -> Result<PrimitiveDateTime, String> {
        PrimitiveDateTime::parse(self, TIMESTAMP)
            .or_else(|_| Date::parse(self, DATE).map(|date| PrimitiveDateTime::new(date, Time::MIDNIGHT)))
            .map_err(|_| format!("`{self}` is no timestamp; write \"2024-02-29 23:59:59\" or \"2024-02-29\""))
    }
}

impl Literal<OffsetDateTime> for &'static str {
    fn literal(self) -> Result<OffsetDateTime, String> {
        Literal::<PrimitiveDateTime>::literal(self).map(PrimitiveDateTime::assume_utc)
    }
}

calendar! {
    Date: Date;
    Time: Time;
    PrimitiveDateTime: Timestamp;
    OffsetDateTime: Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_that_every_database_holds() {
        assert_eq!(Date::from_ordinal(Date::LOWEST).to_string(), "1000-01-01");
        assert_eq!(Date::from_ordinal(Date::HIGHEST).to_string(), "9999-12-31");
        assert_eq!(PrimitiveDateTime::from_ordinal(PrimitiveDateTime::HIGHEST).to_string(), "9999-12-31 23:59:59.0");
    }

    #[test]
    fn text_stands_for_a_calendar_value() {
        let parsed: Date = "2024-02-29".literal().unwrap();
        assert_eq!(Date::from_ordinal(Ordinal::ordinal(parsed)), parsed);
        let [day, space, letter, part]: [PrimitiveDateTime; 4] =
            ["2024-02-29", "2024-02-29 01:02:03", "2024-02-29T01:02:03", "2024-02-29 01:02:03.5"]
                .map(|text| text.literal().unwrap());
        assert_eq!(PrimitiveDateTime::from_ordinal(Ordinal::ordinal(letter)), space);
        assert_eq!((part.whole(), Ordinal::ordinal(part)), (space.whole(), space.whole() + 1));
        assert_eq!(day.time(), Time::MIDNIGHT);
        assert!(Literal::<Date>::literal("2023-02-29").is_err() && Literal::<Time>::literal("24:00:00").is_err());
    }
}
