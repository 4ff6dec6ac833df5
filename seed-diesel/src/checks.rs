//! What the compiler is asked of a model's types, and what it says where the answer is no: each in
//! the words of the mistake, at the user's own token.

#![expect(missing_docs, reason = "only generated code and bounds name these")]

use std::ops::RangeInclusive;
use std::sync::Arc;

use diesel::backend::Backend;
use diesel::dsl::SqlTypeOf;
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, IntoNotNullable};
use diesel::{Expression, QueryResult};
use seed_core::{Column, Ordinal, With};

use crate::seedable::CellWriter;

/// The SQL type of a column, `Nullable` or not.
pub(crate) type NotNull<C> = <SqlTypeOf<C> as IntoNotNullable>::NotNullable;

/// A type whose values a backend stores in a column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in `{Column}` on `{DB}`",
    label = "its field for `{Column}` is `{Self}`",
    note = "the type needs a `ToSql` for the column's SQL type on `{DB}`; `#[seed(skip)]` leaves a column to the database"
)]
pub trait StoredIn<Column, DB: Backend> {
    fn write<'b, W: CellWriter<'b, DB>>(&'b self, cells: &mut W) -> QueryResult<()>;
}

#[diagnostic::do_not_recommend]
impl<T, Column, DB> StoredIn<Column, DB> for T
where
    Column: Expression,
    DB: Backend + HasSqlType<Column::SqlType>,
    T: ToSql<Column::SqlType, DB>,
{
    fn write<'b, W: CellWriter<'b, DB>>(&'b self, cells: &mut W) -> QueryResult<()> {
        cells.cell::<Column::SqlType, T>(self)
    }
}

/// A column that another one references. The Rust types are only compared where the SQL types
/// agree: they hang on `Column`.
#[diagnostic::on_unimplemented(
    message = "`{Child}` is `{ChildType}`, but `{Self}`, which it references, is `{ParentType}`",
    label = "a column of `{ParentType}`",
    note = "a foreign key has the SQL type of the column that it references: see `schema.rs`",
    note = "one of several columns is written above the struct: `#[seed(references(a = parent::a, b = parent::b))]`"
)]
pub trait ReferencedBy<Child, ChildType, ParentType> {
    type Column;
}

impl<Parent, Child, T> ReferencedBy<Child, T, T> for Parent {
    type Column = Parent;
}

/// The type of a parent's field.
#[diagnostic::on_unimplemented(
    message = "the field of this foreign key is `{Field}`, but the field that it references is `{Self}`",
    label = "its field is `{Self}`",
    note = "give both fields the same Rust type; only an `Option` around it may differ"
)]
pub trait SameRustType<Field> {}

impl<T> SameRustType<T> for T {}

/// The table of a further column that a composite foreign key references.
#[diagnostic::on_unimplemented(
    message = "`{Column}` is no column of `{Table}`, which this foreign key references",
    label = "a column of `{Self}`",
    note = "the columns of one foreign key reference those of one table; write a `references(…)` for each table"
)]
pub trait IsSameTable<Table, Column> {}

impl<Table, Column> IsSameTable<Table, Column> for Table {}

/// The type of a column that another one comes `after`.
#[diagnostic::on_unimplemented(
    message = "`after` compares columns of one Rust type: this one is `{Self}`, but the field is `{Later}`",
    label = "a column of `{Self}`",
    note = "name a column of `{Later}`, or make the field's values with `value`; an `Option` makes no difference"
)]
pub trait ComparedWith<Later>: Sized {
    fn column(column: &Arc<Column<Self>>) -> &Arc<Column<Later>>;
}

impl<T> ComparedWith<T> for T {
    fn column(column: &Arc<Column<T>>) -> &Arc<Column<T>> {
        column
    }
}

/// The type of a column that comes `after` another one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order that `after` could keep",
    label = "`after` is for numbers, dates, times and timestamps"
)]
pub trait Ordered: Ordinal {}

#[diagnostic::do_not_recommend]
impl<T: Ordinal> Ordered for T {}

/// A type that a faker makes values of.
#[diagnostic::on_unimplemented(
    message = "this faker makes no `{Self}`",
    label = "a faker of something else",
    note = "the field's type (in an `Option`, the one inside) decides which fakers it takes: those for which it is `fake::Dummy`"
)]
pub trait FakedBy<F>: fake::Dummy<F> {}

#[diagnostic::do_not_recommend]
impl<T: fake::Dummy<F>, F> FakedBy<F> for T {}

/// The table of a column that is refined.
#[diagnostic::on_unimplemented(
    message = "`{Column}` is no column of `{Refined}`",
    label = "a column of `{Self}`",
    note = "`refine` says what differs for the columns of its model's own table; the columns of others go into a `refine` of \
            theirs"
)]
pub trait IsRefined<Refined, Column> {}

impl<Table, Column> IsRefined<Table, Column> for Table {}

/// How many children each parent gets: `3`, `1..=5`, `[(0.6, 1..=3), (0.4, 5..=7)]` or a [`With`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of children",
    label = "expected a `u64`, a range of them, or a list of weights and ranges",
    note = "write `3`, `1..=5` or `[(0.6, 1..=3), (0.4, 5..=7)]`"
)]
pub trait IntoWith {
    fn into_with(self) -> With;
}

impl IntoWith for u64 {
    fn into_with(self) -> With {
        self.into()
    }
}

impl IntoWith for RangeInclusive<u64> {
    fn into_with(self) -> With {
        self.into()
    }
}

impl<const N: usize> IntoWith for [(f64, RangeInclusive<u64>); N] {
    fn into_with(self) -> With {
        self.into()
    }
}

impl IntoWith for With {
    fn into_with(self) -> With {
        self
    }
}
