//! Decimals: numbers with a fixed count of digits after the point.

use std::fmt::Display;

use crate::generator::{Domain, domains};
use crate::range::{IntoBounds, Literal, Ranged};
use crate::value::{Fixed, Hint};

/// Numbers of a range with so many digits after the point: each as likely, both ends of `a..=b` reached.
///
/// The numbers are counted in units of the last digit, so a column of them can be `unique`. Of more than can be
/// counted (2⁶⁴), that many are made, spread evenly from one end to the other. Where the database tells the
/// column's precision and scale, numbers and digits that it would not hold are left out.
///
/// ```
/// use seed_core::{Domain, decimal};
///
/// let prices = decimal::<f64>(0.99..=99.99, 2);
/// assert_eq!(prices.size(), 9_901);
/// assert_eq!([prices.nth(0), prices.nth(1), prices.nth(9_900)], [0.99, 1.0, 99.99]);
/// ```
pub fn decimal<T: Decimal>(bounds: impl IntoBounds<T>, places: u32) -> Decimals<T> {
    Decimals::new(bounds.into_bounds(), places)
}

/// A type that holds numbers with a count of digits after the point.
///
/// Its [`Display`] writes a number in full: `-12.50`, or with an exponent, `1.25e3`. The ends of a range
/// are read from that.
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no decimals",
    label = "no type of decimals",
    note = "`decimal` makes `f32`, `f64` and, with the features of their crates, `BigDecimal` and `rust_decimal::Decimal`"
)]
pub trait Decimal: Clone + Display + Send + Sync + 'static {
    /// How many digits, before and after the point, the type keeps apart: at most 38.
    const DIGITS: u32;

    /// How many digits the type has after the point at most: no more than 38.
    const PLACES: u32;

    /// The number that is so many units of its last digit: `from_units(1250, 2)` is 12.50.
    fn from_units(units: i128, places: u32) -> Self;
}

/// The float next to a whole number. One of 64 bits, as most are, takes an instruction, and others a routine.
#[inline]
fn nearest(units: i128) -> f64 {
    // Kept apart, or the compiler takes the routine for both.
    #[cold]
    #[inline(never)]
    fn of_128_bits(units: i128) -> f64 {
        units as f64
    }
    i64::try_from(units).map_or_else(|_| of_128_bits(units), |units| units as f64)
}

/// The powers of ten that are floats without loss, up to 10²².
const POWERS_OF_TEN: [f64; 23] = {
    let (mut powers, mut at) = ([1.0; 23], 1);
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10.0;
        at += 1;
    }
    powers
};

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Decimal for $float {
            const DIGITS: u32 = <$float>::DIGITS;
            const PLACES: u32 = POWERS_OF_TEN.len() as u32 - 1;

            #[inline]
            fn from_units(units: i128, places: u32) -> $float {
                // One division of two whole numbers: rounded once, and so the same everywhere.
                (nearest(units) / POWERS_OF_TEN[places as usize]) as $float
            }
        }
    )*};
}
floats!(f32, f64);

/// What `range` makes of a type of decimals: as many digits after the point as the column has, or else as its
/// ends are written with.
macro_rules! ranges {
    ($($decimal:ty: $parse:expr;)*) => {$(
        impl Ranged for $decimal {
            type Range = Decimals<$decimal>;
            fn range(bounds: impl IntoBounds<$decimal>) -> Decimals<$decimal> {
                Decimals::as_written(bounds.into_bounds())
            }
        }

        impl Literal<$decimal> for &'static str {
            fn literal(self) -> Result<$decimal, String> {
                let parse: fn(&str) -> Option<$decimal> = $parse;
                parse(self).ok_or_else(|| format!("`{self}` is no decimal; write \"-12.50\""))
            }
        }
    )*};
}
ranges! {
    Fixed: |text| {
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
        units_of(text, places).ok().map(|(units, _)| Fixed { units, places })
    };
}
#[cfg(feature = "bigdecimal")]
ranges! {
    bigdecimal::BigDecimal: |text| text.parse().ok();
}
#[cfg(feature = "rust_decimal")]
ranges! {
    rust_decimal::Decimal: |text| text.parse().ok();
}

