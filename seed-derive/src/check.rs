//! What a model may not say: one function a rule, all of them asked.

mod children;
mod choice;
mod composites;
mod differ;
pub(crate) mod literals;
mod member;
mod order;
mod relations;
mod together;

use quote::ToTokens;
use syn::{Ident, Type};

use crate::context::Context;
use crate::field::{Field, SourceKind, ungrouped};
use crate::model::Model;

/// Notes every rule that a model breaks, and leaves bare what breaks one.
pub(crate) fn model(context: &mut Context, model: &mut Model) {
    check_a_column_is_filled(context, model);
    check_columns_differ(context, model);
    for at in 0..model.fields.len() {
        let field = &model.fields[at];
        if !field.mistaken && context.finds_any(|context| check_field(context, model, field)) {
            model.fields[at].leave_bare();
        }
    }
    order::check_no_circle(context, model);
    composites::check(context, model);
    together::check(context, model);
    differ::check(context, model);
}

fn check_field(context: &mut Context, model: &Model, field: &Field) {
    check_embed_has_no_attributes(context, field);
    check_skip_stands_alone(context, field);
    if !field.is_column() {
        return;
    }
    check_one_source(context, field);
    relations::check_values(context, field);
    relations::check_choice(context, model, field);
    check_null_has_an_effect(context, field);
    check_unique_is_not_undone(context, field);
    check_max_len_has_an_effect(context, field);
    check_digits_have_an_effect(context, field);
    check_locale_has_an_effect(context, field);
    order::check_after(context, model, field);
    literals::check(context, field);
}

fn check_a_column_is_filled(context: &mut Context, model: &Model) {
    if model.fields.iter().all(|field| field.skip.is_some()) {
        context.error(&model.ident, format!("`{}` fills no column; a model needs a field without `skip`", model.ident));
    }
}

fn check_columns_differ(context: &mut Context, model: &mut Model) {
    for at in 0..model.fields.len() {
        let (before, behind) = model.fields.split_at_mut(at);
        let field = &mut behind[0];
        if field.is_column() && before.iter().any(|other| other.is_column() && other.column == field.column) {
            context.error(&field.ident, format!("the column `{}` has two fields; keep one", field.column));
            field.leave_bare();
            field.skip = Some(field.ident.clone());
        }
    }
}

fn check_embed_has_no_attributes(context: &mut Context, field: &Field) {
    for name in field.names.iter().filter(|name| field.embed && *name != "skip") {
        context.error(
            name,
            format!("`{name}` belongs on a field of the embedded struct, which derives `Seedable` itself"),
        );
    }
}

fn check_skip_stands_alone(context: &mut Context, field: &Field) {
    let Some(skip) = &field.skip else { return };
    for name in field.names.iter().filter(|name| *name != "skip") {
        context.error(name, format!("`{name}` conflicts with `{skip}`: the column is left to the database; keep one"));
    }
}

fn check_one_source(context: &mut Context, field: &Field) {
    let Some(first) = &field.source else { return };
    for other in &field.other_sources {
        context.error(
            &other.name,
            format!(
                "`{}` conflicts with `{}`: a column has one way to make its values; keep one",
                other.name, first.name
            ),
        );
    }
}

fn check_null_has_an_effect(context: &mut Context, field: &Field) {
    let Some((null, _)) = &field.null else { return };
    if !field.nullable {
        let (ident, ty) = (&field.ident, text(&field.ty));
        context.error(null, format!("`null` needs an `Option`: `{ident}` is `{ty}`, which cannot be NULL"));
    } else if field.computed().is_some() {
        context.error(null, "`null` conflicts with `value`: the expression decides which rows are `None`; keep one");
    }
}

fn check_unique_is_not_undone(context: &mut Context, field: &Field) {
    let Some(unique) = &field.unique else { return };
    let undone = field.source.as_ref().and_then(|source| match source.kind {
        SourceKind::Value => {
            Some("`value`: the expression decides whether its values differ; make it from `row`, and leave out `unique`")
        }
        SourceKind::Fake => Some(
            "`fake`: the values of a faker cannot be counted; use `values`, `range`, a `generator` that is a `Domain`, or \
             `value`",
        ),
        SourceKind::Values if literals::weighted(&source.expr).is_some() => {
            Some("weights: values that come once each have none; leave out one or the other")
        }
        SourceKind::Range | SourceKind::Values | SourceKind::Generator => None,
    });
    if let Some(undone) = undone {
        context.error(unique, format!("`unique` conflicts with {undone}"));
    }
    if field.after.is_some() {
        context.error(unique, "`unique` conflicts with `after`, which moves values together; keep one");
    }
}

