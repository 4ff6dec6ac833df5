//! From a model to code: data and calls, and nothing that could be a function elsewhere.

mod columns;
mod define;
mod load;
mod reads;
mod relations;
mod rows;
mod seeder;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Generics, Token, Type, WherePredicate};

pub(crate) use self::columns::float;
use crate::field::Field;
use crate::model::Model;

// Expands to:
//
//     const _: () = {
//         use ::seed_diesel::__private as _seed;
//         impl _seed::Seedable for User { … }
//         impl<DB> _seed::Load<DB> for User where … { … }
//         impl _seed::ColumnOf<User> for users::id { type Value = i32; … }    (a column)
//         impl<P> _seed::ChildOf<Session, P> for sessions::user_id { … }      (a relation)
//         impl _seed::References<Session> for sessions::user_id { … }         (a relation)
//         pub struct __UserSeeder(…);
//     };
pub(crate) fn model(model: &Model) -> TokenStream {
    if model.fields.is_empty() {
        // A struct without a field; that has been reported.
        return TokenStream::new();
    }
    let krate = &model.krate;
    let seedable = seedable(model);
    let load = load::load(model);
    let columns = define::columns_of(model);
    let relations = relations::children(model);
    let reads = reads::references(model);
    let seeder = seeder::seeder(model);
    quote! {
        #[allow(
            deprecated, missing_docs, non_camel_case_types, non_snake_case, private_interfaces, unreachable_code,
            unreachable_pub, unused_imports, unused_qualifications, unused_variables, clippy::all, clippy::pedantic
        )]
        const _: () = {
            use #krate::__private as _seed;
            use _seed::{
                FitsAnyLength as _, FitsLength as _, LengthLimit as _, NoLengthLimit as _, ShowAny as _, ShowDebug as _,
                ShowDisplay as _,
            };

            #seedable
            #load
            #columns
            #relations
            #reads
            #seeder
        };
    }
}

fn seedable(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let table = &model.table;
    let name = model.table_name();
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let seeder = seeder::name_of(model);
    let column_types = filled(model).map(|field| {
        let (ty, value_type) = (&field.ty, &field.value_type);
        if field.embed {
            quote!(<#ty as _seed::Seedable>::Columns)
        } else {
            quote!(_seed::Arc<_seed::Column<#value_type>>)
        }
    });
    let row_types = filled(model).map(|field| {
        let (ty, (stored, _)) = (&field.ty, field.stored());
        if field.embed { quote!(<#ty as _seed::Seedable>::Row) } else { quote!(#stored) }
    });
    let define = define::define(model);
    let parents = relations::parents(model);
    let columns = columns::columns(model);
    let row = rows::row(model);
    let show = rows::show(model);
    let serial = rows::serial(model);
    let made = rows::made(model);
    quote! {
        #[automatically_derived]
        impl #impl_generics _seed::Seedable for #ident #ty_generics #where_clause {
            type Model = Self;
            type Table = #table::table;
            type Columns = (#(#column_types,)*);
            type Row = (#(#row_types,)*);
            type Seeder = #seeder #ty_generics;

            const TABLE: &'static ::core::primitive::str = #name;

            #define
            #parents
            #columns
            #row
            #show
            #serial
            #made

            #[inline]
            fn loaders() -> _seed::PerConnection {
                _seed::per_connection!(Self, __loader)
            }

            #[inline]
            fn readers() -> _seed::PerConnection {
                _seed::per_connection!(Self, __reader)
            }
        }
    }
}

/// The fields that fill columns, in order: their positions are those in the tuples.
fn filled(model: &Model) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| field.skip.is_none())
}

/// The fields that fill a column of their own.
fn own_columns(model: &Model) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| field.is_column())
}

/// The column's path: `users::id`.
fn column_path(model: &Model, field: &Field) -> TokenStream {
    let (table, column) = (&model.table, &field.column);
    quote!(#table::#column)
}

/// The column's name in SQL, which `schema.rs` knows.
fn column_name(model: &Model, field: &Field) -> TokenStream {
    let path = column_path(model, field);
    quote!(<#path as _seed::DieselColumn>::NAME)
}

/// A variable of the generated code that no expression of the user's can see. Its name is not one
/// that may be in scope: a variable cannot shadow the structs of `use users::dsl::*`.
fn local(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::mixed_site())
}

/// Tokens for which the compiler underlines others.
fn spanned(tokens: TokenStream, span: Span) -> TokenStream {
    let spanned = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(spanned).collect()
}

/// The model's generics, with what its impls need of them.
fn generics_of(model: &Model) -> Generics {
    let mut generics = model.generics.clone();
    if generics.params.is_empty() {
        return generics;
    }
    // A default is no part of an impl.
    for parameter in generics.type_params_mut() {
        parameter.eq_token = None;
        parameter.default = None;
    }
    let (ident, types) = (&model.ident, model.generics.split_for_impl().1.to_token_stream());
    let mut predicates: Punctuated<WherePredicate, Token![,]> = Punctuated::new();
    predicates.push(syn::parse_quote!(#ident #types: 'static));
    for field in own_columns(model) {
        let ty = &field.value_type;
        if mentions_a_parameter(ty, &model.generics) {
            predicates.push(syn::parse_quote!(#ty: _seed::Value + ::core::clone::Clone));
        }
    }
    generics.make_where_clause().predicates.extend(predicates);
    generics
}

fn mentions_a_parameter(ty: &Type, generics: &Generics) -> bool {
    fn any(tokens: TokenStream, is_parameter: &impl Fn(&Ident) -> bool) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => is_parameter(&ident),
            TokenTree::Group(group) => any(group.stream(), is_parameter),
            _ => false,
        })
    }
    any(ty.to_token_stream(), &|ident| generics.type_params().any(|parameter| parameter.ident == *ident))
}

/// The name of a column's variable.
fn variable(field: &Field) -> Ident {
    local(&format!("column_{}", crate::model::ident_text(&field.ident)))
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
