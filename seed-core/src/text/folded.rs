//! What a database compares in place of a text where it ignores case, accents and width.

use deunicode::deunicode_char;

/// What is compared in place of a letter: one character or more, and none for a mark that is put on another one.
pub(crate) fn folded(letter: char) -> String {
    match letter {
        '\u{3041}'..='\u{3096}' => kana(u32::from(letter) - 0x3041),
        '\u{30a1}'..='\u{30f6}' => kana(u32::from(letter) - 0x30a1),
        '\u{ff66}'..='\u{ff9d}' => nth(HALF_WIDTH, u32::from(letter) - 0xff66),
        // The marks of voiced kana.
        '\u{3099}'..='\u{309c}' | '\u{ff9e}' | '\u{ff9f}' => String::new(),
        // The full width of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0)
            .map_or_else(String::new, |plain| plain.to_lowercase().to_string()),
        '\u{3001}'.. => letter.to_lowercase().to_string(),
        _ => deunicode_char(letter).map_or_else(|| letter.to_lowercase().to_string(), str::to_lowercase),
    }
}

/// What is compared in place of a text; blanks at its end are not.
pub(crate) fn folded_text(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            all.push(letter.to_ascii_lowercase());
        } else {
            all += &folded(letter);
        }
    }
    all.truncate(all.trim_end().len());
    all
}

fn kana(at: u32) -> String {
    nth(KANA, at)
}

fn nth(letters: &str, at: u32) -> String {
    letters.chars().nth(at as usize).map_or_else(String::new, String::from)
}

/// Katakana in the order of Unicode, each as the one that it is without size and voice.
const KANA: &str = "アアイイウウエエオオカカキキククケケココササシシススセセソソタタチチツツツテテトトナニヌネノ\
                    ハハハヒヒヒフフフヘヘヘホホホマミムメモヤヤユユヨヨラリルレロワワヰヱヲンウカケ";

/// Those of half the width.
const HALF_WIDTH: &str =
    "ヲアイウエオヤユヨツーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_alike_without_case_accents_width_and_voice() {
        for alike in ["aAäÁＡａ", "あアぁァｱ", "かカがガｶヵ", "んンﾝ", "はばぱハﾊ", "ヶけ", "ヴう", "るﾙ"]
        {
            let first = folded(alike.chars().next().unwrap());
            assert!(first.chars().count() == 1 && alike.chars().all(|letter| folded(letter) == first), "{alike}");
        }
        assert_eq!(["Straße", "é\u{301} ", "東京　"].map(folded_text), ["strasse", "e", "東京"]);
        assert!(KANA.chars().count() == 0x30f6 - 0x30a0 && HALF_WIDTH.chars().count() == 0xff9d - 0xff65);
    }
}
