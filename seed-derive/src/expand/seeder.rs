//! The seeder: one typed method for each field, so that a test says what matters to it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::{column_path, generics_of, own_columns};
use crate::field::ungrouped;
use crate::model::{Model, ident_text};

pub(super) fn name_of(model: &Model) -> Ident {
    format_ident!("__{}Seeder", ident_text(&model.ident))
}

pub(super) fn seeder(model: &Model) -> TokenStream {
    let (ident, visibility, name) = (&model.ident, &model.visibility, name_of(model));
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let methods = own_columns(model)
        // The methods that every seeder has stand above a field of the same name.
        .filter(|field| !matches!(ident_text(&field.ident).as_str(), "seed_many" | "seed_one"))
        .map(|field| {
            let (method, visibility, ty, value_type) = (&field.ident, &field.visibility, &field.ty, &field.value_type);
            let path = column_path(model, field);
            // A literal finds its type only where one type is asked for: not every field can take
            // an `Into`.
            let (argument, given) = if field.nullable {
                (quote!(impl ::core::convert::Into<#ty>), quote!(::core::convert::Into::<#ty>::into(__value)))
            } else if is_string(value_type) {
                (
                    quote!(impl ::core::convert::Into<#ty>),
                    quote!(::core::option::Option::Some(::core::convert::Into::<#ty>::into(__value))),
                )
            } else {
                (quote!(#ty), quote!(::core::option::Option::Some(__value)))
            };
            let doc = format!("Gives `{}` to every row that is made.", ident_text(&field.ident));
            quote! {
                #[doc = #doc]
                #[inline]
                #visibility fn #method(mut self, __value: #argument) -> Self {
                    _seed::Given::<#ident #ty_generics>::give::<#path>(&mut self.0, #given);
                    self
                }
            }
        });
    quote! {
        #[doc(hidden)]
        #[must_use]
        #visibility struct #name #impl_generics (_seed::Given<#ident #ty_generics>) #where_clause;

        #[automatically_derived]
        impl #impl_generics ::core::convert::From<_seed::Given<#ident #ty_generics>> for #name #ty_generics #where_clause {
            #[inline]
            fn from(__given: _seed::Given<#ident #ty_generics>) -> Self {
                Self(__given)
            }
        }

        #[automatically_derived]
        impl #impl_generics #name #ty_generics #where_clause {
            #(#methods)*

            /// Inserts so many rows, and gives them back as the database holds them.
            #visibility fn seed_many<__C: 'static>(
                self,
                __connection: &mut __C,
                __count: ::core::primitive::usize,
            ) -> ::core::result::Result<_seed::Vec<#ident #ty_generics>, _seed::Error>
            where
                #ident #ty_generics: _seed::Fixture<__C>,
            {
                _seed::Given::seed_many(self.0, __connection, __count)
            }

            /// Inserts a row, and gives it back as the database holds it.
            #visibility fn seed_one<__C: 'static>(
                self,
                __connection: &mut __C,
            ) -> ::core::result::Result<#ident #ty_generics, _seed::Error>
            where
                #ident #ty_generics: _seed::Fixture<__C>,
            {
                _seed::Given::seed_one(self.0, __connection)
            }
        }
    }
}

fn is_string(ty: &Type) -> bool {
    matches!(ungrouped(ty), Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String"))
}
