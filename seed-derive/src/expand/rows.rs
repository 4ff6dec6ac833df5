//! What is done with rows: made, shown, read back.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Index;

use super::{column_path, filled};
use crate::field::Field;
use crate::model::Model;

pub(super) fn row(model: &Model) -> TokenStream {
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty, value) = (Index::from(at), &field.ty, value_of(field));
        if field.embed {
            return quote!(<#ty as _seed::Seedable>::row(&__columns.#at, __row));
        }
        let cell = quote!(_seed::Column::#value(&__columns.#at, __row));
        match &field.stored_as {
            Some(stored) => quote!(::core::convert::Into::<#stored>::into(#cell)),
            None => cell,
        }
    });
    quote! {
        #[inline]
        fn row(__columns: &Self::Columns, __row: ::core::primitive::u64) -> Self::Row {
            (#(#cells,)*)
        }
    }
}

pub(super) fn show(model: &Model) -> TokenStream {
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty, (_, nullable)) = (Index::from(at), &field.ty, field.stored());
        if field.embed {
            quote!(::core::iter::Extend::extend(&mut __cells, <#ty as _seed::Seedable>::show(&__row.#at));)
        } else if nullable {
            quote! {
                _seed::Vec::push(&mut __cells, match &__row.#at {
                    ::core::option::Option::Some(__value) => (&&&_seed::Show(__value)).__show(),
                    ::core::option::Option::None => _seed::null(),
                });
            }
        } else {
            quote!(_seed::Vec::push(&mut __cells, (&&&_seed::Show(&__row.#at)).__show());)
        }
    });
    quote! {
        #[inline]
        fn show(__row: &Self::Row) -> _seed::Vec<_seed::String> {
            let mut __cells = _seed::Vec::new();
            #(#cells)*
            __cells
        }
    }
}

pub(super) fn serial(model: &Model) -> TokenStream {
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty) = (Index::from(at), &field.ty);
        if field.embed {
            quote!(::core::iter::Extend::extend(&mut __serial, <#ty as _seed::Seedable>::serial(&__columns.#at));)
        } else {
            quote!(_seed::Vec::push(&mut __serial, _seed::Column::is_serial(&__columns.#at));)
        }
    });
    quote! {
        #[inline]
        fn serial(__columns: &Self::Columns) -> _seed::Vec<::core::primitive::bool> {
            let mut __serial = _seed::Vec::new();
            #(#cells)*
            __serial
        }
    }
}

/// Rows that are in the database, column by column: what their children may refer to.
pub(super) fn made(model: &Model) -> TokenStream {
    let columns = filled(model).map(|field| {
        let (ident, ty) = (&field.ident, &field.ty);
        if field.embed {
            return quote!(<#ty as _seed::Seedable>::made(&_seed::Embedded(__rows, |__row| &__row.#ident), __made););
        }
        let path = column_path(model, field);
        quote!(_seed::made::<#path, Self>(__made, __rows);)
    });
    quote! {
        #[inline]
        fn made(__rows: &dyn _seed::Held<Self>, __made: &mut _seed::MadeRows) {
            #(#columns)*
        }
    }
}

/// The method of a column that gives the field's type.
pub(super) fn value_of(field: &Field) -> Ident {
    if field.nullable { format_ident!("nullable") } else { format_ident!("value") }
}
