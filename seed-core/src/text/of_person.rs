//! What follows from the person of a row: names, gender, honorific.

use crate::cell::Cell;
use crate::gender::Gender;
use crate::generator::{Domain, Generator, domains};
use crate::language::{Language, Name};
use crate::locale::Locale;
use crate::person::Person;
use crate::text::listed::{After, Listed};
use crate::text::{cut, fits};

/// One of the names of the row's person; distinct ones where the column is unique.
pub(super) struct NameOf {
    names: Listed,
    /// Where each name of the whole list stands among `names`.
    places: Vec<u32>,
    language: &'static Language,
    of: fn(&Language, u64) -> u64,
}

impl NameOf {
    pub(super) fn first(locale: Locale, max_len: usize) -> NameOf {
        let language = Language::of(locale);
        NameOf::new(language, &language.first, |language, pair| pair % language.first.len() as u64, max_len)
    }

    pub(super) fn last(locale: Locale, max_len: usize) -> NameOf {
        let language = Language::of(locale);
        NameOf::new(language, &language.last, |language, pair| pair / language.first.len() as u64, max_len)
    }

    fn new(language: &'static Language, all: &[Name], of: fn(&Language, u64) -> u64, max_len: usize) -> NameOf {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|&at| !fits(all[at].text, max_len));
        let mut places = vec![0; all.len()];
        order.iter().zip(0..).for_each(|(&at, place)| places[at] = place);
        let names = all.iter().map(|name| name.text.to_owned()).collect();
        NameOf { names: Listed::new(names, max_len, After::Pairs), places, language, of }
    }
}

impl Domain<String> for NameOf {
    fn size(&self) -> u64 {
        self.names.size()
    }
    fn nth(&self, index: u64) -> String {
        self.names.nth(index)
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.names.index_of(u64::from(self.places[(self.of)(self.language, self.language.pair(cell).0) as usize]))
    }
    fn index(&self, cell: &Cell) -> u64 {
        self.names.index(cell)
    }
}

/// What follows from the gender of the row's person.
pub(super) struct OfGender {
    language: &'static Language,
    /// Of women, and of men.
    texts: [Vec<String>; 2],
}

impl OfGender {
    /// `Ms.`, `Mr.`, `Dr.`
    pub(super) fn honorific(locale: Locale, max_len: usize) -> OfGender {
        let language = Language::of(locale);
        OfGender::new(language, language.grammar.honorifics.map(<[_]>::to_vec), max_len)
    }

    /// `female`, `male`; `F` and `M` in a column too narrow for it.
    pub(super) fn gender(locale: Locale, max_len: usize) -> OfGender {
        let language = Language::of(locale);
        let genders = language.grammar.genders;
        let narrow = genders.iter().any(|gender| !fits(gender, max_len));
        OfGender::new(
            language,
            if narrow { [vec!["F"], vec!["M"]] } else { genders.map(|gender| vec![gender]) },
            max_len,
        )
    }

    fn new(language: &'static Language, texts: [Vec<&str>; 2], max_len: usize) -> OfGender {
        let within = |text: &&str| {
            let mut text = (*text).to_owned();
            cut(&mut text, max_len);
            text
        };
        OfGender { language, texts: texts.map(|list| list.iter().map(within).collect()) }
    }

    fn of(&self, person: Person) -> &[String] {
        &self.texts[usize::from(person.first.gender == Gender::Male)]
    }
}

impl Generator<String> for OfGender {
    fn value(&self, cell: &Cell) -> String {
        let texts = self.of(self.language.person_of(cell));
        let mut stream = cell.stream();
        let mut at = stream.below(texts.len() as u64);
        // One person in twenty is a doctor, who stands behind the two others.
        if at == 2 && !stream.chance(0.15) {
            at = stream.below(2);
        }
        texts[at as usize].clone()
    }
}

/// A first name of the gender of the row's person, another one than the person's own.
pub(super) struct MiddleName {
    language: &'static Language,
    /// Of women, and of men.
    names: [Vec<&'static str>; 2],
    max_len: usize,
}

impl MiddleName {
    pub(super) fn new(locale: Locale, max_len: usize) -> MiddleName {
        let language = Language::of(locale);
        let of = |gender| {
            let names = || language.first.iter().filter(|name| name.gender == gender).map(|name| name.text);
            let fitting: Vec<_> = names().filter(|name| fits(name, max_len)).collect();
            // An initial fits anywhere.
            if fitting.len() < 3 { names().collect() } else { fitting }
        };
        MiddleName { language, names: [of(Gender::Female), of(Gender::Male)], max_len }
    }
}

impl Generator<String> for MiddleName {
    fn value(&self, cell: &Cell) -> String {
        let first = self.language.person_of(cell).first;
        let names = &self.names[usize::from(first.gender == Gender::Male)];
        let mut stream = cell.stream();
        let at = stream.below(names.len() as u64) as usize;
        let other = if names[at] == first.text { (at + 1) % names.len() } else { at };
        let mut name = names[other].to_owned();
        cut(&mut name, self.max_len);
        name
    }
}

domains! {
    () NameOf => String;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    #[test]
    fn one_person_in_twenty_is_a_doctor() {
        let table = Key::seed(1).child("people");
        for (locale, doctors) in
            [(Locale::EN, "Dr."), (Locale::DE_DE, "Dr."), (Locale::PT_BR, "Dr"), (Locale::IT_IT, "Dott")]
        {
            let honorific = OfGender::honorific(locale, 99);
            let cell = |row| Cell { table, column: table.child("honorific"), row };
            let doctors = (0..10_000).filter(|&row| honorific.value(&cell(row)).contains(doctors)).count();
            assert!((400..600).contains(&doctors), "{doctors} of 10,000 in {locale}");
        }
    }
}
