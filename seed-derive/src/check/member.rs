//! Rules of the fields that an attribute of the struct names: they are there, and are named once.

use syn::Ident;

use crate::attribute::nearest_of;
use crate::context::Context;
use crate::field::Field;
use crate::model::{Model, Together, ident_text};

/// The field of a name, of one column; `None` where there is none, which is noted.
pub(super) fn find<'a>(context: &mut Context, model: &'a Model, before: &[&Ident], name: &Ident) -> Option<&'a Field> {
    if before.contains(&name) {
        context.error(name, format!("`{name}` is named twice; name each field once"));
        return None;
    }
    match model.field(name) {
        None => context.error(name, unknown(model, name)),
        Some(field) if field.embed => {
            context.error(name, format!("`{name}` is a struct of columns; name fields of one column"));
        }
        field => return field,
    }
    None
}

fn unknown(model: &Model, name: &Ident) -> String {
    let columns = model.fields.iter().filter(|field| field.is_column());
    let fields: Vec<String> = columns.map(|field| ident_text(&field.ident)).collect();
    let known: Vec<&str> = fields.iter().map(String::as_str).collect();
    let instead = match nearest_of(&ident_text(name), &known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("name fields of `{}`, as they are called there", model.ident),
    };
    format!("`{}` has no field `{name}`; {instead}", model.ident)
}

/// Leaves out of the groups those in which `check` finds a mistake, and notes it. Of several groups of the
/// same fields, one is kept.
pub(super) fn check_groups(
    context: &mut Context,
    groups: &mut Vec<Together>,
    repeated: &str,
    check: impl Fn(&mut Context, &Together),
) {
    let names = |group: &Together| {
        let mut names: Vec<String> = group.fields.iter().map(ident_text).collect();
        names.sort_unstable();
        names
    };
    let mut seen: Vec<Vec<String>> = Vec::new();
    groups.retain(|group| {
        let found = context.finds_any(|context| {
            if seen.contains(&names(group)) {
                context.error(&group.name, repeated);
            } else {
                check(context, group);
            }
        });
        seen.push(names(group));
        !found
    });
}
