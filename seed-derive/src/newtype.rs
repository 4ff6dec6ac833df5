//! A newtype: a struct with one unnamed field, whose values are those of the field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Path, Type};

use crate::attribute::{self, Bearer};
use crate::context::Context;
use crate::model::default_crate;

pub(crate) struct Newtype<'a> {
    input: &'a DeriveInput,
    inner: &'a Type,
    krate: Path,
}

/// Whether the input is a newtype rather than a model.
pub(crate) fn is_newtype(input: &DeriveInput) -> bool {
    unnamed_field(input).is_some()
}

pub(crate) fn read<'a>(context: &mut Context, input: &'a DeriveInput) -> Option<Newtype<'a>> {
    let field = unnamed_field(input)?;
    let mut krate = default_crate();
    for item in attribute::items(context, &input.attrs, Bearer::Newtype) {
        krate = context.ok(item.path("a path", "crate = path::to::seed_diesel")).unwrap_or(krate);
    }
    attribute::items(context, &field.attrs, Bearer::FieldOfNewtype);
    Some(Newtype { input, inner: &field.ty, krate })
}

fn unnamed_field(input: &DeriveInput) -> Option<&syn::Field> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            _ => None,
        },
        Data::Enum(_) | Data::Union(_) => None,
    }
}

impl Newtype<'_> {
    // Expands to:
    //
    //     impl _seed::Value for UserId {
    //         const KIND: _seed::Kind = <String as _seed::Value<_>>::KIND;
    //         fn infer(__hint: &_seed::Hint<'_>) -> _seed::BoxGenerator<Self> { … Map::new(…, UserId) … }
    //     }
    pub(crate) fn expand(&self) -> TokenStream {
        let Newtype { input, inner, krate } = self;
        let ident = &input.ident;
        let mut generics = input.generics.clone();
        if !generics.params.is_empty() {
            let predicates = &mut generics.make_where_clause().predicates;
            predicates.push(syn::parse_quote!(#inner: _seed::Value));
            predicates.push(syn::parse_quote!(Self: ::core::marker::Send + ::core::marker::Sync + 'static));
        }
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        let value = quote_spanned!(inner.span()=> <#inner as _seed::Value<_>>);
        quote! {
            #[allow(deprecated, unused_qualifications)]
            const _: () = {
                use #krate::__private as _seed;

                #[automatically_derived]
                impl #impl_generics _seed::Value for #ident #ty_generics #where_clause {
                    const KIND: _seed::Kind = #value::KIND;

                    fn infer(__hint: &_seed::Hint<'_>) -> _seed::BoxGenerator<Self> {
                        _seed::newtype(#value::infer(__hint), #ident)
                    }
                }
            };
        }
    }
}
