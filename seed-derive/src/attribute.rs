//! `#[seed(…)]` as a list of items: a name, and what stands behind it.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, Lit, LitStr, Path, Token};

use crate::context::Context;

/// `name`, `name = value` or `name(…)`.
pub(crate) struct Item {
    pub(crate) name: Ident,
    value: Value,
}

enum Value {
    None,
    Expr(Expr),
    List(TokenStream),
}

/// What bears attributes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Bearer {
    Struct,
    Field,
    Newtype,
    FieldOfNewtype,
}

impl Bearer {
    /// The attributes that it takes, in the order of the documentation.
    fn known(self) -> &'static [&'static str] {
        match self {
            Bearer::Struct => &["count", "unique", "key", "crate"],
            Bearer::Field => &[
                "references",
                "with",
                "unique",
                "null",
                "range",
                "values",
                "fake",
                "generator",
                "value",
                "after",
                "max_len",
                "skip",
                "key",
            ],
            Bearer::Newtype => &["crate"],
            Bearer::FieldOfNewtype => &[],
        }
    }
}

/// The items of all `#[seed(…)]` attributes, with those that are unknown or come twice noted.
pub(crate) fn items(context: &mut Context, attributes: &[Attribute], bearer: Bearer) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("seed")) {
        let parsed = attribute.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated);
        for item in context.ok(parsed).into_iter().flatten() {
            let name = item.name.to_string();
            if !bearer.known().contains(&name.as_str()) {
                context.error(&item.name, unknown(&name, bearer));
            } else if items.iter().any(|other| other.name == item.name) {
                context.error(&item.name, format!("`{name}` is given twice; keep one"));
            } else {
                items.push(item);
            }
        }
    }
    items
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Item> {
        // `crate` is a keyword, and the name of an attribute.
        let name = input.call(syn::ext::IdentExt::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Expr(ungrouped(&input.parse()?).clone())
        } else if input.peek(syn::token::Paren) {
            let list;
            syn::parenthesized!(list in input);
            Value::List(list.parse()?)
        } else {
            Value::None
        };
        Ok(Item { name, value })
    }
}

/// An expression without the invisible group in which `macro_rules!` passes on an `$expr:expr`.
pub(crate) fn ungrouped(mut expr: &Expr) -> &Expr {
    while let Expr::Group(group) = expr {
        expr = &group.expr;
    }
    expr
}

fn unknown(name: &str, bearer: Bearer) -> String {
    let takes = |bearer: Bearer| bearer.known().contains(&name);
    match bearer {
        Bearer::Struct if takes(Bearer::Field) => {
            return format!(
                "`{name}` is an attribute of a field, not of a struct; write it above the field that it is for"
            );
        }
        Bearer::Field if takes(Bearer::Struct) => {
            return format!("`{name}` is an attribute of a struct, not of a field; write it above the struct");
        }
        Bearer::Newtype | Bearer::FieldOfNewtype if takes(Bearer::Field) || takes(Bearer::Struct) => {
            return format!("`{name}` is an attribute of models; write it where the newtype is used");
        }
        _ => {}
    }
    match nearest(name, bearer.known()) {
        Some(nearest) => format!("unknown attribute `{name}`; did you mean `{nearest}`?"),
        None if bearer.known().is_empty() => format!("unknown attribute `{name}`; a newtype's field has none"),
        None => format!("unknown attribute `{name}`; there are `{}`", bearer.known().join("`, `")),
    }
}

/// The known name that may have been meant: by its spelling, or by what it is called elsewhere.
fn nearest<'a>(name: &str, known: &'a [&'a str]) -> Option<&'a str> {
    const ELSEWHERE: &[(&str, &[&str])] = &[
        ("after", &["not_before", "since"]),
        ("count", &["amount", "number", "rows"]),
        ("fake", &["dummy", "faker"]),
        ("max_len", &["length", "max_length", "size"]),
        ("null", &["nullable", "optional"]),
        ("range", &["between", "bounds", "max", "min"]),
        ("references", &["belongs_to", "foreign_key", "parent", "relation"]),
        ("skip", &["default", "ignore"]),
        ("value", &["constant", "expr", "with_value"]),
        ("values", &["choices", "enum", "one_of", "variants"]),
        ("with", &["children", "each", "per_parent"]),
    ];
    let meant = ELSEWHERE.iter().find(|(_, names)| names.contains(&name)).map(|(meant, _)| *meant);
    if let Some(meant) = meant.and_then(|meant| known.iter().find(|known| **known == meant)) {
        return Some(meant);
    }
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

impl Item {
    /// `name`, and nothing behind it.
    pub(crate) fn flag(self) -> syn::Result<()> {
        match self.value {
            Value::None => Ok(()),
            Value::Expr(value) => {
                Err(syn::Error::new_spanned(value, format!("`{}` stands alone; leave out the value", self.name)))
            }
            Value::List(list) => Err(syn::Error::new_spanned(
                or(list, &self.name),
                format!("`{0}` stands alone here; write `{0}`", self.name),
            )),
        }
    }

    /// `name = expression`.
    pub(crate) fn expr(self, example: &str) -> syn::Result<Expr> {
        match self.value {
            Value::Expr(value) => Ok(value),
            Value::None | Value::List(_) => Err(self.expected("`=` and a value", example)),
        }
    }

    /// `name = a::path`.
    pub(crate) fn path(self, what: &str, example: &str) -> syn::Result<Path> {
        match self.value {
            Value::Expr(Expr::Path(path)) if path.qself.is_none() => Ok(path.path),
            _ => Err(self.expected(what, example)),
        }
    }

    /// `name = "text"`.
    pub(crate) fn text(self, example: &str) -> syn::Result<LitStr> {
        match self.value {
            Value::Expr(Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. })) => Ok(text),
            _ => Err(self.expected("text", example)),
        }
    }

    /// `name = 12`.
    pub(crate) fn integer(self, example: &str) -> syn::Result<u64> {
        let number = match &self.value {
            Value::Expr(Expr::Lit(syn::ExprLit { lit: Lit::Int(number), .. })) => number.base10_parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| self.expected("a whole number", example))
    }

    fn expected(self, what: &str, example: &str) -> syn::Error {
        let message = format!("expected {what}, as in `{example}`");
        match self.value {
            Value::None => syn::Error::new_spanned(&self.name, message),
            Value::Expr(value) => syn::Error::new_spanned(value, message),
            Value::List(list) => syn::Error::new_spanned(or(list, &self.name), message),
        }
    }
}

/// What stands between parentheses, or the name before them where nothing does.
fn or(list: TokenStream, name: &Ident) -> TokenStream {
    if list.is_empty() { quote::quote!(#name) } else { list }
}
