//! Text of every recipe.

use std::fmt::Write as _;

use seed_core::infer::{RULES, Recipe, recipe};
use seed_core::{Generator, Kind, Text, Value, generators, pattern};

use super::{drawn, golden, hint, table_of, unique};

/// One column for each recipe of text.
pub(super) const TEXT: &[(Recipe, &str, &str)] = &[
    (Recipe::Plain, "things", "whatever"),
    (Recipe::Username, "users", "username"),
    (Recipe::Email, "users", "email"),
    (Recipe::FirstName, "users", "first_name"),
    (Recipe::MiddleName, "users", "middle_name"),
    (Recipe::LastName, "users", "last_name"),
    (Recipe::FullName, "users", "name"),
    (Recipe::Honorific, "users", "honorific"),
    (Recipe::Gender, "users", "gender"),
    (Recipe::JobTitle, "employees", "title"),
    (Recipe::Phone, "users", "phone"),
    (Recipe::Ssn, "users", "ssn"),
    (Recipe::City, "customers", "city"),
    (Recipe::State, "customers", "state"),
    (Recipe::Country, "customers", "country"),
    (Recipe::CountryCode, "customers", "country_code"),
    (Recipe::Postcode, "customers", "postal_code"),
    (Recipe::Street, "customers", "address"),
    (Recipe::Company, "suppliers", "name"),
    (Recipe::CompanyEmail, "suppliers", "email"),
    (Recipe::CompanyDomain, "suppliers", "domain"),
    (Recipe::CompanyUrl, "suppliers", "website"),
    (Recipe::Product, "products", "name"),
    (Recipe::Url, "posts", "url"),
    (Recipe::DomainName, "servers", "hostname"),
    (Recipe::Slug, "posts", "slug"),
    (Recipe::Title, "posts", "title"),
    (Recipe::Label, "levels", "name"),
    (Recipe::Word, "products", "category"),
    (Recipe::Sentence, "posts", "summary"),
    (Recipe::Paragraph, "posts", "body"),
    (Recipe::Color, "labels", "color"),
    (Recipe::Currency, "customers", "currency"),
    (Recipe::Locale, "customers", "locale"),
    (Recipe::Language, "customers", "language"),
    (Recipe::TimeZone, "customers", "time_zone"),
    (Recipe::Status, "orders", "status"),
    (Recipe::Token, "sessions", "token"),
    (Recipe::Uuid, "sessions", "uuid"),
    (Recipe::UuidV7, "sessions", "uuid_v7"),
    (Recipe::PasswordHash, "users", "password_hash"),
    (Recipe::IpAddress, "sessions", "ip_address"),
    (Recipe::Ipv6, "sessions", "ipv6"),
    (Recipe::MacAddress, "devices", "mac_address"),
    (Recipe::UserAgent, "sessions", "user_agent"),
    (Recipe::Sku, "products", "sku"),
    (Recipe::Ean, "products", "ean"),
    (Recipe::Isbn, "books", "isbn"),
    (Recipe::Iban, "accounts", "iban"),
    (Recipe::CardNumber, "payments", "card_number"),
    (Recipe::Version, "releases", "version"),
    (Recipe::FileName, "files", "file_name"),
    (Recipe::MimeType, "files", "mime_type"),
    (Recipe::HouseNumber, "customers", "house_number"),
];

#[test]
fn text_of_every_recipe() {
    let mut text = String::new();
    for &(expected, table, column) in TEXT {
        assert_eq!(recipe(table, column, Kind::Text), expected, "{table}.{column}");
        let _ = writeln!(text, "{expected:?}: {table}.{column}");
        let head = ["any length", "20", "8", "unique", "unique, 20", "unique, 8"];
        let limits = [None, Some(20), Some(8)];
        let free = limits.map(|limit| drawn(&*String::infer(&hint(table, column, false, limit)), table, column));
        let distinct = limits.map(|limit| unique(&*String::infer(&hint(table, column, true, limit)), table, column));
        text += &table_of(&head, &[free, distinct].concat());
        text.push('\n');
    }
    golden("text.txt", &text);

    for rule in RULES.iter().filter(|rule| rule.kind == Kind::Text) {
        assert!(TEXT.iter().any(|(recipe, ..)| *recipe == rule.recipe), "{:?} has no golden column", rule.recipe);
    }
}

#[test]
fn a_row_is_one_person_in_one_place() {
    let columns = ["first_name", "last_name", "full_name", "username", "email"];
    let rows = |table: &str, columns: &[&str]| -> Vec<Vec<String>> {
        let values = |column| drawn(&*String::infer(&hint(table, column, false, None)), table, column);
        columns.iter().map(|column| values(column)).collect()
    };
    let person = rows("customers", &columns);
    let address = ["honorific", "first_name", "middle_name", "last_name", "gender"];
    let places = ["city", "state", "zip", "country", "country_code", "currency", "time_zone", "locale", "phone"];
    let company = ["name", "domain", "email", "website"];
    let country = ["name", "code", "currency"];
    let mut text = String::new();
    text += &format!("{}\n{}\n", table_of(&columns, &person), table_of(&places, &rows("customers", &places)));
    text += &format!("{}\n", table_of(&address, &rows("customers", &address)));
    text += &format!("{}\n", table_of(&company, &rows("suppliers", &company)));
    text += &table_of(&country, &rows("countries", &country));
    golden("rows.txt", &text);
    for ((first, last), (full, email)) in person[0].iter().zip(&person[1]).zip(person[2].iter().zip(&person[4])) {
        assert_eq!(*full, format!("{first} {last}"));
        assert!(email.starts_with(&first.to_lowercase()), "{email} of {full}");
    }
}

#[test]
fn text_that_is_counted() {
    let mut text = String::new();
    let mut show = |name: &str, mut texts: Text| {
        let _ = writeln!(text, "{name}");
        for limit in [None, Some(60)] {
            texts.prepare(&hint("posts", "body", false, limit));
            for value in drawn(&texts, "posts", "body").iter().take(3) {
                let _ = writeln!(text, "  {value:?}");
            }
        }
    };
    show("words(1..=1)", generators::words(1..=1));
    show("words(2..=4)", generators::words(2..=4));
    show("sentences(2..=4)", generators::sentences(2..=4));
    show("paragraphs(1..=1)", generators::paragraphs(1..=1));
    show("paragraphs(2..4)", generators::paragraphs(2..4));
    golden("prose.txt", &text);
}

#[test]
fn text_of_a_pattern() {
    let mut text = String::new();
    let written =
        ["+(380) ###-####", "[A-Z]{3}-\\d{4}", "\\u\\l{2,6}", "\\x{40}", "[äöüÄÖÜ]{4} [a-f]{0,9}", "\\w{12}\\#"];
    for written in written {
        let of = |is_unique| {
            let mut texts = pattern(written);
            texts.prepare(&hint("things", "value", is_unique, None));
            if is_unique { unique(&texts, "things", "value") } else { drawn(&texts, "things", "value") }
        };
        let _ = writeln!(text, "{written}\n{}", table_of(&["drawn", "unique"], &[of(false), of(true)]));
    }
    golden("patterns.txt", &text);
}
