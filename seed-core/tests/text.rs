//! Text in the eyes of a database: its length in characters, and what its collation takes for equal.

use std::collections::BTreeSet;

use deunicode::deunicode;
use seed_core::infer::{RULES, Recipe};
use seed_core::{BoxGenerator, Cell, Hint, Key, Kind, Locale, Value};

/// A column name for each recipe of text.
fn columns() -> Vec<(&'static str, String, Recipe)> {
    let mut seen = BTreeSet::new();
    let rules = RULES.iter().filter(|rule| rule.kind == Kind::Text);
    let columns = rules.map(|rule| {
        let table = rule.tables.first().map_or("things", |table| table.trim_start_matches('*'));
        (table, rule.columns[0].replace('*', "x"), rule.recipe)
    });
    columns.filter(|(.., recipe)| seen.insert(*recipe)).collect()
}

fn text(table: &str, column: &str, locale: Locale, unique: bool, max_len: Option<usize>) -> BoxGenerator<String> {
    let mut hint = Hint::new(table, column);
    (hint.locale, hint.unique, hint.max_len) = (locale, unique, max_len);
    String::infer(&hint)
}

fn cell(table: &str, column: &str, row: u64) -> Cell {
    let table = Key::seed(11).child(table);
    Cell { table, column: table.child(column), row }
}

/// Runs a check for all locales, a few at once.
fn for_every_locale(check: impl Fn(Locale) + Sync) {
    std::thread::scope(|scope| {
        for locale in Locale::ALL {
            let check = &check;
            scope.spawn(move || check(locale));
        }
    });
}

/// What a collation that ignores case, accents and trailing blanks compares (`utf8mb4_unicode_ci`, `uca1400_ai_ci`,
/// `citext`, `NOCASE`): letters without accents, in lower case; Chinese characters as they are.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for letter in text.trim_end().chars() {
        if letter.is_ascii() || letter >= '\u{4e00}' {
            folded.push(letter.to_ascii_lowercase());
        } else {
            folded += &deunicode(&letter.to_string()).to_lowercase();
        }
    }
    folded
}

#[test]
fn unique_text_differs_without_case_and_accents() {
    const ROWS: u64 = if cfg!(debug_assertions) { 1_500 } else { 100_000 };
    for_every_locale(|locale| {
        for (table, column, recipe) in columns() {
            for limit in [None, Some(15)] {
                let generator = text(table, &column, locale, true, limit);
                let domain = generator.domain().unwrap_or_else(|| panic!("{recipe:?} cannot be unique"));
                let mut seen = BTreeSet::new();
                for row in 0..domain.size().min(ROWS) {
                    let value = domain.nth(domain.index(&cell(table, &column, row)));
                    assert!(seen.insert(folded(&value)), "{recipe:?} in {locale}, {limit:?}: {value} in row {row}");
                }
            }
        }
    });
}

/// Every length, the first indices and the last rows.
#[test]
fn narrow_unique_text_differs_and_has_as_many_rows_as_it_says() {
    const INDICES: u64 = if cfg!(debug_assertions) { 60 } else { 5_000 };
    for_every_locale(|locale| {
        for (table, column, recipe) in columns() {
            for limit in (1..=14).chain([20, 30, 255]) {
                let generator = text(table, &column, locale, true, Some(limit));
                let Some(domain) = generator.domain() else { continue };
                let mut seen = BTreeSet::new();
                for index in 0..domain.size().min(INDICES) {
                    let value = domain.nth(index);
                    assert!(seen.insert(folded(&value)), "{recipe:?} in {locale}, {limit}: {value} at {index}");
                }
                let mut last = BTreeSet::new();
                for row in domain.size().saturating_sub(20)..domain.size() {
                    let value = domain.nth(domain.index(&cell(table, &column, row)));
                    assert!(value.chars().count() <= limit, "{recipe:?} in {locale}, {limit}: {value}");
                    assert!(last.insert(folded(&value)), "{recipe:?} in {locale}, {limit}: {value} in row {row}");
                }
                let beyond = domain.nth(domain.index(&cell(table, &column, u64::MAX)));
                assert!(beyond.chars().count() <= limit, "{recipe:?} in {locale}, {limit}: {beyond}");
            }
        }
    });
}

/// As many words as one wishes, in no more time than the column has room for.
#[test]
fn words_end_where_the_column_does() {
    let mut words = seed_core::generators::words(100_000..=100_000);
    let mut hint = Hint::new("posts", "body");
    hint.max_len = Some(10);
    seed_core::Generator::prepare(&mut words, &hint);
    for row in 0..20_000 {
        let value = seed_core::Generator::value(&words, &cell("posts", "body", row));
        assert!((1..=10).contains(&value.chars().count()), "{value}");
    }
}

#[test]
fn a_limit_is_one_of_characters() {
    for_every_locale(|locale| {
        for (table, column, recipe) in columns() {
            for (limit, unique) in
                [(1, false), (2, false), (15, false), (255, false), (2, true), (15, true), (255, true)]
            {
                let generator = text(table, &column, locale, unique, Some(limit));
                for row in 0..60 {
                    let cell = cell(table, &column, row);
                    let value = match generator.domain() {
                        Some(domain) if unique && row >= domain.size() => break,
                        Some(domain) if unique => domain.nth(domain.index(&cell)),
                        _ => generator.value(&cell),
                    };
                    let length = value.chars().count();
                    assert!((1..=limit).contains(&length), "{recipe:?} in {locale}, {limit}: {value:?}");
                    assert_eq!(value.trim(), value, "{recipe:?} in {locale}, {limit}");
                }
            }
        }
    });
}

/// A million rows of anything that is not a fixed list: far rows are as distinct as the first ones.
#[test]
fn a_million_unique_rows_of_any_free_text() {
    // What there are only so many of: the plan says so when a table has more rows.
    let finite = [
        Recipe::Honorific,
        Recipe::Gender,
        Recipe::Country,
        Recipe::CountryCode,
        Recipe::Currency,
        Recipe::Locale,
        Recipe::Language,
        Recipe::TimeZone,
        Recipe::Status,
        Recipe::MimeType,
    ];
    for_every_locale(|locale| {
        for (table, column, recipe) in columns() {
            let generator = text(table, &column, locale, true, Some(40));
            let size = generator.domain().map_or(0, |domain| domain.size());
            assert_eq!(size < 1_000_000, finite.contains(&recipe), "{recipe:?} in {locale} has {size}");
            if finite.contains(&recipe) {
                continue;
            }
            let domain = generator.domain().unwrap();
            let rows = (0..200).chain(3_000..3_200).chain(500_000..500_200).chain(999_800..1_000_000);
            let mut seen = BTreeSet::new();
            for row in rows {
                let value = domain.nth(domain.index(&cell(table, &column, row)));
                assert!(seen.insert(folded(&value)), "{recipe:?} in {locale}: {value} in row {row}");
            }
        }
    });
}

/// Rows and columns of any order give the same text.
#[test]
fn text_of_a_cell_is_the_same_again() {
    for_every_locale(|locale| {
        for (table, column, recipe) in columns() {
            let make = |row| text(table, &column, locale, false, Some(60)).value(&cell(table, &column, row));
            for row in [1 << 40, 3, 0, u64::MAX, 77] {
                assert_eq!(make(row), make(row), "{recipe:?} in {locale}");
            }
        }
    });
}