/// See [`decimal`].
#[derive(Debug, Clone)]
pub struct Decimals<T> {
    bounds: Result<(T, T, bool), String>,
    places: u32,
    /// Whether nothing but its ends says how many places there are, so that the column may say more.
    as_written: bool,
    /// The ends in units of the last digit.
    units: Result<(i128, i128), String>,
}

impl<T: Decimal> Decimals<T> {
    pub(crate) fn new(bounds: Result<(T, T, bool), String>, places: u32) -> Decimals<T> {
        let units = units_between(&bounds, places);
        Decimals { bounds, places, as_written: false, units }
    }

    /// Between two whole numbers, with at most so many places: no more than keep the numbers apart.
    pub(crate) fn between(first: i64, last: i64, places: u32) -> Decimals<T> {
        let whole = digits(first.into()).max(digits(last.into()));
        let places = places.min(T::DIGITS.saturating_sub(whole)).min(T::PLACES);
        Decimals::new(Ok((T::from_units(first.into(), 0), T::from_units(last.into(), 0), true)), places)
    }

    /// The index of the number next to a float, towards zero; an end's where that lies outside.
    pub(crate) fn index_near(&self, value: f64) -> u64 {
        let (first, last) = self.first_and_last();
        let units = (value * 10_i128.pow(self.places) as f64) as i128;
        u64::try_from(units.clamp(first, last).abs_diff(first)).unwrap_or(u64::MAX)
    }

    /// With as many places as the column has; where nothing says it, as the longer of both ends is written
    /// with.
    fn as_written(bounds: Result<(T, T, bool), String>) -> Decimals<T> {
        let places = bounds.as_ref().map_or(0, |(first, end, _)| places_of(first).max(places_of(end)));
        Decimals { as_written: true, ..Decimals::new(bounds, places) }
    }

    fn first_and_last(&self) -> (i128, i128) {
        // Bounds that are none are refused by `check`, before any value is made.
        *self.units.as_ref().unwrap_or(&(0, 0))
    }
}

