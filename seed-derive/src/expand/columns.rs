//! `columns`: one call of the builder for each field.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::{column_name, column_path, filled, local, own_columns, spanned, variable};
use crate::check::literals;
use crate::depend::{self, Dependency};
use crate::field::{Field, Source, SourceKind};
use crate::mentions;
use crate::model::Model;

pub(super) fn columns(model: &Model) -> TokenStream {
    let build = local("build");
    let drawn = filled(model).filter(|field| field.computed().is_none()).map(|field| {
        let (variable, made) = (variable(field), column(model, field));
        quote!(let #variable = #made;)
    });
    let computed = depend::in_order(model).into_iter().filter_map(|field| {
        let (variable, made) = (variable(field), compute(model, field, field.computed()?));
        Some(quote!(let #variable = #made;))
    });
    let afters = own_columns(model).filter_map(|field| after(model, field));
    let variables = filled(model).map(variable);
    quote! {
        #[inline]
        fn columns(#build: &mut _seed::Builder<'_>) -> Self::Columns {
            #(#drawn)*
            #(#computed)*
            #(#afters)*
            (#(#variables,)*)
        }
    }
}

fn column(model: &Model, field: &Field) -> TokenStream {
    let build = local("build");
    let (ty, value_type) = (&field.ty, &field.value_type);
    if field.embed {
        return quote!(<#ty as _seed::Seedable>::columns(#build));
    }
    let name = column_name(model, field);
    if field.is_foreign_key() {
        return quote!(_seed::Builder::refer::<#value_type>(#build, #name));
    }
    if field.mistaken {
        return quote!(_seed::Builder::compute::<#value_type>(#build, #name, _seed::Box::new(|_| ::core::unreachable!())));
    }
    match &field.source {
        Some(source) => draw(field, source, &name),
        None => quote_spanned!(value_type.span()=> _seed::Builder::infer::<#value_type, _>(#build, #name)),
    }
}

// A call stands at the attribute's name, or where the compiler says that something is wrong with it.
fn draw(field: &Field, Source { name: attribute, kind, expr }: &Source, name: &TokenStream) -> TokenStream {
    let build = local("build");
    let value_type = &field.value_type;
    let span = attribute.span();
    let generator = match kind {
        SourceKind::Range => return quote_spanned!(span=> _seed::draw_range::<#value_type>(#build, #name, #expr)),
        SourceKind::Values => match literals::weighted(expr) {
            Some(pairs) => {
                let values = pairs.iter().map(|(value, _)| value);
                let weights = pairs.iter().map(|(_, weight)| float(weight));
                quote_spanned!(expr.span()=> _seed::weighted::<#value_type, _>([#((#values, #weights)),*]))
            }
            None => quote_spanned!(expr.span()=> _seed::values::<#value_type, _>(#expr)),
        },
        SourceKind::Fake => {
            // Which call it is depends on whether the type has a length that could be too great.
            return quote_spanned! {expr.span()=>
                (&_seed::Faked::<#value_type>::NEW).__draw(#build, #name, {
                    use _seed::fakers::*;
                    use _seed::locales::*;
                    #expr
                })
            };
        }
        SourceKind::Generator | SourceKind::Value => quote!(#expr),
    };
    quote_spanned!(span=> _seed::Builder::draw::<#value_type>(#build, #name, #generator))
}

/// A number that may be written without its point.
pub(crate) fn float(expr: &Expr) -> TokenStream {
    match literals::number(expr) {
        Some(number) => {
            let mut literal = Literal::f64_suffixed(number.abs());
            literal.set_span(expr.span());
            if number.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
        }
        None => quote!(#expr),
    }
}

// Expands to:
//
//     {
//         let __column_first_name = Clone::clone(&__column_first_name);
//         _seed::Builder::compute::<String>(__build, "username", Box::new(move |__index: u64| {
//             let __value = || -> String {
//                 let first_name: String = _seed::Column::value(&__column_first_name, __index);
//                 let row = __index;
//                 let __value: String = { format!("{first_name}{row}") };
//                 __value
//             };
//             Some(__value())
//         }))
//     }
fn compute(model: &Model, field: &Field, expr: &Expr) -> TokenStream {
    let (build, index, value) = (local("build"), local("index"), local("value"));
    let name = column_name(model, field);
    let (ty, value_type) = (&field.ty, &field.value_type);
    let needed = depend::dependencies(model, field);
    let columns: Vec<_> = needed.iter().map(|needed| variable(needed.field)).collect();
    // Each is bound as the expression mentions it, which may be from within another macro.
    let values = needed.iter().map(|Dependency { field, mention }| {
        let (variable, ty, value) = (variable(field), &field.ty, super::rows::value_of(field));
        quote!(let #mention: #ty = _seed::Column::#value(&#variable, #index);)
    });
    let row = mentions::names(expr).remove("row").map(|row| quote!(let #row = #index;));
    // A field of this name stands above the index.
    let row = row.filter(|_| needed.iter().all(|needed| needed.mention != "row"));
    let value_or_null = if field.nullable { quote!(#value()) } else { quote!(::core::option::Option::Some(#value())) };
    quote!({
        #(let #columns = ::core::clone::Clone::clone(&#columns);)*
        _seed::Builder::compute::<#value_type>(#build, #name, _seed::Box::new(move |#index: ::core::primitive::u64| {
            let #value = || -> #ty {
                #(#values)*
                #row
                let #value: #ty = { #expr };
                #value
            };
            #value_or_null
        }))
    })
}

fn after(model: &Model, field: &Field) -> Option<TokenStream> {
    let (build, call) = (local("build"), local("after"));
    let (_, path) = field.after.as_ref()?;
    let (variable, value_type) = (variable(field), &field.value_type);
    if let Some(earlier) = path.get_ident().and_then(|ident| model.field(ident)) {
        let column = spanned(column_path(model, earlier), path.span());
        let earlier = super::variable(earlier);
        let after = quote_spanned!(path.span()=> _seed::after::<#column, #value_type, Self>);
        return Some(quote!(let #call = #after; #call(#build, &#variable, &#earlier);));
    }
    let name = column_name(model, field);
    let after = quote_spanned!(path.span()=> _seed::after_parent::<#path, #value_type, _>);
    Some(quote!(let #call = #after; #call(#build, #name, &#variable);))
}
