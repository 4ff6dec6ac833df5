//! Sentences of the words of a language.

use crate::cell::Cell;
use crate::generator::Generator;
use crate::language::Language;
use crate::locale::Locale;
use crate::stream::Stream;
use crate::text::cut;

/// Words, sentences or paragraphs; fewer where the limit is narrow.
pub(super) struct Prose {
    unit: Unit,
    /// From so many to so many.
    counts: (u64, u64),
    language: &'static Language,
    max_len: usize,
    /// The length of the shortest word.
    shortest: usize,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Words,
    Sentences,
    Paragraphs,
}

impl Unit {
    /// So many bytes hold most of its kind: a text that grows is copied each time.
    fn length(self) -> usize {
        match self {
            Unit::Words => 8,
            Unit::Sentences => 80,
            Unit::Paragraphs => 320,
        }
    }
}

impl Prose {
    pub(super) fn new(unit: Unit, counts: (u64, u64), locale: Locale, max_len: usize) -> Prose {
        let language = Language::of(locale);
        let shortest = language.prose.iter().map(|&(_, len)| len).min().unwrap_or(0);
        Prose { unit, counts, language, max_len, shortest }
    }
}

impl Generator<String> for Prose {
    fn value(&self, cell: &Cell) -> String {
        let mut stream = cell.stream();
        let count = between(self.counts, &mut stream);
        let most = usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(self.unit.length());
        let text = String::with_capacity(most.min(self.max_len));
        let mut text = Text { text, len: 0, max_len: self.max_len, language: self.language };
        match self.unit {
            Unit::Words => text.words(count, self.shortest, &mut stream),
            Unit::Sentences => text.sentences(count, &mut stream),
            Unit::Paragraphs => {
                for at in 0..count {
                    if at > 0 {
                        if text.room() < 2 + SHORTEST_SENTENCE {
                            break;
                        }
                        text.push(("\n\n", 2));
                    }
                    let sentences = between((3, 5), &mut stream);
                    text.sentences(sentences, &mut stream);
                }
            }
        }
        cut(&mut text.text, self.max_len);
        text.text
    }
}

fn between((fewest, most): (u64, u64), stream: &mut Stream) -> u64 {
    fewest + stream.below(most - fewest + 1)
}

/// In less room than this there is no further sentence.
const SHORTEST_SENTENCE: usize = 24;

/// A text, and how long it is in characters.
struct Text {
    text: String,
    len: usize,
    max_len: usize,
    language: &'static Language,
}

impl Text {
    fn room(&self) -> usize {
        self.max_len.saturating_sub(self.len)
    }

    fn push(&mut self, (text, len): (&str, usize)) {
        self.text.push_str(text);
        self.len += len;
    }

    /// What stands between words, and how long it is.
    fn blank(&self) -> (&'static str, usize) {
        let blank = self.language.grammar.sentence.0;
        (blank, blank.len())
    }

    fn word(&self, stream: &mut Stream) -> (&'static str, usize) {
        self.language.prose[stream.below(self.language.prose.len() as u64) as usize]
    }

    /// As many of so many words as there is room for, and one at least.
    fn words(&mut self, count: u64, shortest: usize, stream: &mut Stream) {
        for at in 0..count {
            if at > 0 && self.room() < self.blank().1 + shortest {
                break;
            }
            let word = self.word(stream);
            let blank = if at == 0 { ("", 0) } else { self.blank() };
            if at == 0 || word.1 + blank.1 <= self.room() {
                self.push(blank);
                self.push(word);
            }
        }
    }

    fn sentences(&mut self, count: u64, stream: &mut Stream) {
        let blank = self.blank();
        for at in 0..count {
            if at > 0 {
                if self.room() < blank.1 + SHORTEST_SENTENCE {
                    break;
                }
                self.push(blank);
            }
            self.sentence(stream);
        }
    }

    /// Puts a sentence behind the text: as many of its words as there is room for, and one at least.
    fn sentence(&mut self, stream: &mut Stream) {
        let blank = self.blank();
        let (words, start) = (4 + stream.below(9), self.text.len());
        for at in 0..words {
            let word = self.word(stream);
            if at == 0 {
                self.push(word);
                if word.0.is_ascii() {
                    self.text[start..=start].make_ascii_uppercase();
                }
            } else if blank.1 + word.1 < self.room() {
                self.push(blank);
                self.push(word);
            }
        }
        self.push((self.language.grammar.sentence.1, 1));
    }
}
