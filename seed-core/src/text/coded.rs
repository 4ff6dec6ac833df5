//! Letters and a code: what is left of a text that is too long and must be unique.

use std::fmt::Write as _;

/// The index as a number of base 36, behind a digit that counts its digits, and as many letters
/// of the stem before both as there is room for.
///
/// No two indices have the same such text: its first decimal digit tells where the code begins.
/// Nor has it a text that is numbered behind a mark: where that has a digit, a mark stands in front of its
/// first one. (`marks` are those of the stem that may stay.)
pub(super) fn coded(stem: &str, index: u64, room: usize, marks: &str) -> String {
    let code = base_36(index);
    let (count, code) =
        if code.len() <= LONGEST_COUNTED { (code.len(), code) } else { (0, format!("{code:0>LONGEST_CODE$}")) };
    let mut text = String::with_capacity(room);
    let mut left = room - 1 - code.len();
    for letter in stem.chars().filter(|&letter| letter.is_alphabetic() || marks.contains(letter)) {
        if left == 0 {
            break;
        }
        // A street's house number leaves a blank at the start.
        if !text.is_empty() || letter.is_alphabetic() {
            text.push(letter);
            left -= 1;
        }
    }
    text.truncate(text.trim_end_matches([' ', '-']).len());
    let _ = write!(text, "{count}{code}");
    text
}

/// The fewest characters that hold the code of any of so many stems, and some letters.
pub(super) fn least(stems: u64) -> usize {
    1 + base_36(stems - 1).len() + SHORTEST_STEM
}

/// How many codes so many characters hold.
pub(super) fn codes(room: usize) -> u64 {
    if room > LONGEST_CODE { u64::MAX } else { 36_u64.pow((room - 1).min(LONGEST_COUNTED) as u32) }
}

pub(super) fn base_36(mut number: u64) -> String {
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

/// The longest code whose digits one decimal digit counts.
const LONGEST_COUNTED: usize = 9;
/// The longest code: 64 bits in base 36.
const LONGEST_CODE: usize = 13;
/// Fewer letters say nothing.
pub(super) const SHORTEST_STEM: usize = 3;
