//! What follows from the place of a row: city, state, country, postcode, phone number and the like.

use crate::cell::Cell;
use crate::country::{COUNTRIES, Country};
use crate::generator::{Domain, Generator, domains};
use crate::locale::Locale;
use crate::permutation::permute_in_blocks;
use crate::place::Place;
use crate::text::{cut, fits};

/// A part of the row's place, or where that is too long, a shorter one, cut to a length.
pub(super) struct PlacePart {
    pub(super) part: fn(&Place) -> &'static str,
    pub(super) shorter: fn(&Place) -> &'static str,
    pub(super) locale: Locale,
    pub(super) max_len: usize,
}

impl Generator<String> for PlacePart {
    fn value(&self, cell: &Cell) -> String {
        let place = Place::of(cell, self.locale);
        let part = (self.part)(place);
        let mut text = if fits(part, self.max_len) { part } else { (self.shorter)(place) }.to_owned();
        cut(&mut text, self.max_len);
        text
    }
}

/// A postcode in the row's place, cut to a length.
pub(super) struct Postcode {
    pub(super) locale: Locale,
    pub(super) max_len: usize,
}

impl Generator<String> for Postcode {
    fn value(&self, cell: &Cell) -> String {
        let mut text = Place::of(cell, self.locale).postcode(&mut cell.stream());
        cut(&mut text, self.max_len);
        text
    }
}

/// A part of a country of ISO 3166-1, in a table of countries or where the column is unique.
///
/// A permutation that the table keys: name, code and currency of a row are those of one country.
pub(super) struct CountryPart {
    pub(super) part: fn(&Country) -> &'static str,
    pub(super) max_len: usize,
}

impl Domain<String> for CountryPart {
    fn size(&self) -> u64 {
        COUNTRIES.len() as u64
    }
    fn nth(&self, index: u64) -> String {
        let country = &COUNTRIES[index as usize];
        let part = (self.part)(country);
        let mut text = if fits(part, self.max_len) { part } else { country.code }.to_owned();
        cut(&mut text, self.max_len);
        text
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.index(cell)
    }
    fn index(&self, cell: &Cell) -> u64 {
        permute_in_blocks(cell.table.child("(country)"), COUNTRIES.len() as u64, cell.row).0
    }
}

/// A phone number that no one has, in the row's country.
pub(super) struct Phone {
    pub(super) locale: Locale,
}

/// No phone number of a place is longer.
pub(super) const LONGEST_PHONE: usize = 17;

impl Generator<String> for Phone {
    fn value(&self, cell: &Cell) -> String {
        let mut stream = cell.stream();
        let pattern = Place::of(cell, self.locale).nation.phone;
        if pattern.is_empty() {
            // 800 area codes with the numbers 555-0100 to 555-0199.
            let index = stream.below(80_000);
            return format!("+1-{}-555-01{:02}", 200 + index / 100, index % 100);
        }
        let digits = pattern.bytes().filter(|&shape| shape == b'#').count() as u32;
        filled(pattern, stream.below(10_u64.pow(digits)))
    }
}

/// A phone number that no one has, in one country, each index a different one: with an extension where these are
/// used up.
pub(super) struct PhoneIn {
    pattern: &'static str,
    numbers: u64,
    /// Digits alone, without the country.
    bare: bool,
    max_len: usize,
}

impl PhoneIn {
    /// `None` where a column is too narrow for any phone number.
    pub(super) fn new(locale: Locale, max_len: usize) -> Option<PhoneIn> {
        let pattern = Place::all(locale)[0].nation.phone;
        let digits = pattern.bytes().filter(|&shape| shape == b'#').count() as u32;
        let phone = |bare| PhoneIn { pattern, numbers: 10_u64.pow(digits), bare, max_len };
        let spaced = pattern.len();
        let bare = phone(true).nth(0).len();
        if spaced <= max_len { Some(phone(false)) } else { (bare <= max_len).then(|| phone(true)) }
    }
}

impl Domain<String> for PhoneIn {
    fn size(&self) -> u64 {
        // An extension is at least two characters, and counts from 2.
        let extension = self.max_len.saturating_sub(self.nth(0).len() + 1).min(9) as u32;
        10_u64.pow(extension).max(2).saturating_sub(1).saturating_mul(self.numbers)
    }
    fn nth(&self, index: u64) -> String {
        let mut text = filled(self.pattern, index % self.numbers);
        if self.bare {
            text = text.split_once(' ').map_or("", |(_, rest)| rest).replace(' ', "");
        }
        match index / self.numbers {
            0 => text,
            block => format!("{text}x{}", block + 1),
        }
    }
    fn draw(&self, cell: &Cell) -> u64 {
        cell.below(self.numbers)
    }
    fn index(&self, cell: &Cell) -> u64 {
        let (number, block) = permute_in_blocks(cell.column, self.numbers, cell.row % self.size());
        block * self.numbers + number
    }
}

/// A pattern with the digits of a number for its `#`.
fn filled(pattern: &str, mut number: u64) -> String {
    let mut text = pattern.to_owned().into_bytes();
    for digit in text.iter_mut().rev().filter(|shape| **shape == b'#') {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    text.into_iter().map(char::from).collect()
}

domains! {
    () CountryPart => String;
    () PhoneIn => String;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    #[test]
    fn the_columns_of_a_row_agree_on_a_place() {
        let table = Key::seed(1).child("customers");
        for locale in Locale::ALL {
            let part = |part: fn(&Place) -> &'static str, max_len| PlacePart {
                part,
                shorter: |place| place.nation.code,
                locale,
                max_len,
            };
            let (city, country) = (part(|place| place.city, 99), part(|place| place.nation.name, 7));
            for row in 0..500 {
                let cell = |column: &str| Cell { table, column: table.child(column), row };
                let city = city.value(&cell("city"));
                let place = Place::all(locale).iter().find(|place| place.city == city).unwrap();
                let long = place.nation.name.chars().count() > 7;
                assert_eq!(country.value(&cell("country")), if long { place.nation.code } else { place.nation.name });
                let postcode = Postcode { locale, max_len: 99 }.value(&cell("zip"));
                assert!(!postcode.contains(['#', '@']), "{postcode} in {city}");
                let phone = Phone { locale }.value(&cell("phone"));
                let start = place.nation.phone.split(['#', ' ']).next().unwrap_or_default();
                assert!(phone.starts_with(start) && phone.len() <= LONGEST_PHONE && !phone.contains('#'), "{phone}");
            }
        }
    }

    #[test]
    fn a_phone_number_has_an_extension_where_there_are_no_more() {
        let phone = |max_len, index| PhoneIn::new(Locale::FR_FR, max_len).map(|phone| phone.nth(index));
        assert_eq!(phone(20, 1_234).as_deref(), Some("+33 6 39 98 12 34"));
        assert_eq!(phone(20, 11_234).as_deref(), Some("+33 6 39 98 12 34x2"));
        assert_eq!(phone(10, 1_234).as_deref(), Some("639981234"));
        assert_eq!(phone(8, 1_234), None);
    }
}
