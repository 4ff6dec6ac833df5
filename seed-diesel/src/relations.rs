//! The relations of a model, told one by one: what a table's definition and its fixtures have in common.

use diesel::Column;
use diesel::expression::Expression;
use diesel::sql_types::IntoNotNullable;
use seed_core::{RelationDef, TableDef};

use crate::checks::{IsSameTable, NotNull, ReferencedBy, SameRustType};
use crate::seedable::{ColumnOf, Seedable};

/// What is told of relations. Only what a program asks of its models is compiled into it: a run asks
/// for the definition, fixtures for the models of the parents.
pub trait Relations {
    /// A relation to the model `M`.
    fn relation<M: Seedable>(&mut self, relation: RelationDef);
}

impl Relations for TableDef {
    fn relation<M: Seedable>(&mut self, relation: RelationDef) {
        self.relations.push(RelationDef { parent: M::TABLE, ..relation });
    }
}

/// The parent of the foreign key `C`: the model that fills the column `P`.
/// The field of the foreign key holds a `T`. The columns go in front of those that `relation` has.
pub fn parent<C, P, T, M, R>(relations: &mut R, mut relation: RelationDef)
where
    C: Column<SqlType: IntoNotNullable>,
    // The primary key of a `belongs_to` may be several columns, which are an expression as well.
    P: Expression<SqlType: IntoNotNullable>,
    P: ReferencedBy<C, NotNull<C>, NotNull<P>, Column: ColumnOf<M, Value: SameRustType<T>>>,
    M: Seedable,
    R: Relations,
{
    relation.columns.insert(0, C::NAME);
    relation.parent_columns.insert(0, <P::Column as Column>::NAME);
    relations.relation::<M>(relation);
}

/// A further column `C` of a composite foreign key, which references `P`, a column of the table of `First`.
pub fn pair<C, P, T, M, First>(relation: &mut RelationDef)
where
    C: Column<SqlType: IntoNotNullable>,
    P: Column<SqlType: IntoNotNullable, Table: IsSameTable<First::Table, P>>,
    P: ReferencedBy<C, NotNull<C>, NotNull<P>, Column: ColumnOf<M, Value: SameRustType<T>>>,
    M: Seedable,
    First: Column,
{
    relation.columns.push(C::NAME);
    relation.parent_columns.push(P::NAME);
}
