//! Texts that are put together of names and words, and numbered where those are used up.

use std::fmt::Write as _;

use crate::cell::Cell;
use crate::generator::{Domain, domains};
use crate::permutation::permute_in_blocks;
use crate::person::{self, Person};
use crate::text::cut;
use crate::words::{ADJECTIVES, LAST_NAMES, NOUNS, plain};

/// How a text is put together: a stem that its index chooses, between a prefix and a suffix.
///
/// A stem holds a mark (`_`, `.`, `-`, a blank) or no digit: what [`Styled::coded`] relies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Username,
    Email,
    FullName,
    Company,
    Url,
    Slug,
    FileName,
    Street,
    City,
    Label,
    Word,
    Title,
}

/// The length of the longest title without a number.
pub(super) const LONGEST_TITLE: usize = 49;
/// No text without a number is longer.
const LONGEST: usize = 64;

impl Style {
    /// How many stems there are, each different from all others also in lower case.
    fn stems(self) -> u64 {
        let (adjectives, nouns, lasts) = (ADJECTIVES.len() as u64, NOUNS.len() as u64, LAST_NAMES.len() as u64);
        match self {
            Style::Username | Style::Email | Style::FullName => person::pairs(),
            Style::Company => lasts * lasts,
            Style::Url | Style::Slug | Style::FileName | Style::Label => adjectives * nouns,
            Style::Word => nouns,
            Style::Title => (adjectives * nouns).pow(2),
            Style::Street => 999 * lasts * STREETS.len() as u64,
            Style::City => CITY_HEADS.len() as u64 * lasts * CITY_TAILS.len() as u64,
        }
    }

    fn stem(self, index: u64) -> String {
        let pick = |list: &[&'static str], index: u64| list[(index % list.len() as u64) as usize];
        let pair = |index: u64| (pick(&ADJECTIVES, index), pick(&NOUNS, index / ADJECTIVES.len() as u64));
        let last = |index: u64| pick(&LAST_NAMES, index);
        let lasts = LAST_NAMES.len() as u64;
        match self {
            Style::Username => Person::of(index).joined('_'),
            Style::Email => Person::of(index).joined('.'),
            Style::FullName => format!("{} {}", Person::of(index).first_name(), Person::of(index).last_name()),
            Style::Company => format!("{} and {}", last(index), last(index / lasts)),
            Style::Url | Style::Slug | Style::FileName => {
                let (adjective, noun) = pair(index);
                format!("{adjective}-{noun}").to_ascii_lowercase()
            }
            Style::Label => {
                let (adjective, noun) = pair(index);
                format!("{adjective} {noun}")
            }
            Style::Word => pick(&NOUNS, index).to_ascii_lowercase(),
            Style::Title => {
                let pairs = (ADJECTIVES.len() * NOUNS.len()) as u64;
                let ((adjective, noun), (other, thing)) = (pair(index % pairs), pair(index / pairs));
                match (index + index / pairs) % 4 {
                    0 => format!("The {adjective} {noun} and the {other} {thing}"),
                    1 => format!("From {adjective} {noun} to {other} {thing}"),
                    2 => format!("{adjective} {noun}: The {other} {thing}"),
                    _ => format!("The {adjective} {noun} of the {other} {thing}"),
                }
            }
            Style::Street => {
                format!("{} {} {}", 1 + index % 999, last(index / 999), pick(STREETS, index / 999 / lasts))
            }
            Style::City => {
                let heads = CITY_HEADS.len() as u64;
                let name = plain(last(index / heads));
                let tail = pick(CITY_TAILS, index / heads / lasts);
                format!("{}{}{}{tail}", pick(CITY_HEADS, index), name[..1].to_ascii_uppercase(), &name[1..])
            }
        }
    }

    /// What a column too narrow for the stem holds in its place; not a different one for each index.
    fn short_stem(self, index: u64) -> String {
        let stem = self.stem(index);
        let after = |mark: char| stem.split_once(mark).map_or("", |(_, rest)| rest);
        match self {
            Style::Username | Style::Email => {
                let person = Person::of(index);
                format!("{}{}", plain(&person.first_name()[..1]), plain(person.last_name()))
            }
            Style::FullName => {
                format!("{}. {}", &Person::of(index).first_name()[..1], Person::of(index).last_name())
            }
            Style::Company => stem.split(' ').next().unwrap_or_default().to_owned(),
            Style::Url | Style::Slug | Style::FileName => after('-').to_owned(),
            Style::Label | Style::City => after(' ').to_owned(),
            Style::Street | Style::Word | Style::Title => stem,
        }
    }

    fn prefix(self) -> &'static str {
        if self == Style::Url { "https://example.com/" } else { "" }
    }

