//! `Language`: the names and words of a locale, and how they are put together.

mod asian;
mod european;
mod middle_eastern;

use std::collections::BTreeSet;

use deunicode::deunicode;
use fake::locales::{
    AR_SA, CY_GB, DE_DE, Data, EN, FA_IR, FR_FR, IT_IT, JA_JP, NL_NL, PT_BR, PT_PT, TR_TR, ZH_CN, ZH_TW,
};
use once_cell::sync::OnceCell;

use crate::gender::{Gender, Genders};
use crate::locale::Locale;

/// The names and words of a locale, and how they are put together.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) locale: Locale,
    /// First names, distinct in plain letters.
    pub(crate) first: Vec<Name>,
    /// Last names, distinct in plain letters.
    pub(crate) last: Vec<Name>,
    /// Words of prose, and how many characters they have.
    pub(crate) prose: Vec<(&'static str, usize)>,
    pub(crate) grammar: &'static Grammar,
}

/// A name of a person.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) text: &'static str,
    /// The name as a part of a username or an address: lower-case letters of ASCII.
    pub(crate) plain: String,
    pub(crate) gender: Gender,
}

/// How a language puts names and words together. Where the parts of a text are joined without a mark, the
/// last part is one that is not the end of another, so that no two choices give the same text.
#[derive(Debug)]
pub(crate) struct Grammar {
    /// Names that the lists of `fake` lack where they are short.
    pub(crate) more_first: &'static [&'static str],
    pub(crate) more_last: &'static [&'static str],
    /// What stands between the last name and the first, where the last comes first.
    pub(crate) last_first: Option<&'static str>,
    /// Forms of address, of women and of men; where there are three, the last is that of few.
    pub(crate) honorifics: [&'static [&'static str]; 2],
    /// The genders: of women, and of men.
    pub(crate) genders: [&'static str; 2],
    /// Ranks, fields and positions, of which a job title is made.
    pub(crate) jobs: [&'static [&'static str]; 3],
    pub(crate) job: fn([&str; 3]) -> String,
    /// Legal forms of companies.
    pub(crate) forms: &'static [&'static str],
    /// A company of two last names and a legal form.
    pub(crate) company: fn(&str, &str, &str) -> String,
    /// Kinds of streets.
    pub(crate) streets: &'static [&'static str],
    /// A house number, a last name and a kind of street.
    pub(crate) street: fn(u64, &str, &str) -> String,
    /// What stands before and behind a last name in the name of a city that does not exist.
    pub(crate) cities: [&'static [&'static str]; 2],
    /// States, provinces, regions.
    pub(crate) states: &'static [&'static str],
    /// What stands between the words of a sentence, and at its end.
    pub(crate) sentence: (&'static str, &'static str),
}

static LANGUAGES: [OnceCell<Language>; Locale::ALL.len()] = [const { OnceCell::new() }; Locale::ALL.len()];

impl Language {
    /// The language of a locale.
    pub(crate) fn of(locale: Locale) -> &'static Language {
        LANGUAGES[locale as usize].get_or_init(|| match locale {
            Locale::AR_SA => Language::new::<AR_SA>(locale, &middle_eastern::ARABIC),
            Locale::CY_GB => Language::new::<CY_GB>(locale, &european::WELSH),
            Locale::DE_DE => Language::new::<DE_DE>(locale, &european::GERMAN),
            Locale::EN => Language::new::<EN>(locale, &european::ENGLISH),
            Locale::FA_IR => Language::new::<FA_IR>(locale, &middle_eastern::PERSIAN),
            Locale::FR_FR => Language::new::<FR_FR>(locale, &european::FRENCH),
            Locale::IT_IT => Language::new::<IT_IT>(locale, &european::ITALIAN),
            Locale::JA_JP => Language::new::<JA_JP>(locale, &asian::JAPANESE),
            Locale::NL_NL => Language::new::<NL_NL>(locale, &european::DUTCH),
            Locale::PT_BR => Language::new::<PT_BR>(locale, &european::BRAZILIAN),
            Locale::PT_PT => Language::new::<PT_PT>(locale, &european::PORTUGUESE),
            Locale::TR_TR => Language::new::<TR_TR>(locale, &middle_eastern::TURKISH),
            Locale::ZH_CN => Language::new::<ZH_CN>(locale, &asian::CHINESE),
            Locale::ZH_TW => Language::new::<ZH_TW>(locale, &asian::TAIWANESE),
        })
    }

    fn new<L: Data>(locale: Locale, grammar: &'static Grammar) -> Language {
        Language {
            locale,
            first: names(&[L::NAME_FIRST_NAME, grammar.more_first], locale),
            last: names(&[L::NAME_LAST_NAME, grammar.more_last], locale),
            prose: L::LOREM_WORD.iter().map(|word| (*word, word.chars().count())).collect(),
            grammar,
        }
    }
}

/// The names whose plain form is new, and is something.
fn names(lists: &[&'static [&'static str]], locale: Locale) -> Vec<Name> {
    let mut seen = BTreeSet::from([String::new()]);
    let all = lists.iter().copied().flatten().map(|text| text.trim());
    let genders = Genders::new(locale);
    let names = all.map(|text| Name { text, plain: plain(text), gender: genders.of(text) });
    names.filter(|name| seen.insert(name.plain.clone())).collect()
}

/// A name as a part of a username or an address: lower-case letters of ASCII.
pub(crate) fn plain(name: &str) -> String {
    let letters = deunicode(name);
    letters.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_names() {
        let english = Language::of(Locale::EN);
        assert_eq!((english.first.len(), english.last.len()), (3_007, 474));
        for locale in Locale::ALL {
            let language = Language::of(locale);
            let pairs = language.first.len() * language.last.len();
            assert!(pairs >= 3_000, "{locale}: {} first and {} last names", language.first.len(), language.last.len());
        }
    }

    #[test]
    fn a_name_in_plain_letters_is_of_ascii() {
        assert_eq!(["Éric", "D'Amore", "Müller-Schwarzenberg"].map(plain), ["eric", "damore", "mullerschwarzenberg"]);
        assert_eq!(plain("山田"), "shantian");
    }

    #[test]
    fn what_ends_a_joined_text_is_not_the_end_of_another() {
        for locale in Locale::ALL {
            let [_, tails] = Language::of(locale).grammar.cities;
            for tail in tails {
                assert!(!tails.iter().any(|other| other != tail && other.ends_with(tail)), "{locale}: {tail}");
            }
        }
    }
}
