//! `Number`: whatever a distribution can be rounded to.

use std::fmt::Debug;

use crate::generators::decimal::Decimal;

/// A number that an `f64` can be brought to: what a type cannot hold becomes its nearest end.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number that a distribution makes",
    label = "no type of numbers",
    note = "distributions make integers, floats and decimals; `.map(..)` turns them into other types"
)]
pub trait Number: Clone + PartialOrd + Debug + Send + Sync + 'static {
    /// The number nearest to an `f64` with so many digits after the point, of which integers have none. Where
    /// nothing is said, floats have all of them, and decimals two.
    fn nearest(value: f64, places: Option<u32>) -> Self;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Number for $type {
            #[inline]
            fn nearest(value: f64, _places: Option<u32>) -> $type {
                // A cast of a float keeps to the ends of its type.
                value.round() as $type
            }
        }
    )*};
}
integers!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Number for $type {
            #[inline]
            fn nearest(value: f64, places: Option<u32>) -> $type {
                let value = value.clamp(<$type>::MIN.into(), <$type>::MAX.into());
                match places {
                    // More digits than the type keeps apart are those that it has.
                    Some(places) if value.abs() < 1e15 => rounded(value, places),
                    _ => value as $type,
                }
            }
        }
    )*};
}
floats!(f32, f64);

/// The types of decimals of other crates.
#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
macro_rules! decimals {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn nearest(value: f64, places: Option<u32>) -> $type {
                rounded(value, places.unwrap_or(2))
            }
        }
    )*};
}
#[cfg(feature = "bigdecimal")]
decimals!(bigdecimal::BigDecimal);
#[cfg(feature = "rust_decimal")]
decimals!(rust_decimal::Decimal);

/// The decimal nearest to a float.
fn rounded<T: Decimal>(value: f64, places: u32) -> T {
    let places = places.min(T::PLACES);
    let most = 10_i128.pow(T::DIGITS.max(15)) - 1;
    let units = (value * 10_i128.pow(places) as f64).round() as i128;
    T::from_units(units.clamp(-most, most), places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_type_cannot_hold_becomes_its_nearest_end() {
        fn all<T: Number>(values: [f64; 3]) -> [T; 3] {
            values.map(|value| T::nearest(value, None))
        }
        assert_eq!(all::<i8>([1e9, -1e9, 0.4]), [127, -128, 0]);
        assert_eq!(all::<u64>([f64::INFINITY, -0.6, 2.5]), [u64::MAX, 0, 3]);
        assert_eq!(all::<i32>([2.4, 2.5, -2.5]), [2, 3, -3]);
        assert_eq!(all::<f32>([1e300, -1e300, 0.5]), [f32::MAX, f32::MIN, 0.5]);
        assert_eq!(all::<f64>([f64::INFINITY, f64::NEG_INFINITY, 0.1]), [f64::MAX, f64::MIN, 0.1]);
    }

    #[test]
    fn floats_and_decimals_are_rounded_to_their_places() {
        assert_eq!([1.005, -2.345, 1e9].map(|value| f64::nearest(value, Some(1))), [1.0, -2.3, 1e9]);
        assert_eq!(f64::nearest(1e300, Some(2)), 1e300);
        assert_eq!(f32::nearest(12.345_678, Some(2)), 12.35);
        assert_eq!(i32::nearest(12.7, Some(2)), 13);
    }

    #[cfg(all(feature = "bigdecimal", feature = "rust_decimal"))]
    #[test]
    fn decimals_of_other_crates_have_two_places() {
        fn shown<T: Number + std::fmt::Display>(value: f64, places: Option<u32>) -> String {
            T::nearest(value, places).to_string()
        }
        for (value, places, expected) in [(12.345, None, "12.35"), (12.345, Some(0), "12"), (-0.1, Some(3), "-0.100")] {
            assert_eq!(shown::<bigdecimal::BigDecimal>(value, places), expected);
            assert_eq!(shown::<rust_decimal::Decimal>(value, places), expected);
        }
        assert_eq!(shown::<rust_decimal::Decimal>(1e300, Some(2)), "99999999999999999999999999.99");
    }
}