    fn suffix(self, index: u64) -> &'static str {
        match self {
            Style::Email => ["@example.com", "@example.net", "@example.org"][(index % 3) as usize],
            Style::FileName => [".pdf", ".png", ".txt", ".csv", ".zip"][(index % 5) as usize],
            _ => "",
        }
    }

    /// The length of the prefix and the suffix, which is the same for each index.
    fn around(self) -> usize {
        self.prefix().len() + self.suffix(0).len()
    }

    /// What stands between the stem and a number.
    fn joint(self) -> &'static str {
        match self {
            Style::Username | Style::Email => "",
            Style::Url | Style::Slug | Style::FileName | Style::Word => "-",
            _ => " ",
        }
    }

    /// Whether the stem is the row's person.
    fn is_person(self) -> bool {
        matches!(self, Style::Username | Style::Email | Style::FullName)
    }
}

impl Person {
    fn joined(self, joint: char) -> String {
        format!("{}{joint}{}", plain(self.first_name()), plain(self.last_name()))
    }
}

/// Texts of one style, each index a different one.
///
/// `index % stems` chooses the stem and `index / stems` the number behind it (none for the first
/// block, then 2, 3, …): `alice_smith`, `alice_smith2`. Where that is too long for the column,
/// letters of the stem and a code of the index take its place: `alexand4k2p0`. Where the column
/// need not be unique, the text is shortened, and then cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styled {
    style: Style,
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
    pub(super) fn new(style: Style, max_len: usize, unique: bool) -> Styled {
        let stems = style.stems();
        // Room for the code of any stem, and for some letters.
        let least = 1 + base_36(stems - 1).len() + SHORTEST_STEM;
        let too_long = match max_len.checked_sub(style.around()) {
            _ if !unique => TooLong::Shortened,
            Some(room) if room >= least => TooLong::Coded { room, whole: true },
            _ if max_len >= least => TooLong::Coded { room: max_len, whole: false },
            _ => TooLong::Narrow { width: max_len },
        };
        Styled { style, stems, max_len, too_long }
    }

    fn plain_text(&self, stem: &str, index: u64) -> String {
        let number = index / self.stems;
        let mut text = String::with_capacity(LONGEST);
        text.push_str(self.style.prefix());
        text.push_str(stem);
        if number > 0 {
            let _ = write!(text, "{}{}", self.style.joint(), number + 1);
        }
        text.push_str(self.style.suffix(index));
        text
    }

    /// The index as a number of base 36, behind a digit that counts its digits, and as many letters
    /// of the stem before both as there is room for.
    ///
    /// No two indices have the same such text: its first decimal digit tells where the code begins.
    /// Nor has it a text of `plain_text`: that has a mark, and where it has a digit, one in front of
    /// its first digit (or in the stem of a username or an address, which is coded without marks).
    fn coded(&self, stem: &str, index: u64, room: usize) -> String {
        let code = base_36(index);
        let (count, code) =
            if code.len() <= LONGEST_COUNTED { (code.len(), code) } else { (0, format!("{code:0>LONGEST_CODE$}")) };
        let mut text = String::with_capacity(room);
        let is_mark = |letter: &char| " -".contains(*letter) && !self.style.joint().is_empty();
        for letter in stem.chars().filter(|letter| letter.is_ascii_alphabetic() || is_mark(letter)) {
            // A street's house number leaves a blank at the start.
            if !text.is_empty() || letter.is_ascii_alphabetic() {
                text.push(letter);
            }
        }
        text.truncate(room - 1 - code.len());
        text.truncate(text.trim_end_matches([' ', '-']).len());
        let _ = write!(text, "{count}{code}");
        text
    }

    /// A text that is too long, within the limit.
    fn shortened(&self, index: u64) -> String {
        let mut stem = self.style.short_stem(index);
        let Some(room) = self.max_len.checked_sub(self.style.around()).filter(|&room| room >= SHORTEST_STEM) else {
            // Nothing whole has room: what the column is about, cut.
            cut(&mut stem, self.max_len);
            return stem;
        };
        cut(&mut stem, room);
        format!("{}{stem}{}", self.style.prefix(), self.style.suffix(index))
    }
}

/// The longest code whose digits one decimal digit counts.
const LONGEST_COUNTED: usize = 9;
/// The longest code: 64 bits in base 36.
const LONGEST_CODE: usize = 13;
/// Fewer letters say nothing.
const SHORTEST_STEM: usize = 3;

