//! `#[seed(…)]` as a list of items: a name, and what stands behind it.

mod known;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, Lit, LitBool, LitStr, Path, Token};

use self::known::unknown;
pub(crate) use self::known::{Bearer, nearest_of};
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

/// The items of all `#[seed(…)]` attributes, with those that are unknown or come twice noted.
pub(crate) fn items(context: &mut Context, attributes: &[Attribute], bearer: Bearer) -> Vec<Item> {
    let seed = attributes.iter().filter(|attribute| attribute.path().is_ident("seed"));
    let parsed = seed.filter_map(|attribute| context.ok(attribute.parse_args_with(Item::several)));
    let all: Vec<Item> = parsed.flatten().collect();
    each_known_once(context, all, bearer)
}

/// The items that the bearer takes, without those that come twice: the others are noted.
pub(crate) fn each_known_once(context: &mut Context, all: Vec<Item>, bearer: Bearer) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for item in all {
        let name = item.name.to_string();
        if !bearer.known().contains(&name.as_str()) {
            context.error(&item.name, unknown(&name, bearer));
        } else if items.iter().any(|other| other.name == item.name) && !bearer.repeats(&name) {
            context.error(&item.name, format!("`{name}` is given twice; keep one"));
        } else {
            items.push(item);
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

impl Item {
    fn several(input: ParseStream<'_>) -> syn::Result<Punctuated<Item, Token![,]>> {
        Punctuated::parse_terminated(input)
    }

    /// Whether it is `name(…)`.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

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

    /// `name(a, b)`.
    pub(crate) fn idents(self, example: &str) -> syn::Result<Vec<Ident>> {
        let idents = match &self.value {
            Value::List(list) => {
                let idents = Punctuated::<Ident, Token![,]>::parse_terminated.parse2(list.clone()).ok();
                idents.filter(|idents| !idents.is_empty())
            }
            Value::None | Value::Expr(_) => None,
        };
        idents.map(|idents| idents.into_iter().collect()).ok_or_else(|| self.expected("names of fields", example))
    }

    /// `name(a = 1, b = c)`: what stands between the parentheses.
    pub(crate) fn parts(self, what: &str, example: &str) -> syn::Result<Vec<Item>> {
        match self.value {
            Value::List(list) if !list.is_empty() => Ok(Item::several.parse2(list)?.into_iter().collect()),
            _ => Err(self.expected(what, example)),
        }
    }

    /// As [`parts`](Self::parts), with those that are unknown or come twice noted. Without any, `name` stands alone.
    pub(crate) fn options(self, context: &mut Context, bearer: Bearer, example: &str) -> syn::Result<Vec<Item>> {
        match self.value {
            Value::None => Ok(Vec::new()),
            _ => Ok(each_known_once(context, self.parts("options in parentheses", example)?, bearer)),
        }
    }

    /// `locale = FR_FR`.
    pub(crate) fn locale(self) -> syn::Result<Ident> {
        match &self.value {
            Value::Expr(Expr::Path(path)) if path.qself.is_none() && path.path.get_ident().is_some() => {
                Ok(path.path.segments[0].ident.clone())
            }
            _ => Err(self.expected("the name of a locale and nothing more", "locale = FR_FR")),
        }
    }

    /// `crate = path::to::seed_diesel`.
    pub(crate) fn krate(self) -> syn::Result<Path> {
        self.path("a path", "crate = path::to::seed_diesel")
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

    /// `name = true` or `name = false`.
    pub(crate) fn boolean(self, example: &str) -> syn::Result<LitBool> {
        match self.value {
            Value::Expr(Expr::Lit(syn::ExprLit { lit: Lit::Bool(boolean), .. })) => Ok(boolean),
            _ => Err(self.expected("`true` or `false`", example)),
        }
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
