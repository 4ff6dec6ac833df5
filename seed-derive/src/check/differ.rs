//! Rules of `differ(a, b)`: foreign keys of this model that reference one parent.

use syn::Ident;

use super::{member, text};
use crate::context::Context;
use crate::field::Field;
use crate::model::{Model, Together, ident_text};
use crate::relation::Relation;

/// Notes what is wrong with each group, and leaves out those with a mistake.
pub(super) fn check(context: &mut Context, model: &mut Model) {
    let mut groups = std::mem::take(&mut model.differ);
    let repeated = "these fields are said to differ before; keep one";
    member::check_groups(context, &mut groups, repeated, |context, group| check_group(context, model, group));
    model.differ = groups;
}

fn check_group(context: &mut Context, model: &Model, group: &Together) {
    let names: Vec<&Ident> = group.fields.iter().collect();
    let mut first: Option<(&Ident, &Relation)> = None;
    for (at, name) in names.iter().enumerate() {
        let Some(relation) = check_member(context, model, &names[..at], name) else { continue };
        // The table of a model is not known here.
        let Some(column) = &relation.column else { continue };
        let (of, other) = *first.get_or_insert((name, relation));
        if other.table_name() != relation.table_name() {
            context.error(
                name,
                format!(
                    "`{name}` references `{}`, and `{of}` references `{}`: the rows of two tables differ anyway; name foreign keys \
                     of one parent",
                    text(column),
                    text(&other.column)
                ),
            );
        }
    }
    if names.len() < 2 {
        context.error(&group.name, "expected two foreign keys or more, as in `differ(home_id, guest_id)`");
    }
}

fn check_member<'a>(context: &mut Context, model: &'a Model, before: &[&Ident], name: &Ident) -> Option<&'a Relation> {
    let field = member::find(context, model, before, name)?;
    let Some(relation) = model.relation(field) else {
        context.error(name, unrelated(model, field));
        return None;
    };
    if model.is_self_reference(relation) {
        context.error(
            name,
            format!("`{name}` references its own table: an earlier row, which may be that of another one as well; leave it out"),
        );
        return None;
    }
    Some(relation)
}

fn unrelated(model: &Model, field: &Field) -> String {
    let name = ident_text(&field.ident);
    if field.is_part {
        return format!("`{name}` is part of several foreign keys; name a field of each that is part of no other");
    }
    format!("`{}` has no reference to a parent in `{name}`; add `references = parent::id` to it", model.table_name())
}
