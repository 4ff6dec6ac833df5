//! Texts that are put together of names and words, and numbered where those are used up.

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::language::Language;
use crate::locale::Locale;
use crate::permutation::permute_in_blocks;
use crate::text::coded::{SHORTEST_STEM, base_36, coded, codes, least};
use crate::text::style::{About, LONGEST, Style};
use crate::text::{cut, fits};

/// Texts of one style, each index a different one.
///
/// `index % stems` chooses the stem and `index / stems` the number behind it (none for the first
/// block, then 2, 3, …): `alice_smith`, `alice_smith2`. Where that is too long for the column,
/// letters of the stem and a code of the index take its place: `alexand4k2p0`. Where the column
/// need not be unique, the text is shortened, and then cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styled {
    style: Style,
    language: &'static Language,
    stems: u64,
    max_len: usize,
    too_long: TooLong,
}

/// What stands where the whole text would be too long.
#[derive(Debug, Clone, Copy)]
enum TooLong {
    /// A shorter text, cut.
    Shortened,
    /// Letters and a code: so many characters between the prefix and the suffix, or without both.
    Coded { room: usize, whole: bool },
    /// For every index, nothing but a code of so many digits.
    Narrow { width: usize },
}

impl Styled {
    pub(super) fn new(style: Style, locale: Locale, max_len: usize, unique: bool) -> Styled {
        let language = Language::of(locale);
        let stems = style.stems(language);
        let least = least(stems);
        let too_long = match max_len.checked_sub(style.around()) {
            _ if !unique => TooLong::Shortened,
            Some(room) if room >= least => TooLong::Coded { room, whole: true },
            _ if max_len >= least => TooLong::Coded { room: max_len, whole: false },
            _ => TooLong::Narrow { width: max_len },
        };
        Styled { style, language, stems, max_len, too_long }
    }

    fn plain_text(&self, index: u64) -> String {
        let number = index / self.stems;
        let mut text = String::with_capacity(LONGEST);
        text.push_str(self.style.prefix());
        self.style.push_stem(&mut text, index % self.stems, self.language);
        if number > 0 {
            text.push_str(self.style.joint());
            push_number(&mut text, number + 1);
        }
        text.push_str(self.style.suffix(index));
        text
    }

    fn coded(&self, stem: &str, index: u64, room: usize) -> String {
        coded(stem, index, room, if self.style.joint().is_empty() { "" } else { " -" })
    }

    /// A text that is too long, within the limit.
    fn shortened(&self, index: u64) -> String {
        let mut stem = self.style.short_stem(index, self.language);
        let Some(room) = self.max_len.checked_sub(self.style.around()).filter(|&room| room >= SHORTEST_STEM) else {
            // Nothing whole has room: what the column is about, cut.
            cut(&mut stem, self.max_len);
            return stem;
        };
        cut(&mut stem, room);
        format!("{}{stem}{}", self.style.prefix(), self.style.suffix(index))
    }
}

/// Puts a number behind a text: `write!` takes twice as long as all the rest.
fn push_number(text: &mut String, number: u64) {
    let mut place = 10_u64.pow(number.checked_ilog10().unwrap_or(0));
    while place > 0 {
        text.push(char::from(b'0' + (number / place % 10) as u8));
        place /= 10;
    }
}

impl Domain<String> for Styled {
    fn size(&self) -> u64 {
        match self.too_long {
            TooLong::Shortened => u64::MAX - u64::MAX % self.stems,
            TooLong::Narrow { width } => 36_u64.saturating_pow(width as u32),
            // Whole blocks of stems, of which the rows take one after the other.
            TooLong::Coded { room, .. } => codes(room) - codes(room) % self.stems,
        }
    }

    fn nth(&self, index: u64) -> String {
        if let TooLong::Narrow { width } = self.too_long {
            let mut code = format!("{:0>width$}", base_36(index));
            cut(&mut code, width);
            return code;
        }
        let text = self.plain_text(index);
        if fits(&text, self.max_len) {
            return text;
        }
        let stem = self.style.stem(index % self.stems, self.language);
        match self.too_long {
            TooLong::Coded { room, whole: true } => {
                format!("{}{}{}", self.style.prefix(), self.coded(&stem, index, room), self.style.suffix(index))
            }
            TooLong::Coded { room, whole: false } => self.coded(&stem, index, room),
            _ => self.shortened(index % self.stems),
        }
    }

    fn draw(&self, cell: &Cell) -> u64 {
        match (self.style, self.style.about()) {
            (Style::FullName, _) => return self.language.pair(cell).0,
            (_, About::Company) => return self.language.company(cell).0,
            // Numbered, so that accounts are different ones even where nothing says that they are.
            (_, About::Person) => return self.index(cell),
            (_, About::Nothing) => {}
        }
        let mut stream = cell.stream();
        let mut index = stream.below(self.stems);
        // One that fits is found in a few draws, where most do.
        for _ in 0..if self.max_len < LONGEST { 8 } else { 0 } {
            if fits(&self.plain_text(index), self.max_len) {
                break;
            }
            index = stream.below(self.stems);
        }
        index
    }

    fn index(&self, cell: &Cell) -> u64 {
        let size = Domain::<String>::size(self);
        if let TooLong::Narrow { .. } = self.too_long {
            return cell.permute(size);
        }
        let cell = Cell { row: cell.row % size, ..*cell };
        let (stem, block) = match self.style.about() {
            About::Person => self.language.pair(&cell),
            About::Company => self.language.company(&cell),
            About::Nothing => permute_in_blocks(cell.column, self.stems, cell.row),
        };
        block * self.stems + stem
    }
}

domains! {
    () Styled => String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_whole_and_another_is_shortened_or_coded() {
        let text = |max_len, unique| Styled::new(Style::Username, Locale::EN, max_len, unique).nth(1_000_000);
        assert_eq!(text(14, true), "keanu_prohaska");
        assert_eq!(
            [13, 10, 8, 7].map(|max_len| text(max_len, true)),
            ["keanupro4lfls", "keanu4lfls", "kea4lfls", "000lfls"]
        );
        assert_eq!(
            [13, 10, 8, 7].map(|max_len| text(max_len, false)),
            ["kprohaska", "kprohaska", "kprohask", "kprohas"]
        );
        let numbered =
            |style: Style| Styled::new(style, Locale::EN, 99, true).nth(style.stems(Language::of(Locale::EN)) * 2);
        assert_eq!(
            [Style::Username, Style::FullName, Style::Slug, Style::Email].map(numbered),
            ["aaliyah_abbott3", "Aaliyah Abbott 3", "amber-anchor-3", "aaliyah.abbott3@example.com"]
        );
    }

    #[test]
    fn the_longest_codes_stay_apart() {
        let texts = Styled::new(Style::Label, Locale::EN, 14, true);
        let codes = [u64::MAX - 1, 36_u64.pow(12), 36_u64.pow(9), 36_u64.pow(9) - 1].map(|index| texts.nth(index));
        assert_eq!(codes, ["03w5e11264sgse", "01000000000000", "00001000000000", "Wild9zzzzzzzzz"]);
    }
}
