//! Numbers that lie along a curve: most of them near a middle, few of them far out.

use crate::cell::Cell;
use crate::generator::Generator;
use crate::generators::math::{exp, ln, normal_quantile};
use crate::generators::number::Number;
use crate::range::IntoBounds;
use crate::value::Hint;

/// Numbers around a mean: two of three are within one `deviation` of it, 95 of 100 within two.
///
/// Integers are rounded, and no number leaves what its type can hold. [`within`](Distribution::within) keeps
/// to bounds, [`places`](Distribution::places) to a count of digits.
///
/// ```
/// use seed_core::{Cell, Generator, Key, normal};
///
/// let column = Key::seed(1).child("users").child("height_cm");
/// let heights = normal::<i16>(172.0, 9.0).within(140..=210);
/// let some: Vec<i16> = (0..5).map(|row| heights.value(&Cell { table: column, column, row })).collect();
/// assert_eq!(some, [173, 190, 169, 162, 177]);
/// ```
pub fn normal<T: Number>(mean: f64, deviation: f64) -> Distribution<T> {
    let curve = check_number("mean", mean, f64::MIN).and_then(|()| check_number("deviation", deviation, 0.0));
    Distribution::new(curve.map(|()| Curve::Normal { mean, deviation }))
}

/// Numbers above zero whose logarithms are [`normal`]: half of them below the `median`, two of three between
/// `median / spread` and `median * spread`, and a few far above. What prices, incomes and sizes of files look
/// like.
///
/// In the terms of statistics: µ is ln `median`, σ is ln `spread`.
///
/// ```
/// use seed_core::{Cell, Generator, Key, log_normal};
///
/// let column = Key::seed(1).child("orders").child("total_cents");
/// let totals = log_normal::<i64>(4_000.0, 2.0);
/// let some: Vec<i64> = (0..5).map(|row| totals.value(&Cell { table: column, column, row })).collect();
/// assert_eq!(some, [5091, 3213, 3798, 6907, 2006]);
/// ```
pub fn log_normal<T: Number>(median: f64, spread: f64) -> Distribution<T> {
    let curve = check_number("median", median, f64::MIN).and_then(|()| check_number("spread", spread, 1.0));
    let curve = curve.and_then(|()| match median > 0.0 {
        true => Ok(Curve::LogNormal { median, sigma: ln(spread) }),
        false => Err(format!("`{median}` is no median of numbers above 0; write a larger one")),
    });
    Distribution::new(curve)
}

/// Numbers from zero up with a mean, ever fewer the larger they are: waiting times, days since a visit.
///
/// ```
/// use seed_core::{Cell, Generator, Key, exponential};
///
/// let column = Key::seed(1).child("visits").child("seconds");
/// let seconds = exponential::<u32>(90.0);
/// let some: Vec<u32> = (0..5).map(|row| seconds.value(&Cell { table: column, column, row })).collect();
/// assert_eq!(some, [54, 38, 138, 123, 24]);
/// ```
pub fn exponential<T: Number>(mean: f64) -> Distribution<T> {
    let curve = check_number("mean of waiting times", mean, 0.0);
    Distribution::new(curve.map(|()| Curve::Exponential { mean }))
}

/// See [`normal`], [`log_normal`] and [`exponential`].
///
/// The values cannot be counted, so a column of them cannot be unique.
#[derive(Debug, Clone)]
pub struct Distribution<T> {
    curve: Result<Curve, String>,
    bounds: Option<Result<(T, T, bool), String>>,
    /// How many digits a value has after the point.
    places: Option<u32>,
    part: Result<Part<T>, String>,
}

/// The part of a curve that values come from: its points, and the values at both ends of them.
#[derive(Debug, Clone)]
struct Part<T> {
    curve: Curve,
    points: (u64, u64),
    values: (T, T),
}

#[derive(Debug, Clone, Copy)]
enum Curve {
    Normal { mean: f64, deviation: f64 },
    LogNormal { median: f64, sigma: f64 },
    Exponential { mean: f64 },
}

/// The points along a curve, each as likely: the middles of so many equal shares.
const POINTS: u64 = 1 << 52;

impl<T: Number> Distribution<T> {
    fn new(curve: Result<Curve, String>) -> Distribution<T> {
        let part = Part::of(&curve, &None, None);
        Distribution { curve, bounds: None, places: None, part }
    }

    /// Only the part of the curve between two bounds. Its shape stays: values do not pile up at the bounds.
    ///
    /// ```
    /// use seed_core::{Cell, Generator, Key, normal};
    ///
    /// let column = Key::seed(1).child("reviews").child("rating");
    /// let ratings = normal::<i32>(4.2, 1.5).within(1..=5);
    /// let rating = |row| ratings.value(&Cell { table: column, column, row });
    /// assert!((0..1_000).all(|row| (1..=5).contains(&rating(row))));
    /// ```
    #[must_use]
    pub fn within(self, bounds: impl IntoBounds<T>) -> Distribution<T> {
        Distribution { bounds: Some(bounds.into_bounds()), ..self }.cut()
    }

