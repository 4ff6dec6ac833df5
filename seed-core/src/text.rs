//! Text for every recipe, within a length limit.

use std::fmt::Write as _;

use fake::locales::{Data, EN};

use crate::cell::{Cell, mix};
use crate::generator::{BoxGenerator, Domain, Generator, constant, domains};
use crate::infer::Recipe;
use crate::permutation::permute_in_blocks;
use crate::person::{self, Person};
use crate::stream::Stream;
use crate::value::Hint;
use crate::words::{ADJECTIVES, FIRST_NAMES, LAST_NAMES, NOUNS, plain};

/// The generator of a recipe for a `String` column.
pub(crate) fn generator(recipe: Recipe, hint: &Hint<'_>) -> BoxGenerator<String> {
    let max_len = hint.max_len.unwrap_or(usize::MAX);
    let style = match recipe {
        Recipe::Username => Style::Username,
        Recipe::Email => Style::Email,
        Recipe::FullName => Style::FullName,
        Recipe::Company => Style::Company,
        Recipe::Url => Style::Url,
        Recipe::Slug => Style::Slug,
        Recipe::FileName => Style::FileName,
        Recipe::Sku => Style::Sku,
        Recipe::Phone => Style::Phone,
        Recipe::Street => Style::Street,
        Recipe::City => Style::City,
        Recipe::Label => Style::Label,
        Recipe::Word => Style::Word,
        Recipe::Title if max_len >= LONGEST_TITLE => Style::Title,
        Recipe::Title => Style::Label,
        // Prose cannot be told apart by construction; titles can.
        Recipe::Sentence | Recipe::Paragraph if hint.unique && max_len >= LONGEST_TITLE => Style::Title,
        Recipe::Sentence | Recipe::Paragraph if hint.unique => Style::Label,
        Recipe::Sentence => return Box::new(Prose { sentences: (1, 1), max_len }),
        Recipe::Paragraph => return Box::new(Prose { sentences: (3, 5), max_len }),
        Recipe::FirstName => return Box::new(NameOf { names: &FIRST_NAMES, of: |person| person.first, max_len }),
        Recipe::LastName => return Box::new(NameOf { names: &LAST_NAMES, of: |person| person.last, max_len }),
        Recipe::JobTitle => return listed(product(&[EN::JOB_SENIORITY, EN::JOB_FIELD, EN::JOB_POSITION]), max_len),
        Recipe::State if max_len <= 2 => return listed(owned(EN::ADDRESS_STATE_ABBR), max_len),
        Recipe::State => return listed(owned(EN::ADDRESS_STATE), max_len),
        Recipe::Country if max_len > 2 => return listed(owned(EN::ADDRESS_COUNTRY), max_len),
        Recipe::Country | Recipe::CountryCode => return listed(owned(EN::ADDRESS_COUNTRY_CODE), max_len),
        Recipe::Currency => return listed(owned(EN::CURRENCY_CODE), max_len),
        Recipe::TimeZone => return listed(owned(EN::ADDRESS_TIME_ZONE), max_len),
        Recipe::Locale => return listed(owned(LOCALES), max_len),
        Recipe::Status => return listed(owned(STATUSES), max_len),
        Recipe::MimeType => return listed(owned(MIME_TYPES), max_len),
        Recipe::PasswordHash => {
            let mut hash = PASSWORD_HASH.to_owned();
            cut(&mut hash, max_len);
            return Box::new(constant(hash));
        }
        Recipe::Postcode => return Box::new(Digits { shape: Shape::Postcode, max_len }),
        Recipe::Color => return Box::new(Digits { shape: Shape::Color, max_len }),
        Recipe::Token => return Box::new(Digits { shape: Shape::Token, max_len }),
        Recipe::Uuid if max_len >= 36 => return Box::new(Digits { shape: Shape::Uuid, max_len }),
        Recipe::Uuid => return Box::new(Digits { shape: Shape::Token, max_len }),
        Recipe::IpAddress => return Box::new(Digits { shape: Shape::IpAddress, max_len }),
        Recipe::Version => return Box::new(Digits { shape: Shape::Version, max_len }),
        _ => Style::Label,
    };
    Box::new(Styled { style, max_len, unique: hint.unique })
}

