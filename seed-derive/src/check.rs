//! What a model may not say: one function a rule, all of them asked.

use quote::ToTokens;
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, UnOp};

use crate::context::Context;
use crate::field::{Field, Relation};
use crate::model::Model;

/// Every rule that a model breaks.
pub(crate) fn model(model: &Model) -> syn::Result<()> {
    let mut context = Context::default();
    for field in &model.fields {
        check_one_source(&mut context, field);
        check_skip_stands_alone(&mut context, field);
        check_relation_makes_the_values(&mut context, field);
        check_with_needs_a_relation(&mut context, model, field);
        check_with_and_count(&mut context, model, field);
        check_null_needs_an_option(&mut context, field);
        check_null_is_a_probability(&mut context, field);
        check_unique_is_not_undone(&mut context, field);
        check_after_names_a_field(&mut context, model, field);
        check_after_has_values_to_raise(&mut context, field);
        check_embed_has_no_attributes(&mut context, field);
    }
    check_a_column_is_filled(&mut context, model);
    check_columns_differ(&mut context, model);
    check_no_circle(&mut context, model);
    context.finish(())
}

fn check_one_source(context: &mut Context, field: &Field) {
    let Some(first) = &field.source else { return };
    for other in &field.other_sources {
        context.error(
            &other.name,
            format!("`{}` conflicts with `{}`: a column has one way to make its values; keep one", other.name, first.name),
        );
    }
}

fn check_skip_stands_alone(context: &mut Context, field: &Field) {
    let Some(skip) = &field.skip else { return };
    for name in attribute_names(field).into_iter().filter(|name| name != skip) {
        context.error(
            &name,
            format!("`{name}` conflicts with `skip`: a skipped column is left to the database; keep one"),
        );
    }
}

fn check_relation_makes_the_values(context: &mut Context, field: &Field) {
    let (Some(Relation::Column(_)), Some(source)) = (&field.relation, &field.source) else { return };
    context.error(
        &source.name,
        format!("`{}` conflicts with `references`: the column takes its parent's value; keep one", source.name),
    );
}

fn check_with_needs_a_relation(context: &mut Context, model: &Model, field: &Field) {
    let Some((with, _)) = &field.with else { return };
    match &field.relation {
        None => context.error(
            with,
            format!(
                "`with` counts the children of a parent, but `{0}` references none; add `references = parent::id`. A \
                 relation points from child to parent: `with` stands on the child's foreign key",
                field.ident
            ),
        ),
        Some(relation) if model.is_self_reference(relation) => context.error(
            with,
            format!(
                "`{}` references itself: a row has one parent, so `with` cannot count children; leave it out",
                model.table_name()
            ),
        ),
        Some(_) => {}
    }
}

fn check_with_and_count(context: &mut Context, model: &Model, field: &Field) {
    if let (Some((with, _)), Some(_)) = (&field.with, &model.count) {
        context.error(
            with,
            format!(
                "`with` conflicts with `count`: the rows of `{}` are counted by the children of each parent; keep one",
                model.table_name()
            ),
        );
    }
}

fn check_null_needs_an_option(context: &mut Context, field: &Field) {
    if let (Some((null, _)), false) = (&field.null, field.nullable) {
        context.error(
            null,
            format!("`null` needs an `Option`: `{}` is `{}`, which cannot be NULL", field.ident, text(&field.ty)),
        );
    }
}

fn check_null_is_a_probability(context: &mut Context, field: &Field) {
    if let Some((_, expr)) = &field.null
        && number(expr).is_some_and(|number| !(0.0..=1.0).contains(&number))
    {
        context.error(expr, "a probability is a number from 0.0 to 1.0");
    }
}

fn check_unique_is_not_undone(context: &mut Context, field: &Field) {
    let Some(unique) = &field.unique else { return };
    if let Some(source) = &field.source
        && (source.is("value") || source.is("fake"))
    {
        let instead = if source.is("value") {
            "the expression decides whether its values differ; make it from `row`, and leave out `unique`"
        } else {
            "the values of a faker cannot be counted; use `values`, `range`, a `generator` that is a `Domain`, or `value`"
        };
        context.error(unique, format!("`unique` conflicts with `{}`: {instead}", source.name));
    }
    if field.after.is_some() {
        context.error(unique, "`unique` conflicts with `after`, which moves values together; keep one");
    }
}

