//! Rules of a field that is a foreign key: its parent makes its values, and what it says of parents has one.

use syn::Ident;

use super::choice::Chosen;
use crate::context::Context;
use crate::field::Field;
use crate::model::Model;

/// The values of a foreign key are its parent's.
pub(super) fn check_values(context: &mut Context, field: &Field) {
    let Some(source) = field.source.as_ref().filter(|_| field.is_foreign_key()) else { return };
    context.error(
        &source.name,
        format!("`{}` conflicts with `references`: the column takes its parent's value; keep one", source.name),
    );
}

/// What is said of the parents of a field's relation fits it, and has an effect.
pub(super) fn check_choice(context: &mut Context, model: &Model, field: &Field) {
    let choice = &field.choice;
    let Some(relation) = &field.relation else { return check_is_relation(context, model, field) };
    Chosen { model, choice, fields: vec![field], relation }.check(context);
    if let Some((agree, _)) = choice.agree.as_ref().filter(|(_, agree)| !agree.value && field.is_part) {
        context.error(agree, agrees_anyway(&field.ident));
    }
}

/// Foreign keys that share a column.
pub(super) fn agrees_anyway(shared: &Ident) -> String {
    format!(
        "`agree = false` has no effect: `{shared}` is part of another foreign key as well, so both lead to rows with its value; leave it out"
    )
}

fn check_is_relation(context: &mut Context, model: &Model, field: &Field) {
    let table = model.table_name();
    for name in field.choice.names() {
        let message = if field.is_part {
            format!("`{name}` of a composite foreign key stands within it: `references(…, {name} …)` above the struct")
        } else if name == "with" {
            format!(
                "`{table}` has no reference to a parent here, so there are no children for `with` to count; add `references \
                 = parent::id`. A relation points from child to parent: `with` stands on the child's foreign key"
            )
        } else {
            let key = if name == "tree" { format!("{table}::id") } else { "parent::id".to_owned() };
            format!(
                "`{name}` says which parents rows have, and `{table}` has no reference to one here; add `references = {key}`"
            )
        };
        context.error(name, message);
    }
}
