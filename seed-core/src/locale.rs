//! `Locale`: the language and country whose names, places and words are made.

use std::fmt;
use std::str::FromStr;

use crate::nearest::nearest;

/// The language and country whose names, places and words are made: those that the `fake` crate has
/// word lists for, by its names.
///
/// `#[seed(locale = FR_FR)]` on a field or a model, `.locale(Locale::FR_FR)` or `--locale fr_FR` for a
/// run. The nearest one counts: the field's before the model's before the run's.
///
/// ```
/// use seed_core::Locale;
///
/// assert_eq!("fr-fr".parse(), Ok(Locale::FR_FR));
/// assert_eq!("fr".parse(), Ok(Locale::FR_FR));
/// assert_eq!(Locale::default().to_string(), "en");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
#[expect(non_camel_case_types, reason = "the names of the `fake` crate")]
pub enum Locale {
    /// Arabic, Saudi Arabia.
    AR_SA,
    /// Welsh, Great Britain.
    CY_GB,
    /// German, Germany.
    DE_DE,
    /// English: names and places of the whole world.
    #[default]
    EN,
    /// Persian, Iran.
    FA_IR,
    /// French, France.
    FR_FR,
    /// Italian, Italy.
    IT_IT,
    /// Japanese, Japan.
    JA_JP,
    /// Dutch, Netherlands.
    NL_NL,
    /// Portuguese, Brazil.
    PT_BR,
    /// Portuguese, Portugal.
    PT_PT,
    /// Turkish, Turkey.
    TR_TR,
    /// Chinese, China.
    ZH_CN,
    /// Chinese, Taiwan.
    ZH_TW,
}

impl Locale {
    /// All locales, in the order of their names.
    pub const ALL: [Locale; 14] = [
        Locale::AR_SA,
        Locale::CY_GB,
        Locale::DE_DE,
        Locale::EN,
        Locale::FA_IR,
        Locale::FR_FR,
        Locale::IT_IT,
        Locale::JA_JP,
        Locale::NL_NL,
        Locale::PT_BR,
        Locale::PT_PT,
        Locale::TR_TR,
        Locale::ZH_CN,
        Locale::ZH_TW,
    ];

    /// The locale's name: `fr_FR`.
    pub fn name(self) -> &'static str {
        match self {
            Locale::AR_SA => "ar_SA",
            Locale::CY_GB => "cy_GB",
            Locale::DE_DE => "de_DE",
            Locale::EN => "en",
            Locale::FA_IR => "fa_IR",
            Locale::FR_FR => "fr_FR",
            Locale::IT_IT => "it_IT",
            Locale::JA_JP => "ja_JP",
            Locale::NL_NL => "nl_NL",
            Locale::PT_BR => "pt_BR",
            Locale::PT_PT => "pt_PT",
            Locale::TR_TR => "tr_TR",
            Locale::ZH_CN => "zh_CN",
            Locale::ZH_TW => "zh_TW",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Locale {
    type Err = String;

    /// A locale by its name, in any case, with `_` or `-`; or by its language alone, where only one country speaks it
    /// here.
    fn from_str(text: &str) -> Result<Locale, String> {
        let plain = |name: &str| name.replace('-', "_").to_ascii_lowercase();
        let wanted = plain(text);
        if let Some(locale) = Locale::ALL.into_iter().find(|locale| plain(locale.name()) == wanted) {
            return Ok(locale);
        }
        let language = wanted.split('_').next().unwrap_or_default();
        let alike: Vec<Locale> =
            Locale::ALL.into_iter().filter(|locale| locale.name().split('_').next() == Some(language)).collect();
        let names = Locale::ALL.map(Locale::name);
        match (&alike[..], nearest(text, names)) {
            ([locale], _) if language == wanted => Ok(*locale),
            ([], None) => Err(format!("there is no locale `{text}`; there are {}", names.join(", "))),
            ([], Some(name)) => Err(format!("there is no locale `{text}`; did you mean `{name}`?")),
            _ => {
                let names: Vec<String> = alike.iter().map(|locale| format!("`{locale}`")).collect();
                Err(format!("there is no locale `{text}`; did you mean {}?", names.join(" or ")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_has_a_name_of_its_own() {
        for locale in Locale::ALL {
            assert_eq!(locale.name().parse(), Ok(locale));
        }
        assert!(Locale::ALL.is_sorted());
        assert_eq!("fr_FX".parse::<Locale>().unwrap_err(), "there is no locale `fr_FX`; did you mean `fr_FR`?");
        assert_eq!(["fr", "DE", "en"].map(str::parse), [Ok(Locale::FR_FR), Ok(Locale::DE_DE), Ok(Locale::EN)]);
        let meant = |text: &str| text.parse::<Locale>().unwrap_err().split_once("did you mean ").unwrap().1.to_owned();
        assert_eq!(["fr_CA", "fr-ca", "en_US", "en_GB"].map(meant), ["`fr_FR`?", "`fr_FR`?", "`en`?", "`en`?"]);
        assert_eq!(["pt", "zh_HK", "fe_FR"].map(meant), ["`pt_BR` or `pt_PT`?", "`zh_CN` or `zh_TW`?", "`fr_FR`?"]);
        assert!("klingon".parse::<Locale>().unwrap_err().ends_with("zh_CN, zh_TW"));
    }
}
