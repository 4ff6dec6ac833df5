//! `#[seed(…)]` as a list of items: a name, and what stands behind it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, LitInt, LitStr, Path, Token};

use crate::context::Context;

/// `name`, `name = value` or `name(…)`.
pub(crate) struct Item {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    None,
    Expr(Expr),
    List(TokenStream),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Item> {
        // `crate` is a keyword, and the name of an attribute.
        let name = input.call(syn::ext::IdentExt::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Value::Expr(input.parse()?)
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

/// The items of all `#[seed(…)]` attributes, with those that are unknown or come twice noted.
pub(crate) fn items(context: &mut Context, attributes: &[Attribute], known: &[&str], elsewhere: &[&str]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("seed")) {
        let parsed = attribute.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated);
        for item in context.ok(parsed).into_iter().flatten() {
            let name = item.name.to_string();
            if !known.contains(&name.as_str()) {
                context.error(&item.name, unknown(&name, known, elsewhere));
            } else if items.iter().any(|other| other.name == item.name) {
                context.error(&item.name, format!("`{name}` is given twice; keep one"));
            } else {
                items.push(item);
            }
        }
    }
    items
}

fn unknown(name: &str, known: &[&str], elsewhere: &[&str]) -> String {
    if elsewhere.contains(&name) {
        let place = if known.contains(&"references") { "struct" } else { "field" };
        return format!("`{name}` is an attribute of a {place}, not of a {}", if place == "struct" { "field" } else { "struct" });
    }
    let nearest = known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= name.len().div_ceil(2).min(4))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((_, nearest)) => format!("unknown attribute `{name}`; did you mean `{nearest}`?"),
        None => format!("unknown attribute `{name}`; there are `{}`", known.join("`, `")),
    }
}

impl Item {
    /// `name`, and nothing behind it.
    pub(crate) fn flag(self) -> syn::Result<Ident> {
        match self.value {
            Value::None => Ok(self.name),
            Value::Expr(value) => Err(syn::Error::new_spanned(
                value,
                format!("`{}` stands alone; leave out the value", self.name),
            )),
            Value::List(list) => Err(syn::Error::new_spanned(
                list,
                format!("`{0}` stands alone here; write `{0}`", self.name),
            )),
        }
    }

    /// `name = expression`.
    pub(crate) fn expr(self, example: &str) -> syn::Result<Expr> {
        match self.value {
            Value::Expr(value) => Ok(value),
            Value::None | Value::List(_) => Err(self.expected(example)),
        }
    }

    /// `name = a::path`.
    pub(crate) fn path(self, example: &str) -> syn::Result<Path> {
        match self.value {
            Value::Expr(Expr::Path(path)) if path.qself.is_none() => Ok(path.path),
            _ => Err(self.expected(example)),
        }
    }

    /// `name = "text"`.
    pub(crate) fn text(self, example: &str) -> syn::Result<LitStr> {
        match self.value {
            Value::Expr(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) => Ok(text),
            _ => Err(self.expected(example)),
        }
    }

    /// `name = 12`.
    pub(crate) fn integer(self, example: &str) -> syn::Result<LitInt> {
        match self.value {
            Value::Expr(Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }))
                if number.base10_parse::<u64>().is_ok() =>
            {
                Ok(number)
            }
            _ => Err(self.expected(example)),
        }
    }

    fn expected(&self, example: &str) -> syn::Error {
        let message = format!("expected `{example}`");
        match &self.value {
            Value::None => syn::Error::new_spanned(&self.name, message),
            Value::Expr(value) => syn::Error::new_spanned(value, message),
            Value::List(list) if list.is_empty() => syn::Error::new_spanned(&self.name, message),
            Value::List(list) => syn::Error::new_spanned(list.to_token_stream(), message),
        }
    }
}
