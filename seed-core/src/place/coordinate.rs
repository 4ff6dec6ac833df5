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

/// Degrees north of the equator, near the city of the row's place, with up to six digits after the point. A unique
/// column has any from -85 to 85.
///
/// ```
/// # use seed_core::{Cell, Generator, Key, generators};
/// # let key = Key::seed(42).child("users");
/// # let cell = Cell { table: key, column: key.child("it"), row: 0 };
/// let city = generators::city().value(&cell);
/// let degrees: f64 = generators::latitude().value(&cell);
/// assert_eq!((city.as_str(), degrees), ("Recife", -8.071172));
/// ```
pub fn latitude<T: Decimal>() -> Coordinate<T> {
    Coordinate { axis: Axis::Latitude, degrees: Decimals::between(-85, 85, 6), locale: Locale::default() }
}

/// Degrees east of Greenwich, near the city of the row's place, with up to six digits after the point. A unique column
/// has any from -180 to 180.
///
/// ```
/// # use seed_core::{Cell, Generator, Key, generators};
/// # let key = Key::seed(42).child("users");
/// # let cell = Cell { table: key, column: key.child("it"), row: 0 };
/// let city = generators::city().value(&cell);
/// let degrees: f64 = generators::longitude().value(&cell);
/// assert_eq!((city.as_str(), degrees), ("Recife", -34.900572));
/// ```
pub fn longitude<T: Decimal>() -> Coordinate<T> {
    Coordinate { axis: Axis::Longitude, degrees: Decimals::between(-180, 180, 6), locale: Locale::default() }
}

/// Degrees, in a row near the city of its place; where the column is unique, any of `degrees`.
pub(crate) fn coordinate<T: Decimal>(axis: Axis, degrees: Decimals<T>, hint: &Hint<'_>) -> BoxGenerator<T> {
    Box::new(Coordinate { axis, degrees, locale: hint.locale })
}

/// See [`latitude`] and [`longitude`].
#[derive(Debug, Clone)]
pub struct Coordinate<T> {
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
        first + cell.below(last - first + 1)
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
    use crate::generator::Generator;
    use crate::value::Value;

    #[test]
    fn a_generator_makes_what_inference_does() {
        fn check<T: Decimal + Value + PartialEq + std::fmt::Debug>() {
            let table = Key::seed(1).child("shops");
            let mut hint = Hint::new("shops", "latitude");
            hint.locale = Locale::FR_FR;
            for (column, mut named) in [("latitude", latitude::<T>()), ("longitude", longitude::<T>())] {
                hint.column = column;
                let inferred = T::infer(&hint);
                Domain::prepare(&mut named, &hint);
                assert_eq!(Domain::check(&named), Ok(()));
                for row in 0..100 {
                    let cell = Cell { table, column: table.child(column), row };
                    assert_eq!(named.value(&cell), inferred.value(&cell));
                    assert_eq!(named.nth(named.index(&cell)), inferred.domain().unwrap().nth(named.index(&cell)));
                }
            }
        }
        check::<f64>();
        check::<f32>();
        check::<crate::value::Fixed>();
        #[cfg(feature = "bigdecimal")]
        check::<bigdecimal::BigDecimal>();
    }

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