impl Domain<String> for Styled {
    fn size(&self) -> u64 {
        match self.too_long {
            TooLong::Shortened => u64::MAX,
            TooLong::Narrow { width } => 36_u64.saturating_pow(width as u32),
            TooLong::Coded { room, .. } if room > LONGEST_CODE => u64::MAX,
            // Whole blocks of stems, of which the rows take one after the other.
            TooLong::Coded { room, .. } => {
                let codes = 36_u64.pow((room - 1).min(LONGEST_COUNTED) as u32);
                codes - codes % self.stems
            }
        }
    }

    fn nth(&self, index: u64) -> String {
        if let TooLong::Narrow { width } = self.too_long {
            let mut code = format!("{:0>width$}", base_36(index));
            cut(&mut code, width);
            return code;
        }
        let stem = self.style.stem(index % self.stems);
        let text = self.plain_text(&stem, index);
        if text.len() <= self.max_len {
            return text;
        }
        match self.too_long {
            TooLong::Coded { room, whole: true } => {
                format!("{}{}{}", self.style.prefix(), self.coded(&stem, index, room), self.style.suffix(index))
            }
            TooLong::Coded { room, whole: false } => self.coded(&stem, index, room),
            _ => self.shortened(index % self.stems),
        }
    }

    fn draw(&self, cell: &Cell) -> u64 {
        if self.style == Style::FullName {
            return person::pair(cell).0;
        }
        if self.style.is_person() {
            // Numbered, so that accounts are different ones even where nothing says that they are.
            return self.index(cell);
        }
        let mut stream = cell.stream();
        let mut index = stream.below(self.stems);
        // One that fits is found in a few draws, where most do.
        for _ in 0..if self.max_len < LONGEST { 8 } else { 0 } {
            if self.plain_text(&self.style.stem(index), index).len() <= self.max_len {
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
        let (stem, block) = if self.style.is_person() {
            person::pair(&cell)
        } else {
            permute_in_blocks(cell.column, self.stems, cell.row)
        };
        block.wrapping_mul(self.stems).wrapping_add(stem)
    }
}

fn base_36(mut number: u64) -> String {
    let mut digits = Vec::with_capacity(LONGEST_CODE);
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|&digit| char::from(digit)).collect()
}

const CITY_HEADS: &[&str] = &["North ", "East ", "West ", "South ", "New ", "Lake ", "Port ", "Old "];
const CITY_TAILS: &[&str] = &["ton", "ville", "burgh", "bury", "view", "port", "mouth", "haven", "side", "shire"];
const STREETS: &[&str] = &["Street", "Avenue", "Lane", "Road", "Court", "Drive", "Way", "Square"];

domains! {
    () Styled => String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_without_a_number_is_longer_than_said() {
        let longest = |list: &[&str]| list.iter().map(|word| word.len()).max().unwrap_or(0);
        let pair = longest(&ADJECTIVES) + 1 + longest(&NOUNS);
        assert_eq!("The  and the ".len() + 2 * pair, LONGEST_TITLE);
        for style in
            [Style::Email, Style::Company, Style::Url, Style::FileName, Style::Street, Style::City, Style::Title]
        {
            let texts = Styled::new(style, usize::MAX, false);
            for index in (0..style.stems()).step_by(style.stems() as usize / 5_000 + 1) {
                let text = texts.nth(index);
                let most = if style == Style::Title { LONGEST_TITLE } else { LONGEST };
                assert!(text.len() <= most && text.is_ascii(), "{text}");
            }
        }
    }

    #[test]
    fn a_text_that_fits_is_whole_and_another_is_shortened_or_coded() {
        let text = |max_len, unique| Styled::new(Style::Username, max_len, unique).nth(1_000_000);
        assert_eq!(text(14, true), "keanu_prohaska");
        assert_eq!(
            [13, 10, 8, 7].map(|max_len| text(max_len, true)),
            ["keanupro4lfls", "keanu4lfls", "kea4lfls", "000lfls"]
        );
        assert_eq!(
            [13, 10, 8, 7].map(|max_len| text(max_len, false)),
            ["kprohaska", "kprohaska", "kprohask", "kprohas"]
        );
        let numbered = |style| Styled::new(style, 99, true).nth(style.stems() * 2);
        assert_eq!(
            [Style::Username, Style::FullName, Style::Slug, Style::Email].map(numbered),
            ["aaliyah_abbott3", "Aaliyah Abbott 3", "amber-anchor-3", "aaliyah.abbott3@example.com"]
        );
    }

    #[test]
    fn the_longest_codes_stay_apart() {
        let texts = Styled::new(Style::Label, 14, true);
        let codes = [u64::MAX - 1, 36_u64.pow(12), 36_u64.pow(9), 36_u64.pow(9) - 1].map(|index| texts.nth(index));
        assert_eq!(codes, ["03w5e11264sgse", "01000000000000", "00001000000000", "Wild9zzzzzzzzz"]);
    }
}
