//! `define`: the model as data; and what the compiler is told of its columns.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
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
    let together = model.together.iter().map(|Together { fields, .. }| {
        let names = fields.iter().filter_map(|name| Some(column_name(model, model.field(name)?)));
        quote!(_seed::Vec::push(&mut #table.unique, _seed::vec![#(#names),*]);)
    });
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
        let column = column(model, field);
        quote!(_seed::Vec::push(&mut #table.columns, #column);)
    });
    quote! {
        fn define() -> _seed::TableDef {
            let mut #table = _seed::TableDef::new(#name);
            #key
            #count
            #locale
            #table.primary_key = _seed::vec![#(#primary_key),*];
            #(#together)*
            #(#columns)*
            _seed::related(#table, Self::parents())
        }
    }
}

/// What is said of a column, and no more: the rest is as for any column.
fn column(model: &Model, field: &Field) -> TokenStream {
    let name = column_name(model, field);
    let key = field.key.as_ref().map(|key| quote!(key: #key,));
    let nullable = field.nullable.then(|| quote!(nullable: true,));
    let unique = field.unique.is_some().then(|| quote!(unique: true,));
    let null = field.null.as_ref().map(|(_, expr)| {
        let probability = float(expr);
        let null = option(Some(quote_spanned! {expr.span()=>
            ::core::convert::identity::<::core::primitive::f64>(#probability)
        }));
        quote!(null: #null,)
    });
    let makes = |kind| field.source.as_ref().is_some_and(|source| source.kind == kind);
    let custom = (makes(SourceKind::Value) || makes(SourceKind::Generator)).then(|| quote!(custom: true,));
    let after = field.after.is_some().then(|| quote!(after: true,));
    let digits = |name: &str, digits: &Option<(Ident, u64)>| {
        let (_, digits) = digits.as_ref()?;
        let (name, digits) = (Ident::new(name, Span::call_site()), option(Some(Literal::u64_unsuffixed(*digits))));
        Some(quote!(#name: #digits,))
    };
    let (precision, scale) = (digits("precision", &field.precision), digits("scale", &field.scale));
    let locale = field.locale.as_ref().map(|(_, locale)| {
        let locale = option(Some(locale_of(locale)));
        quote!(locale: #locale,)
    });
    let said = field.source.as_ref().map(|Source { name, expr, .. }| {
        let said = option(Some(said::said(name, expr)));
        quote!(said: #said,)
    });
    let path = column_path(model, field);
    let max_len = match &field.max_len {
        Some((_, max_len)) => option(Some(Literal::u64_unsuffixed(*max_len))),
        // Whether `schema.rs` has a `#[max_length]` is asked of the column itself.
        None => quote!((&_seed::LengthOf::<#path>::NEW).__length()),
    };
    quote! {
        _seed::ColumnDef {
            #key #nullable #unique #null #precision #scale #locale #said #custom #after
            max_len: #max_len,
            .._seed::ColumnDef::new(#name)
        }
    }
}

/// A locale by its name, which the compiler looks up where the user has written it.
fn locale_of(locale: &Ident) -> TokenStream {
    quote_spanned!(locale.span()=> _seed::Locale::#locale)
}

/// `impl ColumnOf<User> for users::id`: the type of a column's values.
pub(super) fn columns_of(model: &Model) -> TokenStream {
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let ident = &model.ident;
    let impls = own_columns(model).map(|field| {
        let path = column_path(model, field);
        let ty = &field.value_type;
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics _seed::ColumnOf<#ident #ty_generics> for #path #where_clause {
                type Value = #ty;
            }
        }
    });
    quote!(#(#impls)*)
}
