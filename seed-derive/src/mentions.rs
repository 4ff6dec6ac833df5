//! Which names an expression takes from outside: what its values follow from.

use std::collections::BTreeMap;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, Ident, LitStr, Macro, Token};

use crate::model::ident_text;

/// The names that may be variables, each as it stands where it is first mentioned. Those that the
/// expression itself binds are its own, and what is called is a function.
///
/// A macro's arguments are read as expressions, and the text in them for names in braces, as in
/// `format!("{first_name}")`. Where they are no expressions, every name in them counts.
pub(crate) fn names(expr: &Expr) -> BTreeMap<String, Ident> {
    let mut names = Names::default();
    names.visit_expr(expr);
    names.found
}

#[derive(Default)]
struct Names {
    found: BTreeMap<String, Ident>,
    /// The names that are bound where the visit has come to.
    bound: Vec<String>,
}

impl Names {
    fn mention(&mut self, ident: &Ident) {
        let name = ident_text(ident);
        if !self.bound.contains(&name) {
            self.found.entry(name).or_insert_with(|| ident.clone());
        }
    }

    /// Names that are bound inside are forgotten behind.
    fn scope(&mut self, visit: impl FnOnce(&mut Self)) {
        let outside = self.bound.len();
        visit(self);
        self.bound.truncate(outside);
    }

    fn text(&mut self, text: &LitStr) {
        for name in in_braces(&text.value()) {
            // What is no name mentions nothing; the macro will say so.
            if let Ok(mut ident) = syn::parse_str::<Ident>(&name).or_else(|_| syn::parse_str(&format!("r#{name}"))) {
                ident.set_span(text.span());
                self.mention(&ident);
            }
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) if !is_part(&tokens[..at], &tokens[at + 1..]) => self.mention(ident),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.text(&LitStr::new(&text.value(), literal.span()));
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        if let (None, Some(ident)) = (&path.qself, path.path.get_ident()) {
            self.mention(ident);
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if !matches!(&*call.func, Expr::Path(_)) {
            self.visit_expr(&call.func);
        }
        call.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.bound.push(ident_text(&pattern.ident));
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        // `let name = name.trim();`: the second is the one from outside.
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            init.diverge.iter().for_each(|(_, diverge)| self.visit_expr(diverge));
        }
        self.visit_pat(&local.pat);
    }

    fn visit_expr_let(&mut self, condition: &'ast syn::ExprLet) {
        self.visit_expr(&condition.expr);
        self.visit_pat(&condition.pat);
    }

    fn visit_expr_if(&mut self, branch: &'ast syn::ExprIf) {
        self.scope(|names| {
            names.visit_expr(&branch.cond);
            names.visit_block(&branch.then_branch);
        });
        branch.else_branch.iter().for_each(|(_, otherwise)| self.visit_expr(otherwise));
    }

    fn visit_expr_for_loop(&mut self, each: &'ast syn::ExprForLoop) {
        self.visit_expr(&each.expr);
        self.scope(|names| {
            names.visit_pat(&each.pat);
            names.visit_block(&each.body);
        });
    }

    fn visit_expr_while(&mut self, each: &'ast syn::ExprWhile) {
        self.scope(|names| visit::visit_expr_while(names, each));
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        self.scope(|names| visit::visit_expr_closure(names, closure));
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.scope(|names| visit::visit_arm(names, arm));
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.scope(|names| visit::visit_block(names, block));
    }

    /// Items see nothing of what is around them.
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone());
        let Ok(arguments) = arguments else { return self.tokens(mac.tokens.clone()) };
        for argument in &arguments {
            match argument {
                // `format!("{name}", name = other)`: the first is the macro's own.
                Expr::Assign(named) => Names::visit_expr(self, &named.right),
                Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => self.text(text),
                other => Names::visit_expr(self, other),
            }
        }
    }
}

