//! The type that Diesel has for MySQL alone.

use diesel::data_types::{MysqlTime, MysqlTimestampType};
use seed_core::{Anchor, BoxGenerator, Days, Hint, Kind, Map, Ordinal, Raise, Seconds, Step, Value, raise_as};

use super::Diesel;

/// The core's type, so that it can be turned into Diesel's.
#[derive(Debug, Clone, Copy)]
struct Instant(Seconds);

/// A date with a time, for columns of DATETIME, TIMESTAMP and DATE. For one of TIME, which counts the days as hours, say how it
/// is made: `generator` or `value`.
impl Value<Diesel> for MysqlTime {
    const KIND: Kind = Kind::Timestamp;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<MysqlTime> {
        Box::new(Map::new(Seconds::infer(hint), |seconds| Instant(seconds).into()))
    }

    fn raise() -> Option<Raise<MysqlTime>> {
        Some(raise_as::<MysqlTime, Instant>())
    }
}

impl Ordinal for Instant {
    const STEP: Step = Seconds::STEP;
    const LOWEST: i128 = Seconds::LOWEST;
    const HIGHEST: i128 = Seconds::HIGHEST;

    fn ordinal(self) -> i128 {
        self.0.ordinal()
    }
    fn from_ordinal(ordinal: i128) -> Instant {
        Instant(Seconds::from_ordinal(ordinal))
    }
}

impl From<Instant> for MysqlTime {
    fn from(Instant(Seconds(seconds)): Instant) -> MysqlTime {
        let (year, month, day) = Days(seconds.div_euclid(86_400)).date();
        let [hour, minute, second] = {
            let second = seconds.rem_euclid(86_400) as u32;
            [second / 3_600, second / 60 % 60, second % 60]
        };
        let kind = MysqlTimestampType::MYSQL_TIMESTAMP_DATETIME;
        MysqlTime::new(year as u32, month, day, hour, minute, second, 0, false, kind, 0)
    }
}

impl From<MysqlTime> for Instant {
    /// A part of a second counts as a whole one.
    fn from(time: MysqlTime) -> Instant {
        let day = Anchor::date(time.year as i32, time.month, time.day).unwrap_or_default();
        let second = time.hour * 3_600 + time.minute * 60 + time.second + u32::from(time.second_part > 0);
        Instant(Seconds(day.seconds() + i64::from(second)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_comes_back() {
        for seconds in [-30_000_000_000, -1, 0, 951_782_400, 2_000_000_000, 253_402_300_799] {
            let Instant(Seconds(back)) = MysqlTime::from(Instant(Seconds(seconds))).into();
            assert_eq!(back, seconds);
        }
    }
}