    /// Rounded to so many digits after the point; to fewer where the database tells that the column has fewer.
    /// Where nothing is said they have as many as the column, or else all of a float's and two of a decimal's.
    ///
    /// ```
    /// use seed_core::{Cell, Generator, Key, log_normal};
    ///
    /// let column = Key::seed(1).child("orders").child("total");
    /// let totals = log_normal::<f64>(40.0, 2.0).places(2);
    /// assert_eq!(totals.value(&Cell { table: column, column, row: 0 }), 119.36);
    /// ```
    #[must_use]
    pub fn places(self, places: u32) -> Distribution<T> {
        Distribution { places: Some(places), ..self }.cut()
    }

    /// The bounds, but no farther than the lowest and the highest number that the column holds.
    fn narrowed(&self, (lowest, highest): (f64, f64)) -> Option<Result<(T, T, bool), String>> {
        let (low, high) = (T::nearest(lowest, self.places), T::nearest(highest, self.places));
        let Some(bounds) = &self.bounds else { return Some(Ok((low, high, true))) };
        Some(bounds.clone().and_then(|(first, end, inclusive)| {
            if first > high || end < low {
                return Err(format!("the column holds numbers from `{low:?}` to `{high:?}` only; write other bounds"));
            }
            let first = if first < low { low } else { first };
            Ok(if end > high { (first, high, true) } else { (first, end, inclusive) })
        }))
    }

    /// Finds the part of the curve anew.
    fn cut(self) -> Distribution<T> {
        let part = Part::of(&self.curve, &self.bounds, self.places);
        Distribution { part, ..self }
    }
}

impl<T: Number> Generator<T> for Distribution<T> {
    fn value(&self, cell: &Cell) -> T {
        // What is wrong is refused by `check`, before any value is made.
        let Ok(Part { curve, points: (first, last), values: (low, high) }) = &self.part else {
            return T::nearest(0.0, None);
        };
        let value = T::nearest(curve.at(first + cell.below(last - first + 1)), self.places);
        // Rounding may lower a curve by its last bit where it should rise.
        if value < *low {
            low.clone()
        } else if value > *high {
            high.clone()
        } else {
            value
        }
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        if let Some(scale) = hint.scale {
            self.places = Some(self.places.unwrap_or(scale).min(scale));
        }
        let scale = hint.scale.unwrap_or_default();
        // `numeric(5, 2)` holds 999.99 at most.
        let above = hint.precision.and_then(|precision| 10_i128.checked_pow(precision.saturating_sub(scale)));
        if let Some(above) = above.map(|above| above as f64) {
            let last = 10_i128.checked_pow(scale).map_or(0.0, |units| 1.0 / units as f64);
            let highest = (above - last).min(above.next_down());
            self.bounds = self.narrowed((-highest, highest));
        }
        if let Some((lowest, highest)) = hint.bounds.and_then(|bounds| bounds.numbers) {
            self.bounds = self.narrowed((lowest as f64, highest as f64));
        }
        self.part = Part::of(&self.curve, &self.bounds, self.places);
    }