fn check_after_names_a_field(context: &mut Context, model: &Model, field: &Field) {
    let Some((_, path)) = &field.after else { return };
    let Some(name) = path.get_ident() else { return };
    match model.field(name) {
        Some(earlier) if earlier.is_column() => {}
        Some(_) => context.error(path, format!("`{name}` is left to the database, so nothing can come after it")),
        None => {
            let columns: Vec<String> =
                model.fields.iter().filter(|field| field.is_column()).map(|field| format!("`{}`", field.ident)).collect();
            context.error(
                path,
                format!(
                    "`{}` has no field `{name}`; name one of {}, or a parent's column such as `users::created_at`",
                    model.ident,
                    columns.join(", ")
                ),
            );
        }
    }
}

fn check_after_has_values_to_raise(context: &mut Context, field: &Field) {
    let Some((after, _)) = &field.after else { return };
    if field.relation.is_some() {
        context.error(after, "`after` conflicts with a relation: the column takes its parent's value; keep one");
    } else if field.computed().is_some() {
        context.error(after, "`after` conflicts with `value`: the expression decides; keep one");
    }
}

fn check_embed_has_no_attributes(context: &mut Context, field: &Field) {
    if field.embed {
        for name in attribute_names(field) {
            context.error(
                &name,
                format!("`{name}` belongs on a field of the embedded struct, which derives `Seedable` itself"),
            );
        }
    }
}

fn check_a_column_is_filled(context: &mut Context, model: &Model) {
    if model.fields.iter().all(|field| field.skip.is_some()) {
        context.error(&model.ident, format!("`{}` fills no column; a model needs a field without `skip`", model.ident));
    }
}

fn check_columns_differ(context: &mut Context, model: &Model) {
    for (at, field) in model.fields.iter().enumerate().filter(|(_, field)| field.is_column()) {
        if model.fields[..at].iter().any(|other| other.is_column() && other.column == field.column) {
            context.error(&field.ident, format!("the column `{}` has two fields", field.column));
        }
    }
}

/// `value` and `after` may refer to columns in any order, but not in a circle.
fn check_no_circle(context: &mut Context, model: &Model) {
    let mut reported: Vec<&Ident> = Vec::new();
    for start in &model.fields {
        let mut path: Vec<&Field> = Vec::new();
        if let Some(circle) = circle_through(model, start, start, &mut path)
            && !circle.iter().any(|field| reported.contains(&&field.ident))
        {
            let names: Vec<String> = circle.iter().map(|field| format!("`{}`", field.ident)).collect();
            let tokens = dependency_tokens(start);
            context.error(
                tokens,
                format!("{} depends on itself: {} -> {}", names[0], names.join(" -> "), names[0]),
            );
            reported.extend(circle.iter().map(|field| &field.ident));
        }
    }
}

fn circle_through<'a>(
    model: &'a Model,
    start: &'a Field,
    at: &'a Field,
    path: &mut Vec<&'a Field>,
) -> Option<Vec<&'a Field>> {
    path.push(at);
    for next in crate::expand::dependencies(model, at) {
        if next.ident == start.ident {
            return Some(path.clone());
        }
        if !path.iter().any(|seen| seen.ident == next.ident)
            && let Some(circle) = circle_through(model, start, next, path)
        {
            return Some(circle);
        }
    }
    path.pop();
    None
}

fn dependency_tokens(field: &Field) -> proc_macro2::TokenStream {
    match (&field.after, field.computed()) {
        (Some((_, path)), _) => path.to_token_stream(),
        (None, Some(expr)) => expr.to_token_stream(),
        (None, None) => field.ident.to_token_stream(),
    }
}

/// The names of the attributes that a field has.
fn attribute_names(field: &Field) -> Vec<Ident> {
    let references = match &field.relation {
        Some(Relation::Column(path)) => path.segments.first().map(|segment| Ident::new("references", segment.ident.span())),
        _ => None,
    };
    let max_len = field.max_len.as_ref().map(|literal| Ident::new("max_len", literal.span()));
    let key = field.key.as_ref().map(|literal| Ident::new("key", literal.span()));
    references
        .into_iter()
        .chain(field.with.iter().map(|(name, _)| name.clone()))
        .chain(field.unique.clone())
        .chain(field.null.iter().map(|(name, _)| name.clone()))
        .chain(field.source.iter().chain(&field.other_sources).map(|source| source.name.clone()))
        .chain(field.after.iter().map(|(name, _)| name.clone()))
        .chain(max_len)
        .chain(key)
        .collect()
}

fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => number.base10_parse().ok(),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => number(expr).map(|number| -number),
        _ => None,
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}
