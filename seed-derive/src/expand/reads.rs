//! What is read along a relation: which column a foreign key references, how many children share a
//! parent, and whether a child may lack one.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::relations::relation_ends;
use super::{column_path, generics_of, own_columns};
use crate::field::Field;
use crate::model::Model;

// Expands to, for each relation:
//
//     impl References<Session> for sessions::user_id {
//         type Column = users::id;
//         type Children<T> = Vec<T>;   (`Option<T>`, where the foreign key is unique)
//         type Parent<T> = T;          (`Option<T>`, where it may be NULL)
//     }
pub(super) fn references(model: &Model) -> TokenStream {
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let ident = &model.ident;
    let impls = own_columns(model).filter_map(|field| {
        let relation = field.relation.as_ref()?;
        let path = column_path(model, field);
        let column = match (&relation.column, &relation.model) {
            (Some(column), _) => quote!(#column),
            (None, parent) => {
                let begin = relation_ends(relation).0;
                quote_spanned!(begin=> <<#parent as _seed::Seedable>::Table as _seed::Table>::PrimaryKey)
            }
        };
        let children =
            if is_unique(model, field) { quote!(::core::option::Option<__Child>) } else { quote!(_seed::Vec<__Child>) };
        let parent = if field.nullable { quote!(::core::option::Option<__Parent>) } else { quote!(__Parent) };
        Some(quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics _seed::References<#ident #ty_generics> for #path #where_clause {
                type Column = #column;
                type Children<__Child> = #children;
                type Parent<__Parent> = #parent;
            }
        })
    });
    quote!(#(#impls)*)
}

fn is_unique(model: &Model, field: &Field) -> bool {
    field.unique.is_some() || model.primary_key == [field.column.clone()]
}
