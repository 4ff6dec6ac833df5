//! An enum without fields, whose values are its variants.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Expr, Path, Variant};

use crate::attribute::{self, Bearer};
use crate::check::literals;
use crate::context::Context;
use crate::expand::float;
use crate::model::default_crate;
use crate::value;

pub(crate) struct Enum<'a> {
    input: &'a DeriveInput,
    variants: Vec<Weighed<'a>>,
    krate: Path,
}

/// A variant, and how often it comes beside the others.
struct Weighed<'a> {
    variant: &'a Variant,
    weight: Option<Expr>,
}

impl<'a> Enum<'a> {
    /// Reads an enum; with a mistake, it is left without variants.
    pub(crate) fn read(context: &mut Context, input: &'a DeriveInput, data: &'a DataEnum) -> Enum<'a> {
        let mut read = Enum { input, variants: Vec::new(), krate: default_crate() };
        for item in attribute::items(context, &input.attrs, Bearer::Enum) {
            read.krate = context.ok(item.krate()).unwrap_or(read.krate);
        }
        let found = context.finds_any(|context| {
            for variant in &data.variants {
                let mut weight = None;
                for item in attribute::items(context, &variant.attrs, Bearer::Variant) {
                    weight = context.ok(item.expr("weight = 0.7"));
                }
                read.variants.push(Weighed { variant, weight });
            }
            read.check(context);
        });
        if found {
            read.variants.clear();
        }
        read
    }

    fn check(&self, context: &mut Context) {
        let ident = &self.input.ident;
        for Weighed { variant, weight } in &self.variants {
            if !variant.fields.is_empty() {
                context.error(
                    variant,
                    format!(
                        "`{ident}::{}` has fields, and an enum can only be derived where no variant has any; leave out the \
                         fields, or leave out the derive and say how the values are made: `#[seed(generator = expr)]` or \
                         `#[seed(value = expr)]` where the enum is used, or `impl Value for {ident}`",
                        variant.ident
                    ),
                );
            }
            if let Some(weight) = weight {
                literals::check_weight(context, weight);
            }
        }
        if self.variants.is_empty() {
            context.error(ident, format!("`{ident}` has no variant, and so no value; give it at least one"));
        } else if self.variants.iter().all(Weighed::is_left_out) {
            context.error(ident, format!("all variants of `{ident}` weigh 0; give at least one a weight above 0"));
        }
    }

    // What makes the values:
    //
    //     const __WEIGHTS: &[f64] = &[1.0, 0.7];
    //     _seed::variants(|__index| match __index { 0 => Self::Guest {}, _ => Self::Admin {} }, __WEIGHTS)
    pub(crate) fn expand(&self) -> TokenStream {
        let Enum { input, variants, krate } = self;
        // Whether a variant is written `Guest`, `Guest()` or `Guest {}`: the last is an expression of all three.
        let arms = variants.iter().enumerate().map(|(at, Weighed { variant, .. })| {
            let (at, ident) = (at as u64, &variant.ident);
            let pattern = if at + 1 == variants.len() as u64 { quote!(_) } else { quote!(#at) };
            quote!(#pattern => Self::#ident {},)
        });
        let weights = variants.iter().map(|Weighed { weight, .. }| weight.as_ref().map_or_else(|| quote!(1.0), float));
        let generator = if variants.is_empty() {
            quote!(::core::unreachable!())
        } else {
            quote! {
                const __WEIGHTS: &[::core::primitive::f64] = &[#(#weights),*];
                _seed::variants(|__index| match __index { #(#arms)* }, __WEIGHTS)
            }
        };
        value::implement(input, krate, &input.generics, &quote!(_seed::Kind::Enum), &generator, &TokenStream::new())
    }
}

impl Weighed<'_> {
    /// Whether it is written out that the variant is never made.
    fn is_left_out(&self) -> bool {
        self.weight.as_ref().and_then(literals::number) == Some(0.0)
    }
}
