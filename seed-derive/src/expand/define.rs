//! `define`: the model as data; and what the compiler is told of its columns.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::columns::float;
use super::{column_name, column_path, filled, generics_of, local, option, own_columns};
use crate::field::{Field, Source, SourceKind};
use crate::model::{Model, Together, ident_text};
use crate::said;

pub(super) fn define(model: &Model) -> TokenStream {
    let table = local("table");
    let name = model.table_name();
    let key = model.key.as_ref().map(|key| quote!(#table.key = #key;));
    let count = model.count.map(|count| {
        let count = option(Some(Literal::u64_unsuffixed(count)));
        quote!(#table.count = #count;)
    });
    let locale = model.locale.as_ref().map(|locale| {
        let locale = option(Some(locale_of(locale)));
        quote!(#table.locale = #locale;)
    });
    let names = |Together { fields, .. }: &Together| {
        let names = fields.iter().filter_map(|name| Some(column_name(model, model.field(name)?)));
        quote!(_seed::vec![#(#names),*])
    };
    let together = model.together.iter().map(names);
    let differ = model.differ.iter().map(names);
    let primary_key = model.primary_key.iter().map(|column| {
        let field = own_columns(model).find(|field| field.column == *column);
        let text = ident_text(column);
        field.map_or_else(|| quote!(#text), |field| column_name(model, field))
    });
    let columns = filled(model).map(|field| {
        let ty = &field.ty;
        if field.embed {
            return quote!(_seed::TableDef::embed(&mut #table, <#ty as _seed::Seedable>::define()););
        }
        column(model, field)
    });
    quote! {
        #[inline]
        fn define() -> _seed::TableDef {
            let mut #table = _seed::TableDef::new(#name);
            #key
            #count
            #locale
            #table.primary_key = _seed::vec![#(#primary_key),*];
            #(_seed::Vec::push(&mut #table.unique, #together);)*
            #(_seed::Vec::push(&mut #table.differ, #differ);)*
            #(#columns)*
            Self::parents(&mut #table);
            #table
        }
    }
}

/// What is said of a column, and no more: the rest is as for any column.
fn column(model: &Model, field: &Field) -> TokenStream {
    let (table, column) = (local("table"), local("column"));
    let makes = |kind| field.source.as_ref().is_some_and(|source| source.kind == kind);
    let digits = |digits: &Option<(Ident, u64)>| digits.as_ref().map(|(_, digits)| Literal::u64_unsuffixed(*digits));
    let some = |value: Option<TokenStream>| value.map(|value| option(Some(value)));
    let is = |it: bool| it.then(|| quote!(true));
    let null = field.null.as_ref().map(|(_, expr)| {
        let probability = float(expr);
        quote_spanned!(expr.span()=> ::core::convert::identity::<::core::primitive::f64>(#probability))
    });
    let said = field.source.as_ref().map(|Source { name, expr, .. }| said::said(name, expr).to_token_stream());
    let sets: [(&str, Option<TokenStream>); 10] = [
        ("key", field.key.as_ref().map(ToTokens::to_token_stream)),
        ("nullable", is(field.nullable)),
        ("unique", is(field.unique.is_some())),
        ("null", some(null)),
        ("precision", some(digits(&field.precision).map(|digits| digits.to_token_stream()))),
        ("scale", some(digits(&field.scale).map(|digits| digits.to_token_stream()))),
        ("locale", some(field.locale.as_ref().map(|(_, locale)| locale_of(locale)))),
        ("said", some(said)),
        ("custom", is(makes(SourceKind::Value) || makes(SourceKind::Generator))),
        ("after", is(field.after.is_some())),
    ];
    let sets = sets.into_iter().filter_map(|(name, value)| {
        let name = Ident::new(name, Span::call_site());
        value.map(|value| quote!(#column.#name = #value;))
    });
    let sets: Vec<TokenStream> = sets.collect();
    let (name, path) = (column_name(model, field), column_path(model, field));
    let max_len = match &field.max_len {
        Some((_, max_len)) => option(Some(Literal::u64_unsuffixed(*max_len))),
        // Whether `schema.rs` has a `#[max_length]` is asked of the column itself.
        None => quote!((&_seed::LengthOf::<#path>::NEW).__length()),
    };
    let define = quote!(_seed::define(&mut #table, #name, #max_len));
    if sets.is_empty() { quote!(#define;) } else { quote!(let #column = #define; #(#sets)*) }
}

/// A locale by its name, which the compiler looks up where the user has written it.
fn locale_of(locale: &Ident) -> TokenStream {
    quote_spanned!(locale.span()=> _seed::Locale::#locale)
}

/// `impl ColumnOf<User> for users::id`: the type of a column's values, and that of a row.
pub(super) fn columns_of(model: &Model) -> TokenStream {
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let ident = &model.ident;
    let impls = own_columns(model).map(|field| {
        let path = column_path(model, field);
        let (name, ty) = (&field.ident, &field.value_type);
        let value = if field.nullable {
            quote!(::core::option::Option::as_ref(&__row.#name))
        } else {
            option(Some(quote!(&__row.#name)))
        };
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics _seed::ColumnOf<#ident #ty_generics> for #path #where_clause {
                type Value = #ty;

                #[inline]
                fn get(__row: &#ident #ty_generics) -> ::core::option::Option<&Self::Value> {
                    #value
                }
            }
        }
    });
    quote!(#(#impls)*)
}
