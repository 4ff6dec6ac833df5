//! A newtype: a struct with one unnamed field, whose values are those of the field.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Path, Type};

use crate::attribute;
use crate::context::Context;
use crate::model::default_crate;

pub(crate) struct Newtype<'a> {
    input: &'a DeriveInput,
    inner: &'a Type,
    krate: Path,
}

/// Whether the input is a newtype rather than a model.
pub(crate) fn is_newtype(input: &DeriveInput) -> bool {
    matches!(&input.data, Data::Struct(data) if matches!(&data.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1))
}

pub(crate) fn read(input: &DeriveInput) -> syn::Result<Newtype<'_>> {
    let mut context = Context::default();
    let mut krate = default_crate();
    for item in attribute::items(&mut context, &input.attrs, &["crate"], &[]) {
        krate = context.ok(item.path("crate = path::to::seed_diesel")).unwrap_or(krate);
    }
    let Data::Struct(data) = &input.data else {
        return Err(syn::Error::new_spanned(&input.ident, "a newtype is a struct with one unnamed field"));
    };
    let Some(field) = data.fields.iter().next() else {
        return Err(syn::Error::new_spanned(&input.ident, "a newtype is a struct with one unnamed field"));
    };
    attribute::items(&mut context, &field.attrs, &[], &[]);
    context.finish(Newtype { input, inner: &field.ty, krate })
}

impl Newtype<'_> {
    // Expands to:
    //
    //     impl _seed::Value for UserId {
    //         const KIND: _seed::Kind = <String as _seed::Value>::KIND;
    //         fn infer(hint: &_seed::Hint<'_>) -> _seed::BoxGenerator<Self> { … Map::new(…, UserId) … }
    //     }
    pub(crate) fn expand(&self) -> TokenStream {
        let Newtype { input, inner, krate } = self;
        let ident = &input.ident;
        let mut generics = input.generics.clone();
        if !generics.params.is_empty() {
            generics.make_where_clause().predicates.push(syn::parse_quote!(#inner: _seed::Value));
            generics.make_where_clause().predicates.push(syn::parse_quote!(
                Self: ::core::marker::Send + ::core::marker::Sync + 'static
            ));
        }
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        quote! {
            const _: () = {
                use #krate::__private as _seed;

                #[automatically_derived]
                impl #impl_generics _seed::Value for #ident #ty_generics #where_clause {
                    const KIND: _seed::Kind = <#inner as _seed::Value>::KIND;

                    fn infer(hint: &_seed::Hint<'_>) -> _seed::BoxGenerator<Self> {
                        _seed::newtype(<#inner as _seed::Value>::infer(hint), #ident)
                    }
                }
            };
        }
    }
}
