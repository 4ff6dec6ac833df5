//! Text of a pattern: `"[A-Z]{3}-####"`.

mod parse;

use crate::cell::{Cell, mix};
use crate::generator::{Domain, Generator};
use crate::stream::Stream;
use crate::text::folded::folded;
use crate::value::Hint;

/// Text of a pattern: `#[seed(generator = pattern("[A-Z]{3}-####"))]`.
///
/// | written | means |
/// |---|---|
/// | `#`, `\d` | a digit |
/// | `\l`, `\u` | a letter, lower-case and upper-case |
/// | `\w` | a letter or a digit |
/// | `\x` | a hexadecimal digit, lower-case |
/// | `[abc]`, `[A-Z0-9]` | one of these characters |
/// | `{3}`, `{2,5}` | the one before so often |
/// | `\#`, `\[`, `\{`, `\\` | the character itself |
/// | anything else | itself, so also `+`, `(`, `.` and blanks |
///
/// Letters are those of ASCII. Every text that is possible is as likely, where the numbers of times are fixed; each
/// number of times is as likely where they are not.
///
/// A `unique` column takes one index after the other of all texts. They differ without case, accents, width of letters and
/// blanks at their end, as databases compare them: of `[Aa]` there is one then. They cannot be counted where two parts of
/// a changing length stand so that one could go on in the other, as in `[a-z]{1,3}[a-z]{1,3}`; `[a-z]{1,3}-[a-z]{1,3}` can be.
///
/// A pattern that is wrong, or longer than the column, is an error of the plan.
///
/// ```
/// use seed_core::{Cell, Generator, Key, pattern};
///
/// let column = Key::seed(42).child("shops").child("phone");
/// let cell = Cell { table: column, column, row: 0 };
/// assert_eq!(pattern("+(380) ###-####").value(&cell), "+(380) 732-5087");
/// assert_eq!(pattern("[A-Z]{3}-\\d{4}").value(&cell), "RJN-3678");
/// assert_eq!(pattern("[A-Z]{3}-\\d{4}").domain().map(|texts| texts.size()), Some(26 * 26 * 26 * 10_000));
/// assert_eq!(
///     pattern("[A-Z{3}").check().unwrap_err(),
///     "the pattern `[A-Z{3}` is wrong at character 1: `[` has no `]`; for the character itself write `\\[`"
/// );
/// ```
pub fn pattern(pattern: &str) -> Pattern {
    let mut texts = Pattern { written: pattern.to_owned(), pieces: parse::pieces(pattern), counted: None };
    texts.count(false);
    texts
}

/// See [`pattern()`].
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    pieces: Result<Vec<Piece>, String>,
    /// The texts in an order, where they can be counted.
    counted: Option<Counted>,
}

/// Some of the same characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    letters: Vec<char>,
    fewest: u32,
    most: u32,
    /// Whether the pattern says how many.
    counted: bool,
}

impl Pattern {
    fn count(&mut self, unique: bool) {
        self.counted = self.pieces.as_ref().ok().and_then(|pieces| Counted::new(pieces, unique));
    }
}

impl Generator<String> for Pattern {
    fn value(&self, cell: &Cell) -> String {
        let mut stream = cell.stream();
        let mut text = String::new();
        for piece in self.pieces.iter().flatten() {
            let count = piece.fewest + stream.below(u64::from(piece.most - piece.fewest) + 1) as u32;
            text.extend((0..count).map(|_| pick(&piece.letters, &mut stream)));
        }
        text
    }

    fn domain(&self) -> Option<&dyn Domain<String>> {
        self.counted.as_ref().map(|counted| counted as &dyn Domain<String>)
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        let longest: u64 = self.pieces.iter().flatten().map(|piece| u64::from(piece.most)).sum();
        if let (Some(most), Ok(_)) = (hint.max_len.filter(|&most| longest > most as u64), &self.pieces) {
            let written = &self.written;
            self.pieces = Err(format!(
                "the pattern `{written}` makes texts of {longest} characters, and the column holds {most}; write a shorter one"
            ));
        }
        self.count(hint.unique);
    }

