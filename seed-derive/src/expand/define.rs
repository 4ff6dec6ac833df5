//! `define`: the model as data; and what the compiler is told of its columns and relations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, ExprArray, ExprTuple};

use super::{column_name, column_path, filled, generics_of, own_columns};
use crate::field::{Field, Relation};
use crate::model::{Model, ident_text};

pub(super) fn define(model: &Model) -> TokenStream {
    let name = model.table_name();
    let key = model.key.as_ref().map_or_else(|| quote!(#name), |key| quote!(#key));
    let count = option(model.count.as_ref().map(|(_, count)| quote!(#count)));
    let primary_key = model.primary_key.iter().map(|column| {
        let field = own_columns(model).find(|field| field.column == *column);
        let text = ident_text(column);
        field.map_or_else(|| quote!(#text), |field| column_name(model, field))
    });
    let columns = filled(model).map(|field| {
        let ty = &field.ty;
        if field.embed {
            return quote!(table.embed(<#ty as _seed::Seedable>::define()););
        }
        let column = column(model, field);
        quote!(table.columns.push(#column);)
    });
    quote! {
        fn define() -> _seed::TableDef {
            let mut table = _seed::TableDef {
                name: #name,
                key: #key,
                count: #count,
                columns: _seed::Vec::new(),
                primary_key: _seed::vec![#(#primary_key),*],
            };
            #(#columns)*
            table
        }
    }
}

fn column(model: &Model, field: &Field) -> TokenStream {
    let name = column_name(model, field);
    let key = field.key.as_ref().map_or_else(|| name.clone(), |key| quote!(#key));
    let nullable = field.nullable;
    let unique = field.unique.is_some();
    let null = option(field.null.as_ref().map(|(_, expr)| quote!(#expr)));
    let custom = field.source.as_ref().is_some_and(|source| source.is("value") || source.is("generator"));
    let after = field.after.is_some();
    let path = column_path(model, field);
    let max_len = match &field.max_len {
        Some(max_len) => option(Some(quote!(#max_len))),
        // Whether `schema.rs` has a `#[max_length]` is asked of the column itself.
        None => quote!((&_seed::LengthOf::<#path>::NEW).length()),
    };
    let relation = option(field.relation.as_ref().map(|relation| {
        let parent = parent_column(relation);
        let value_type = &field.value_type;
        let with = option(field.with.as_ref().map(|(_, expr)| with(expr)));
        quote!({
            let (parent, parent_column) = _seed::parent::<#path, #parent, #value_type, _>();
            _seed::RelationDef { parent, parent_column, with: #with }
        })
    }));
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
            relation: #relation,
        }
    }
}

/// `3`, `1..=5`, or a list of weights and those.
fn with(expr: &Expr) -> TokenStream {
    let Expr::Array(ExprArray { elems, .. }) = expr else {
        return quote!(<_seed::With as ::core::convert::From<_>>::from(#expr));
    };
    let shares = elems.iter().map(|share| match share {
        Expr::Tuple(ExprTuple { elems, .. }) if elems.len() == 2 => {
            let (weight, children) = (&elems[0], &elems[1]);
            quote!(_seed::Share::new(#weight, #children))
        }
        other => quote!(_seed::Share::new(#other)),
    });
    quote!(_seed::With::weighted([#(#shares),*]))
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
            impl #impl_generics _seed::ColumnOf<#ident #ty_generics> for #path #where_clause {
                type Value = #ty;
            }
        }
    });
    quote!(#(#impls)*)
}

/// `impl ChildOf<users::table, Session> for sessions::user_id`: what `with` counts.
pub(super) fn relations_of(model: &Model) -> TokenStream {
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let ident = &model.ident;
    let impls = own_columns(model).filter_map(|field| {
        let relation = field.relation.as_ref()?;
        let path = column_path(model, field);
        let parent = parent_column(relation);
        let shape = if model.is_self_reference(relation) { quote!(SelfReference) } else { quote!(BetweenTables) };
        Some(quote! {
            #[automatically_derived]
            impl #impl_generics _seed::ChildOf<<#parent as _seed::DieselColumn>::Table, #ident #ty_generics>
                for #path #where_clause
            {
                type Shape = _seed::#shape;
            }
        })
    });
    quote!(#(#impls)*)
}

/// How the parents that a fixture needs are made.
pub(super) fn parents(model: &Model) -> TokenStream {
    let parents = filled(model).filter_map(|field| {
        let ty = &field.ty;
        if field.embed {
            return Some(quote!(parents.extend(<#ty as _seed::Seedable>::parents());));
        }
        let (path, value_type) = (column_path(model, field), &field.value_type);
        let parent = parent_column(field.relation.as_ref()?);
        Some(quote!(parents.push(_seed::Parent::of::<#path, #parent, #value_type, _>());))
    });
    quote! {
        fn parents() -> _seed::Vec<_seed::Parent> {
            let mut parents = _seed::Vec::new();
            #(#parents)*
            parents
        }
    }
}

/// The referenced column.
fn parent_column(relation: &Relation) -> TokenStream {
    match relation {
        Relation::Column(path) => quote!(#path),
        Relation::Model(model) => {
            quote!(<<#model as _seed::Seedable>::Table as _seed::Table>::PrimaryKey)
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
