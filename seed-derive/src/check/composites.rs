//! Rules of `references(a = t::x, b = t::y)`: each field and each column once, and no relation twice.

use syn::{Ident, Path};

use super::choice::Chosen;
use super::relations::agrees_anyway;
use super::{member, text};
use crate::composite::{Composite, EXAMPLE, Pair};
use crate::context::Context;
use crate::field::Field;
use crate::model::{Model, ident_text};
use crate::relation::Choice;

/// Notes what is wrong with each foreign key, and leaves bare those with a mistake.
pub(super) fn check(context: &mut Context, model: &mut Model) {
    for at in 0..model.composites.len() {
        let composite = &model.composites[at];
        if composite.mistaken || context.finds_any(|context| check_columns(context, model, at)) {
            model.composites[at].mistaken = true;
        } else if context.finds_any(|context| check_choice(context, model, at)) {
            model.composites[at].choice = Choice::default();
        }
    }
}

fn check_columns(context: &mut Context, model: &Model, at: usize) {
    let composite = &model.composites[at];
    if model.composites[..at].iter().any(|other| key_of(other) == key_of(composite)) {
        return context.error(&composite.name, "this foreign key is said before; keep one");
    }
    let names: Vec<&Ident> = composite.pairs.iter().map(|pair| &pair.field).collect();
    let columns: Vec<&Path> = composite.pairs.iter().filter_map(|pair| pair.relation.column.as_ref()).collect();
    for (at, (name, column)) in names.iter().zip(&columns).enumerate() {
        if let Some(field) = member::find(context, model, &names[..at], name) {
            check_field(context, field);
        }
        if columns[..at].iter().any(|other| end_of(other) == end_of(column)) {
            let column = text(column);
            context.error(columns[at], format!("`{column}` is referenced twice; name each column once"));
        }
    }
    if names.is_empty() {
        context.error(&composite.name, format!("`{}` names no columns; write them as in `{EXAMPLE}`", composite.name));
    }
    if let ([name], [column]) = (&*names, &*columns) {
        context.error(
            &composite.name,
            format!(
                "a foreign key of one column stands on its field: write `#[seed(references = {})]` above `{name}`",
                text(column)
            ),
        );
    }
}

fn check_field(context: &mut Context, field: &Field) {
    let Some(skip) = &field.skip else { return };
    context.error(
        skip,
        format!(
            "`{skip}` conflicts with `references`: `{}` takes its parent's value, and is not left to the database",
            field.ident
        ),
    );
}

fn check_choice(context: &mut Context, model: &Model, at: usize) {
    let composite = &model.composites[at];
    let Some(Pair { relation, .. }) = composite.pairs.first() else { return };
    let fields: Vec<&Field> = composite.pairs.iter().filter_map(|pair| model.field(&pair.field)).collect();
    let is_of_another = |field: &&&Field| {
        let mut others = model.composites.iter().enumerate().filter(|(other, _)| *other != at);
        field.relation.is_some() || others.any(|(_, other)| other.pair(&field.ident).is_some())
    };
    if let Some((agree, _)) = composite.choice.agree.as_ref().filter(|(_, agree)| !agree.value)
        && let Some(shared) = fields.iter().find(is_of_another)
    {
        context.error(agree, agrees_anyway(&shared.ident));
    }
    Chosen { model, choice: &composite.choice, fields, relation }.check(context);
}

/// What makes a foreign key one and not another: its fields, and the parent.
fn key_of(composite: &Composite) -> (Option<String>, Vec<String>) {
    let mut names: Vec<String> = composite.pairs.iter().map(|pair| ident_text(&pair.field)).collect();
    names.sort_unstable();
    (composite.table_name(), names)
}

/// `orders::id` of `schema::orders::id`.
fn end_of(column: &Path) -> Vec<String> {
    column.segments.iter().rev().take(2).map(|segment| ident_text(&segment.ident)).collect()
}
