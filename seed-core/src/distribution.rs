//! Numbers that lie along a curve: most of them near a middle, few of them far out.

use crate::cell::Cell;
use crate::generator::Generator;
use crate::math::{exp, ln, normal_quantile};
use crate::number::Number;
use crate::range::IntoBounds;

/// Numbers around a mean: two of three are within one `deviation` of it, 95 of 100 within two.
///
/// Integers are rounded, and no number leaves what its type can hold. [`within`](Distribution::within) keeps
/// to bounds.
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
    curve: Curve,
    part: Result<Part<T>, String>,
}

/// The part of a curve that values come from: its places, and the values at both ends of them.
#[derive(Debug, Clone)]
struct Part<T> {
    places: (u64, u64),
    values: (T, T),
}

#[derive(Debug, Clone, Copy)]
enum Curve {
    Normal { mean: f64, deviation: f64 },
    LogNormal { median: f64, sigma: f64 },
    Exponential { mean: f64 },
}

/// The places along a curve, each as likely: the middles of so many equal shares.
const PLACES: u64 = 1 << 52;

impl<T: Number> Distribution<T> {
    fn new(curve: Result<Curve, String>) -> Distribution<T> {
        match curve {
            Ok(curve) => Distribution { curve, part: Ok(Part::of(curve, (0, PLACES - 1))) },
            Err(message) => Distribution { curve: Curve::Exponential { mean: 0.0 }, part: Err(message) },
        }
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
    pub fn within(mut self, bounds: impl IntoBounds<T>) -> Distribution<T> {
        let curve = self.curve;
        self.part = self.part.and_then(|_| {
            let (first, end, inclusive) = bounds.into_bounds()?;
            let dots = if inclusive { "..=" } else { ".." };
            if first > end || first == end && !inclusive {
                return Err(format!("the range `{first:?}{dots}{end:?}` is empty; write the lower end first"));
            }
            // Values rise along the curve, so the places between the bounds can be searched for.
            let value = |place| T::nearest(curve.at(place));
            let from = first_place(|place| value(place) >= first);
            let to = first_place(|place| if inclusive { value(place) > end } else { value(place) >= end });
            if from >= to {
                return Err(format!(
                    "next to nothing of the distribution lies in `{first:?}{dots}{end:?}`; write bounds nearer to its middle"
                ));
            }
            Ok(Part::of(curve, (from, to - 1)))
        });
        self
    }
}

impl<T: Number> Generator<T> for Distribution<T> {
    fn value(&self, cell: &Cell) -> T {
        // What is wrong is refused by `check`, before any value is made.
        let Ok(Part { places: (first, last), values: (low, high) }) = &self.part else { return T::nearest(0.0) };
        let value = T::nearest(self.curve.at(first + cell.stream().below(last - first + 1)));
        // Rounding may lower a curve by its last bit where it should rise.
        if value < *low {
            low.clone()
        } else if value > *high {
            high.clone()
        } else {
            value
        }
    }

    fn check(&self) -> Result<(), String> {
        self.part.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

impl<T: Number> Part<T> {
    fn of(curve: Curve, places: (u64, u64)) -> Part<T> {
        Part { places, values: (T::nearest(curve.at(places.0)), T::nearest(curve.at(places.1))) }
    }
}

impl Curve {
    /// The number at a place: how far out the curve has such a share of its rows below.
    fn at(self, place: u64) -> f64 {
        let share = (place as f64 + 0.5) / PLACES as f64;
        match self {
            Curve::Normal { mean, deviation } => mean + deviation * normal_quantile(share),
            Curve::LogNormal { median, sigma } => median * exp(sigma * normal_quantile(share)),
            Curve::Exponential { mean } => -mean * ln(1.0 - share),
        }
    }
}

/// The first place where something holds that holds for all after it; `PLACES` where it never does.
fn first_place(holds: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (0, PLACES);
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
