//! A newtype: a struct with one unnamed field, whose values are those of the field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DataStruct, DeriveInput, Field, Fields, Path, Type};

use crate::attribute::{self, Bearer};
use crate::context::Context;
use crate::model::default_crate;
use crate::value;

pub(crate) struct Newtype<'a> {
    input: &'a DeriveInput,
    inner: &'a Type,
    krate: Path,
}

/// The field of a struct that is a newtype rather than a model.
pub(crate) fn field_of(data: &DataStruct) -> Option<&Field> {
    match &data.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
        _ => None,
    }
}

impl<'a> Newtype<'a> {
    pub(crate) fn read(context: &mut Context, input: &'a DeriveInput, field: &'a Field) -> Newtype<'a> {
        let mut krate = default_crate();
        for item in attribute::items(context, &input.attrs, Bearer::Newtype) {
            krate = context.ok(item.krate()).unwrap_or(krate);
        }
        attribute::items(context, &field.attrs, Bearer::FieldOfNewtype);
        Newtype { input, inner: &field.ty, krate }
    }

    pub(crate) fn expand(&self) -> TokenStream {
        let Newtype { input, inner, krate } = self;
        let ident = &input.ident;
        let mut generics = input.generics.clone();
        if !generics.params.is_empty() {
            let predicates = &mut generics.make_where_clause().predicates;
            predicates.push(syn::parse_quote!(#inner: _seed::Value));
            predicates.push(syn::parse_quote!(Self: ::core::marker::Send + ::core::marker::Sync + 'static));
        }
        let inner = quote_spanned!(inner.span()=> <#inner as _seed::Value<_>>);
        let generator = quote!(_seed::newtype(#inner::infer(__hint), #ident));
        let more = quote! {
            fn fit(&mut self, __max_len: ::core::primitive::usize) {
                #inner::fit(&mut self.0, __max_len);
            }

            fn raise() -> ::core::option::Option<_seed::Raise<Self>> {
                ::core::option::Option::map(#inner::raise(), |__raise| __raise.newtype(#ident, |__value| &__value.0))
            }
        };
        value::implement(input, krate, &generics, &quote!(#inner::KIND), &generator, &more)
    }
}