/// Cuts a text to so many characters, and off the blanks that then stand at its end.
pub(crate) fn cut(text: &mut String, max_len: usize) {
    if let Some((end, _)) = text.char_indices().nth(max_len) {
        text.truncate(end);
        text.truncate(text.trim_end().len());
    }
}

/// How a text is put together: a stem that its index chooses, between a prefix and a suffix.
///
/// A stem is made of letters and of at least one joint (`_`, `.`, `-`, a blank), or of letters
/// alone: what [`Styled::nth`] relies on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Style {
    Username,
    Email,
    FullName,
    Company,
    Url,
    Slug,
    FileName,
    Sku,
    Phone,
    Street,
    City,
    Label,
    Word,
    Title,
}

impl Style {
    /// How many stems there are, each different from all others also in lower case.
    fn stems(self) -> u64 {
        let (adjectives, nouns, last) = (ADJECTIVES.len() as u64, NOUNS.len() as u64, LAST_NAMES.len() as u64);
        match self {
            Style::Username | Style::Email | Style::FullName => person::pairs(),
            Style::Company => last * last,
            Style::Url | Style::Slug | Style::FileName | Style::Label => adjectives * nouns,
            Style::Word => nouns,
            Style::Title => (adjectives * nouns).pow(2),
            Style::Sku => 26 * 26 * 26 * 10_000,
            Style::Phone => 800 * 100,
            Style::Street => 999 * last * STREETS.len() as u64,
            Style::City => CITY_HEADS.len() as u64 * last * CITY_TAILS.len() as u64,
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
                format!("The {adjective} {noun} and the {other} {thing}")
            }
            Style::Sku => {
                let letter = |place: u32| char::from(b'A' + (index / 10_000 / 26_u64.pow(place) % 26) as u8);
                format!("{}{}{}-{:04}", letter(0), letter(1), letter(2), index % 10_000)
            }
            Style::Phone => format!("+1-{}-555-{:04}", 200 + index / 100, 100 + index % 100),
            Style::Street => {
                format!("{} {} {}", 1 + index % 999, last(index / 999), pick(STREETS, index / 999 / lasts))
            }
            Style::City => {
                let heads = CITY_HEADS.len() as u64;
                format!("{}{}{}", pick(CITY_HEADS, index), last(index / heads), pick(CITY_TAILS, index / heads / lasts))
            }
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

    /// What stands between the stem and a number.
    fn joint(self) -> &'static str {
        match self {
            Style::Username | Style::Email => "",
            Style::Url | Style::Slug | Style::FileName | Style::Word => "-",
            Style::Phone => "x",
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
/// block, then 2, 3, …): `alice_smith`, `alice_smith2`. Where that is too long for the column, the
/// stem's letters are cut and a code of the index follows: `alexandria4k2p0`. A code begins with
/// the digit that counts its characters, and no joint stands before it, so that it is never also
/// the text of another index. Where the column need not be unique, a text that is too long is cut.
#[derive(Debug, Clone, Copy)]
struct Styled {
    style: Style,
    max_len: usize,
    unique: bool,
}

impl Styled {
    fn plain_text(&self, stem: &str, index: u64) -> String {
        let number = index / self.style.stems();
        let mut text = String::with_capacity(40);
        text.push_str(self.style.prefix());
        text.push_str(stem);
        if number > 0 {
            let _ = write!(text, "{}{}", self.style.joint(), number + 1);
        }
        text.push_str(self.style.suffix(index));
        text
    }

    fn coded_text(&self, stem: &str, index: u64) -> String {
        // A limit too narrow for a whole address or URL gets the code alone.
        let whole = self.max_len >= self.style.prefix().len() + self.style.suffix(index).len() + LONGEST_CODE;
        let (prefix, suffix) = if whole { (self.style.prefix(), self.style.suffix(index)) } else { ("", "") };
        let room = self.max_len - prefix.len() - suffix.len();
        let code = base_36(index);
        let mut text: String = prefix.to_owned();
        if room <= LONGEST_CODE {
            // The code alone, as wide as there is room: `size` counts these.
            text.extend(std::iter::repeat_n('0', room - code.len()));
        } else {
            text.extend(plain(stem).chars().take(room - 1 - code.len()));
            let _ = write!(text, "{:x}", code.len());
        }
        text.push_str(&code);
        text.push_str(suffix);
        text
    }

    /// Whether there is only room for a code.
    fn is_narrow(&self) -> bool {
        self.unique && self.max_len <= LONGEST_CODE
    }
}

impl Domain<String> for Styled {
    fn size(&self) -> u64 {
        if self.is_narrow() { 36_u64.saturating_pow(self.max_len as u32) } else { u64::MAX }
    }

    fn nth(&self, index: u64) -> String {
        let stem = self.style.stem(index % self.style.stems());
        if self.is_narrow() {
            return self.coded_text(&stem, index);
        }
        let text = self.plain_text(&stem, index);
        if text.len() <= self.max_len || text.chars().count() <= self.max_len {
            return text;
        }
        if self.unique { self.coded_text(&stem, index) } else { text.fit_in(self.max_len) }
    }

    fn draw(&self, cell: &Cell) -> u64 {
        if self.style.is_person() {
            return self.index(cell);
        }
        // Shorter ones first: a few draws find one that fits, where most do.
        let mut stream = cell.stream();
        let stems = self.style.stems();
        let mut index = stream.below(stems);
        for _ in 0..8 {
            if self.plain_text(&self.style.stem(index), index).len() <= self.max_len {
                break;
            }
            index = stream.below(stems);
        }
        index
    }

    fn index(&self, cell: &Cell) -> u64 {
        let stems = self.style.stems();
        if self.is_narrow() {
            return cell.permute(Domain::<String>::size(self));
        }
        let (stem, block) =
            if self.style.is_person() { person::pair(cell) } else { permute_in_blocks(cell.column, stems, cell.row) };
        block * stems + stem
    }
}

/// 64 bits in base 36, and one digit more that counts them.
const LONGEST_CODE: usize = 14;

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

/// One of the names of the row's person; distinct ones where the column is unique.
struct NameOf {
    names: &'static [&'static str],
    of: fn(Person) -> usize,
    max_len: usize,
}

impl Domain<String> for NameOf {
    fn size(&self) -> u64 {
        self.names.len() as u64
    }
    fn nth(&self, index: u64) -> String {
        self.names[index as usize].to_owned().fit_in(self.max_len)
    }
    fn draw(&self, cell: &Cell) -> u64 {
        (self.of)(Person::of(person::pair(cell).0)) as u64
    }
}

trait FitIn {
    fn fit_in(self, max_len: usize) -> String;
}

impl FitIn for String {
    fn fit_in(mut self, max_len: usize) -> String {
        cut(&mut self, max_len);
        self
    }
}

/// One of a list: of those that fit the limit, or where none does, of all, cut.
struct Listed(Vec<String>);

fn listed(words: Vec<String>, max_len: usize) -> BoxGenerator<String> {
    let fitting: Vec<String> = words.iter().filter(|word| word.chars().count() <= max_len).cloned().collect();
    let mut words =
        if fitting.is_empty() { words.into_iter().map(|word| word.fit_in(max_len)).collect() } else { fitting };
    // Sorted and without duplicates, so that each index is a different value.
    words.sort_unstable();
    words.dedup();
    Box::new(Listed(words))
}

impl Domain<String> for Listed {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }
    fn nth(&self, index: u64) -> String {
        self.0[index as usize].clone()
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn product(lists: &[&[&str]]) -> Vec<String> {
    let mut words = vec![String::new()];
    for list in lists {
        words = words
            .iter()
            .flat_map(|head| {
                list.iter().map(move |word| if head.is_empty() { (*word).to_owned() } else { format!("{head} {word}") })
            })
            .collect();
    }
    words
}

/// Texts that are digits in a shape.
struct Digits {
    shape: Shape,
    max_len: usize,
}

#[derive(Clone, Copy)]
enum Shape {
    Postcode,
    Color,
    Token,
    Uuid,
    IpAddress,
    Version,
}

impl Domain<String> for Digits {
    fn size(&self) -> u64 {
        match self.shape {
            Shape::Token if self.max_len < 16 => 1 << (4 * self.max_len),
            Shape::Token | Shape::Uuid => u64::MAX,
            // Cut where the column is narrower: then the last digits count.
            Shape::Postcode => 10_u64.pow(self.max_len.min(5) as u32),
            Shape::Color if self.max_len < 7 => 1 << (4 * self.max_len.min(6)),
            Shape::Color => 1 << 24,
            Shape::IpAddress if self.max_len < 15 => 10 * 10,
            Shape::IpAddress => 1 << 24,
            Shape::Version if self.max_len < 7 => 10 * 10,
            Shape::Version => 10 * 50 * 100,
        }
    }

    fn nth(&self, index: u64) -> String {
        let more = mix(index ^ 0x6a09_e667_f3bc_c908);
        let text = match self.shape {
            Shape::Token if self.max_len < 16 => format!("{index:0width$x}", width = self.max_len),
            Shape::Token => format!("{index:016x}{more:016x}"),
            Shape::Uuid => format!(
                "{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}",
                index >> 32,
                index >> 16 & 0xffff,
                more >> 52,
                8 + (more >> 50 & 3),
                more >> 38 & 0xfff,
                // The rest of the index, so that each index is another UUID.
                (index & 0xffff) << 32 | more & 0xffff_ffff
            ),
            Shape::Postcode => format!("{index:0width$}", width = self.max_len.min(5)),
            Shape::Color if self.max_len < 7 => format!("{index:0width$x}", width = self.max_len.min(6)),
            Shape::Color => format!("#{index:06x}"),
            Shape::IpAddress if self.max_len < 15 => format!("10.0.{}.{}", index / 10, index % 10),
            Shape::IpAddress => format!("10.{}.{}.{}", index >> 16, index >> 8 & 0xff, index & 0xff),
            Shape::Version if self.max_len < 7 => format!("{}.{}", index / 10, index % 10),
            Shape::Version => format!("{}.{}.{}", index / 5_000, index / 100 % 50, index % 100),
        };
        text.fit_in(self.max_len)
    }
}

/// Sentences of Latin words.
struct Prose {
    sentences: (u64, u64),
    max_len: usize,
}

impl Generator<String> for Prose {
    fn value(&self, cell: &Cell) -> String {
        let mut stream = cell.stream();
        let (fewest, most) = self.sentences;
        let count = fewest + stream.below(most - fewest + 1);
        let mut text = String::new();
        for _ in 0..count {
            let sentence = sentence(&mut stream);
            let blank = usize::from(!text.is_empty());
            if text.len() + blank + sentence.len() > self.max_len {
                break;
            }
            text.extend(std::iter::repeat_n(' ', blank));
            text.push_str(&sentence);
        }
        // Not even one sentence fits: as much of one as does.
        if text.is_empty() { sentence(&mut stream).fit_in(self.max_len) } else { text }
    }
}

fn sentence(stream: &mut Stream) -> String {
    let words = 4 + stream.below(9);
    let mut text = String::with_capacity(80);
    for at in 0..words {
        let word = EN::LOREM_WORD[stream.below(EN::LOREM_WORD.len() as u64) as usize];
        if at == 0 {
            text.extend(word.chars().take(1).flat_map(char::to_uppercase));
            text.push_str(&word[1..]);
        } else {
            text.push(' ');
            text.push_str(word);
        }
    }
    text.push('.');
    text
}

const LONGEST_TITLE: usize = 48;
const CITY_HEADS: &[&str] = &["North ", "East ", "West ", "South ", "New ", "Lake ", "Port ", "Old "];
const CITY_TAILS: &[&str] = &["ton", "ville", "burgh", "bury", "view", "port", "mouth", "haven", "side", "shire"];
const STREETS: &[&str] = &["Street", "Avenue", "Lane", "Road", "Court", "Drive", "Way", "Square"];
const LOCALES: &[&str] =
    &["en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-BR", "nl-NL", "pl-PL", "tr-TR", "ja-JP", "zh-CN"];
const STATUSES: &[&str] = &["active", "pending", "archived", "draft", "closed"];
const MIME_TYPES: &[&str] =
    &["application/json", "application/pdf", "image/jpeg", "image/png", "text/csv", "text/html", "text/plain", "video/mp4"];

/// bcrypt, cost 10, of `password`: logging in to a seeded account is possible, and hashing once is
/// enough.
const PASSWORD_HASH: &str = "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi";

domains! {
    () Styled => String;
    () NameOf => String;
    () Listed => String;
    () Digits => String;
}
