//! The place of a row: what its city, state, country, postcode, phone number, currency, time zone and
//! coordinates have in common.

mod coordinate;
mod local;
mod world;

use crate::cell::Cell;
use crate::locale::Locale;
use crate::stream::Stream;

pub(crate) use self::coordinate::{Axis, coordinate};
pub use self::coordinate::{Coordinate, latitude, longitude};

/// A place. All columns of a row that speak of a place ask for the same one, so they agree without
/// knowing of each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    /// What ISO 3166-2 writes behind the country, where that is letters.
    pub(crate) state_code: &'static str,
    /// `#` stands for any digit, `@` for a letter.
    postcode: &'static str,
    pub(crate) nation: Nation,
    pub(crate) time_zone: &'static str,
    /// Degrees north and east.
    coordinates: (f64, f64),
}

/// A country as the places in it write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nation {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) locale: &'static str,
    /// A phone number that no one has: of the country's range for fiction, or of an area `000`, which is the
    /// way out of a country and so never an area. `#` stands for any digit. Empty is the form of North America.
    pub(crate) phone: &'static str,
}

const fn nation(
    name: &'static str,
    code: &'static str,
    currency: &'static str,
    locale: &'static str,
    phone: &'static str,
) -> Nation {
    Nation { name, code, currency, locale, phone }
}

const fn place(
    city: &'static str,
    (state, state_code): (&'static str, &'static str),
    postcode: &'static str,
    nation: Nation,
    time_zone: &'static str,
    coordinates: (f64, f64),
) -> Place {
    Place { city, state, state_code, postcode, nation, time_zone, coordinates }
}

impl Place {
    /// The place of a cell's row, keyed by the table: in the locale's country, or anywhere in English.
    pub(crate) fn of(cell: &Cell, locale: Locale) -> &'static Place {
        let places = Place::all(locale);
        // No column has a name with a bracket, so no cell draws from the same stream.
        let mut stream = cell.table.child("(place)").stream(cell.row);
        &places[stream.below(places.len() as u64) as usize]
    }

    /// The places of a locale.
    pub(crate) fn all(locale: Locale) -> &'static [Place] {
        match local::places(locale) {
            [] => &world::PLACES,
            places => places,
        }
    }

    /// A postcode of the place.
    pub(crate) fn postcode(&self, stream: &mut Stream) -> String {
        // Letters that no country leaves out of its postcodes.
        let letters = b"ABEHJLNPRSTX";
        self.postcode
            .chars()
            .map(|shape| match shape {
                '#' => char::from(b'0' + stream.below(10) as u8),
                '@' => char::from(letters[stream.below(letters.len() as u64) as usize]),
                shape => shape,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_length() {
        for locale in Locale::ALL {
            let places = Place::all(locale);
            assert!(places.len() >= 5, "{locale}");
            for place in places {
                let Nation { code, currency, locale, phone, .. } = place.nation;
                assert!(code.len() == 2 && currency.len() == 3 && locale.len() == 5, "{place:?}");
                assert!(locale.ends_with(code) && place.state_code.len() <= 3, "{place:?}");
                assert!(place.state_code.chars().all(|letter| letter.is_ascii_uppercase()), "{place:?}");
                assert!(phone.is_empty() && ["US", "CA"].contains(&code) || phone.starts_with('+'), "{place:?}");
                let (latitude, longitude) = place.coordinates;
                assert!(latitude.abs() < 85.0 && longitude.abs() < 179.0, "{place:?}");
            }
        }
        assert!(Place::all(Locale::EN).iter().all(|place| place.city.is_ascii() && place.state.is_ascii()));
    }

    #[test]
    fn a_locale_stays_in_its_country() {
        for locale in Locale::ALL.into_iter().filter(|&locale| locale != Locale::EN) {
            let country = &locale.name()[3..];
            assert!(Place::all(locale).iter().all(|place| place.nation.code == country), "{locale}");
        }
    }
}
