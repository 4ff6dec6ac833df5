//! Decimals and floats, with as many digits after the point as people would write, and as the column holds.

use std::fmt;

use crate::generator::{BoxGenerator, Domain};
use crate::generators::decimal::{Decimal, Decimals};
use crate::infer::{Recipe, infer};
use crate::place::{Axis, coordinate};
use crate::value::{Hint, Kind, Value};

/// A decimal of no crate: so many units of its last digit. Types of other crates are made of it.
///
/// ```
/// use seed_core::Fixed;
///
/// assert_eq!(Fixed { units: -1_250, places: 2 }.to_string(), "-12.50");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// The number without its point: 1250 for 12.50.
    pub units: i128,
    /// How many digits come after the point.
    pub places: u32,
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let places = self.places as usize;
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

impl Decimal for Fixed {
    const DIGITS: u32 = 38;
    const PLACES: u32 = 38;

    fn from_units(units: i128, places: u32) -> Fixed {
        Fixed { units, places }
    }
}

#[cfg(feature = "bigdecimal")]
impl Decimal for bigdecimal::BigDecimal {
    const DIGITS: u32 = 38;
    const PLACES: u32 = 38;

    fn from_units(units: i128, places: u32) -> bigdecimal::BigDecimal {
        bigdecimal::BigDecimal::new(units.into(), places.into())
    }
}

#[cfg(feature = "rust_decimal")]
impl Decimal for rust_decimal::Decimal {
    const DIGITS: u32 = 28;
    const PLACES: u32 = 28;

    fn from_units(units: i128, places: u32) -> rust_decimal::Decimal {
        rust_decimal::Decimal::try_from_i128_with_scale(units, places).unwrap_or_default()
    }
}

macro_rules! decimals {
    ($($decimal:ty: $kind:ident;)*) => {$(
        impl Value for $decimal {
            const KIND: Kind = Kind::$kind;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$decimal> {
                let decimals = decimals::<$decimal>(hint, Self::KIND);
                match infer(hint, Kind::Float) {
                    Recipe::Latitude => coordinate(Axis::Latitude, decimals, hint),
                    Recipe::Longitude => coordinate(Axis::Longitude, decimals, hint),
                    _ => Box::new(decimals),
                }
            }
        }
    )*};
}

decimals! {
    f32: Float;
    f64: Float;
    Fixed: Decimal;
}
#[cfg(feature = "bigdecimal")]
decimals! {
    bigdecimal::BigDecimal: Decimal;
}
#[cfg(feature = "rust_decimal")]
decimals! {
    rust_decimal::Decimal: Decimal;
}

/// The numbers of the column's rule, as far as the column holds them.
fn decimals<T: Decimal>(hint: &Hint<'_>, kind: Kind) -> Decimals<T> {
    let (first, last, places) = match infer(hint, Kind::Float) {
        Recipe::Rate => {
            let ends = (T::from_units(0, 0), T::from_units(25, 2), true);
            let mut rates = Decimals::new(Ok(ends), 3);
            crate::generator::Domain::prepare(&mut rates, hint);
            return rates;
        }
        Recipe::Decimal(first, last, places) => (first, last, places),
        Recipe::Latitude => (-85, 85, 6),
        Recipe::Longitude => (-180, 180, 6),
        // Nothing says what is likely, and a unique column may need more than there are prices.
        _ if hint.unique && kind == Kind::Decimal => (0, 999_999_999, 2),
        _ => (0, 1_000, 2),
    };
    // Of a rule that begins beyond what the column holds, only that is left. A rule that ends there is cut by `prepare`.
    let whole_digits = hint.precision.map_or(18, |precision| precision.saturating_sub(hint.scale.unwrap_or(0)));
    let highest = 10_i64.saturating_pow(whole_digits) - 1;
    let (first, last) = (if first > highest { 0 } else { first }, if last < -highest { 0 } else { last });
    let held = |last, places| {
        let mut decimals = Decimals::between(first, last, places);
        decimals.prepare(hint);
        decimals
    };
    let decimals = held(last, places);
    match hint.scale {
        Some(scale) if hint.unique && kind == Kind::Decimal && decimals.size() < FEW => {
            let last = last.min(highest.saturating_add(1));
            with_more(decimals, held, (last, highest), (places, scale.min(T::PLACES)))
        }
        _ => decimals,
    }
}

