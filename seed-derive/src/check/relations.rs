//! Rules of relations: what makes the foreign key's values, and which parents the rows have.

use super::children;
use crate::context::Context;
use crate::field::Field;
use crate::model::Model;
use crate::relation::Choice;

/// The values of a foreign key are its parent's.
pub(super) fn check_values(context: &mut Context, field: &Field) {
    let (Some(_), Some(source)) = (&field.relation, &field.source) else { return };
    context.error(
        &source.name,
        format!("`{}` conflicts with `references`: the column takes its parent's value; keep one", source.name),
    );
}

/// What is said of the parents of a field's relation fits it, and has an effect.
pub(super) fn check_choice(context: &mut Context, model: &Model, field: &Field) {
    let choice = &field.choice;
    let Some(relation) = &field.relation else { return check_is_relation(context, model, choice) };
    let is_own = model.is_self_reference(relation);
    Chosen { model, choice, fields: vec![field], is_own, parent: relation.parent_name() }.check(context);
    children::check(context, choice);
}

fn check_is_relation(context: &mut Context, model: &Model, choice: &Choice) {
    let table = model.table_name();
    for name in choice.names() {
        let message = if name == "with" {
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

/// A relation, with what is said of its parents.
struct Chosen<'a> {
    model: &'a Model,
    choice: &'a Choice,
    /// The fields of the foreign key.
    fields: Vec<&'a Field>,
    is_own: bool,
    /// The name of the parent's table.
    parent: String,
}

impl Chosen<'_> {
    fn check(&self, context: &mut Context) {
        self.check_with(context);
        self.check_zipf(context);
        self.check_tree(context);
        self.check_null(context);
    }

    fn check_with(&self, context: &mut Context) {
        let Some((with, _)) = &self.choice.with else { return };
        let table = self.model.table_name();
        if self.is_own {
            context.error(
                with,
                format!(
                    "`{table}` references itself: a row has one parent, so `with` cannot count children; leave it out"
                ),
            );
        } else if self.model.count.is_some() {
            context.error(
                with,
                format!(
                    "`with` conflicts with `count`: the rows of `{table}` are counted by the children of each parent; keep one"
                ),
            );
        }
    }

    fn check_zipf(&self, context: &mut Context) {
        let Some((zipf, _)) = &self.choice.zipf else { return };
        if self.is_own {
            let table = self.model.table_name();
            context.error(
                zipf,
                format!(
                    "`{table}` references itself: a row's parent is an earlier one, so `zipf` cannot choose among all; write \
                     `tree(branching = 4)` to say how many children rows have"
                ),
            );
        } else if self.choice.with.is_some() {
            context.error(zipf, "`zipf` conflicts with `with`, which says how many children each parent has; keep one");
        } else if self.is_one_to_one() {
            context.error(
                zipf,
                "`zipf` conflicts with a unique foreign key: a parent has one child at most; leave it out",
            );
        }
    }

    fn check_tree(&self, context: &mut Context) {
        let Some(tree) = &self.choice.tree else { return };
        if !self.is_own {
            context.error(
                &tree.name,
                format!(
                    "`tree` is the shape of a table that references itself, and this references `{}`; `with = 1..=6` counts \
                     the children of each parent",
                    self.parent
                ),
            );
        } else if self.is_one_to_one() {
            context.error(
                &tree.name,
                "`tree` conflicts with a unique foreign key: a row has one child at most, so the rows are a chain; leave it out",
            );
        }
    }

    fn check_null(&self, context: &mut Context) {
        for (null, _) in self.fields.iter().filter_map(|field| field.null.as_ref()) {
            if self.choice.with.is_some() {
                context.error(null, "`null` conflicts with `with`: each row is the child of a parent; keep one");
            } else if self.choice.tree.is_some() {
                context.error(
                    null,
                    "`null` conflicts with `tree`: the rows without a parent are its roots; write `tree(roots = 0.2)`",
                );
            }
        }
    }

    /// Whether no two rows may have the same parent.
    fn is_one_to_one(&self) -> bool {
        let is_key = |field: &Field| self.model.primary_key.iter().eq([&field.column]);
        self.fields.iter().any(|field| field.unique.is_some() || is_key(field))
    }
}