    fn check(&self) -> Result<(), String> {
        self.pieces.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

fn pick(letters: &[char], stream: &mut Stream) -> char {
    if letters.len() == 1 { letters[0] } else { letters[stream.below(letters.len() as u64) as usize] }
}

/// The texts of a pattern in an order, each another one.
#[derive(Debug, Clone)]
struct Counted {
    parts: Vec<Part>,
    size: u64,
}

/// Some of the same characters, and how many different ones of them the index tells apart: 1 where it does not, since
/// there are enough without.
#[derive(Debug, Clone)]
struct Part {
    letters: Vec<char>,
    fewest: u32,
    most: u32,
    size: u64,
}

impl Counted {
    fn new(pieces: &[Piece], unique: bool) -> Option<Counted> {
        let changes = |piece: &Piece| piece.fewest != piece.most;
        let some_change = pieces.iter().any(changes);
        let mut pieces = pieces.to_vec();
        if unique {
            for piece in &mut pieces {
                piece.letters = told_apart(&piece.letters, some_change);
            }
        }
        if !can_be_told_apart(&pieces, unique) {
            return None;
        }
        let mut parts = Vec::new();
        let mut size = 1_u64;
        for Piece { letters, fewest, most, .. } in pieces {
            // One by one, so that the index may end within a piece.
            let ones = (0..fewest).map(|_| (1, 1)).chain((fewest < most).then_some((0, most - fewest)));
            for (fewest, most) in ones {
                let mut part = Part { letters: letters.clone(), fewest, most, size: 1 };
                part.count(u64::MAX / size);
                size *= part.size;
                parts.push(part);
            }
        }
        Some(Counted { parts, size })
    }
}

impl Part {
    /// Counts the texts of the part, if there are no more than so many; of those of a changing length, the shortest.
    fn count(&mut self, room: u64) {
        let letters = self.letters.len() as u64;
        if self.fewest == self.most {
            self.size = if letters <= room { letters } else { 1 };
            return;
        }
        let (mut size, mut power, mut most) = (1_u64, 1_u64, 0);
        while most < self.most {
            let Some(next) = power.checked_mul(letters).filter(|&next| size.saturating_add(next) <= room) else {
                break;
            };
            (power, size, most) = (next, size + next, most + 1);
        }
        (self.size, self.most) = (size, most);
    }

    /// Puts the text of an index below the size behind another.
    fn write(&self, mut index: u64, more: &mut Stream, text: &mut String) {
        let letters = self.letters.len() as u64;
        if self.fewest == self.most {
            text.push(if self.size == letters { self.letters[index as usize] } else { pick(&self.letters, more) });
            return;
        }
        let (mut power, mut count) = (1, 0);
        while index >= power {
            index -= power;
            power = power.saturating_mul(letters);
            count += 1;
        }
        for _ in 0..count {
            text.push(self.letters[(index % letters) as usize]);
            index /= letters;
        }
    }
}

impl Domain<String> for Counted {
    fn size(&self) -> u64 {
        self.size
    }
    fn nth(&self, mut index: u64) -> String {
        let mut more = Stream::new(mix(index ^ 0x3c6e_f372_fe94_f82b));
        let mut text = String::new();
        for part in &self.parts {
            part.write(index % part.size, &mut more, &mut text);
            index /= part.size;
        }
        text
    }
}

/// The letters that differ without case and accents; without blanks, where one at the end might be taken off.
fn told_apart(letters: &[char], no_blanks: bool) -> Vec<char> {
    let mut seen = std::collections::BTreeSet::new();
    let is_new = |&letter: &char| seen.insert(folded(letter));
    let mut apart: Vec<char> = letters.iter().copied().filter(is_new).collect();
    if letters.len() > 1 {
        // A letter that a database takes for two (`ß`) cannot be told from them.
        let is_one = |letter: &char| {
            let folded = folded(*letter);
            folded.chars().count() == 1 && !(no_blanks && folded == " ")
        };
        let single: Vec<char> = apart.iter().copied().filter(is_one).collect();
        if single.is_empty() {
            apart.truncate(1);
        } else {
            apart = single;
        }
    }
    apart
}

/// Whether no two ways to make a text give the same one.
///
/// They do not where one piece at most changes its length: the length of the text tells that of the piece. Nor do they
/// where each other such piece ends at a character that it cannot have.
fn can_be_told_apart(pieces: &[Piece], unique: bool) -> bool {
    let fold = |letter: &char| if unique { folded(*letter) } else { letter.to_string() };
    let changing: Vec<usize> = (0..pieces.len()).filter(|&at| pieces[at].fewest != pieces[at].most).collect();
    // Blanks at the end are taken off, and a mark on a letter is none.
    let is_nothing = |at: &usize| pieces[*at].letters.iter().map(fold).any(|letter| letter.trim().is_empty());
    if unique && changing.iter().any(is_nothing) {
        return false;
    }
    let others = changing.split_last().map_or(&[][..], |(_, others)| others);
    others.iter().all(|&at| {
        let next = &pieces[at + 1];
        let has: String = pieces[at].letters.iter().map(fold).collect();
        let ends_it = |letter: String| letter.chars().next().is_some_and(|first| !has.contains(first));
        next.fewest == next.most && next.letters.iter().map(fold).all(ends_it)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::cell::Key;

    fn prepared(written: &str, unique: bool, max_len: Option<usize>) -> Pattern {
        let mut texts = pattern(written);
        let mut hint = Hint::new("t", "c");
        (hint.unique, hint.max_len) = (unique, max_len);
        texts.prepare(&hint);
        texts
    }

    #[test]
    fn every_index_is_another_text() {
        for written in [
            "[ab]{3}",
            "x[ab]{0,4}y",
            "[a-c]{1,2}-[a-c]{1,2}",
            "[Aa][Bb]#",
            "é[éeE]\\x",
            "[a ]{0,3}b",
            "\\w",
            "(#) \\[\\]",
        ] {
            for unique in [false, true] {
                let texts = prepared(written, unique, None);
                let domain = texts.domain().unwrap();
                let fold = |text: String| if unique { text.trim_end().chars().map(folded).collect() } else { text };
                let all: BTreeSet<String> = (0..domain.size()).map(|index| fold(domain.nth(index))).collect();
                assert_eq!(all.len() as u64, domain.size(), "{written}");
            }
        }
        let sizes = |unique| {
            ["[ab]{3}", "x[ab]{0,4}y", "\\w", "[Aa][Bb]#", "[sß]", "[AＡ]", "[あア]", "[ｶカ]", "[かが漢]"]
                .map(|written| prepared(written, unique, None).domain().unwrap().size())
        };
        assert_eq!((sizes(false), sizes(true)), ([8, 31, 62, 40, 2, 2, 2, 2, 3], [8, 31, 36, 10, 1, 1, 1, 1, 2]));
    }

    #[test]
    fn texts_that_cannot_be_told_apart_are_not_counted() {
        for written in [
            "[a-z]{1,3}[a-z]{1,3}",
            "a{1,2}[b]{0,2}c{1,2}",
            "a{1,2}[A]b{1,2}",
            "s{0,3}ß{2}s{0,3}",
            "あ{1,2}アx{1,2}",
            "x\u{301}{0,2}",
        ] {
            assert!(prepared(written, true, None).domain().is_none(), "{written}");
        }
        assert!(prepared("a{1,2}[A]b{1,2}", false, None).domain().is_some());
        assert!(
            prepared("x {0,2}", true, None).domain().is_none() && prepared("x {0,2}", false, None).domain().is_some()
        );
    }

    #[test]
    fn a_long_pattern_has_more_texts_than_are_counted() {
        let texts = prepared("\\x{40}-[a-z]{1,40}", true, None);
        let domain = texts.domain().unwrap();
        assert!(domain.size() > 1 << 59);
        let of = |index| domain.nth(index);
        assert_ne!(of(0), of(domain.size() - 1));
        assert!((42..=81).contains(&of(domain.size() / 3).len()));
    }

    #[test]
    fn a_value_is_of_its_pattern() {
        let texts = pattern("\\u\\l{2,4}-[x-z]{2}\\#");
        for row in 0..200 {
            let column = Key::seed(1);
            let text = texts.value(&Cell { table: column, column, row });
            let (name, rest) = text.split_once('-').unwrap();
            assert!(
                name.starts_with(|letter: char| letter.is_ascii_uppercase()) && (3..=5).contains(&name.len()),
                "{text}"
            );
            assert!(rest.len() == 3 && rest.ends_with('#') && "xyz".contains(&rest[..1]), "{text}");
        }
    }

    #[test]
    fn a_mistake_is_pointed_at() {
        let wrong = |written: &str| pattern(written).check().unwrap_err();
        for (written, at, what) in [
            ("ab[cd", 3, "`[` has no `]`; for the character itself write `\\[`"),
            ("ab[]", 3, "`[]` has no characters; write those that are meant"),
            (
                "x[^a]",
                2,
                "`[^` is not known; list the characters that are meant, and write `\\^` for the character itself",
            ),
            ("[z-a]", 1, "`z-a` has its ends the wrong way round; write `a-z`"),
            ("{3}", 1, "there is nothing to repeat in front of `{`; for the character itself write `\\{`"),
            ("a{2}{3}", 5, "there is nothing to repeat in front of `{`; for the character itself write `\\{`"),
            ("a{x}", 2, "`{x}` is no number of times; write `{3}` or `{2,5}`; for the character itself write `\\{`"),
            ("a{5,2}", 2, "`{5,2}` has its ends the wrong way round; write `{2,5}`"),
            ("a{0}", 2, "`{0}` is no number of times; write 1 to 10000"),
            ("a{3", 2, "`{` has no `}`; write `{3}` or `{2,5}`; for the character itself write `\\{`"),
            ("éa\\", 3, "`\\` stands at the end; for the character itself write `\\\\`"),
        ] {
            assert_eq!(wrong(written), format!("the pattern `{written}` is wrong at character {at}: {what}"));
        }
        assert!(wrong("\\s").contains("there is no `\\s`; there are `\\d`"));
        assert!(wrong("").starts_with("the pattern is empty"));
        assert_eq!(
            prepared("[A-Z]{3}-####", false, Some(7)).check().unwrap_err(),
            "the pattern `[A-Z]{3}-####` makes texts of 8 characters, and the column holds 7; write a shorter one"
        );
        assert!(prepared("[A-Z]{3}-####", false, Some(8)).check().is_ok());
    }
}