impl<T: Decimal> Domain<T> for Decimals<T> {
    #[inline]
    fn size(&self) -> u64 {
        let (first, last) = self.first_and_last();
        u64::try_from(last.abs_diff(first)).unwrap_or(u64::MAX).saturating_add(1)
    }
    #[inline]
    fn nth(&self, index: u64) -> T {
        let (first, last) = self.first_and_last();
        let above = above_first(index, last.abs_diff(first));
        // The units lie between two `i128`, though their distance may not be one.
        T::from_units(first.wrapping_add_unsigned(above), self.places)
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        self.places = match hint.scale {
            Some(scale) if self.as_written => scale.min(T::PLACES),
            Some(scale) => self.places.min(scale),
            None => self.places,
        };
        self.units = units_between(&self.bounds, self.places);
        let (Some(precision), Ok((first, last))) = (hint.precision, &mut self.units) else { return };
        // `numeric(5, 2)` holds 999.99 at most.
        let digits = u64::from(precision) + u64::from(self.places);
        let digits = digits.saturating_sub(hint.scale.unwrap_or(self.places).into());
        let power = u32::try_from(digits).ok().and_then(|digits| 10_i128.checked_pow(digits));
        let Some(highest) = power.map(|power| power - 1) else { return };
        if *first > highest || *last < -highest {
            let shown = |units| T::from_units(units, self.places);
            self.units = Err(format!(
                "the numbers from `{}` to `{}` have more than the {precision} digits of the column; write smaller ones",
                shown(*first),
                shown(*last)
            ));
            return;
        }
        (*first, *last) = ((*first).max(-highest), (*last).min(highest));
    }
    fn check(&self) -> Result<(), String> {
        self.units.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

/// How many units above the first the number at an index is, where the last one is `width` above it.
///
/// Of more numbers than can be counted, as many as can be are spread evenly over the width: the first one and the
/// last one are among them, and no two are the same.
#[inline]
fn above_first(index: u64, width: u128) -> u128 {
    const LAST: u128 = u64::MAX as u128 - 1;
    let index = u128::from(index);
    if width <= LAST { index } else { index * (width / LAST) + index * (width % LAST) / LAST }
}

/// How many digits a number is written with after the point.
fn places_of<T: Decimal>(number: &T) -> u32 {
    let text = number.to_string();
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let places = number.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i64);
    // An exponent moves the point.
    u32::try_from(places.saturating_sub(exponent.parse().unwrap_or(0)).max(0)).unwrap_or(u32::MAX)
}

/// The first and the last number of a range, in units of the last digit.
fn units_between<T: Decimal>(bounds: &Result<(T, T, bool), String>, places: u32) -> Result<(i128, i128), String> {
    let (first, end, inclusive) = bounds.as_ref().map_err(Clone::clone)?;
    let most = T::PLACES;
    if places > most {
        return Err(format!("{places} digits after the point are more than the type has; write at most {most}"));
    }
    let units = |bound: &T| {
        let (units, exact) = units_of(&bound.to_string(), places)?;
        let (has, keeps) = (digits(units), T::DIGITS);
        if has > keeps {
            return Err(format!(
                "`{bound}` with {places} digits after the point has {has} digits, and the type keeps {keeps} apart; \
                 write fewer places or a smaller number"
            ));
        }
        Ok((units, exact))
    };
    let ((below, exact), (last, last_exact)) = (units(first)?, units(end)?);
    // Both ends lie in the range.
    let (first_unit, last) = (below + i128::from(!exact), last - i128::from(last_exact && !inclusive));
    if last < first_unit {
        let dots = if *inclusive { "..=" } else { ".." };
        return Err(format!(
            "the range `{first}{dots}{end}` has no number with {places} digits after the point; write the lower end \
             first, or more places"
        ));
    }
    Ok((first_unit, last))
}

/// A number that is written out, in units of a digit after the point: rounded down, and whether it was exact.
fn units_of(text: &str, places: u32) -> Result<(i128, bool), String> {
    let wrong = || format!("`{text}` is no end of a range of decimals; write a number of fewer than 38 digits");
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, text),
    };
    let (number, exponent) = match number.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i64>().map_err(|_| wrong())?),
        None => (number, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let written = [whole, fraction].concat();
    if written.is_empty() || !written.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(wrong());
    }
    let written = written.trim_start_matches('0');
    // So many of the written digits stand before the end of the last place.
    let kept = (written.len() as i64)
        .checked_sub(fraction.len() as i64)
        .and_then(|kept| kept.checked_add(exponent)?.checked_add(places.into()))
        .ok_or_else(wrong)?;
    let kept = if written.is_empty() { 0 } else { usize::try_from(kept.max(0)).map_err(|_| wrong())? };
    if kept > 38 {
        return Err(wrong());
    }
    let (head, tail) = written.split_at(kept.min(written.len()));
    let units: i128 = format!("0{head:0<kept$}").parse().map_err(|_| wrong())?;
    let exact = tail.bytes().all(|digit| digit == b'0');
    Ok((sign * units - i128::from(sign < 0 && !exact), exact))
}

/// How many digits a number has; 0 has none.
fn digits(units: i128) -> u32 {
    units.unsigned_abs().checked_ilog10().map_or(0, |log| log + 1)
}

