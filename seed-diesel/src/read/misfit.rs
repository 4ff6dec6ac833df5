//! What the database holds and the models do not say: errors of a read.

use diesel::result::Error;

use super::key::Key;

/// A foreign key and what it references, as an error names them.
pub(super) struct Misfit {
    child: &'static str,
    foreign_key: String,
    parent: &'static str,
    column: String,
}

impl Misfit {
    pub(super) fn of<K: Key>(child: &'static str, parent: &'static str) -> Misfit {
        Misfit { child, foreign_key: together(&K::names()), parent, column: together(&K::Reversed::names()) }
    }

    /// Two parents have the same key.
    pub(super) fn two_parents(&self) -> Error {
        let Misfit { child, foreign_key, parent, column } = self;
        does_not_fit(format!(
            "two rows of `{parent}` have the same `{column}`, which `{child}.{foreign_key}` references: their children \
             cannot be told apart; make it unique in the database"
        ))
    }

    /// A child has a key that is that of a parent, and is not equal to it.
    pub(super) fn no_parent(&self) -> Error {
        let Misfit { child, foreign_key, parent, column } = self;
        does_not_fit(format!(
            "`{child}.{foreign_key}` references `{parent}.{column}` by a value that only the database takes for equal, as \
             `ADA` and `ada`; write both alike"
        ))
    }

    /// A child must have a parent, and there is none of its key.
    pub(super) fn parent_is_missing(&self) -> Error {
        let Misfit { child, foreign_key, parent, .. } = self;
        does_not_fit(format!(
            "`{child}.{foreign_key}` references a row of `{parent}` that is not there: let the database see to it by a \
             foreign key, or make the field an `Option`"
        ))
    }

    /// A parent has two children, and there is room for one.
    pub(super) fn two_children(&self) -> Error {
        let Misfit { child, foreign_key, .. } = self;
        does_not_fit(format!(
            "two rows of `{child}` have the same `{foreign_key}`, which is unique in its model: leave out `unique` there, \
             or make it unique in the database"
        ))
    }
}

fn does_not_fit(why: String) -> Error {
    Error::DeserializationError(why.into())
}

/// `order_id`, or `(tenant_id, order_id)`.
fn together(names: &[&str]) -> String {
    match names {
        [name] => (*name).to_owned(),
        names => format!("({})", names.join(", ")),
    }
}
