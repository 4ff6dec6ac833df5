//! Text for every recipe, within a length limit.

mod digits;
mod listed;
mod prose;
mod styled;

use fake::locales::{Data, EN};

use crate::generator::{BoxGenerator, constant};
use crate::infer::Recipe;
use crate::place::{self, Place};
use crate::text::digits::{Digits, Shape};
use crate::text::listed::{NameOf, listed, product};
use crate::text::prose::Prose;
use crate::text::styled::{LONGEST_TITLE, Style, Styled};
use crate::value::Hint;
use crate::words::{FIRST_NAMES, LAST_NAMES};

/// The generator of a recipe for a `String` column.
pub(crate) fn generator(recipe: Recipe, hint: &Hint<'_>) -> BoxGenerator<String> {
    let max_len = hint.max_len.unwrap_or(usize::MAX);
    let unique = hint.unique;
    let styled = |style| -> BoxGenerator<String> { Box::new(Styled::new(style, max_len, unique)) };
    let digits = |shape| -> BoxGenerator<String> { Box::new(Digits::new(shape, max_len)) };
    let place = |of, shorter| -> BoxGenerator<String> { Box::new(place::text(of, shorter, max_len)) };
    let list = |words| listed([product(&[words])], max_len);
    let either = |words, shorter| listed([product(&[words]), product(&[shorter])], max_len);
    match recipe {
        Recipe::Username => styled(Style::Username),
        Recipe::Email => styled(Style::Email),
        Recipe::FullName => styled(Style::FullName),
        Recipe::Company => styled(Style::Company),
        Recipe::Url => styled(Style::Url),
        Recipe::Slug => styled(Style::Slug),
        Recipe::FileName => styled(Style::FileName),
        Recipe::Street => styled(Style::Street),
        Recipe::Word => styled(Style::Word),
        // Prose cannot be told apart by construction; titles can.
        Recipe::Sentence if !unique => Box::new(Prose { sentences: (1, 1), max_len }),
        Recipe::Paragraph if !unique => Box::new(Prose { sentences: (3, 5), max_len }),
        Recipe::Title | Recipe::Sentence | Recipe::Paragraph if max_len >= LONGEST_TITLE => styled(Style::Title),

        Recipe::FirstName => Box::new(NameOf::new(&FIRST_NAMES, |person| person.first, max_len)),
        Recipe::LastName => Box::new(NameOf::new(&LAST_NAMES, |person| person.last, max_len)),
        Recipe::JobTitle => listed(
            [
                product(&[EN::JOB_SENIORITY, EN::JOB_FIELD, EN::JOB_POSITION]),
                product(&[EN::JOB_FIELD, EN::JOB_POSITION]),
                product(&[EN::JOB_POSITION]),
            ],
            max_len,
        ),

        // The columns of a row agree on a place, of which there are few: unique ones stand alone.
        Recipe::City if unique => styled(Style::City),
        Recipe::City => place(|place| place.city, |place| place.city),
        Recipe::State if unique => either(EN::ADDRESS_STATE, EN::ADDRESS_STATE_ABBR),
        Recipe::State if max_len < NAMED => place(|place| place.state_code, |place| place.state_code),
        Recipe::State => place(|place| place.state, |place| place.state_code),
        Recipe::Country if unique => either(EN::ADDRESS_COUNTRY, EN::ADDRESS_COUNTRY_CODE),
        Recipe::Country if max_len >= NAMED => place(|place| place.country, |place| place.country_code),
        Recipe::CountryCode if unique => list(EN::ADDRESS_COUNTRY_CODE),
        Recipe::Country | Recipe::CountryCode => place(|place| place.country_code, |place| place.country_code),
        Recipe::Postcode if unique => digits(Shape::Number { width: 5 }),
        Recipe::Postcode => Box::new(place::postcode(max_len)),
        Recipe::Currency if unique => list(EN::CURRENCY_CODE),
        Recipe::Currency => place(|place| place.currency, |place| place.currency),
        Recipe::TimeZone if unique => list(EN::ADDRESS_TIME_ZONE),
        Recipe::TimeZone => place(|place| place.time_zone, |_| "UTC"),
        Recipe::Locale if unique => list(&Place::locales()),
        Recipe::Locale => place(|place| place.locale, |place| &place.locale[..2]),

        Recipe::Status => list(STATUSES),
        Recipe::MimeType => list(MIME_TYPES),
        Recipe::PasswordHash if !unique => {
            let mut hash = PASSWORD_HASH.to_owned();
            cut(&mut hash, max_len);
            Box::new(constant(hash))
        }

        Recipe::Color => digits(Shape::Color),
        Recipe::Uuid => digits(Shape::Uuid),
        Recipe::UuidV7 => digits(Shape::UuidV7 { anchor: hint.anchor }),
        Recipe::Token | Recipe::PasswordHash => digits(Shape::Token),
        Recipe::IpAddress => digits(Shape::IpAddress),
        Recipe::Version => digits(Shape::Version),
        Recipe::Sku => digits(Shape::Sku),
        Recipe::Phone => digits(Shape::Phone),
        _ => styled(Style::Label),
    }
}

/// Cuts a text to so many characters, and off the blanks that then stand at its end.
pub(crate) fn cut(text: &mut String, max_len: usize) {
    if let Some((end, _)) = text.char_indices().nth(max_len) {
        text.truncate(end);
        text.truncate(text.trim_end().len());
    }
}

/// From this length on, a column holds the names of states and countries, and not their codes.
const NAMED: usize = 14;

const STATUSES: &[&str] = &["active", "pending", "archived", "draft", "closed"];
const MIME_TYPES: &[&str] = &[
    "application/json",
    "application/pdf",
    "image/jpeg",
    "image/png",
    "text/csv",
    "text/html",
    "text/plain",
    "video/mp4",
];

/// bcrypt, cost 10, of `password`: logging in to a seeded account is possible, and hashing once is
/// enough.
const PASSWORD_HASH: &str = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";