/// A unique column that has fewer values than this is given more.
const FEW: u64 = 1 << 16;

/// As many values as a unique column is given where it has few.
const MANY: u64 = 1_000_000_000;

/// More numbers for a unique column that has few: with more digits after the point, and of amounts larger ones, as far
/// as the column holds either.
fn with_more<T: Decimal>(
    mut decimals: Decimals<T>,
    held: impl Fn(i64, u32) -> Decimals<T>,
    (mut last, highest): (i64, i64),
    (mut places, most): (u32, u32),
) -> Decimals<T> {
    // Shares, ratings and degrees end where they end.
    let is_amount = last >= 1_000;
    while decimals.size() < MANY {
        if places < most {
            places += 1;
        } else if is_amount && last < highest {
            last = last.saturating_mul(10).min(highest);
        } else {
            break;
        }
        let more = held(last, places);
        // Nothing that the type cannot keep apart.
        if more.check().is_err() || more.size() < decimals.size() {
            break;
        }
        decimals = more;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(column: &str, precision: u32, scale: u32) -> [String; 2] {
        let mut hint = Hint::new("orders", column);
        (hint.precision, hint.scale) = (Some(precision), Some(scale));
        let domain = decimals::<Fixed>(&hint, Kind::Decimal);
        domain.check().unwrap();
        [domain.nth(0), domain.nth(domain.size() - 1)].map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_of_the_columns_precision_and_scale() {
        assert_eq!(ends("price", 10, 2), ["1.00", "1000.00"]);
        assert_eq!(ends("price", 10, 4), ["1.00", "1000.00"]);
        assert_eq!(ends("price", 5, 2), ["1.00", "999.99"]);
        assert_eq!(ends("price", 3, 0), ["1", "999"]);
        assert_eq!(ends("price", 2, 2), ["0.00", "0.99"]);
        assert_eq!(ends("price", 2, 4), ["0.00", "0.00"]);
        assert_eq!(ends("salary", 6, 2), ["0.00", "9999.99"]);
        assert_eq!(ends("tax_rate", 5, 3), ["0.000", "0.250"]);
        assert_eq!([ends("shipping_fee", 8, 2), ends("total", 8, 2)].concat(), ["0.00", "20.00", "20.00", "1000.00"]);
        assert_eq!(ends("longitude", 4, 3), ["-9.999", "9.999"]);
    }

    #[test]
    fn a_unique_column_has_more_numbers_where_it_would_have_few() {
        fn unique<T: Decimal>(column: &str, precision: u32, scale: u32) -> (u64, [String; 2]) {
            let mut hint = Hint::new("orders", column);
            (hint.precision, hint.scale, hint.unique) = (Some(precision), Some(scale), true);
            let domain = decimals::<T>(&hint, Kind::Decimal);
            domain.check().unwrap();
            let size = domain.size();
            (size, [0, size - 1].map(|index| domain.nth(index).to_string()))
        }
        for (column, precision, scale, size, ends) in [
            ("whatever", 38, 38, 1_000_000_000, ["0.000000000", "0.999999999"]),
            ("whatever", 5, 5, 100_000, ["0.00000", "0.99999"]),
            ("whatever", 10, 2, 10_000_000_000, ["0.00", "99999999.99"]),
            ("price", 38, 0, 1_000_000_000, ["1", "1000000000"]),
            ("price", 5, 0, 99_999, ["1", "99999"]),
            ("price", 4, 2, 9_900, ["1.00", "99.99"]),
            ("price", 10, 2, 99_901, ["1.00", "1000.00"]),
            ("rating", 10, 6, 4_000_001, ["1.000000", "5.000000"]),
            ("percentage", 10, 0, 101, ["0", "100"]),
            ("latitude", 10, 2, 17_001, ["-85.00", "85.00"]),
        ] {
            let made = unique::<Fixed>(column, precision, scale);
            let expected = (size, ends.map(str::to_owned));
            assert_eq!(made, expected, "{column}, numeric({precision}, {scale})");
        }
        #[cfg(feature = "rust_decimal")]
        assert_eq!(unique::<rust_decimal::Decimal>("whatever", 38, 38).0, 1_000_000_000);
    }

    #[test]
    fn a_number_below_one_has_its_zero() {
        assert_eq!(Fixed { units: 5, places: 2 }.to_string(), "0.05");
        assert_eq!(Fixed { units: -5, places: 0 }.to_string(), "-5");
    }
}
