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
    BoxGenerator, Builder, Column, ColumnDef, Hint, IntoBounds, Kind, Locale, MadeRows, Raise, Ranged, RelationDef,
    Share, TableDef, Tree, Value, With, values, weighted,
};

pub use crate::__per_connection as per_connection;
#[cfg(feature = "mysql")]
pub use crate::backend::MysqlConnection;
#[cfg(feature = "postgres")]
pub use crate::backend::PgConnection;
#[cfg(feature = "sqlite")]
pub use crate::backend::SqliteConnection;
pub use crate::checks::{ComparedWith, IntoWith, Ordered, StoredIn};
pub use crate::error::Error;
pub use crate::fixture::{Fixture, Given};
pub use crate::held::{Embedded, Held, made};
pub use crate::probe::{
    Faked, FitsAnyLength, FitsLength, LengthLimit, LengthOf, NoLengthLimit, PerConnection, Probe, Show, ShowAny,
    ShowDebug, ShowDisplay, Supported, Unsupported,
};
pub use crate::read::{And, One, References};
pub use crate::relations::{Relations, Told, pair, parent};
pub use crate::seedable::{CellWriter, ChildOf, ColumnOf, Load, Seedable};

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

/// An enum's values: its variants, as often as they weigh.
pub fn variants<T: 'static>(of: fn(u64) -> T, weights: &[f64]) -> BoxGenerator<T> {
    Box::new(seed_core::variants(of, weights))
}

/// Adds a column to a table: what is said of it, and no more, is set in what this gives.
pub fn define<'a>(table: &'a mut TableDef, name: &'static str, max_len: Option<usize>) -> &'a mut ColumnDef {
    table.columns.push(ColumnDef { max_len, ..ColumnDef::new(name) });
    let last = table.columns.len() - 1;
    &mut table.columns[last]
}

/// The children that each parent gets.
pub fn with(children: impl IntoWith) -> With {
    children.into_with()
}

/// NULL, as a preview shows it.
pub fn null() -> String {
    "NULL".to_owned()
}

/// A column with values of a range.
pub fn draw_range<T: Ranged>(
    build: &mut Builder<'_>,
    name: &'static str,
    bounds: impl IntoBounds<T>,
) -> Arc<Column<T>> {
    build.draw(name, T::range(bounds))
}

/// Keeps `column` from being before `earlier`, the column `P` of the same row.
pub fn after<P, T, M>(build: &mut Builder<'_>, column: &Arc<Column<T>>, earlier: &Arc<Column<P::Value>>)
where
    M: Seedable,
    P: ColumnOf<M, Value: ComparedWith<T>>,
    T: Ordered,
{
    build.after(column, P::Value::column(earlier));
}

/// Keeps `column` from being before `P`, a column of the row's parent.
pub fn after_parent<P, T, M>(build: &mut Builder<'_>, name: &'static str, column: &Arc<Column<T>>)
where
    M: Seedable,
    P: ColumnOf<M, Value: ComparedWith<T>>,
    T: Ordered,
{
    build.after_parent(name, column, M::TABLE, P::NAME);
}
