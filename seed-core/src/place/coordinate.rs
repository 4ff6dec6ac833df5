//! Where on earth the place of a row is.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Domain, domains};
use crate::locale::Locale;
use crate::place::Place;
use crate::range::Float;
use crate::value::Hint;

/// Degrees north, or degrees east.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Latitude,
    Longitude,
}

/// Degrees within five kilometres or so of the city of the row's place, in millionths (or in as many digits as the
/// type keeps apart); where the column is unique, anywhere on earth.
pub(crate) fn coordinate<T: Float>(axis: Axis, hint: &Hint<'_>) -> BoxGenerator<T> {
    let places = if size_of::<T>() < 8 { 3 } else { 6 };
    Box::new(Coordinate { axis, locale: hint.locale, scale: 10_i64.pow(places) })
}

struct Coordinate {
    axis: Axis,
    locale: Locale,
    /// Steps in a degree.
    scale: i64,
}

impl Coordinate {
    /// The highest one; the lowest is below zero.
    fn most(&self) -> i64 {
        self.scale * if self.axis == Axis::Latitude { 85 } else { 180 }
    }
}

impl<T: Float> Domain<T> for Coordinate {
    fn size(&self) -> u64 {
        2 * self.most().unsigned_abs() + 1
    }
    fn nth(&self, index: u64) -> T {
        // One division of two whole numbers: rounded once, and so the same everywhere.
        T::from_f64((index as i64 - self.most()) as f64 / self.scale as f64)
    }
    fn draw(&self, cell: &Cell) -> u64 {
        let (latitude, longitude) = Place::of(cell, self.locale).coordinates;
        let city = if self.axis == Axis::Latitude { latitude } else { longitude };
        let around = self.scale.unsigned_abs() / 10;
        let city = (city * self.scale as f64) as i64 + self.most();
        city.unsigned_abs() - around / 2 + cell.stream().below(around + 1)
    }
}

domains! {
    (T: Float) Coordinate => T;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    #[test]
    fn a_row_is_near_its_city() {
        let table = Key::seed(1).child("shops");
        let hint = Hint::new("shops", "latitude");
        let (wide, narrow) = (coordinate::<f64>(Axis::Latitude, &hint), coordinate::<f32>(Axis::Longitude, &hint));
        for row in 0..500 {
            let cell = Cell { table, column: table.child("latitude"), row };
            let (latitude, longitude) = Place::of(&cell, Locale::EN).coordinates;
            assert!((wide.value(&cell) - latitude).abs() < 0.051, "{latitude}");
            assert!((f64::from(narrow.value(&cell)) - longitude).abs() < 0.06, "{longitude}");
        }
    }
}
