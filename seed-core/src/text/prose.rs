//! Sentences of Latin words.

use fake::locales::{Data, EN};

use crate::cell::Cell;
use crate::generator::Generator;
use crate::stream::Stream;
use crate::text::cut;

/// From so many sentences to so many; fewer where the limit is narrow.
pub(super) struct Prose {
    pub(super) sentences: (u64, u64),
    pub(super) max_len: usize,
}

impl Generator<String> for Prose {
    fn value(&self, cell: &Cell) -> String {
        let mut stream = cell.stream();
        let (fewest, most) = self.sentences;
        let count = fewest + stream.below(most - fewest + 1);
        let mut text = String::new();
        for _ in 0..count {
            let taken = text.len() + usize::from(!text.is_empty());
            let room = self.max_len.saturating_sub(taken);
            if taken > 0 && room < SHORTEST_SENTENCE {
                break;
            }
            text.extend((taken > 0).then_some(' '));
            sentence(&mut stream, room, &mut text);
        }
        cut(&mut text, self.max_len);
        text
    }
}

/// In less room than this there is no further sentence.
const SHORTEST_SENTENCE: usize = 24;

/// Puts a sentence behind a text: as many of its words as there is room for, and one at least.
fn sentence(stream: &mut Stream, room: usize, text: &mut String) {
    let (words, start) = (4 + stream.below(9), text.len());
    for at in 0..words {
        let word = EN::LOREM_WORD[stream.below(EN::LOREM_WORD.len() as u64) as usize];
        if at == 0 {
            text.push_str(word);
            text[start..=start].make_ascii_uppercase();
        } else if text.len() - start + word.len() + 2 <= room {
            text.push(' ');
            text.push_str(word);
        }
    }
    text.push('.');
}
