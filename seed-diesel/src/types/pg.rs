//! The types that Diesel has for PostgreSQL alone.

use std::time::Duration;

use diesel::data_types::{PgDate, PgInterval, PgLsn, PgMoney, PgNumeric, PgTime, PgTimestamp};
use seed_core::{BoxGenerator, Days, Fixed, Hint, Kind, Map, Raise, Seconds, TimeOfDay, Value, int, raise_as};

use super::Diesel;

/// Days and seconds from 1970-01-01 to 2000-01-01, where PostgreSQL begins to count.
const EPOCH_DAYS: i64 = 10_957;
const EPOCH_SECONDS: i64 = EPOCH_DAYS * 86_400;
const MICROS: i64 = 1_000_000;

/// A type that is one of the core in another unit.
macro_rules! counted {
    ($($type:ident as $local:ident($core:ident): $kind:ident, |$value:ident| $into:expr, |$back:ident| $from:expr;)*) => {$(
        /// The core's type, so that it can be turned into Diesel's.
        #[derive(Debug, Clone, Copy)]
        struct $local($core);

        impl From<$local> for $type {
            fn from($local($core($value)): $local) -> $type {
                $type($into)
            }
        }

        impl From<$type> for $local {
            fn from($type($back): $type) -> $local {
                $local($core($from))
            }
        }

        impl seed_core::Ordinal for $local {
            const STEP: seed_core::Step = <$core as seed_core::Ordinal>::STEP;
            const LOWEST: i128 = $core::LOWEST;
            const HIGHEST: i128 = $core::HIGHEST;

            fn ordinal(self) -> i128 {
                self.0.ordinal()
            }
            fn from_ordinal(ordinal: i128) -> $local {
                $local($core::from_ordinal(ordinal))
            }
        }

        impl Value<Diesel> for $type {
            const KIND: Kind = Kind::$kind;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$type> {
                Box::new(Map::new($core::infer(hint), |value| $local(value).into()))
            }

            fn raise() -> Option<Raise<$type>> {
                Some(raise_as::<$type, $local>())
            }
        }
    )*};
}

counted! {
    PgDate as Date(Days): Date, |days| (days - EPOCH_DAYS) as i32, |days| i64::from(days) + EPOCH_DAYS;
    PgTime as Time(TimeOfDay): Time, |seconds| seconds * MICROS, |micros| -(-micros).div_euclid(MICROS);
    PgTimestamp as Timestamp(Seconds): Timestamp,
        |seconds| (seconds - EPOCH_SECONDS) * MICROS, |micros| -(-micros).div_euclid(MICROS) + EPOCH_SECONDS;
}

impl Value<Diesel> for PgInterval {
    const KIND: Kind = Kind::Interval;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<PgInterval> {
        Box::new(Map::new(Duration::infer(hint), |length| {
            let seconds = length.as_secs() as i64;
            PgInterval { microseconds: seconds % 86_400 * MICROS, days: (seconds / 86_400) as i32, months: 0 }
        }))
    }
}

/// An amount in cents, by the rules for decimals.
// The compiler would list it by another name that Diesel has for it, and that looks like a user's: `Cents`.
#[diagnostic::do_not_recommend]
impl Value<Diesel> for PgMoney {
    const KIND: Kind = Kind::Decimal;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<PgMoney> {
        let mut cents = *hint;
        (cents.precision, cents.scale) = (Some(18), Some(2));
        Box::new(Map::new(Fixed::infer(&cents), |Fixed { units, places }| {
            PgMoney((units * 10_i128.pow(2 - places)) as i64)
        }))
    }
}

/// A place in the write-ahead log: above the segment that a cluster begins with, within the first terabytes.
impl Value<Diesel> for PgLsn {
    const KIND: Kind = Kind::Other;

    fn infer(_hint: &Hint<'_>) -> BoxGenerator<PgLsn> {
        Box::new(Map::new(Box::new(int::<u64>(0x0100_0000..=0xff_ffff_ffff)), PgLsn))
    }
}

impl Value<Diesel> for PgNumeric {
    const KIND: Kind = Kind::Decimal;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<PgNumeric> {
        Box::new(Map::new(Fixed::infer(hint), numeric))
    }
}

/// PostgreSQL's digits are of base 10,000, on both sides of the point, without zeros at either end.
fn numeric(Fixed { units, places }: Fixed) -> PgNumeric {
    const BASE: u128 = 10_000;
    let fractions = places.div_ceil(4);
    let mut rest = units.unsigned_abs() * 10_u128.pow(fractions * 4 - places);
    let mut digits = Vec::new();
    while rest > 0 {
        digits.push((rest % BASE) as i16);
        rest /= BASE;
    }
    let weight = if digits.is_empty() { 0 } else { digits.len() as i16 - 1 - fractions as i16 };
    digits.reverse();
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let scale = places as u16;
    if units < 0 {
        PgNumeric::Negative { weight, scale, digits }
    } else {
        PgNumeric::Positive { weight, scale, digits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_of_base_ten_thousand() {
        let positive = |weight, scale, digits: &[i16]| PgNumeric::Positive { weight, scale, digits: digits.to_vec() };
        assert_eq!(numeric(Fixed { units: 1_234_567, places: 2 }), positive(1, 2, &[1, 2345, 6700]));
        assert_eq!(numeric(Fixed { units: 5, places: 4 }), positive(-1, 4, &[5]));
        assert_eq!(numeric(Fixed { units: 100_000_000, places: 0 }), positive(2, 0, &[1]));
        assert_eq!(numeric(Fixed { units: 0, places: 2 }), positive(0, 2, &[]));
        let negative = PgNumeric::Negative { weight: 0, scale: 1, digits: vec![12, 5_000] };
        assert_eq!(numeric(Fixed { units: -125, places: 1 }), negative);
    }

    #[test]
    fn an_instant_comes_back() {
        for seconds in [-1, 0, EPOCH_SECONDS, 2_000_000_000] {
            let Timestamp(Seconds(back)) = PgTimestamp::from(Timestamp(Seconds(seconds))).into();
            assert_eq!(back, seconds);
        }
        let Timestamp(Seconds(above)) = PgTimestamp(1).into();
        assert_eq!(above, EPOCH_SECONDS + 1, "a part of a second counts as a whole one");
    }
}