    fn check(&self) -> Result<(), String> {
        self.part.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

impl<T: Number> Part<T> {
    fn of(
        curve: &Result<Curve, String>,
        bounds: &Option<Result<(T, T, bool), String>>,
        places: Option<u32>,
    ) -> Result<Part<T>, String> {
        let curve = curve.clone()?;
        let value = |point| T::nearest(curve.at(point), places);
        let part = |from, to| Part { curve, points: (from, to), values: (value(from), value(to)) };
        let Some(bounds) = bounds else { return Ok(part(0, POINTS - 1)) };
        let (first, end, inclusive) = bounds.as_ref().map_err(Clone::clone)?;
        let dots = if *inclusive { "..=" } else { ".." };
        if first > end || first == end && !inclusive {
            return Err(format!("the range `{first:?}{dots}{end:?}` is empty; write the lower end first"));
        }
        // Values rise along the curve, so the points between the bounds can be searched for.
        let from = first_point(|point| value(point) >= *first);
        let to = first_point(|point| if *inclusive { value(point) > *end } else { value(point) >= *end });
        if from >= to {
            return Err(format!(
                "next to nothing of the distribution lies in `{first:?}{dots}{end:?}`; write bounds nearer to its middle"
            ));
        }
        Ok(part(from, to - 1))
    }
}

impl Curve {
    /// The number at a point: how far out the curve has such a share of its rows below.
    fn at(self, point: u64) -> f64 {
        let share = (point as f64 + 0.5) / POINTS as f64;
        match self {
            Curve::Normal { mean, deviation } => mean + deviation * normal_quantile(share),
            Curve::LogNormal { median, sigma } => median * exp(sigma * normal_quantile(share)),
            Curve::Exponential { mean } => -mean * ln(1.0 - share),
        }
    }
}

/// The first point where something holds that holds for all after it; `POINTS` where it never does.
fn first_point(holds: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (0, POINTS);
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// Whether a number is finite and no less than another.
fn check_number(what: &str, number: f64, lowest: f64) -> Result<(), String> {
    if number.is_finite() && number >= lowest {
        return Ok(());
    }
    match lowest {
        f64::MIN => Err(format!("`{number}` is no {what}; write a finite number")),
        _ => Err(format!("`{number}` is no {what}; write a finite number of at least {lowest}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    fn values<T: Number>(distribution: &Distribution<T>, rows: u64) -> Vec<T> {
        distribution.check().unwrap();
        let column = Key::seed(1).child("t").child("c");
        (0..rows).map(|row| distribution.value(&Cell { table: column, column, row })).collect()
    }

    fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        (mean, (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt())
    }

    #[test]
    fn moments_are_those_of_the_curve() {
        let (mean, deviation) = mean_and_deviation(&values(&normal::<f64>(10.0, 3.0), 40_000));
        assert!((mean - 10.0).abs() < 0.06 && (deviation - 3.0).abs() < 0.04, "{mean} {deviation}");
        let (mean, deviation) = mean_and_deviation(&values(&exponential::<f64>(5.0), 40_000));
        assert!((mean - 5.0).abs() < 0.1 && (deviation - 5.0).abs() < 0.2, "{mean} {deviation}");
        let logs: Vec<f64> = values(&log_normal::<f64>(8.0, 2.0), 40_000).iter().map(|value| value.log2()).collect();
        let (mean, deviation) = mean_and_deviation(&logs);
        assert!((mean - 3.0).abs() < 0.02 && (deviation - 1.0).abs() < 0.02, "{mean} {deviation}");
    }

    #[test]
    fn a_part_of_a_curve_keeps_its_shape() {
        let cut = values(&normal::<i32>(0.0, 1.0).within(-1..=1), 30_000);
        let count = |of| cut.iter().filter(|&&value| value == of).count() as f64;
        // Of the curve between -1.5 and 1.5, 38.3 of 86.6 lie between -0.5 and 0.5.
        assert!((count(0) / 30_000.0 - 0.442).abs() < 0.01 && count(-1) + count(0) + count(1) == 30_000.0);
        assert!(values(&exponential::<f32>(1.0).within(2.0..3.0), 1_000).iter().all(|v| (2.0..3.0).contains(v)));
        assert!(values(&normal::<u8>(250.0, 100.0), 1_000).contains(&255), "what the type cannot hold is its end");
    }

    #[test]
    fn a_column_of_few_digits_has_values_of_few() {
        let mut prices = log_normal::<f64>(40.0, 2.0).within(10.0..100.0).places(3);
        let mut hint = Hint::new("t", "c");
        hint.scale = Some(1);
        prices.prepare(&hint);
        for price in values(&prices, 1_000) {
            assert!((10.0..100.0).contains(&price) && format!("{price}").len() <= 4, "{price}");
        }
    }

    #[test]
    fn a_narrow_column_cuts_the_curve() {
        let mut hint = Hint::new("t", "c");
        (hint.precision, hint.scale) = (Some(3), Some(1));
        for mut numbers in [normal::<f64>(0.0, 100.0), normal(0.0, 100.0).within(-1_000.0..1_000.0)] {
            numbers.prepare(&hint);
            let numbers = values(&numbers, 2_000);
            assert!(numbers.iter().all(|number| (-99.9..=99.9).contains(number)));
            let rare = numbers.iter().filter(|number| number.abs() > 99.0).count();
            assert!(rare < 40, "{rare} values pile up at the ends");
        }
        (hint.precision, hint.scale) = (Some(2), Some(1));
        let mut high = normal::<f64>(0.0, 100.0).within(50.0..=60.0);
        high.prepare(&hint);
        assert_eq!(high.check().unwrap_err(), "the column holds numbers from `-9.9` to `9.9` only; write other bounds");
        (hint.precision, hint.scale) = (Some(300), Some(200));
        let mut wide = exponential::<f64>(1.0);
        wide.prepare(&hint);
        assert!(wide.check().is_ok());
    }

    #[test]
    fn what_is_no_curve_is_refused() {
        let message = |distribution: Distribution<i32>| distribution.check().unwrap_err();
        assert_eq!(message(normal(0.0, -1.0)), "`-1` is no deviation; write a finite number of at least 0");
        assert_eq!(message(normal(f64::NAN, 1.0)), "`NaN` is no mean; write a finite number");
        assert_eq!(message(log_normal(0.0, 2.0)), "`0` is no median of numbers above 0; write a larger one");
        assert_eq!(message(log_normal(1.0, 0.5)), "`0.5` is no spread; write a finite number of at least 1");
        assert_eq!(message(exponential(-1.0)), "`-1` is no mean of waiting times; write a finite number of at least 0");
        let (first, last) = (5, 1);
        assert_eq!(
            message(normal(0.0, 1.0).within(first..=last)),
            "the range `5..=1` is empty; write the lower end first"
        );
        assert_eq!(
            message(normal(0.0, 1.0).within(50..60)),
            "next to nothing of the distribution lies in `50..60`; write bounds nearer to its middle"
        );
        assert!(normal::<i32>(5.0, 0.0).within(5..=5).check().is_ok());
    }
}
