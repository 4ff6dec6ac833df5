//! Rules of `unique(a, b)`: columns of this model, whose values differ together and not already each by itself.

use syn::Ident;

use crate::attribute::nearest_of;
use crate::context::Context;
use crate::model::{Model, Together, ident_text};

/// Notes what is wrong with each group, and leaves out those with a mistake.
pub(super) fn check(context: &mut Context, model: &mut Model) {
    let groups = std::mem::take(&mut model.together);
    for (at, group) in groups.iter().enumerate() {
        let same = |other: &&Together| names(other) == names(group);
        let found = context.finds_any(|context| {
            if groups[..at].iter().any(|other| same(&other)) {
                context.error(&group.name, "these fields are said to be unique together before; keep one");
                return;
            }
            group.fields.iter().enumerate().for_each(|(at, name)| check_member(context, model, &group.fields[..at], name));
            if group.fields.len() < 2 {
                let message = "expected two fields or more, as in `unique(user_id, team_id)`; a field that is unique by itself has \
                               `#[seed(unique)]`";
                context.error(&group.name, message);
            }
        });
        model.together.extend((!found).then(|| group.clone()));
    }
}

fn names(group: &Together) -> Vec<String> {
    let mut names: Vec<String> = group.fields.iter().map(ident_text).collect();
    names.sort_unstable();
    names
}

fn check_member(context: &mut Context, model: &Model, before: &[Ident], name: &Ident) {
    if before.contains(name) {
        return context.error(name, format!("`{name}` is named twice; name each field once"));
    }
    let Some(field) = model.field(name) else {
        let fields: Vec<String> =
            model.fields.iter().filter(|field| field.is_column()).map(|field| ident_text(&field.ident)).collect();
        let known: Vec<&str> = fields.iter().map(String::as_str).collect();
        let instead = match nearest_of(&ident_text(name), &known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("name fields of `{}`, as they are called there", model.ident),
        };
        return context.error(name, format!("`{}` has no field `{name}`; {instead}", model.ident));
    };
    if field.embed {
        context.error(name, format!("`{name}` is a struct of columns; name fields of one column"));
    } else if field.skip.is_some() {
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
