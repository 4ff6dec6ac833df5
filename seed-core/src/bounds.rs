//! `Bounds`: what a column of the database can hold.

use std::any::Any;
use std::time::SystemTime;

use crate::calendar::DAY;
use crate::range::Ordinal;
use crate::value::{Days, Seconds};

/// What the steps of an [`Ordinal`] count, so that the bounds of a column limit them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Whole numbers.
    Number,
    /// Days since 1970-01-01.
    Day,
    /// Seconds since 1970-01-01 00:00:00.
    Second,
    /// Anything else, which no bounds limit.
    Other,
}

/// What a column of the database can hold, as its catalogue tells.
///
/// Inferred values and those around the anchor keep within the bounds. A range, a list of values or another generator
/// of the model that leaves them is an error of the plan. What a closure makes of a value (`map`, `value = …`) is known
/// only when the row is made, so the database decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The column's type, as the database writes it: `timestamp`, `tinyint unsigned`.
    pub column_type: String,
    /// The lowest and the highest whole number; `None` where nothing is known.
    pub numbers: Option<(i128, i128)>,
    /// The first and the last second of a date or a timestamp, since 1970-01-01 00:00:00 in the time zone in which the
    /// connection sends times; `None` where nothing is known.
    pub seconds: Option<(i64, i64)>,
    /// Whether a part of a second is rounded to a whole one.
    pub rounds_to_seconds: bool,
}

impl Bounds {
    /// The lowest and the highest ordinal of a type whose steps count this.
    pub(crate) fn of(&self, step: Step) -> Option<(i128, i128)> {
        match step {
            Step::Number => self.numbers,
            Step::Second => self.seconds.map(|(first, last)| (first.into(), last.into())),
            Step::Day => self.seconds.map(|(first, last)| (first.div_euclid(DAY).into(), last.div_euclid(DAY).into())),
            Step::Other => None,
        }
    }

    /// What the column holds, in words: "`timestamp` holds 1970-01-01 00:00:01 to 2038-01-19 03:14:07".
    fn holds(&self, step: Step, (first, last): (i128, i128)) -> String {
        format!("`{}` holds {} to {}", self.column_type, shown(step, first), shown(step, last))
    }

    /// Whether a value's whole step, and the next one where it lies between two, are within the bounds.
    fn check<T: Ordinal>(&self, value: T) -> Result<(), String> {
        let Some((first, last)) = self.of(T::STEP) else { return Ok(()) };
        let whole = value.whole();
        let end = if self.rounds_to_seconds { value.ordinal() } else { whole };
        if whole >= first && end <= last {
            return Ok(());
        }
        Err(format!("`{value:?}` is not a value of the column: {}", self.holds(T::STEP, (first, last))))
    }

    /// Whether the ends of a model's own range are within the bounds.
    pub(crate) fn check_ends<T: Ordinal>(&self, first: T, last: T) -> Result<(), String> {
        if self.check(first).is_ok() && self.check(last).is_ok() {
            return Ok(());
        }
        let holds = self.of(T::STEP).map(|bounds| self.holds(T::STEP, bounds)).unwrap_or_default();
        Err(format!(
            "the values from `{first:?}` to `{last:?}` leave the column, whose type {holds}; write values within these, or \
             give the column a wider type"
        ))
    }

    /// Whether the column can hold a value that is not before `floor`, the greatest one of the column that it comes `after`.
    pub(crate) fn check_floor(&self, step: Step, floor: i128) -> Result<(), String> {
        match self.of(step) {
            Some(bounds @ (_, last)) if floor > last => Err(format!(
                "it comes `after` values up to {}, but its type {}; let the earlier values end before, with \
                 `#[seed(range = …)]` there, or give this column a wider type",
                shown(step, floor),
                self.holds(step, bounds)
            )),
            _ => Ok(()),
        }
    }

