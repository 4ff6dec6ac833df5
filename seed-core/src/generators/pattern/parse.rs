//! A pattern as it is written → its pieces.

use std::iter::Peekable;
use std::str::Chars;

use crate::generators::pattern::Piece;

/// The pieces of a pattern.
///
/// # Errors
///
/// What is wrong, and at which character.
pub(super) fn pieces(pattern: &str) -> Result<Vec<Piece>, String> {
    let mut parser = Parser { rest: pattern.chars().peekable(), at: 0 };
    let mut pieces = Vec::new();
    loop {
        let start = parser.at + 1;
        match parser.piece(&mut pieces) {
            Ok(true) => {}
            Ok(false) if pieces.is_empty() => {
                return Err("the pattern is empty; write what a value looks like: `AB-####`".to_owned());
            }
            Ok(false) => return Ok(pieces),
            Err(what) => return Err(format!("the pattern `{pattern}` is wrong at character {start}: {what}")),
        }
    }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    /// How many characters have been read.
    at: usize,
}

/// More of one character are hardly meant, and would be slow.
const MOST: u32 = 10_000;

const DIGITS: &str = "0123456789";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const HEX: &str = "0123456789abcdef";

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        self.at += 1;
        self.rest.next()
    }

    /// Reads a piece, or how often the last one comes; false at the end.
    fn piece(&mut self, pieces: &mut Vec<Piece>) -> Result<bool, String> {
        let Some(letter) = self.next() else { return Ok(false) };
        let letters = match letter {
            '#' => DIGITS.chars().collect(),
            '[' => self.class()?,
            '\\' => self.escaped()?,
            '{' => {
                let (fewest, most) = self.count()?;
                let last = pieces.last_mut().filter(|piece| !piece.counted);
                let last =
                    last.ok_or("there is nothing to repeat in front of `{`; for the character itself write `\\{`")?;
                (last.fewest, last.most, last.counted) = (fewest, most, true);
                return Ok(true);
            }
            letter => vec![letter],
        };
        pieces.push(Piece { letters, fewest: 1, most: 1, counted: false });
        Ok(true)
    }

    /// What comes after a `\`.
    fn escaped(&mut self) -> Result<Vec<char>, String> {
        let letters = match self.next() {
            None => return Err("`\\` stands at the end; for the character itself write `\\\\`".to_owned()),
            Some('d') => DIGITS.to_owned(),
            Some('l') => LOWER.to_owned(),
            Some('u') => UPPER.to_owned(),
            Some('w') => [DIGITS, UPPER, LOWER].concat(),
            Some('x') => HEX.to_owned(),
            Some(letter) if letter.is_alphanumeric() => {
                return Err(format!(
                    "there is no `\\{letter}`; there are `\\d` (a digit), `\\l` and `\\u` (a letter, lower-case and \
                     upper-case), `\\w` (a letter or a digit) and `\\x` (a hexadecimal digit)"
                ));
            }
            Some(letter) => letter.to_string(),
        };
        Ok(letters.chars().collect())
    }

    /// What comes after a `[`, with the `]`.
    fn class(&mut self) -> Result<Vec<char>, String> {
        if self.rest.peek() == Some(&'^') {
            return Err(
                "`[^` is not known; list the characters that are meant, and write `\\^` for the character itself"
                    .to_owned(),
            );
        }
        let mut letters = Vec::new();
        loop {
            let first = match self.next() {
                None => return Err("`[` has no `]`; for the character itself write `\\[`".to_owned()),
                Some(']') if letters.is_empty() => {
                    return Err("`[]` has no characters; write those that are meant".to_owned());
                }
                Some(']') => break,
                Some('\\') => self.escaped()?,
                Some(letter) => vec![letter],
            };
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|letter| letter != ']');
            let (&[first_letter], true) = (&first[..], is_range) else {
                letters.extend(first);
                continue;
            };
            self.next();
            let last = match self.next() {
                Some('\\') => self.escaped()?,
                letter => letter.into_iter().collect(),
            };
            match last[..] {
                [last] if first_letter <= last => letters.extend(first_letter..=last),
                [last] => {
                    return Err(format!(
                        "`{first_letter}-{last}` has its ends the wrong way round; write `{last}-{first_letter}`"
                    ));
                }
                _ => return Err("a range ends in one character".to_owned()),
            }
        }
        letters.sort_unstable();
        letters.dedup();
        Ok(letters)
    }

    /// What comes after a `{`, with the `}`: `3` or `2,5`.
    fn count(&mut self) -> Result<(u32, u32), String> {
        let help = || "write `{3}` or `{2,5}`; for the character itself write `\\{`".to_owned();
        let mut inside = String::new();
        loop {
            match self.next() {
                None => return Err(format!("`{{` has no `}}`; {}", help())),
                Some('}') => break,
                Some(letter) => inside.push(letter),
            }
        }
        let (fewest, most) = inside.split_once(',').unwrap_or((&inside, &inside));
        let number = |text: &str| {
            text.trim().parse::<u32>().map_err(|_| format!("`{{{inside}}}` is no number of times; {}", help()))
        };
        let (fewest, most) = (number(fewest)?, number(most)?);
        if fewest > most {
            return Err(format!("`{{{inside}}}` has its ends the wrong way round; write `{{{most},{fewest}}}`"));
        }
        if most > MOST || most == 0 {
            return Err(format!("`{{{inside}}}` is no number of times; write 1 to {MOST}"));
        }
        Ok((fewest, most))
    }
}
