//! Numbers with check digits: of articles, books, bank accounts and cards.

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::locale::Locale;
use crate::permutation::permute;
use crate::place::Place;

/// A number whose last or first digits follow from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// EAN-13, 20 to 29: within a shop.
    Ean,
    /// EAN-8, 20 to 29: within a shop.
    ShortEan,
    /// ISBN of the group 979-9, which is not given out.
    Isbn,
    /// Card numbers of 16 digits that begin as published test numbers do.
    CardNumber,
    /// Accounts of a bank whose code is zeros, in the row's country where it has an IBAN.
    Iban(Locale),
}

impl Code {
    /// How many characters the longest one has.
    pub(super) fn longest(self) -> usize {
        match self {
            Code::Ean | Code::Isbn => 13,
            Code::ShortEan => 8,
            Code::CardNumber => 16,
            Code::Iban(_) => IBANS.iter().map(|(_, digits)| 4 + digits).max().unwrap_or(0),
        }
    }

    /// How many there are, of each country for an IBAN.
    fn numbers(self) -> u64 {
        match self {
            Code::Ean => 10_u64.pow(11),
            Code::ShortEan => 1_000_000,
            Code::Isbn => 100_000_000,
            Code::CardNumber => CARDS.len() as u64 * 1_000_000_000,
            Code::Iban(_) => ACCOUNTS,
        }
    }
}

impl Domain<String> for Code {
    fn size(&self) -> u64 {
        self.numbers()
    }
    fn nth(&self, index: u64) -> String {
        match self {
            Code::Ean => with_ean_digit(format!("2{index:011}")),
            Code::ShortEan => with_ean_digit(format!("2{index:06}")),
            Code::Isbn => with_ean_digit(format!("9799{index:08}")),
            Code::CardNumber => {
                let cards = CARDS.len() as u64;
                with_luhn_digit(format!("{}{:09}", CARDS[(index % cards) as usize], index / cards))
            }
            Code::Iban(_) => iban(IBANS[(index / ACCOUNTS) as usize % IBANS.len()], index % ACCOUNTS),
        }
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.of_country(cell, cell.below(self.numbers()))
    }
    fn index(&self, cell: &Cell) -> u64 {
        self.of_country(cell, permute(cell.column, self.numbers(), cell.row))
    }
}

impl Code {
    /// For an IBAN: the account in the row's country.
    fn of_country(self, cell: &Cell, number: u64) -> u64 {
        let Code::Iban(locale) = self else { return number };
        let code = Place::of(cell, locale).nation.code;
        let country = IBANS.iter().position(|(country, _)| *country == code).unwrap_or(0) as u64;
        country * ACCOUNTS + number
    }
}

/// The first six digits of numbers that Visa, Mastercard and those who process their cards publish for tests.
const CARDS: [&str; 6] = ["400000", "411111", "424242", "510510", "555555", "222300"];

/// Accounts of ten digits.
const ACCOUNTS: u64 = 10_000_000_000;

/// Countries with an IBAN, and how many digits theirs has after the check digits; those of countries that
/// have letters there stand for what is possible with digits alone. The first is that of places without one.
const IBANS: [(&str, usize); 16] = [
    ("DE", 18),
    ("AT", 16),
    ("BR", 23),
    ("CH", 17),
    ("CZ", 20),
    ("DK", 14),
    ("ES", 20),
    ("FI", 14),
    ("FR", 23),
    ("NO", 11),
    ("PL", 24),
    ("PT", 21),
    ("SA", 20),
    ("SE", 20),
    ("TR", 22),
    ("AE", 19),
];

fn iban((country, digits): (&str, usize), account: u64) -> String {
    // ISO 13616: the country and two zeros behind the account, letters as numbers from 10, modulo 97.
    let letters = country.bytes().map(|letter| u64::from(letter - b'A') + 10);
    let rest = letters.fold(account % 97, |rest, letter| (rest * 100 + letter) % 97) * 100 % 97;
    format!("{country}{:02}{account:0digits$}", 98 - rest)
}

/// A number and the check digit of GS1: three times each second digit from the right.
fn with_ean_digit(mut number: String) -> String {
    let sum: u32 = number.bytes().rev().zip(0..).map(|(digit, at)| u32::from(digit - b'0') * (3 - at % 2 * 2)).sum();
    number.push(digit(sum));
    number
}

/// A number and the check digit of Luhn: twice each second digit from the right.
fn with_luhn_digit(mut number: String) -> String {
    let twice = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = number.bytes().rev().zip(0..).map(|(digit, at)| (u32::from(digit - b'0'), at));
    let sum: u32 = digits.map(|(digit, at)| if at % 2 == 0 { twice(digit) } else { digit }).sum();
    number.push(digit(sum));
    number
}

/// What fills a sum up to tens.
fn digit(sum: u32) -> char {
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

domains! {
    () Code => String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_published_numbers() {
        assert_eq!(with_luhn_digit("411111111111111".to_owned()), "4111111111111111");
        assert_eq!(with_luhn_digit("555555555555444".to_owned()), "5555555555554444");
        assert_eq!(with_ean_digit("978030640615".to_owned()), "9780306406157");
        assert_eq!(with_ean_digit("9638507".to_owned()), "96385074");
        // The examples of the registry of ISO 13616, where they are of digits.
        assert_eq!(iban(("NO", 11), 86011117947), "NO9386011117947");
        assert_eq!(iban(("DK", 14), 400440116243), "DK5000400440116243");
    }

    #[test]
    fn every_code_has_its_length_and_its_first_digits() {
        for (code, start) in [(Code::Ean, "2"), (Code::ShortEan, "2"), (Code::Isbn, "9799"), (Code::CardNumber, "")] {
            for index in [0, 1, code.numbers() - 1] {
                let text = code.nth(index);
                assert!(text.len() == code.longest() && text.starts_with(start), "{text}");
            }
        }
        assert_eq!(Code::Iban(Locale::EN).nth(0), "DE36000000000000000000");
    }
}