    /// Whether the column can hold all of some values; those of a type that is no [`Ordinal`] are not looked at.
    pub(crate) fn check_values<T: 'static>(&self, values: &[T]) -> Result<(), String> {
        values.iter().try_for_each(|value| self.check_any(value))
    }

    fn check_any(&self, value: &dyn Any) -> Result<(), String> {
        macro_rules! check {
            ($($(#[$feature:meta])? $type:ty),* $(,)?) => {$(
                $(#[$feature])?
                if let Some(value) = value.downcast_ref::<$type>() {
                    return self.check(*value);
                }
            )*};
        }
        check! {
            i8, i16, i32, i64, u8, u16, u32, u64, SystemTime, Days, Seconds,
            #[cfg(feature = "chrono")] chrono::NaiveDate,
            #[cfg(feature = "chrono")] chrono::NaiveDateTime,
            #[cfg(feature = "chrono")] chrono::DateTime<chrono::Utc>,
            #[cfg(feature = "chrono")] chrono::DateTime<chrono::Local>,
            #[cfg(feature = "chrono")] chrono::DateTime<chrono::FixedOffset>,
            #[cfg(feature = "time")] time::Date,
            #[cfg(feature = "time")] time::PrimitiveDateTime,
            #[cfg(feature = "time")] time::OffsetDateTime,
            #[cfg(feature = "jiff")] jiff::civil::Date,
            #[cfg(feature = "jiff")] jiff::civil::DateTime,
            #[cfg(feature = "jiff")] jiff::Timestamp,
        }
        Ok(())
    }
}

/// The ordinals from `first` to `last` that a type and the column hold; a text that says what is wrong where both hold
/// none of them.
pub(crate) fn narrowed<T: Ordinal>(
    (first, last): (i128, i128),
    bounds: Option<&Bounds>,
) -> Result<(i128, i128), String> {
    let of_column = bounds.and_then(|bounds| bounds.of(T::STEP));
    let (lowest, highest) = of_column.unwrap_or((T::LOWEST, T::HIGHEST));
    let (lowest, highest) = (lowest.max(T::LOWEST), highest.min(T::HIGHEST));
    if first <= highest && last >= lowest && lowest <= highest {
        return Ok((first.max(lowest), last.min(highest)));
    }
    let holds = match bounds.filter(|_| of_column.is_some()) {
        Some(bounds) => bounds.holds(T::STEP, (lowest, highest)),
        None => format!("the field's type holds {} to {}", shown(T::STEP, lowest), shown(T::STEP, highest)),
    };
    Err(format!(
        "the values around the anchor, from {} to {}, leave the column: {holds}; choose another anchor, write a \
         `#[seed(range = …)]`, or give the column a wider type",
        shown(T::STEP, first),
        shown(T::STEP, last)
    ))
}

/// An ordinal as people write it.
fn shown(step: Step, ordinal: i128) -> String {
    // Far beyond the last day of any database, and still a date that can be computed.
    const FAR: i128 = 1 << 50;
    match step {
        Step::Day => date(ordinal.clamp(-FAR, FAR) as i64),
        Step::Second => {
            let seconds = ordinal.clamp(-FAR, FAR) as i64;
            let second = seconds.rem_euclid(DAY);
            let [hour, minute, second] = [second / 3_600, second / 60 % 60, second % 60];
            format!("{} {hour:02}:{minute:02}:{second:02}", date(seconds.div_euclid(DAY)))
        }
        Step::Number | Step::Other => ordinal.to_string(),
    }
}

fn date(days: i64) -> String {
    let (year, month, day) = Days(days).date();
    match year {
        // The year before 1 is 1 BC.
        ..=0 => format!("{:04}-{month:02}-{day:02} BC", 1 - year),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Anchor;
    use crate::generator::Domain as _;
    use crate::generators::moment::future;
    use crate::generators::sequence::sequence;
    use crate::range::{int, range};
    use crate::value::{Hint, Value};

    fn timestamp() -> Bounds {
        Bounds {
            column_type: "timestamp".to_owned(),
            seconds: Some((1, i64::from(i32::MAX))),
            rounds_to_seconds: true,
            ..Bounds::default()
        }
    }

    fn tiny() -> Bounds {
        Bounds { column_type: "tinyint".to_owned(), numbers: Some((-128, 127)), ..Bounds::default() }
    }

    fn hint<'a>(column: &'a str, bounds: &'a Bounds, anchor: Anchor) -> Hint<'a> {
        let mut hint = Hint::new("things", column);
        (hint.bounds, hint.anchor) = (Some(bounds), anchor);
        hint
    }

    fn day(year: i32, month: u32, day: u32) -> Anchor {
        Anchor::date(year, month, day).unwrap()
    }

    #[test]
    fn inferred_times_end_where_the_column_does() {
        let bounds = timestamp();
        let ends = |anchor| {
            let times = Seconds::infer(&hint("made_at", &bounds, anchor));
            times.check().map(|()| {
                let domain = times.domain().unwrap();
                [0, domain.size() - 1].map(|index| domain.nth(index).0)
            })
        };
        let two_years = 730 * DAY;
        let ordinary = Anchor::default().seconds();
        assert_eq!(ends(Anchor::default()), Ok([ordinary - two_years, ordinary - 1]));
        assert_eq!(ends(day(2039, 1, 1)), Ok([day(2039, 1, 1).seconds() - two_years, i64::from(i32::MAX)]));
        assert_eq!(ends(day(1970, 2, 1)), Ok([1, day(1970, 2, 1).seconds() - 1]));
        assert_eq!(
            ends(day(9999, 12, 31)).unwrap_err(),
            "the values around the anchor, from 9997-12-31 00:00:00 to 9999-12-30 23:59:59, leave the column: `timestamp` \
             holds 1970-01-01 00:00:01 to 2038-01-19 03:14:07; choose another anchor, write a `#[seed(range = …)]`, or give \
             the column a wider type"
        );
        assert!(ends(day(1970, 1, 1)).is_err() && ends(Anchor::at(i64::MAX)).is_err());
    }

    #[test]
    fn inferred_integers_end_where_the_column_does() {
        let bounds = tiny();
        let ends = |hint: &Hint<'_>| {
            let numbers = i64::infer(hint);
            numbers.check().unwrap();
            let domain = numbers.domain().unwrap();
            (domain.nth(0), domain.nth(domain.size() - 1))
        };
        let mut column = hint("whatever", &bounds, Anchor::default());
        assert_eq!(ends(&column), (1, 127));
        column.unique = true;
        assert_eq!(ends(&column), (1, 127));
        // No year is among them: any number will have to do.
        assert_eq!(ends(&hint("birth_year", &bounds, Anchor::default())), (0, 127));
        column.primary = true;
        let mut keys = i64::infer(&column);
        keys.prepare(&column);
        assert_eq!(keys.domain().unwrap().size(), 127);
    }

    #[test]
    fn what_the_model_says_is_refused_with_both_ranges() {
        let (times, numbers) = (timestamp(), tiny());
        let mut wide = int::<i64>(1..=300);
        wide.prepare(&hint("points", &numbers, Anchor::default()));
        assert_eq!(
            wide.check().unwrap_err(),
            "the values from `1` to `300` leave the column, whose type `tinyint` holds -128 to 127; write values within \
             these, or give the column a wider type"
        );
        let column = hint("made_at", &times, Anchor::default());
        let mut century = range::<Seconds>(Seconds(0)..=Seconds(9));
        century.prepare(&column);
        assert!(century.check().is_err());
        let mut soon = future::<Seconds>(365 * 20);
        soon.prepare(&column);
        assert_eq!(soon.check(), Ok(()));
        assert_eq!(soon.nth(soon.size() - 1).0, i64::from(i32::MAX));
        let mut steps = sequence::<i64>(100_i64, 10);
        steps.prepare(&hint("points", &numbers, Anchor::default()));
        assert_eq!((steps.check(), steps.size(), steps.nth(2)), (Ok(()), 3, 120));
        let message = times.check_values(&[Seconds(7), Seconds(i64::from(u32::MAX))]).unwrap_err();
        assert_eq!(
            message,
            "`Seconds(4294967295)` is not a value of the column: `timestamp` holds 1970-01-01 00:00:01 to 2038-01-19 03:14:07"
        );
        assert_eq!(numbers.check_values(&["anything"]), Ok(()));
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn a_part_of_the_last_second_is_held_where_it_is_not_rounded() {
        let at: chrono::NaiveDateTime = "9999-12-31T23:59:59.7".parse().unwrap();
        let mut bounds = Bounds { seconds: Some((0, Seconds::HIGHEST as i64)), ..timestamp() };
        assert!(bounds.check_values(&[at]).is_err());
        bounds.rounds_to_seconds = false;
        assert_eq!(bounds.check_values(&[at]), Ok(()));
    }

    #[test]
    fn ends_are_shown_as_people_write_them() {
        assert_eq!(shown(Step::Second, -210_866_803_200), "4714-11-24 BC 00:00:00");
        assert_eq!(shown(Step::Second, 9_224_318_015_999), "294276-12-31 23:59:59");
        assert_eq!(shown(Step::Day, -1), "1969-12-31");
        assert_eq!(shown(Step::Number, i128::from(i64::MIN)), "-9223372036854775808");
    }
}