/// Whether a name is part of something: a member, a path, a call, a field of a struct.
fn is_part(before: &[TokenTree], behind: &[TokenTree]) -> bool {
    let punct = |token: Option<&TokenTree>, wanted: char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted);
    let joint = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    let is_member = match before {
        // The dots of a range are no member access.
        [.., first, last] => punct(Some(last), '.') && !(punct(Some(first), '.') && joint(first)),
        [last] => punct(Some(last), '.'),
        [] => false,
    };
    let is_in_path =
        matches!(before, [.., first, last] if punct(Some(first), ':') && joint(first) && punct(Some(last), ':'));
    let is_called = matches!(behind.first(), Some(TokenTree::Group(group)) if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
    is_member || is_in_path || is_called || punct(behind.first(), ':') || punct(behind.first(), '!')
}

/// The names that a text of `format!` mentions: `{name}`, `{name:>5}`, `{0:width$}`.
fn in_braces(text: &str) -> Vec<String> {
    let text = text.replace("{{", "").replace("}}", "");
    let is_name = |name: &&str| name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let mut names = Vec::new();
    for piece in text.split('{').skip(1) {
        let Some((inside, _)) = piece.split_once('}') else { continue };
        let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
        names.extend(Some(name.trim()).filter(is_name).map(str::to_owned));
        let sizes = format.split('$').rev().skip(1).filter_map(|size| {
            let start = size.rfind(|letter: char| !letter.is_alphanumeric() && letter != '_').map_or(0, |at| at + 1);
            size.get(start..)
        });
        names.extend(sizes.filter(is_name).map(str::to_owned));
    }
    names
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn mentioned(expr: &Expr) -> Vec<String> {
        names(expr).into_keys().collect()
    }

    #[test]
    fn variables_are_told_from_members_paths_and_functions() {
        let expr = parse_quote!(crate::path::tail(first, other.name) + &row.to_string() + slug(title).last);
        assert_eq!(mentioned(&expr), ["first", "other", "row", "title"]);
    }

    #[test]
    fn the_ends_of_a_range_are_variables() {
        assert_eq!(mentioned(&parse_quote!((0..count, start..=1))), ["count", "start"]);
        assert_eq!(mentioned(&parse_quote!(any![0..count; start])), ["count", "start"]);
    }

    #[test]
    fn names_in_the_braces_of_a_format_count() {
        let expr = parse_quote!(format!("{first} {last:>5} {0:width$.digits$} {{not}} {}", last = other, size));
        assert_eq!(mentioned(&expr), ["digits", "first", "last", "other", "size", "width"]);
        assert_eq!(mentioned(&parse_quote!("{text}".len())), [""; 0]);
        assert_eq!(mentioned(&parse_quote!(format!("{type}{r}", r = r#fn))), ["fn", "r", "type"]);
    }

    #[test]
    fn what_an_expression_binds_is_its_own() {
        assert!(mentioned(&parse_quote!(|name: &str| name.len())).is_empty());
        assert_eq!(
            mentioned(&parse_quote!({
                let name = name.trim();
                name
            })),
            ["name"]
        );
        assert_eq!(
            mentioned(&parse_quote!({
                let name = 1;
                name
            })),
            [""; 0]
        );
        assert_eq!(
            mentioned(&parse_quote!((
                {
                    let name = 1;
                    name
                },
                name
            ))),
            ["name"]
        );
        assert_eq!(
            mentioned(&parse_quote!(match kind {
                Some(name) if name > least => name,
                _ => most,
            })),
            ["kind", "least", "most"]
        );
        assert_eq!(mentioned(&parse_quote!(if let Some(a) = b { a } else { a })), ["a", "b"]);
        assert_eq!(
            mentioned(&parse_quote!({
                for a in a {
                    c(a)
                }
                while let Some(d) = e {
                    d
                }
            })),
            ["a", "e"]
        );
        assert_eq!(
            mentioned(&parse_quote!({
                fn own(name: u8) -> u8 {
                    name + other
                }
                own(1)
            })),
            [""; 0]
        );
    }

    #[test]
    fn the_fields_of_a_struct_are_no_variables() {
        assert_eq!(mentioned(&parse_quote!(Address { city: town, street })), ["street", "town"]);
        assert_eq!(mentioned(&parse_quote!(json!({ "city": town, city: other }))), ["other", "town"]);
    }
}
