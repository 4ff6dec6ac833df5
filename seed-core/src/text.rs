//! Text for every recipe, within a length limit.

mod coded;
mod codes;
mod digits;
pub(crate) mod folded;
mod listed;
mod of_person;
mod of_place;
mod prose;
mod style;
mod styled;
mod user_agent;

use fake::locales::{Data, EN};

use crate::country::{self, COUNTRIES, Country};
use crate::generator::{BoxGenerator, Generator, constant};
use crate::infer;
use crate::infer::recipe::Recipe;
use crate::language::Language;
use crate::locale::Locale;
use crate::place::Place;
use crate::text::codes::Code;
use crate::text::digits::{Digits, Shape};
use crate::text::listed::{After, Listed, owned, product};
use crate::text::of_person::{MiddleName, NameOf, OfGender};
use crate::text::of_place::{CountryPart, LONGEST_PHONE, Phone, PhoneIn, PlacePart, Postcode};
use crate::text::prose::{Prose, Unit};
use crate::text::style::{LONGEST_TITLE, Style};
use crate::text::styled::Styled;
use crate::text::user_agent::{LONGEST_USER_AGENT, UserAgent};
use crate::value::Hint;

/// The generator of a recipe for a `String` column.
pub(crate) fn generator(recipe: Recipe, hint: &Hint<'_>) -> BoxGenerator<String> {
    let (max_len, unique, locale) = (hint.max_len.unwrap_or(usize::MAX), hint.unique, hint.locale);
    let grammar = Language::of(locale).grammar;
    let styled = |style| boxed(Styled::new(style, locale, max_len, unique));
    let digits = |shape| boxed(Digits::new(shape, max_len));
    let code =
        |code: Code| if code.longest() <= max_len { boxed(code) } else { digits(Shape::Number { width: max_len }) };
    let place = |part, shorter| boxed(PlacePart { part, shorter, locale, max_len });
    let list = |words: &[&str]| boxed(Listed::of([owned(words)], max_len, After::Nothing));
    let country = |part: fn(&Country) -> &'static str| match max_len {
        0 | 1 => list(&COUNTRIES.map(|country| country.code)),
        _ => boxed(CountryPart { part, max_len }),
    };
    let prose = |unit, fewest, most| boxed(Prose::new(unit, (fewest, most), locale, max_len));
    // The columns of a row agree on a place, of which there are few: unique ones stand alone.
    let all_countries = unique || infer::is_table_of_countries(hint.table);
    match recipe {
        Recipe::Username => styled(Style::Username),
        Recipe::Email => styled(Style::Email),
        Recipe::FullName => styled(Style::FullName),
        Recipe::FirstName => boxed(NameOf::first(locale, max_len)),
        Recipe::LastName => boxed(NameOf::last(locale, max_len)),
        Recipe::MiddleName if unique => boxed(NameOf::first(locale, max_len)),
        Recipe::MiddleName => boxed(MiddleName::new(locale, max_len)),
        Recipe::Honorific if unique => list(&grammar.honorifics.concat()),
        Recipe::Honorific => boxed(OfGender::honorific(locale, max_len)),
        Recipe::Gender if unique => list(&grammar.genders),
        Recipe::Gender => boxed(OfGender::gender(locale, max_len)),
        Recipe::JobTitle => {
            let [ranks, fields, positions] = grammar.jobs;
            let job = |lists| product(lists, grammar.job);
            let lists =
                [job([ranks, fields, positions]), job([&[""], fields, positions]), job([&[""], &[""], positions])];
            boxed(Listed::of(lists, max_len, After::Numbers))
        }

        Recipe::City if unique => styled(Style::City),
        Recipe::City => place(|place| place.city, |place| place.city),
        Recipe::State if unique => {
            let short = if locale == Locale::EN { EN::ADDRESS_STATE_ABBR } else { grammar.states };
            boxed(Listed::of([owned(grammar.states), owned(short)], max_len, After::Numbers))
        }
        Recipe::State if max_len < NAMED => place(|place| place.state_code, |place| place.state_code),
        Recipe::State => place(|place| place.state, |place| place.state_code),
        Recipe::Country if max_len < NAMED && all_countries => country(|country| country.code),
        Recipe::Country if all_countries => country(|country| country.name),
        Recipe::Country if max_len >= NAMED => place(|place| place.nation.name, |place| place.nation.code),
        Recipe::CountryCode if all_countries => country(|country| country.code),
        Recipe::Country | Recipe::CountryCode => place(|place| place.nation.code, |place| place.nation.code),
        Recipe::Currency if infer::is_table_of_countries(hint.table) && !unique => country(|country| country.currency),
        Recipe::Currency if unique => list(&country::currencies()),
        Recipe::Currency => place(|place| place.nation.currency, |place| place.nation.currency),
        Recipe::Postcode if unique => digits(Shape::Number { width: 5 }),
        Recipe::Postcode => boxed(Postcode { locale, max_len }),
        Recipe::Phone if !unique && max_len >= LONGEST_PHONE => boxed(Phone { locale }),
        Recipe::Phone if locale == Locale::EN => digits(Shape::Phone),
        Recipe::Phone => match PhoneIn::new(locale, max_len) {
            Some(phone) => boxed(phone),
            None => digits(Shape::Number { width: max_len }),
        },
        Recipe::TimeZone if unique => list(EN::ADDRESS_TIME_ZONE),
        Recipe::TimeZone => place(|place| place.time_zone, |_| "UTC"),
        Recipe::Locale if unique => {
            let locales: Vec<&str> = Place::all(Locale::EN).iter().map(|place| place.nation.locale).collect();
            list(&locales)
        }
        Recipe::Locale => place(|place| place.nation.locale, |place| &place.nation.locale[..2]),
        Recipe::Language if unique => list(&LANGUAGES.split(' ').collect::<Vec<_>>()),
        Recipe::Language => place(|place| &place.nation.locale[..2], |place| &place.nation.locale[..2]),
        Recipe::Street => styled(Style::Street),

        Recipe::Company => styled(Style::Company),
        Recipe::CompanyEmail => styled(Style::CompanyEmail),
        Recipe::CompanyDomain => styled(Style::CompanyDomain),
        Recipe::CompanyUrl => styled(Style::CompanyUrl),
        Recipe::Product => styled(Style::Product),

        Recipe::Url => styled(Style::Url),
        Recipe::DomainName => styled(Style::DomainName),
        Recipe::Slug => styled(Style::Slug),
        Recipe::FileName => styled(Style::FileName),
        Recipe::Word => styled(Style::Word),
        // Prose cannot be told apart by construction; titles can.
        Recipe::Words(fewest, most) if !unique => prose(Unit::Words, fewest, most),
        Recipe::Sentence if !unique => prose(Unit::Sentences, 1, 1),
        Recipe::Sentences(fewest, most) if !unique => prose(Unit::Sentences, fewest, most),
        Recipe::Paragraph if !unique => prose(Unit::Sentences, 3, 5),
        Recipe::Paragraphs(fewest, most) if !unique => prose(Unit::Paragraphs, fewest, most),
        Recipe::Title
        | Recipe::Words(..)
        | Recipe::Sentence
        | Recipe::Sentences(..)
        | Recipe::Paragraph
        | Recipe::Paragraphs(..)
            if max_len >= LONGEST_TITLE =>
        {
            styled(Style::Title)
        }

        Recipe::Status => list(STATUSES),
        Recipe::MimeType => list(MIME_TYPES),
        Recipe::PasswordHash if !unique => {
            let mut hash = PASSWORD_HASH.to_owned();
            cut(&mut hash, max_len);
            Box::new(constant(hash))
        }
        Recipe::UserAgent if max_len >= LONGEST_USER_AGENT => boxed(UserAgent),

        Recipe::Color => digits(Shape::Color),
        Recipe::Uuid => digits(Shape::Uuid),
        Recipe::UuidV7 => digits(Shape::UuidV7 { anchor: hint.anchor }),
        Recipe::Token | Recipe::PasswordHash => digits(Shape::Token),
        Recipe::IpAddress => digits(Shape::IpAddress),
        Recipe::Ipv6 => digits(Shape::Ipv6),
        Recipe::MacAddress => digits(Shape::MacAddress),
        Recipe::HouseNumber => digits(Shape::HouseNumber),
        Recipe::Version => digits(Shape::Version),
        Recipe::Sku => digits(Shape::Sku),
        Recipe::Ssn => digits(Shape::Ssn),
        Recipe::Ean if max_len < Code::Ean.longest() => code(Code::ShortEan),
        Recipe::Ean => code(Code::Ean),
        Recipe::Isbn => code(Code::Isbn),
        Recipe::CardNumber => code(Code::CardNumber),
        Recipe::Iban => code(Code::Iban(locale)),
        _ => styled(Style::Label),
    }
}

fn boxed(generator: impl Generator<String> + 'static) -> BoxGenerator<String> {
    Box::new(generator)
}

/// Whether a text has no more than so many characters.
pub(crate) fn fits(text: &str, max_len: usize) -> bool {
    text.len() <= max_len || text.chars().count() <= max_len
}

/// Cuts a text to so many characters, and off the blanks that then stand at its end.
pub(crate) fn cut(text: &mut String, max_len: usize) {
    // No text has more characters than bytes, and most columns are wide enough for all of them.
    if text.len() <= max_len {
        return;
    }
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

/// The languages of ISO 639-1 that most people speak.
const LANGUAGES: &str = "af am ar as az be bg bn bs ca cs cy da de el en eo es et eu fa ff fi fr ga gl gu ha he hi hr ht hu hy id ig is it ja jv ka kk \
    km kn ko ku ky la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl no ny oc om or pa pl ps pt qu rn ro ru rw sd si sk sl sm sn so sq sr ss st su sv \
    sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz ve vi wo xh yi yo zh zu";
