//! Tokens as one line of text, spaced as one would write them: what a plan shows of an attribute.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The most characters that a plan shows.
const MOST: usize = 60;

/// `range = 60..=7_200`: a name and what stands behind it.
pub(crate) fn said(name: &impl ToTokens, expr: &impl ToTokens) -> String {
    let text = format!("{} = {}", tidy(name.to_token_stream()), tidy(expr.to_token_stream()));
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

/// Tokens as text, without the spaces that no one writes.
///
/// It knows tokens, not grammar: `a < b` is told from `A<B>` by the capital, or by the `::` before it.
pub(crate) fn tidy(tokens: TokenStream) -> String {
    let mut line = Line::default();
    line.tokens(tokens);
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
    last: Last,
    /// How many `<` are open that hold types.
    angles: usize,
    /// Whether the parameters of a closure are open.
    bars: bool,
}

/// What stands before the next token, as far as spaces depend on it.
#[derive(Default, Clone, Copy, PartialEq)]
enum Last {
    /// Nothing, or what opens: an expression begins here.
    #[default]
    Start,
    /// What holds on to the next token: `.`, `::`, a sign.
    Prefix,
    /// A word or a literal; whether it begins with a capital, as types do.
    Word { capital: bool },
    /// A word behind which an expression begins: `return`, `match`.
    Keyword,
    /// What closes: a bracket, `?`.
    Closed,
    /// The `!` of a macro.
    Bang,
    /// `::`, behind which a `<` holds types.
    Colons,
    /// What stands between two operands: an operator, a comma.
    Infix,
}

impl Line {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Punct(punct) => {
                    let mut text = String::from(punct.as_char());
                    let mut spacing = punct.spacing();
                    while let (Spacing::Joint, Some(TokenTree::Punct(next))) = (spacing, tokens.peek()) {
                        if !is_one(&text, next.as_char()) {
                            break;
                        }
                        text.push(next.as_char());
                        spacing = next.spacing();
                        tokens.next();
                    }
                    self.punct(&text);
                }
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, stream: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if stream.is_empty() => ("{", "}"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => return self.tokens(stream),
        };
        let is_spaced = match self.last {
            Last::Start | Last::Prefix | Last::Colons => false,
            Last::Infix | Last::Keyword => true,
            Last::Word { .. } | Last::Closed | Last::Bang => delimiter == Delimiter::Brace,
        };
        self.space(is_spaced);
        self.text.push_str(open);
        self.last = Last::Start;
        let (angles, bars) = (std::mem::take(&mut self.angles), std::mem::take(&mut self.bars));
        self.tokens(stream);
        (self.angles, self.bars) = (angles, bars);
        self.text.push_str(close);
        self.last = Last::Closed;
    }

    fn word(&mut self, word: &str) {
        const KEYWORDS: &[&str] = &["as", "else", "for", "if", "in", "let", "match", "move", "mut", "return", "while"];
        self.space(!matches!(self.last, Last::Start | Last::Prefix | Last::Colons));
        self.text.push_str(word);
        self.last = if KEYWORDS.contains(&word) {
            Last::Keyword
        } else {
            Last::Word { capital: word.starts_with(char::is_uppercase) }
        };
    }

    fn punct(&mut self, punct: &str) {
        // Whether an operand stands before it, so that it can be an operator between two.
        let is_behind = matches!(self.last, Last::Word { .. } | Last::Closed);
        let (is_spaced, last) = match punct {
            "," | ";" => (false, Last::Infix),
            "." | ".." | "..=" => (!is_behind && self.last != Last::Start, Last::Prefix),
            "::" => (!is_behind && self.wants_space(), Last::Colons),
            ":" => (false, Last::Infix),
            "?" => (false, Last::Closed),
            "!" if is_behind => (false, Last::Bang),
            "<" if !is_behind || self.last == (Last::Word { capital: true }) => {
                self.angles += 1;
                (self.wants_space(), Last::Start)
            }
            ">" if self.angles > 0 => {
                self.angles -= 1;
                (false, Last::Closed)
            }
            "|" if self.bars => {
                self.bars = false;
                (false, Last::Infix)
            }
            "|" if !is_behind => {
                self.bars = true;
                (self.wants_space(), Last::Prefix)
            }
            "||" if !is_behind => (self.wants_space(), Last::Infix),
            "!" | "-" | "*" | "&" | "&&" | "#" | "'" | "$" if !is_behind => (self.wants_space(), Last::Prefix),
            _ => (true, Last::Infix),
        };
        self.space(is_spaced);
        self.text.push_str(punct);
        self.last = last;
    }

    /// Whether an expression that begins here stands apart from what is before it.
    fn wants_space(&self) -> bool {
        matches!(self.last, Last::Infix | Last::Keyword)
    }

    fn space(&mut self, is_spaced: bool) {
        if is_spaced && !self.text.is_empty() {
            self.text.push(' ');
        }
    }
}

/// Whether one more character makes one operator of it.
fn is_one(text: &str, next: char) -> bool {
    const LONG: &[&str] =
        &["::", "..", "..=", "=>", "->", "==", "!=", "<=", ">=", "&&", "||", "<<", "+=", "-=", "*=", "/=", "%="];
    LONG.iter().any(|long| long.strip_prefix(text).is_some_and(|rest| rest.starts_with(next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_spaced_as_one_writes_it() {
        for written in [
            "60..=7_200",
            "-90.0..=90.0",
            "..",
            "\"1960-01-01\"..=\"2007-12-31\"",
            "[\"a\", \"b\"]",
            "[(\"a\", 0.7), (\"b\", 0.3)]",
            "FirstName(FR_FR)",
            "values([vec![Some(1), None], vec![]])",
            "int::<i32>(1..=6)",
            "Vec::<Option<u8>>::new()",
            "<Vec<u8> as Into<Box<[u8]>>>::into(bytes)",
            "format!(\"{first_name} {last_name}\").to_lowercase()",
            "row as i64 * 2 - 1",
            "-(row as i32) + !1 / *size",
            "a < b && b >= c || !d",
            "names.iter().map(|name| name.len() + 1)",
            "move |a: &str, b| a == b",
            "|| 1",
            "if row == 0 { None } else { Some(&mut -1) }",
            "match id { 0 => \"a\", n if n > 5 => \"b\", _ => \"c\" }",
            "{ let x = nick?; Point { x, y: &x, ..base } }",
            "&LEVELS[1..]",
            "crate::names::NAMES",
            "::std::string::String::new()",
            "r#type.r#fn()",
            "'a'",
            "Unit {}",
            "a | b << 2",
            "[0; 16]",
        ] {
            let tokens: TokenStream = written.parse().expect("tokens");
            assert_eq!(tidy(tokens), written);
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let name = quote::quote!(value);
        let text =
            said(&name, &quote::quote!(format!("{first_name} {last_name} of {city} in {country}, since {year}")));
        assert_eq!(text, "value = format!(\"{first_name} {last_name} of {city} in {cou…");
        assert_eq!(text.chars().count(), MOST);
        assert_eq!(said(&name, &quote::quote!(row * 10)), "value = row * 10");
    }
}
