//! How it is written down: `#[derive(Seedable)]`.
//!
//! The derive transcribes. It reads the attributes into a model, judges the model, and writes data
//! and calls; what they do lives in `seed-core` and `seed-diesel`. Its documentation stands on its
//! re-export, `seed_diesel::Seedable`.

#![forbid(unsafe_code)]

mod attribute;
mod check;
mod context;
mod diesel;
mod expand;
mod field;
mod model;
mod newtype;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

/// See `seed_diesel::Seedable`.
#[proc_macro_derive(Seedable, attributes(seed, diesel))]
pub fn derive_seedable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match syn::parse::<DeriveInput>(input) {
        Ok(input) => seedable(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

fn seedable(input: &DeriveInput) -> TokenStream {
    if newtype::is_newtype(input) {
        return newtype::read(input).map_or_else(syn::Error::into_compile_error, |newtype| newtype.expand());
    }
    // Each stage reports all of its mistakes together. A later stage runs only on the clean result
    // of the one before, so nothing is reported that only follows from a mistake already reported.
    let (model, read) = model::Model::read(input);
    match read.and_then(|()| check::model(&model)) {
        Ok(()) => expand::model(&model),
        Err(error) => {
            // The traits are implemented all the same, so that one mistake gives one message.
            let error = error.into_compile_error();
            let bare = expand::model(&model.bare());
            quote::quote!(#error #bare)
        }
    }
}