/// Types that are neither text nor decimals.
const OTHERS: &[&str] = &["bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];

fn check_max_len_has_an_effect(context: &mut Context, field: &Field) {
    let Some((max_len, most)) = &field.max_len else { return };
    if field.is_foreign_key() {
        context.error(max_len, of_a_relation(max_len));
    } else if let Some(source) = source_of(field, &[SourceKind::Range, SourceKind::Values, SourceKind::Value]) {
        context.error(
            max_len,
            format!("`max_len` conflicts with `{source}`, whose values stay as they are; make them short enough"),
        );
    } else if is_one_of(&field.value_type, OTHERS) {
        context.error(max_len, format!("`max_len` limits text: `{}` is `{}`", field.ident, text(&field.ty)));
    } else if *most == 0 {
        context.error(
            max_len,
            "`max_len = 0` leaves no text; give it at least 1, or say with `value` that the text is empty",
        );
    }
}

fn check_digits_have_an_effect(context: &mut Context, field: &Field) {
    const MOST: u64 = 1_000;
    for (name, digits) in [&field.precision, &field.scale].into_iter().flatten() {
        if field.is_foreign_key() {
            context.error(name, of_a_relation(name));
        } else if let Some(source) = source_of(field, &[SourceKind::Values, SourceKind::Fake, SourceKind::Value]) {
            context.error(
                name,
                format!(
                    "`{name}` conflicts with `{source}`, whose values stay as they are; write them with their digits"
                ),
            );
        } else if is_one_of(&field.value_type, OTHERS) || is_one_of(&field.value_type, &["String"]) {
            let rounded = if name == "scale" && is_one_of(&field.value_type, &["f32", "f64"]) {
                "; write `generator = decimal(0.1..=40.0, 1)`"
            } else {
                ""
            };
            context
                .error(name, format!("`{name}` limits decimals: `{}` is `{}`{rounded}", field.ident, text(&field.ty)));
        } else if *digits > MOST {
            context.error(name, format!("`{name}` counts digits, and no database has more than {MOST}"));
        }
    }
    match (&field.precision, &field.scale) {
        (Some((precision, 0)), _) => {
            context.error(precision, "a decimal has at least one digit: `precision` counts those before and after the point");
        }
        (Some((_, precision)), Some((scale, digits))) if digits > precision => context.error(
            scale,
            format!(
                "`scale` is greater than `precision`: of {precision} digits in all, {digits} cannot come after the point"
            ),
        ),
        _ => {}
    }
}

fn check_locale_has_an_effect(context: &mut Context, field: &Field) {
    let Some((locale, _)) = &field.locale else { return };
    if field.is_foreign_key() {
        context.error(locale, of_a_relation(locale));
    } else if source_of(field, &[SourceKind::Fake]).is_some() {
        context.error(locale, "`locale` conflicts with `fake`: a faker names its own, as in `fake = FirstName(FR_FR)`");
    } else if let Some(source) = source_of(field, &[SourceKind::Range, SourceKind::Values, SourceKind::Value]) {
        context.error(
            locale,
            format!("`locale` conflicts with `{source}`, whose values are the same in every language; leave it out"),
        );
    }
}

fn of_a_relation(name: &Ident) -> String {
    format!("`{name}` conflicts with a relation: the column takes its parent's value; keep one")
}

/// The name of what makes the field's values, where it is one of these kinds.
fn source_of<'a>(field: &'a Field, kinds: &[SourceKind]) -> Option<&'a Ident> {
    field.source.as_ref().filter(|source| kinds.contains(&source.kind)).map(|source| &source.name)
}

fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    matches!(ungrouped(ty), Type::Path(path) if path.path.get_ident().is_some_and(|ident| names.iter().any(|name| ident == name)))
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}
