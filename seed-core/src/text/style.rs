//! How texts are put together of names and words.

use crate::language::Language;
use crate::locale::Locale;
use crate::words::{ADJECTIVES, LOOKS, MATERIALS, NOUNS, PRODUCTS};

/// How a text is put together: a stem that its index chooses, between a prefix and a suffix.
///
/// A stem holds no digit, or a mark (`_`, `.`, `-`, a blank) before its first one: what a code relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Username,
    Email,
    FullName,
    Company,
    CompanyEmail,
    CompanyDomain,
    CompanyUrl,
    Url,
    DomainName,
    Slug,
    FileName,
    Street,
    City,
    Label,
    Word,
    Title,
    Product,
}

/// The length of the longest title without a number.
pub(super) const LONGEST_TITLE: usize = 49;
/// Of most styles no text without a number is longer.
pub(super) const LONGEST: usize = 64;

/// What a text is about, whose columns of a row agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Person,
    Company,
    Nothing,
}

impl Style {
    /// How many stems there are, each different from all others also in lower case.
    pub(super) fn stems(self, language: &Language) -> u64 {
        let (adjectives, nouns, lasts) = (ADJECTIVES.len() as u64, NOUNS.len() as u64, language.last.len() as u64);
        match self {
            Style::Username | Style::Email | Style::FullName => language.pairs(),
            Style::Company | Style::CompanyEmail | Style::CompanyDomain | Style::CompanyUrl => language.companies(),
            Style::Url | Style::DomainName | Style::Slug | Style::FileName | Style::Label => adjectives * nouns,
            Style::Word => nouns,
            Style::Title => (adjectives * nouns).pow(2),
            Style::Product => (LOOKS.len() * MATERIALS.len() * PRODUCTS.len()) as u64,
            Style::Street => 999 * lasts * language.grammar.streets.len() as u64,
            Style::City => language.grammar.cities.iter().map(|list| list.len() as u64).product::<u64>() * lasts,
        }
    }

    pub(super) fn stem(self, index: u64, language: &'static Language) -> String {
        let mut stem = String::with_capacity(LONGEST);
        self.push_stem(&mut stem, index, language);
        stem
    }

