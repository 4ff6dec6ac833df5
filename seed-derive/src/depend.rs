//! Which fields of its row a field's value follows from, and in which order they can be made.

use syn::Ident;

use crate::field::Field;
use crate::mentions;
use crate::model::{Model, ident_text};

/// A field that another one's value follows from, as the other one mentions it.
pub(crate) struct Dependency<'a> {
    pub(crate) field: &'a Field,
    pub(crate) mention: Ident,
}

/// What `value` or `after` of a field mentions of its row, in the order of the fields.
pub(crate) fn dependencies<'a>(model: &'a Model, field: &Field) -> Vec<Dependency<'a>> {
    let mut mentioned = field.computed().map(mentions::names).unwrap_or_default();
    let after = field.after.as_ref().and_then(|(_, path)| path.get_ident());
    mentioned.extend(after.map(|ident| (ident_text(ident), ident.clone())));
    model
        .fields
        .iter()
        .filter(|other| other.is_column())
        .filter_map(|field| Some(Dependency { field, mention: mentioned.remove(&ident_text(&field.ident))? }))
        .collect()
}

/// The circle that leads from a field back to it, if there is one: the fields on it in order.
pub(crate) fn circle<'a>(model: &'a Model, start: &'a Field) -> Option<Vec<Dependency<'a>>> {
    fn from<'a>(
        model: &'a Model,
        start: &Field,
        at: &'a Field,
        seen: &mut Vec<&'a Ident>,
    ) -> Option<Vec<Dependency<'a>>> {
        for next in dependencies(model, at) {
            if next.field.ident == start.ident {
                return Some(vec![next]);
            }
            if seen.contains(&&next.field.ident) {
                continue;
            }
            seen.push(&next.field.ident);
            if let Some(mut rest) = from(model, start, next.field, seen) {
                rest.insert(0, next);
                return Some(rest);
            }
        }
        None
    }
    from(model, start, start, &mut Vec::new())
}

/// The computed fields, each behind those that it follows from. There are no circles.
pub(crate) fn in_order(model: &Model) -> Vec<&Field> {
    fn visit<'a>(model: &'a Model, field: &'a Field, order: &mut Vec<&'a Field>) {
        if field.computed().is_none() || order.iter().any(|seen| seen.ident == field.ident) {
            return;
        }
        dependencies(model, field).into_iter().for_each(|next| visit(model, next.field, order));
        order.push(field);
    }
    let mut order = Vec::new();
    model.fields.iter().filter(|field| field.is_column()).for_each(|field| visit(model, field, &mut order));
    order
}
