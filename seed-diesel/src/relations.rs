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
    /// What is kept of a column of a foreign key, beside its name.
    type Column;

    /// The column of a foreign key, with values of the type `T`.
    fn column<T: Clone + Send + Sync + 'static>() -> Self::Column;

    /// A relation to the model `M`, and each of its columns.
    fn relation<M: Seedable>(&mut self, relation: RelationDef, columns: Vec<Self::Column>);
}

impl Relations for TableDef {
    type Column = ();

    fn column<T: Clone + Send + Sync + 'static>() {}

    fn relation<M: Seedable>(&mut self, relation: RelationDef, _: Vec<()>) {
        self.relations.push(RelationDef { parent: M::TABLE, ..relation });
    }
}

/// What is said of a relation, and those of its columns that are told already.
pub struct Told<R: Relations> {
    relation: RelationDef,
    columns: Vec<R::Column>,
}

impl<R: Relations> From<RelationDef> for Told<R> {
    fn from(relation: RelationDef) -> Told<R> {
        Told { relation, columns: Vec::new() }
    }
}

impl<R: Relations> Default for Told<R> {
    fn default() -> Told<R> {
        RelationDef::default().into()
    }
}

/// The parent of the foreign key `C`: the model that fills the column `P`.
/// The field of the foreign key holds a `T`. The columns go in front of those that are told.
pub fn parent<C, P, T, M, R>(relations: &mut R, told: Told<R>)
where
    C: Column<SqlType: IntoNotNullable>,
    // The primary key of a `belongs_to` may be several columns, which are an expression as well.
    P: Expression<SqlType: IntoNotNullable>,
    P: ReferencedBy<C, NotNull<C>, NotNull<P>, Column: ColumnOf<M, Value: SameRustType<T>>>,
    M: Seedable,
    R: Relations,
{
    let Told { mut relation, mut columns } = told;
    relation.columns.insert(0, C::NAME);
    relation.parent_columns.insert(0, <P::Column as Column>::NAME);
    columns.insert(0, R::column::<<P::Column as ColumnOf<M>>::Value>());
    relations.relation::<M>(relation, columns);
}

/// A further column `C` of a composite foreign key, which references `P`, a column of the table of `First`.
pub fn pair<C, P, T, M, First, R>(told: &mut Told<R>)
where
    C: Column<SqlType: IntoNotNullable>,
    P: Column<SqlType: IntoNotNullable, Table: IsSameTable<First::Table, P>>,
    P: ReferencedBy<C, NotNull<C>, NotNull<P>, Column: ColumnOf<M, Value: SameRustType<T>>>,
    M: Seedable,
    First: Column,
    R: Relations,
{
    told.relation.columns.push(C::NAME);
    told.relation.parent_columns.push(P::NAME);
    told.columns.push(R::column::<<P::Column as ColumnOf<M>>::Value>());
}