    /// Puts a stem behind a text.
    pub(super) fn push_stem(self, text: &mut String, index: u64, language: &'static Language) {
        let start = text.len();
        let mut push = |parts: &[&str]| parts.iter().for_each(|part| text.push_str(part));
        let pick = |list: &[&'static str], index: u64| list[(index % list.len() as u64) as usize];
        let pair = |index: u64| (pick(&ADJECTIVES, index), pick(&NOUNS, index / ADJECTIVES.len() as u64));
        let lasts = language.last.len() as u64;
        let last = |index: u64| &language.last[(index % lasts) as usize];
        let grammar = language.grammar;
        match self {
            Style::Username => push(&language.person(index).joined("_")),
            Style::Email => push(&language.person(index).joined(".")),
            Style::FullName => push(&language.person(index).name(language)),
            Style::Company => {
                let form = pick(grammar.forms, index % lasts + index / lasts);
                push(&[&(grammar.company)(last(index).text, last(index / lasts).text, form)]);
            }
            Style::CompanyEmail | Style::CompanyDomain | Style::CompanyUrl => {
                push(&[&last(index).plain, "-", &last(index / lasts).plain]);
            }
            Style::Url | Style::DomainName | Style::Slug | Style::FileName => {
                let (adjective, noun) = pair(index);
                push(&[adjective, "-", noun]);
                text[start..].make_ascii_lowercase();
            }
            Style::Label => {
                let (adjective, noun) = pair(index);
                push(&[adjective, " ", noun]);
            }
            Style::Word => {
                push(&[pick(&NOUNS, index)]);
                text[start..].make_ascii_lowercase();
            }
            Style::Title => {
                let pairs = (ADJECTIVES.len() * NOUNS.len()) as u64;
                let ((adjective, noun), (other, thing)) = (pair(index % pairs), pair(index / pairs));
                match (index + index / pairs) % 4 {
                    0 => push(&["The ", adjective, " ", noun, " and the ", other, " ", thing]),
                    1 => push(&["From ", adjective, " ", noun, " to ", other, " ", thing]),
                    2 => push(&[adjective, " ", noun, ": The ", other, " ", thing]),
                    _ => push(&["The ", adjective, " ", noun, " of the ", other, " ", thing]),
                }
            }
            Style::Product => {
                let (looks, materials) = (LOOKS.len() as u64, MATERIALS.len() as u64);
                let (material, product) = (pick(&MATERIALS, index / looks), pick(&PRODUCTS, index / looks / materials));
                push(&[pick(&LOOKS, index), " ", material, " ", product]);
            }
            Style::Street => {
                let kind = pick(grammar.streets, index / 999 / lasts);
                push(&[&(grammar.street)(1 + index % 999, last(index / 999).text, kind)]);
            }
            Style::City => {
                let [heads, tails] = grammar.cities;
                let count = heads.len() as u64;
                let name = last(index / count);
                let (head, tail) = (pick(heads, index), pick(tails, index / count / lasts));
                match language.locale {
                    // `McDermott` is no part of a city's name, `Mcdermott` is.
                    Locale::EN => push(&[head, &name.plain[..1].to_ascii_uppercase(), &name.plain[1..], tail]),
                    _ => push(&[head, name.text, tail]),
                }
            }
        }
    }

    /// What a column too narrow for the stem holds in its place; not a different one for each index.
    pub(super) fn short_stem(self, index: u64, language: &'static Language) -> String {
        let stem = self.stem(index, language);
        let after = |mark: char| stem.split_once(mark).map_or("", |(_, rest)| rest);
        match self {
            Style::Username | Style::Email => {
                let person = language.person(index);
                [&person.first.plain[..1], &person.last.plain].concat()
            }
            Style::FullName => {
                let person = language.person(index);
                match (language.grammar.last_first, person.first.text.chars().next()) {
                    (None, Some(initial)) => format!("{initial}. {}", person.last.text),
                    _ => person.last.text.to_owned(),
                }
            }
            Style::Company | Style::CompanyEmail | Style::CompanyDomain | Style::CompanyUrl => {
                let last = &language.last[(index % language.last.len() as u64) as usize];
                if self == Style::Company { last.text.to_owned() } else { last.plain.clone() }
            }
            Style::Url | Style::DomainName | Style::Slug | Style::FileName => after('-').to_owned(),
            Style::City if after(' ').is_empty() => stem,
            Style::Label | Style::City => after(' ').to_owned(),
            Style::Product => stem.rsplit(' ').next().unwrap_or_default().to_owned(),
            Style::Street | Style::Word | Style::Title => stem,
        }
    }

    pub(super) fn prefix(self) -> &'static str {
        match self {
            Style::Url => "https://example.com/",
            Style::CompanyUrl => "https://",
            Style::CompanyEmail => "info@",
            _ => "",
        }
    }

    pub(super) fn suffix(self, index: u64) -> &'static str {
        match self {
            Style::Email => ["@example.com", "@example.net", "@example.org"][(index % 3) as usize],
            Style::DomainName | Style::CompanyEmail | Style::CompanyDomain | Style::CompanyUrl => ".example.com",
            Style::FileName => [".pdf", ".png", ".txt", ".csv", ".zip"][(index % 5) as usize],
            _ => "",
        }
    }

    /// The length of the prefix and the suffix, which is the same for each index.
    pub(super) fn around(self) -> usize {
        self.prefix().len() + self.suffix(0).len()
    }

    /// What stands between the stem and a number.
    pub(super) fn joint(self) -> &'static str {
        match self {
            Style::Username | Style::Email => "",
            Style::CompanyEmail | Style::CompanyDomain | Style::CompanyUrl => "-",
            Style::Url | Style::DomainName | Style::Slug | Style::FileName | Style::Word => "-",
            _ => " ",
        }
    }

    pub(super) fn about(self) -> About {
        match self {
            Style::Username | Style::Email | Style::FullName => About::Person,
            Style::Company | Style::CompanyEmail | Style::CompanyDomain | Style::CompanyUrl => About::Company,
            _ => About::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_without_a_number_is_longer_than_said() {
        let longest = |list: &[&str]| list.iter().map(|word| word.len()).max().unwrap_or(0);
        let pair = longest(&ADJECTIVES) + 1 + longest(&NOUNS);
        assert_eq!("The  and the ".len() + 2 * pair, LONGEST_TITLE);
        let english = Language::of(Locale::EN);
        for style in
            [Style::Email, Style::Company, Style::Url, Style::FileName, Style::Street, Style::City, Style::Title]
        {
            let stems = style.stems(english);
            for index in (0..stems).step_by(stems as usize / 5_000 + 1) {
                let (stem, most) =
                    (style.stem(index, english), if style == Style::Title { LONGEST_TITLE } else { LONGEST });
                assert!(stem.len() + style.around() <= most && stem.is_ascii(), "{stem}");
            }
        }
    }
}
