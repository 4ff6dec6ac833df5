//! `Load<DB>`: each cell of a row, through the user's own `ToSql`. Bounds say for which backends, so
//! the derive names none.

use proc_macro2::TokenStream;
use quote::quote;
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
            predicates.push(syn::parse_quote!(__DB: _seed::HasSqlType<_seed::SqlTypeOf<#path>>));
            predicates.push(syn::parse_quote!(#ty: _seed::ToSql<_seed::SqlTypeOf<#path>, __DB>));
        }
    }
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty) = (Index::from(at), &field.ty);
        if field.embed {
            quote!(<#ty as _seed::Load<__DB>>::write(&row.#at, cells)?;)
        } else {
            let path = column_path(model, field);
            quote!(cells.cell::<_seed::SqlTypeOf<#path>, #ty>(&row.#at)?;)
        }
    });
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #impl_generics _seed::Load<__DB> for #ident #ty_generics #where_clause {
            fn table<'__b>(mut out: _seed::AstPass<'_, '__b, __DB>) -> _seed::QueryResult<()> {
                _seed::QueryFragment::<__DB>::walk_ast(&#table::table, out)
            }

            fn write<'__b, __W: _seed::CellWriter<'__b, __DB>>(
                row: &'__b Self::Row,
                cells: &mut __W,
            ) -> _seed::QueryResult<()> {
                #(#cells)*
                ::core::result::Result::Ok(())
            }
        }
    }
}
