//! How it is written down: `#[derive(Seedable)]`.
//!
//! The derive transcribes. It reads the attributes into a model, judges the model, and writes data
//! and calls; what they do lives in `seed-core` and `seed-diesel`. Its documentation stands on its
//! re-export, `seed_diesel::Seedable`.

#![forbid(unsafe_code)]

mod attribute;
mod check;
mod composite;
mod context;
mod depend;
mod diesel;
mod expand;
mod field;
mod mentions;
mod model;
mod newtype;
mod relation;
mod said;
#[cfg(test)]
mod tests;
mod value;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use crate::context::Context;
use crate::model::Model;
use crate::newtype::Newtype;
use crate::variants::Enum;

/// See `seed_diesel::Seedable`.
#[proc_macro_derive(Seedable, attributes(seed, diesel))]
pub fn derive_seedable(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    match syn::parse::<DeriveInput>(input) {
        Ok(input) => seedable(&input).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

// Each stage reports all of its mistakes. What has one is left bare: later stages pass it over, and
// its traits are implemented all the same, so that one mistake gives one message.
fn seedable(input: &DeriveInput) -> TokenStream {
    let mut context = Context::default();
    let code = match &input.data {
        Data::Enum(data) => Some(Enum::read(&mut context, input, data).expand()),
        Data::Struct(data) => match newtype::field_of(data) {
            Some(field) => Some(Newtype::read(&mut context, input, field).expand()),
            None => Model::read(&mut context, input, data).map(|mut model| {
                check::model(&mut context, &mut model);
                expand::model(&model)
            }),
        },
        Data::Union(data) => {
            context.error(data.union_token, "a model is a struct with named fields, one for each column");
            None
        }
    };
    let mistakes = context.into_compile_error();
    quote!(#mistakes #code)
}
