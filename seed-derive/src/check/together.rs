//! Rules of `unique(a, b)`: columns of this model, whose values differ together and not already each by itself.

use syn::Ident;

use super::member;
use crate::context::Context;
use crate::model::{Model, Together};

/// Notes what is wrong with each group, and leaves out those with a mistake.
pub(super) fn check(context: &mut Context, model: &mut Model) {
    let mut groups = std::mem::take(&mut model.together);
    let repeated = "these fields are said to be unique together before; keep one";
    member::check_groups(context, &mut groups, repeated, |context, group| check_group(context, model, group));
    model.together = groups;
}

fn check_group(context: &mut Context, model: &Model, group: &Together) {
    let names: Vec<&Ident> = group.fields.iter().collect();
    for (at, name) in names.iter().enumerate() {
        check_member(context, model, &names[..at], name);
    }
    if names.len() < 2 {
        let message = "expected two fields or more, as in `unique(user_id, team_id)`; a field that is unique by itself has \
                       `#[seed(unique)]`";
        context.error(&group.name, message);
    }
}

fn check_member(context: &mut Context, model: &Model, before: &[&Ident], name: &Ident) {
    let Some(field) = member::find(context, model, before, name) else { return };
    if field.skip.is_some() {
        context.error(name, format!("`{name}` is left to the database, so its values cannot be told apart from here"));
    } else if field.unique.is_some() {
        context.error(
            name,
            format!(
                "`{name}` is unique by itself, so it is so with others; leave out this group, or its `#[seed(unique)]`"
            ),
        );
    } else if let [key] = &*model.primary_key
        && *key == field.column
    {
        context
            .error(name, format!("`{name}` is the primary key, and so unique with any others; leave out this group"));
    }
}
