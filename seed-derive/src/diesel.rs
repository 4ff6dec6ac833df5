//! What Diesel's own attributes say: `#[diesel(…)]`. Whatever is not needed here is passed over,
//! and judged by Diesel's derives.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Token, Type, TypePath};

use crate::context::Context;

/// `#[diesel(…)]` on a struct.
#[derive(Default)]
pub(crate) struct StructAttributes {
    pub(crate) table_name: Option<Path>,
    pub(crate) primary_key: Option<Vec<Ident>>,
    pub(crate) belongs_to: Vec<BelongsTo>,
}

/// `belongs_to(User, foreign_key = author_id)`.
pub(crate) struct BelongsTo {
    pub(crate) parent: TypePath,
    pub(crate) foreign_key: Option<Ident>,
}

/// `#[diesel(…)]` on a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) column_name: Option<Ident>,
    pub(crate) embed: bool,
    pub(crate) serialize_as: Option<Type>,
    /// The attribute for which Diesel inserts no such column.
    pub(crate) no_insertion: Option<Ident>,
}

impl StructAttributes {
    pub(crate) fn read(context: &mut Context, attributes: &[Attribute]) -> StructAttributes {
        let mut read = StructAttributes::default();
        for Entry { name, rest } in entries(context, attributes) {
            match name.to_string().as_str() {
                // A struct for inserts into several tables is a model of the first.
                "table_name" if read.table_name.is_none() => {
                    read.table_name = context.ok(after_equals(Path::parse_mod_style).parse2(rest));
                }
                "primary_key" => {
                    let idents = |input: ParseStream<'_>| {
                        let list;
                        syn::parenthesized!(list in input);
                        Punctuated::<Ident, Token![,]>::parse_terminated(&list)
                    };
                    read.primary_key = context.ok(idents.parse2(rest)).map(|idents| idents.into_iter().collect());
                }
                "belongs_to" => read.belongs_to.extend(context.ok(syn::parse2(rest))),
                _ => {}
            }
        }
        read
    }
}

impl FieldAttributes {
    pub(crate) fn read(context: &mut Context, attributes: &[Attribute]) -> FieldAttributes {
        let mut read = FieldAttributes::default();
        for Entry { name, rest } in entries(context, attributes) {
            match name.to_string().as_str() {
                "column_name" => read.column_name = context.ok(after_equals(column_name).parse2(rest)),
                "embed" => read.embed = true,
                "serialize_as" => read.serialize_as = context.ok(after_equals(Type::parse).parse2(rest)),
                "select_expression" | "skip_insertion" => read.no_insertion = Some(name),
                _ => {}
            }
        }
        read
    }
}

impl Parse for BelongsTo {
    fn parse(input: ParseStream<'_>) -> syn::Result<BelongsTo> {
        let list;
        syn::parenthesized!(list in input);
        let parent = list.parse()?;
        let mut foreign_key = None;
        while !list.is_empty() {
            list.parse::<Token![,]>()?;
            if list.is_empty() {
                break;
            }
            let name: Ident = list.parse()?;
            list.parse::<Token![=]>()?;
            let value: Ident = list.parse()?;
            if name == "foreign_key" {
                foreign_key = Some(value);
            }
        }
        Ok(BelongsTo { parent, foreign_key })
    }
}

/// A name and all tokens up to the next comma.
struct Entry {
    name: Ident,
    rest: TokenStream,
}

fn entries(context: &mut Context, attributes: &[Attribute]) -> Vec<Entry> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("diesel"))
        .filter_map(|attribute| context.ok(attribute.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated)))
        .flatten()
        .collect()
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Entry> {
        let name = input.call(Ident::parse_any)?;
        let mut rest = TokenStream::new();
        // A comma between angle brackets belongs to a type, as in `serialize_as = Pair<A, B>`.
        let mut depth = 0_i32;
        while !input.is_empty() && (depth > 0 || !input.peek(Token![,])) {
            let token: TokenTree = input.parse()?;
            if let TokenTree::Punct(punct) = &token {
                depth += match punct.as_char() {
                    '<' => 1,
                    '>' => -1,
                    _ => 0,
                };
            }
            rest.extend([token]);
        }
        Ok(Entry { name, rest })
    }
}

fn after_equals<T>(parse: fn(ParseStream<'_>) -> syn::Result<T>) -> impl Fn(ParseStream<'_>) -> syn::Result<T> {
    move |input| {
        input.parse::<Token![=]>()?;
        parse(input)
    }
}

/// A column's name, bare or as text. Diesel takes a keyword as it stands: `column_name = "type"`.
fn column_name(input: ParseStream<'_>) -> syn::Result<Ident> {
    if !input.peek(LitStr) {
        return input.parse();
    }
    let text: LitStr = input.parse()?;
    let mut name: Ident = syn::parse_str(&text.value())
        .or_else(|_| syn::parse_str(&format!("r#{}", text.value())))
        .map_err(|_| syn::Error::new(text.span(), "expected the column's name in `schema.rs`"))?;
    name.set_span(text.span());
    Ok(name)
}
