//! `impl Value`: what the derive writes for a type of one column, a newtype or an enum.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Generics, Path};

// Expands to:
//
//     const _: () = {
//         use ::seed_diesel::__private as _seed;
//         impl _seed::Value for UserId {
//             const KIND: _seed::Kind = …;
//             fn infer(__hint: &_seed::Hint<'_>) -> _seed::BoxGenerator<Self> { … }
//             …                                                                            (more, of a newtype)
//         }
//     };
pub(crate) fn implement(
    input: &DeriveInput,
    krate: &Path,
    generics: &Generics,
    kind: &TokenStream,
    generator: &TokenStream,
    more: &TokenStream,
) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[allow(deprecated, unused_qualifications)]
        const _: () = {
            use #krate::__private as _seed;

            #[automatically_derived]
            impl #impl_generics _seed::Value for #ident #ty_generics #where_clause {
                const KIND: _seed::Kind = #kind;

                fn infer(__hint: &_seed::Hint<'_>) -> _seed::BoxGenerator<Self> {
                    #generator
                }

                #more
            }
        };
    }
}
