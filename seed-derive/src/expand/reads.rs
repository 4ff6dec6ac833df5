//! What is read along a relation: which columns a foreign key references, how many children share a
//! parent, and whether a child may lack one.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::relations::relation_ends;
use super::{column_path, generics_of, own_columns};
use crate::field::Field;
use crate::model::Model;
use crate::relation::Relation;

// Expands to, for each relation, at the field that names it:
//
//     impl References<Session> for sessions::user_id {
//         type Key = One<sessions::user_id, users::id>;
//         type Children<T> = Vec<T>;   (`Option<T>`, where the foreign key is unique)
//         type Parent<T> = T;          (`Option<T>`, where it may be NULL)
//     }
pub(super) fn references(model: &Model) -> TokenStream {
    let generics = generics_of(model);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let ident = &model.ident;
    let impls = own_columns(model).filter_map(|field| {
        let path = column_path(model, field);
        let pairs = pairs(model, field)?;
        let key = key(model, &pairs);
        let children = if is_unique(model, &pairs) {
            quote!(::core::option::Option<__Child>)
        } else {
            quote!(_seed::Vec<__Child>)
        };
        let parent = if pairs.iter().any(|(field, _)| field.nullable) {
            quote!(::core::option::Option<__Parent>)
        } else {
            quote!(__Parent)
        };
        Some(quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #impl_generics _seed::References<#ident #ty_generics> for #path #where_clause {
                type Key = #key;
                type Children<__Child> = #children;
                type Parent<__Parent> = #parent;
            }
        })
    });
    quote!(#(#impls)*)
}

/// The fields of the relation that a field names, each with what it references.
fn pairs<'a>(model: &'a Model, field: &'a Field) -> Option<Vec<(&'a Field, &'a Relation)>> {
    if let Some(relation) = &field.relation {
        return Some(vec![(field, relation)]);
    }
    let composite = model.composite(field).filter(|composite| !composite.mistaken)?;
    let pairs = composite.pairs.iter().map(|pair| Some((model.field(&pair.field)?, &pair.relation)));
    pairs.collect()
}

/// `One<a, b>`, `And<One<a, b>, One<c, d>>`, `And<One<a, b>, And<…>>`
fn key(model: &Model, pairs: &[(&Field, &Relation)]) -> TokenStream {
    let one = |(field, relation): &(&Field, &Relation)| {
        let path = column_path(model, field);
        let ends = relation_ends(relation);
        let column = match (&relation.column, &relation.model) {
            (Some(column), _) => quote!(#column),
            (None, parent) => {
                quote_spanned!(ends.0=> <<#parent as _seed::Seedable>::Table as _seed::Table>::PrimaryKey)
            }
        };
        // What is wrong with it is said once, where the user has written it.
        let (one, end) = (quote_spanned!(ends.0=> _seed::One<), quote_spanned!(ends.1=> >));
        quote!(#one #path, #column #end)
    };
    let ones = pairs.iter().rev().map(one);
    ones.reduce(|more, one| quote!(_seed::And<#one, #more>)).unwrap_or_default()
}

/// Whether no two children share a parent: the foreign key is unique, or what is unique lies within it.
fn is_unique(model: &Model, pairs: &[(&Field, &Relation)]) -> bool {
    let lies_within = |fields: &mut dyn Iterator<Item = Option<&Field>>| {
        let mut fields = fields.peekable();
        fields.peek().is_some()
            && fields.all(|field| field.is_some_and(|field| pairs.iter().any(|(part, _)| part.ident == field.ident)))
    };
    let column = |name: &Ident| own_columns(model).find(|field| field.column == *name);
    pairs.iter().any(|(field, _)| field.unique.is_some())
        || lies_within(&mut model.primary_key.iter().map(column))
        || model.together.iter().any(|group| lies_within(&mut group.fields.iter().map(|name| model.field(name))))
}
