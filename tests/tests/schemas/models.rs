//! Models whose definitions are made while the test runs: `T<3>` is the fourth table of the schema.

use std::cell::RefCell;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::query_builder::AstPass;
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Integer, Nullable};
use seed_diesel::__private::{Builder, CellWriter, Column, Given, Held, MadeRows, PerConnection, Relations, TableDef};
use seed_diesel::{Dialect, Load, Models, Seedable};

use super::schema::{Schema, columns};

/// The table of a number.
pub(crate) struct T<const N: usize>;

diesel::table! {
    // Nothing of it is asked.
    any_table (id) {
        id -> Integer,
    }
}

thread_local! {
    /// The definitions of the models. A run asks for them on its own thread.
    static DEFS: RefCell<Vec<TableDef>> = const { RefCell::new(Vec::new()) };
}

/// A backend that has integers, as all have.
pub(crate) trait Dynamic: Dialect + HasSqlType<Nullable<Integer>> {
    fn write<'b, W: CellWriter<'b, Self>>(cell: &'b Option<i32>, cells: &mut W) -> QueryResult<()>;
}

impl<DB> Dynamic for DB
where
    DB: Dialect + HasSqlType<Nullable<Integer>>,
    Option<i32>: ToSql<Nullable<Integer>, DB>,
{
    fn write<'b, W: CellWriter<'b, DB>>(cell: &'b Option<i32>, cells: &mut W) -> QueryResult<()> {
        cells.cell::<Nullable<Integer>, _>(cell)
    }
}

/// The models of a schema, until another one is asked for.
pub(crate) fn models<DB: Dynamic>(schema: &Schema) -> Models<DB> {
    DEFS.set(schema.defs());
    let mut models = Models::new();
    macro_rules! add {
        ($($table:literal)*) => {
            $(if $table < schema.tables.len() {
                models = models.and::<T<$table>>();
            })*
        };
    }
    add!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29);
    assert_eq!(models.len(), schema.tables.len());
    models
}

impl<const N: usize> Seedable for T<N> {
    type Model = Self;
    type Table = any_table::table;
    type Columns = Vec<Arc<Column<i32>>>;
    type Row = Vec<Option<i32>>;
    type Seeder = Given<Self>;

    const TABLE: &'static str = "";

    fn define() -> TableDef {
        DEFS.with_borrow(|defs| defs[N].clone())
    }

    fn columns(build: &mut Builder<'_>) -> Self::Columns {
        columns(build, &Self::define())
    }

    fn row(columns: &Self::Columns, row: u64) -> Self::Row {
        columns.iter().map(|column| column.nullable(row)).collect()
    }

    fn show(row: &Self::Row) -> Vec<String> {
        row.iter().map(|cell| format!("{cell:?}")).collect()
    }

    fn serial(columns: &Self::Columns) -> Vec<bool> {
        columns.iter().map(|column| column.is_serial()).collect()
    }

    fn made(_: &dyn Held<Self>, _: &mut MadeRows) {}

    // The definition has them.
    fn parents<R: Relations>(_: &mut R) {}

    fn loaders() -> PerConnection {
        PerConnection::default()
    }

    fn readers() -> PerConnection {
        PerConnection::default()
    }
}

impl<const N: usize, DB: Dynamic> Load<DB> for T<N> {
    fn table<'b>(mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_identifier(Self::define().name)
    }

    fn write<'b, W: CellWriter<'b, DB>>(row: &'b Self::Row, cells: &mut W) -> QueryResult<()> {
        row.iter().try_for_each(|cell| DB::write(cell, cells))
    }
}