domains! {
    (T: Decimal) Decimals<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_number_is_counted_in_units() {
        for (text, places, expected) in [
            ("12.5", 2, (1_250, true)),
            ("-12.5", 2, (-1_250, true)),
            ("12.505", 2, (1_250, false)),
            ("-12.505", 2, (-1_251, false)),
            ("0", 0, (0, true)),
            ("0.000", 2, (0, true)),
            ("0.001", 2, (0, false)),
            ("-0.001", 2, (-1, false)),
            ("1.25e3", 1, (12_500, true)),
            ("1.25E-3", 4, (12, false)),
            ("1e-400", 4, (0, false)),
            ("99999999999999999999999999999999999999", 0, (10_i128.pow(38) - 1, true)),
        ] {
            assert_eq!(units_of(text, places), Ok(expected), "{text}");
        }
        for text in ["NaN", "inf", "", "-", ".", "1e", "1e99999999999999999999", "1e38", "1_0"] {
            assert!(units_of(text, 0).is_err(), "{text}");
        }
    }

    #[test]
    fn the_ends_of_a_range_lie_in_it() {
        let all = |decimals: Decimals<f64>| (0..decimals.size()).map(|index| decimals.nth(index)).collect::<Vec<_>>();
        assert_eq!(all(decimal(0.1..=0.3, 1)), [0.1, 0.2, 0.3]);
        assert_eq!(all(decimal(0.1..0.3, 1)), [0.1, 0.2]);
        assert_eq!(all(decimal(0.05..0.35, 1)), [0.1, 0.2, 0.3]);
        assert_eq!(all(decimal(-0.15..=0.15, 1)), [-0.1, 0.0, 0.1]);
        assert_eq!(all(decimal(1.0..=3.0, 0)), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn the_column_narrows_numbers_and_places() {
        let mut hint = Hint::new("t", "c");
        (hint.precision, hint.scale) = (Some(4), Some(1));
        let mut decimals = decimal::<f64>(-5.0..=5_000.0, 2);
        Domain::prepare(&mut decimals, &hint);
        assert_eq!((decimals.nth(0), decimals.nth(decimals.size() - 1)), (-5.0, 999.9));
        (hint.precision, hint.scale) = (Some(40), Some(30));
        let mut decimals = decimal::<f64>(0.0..=5_000.0, 2);
        Domain::prepare(&mut decimals, &hint);
        assert_eq!(decimals.size(), 500_001, "a column is never wider than its generator");
        (hint.precision, hint.scale) = (Some(3), Some(1));
        let mut decimals = decimal::<f64>(1_000.0..=5_000.0, 2);
        Domain::prepare(&mut decimals, &hint);
        assert_eq!(
            Domain::check(&decimals).unwrap_err(),
            "the numbers from `1000` to `5000` have more than the 3 digits of the column; write smaller ones"
        );
    }

    #[test]
    fn a_range_has_the_places_of_its_ends() {
        use crate::range::range;
        let all = |decimals: Decimals<Fixed>| -> Vec<String> {
            (0..decimals.size()).map(|index| decimals.nth(index).to_string()).collect()
        };
        assert_eq!(all(range::<Fixed>("0.9"..="1.1")), ["0.9", "1.0", "1.1"]);
        assert_eq!(all(range::<Fixed>("-1".."1")), ["-1", "0"]);
        assert_eq!(range::<Fixed>("1".."1.50").size(), 50);
        let message = Domain::check(&range::<Fixed>("1,50"..="2")).unwrap_err();
        assert_eq!(message, "`1,50` is no decimal; write \"-12.50\"");
    }

    #[cfg(all(feature = "bigdecimal", feature = "rust_decimal"))]
    #[test]
    fn decimals_of_other_crates_are_read_and_written_alike() {
        use crate::range::range;
        fn ends<T: Decimal>(decimals: &Decimals<T>) -> String {
            Domain::check(decimals).unwrap();
            format!("{} {} {}", decimals.size(), decimals.nth(0), decimals.nth(decimals.size() - 1))
        }
        assert_eq!(ends(&range::<bigdecimal::BigDecimal>("-0.50"..="99.99")), "10050 -0.50 99.99");
        assert_eq!(ends(&range::<rust_decimal::Decimal>("-0.50"..="99.99")), "10050 -0.50 99.99");
        // Written with an exponent by one of them.
        let tiny = "0.0000000000000000000000001".."0.0000000000000000000000003";
        assert_eq!(range::<bigdecimal::BigDecimal>(tiny.clone()).size(), 2);
        assert_eq!(range::<rust_decimal::Decimal>(tiny).size(), 2);
        let large = decimal::<bigdecimal::BigDecimal>("1e20"..="1e20", 2);
        assert_eq!(ends(&large), "1 100000000000000000000.00 100000000000000000000.00");
    }

    #[test]
    fn more_numbers_than_can_be_counted_reach_both_ends() {
        use crate::cell::{Cell, Key};
        use crate::generator::Generator;
        use crate::range::range;
        let column = Key::seed(1).child("t").child("c");
        let nines = "99999999999999999999999999999999999999";
        let below = "-99999999999999999999999999999999999999";
        for (first, last) in [("0.000000000000000000", "1000.000000000000000000"), (below, nines), ("0", nines)] {
            let mut numbers = range::<Fixed>(first..=last);
            Domain::prepare(&mut numbers, &Hint::new("t", "c"));
            Domain::check(&numbers).unwrap();
            assert_eq!(numbers.size(), u64::MAX);
            assert_eq!([0, u64::MAX - 1].map(|index| numbers.nth(index).to_string()), [first, last]);
            let units = |index| numbers.nth(index).units;
            for index in (1..64).map(|bits| u64::MAX >> bits) {
                assert!(units(index - 1) < units(index) && units(index) < units(index + 1), "{index}");
            }
            let (low, high) = (units(0) as f64, units(u64::MAX - 1) as f64);
            let drawn = (0..10_000).map(|row| numbers.value(&Cell { table: column, column, row }).units as f64);
            let shares: Vec<f64> = drawn.map(|units| (units - low) / (high - low)).collect();
            for tenth in 0..10 {
                let share = shares.iter().filter(|&&share| (share * 10.0) as u32 == tenth).count();
                assert!((900..1_100).contains(&share), "{share} of 10,000 in tenth {tenth} of {first}..={last}");
            }
        }
        // As many as can be counted, one fewer and one more: nothing is left out before it must be.
        for (last, size) in [(u64::MAX - 2, u64::MAX - 1), (u64::MAX - 1, u64::MAX), (u64::MAX, u64::MAX)] {
            let numbers = Decimals::new(Ok((Fixed::from_units(0, 0), Fixed::from_units(last.into(), 0), true)), 0);
            assert_eq!((numbers.size(), numbers.nth(size - 1).units), (size, last.into()));
        }
    }

    #[test]
    fn a_column_of_any_precision_and_scale_is_taken() {
        let mut hint = Hint::new("t", "c");
        for (precision, scale) in
            [(u32::MAX, Some(u32::MAX)), (u32::MAX, Some(0)), (0, Some(u32::MAX)), (u32::MAX, None)]
        {
            (hint.precision, hint.scale) = (Some(precision), scale);
            let mut decimals = decimal::<f64>(0.0..=0.5, 2);
            Domain::prepare(&mut decimals, &hint);
            assert_eq!(Domain::check(&decimals), Ok(()), "numeric({precision}, {scale:?})");
        }
    }

    #[test]
    fn what_a_type_does_not_keep_apart_is_refused() {
        assert!(Domain::<f32>::check(&decimal::<f32>(0.0..=9_999.0, 2)).is_ok());
        assert_eq!(
            Domain::<f32>::check(&decimal::<f32>(0.0..=100_000.0, 2)).unwrap_err(),
            "`100000` with 2 digits after the point has 8 digits, and the type keeps 6 apart; write fewer places or a \
             smaller number"
        );
        assert!(Domain::<f64>::check(&decimal::<f64>(0.0..=1.0, 23)).is_err());
        assert!(Domain::<f64>::check(&decimal::<f64>(0.0..=f64::INFINITY, 2)).is_err());
        assert!(Domain::<f64>::check(&decimal::<f64>(2.0..=1.0, 2)).is_err());
        assert!(Domain::<f64>::check(&decimal::<f64>(0.001..=0.002, 2)).is_err());
    }
}
