//! What generated code names. Not public API.

pub use std::boxed::Box;
pub use std::string::String;
pub use std::sync::Arc;
pub use std::vec;
pub use std::vec::Vec;

pub use diesel::backend::Backend;
pub use diesel::dsl::SqlTypeOf;
pub use diesel::query_builder::{AstPass, QueryFragment};
pub use diesel::result::QueryResult;
pub use diesel::serialize::ToSql;
pub use diesel::sql_types::HasSqlType;
pub use diesel::{Column as DieselColumn, Table};
pub use fake::locales;
pub use seed_core::{
    BoxGenerator, Builder, Column, ColumnDef, Hint, Kind, MadeRows, RelationDef, Share, TableDef, Value, With, fake,
    range, values, weighted,
};

pub use crate::__loaders as loaders;
#[cfg(feature = "mysql")]
pub use crate::backend::MysqlConnection;
#[cfg(feature = "postgres")]
pub use crate::backend::PgConnection;
#[cfg(feature = "sqlite")]
pub use crate::backend::SqliteConnection;
pub use crate::error::Error;
pub use crate::fixture::{Fixture, Given, Parent};
pub use crate::probe::{
    LengthLimit, LengthOf, Loaders, NoLengthLimit, Probe, Show, ShowAny, ShowDebug, ShowDisplay, Supported, Unsupported,
};
pub use crate::seedable::{BetweenTables, CellWriter, ChildOf, ColumnOf, Load, Seedable, SelfReference};

use diesel::Expression;
use diesel::sql_types::IntoNullable;

/// All fakers of the `fake` crate, each with a locale as its first argument.
pub mod fakers {
    pub use fake::Faker;
    pub use fake::faker::address::raw::*;
    pub use fake::faker::administrative::raw::*;
    pub use fake::faker::automotive::raw::*;
    pub use fake::faker::barcode::raw::*;
    pub use fake::faker::boolean::raw::*;
    pub use fake::faker::company::raw::*;
    pub use fake::faker::creditcard::raw::*;
    pub use fake::faker::currency::raw::*;
    pub use fake::faker::filesystem::raw::*;
    pub use fake::faker::finance::raw::*;
    pub use fake::faker::internet::raw::*;
    // `Title` is that of a name; the other one has a name of its own here.
    pub use fake::faker::job::raw::{Field, Position, Seniority, Title as JobTitle};
    pub use fake::faker::lorem::raw::*;
    pub use fake::faker::markdown::raw::*;
    pub use fake::faker::name::raw::*;
    pub use fake::faker::number::raw::*;
    pub use fake::faker::phone_number::raw::*;
}

/// A newtype's values: those of its field.
pub fn newtype<T: 'static, U: 'static>(inner: BoxGenerator<T>, into: fn(T) -> U) -> BoxGenerator<U> {
    Box::new(seed_core::Map::new(inner, into))
}

/// The table and the name of the column that `C` references. Its model is the one that fills it.
pub fn parent<C, P, T, M>() -> (&'static str, &'static str)
where
    C: DieselColumn,
    M: Seedable,
    P: ReferencedBy<C> + ColumnOf<M, Value = T>,
{
    (M::TABLE, P::NAME)
}

/// The table and the name of a column whose values are of type `T`.
pub fn column_of_type<P, T, M>() -> (&'static str, &'static str)
where
    M: Seedable,
    P: ColumnOf<M, Value = T>,
{
    (M::TABLE, P::NAME)
}

/// A column whose SQL type is that of the column that references it, NULL or not.
pub trait ReferencedBy<C>: DieselColumn {}

impl<P, C> ReferencedBy<C> for P
where
    P: DieselColumn,
    C: DieselColumn,
    SqlTypeOf<P>: IntoNullable,
    SqlTypeOf<C>: IntoNullable,
    <SqlTypeOf<P> as IntoNullable>::Nullable: SameSqlType<<SqlTypeOf<C> as IntoNullable>::Nullable>,
    P: Expression,
{
}

#[diagnostic::on_unimplemented(
    message = "the two columns of this relation have different SQL types",
    label = "the referenced column is `{Self}`, but the foreign key is `{T}`",
    note = "a foreign key has the SQL type of the column that it references; see `schema.rs`"
)]
pub trait SameSqlType<T> {}

impl<T> SameSqlType<T> for T {}
