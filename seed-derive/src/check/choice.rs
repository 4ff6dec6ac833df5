//! Rules of what is said of a relation's parents: it fits the relation, and has an effect.

use syn::Ident;

use super::children;
use crate::context::Context;
use crate::field::Field;
use crate::model::Model;
use crate::relation::{Choice, Relation};

/// A relation, with what is said of its parents.
pub(super) struct Chosen<'a> {
    pub(super) model: &'a Model,
    pub(super) choice: &'a Choice,
    /// The fields of the foreign key.
    pub(super) fields: Vec<&'a Field>,
    /// What one of them references.
    pub(super) relation: &'a Relation,
}

impl Chosen<'_> {
    pub(super) fn check(&self, context: &mut Context) {
        self.check_with(context);
        self.check_zipf(context);
        self.check_tree(context);
        self.check_null(context);
        children::check(context, self.choice);
    }

    fn check_with(&self, context: &mut Context) {
        let Some((with, _)) = &self.choice.with else { return };
        let table = self.model.table_name();
        if self.is_own() {
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
        if self.is_own() {
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
        if !self.is_own() {
            context.error(
                &tree.name,
                format!(
                    "`tree` is the shape of a table that references itself, and this references `{}`; `with = 1..=6` counts \
                     the children of each parent",
                    self.relation.parent_name()
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

    fn is_own(&self) -> bool {
        self.model.is_self_reference(self.relation)
    }

    /// Whether no two rows may have the same parent.
    fn is_one_to_one(&self) -> bool {
        let is_within = |group: &[Ident], name: fn(&Field) -> &Ident| {
            !group.is_empty() && group.iter().all(|member| self.fields.iter().any(|field| name(field) == member))
        };
        self.fields.iter().any(|field| field.unique.is_some())
            || is_within(&self.model.primary_key, |field| &field.column)
            || self.model.together.iter().any(|group| is_within(&group.fields, |field| &field.ident))
    }
}
