//! `define`: the model as data; and what the compiler is told of its columns.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::columns::float;
use super::{column_name, column_path, filled, generics_of, local, option, own_columns};
use crate::field::{Field, SourceKind};
use crate::model::{Model, ident_text};

pub(super) fn define(model: &Model) -> TokenStream {
    let table = local("table");
    let name = model.table_name();
    let key = model.key.as_ref().map_or_else(|| quote!(#name), |key| quote!(#key));
    let count = option(model.count.map(Literal::u64_unsuffixed));
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
            let mut #table = _seed::TableDef {
                name: #name,
                key: #key,
                count: #count,
                columns: _seed::Vec::new(),
                primary_key: _seed::vec![#(#primary_key),*],
            };
            #(#columns)*
            _seed::related(#table, Self::parents())
        }
    }
}

fn column(model: &Model, field: &Field) -> TokenStream {
    let name = column_name(model, field);
    let key = field.key.as_ref().map_or_else(|| name.clone(), |key| quote!(#key));
    let nullable = field.nullable;
    let unique = field.unique.is_some();
    let null = option(field.null.as_ref().map(|(_, expr)| {
        let probability = float(expr);
        quote_spanned!(expr.span()=> ::core::convert::identity::<::core::primitive::f64>(#probability))
    }));
    let makes = |kind| field.source.as_ref().is_some_and(|source| source.kind == kind);
    let custom = makes(SourceKind::Value) || makes(SourceKind::Generator);
    let after = field.after.is_some();
    let path = column_path(model, field);
    let max_len = match &field.max_len {
        Some((_, max_len)) => option(Some(Literal::u64_unsuffixed(*max_len))),
        // Whether `schema.rs` has a `#[max_length]` is asked of the column itself.
        None => quote!((&_seed::LengthOf::<#path>::NEW).__length()),
    };
    quote! {
        _seed::ColumnDef {
            name: #name,
            key: #key,
            nullable: #nullable,
            unique: #unique,
            null: #null,
            max_len: #max_len,
            custom: #custom,
            after: #after,
            // `parents` knows it.
            relation: ::core::option::Option::None,
        }
    }
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
