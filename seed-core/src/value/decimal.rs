//! Decimals and floats, with as many digits after the point as people would write, and as the column holds.

use std::fmt;

use crate::generator::BoxGenerator;
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
    let mut decimals = Decimals::between(first, last, places);
    crate::generator::Domain::prepare(&mut decimals, hint);
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::Domain as _;

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
        assert_eq!(ends("longitude", 4, 3), ["-9.999", "9.999"]);
    }

    #[test]
    fn a_number_below_one_has_its_zero() {
        assert_eq!(Fixed { units: 5, places: 2 }.to_string(), "0.05");
        assert_eq!(Fixed { units: -5, places: 0 }.to_string(), "-5");
    }
}
