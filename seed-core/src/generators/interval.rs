//! Lengths of time.

use std::time::Duration;

#[cfg(feature = "chrono")]
use chrono::TimeDelta;

use crate::range::{IntoBounds, Literal, Ordinal, Range, Ranged};

/// Lengths of time of a range, in whole seconds, each as likely. The ends may be text, in weeks, days, hours,
/// minutes and seconds: `"90 minutes"`, `"1 day 12 hours"`, `"08:30:00"`.
///
/// ```
/// use std::time::Duration;
/// use seed_core::{Domain, interval};
///
/// let breaks = interval::<Duration>("5 minutes"..="1 hour");
/// assert_eq!(breaks.size(), 3_301);
/// assert_eq!(breaks.nth(0), Duration::from_secs(300));
/// ```
pub fn interval<T: TimeLength>(bounds: impl IntoBounds<T>) -> Range<T> {
    Range::new(bounds)
}

/// A length of time, counted in seconds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no length of time",
    label = "no length of time",
    note = "`interval` makes `std::time::Duration` and `chrono::TimeDelta`, and `.map(..)` others of these; `range` makes dates, times and timestamps"
)]
pub trait TimeLength: Ordinal {}

impl Ordinal for Duration {
    const LOWEST: i128 = 0;
    const HIGHEST: i128 = i64::MAX as i128;

    fn ordinal(self) -> i128 {
        self.whole() + i128::from(self.subsec_nanos() > 0)
    }
    fn whole(self) -> i128 {
        self.as_secs().into()
    }
    fn from_ordinal(ordinal: i128) -> Duration {
        Duration::from_secs(ordinal as u64)
    }
}

#[cfg(feature = "chrono")]
impl Ordinal for TimeDelta {
    const LOWEST: i128 = -Self::HIGHEST;
    const HIGHEST: i128 = i64::MAX as i128 / 1_000;

    fn ordinal(self) -> i128 {
        // Its parts of a second may be below zero.
        i128::from(self.num_seconds()) + i128::from(self.subsec_nanos() > 0)
    }
    fn whole(self) -> i128 {
        i128::from(self.num_seconds()) - i128::from(self.subsec_nanos() < 0)
    }
    fn from_ordinal(ordinal: i128) -> TimeDelta {
        i64::try_from(ordinal).ok().and_then(TimeDelta::try_seconds).unwrap_or(TimeDelta::MAX)
    }
}

/// Ranges of a type of lengths of time, and text that stands for it.
macro_rules! intervals {
    ($($type:ty),*) => {$(
        impl TimeLength for $type {}

        impl Ranged for $type {
            type Range = Range<$type>;
            fn range(bounds: impl IntoBounds<$type>) -> Range<$type> {
                Range::new(bounds)
            }
        }

        impl Literal<$type> for &'static str {
            fn literal(self) -> Result<$type, String> {
                let seconds = seconds(self)?;
                if (<$type>::LOWEST..=<$type>::HIGHEST).contains(&seconds) {
                    return Ok(<$type>::from_ordinal(seconds));
                }
                Err(format!("`{self}` is no length of time that the column's type holds; write another one"))
            }
        }
    )*};
}
intervals!(Duration);
#[cfg(feature = "chrono")]
intervals!(TimeDelta);

/// The seconds of a length of time that is written out.
fn seconds(text: &str) -> Result<i128, String> {
    let wrong = || format!("`{text}` is no length of time; write \"90 minutes\", \"1 day 12 hours\" or \"08:30:00\"");
    let (sign, unsigned) = match text.trim().strip_prefix('-') {
        Some(unsigned) => (-1, unsigned),
        None => (1, text),
    };
    let number = |digits: &str| digits.parse::<u32>().map(i128::from).map_err(|_| wrong());
    let mut words = unsigned.split_whitespace().peekable();
    let mut total = words.peek().map(|_| 0).ok_or_else(wrong)?;
    while let Some(word) = words.next() {
        if let Some((hours, rest)) = word.split_once(':') {
            let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
            total += number(hours)? * 3_600 + number(minutes)? * 60 + number(seconds)?;
            continue;
        }
        // The unit may stand apart or not: `90 s`, `90s`.
        let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
        let (digits, unit) = word.split_at(end);
        let unit = if unit.is_empty() { words.next().ok_or_else(wrong)? } else { unit };
        let unit = match unit.strip_suffix('s').filter(|unit| unit.len() > 1).unwrap_or(unit) {
            "s" | "sec" | "second" => 1,
            "min" | "minute" => 60,
            "h" | "hour" => 3_600,
            "d" | "day" => 86_400,
            "w" | "week" => 604_800,
            _ => return Err(wrong()),
        };
        total += number(digits)? * unit;
    }
    Ok(sign * total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::Domain as _;

    #[test]
    fn a_written_length_of_time_is_counted_in_seconds() {
        for (text, expected) in [
            ("90 minutes", 5_400),
            ("1 day 12 hours", 129_600),
            ("1 week", 604_800),
            ("90s", 90),
            ("1 s", 1),
            ("2h 30min", 9_000),
            ("08:30:00", 30_600),
            ("08:30", 30_600),
            ("1 day 00:00:01", 86_401),
            ("-1 hour", -3_600),
            ("0 s", 0),
        ] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
        for text in ["", "-", "1", "one day", "1 month", "1:2:3:4", "99999999999 s", "1.5 h", "s"] {
            assert!(seconds(text).is_err(), "{text}");
        }
        assert_eq!(
            Literal::<Duration>::literal("soon").unwrap_err(),
            "`soon` is no length of time; write \"90 minutes\", \"1 day 12 hours\" or \"08:30:00\""
        );
        assert!(Literal::<Duration>::literal("-1 s").is_err());
    }

    #[test]
    fn a_range_with_parts_of_a_second_keeps_within_its_ends() {
        let parts = interval::<Duration>(Duration::from_millis(500)..=Duration::from_millis(2_500));
        assert_eq!((parts.size(), parts.nth(0), parts.nth(1)), (2, Duration::from_secs(1), Duration::from_secs(2)));
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn a_length_of_time_may_be_below_zero() {
        let parts = interval::<TimeDelta>(TimeDelta::milliseconds(-2_500)..=TimeDelta::milliseconds(-500));
        assert_eq!((parts.size(), parts.nth(0), parts.nth(1)), (2, TimeDelta::seconds(-2), TimeDelta::seconds(-1)));
        let all = interval::<TimeDelta>(TimeDelta::MIN..=TimeDelta::MAX);
        assert!(all.nth(0) >= TimeDelta::MIN && all.nth(all.size() - 1) <= TimeDelta::MAX);
        assert_eq!(interval::<TimeDelta>("-1 h"..="1 h").size(), 7_201);
    }
}
