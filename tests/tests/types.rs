//! A table of every SQL type that Diesel has on each database, with all the Rust types that it stores there, seeded without any
//! attribute and read back.

use diesel::prelude::*;
use seed_core::{Builder, Overrides, Plan};
use seed_diesel::{Anchor, Seedable};
use seed_tests::Statements;

#[path = "types/foreign.rs"]
mod foreign;
#[path = "types/mysql.rs"]
mod mysql;
#[path = "types/postgres.rs"]
mod postgres;
#[path = "types/sqlite.rs"]
mod sqlite;

const ROWS: u64 = 1_000;

/// The rows of a model, as they are before a database has held them.
fn rows<M: Seedable>() -> Vec<M::Row> {
    let mut overrides = Overrides::default();
    overrides.table_mut(M::TABLE).count = Some(ROWS);
    let plan = Plan::new(42, vec![M::define()], &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    let columns = M::columns(&mut build);
    build.finish().unwrap();
    (0..ROWS).map(|row| M::row(&columns, row)).collect()
}

/// Compares what a database has given back with what was put in.
fn assert_same<M: Seedable>(loaded: &[M::Row]) {
    assert_eq!(loaded.len() as u64, ROWS);
    for (row, (loaded, made)) in loaded.iter().zip(rows::<M>()).enumerate() {
        assert_eq!(M::show(loaded), M::show(&made), "row {row} of `{}`", M::TABLE);
    }
}

/// Tables, each once with all columns NOT NULL and once with all of them nullable. A line is a column: its name, what CREATE TABLE
/// says, Diesel's type, and the type of the field.
macro_rules! tables {
    ($($table:ident {
        $($(#[$meta:meta])* $column:ident: $ddl:literal, [$($sql:tt)+], [$($rust:tt)+];)+
    })+) => {$(
        mod $table {
            use super::*;

            mod required {
                use super::*;

                diesel::table! {
                    $table (id) {
                        id -> Integer,
                        $($(#[$meta])* $column -> $($sql)+,)+
                    }
                }

                #[derive(Queryable, Selectable, Identifiable, Seedable)]
                #[diesel(table_name = $table)]
                struct Row {
                    id: i32,
                    $($column: $($rust)+,)+
                }

                #[test]
                fn values_come_back() {
                    let mut db = Db::empty();
                    let columns = [$(concat!(stringify!($column), " ", $ddl, " NOT NULL")),+].join(", ");
                    db.run(&format!("CREATE TABLE {} (id INTEGER PRIMARY KEY NOT NULL, {columns})", stringify!($table)));
                    let copied = (Db::ENGINE == "postgres").then(|| Statements::of(&mut db, stringify!($table)));
                    seed(&mut db.conn, models![Row]).seed(42).refine::<Row>(|t| t.count(ROWS)).run().unwrap();
                    if let Some(copied) = copied {
                        assert_eq!(copied.words(&mut db), ["COPY"]);
                    }
                    let loaded = $table::table.order($table::id).load(&mut db.conn).unwrap();
                    assert_same::<Row>(&loaded);
                    if ["started_at", "ended_at"].iter().all(|column| [$(stringify!($column)),+].contains(column)) {
                        let sql = format!("SELECT count(*) FROM {} WHERE ended_at < started_at", stringify!($table));
                        assert_eq!(db.number(&sql), 0, "an end before its start");
                    }
                    let models: Vec<Row> = $table::table.select(Row::as_select()).limit(1).load(&mut db.conn).unwrap();
                    assert_eq!(models.len(), 1);
                    drop(models.into_iter().map(|row| (row.id, $(row.$column),+)));
                }
            }

            mod nullable {
                use super::*;

                diesel::table! {
                    $table (id) {
                        id -> Integer,
                        $($(#[$meta])* $column -> Nullable<$($sql)+>,)+
                    }
                }

                #[derive(Queryable, Selectable, Identifiable, Seedable)]
                #[diesel(table_name = $table)]
                struct Row {
                    id: i32,
                    $($column: Option<$($rust)+>,)+
                }

                #[test]
                fn values_come_back() {
                    let mut db = Db::empty();
                    let columns = [$(concat!(stringify!($column), " ", $ddl, " NULL")),+].join(", ");
                    db.run(&format!("CREATE TABLE {} (id INTEGER PRIMARY KEY NOT NULL, {columns})", stringify!($table)));
                    let copied = (Db::ENGINE == "postgres").then(|| Statements::of(&mut db, stringify!($table)));
                    seed(&mut db.conn, models![Row]).seed(42).refine::<Row>(|t| t.count(ROWS)).run().unwrap();
                    if let Some(copied) = copied {
                        assert_eq!(copied.words(&mut db), ["COPY"]);
                    }
                    let loaded = $table::table.order($table::id).load(&mut db.conn).unwrap();
                    assert_same::<Row>(&loaded);
                    $(
                        let sql = format!("SELECT count({}) FROM {}", stringify!($column), stringify!($table));
                        let values = db.number(&sql);
                        assert!((800..980).contains(&values), "{}: {values} values", stringify!($column));
                    )+
                    let models: Vec<Row> = $table::table.select(Row::as_select()).limit(1).load(&mut db.conn).unwrap();
                    assert_eq!(models.len(), 1);
                    drop(models.into_iter().map(|row| (row.id, $(row.$column),+)));
                }
            }
        }
    )+};
}
use tables;
