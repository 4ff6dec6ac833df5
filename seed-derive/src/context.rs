//! `Context`: collects mistakes, so that all of them are reported.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Context {
    errors: Option<syn::Error>,
}

impl Context {
    /// Notes a mistake at `tokens`.
    pub(crate) fn error(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// The value of a result, or its mistake noted.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Notes the mistakes that `work` finds; whether it finds any.
    pub(crate) fn finds_any(&mut self, work: impl FnOnce(&mut Context)) -> bool {
        let mut own = Context::default();
        work(&mut own);
        own.errors.map(|errors| self.push(errors)).is_some()
    }

    /// All mistakes as code that does not compile, or nothing.
    pub(crate) fn into_compile_error(self) -> Option<TokenStream> {
        self.errors.map(syn::Error::into_compile_error)
    }

    fn push(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }
}
