//! Where on earth the place of a row is.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Domain, domains};
use crate::generators::decimal::{Decimal, Decimals};
use crate::locale::Locale;
use crate::place::Place;
use crate::value::Hint;

/// Degrees north, or degrees east.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Latitude,
    Longitude,
}

/// Degrees, in a row near the city of its place; where the column is unique, any of `degrees`.
pub(crate) fn coordinate<T: Decimal>(axis: Axis, degrees: Decimals<T>, hint: &Hint<'_>) -> BoxGenerator<T> {
    Box::new(Coordinate { axis, degrees, locale: hint.locale })
}

struct Coordinate<T> {
    axis: Axis,
    degrees: Decimals<T>,
    locale: Locale,
}

/// Five kilometres or so.
const NEAR: f64 = 0.05;

impl<T: Decimal> Domain<T> for Coordinate<T> {
    fn size(&self) -> u64 {
        self.degrees.size()
    }
    fn nth(&self, index: u64) -> T {
        self.degrees.nth(index)
    }
    fn draw(&self, cell: &Cell) -> u64 {
        let (latitude, longitude) = Place::of(cell, self.locale).coordinates;
        let city = if self.axis == Axis::Latitude { latitude } else { longitude };
        let (first, last) = (self.degrees.index_near(city - NEAR), self.degrees.index_near(city + NEAR));
        first + cell.stream().below(last - first + 1)
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        self.locale = hint.locale;
        self.degrees.prepare(hint);
    }
    fn check(&self) -> Result<(), String> {
        Domain::check(&self.degrees)
    }
}

domains! {
    (T: Decimal) Coordinate<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::value::Value;

    #[test]
    fn a_row_is_near_its_city() {
        let table = Key::seed(1).child("shops");
        let wide = f64::infer(&Hint::new("shops", "latitude"));
        let narrow = f32::infer(&Hint::new("shops", "longitude"));
        for row in 0..500 {
            let cell = Cell { table, column: table.child("latitude"), row };
            let (latitude, longitude) = Place::of(&cell, Locale::EN).coordinates;
            assert!((wide.value(&cell) - latitude).abs() < 0.051, "{latitude}");
            assert!((f64::from(narrow.value(&cell)) - longitude).abs() < 0.06, "{longitude}");
        }
    }
}
