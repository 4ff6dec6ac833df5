//! Relations: what they reference, and the words for those who take them the wrong way round.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprArray};

use super::columns::float;
use super::{column_path, filled, generics_of, local, option, own_columns, spanned};
use crate::check::literals;
use crate::composite::Composite;
use crate::field::Field;
use crate::model::{Model, ident_text};
use crate::relation::{Choice, Relation, Tree};

/// What the relations reference, told one by one.
pub(super) fn parents(model: &Model) -> TokenStream {
    let relations = local("relations");
    let single = filled(model).filter_map(|field| {
        let ty = &field.ty;
        if field.embed {
            return Some(quote!(<#ty as _seed::Seedable>::parents(#relations);));
        }
        let relation = field.relation.as_ref()?;
        Some(parent(model, field, relation, &relation_def(&field.choice)))
    });
    let composites = model.composites.iter().filter_map(|one| composite(model, one));
    quote! {
        #[inline]
        fn parents<__R: _seed::Relations>(#relations: &mut __R) {
            #(#single)*
            #(#composites)*
        }
    }
}

/// A call that tells of a relation, with its first column.
fn parent(model: &Model, field: &Field, relation: &Relation, def: &TokenStream) -> TokenStream {
    let (relations, of) = (local("relations"), local("of"));
    let (path, value_type) = (column_path(model, field), &field.value_type);
    let ends = relation_ends(relation);
    let parent = match (&relation.column, &relation.model) {
        (Some(column), _) => quote!(#column),
        (None, model) => quote_spanned!(ends.0=> <<#model as _seed::Seedable>::Table as _seed::Table>::PrimaryKey),
    };
    let (parent_of, end) = (quote_spanned!(ends.0=> _seed::parent::<), quote_spanned!(ends.1=> >));
    let parent_model = model_of(relation);
    quote! {
        let #of = #parent_of #path, #parent, #value_type, #parent_model, __R #end;
        #of(#relations, #def);
    }
}

// Expands to:
//
//     let mut __relation: _seed::Told<__R> = …;
//     let __and = _seed::pair::<lines::order_id, orders::id, i32, _, orders::tenant_id, __R>;
//     __and(&mut __relation);
//     let __of = _seed::parent::<lines::tenant_id, orders::tenant_id, i32, _, __R>;
//     __of(__relations, __relation);
fn composite(model: &Model, composite: &Composite) -> Option<TokenStream> {
    let (relation, and) = (local("relation"), local("and"));
    let pairs = composite.pairs.iter().filter_map(|pair| Some((model.field(&pair.field)?, &pair.relation)));
    let pairs: Vec<_> = pairs.filter(|_| !composite.mistaken).collect();
    let (&(first, first_relation), further) = pairs.split_first()?;
    let def = relation_def(&composite.choice);
    let first_column = &first_relation.column;
    let further = further.iter().map(|(field, relation_of)| {
        let (path, column, value_type) = (column_path(model, field), &relation_of.column, &field.value_type);
        let (ends, parent_model) = (relation_ends(relation_of), model_of(relation_of));
        let (pair, end) = (quote_spanned!(ends.0=> _seed::pair::<), quote_spanned!(ends.1=> >));
        quote! {
            let #and = #pair #path, #column, #value_type, #parent_model, #first_column, __R #end;
            #and(&mut #relation);
        }
    });
    let parent = parent(model, first, first_relation, &quote!(#relation));
    Some(quote! {
        let mut #relation: _seed::Told<__R> = #def;
        #(#further)*
        #parent
    })
}

/// The parent's model, or what lets the compiler find it.
fn model_of(relation: &Relation) -> TokenStream {
    relation.model.as_ref().map_or_else(|| quote!(_), ToTokens::to_token_stream)
}

/// What is said of a relation beside its columns.
fn relation_def(choice: &Choice) -> TokenStream {
    let with = choice.with.as_ref().map(|(_, expr)| with(expr));
    let zipf = choice.zipf.as_ref().map(|(_, expr)| typed(&quote!(f64), &float(expr), expr));
    let tree = choice.tree.as_ref().map(tree);
    let agree = choice.agree.as_ref().map(|(_, agree)| quote!(#agree));
    let said =
        [("with", with), ("zipf", zipf), ("tree", tree), ("agree", agree)].into_iter().filter_map(|(name, value)| {
            let (name, value) = (Ident::new(name, Span::call_site()), option(Some(value?)));
            Some(quote!(#name: #value,))
        });
    let said: Vec<TokenStream> = said.collect();
    if said.is_empty() {
        return quote!(::core::default::Default::default());
    }
    quote!(::core::convert::Into::into(_seed::RelationDef { #(#said)* ..::core::default::Default::default() }))
}

/// `tree(roots = 0.1, branching = 4)`, which is also what `tree` alone is; or `tree(depth = 5, branching = 4)`.
fn tree(tree: &Tree) -> TokenStream {
    let integer = |expr: &Expr| typed(&quote!(u64), &quote!(#expr), expr);
    if let Some((_, depth)) = &tree.depth {
        let depth = integer(depth);
        let branching = tree.branching.as_ref().map_or_else(|| quote!(4), |(_, branching)| integer(branching));
        return quote!(_seed::Tree::Depth { depth: #depth, branching: #branching });
    }
    let roots = tree.roots.as_ref().map_or_else(|| quote!(0.1), |(_, roots)| typed(&quote!(f64), &float(roots), roots));
    let branching = tree.branching.as_ref().map_or_else(|| quote!(_seed::with(4)), |(_, branching)| with(branching));
    quote!(_seed::Tree::Roots { roots: #roots, branching: #branching })
}

/// A number as the user writes it, of a type that the compiler asks for there.
fn typed(ty: &TokenStream, value: &TokenStream, written: &Expr) -> TokenStream {
    quote_spanned!(written.span()=> ::core::convert::identity::<::core::primitive::#ty>(#value))
}

/// `3`, `1..=5`, or a list of weights and those.
fn with(expr: &Expr) -> TokenStream {
    let Expr::Array(ExprArray { elems, .. }) = expr else {
        return quote_spanned!(expr.span()=> _seed::with(#expr));
    };
    let shares = elems.iter().filter_map(literals::pair).map(|(weight, children)| {
        let weight = float(weight);
        quote_spanned!(children.span()=> _seed::Share::new(#weight, #children))
    });
    quote!(_seed::With::weighted([#(#shares),*]))
}

// Expands to, for each relation:
//
//     #[diagnostic::on_unimplemented(message = "`sessions::user_id` has no reference to `{Self}`", …)]
//     pub trait __user_id_references<M> {}
//     impl __user_id_references<Session> for <users::id as Column>::Table {}
//     impl<T: __user_id_references<Session>> ChildOf<Session, T> for sessions::user_id {}
//
// The trait is there for its words: they are about the table that `with` is asked of.
pub(super) fn children(model: &Model) -> TokenStream {
    let model_generics = generics_of(model);
    let (model_impl_generics, ty_generics, model_where_clause) = model_generics.split_for_impl();
    let ident = &model.ident;
    let impls = own_columns(model).filter_map(|field| {
        let relation = model.relation(field)?;
        let name = format_ident!("__{}_references", ident_text(&field.ident));
        let words = words(model, field, relation);
        let ends = relation_ends(relation);
        let path = spanned(column_path(model, field), ends.0);
        let table = match (&relation.column, &relation.model) {
            (Some(column), _) => quote!(<#column as _seed::DieselColumn>::Table),
            (None, parent) => quote_spanned!(ends.0=> <#parent as _seed::Seedable>::Table),
        };
        let parent = (!model.is_self_reference(relation)).then(|| {
            quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl #model_impl_generics #name<#ident #ty_generics> for #table #model_where_clause {}
            }
        });
        let mut generics = model_generics.clone();
        generics.params.push(syn::parse_quote!(__Parent: #name<#ident #ty_generics>));
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        // The compiler shows the impl to those who break it: it stands at the user's tokens.
        let (child_of, end) = (quote_spanned!(ends.0=> _seed::ChildOf<), quote_spanned!(ends.1=> >));
        Some(quote! {
            #words
            pub trait #name<__Model> {}
            #parent
            impl #impl_generics #child_of #ident #ty_generics, __Parent #end for #path #where_clause {}
        })
    });
    quote!(#(#impls)*)
}

/// What is said to those who count the children of another table.
fn words(model: &Model, field: &Field, relation: &Relation) -> TokenStream {
    let (table, parent) = (model.table_name(), relation.parent_name());
    if model.is_self_reference(relation) {
        let message = format!(
            "`{table}` references itself: a row has one parent, so `with` cannot count children, nor `zipf` choose among all rows"
        );
        return quote! {
            #[diagnostic::on_unimplemented(
                message = #message,
                label = "a self reference",
                note = "leave it out: each row takes an earlier row as its parent, or none; `#[seed(tree(branching = 4))]` on the \
                        foreign key says how many children rows have"
            )]
        };
    }
    let column = format!("{table}::{}", ident_text(&field.column));
    let place = match &relation.model {
        Some(_) => format!("in `refine::<{}>(|t| t.with({column}, 3))`", relation.model_name()),
        None => format!("where the model of `{parent}` is refined: `refine::<…>(|t| t.with({column}, 3))`"),
    };
    let message = format!("`{column}` has no reference to `{{Self}}`");
    let label = format!("references `{parent}`");
    let note = format!("a relation points from child to parent, here from `{table}` to `{parent}`; write it {place}");
    quote!(#[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)])
}

/// Where begins and ends what the user has written for a relation.
pub(super) fn relation_ends(relation: &Relation) -> (Span, Span) {
    match &relation.column {
        Some(column) => ends(column),
        None => ends(&relation.model),
    }
}

/// The spans of the first and the last of the tokens: a span of both is not to be had.
fn ends(tokens: &impl ToTokens) -> (Span, Span) {
    let mut tokens = tokens.to_token_stream().into_iter();
    let first = tokens.next().map_or_else(Span::call_site, |token| token.span());
    (first, tokens.last().map_or(first, |token| token.span()))
}
