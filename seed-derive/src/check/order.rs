//! Rules of `after` and `value`: what they follow from exists, and does not follow from them.

use crate::context::Context;
use crate::depend;
use crate::field::Field;
use crate::model::Model;

/// `after` names a column that can be compared with, and stands where values are drawn.
pub(super) fn check_after(context: &mut Context, model: &Model, field: &Field) {
    let Some((after, path)) = &field.after else { return };
    if field.is_foreign_key() {
        context.error(after, "`after` conflicts with a relation: the column takes its parent's value; keep one");
    } else if field.computed().is_some() {
        context.error(after, "`after` conflicts with `value`: the expression decides; keep one");
    }
    let Some(name) = path.get_ident() else {
        if model.fields.iter().all(|field| !field.is_foreign_key() && !field.embed) {
            context.error(
                path,
                format!(
                    "`{}` has no reference to a parent; add `references = parent::id` to its foreign key",
                    model.table_name()
                ),
            );
        }
        return;
    };
    match model.field(name) {
        Some(earlier) if earlier.is_column() => {}
        Some(earlier) if earlier.embed => {
            context.error(path, format!("`{name}` is a struct of columns; name a field of one column"));
        }
        Some(_) => context.error(path, format!("`{name}` is left to the database, so nothing can come after it")),
        None => {
            let columns = model.fields.iter().filter(|other| other.is_column() && other.ident != field.ident);
            let columns: Vec<String> = columns.map(|other| format!("`{}`", other.ident)).collect();
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

/// Fields may follow from others in any order, but not in a circle.
pub(super) fn check_no_circle(context: &mut Context, model: &mut Model) {
    for at in 0..model.fields.len() {
        let Some(circle) = depend::circle(model, &model.fields[at]) else { continue };
        let mut names = vec![model.fields[at].ident.clone()];
        names.extend(circle.iter().map(|next| next.field.ident.clone()));
        let way: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        context.error(
            &circle[0].mention,
            format!("{} depends on itself: {}; take one of them out", way[0], way.join(" -> ")),
        );
        model.fields.iter_mut().filter(|field| names.contains(&field.ident)).for_each(Field::leave_bare);
    }
}
