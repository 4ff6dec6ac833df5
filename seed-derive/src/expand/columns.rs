//! `columns`: one call of the builder for each field; and what is done with their rows.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprArray, Index};

use super::{column_name, dependencies, filled, own_columns, variable};
use crate::field::Field;
use crate::model::Model;

pub(super) fn columns(model: &Model) -> TokenStream {
    let drawn = filled(model).filter(|field| field.computed().is_none()).map(|field| {
        let variable = variable(field);
        let made = column(model, field);
        quote!(let #variable = #made;)
    });
    let computed = in_order(model).into_iter().map(|field| {
        let variable = variable(field);
        let made = compute(model, field);
        quote!(let #variable = #made;)
    });
    let afters = own_columns(model).filter_map(|field| after(model, field));
    let variables = filled(model).map(variable);
    quote! {
        fn columns(build: &mut _seed::Builder<'_>) -> Self::Columns {
            #(#drawn)*
            #(#computed)*
            #(#afters)*
            (#(#variables,)*)
        }
    }
}

fn column(model: &Model, field: &Field) -> TokenStream {
    let (ty, value_type) = (&field.ty, &field.value_type);
    if field.embed {
        return quote!(<#ty as _seed::Seedable>::columns(build));
    }
    let name = column_name(model, field);
    if field.relation.is_some() && field.source.is_none() {
        return quote!(build.refer::<#value_type>(#name));
    }
    let Some(source) = &field.source else {
        return quote!(build.infer::<#value_type>(#name));
    };
    let expr = &source.expr;
    match source.name.to_string().as_str() {
        "range" => quote_spanned!(expr.span()=> build.draw(#name, _seed::range::<#value_type>(#expr))),
        "values" => {
            let values = if is_weighted(expr) { quote!(weighted) } else { quote!(values) };
            quote_spanned!(expr.span()=> build.draw(#name, _seed::#values::<#value_type, _>(#expr)))
        }
        "fake" => quote! {
            build.draw_fitted::<#value_type>(#name, _seed::fake({
                use _seed::fakers::*;
                use _seed::locales::*;
                #expr
            }))
        },
        _ => quote!(build.draw::<#value_type>(#name, #expr)),
    }
}

/// A list of pairs of a value and a weight.
fn is_weighted(expr: &Expr) -> bool {
    matches!(expr, Expr::Array(ExprArray { elems, .. })
        if !elems.is_empty() && elems.iter().all(|pair| matches!(pair, Expr::Tuple(pair) if pair.elems.len() == 2)))
}

fn compute(model: &Model, field: &Field) -> TokenStream {
    let Some(expr) = field.computed() else { return TokenStream::new() };
    let name = column_name(model, field);
    let (ty, value_type) = (&field.ty, &field.value_type);
    let needed = dependencies(model, field);
    let captures = needed.iter().map(|other| {
        let variable = variable(other);
        quote!(let #variable = _seed::Arc::clone(&#variable);)
    });
    let values = needed.iter().map(|other| {
        let (variable, ident, ty, value) = (variable(other), &other.ident, &other.ty, value_of(other));
        quote!(let #ident: #ty = #variable.#value(row);)
    });
    let some = if field.nullable { quote!(value) } else { quote!(::core::option::Option::Some(value)) };
    quote!({
        #(#captures)*
        build.compute::<#value_type>(#name, move |row: ::core::primitive::u64| {
            let value: #ty = {
                #(#values)*
                #expr
            };
            #some
        })
    })
}

/// The computed fields, each behind those it depends on.
fn in_order(model: &Model) -> Vec<&Field> {
    fn visit<'a>(model: &'a Model, field: &'a Field, order: &mut Vec<&'a Field>) {
        if field.computed().is_none() || order.iter().any(|seen| seen.ident == field.ident) {
            return;
        }
        for needed in dependencies(model, field).into_iter().filter(|needed| needed.ident != field.ident) {
            visit(model, needed, order);
        }
        order.push(field);
    }
    let mut order = Vec::new();
    own_columns(model).for_each(|field| visit(model, field, &mut order));
    order
}

fn after(model: &Model, field: &Field) -> Option<TokenStream> {
    let (_, path) = field.after.as_ref()?;
    let variable = variable(field);
    if let Some(earlier) = path.get_ident().and_then(|ident| model.field(ident)) {
        let earlier = self::variable(earlier);
        return Some(quote_spanned!(path.span()=> build.after(&#variable, &#earlier);));
    }
    let name = column_name(model, field);
    let value_type = &field.value_type;
    Some(quote! {
        let (parent, parent_column) = _seed::column_of_type::<#path, #value_type, _>();
        build.after_parent(#name, &#variable, parent, parent_column);
    })
}

pub(super) fn row(model: &Model) -> TokenStream {
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty, value) = (Index::from(at), &field.ty, value_of(field));
        if field.embed { quote!(<#ty as _seed::Seedable>::row(&columns.#at, row)) } else { quote!(columns.#at.#value(row)) }
    });
    quote! {
        fn row(columns: &Self::Columns, row: ::core::primitive::u64) -> Self::Row {
            (#(#cells,)*)
        }
    }
}

pub(super) fn show(model: &Model) -> TokenStream {
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty) = (Index::from(at), &field.ty);
        if field.embed {
            quote!(cells.extend(<#ty as _seed::Seedable>::show(&row.#at));)
        } else if field.nullable {
            quote! {
                cells.push(match &row.#at {
                    ::core::option::Option::Some(value) => (&&&_seed::Show(value)).show(),
                    ::core::option::Option::None => _seed::String::from("NULL"),
                });
            }
        } else {
            quote!(cells.push((&&&_seed::Show(&row.#at)).show());)
        }
    });
    quote! {
        fn show(row: &Self::Row) -> _seed::Vec<_seed::String> {
            let mut cells = _seed::Vec::new();
            #(#cells)*
            cells
        }
    }
}

pub(super) fn serial(model: &Model) -> TokenStream {
    let cells = filled(model).enumerate().map(|(at, field)| {
        let (at, ty) = (Index::from(at), &field.ty);
        if field.embed {
            quote!(serial.extend(<#ty as _seed::Seedable>::serial(&columns.#at));)
        } else {
            quote!(serial.push(columns.#at.is_serial());)
        }
    });
    quote! {
        fn serial(columns: &Self::Columns) -> _seed::Vec<::core::primitive::bool> {
            let mut serial = _seed::Vec::new();
            #(#cells)*
            serial
        }
    }
}

/// Rows that are in the database, column by column: what their children may refer to.
pub(super) fn made(model: &Model) -> TokenStream {
    let columns = filled(model).map(|field| {
        let (ident, ty, value_type) = (&field.ident, &field.ty, &field.value_type);
        if field.embed {
            return quote! {
                let embedded: _seed::Vec<&#ty> = rows.iter().map(|row| &row.#ident).collect();
                <#ty as _seed::Seedable>::made(&embedded, made);
            };
        }
        let name = column_name(model, field);
        let value = quote!(::core::clone::Clone::clone(&row.#ident));
        let value = if field.nullable { value } else { quote!(::core::option::Option::Some(#value)) };
        quote!(made.column::<#value_type>(#name, rows.iter().map(|row| #value).collect());)
    });
    quote! {
        fn made(rows: &[&Self], made: &mut _seed::MadeRows) {
            #(#columns)*
        }
    }
}

fn value_of(field: &Field) -> proc_macro2::Ident {
    if field.nullable { format_ident!("nullable") } else { format_ident!("value") }
}
