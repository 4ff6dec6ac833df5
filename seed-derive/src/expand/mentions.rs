//! Which names an expression mentions.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The names that may be variables: not behind a `.` or `::`, nor before `::`; and those in braces
/// inside of text, as in `format!("{first_name}")`. A variable that the expression itself declares
/// is counted as well.
pub(super) fn idents(tokens: TokenStream) -> BTreeSet<String> {
    let mut idents = BTreeSet::new();
    collect(tokens, &mut idents);
    idents
}

fn collect(tokens: TokenStream, idents: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), idents),
            TokenTree::Ident(ident) => {
                let is_member = at > 0 && is_dot(&tokens[..at]);
                let is_in_path = at > 1 && is_colons(&tokens[at - 2..at]);
                let is_path = tokens.get(at + 1..at + 3).is_some_and(is_colons);
                if !is_member && !is_in_path && !is_path {
                    idents.insert(ident.to_string());
                }
            }
            TokenTree::Literal(literal) => idents.extend(in_braces(&literal.to_string())),
            TokenTree::Punct(_) => {}
        }
    }
}

/// Whether the tokens end in a `.` that is not the end of a `..`.
fn is_dot(tokens: &[TokenTree]) -> bool {
    let dot = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '.');
    let joint = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    match tokens {
        [.., before, last] => dot(last) && !(dot(before) && joint(before)),
        [last] => dot(last),
        [] => false,
    }
}

fn is_colons(tokens: &[TokenTree]) -> bool {
    let colon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    tokens.len() == 2 && tokens.iter().all(colon)
}

fn in_braces(literal: &str) -> Vec<String> {
    literal
        .split('{')
        .skip(1)
        .map(|rest| rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn variables_are_told_from_members_and_paths() {
        let found = idents(quote!(format!("{first} {last:>5}", last = other.name) + &row.to_string() + crate::path::tail));
        for name in ["first", "last", "other", "row"] {
            assert!(found.contains(name), "{name}");
        }
        for name in ["name", "to_string", "path", "tail"] {
            assert!(!found.contains(name), "{name}");
        }
    }

    #[test]
    fn the_end_of_a_range_is_a_variable() {
        assert!(idents(quote!(0..count)).contains("count"));
        assert!(idents(quote!(0..=count)).contains("count"));
    }
}
