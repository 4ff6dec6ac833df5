//! The relations of a model, told one by one: what a table's definition and its fixtures have in common.

use diesel::expression::Expression;
use diesel::sql_types::IntoNotNullable;
use seed_core::{RelationDef, TableDef, With};

use crate::checks::{NotNull, ReferencedBy, SameRustType};
use crate::seedable::{ColumnOf, Seedable};

/// What is told of relations. Only what a program asks of its models is compiled into it: a run asks
/// for the definition, fixtures for the models of the parents.
pub trait Relations {
    /// A foreign key references the column `key` of the model `M`.
    fn relation<M: Seedable>(&mut self, column: &'static str, key: &'static str, with: Option<With>);
}

impl Relations for TableDef {
    fn relation<M: Seedable>(&mut self, column: &'static str, key: &'static str, with: Option<With>) {
        relate(self, column, RelationDef { parent: M::TABLE, parent_column: key, with });
    }
}

fn relate(table: &mut TableDef, column: &str, relation: RelationDef) {
    if let Some(column) = table.columns.iter_mut().find(|def| def.name == column) {
        column.relation = Some(relation);
    }
}

/// The parent of the foreign key `C`: the model that fills the column `P`.
/// The field of the foreign key holds a `T`.
pub fn parent<C, P, T, M, R>(relations: &mut R, with: Option<With>)
where
    C: diesel::Column<SqlType: IntoNotNullable>,
    // The primary key of a `belongs_to` may be several columns, which are an expression as well.
    P: Expression<SqlType: IntoNotNullable>,
    P: ReferencedBy<C, NotNull<C>, NotNull<P>, Column: ColumnOf<M, Value: SameRustType<T>>>,
    M: Seedable,
    R: Relations,
{
    relations.relation::<M>(C::NAME, <P::Column as diesel::Column>::NAME, with);
}
