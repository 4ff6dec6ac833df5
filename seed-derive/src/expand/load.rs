//! `Load<DB>`: each cell of a row, through the user's own `ToSql`. Bounds say for which backends, so
//! the derive names none.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{GenericParam, Index};

use super::{column_path, filled, generics_of};
use crate::model::Model;

pub(super) fn load(model: &Model) -> TokenStream {
    let (ident, table) = (&model.ident, &model.table);
    let model_generics = generics_of(model);
    let (_, ty_generics, _) = model_generics.split_for_impl();
    let mut generics = model_generics.clone();
    let backend: GenericParam = syn::parse_quote!(__DB: _seed::Backend);
    generics.params.push(backend);
    let predicates = &mut generics.make_where_clause().predicates;
    predicates.push(syn::parse_quote!(#table::table: _seed::QueryFragment<__DB>));
    for field in filled(model) {
        let ty = &field.ty;
        if field.embed {
            predicates.push(syn::parse_quote!(#ty: _seed::Load<__DB>));
        } else {
            let path = column_path(model, field);
            let (stored, _) = field.stored();
            predicates.push(syn::parse_quote!(#stored: _seed::StoredIn<#path, __DB>));
        }
    }
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty) = (Index::from(at), &field.ty);
        if field.embed {
            quote!(<#ty as _seed::Load<__DB>>::write(&__row.#at, __cells)?;)
        } else {
            let (path, (stored, _)) = (column_path(model, field), field.stored());
            quote!(<#stored as _seed::StoredIn<#path, __DB>>::write(&__row.#at, __cells)?;)
        }
    });
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    // The compiler shows the impl to those whose fields do not fit: it stands at the model's name.
    let (load, end) = (quote_spanned!(ident.span()=> _seed::Load<), quote_spanned!(ident.span()=> >));
    quote! {
        impl #impl_generics #load __DB #end for #ident #ty_generics #where_clause {
            fn table<'__b>(__out: _seed::AstPass<'_, '__b, __DB>) -> _seed::QueryResult<()> {
                _seed::QueryFragment::<__DB>::walk_ast(&#table::table, __out)
            }

            fn write<'__b, __W: _seed::CellWriter<'__b, __DB>>(
                __row: &'__b Self::Row,
                __cells: &mut __W,
            ) -> _seed::QueryResult<()> {
                #(#cells)*
                ::core::result::Result::Ok(())
            }
        }
    }
}
