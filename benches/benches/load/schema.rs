//! What is loaded: models, and the same rows as one would insert them by hand.

use std::error::Error;
use std::io::Read;

use diesel::pg::CopyFormat;
use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use game::schema::{levels, scores, sessions, user_profiles, users};
use seed_benches::wide::{self, Customer, customers};
use seed_diesel::{SeedConnection, Seeding, models, seed};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Rows of a batch that is inserted by hand.
pub(crate) const BATCH: usize = 1_000;

/// Models, and their tables.
pub(crate) trait Schema {
    const NAME: &'static str;

    /// In the order in which they are loaded.
    const TABLES: &'static [&'static str];

    /// Whether tables reference each other.
    const HAS_FOREIGN_KEYS: bool = Self::TABLES.len() > 1;

    /// What creates the tables.
    const SQLITE: &'static str;
    const POSTGRES: &'static str;
    const MYSQL: &'static str;
}

/// What is done with the models on one kind of connection.
pub(crate) trait On<C: SeedConnection>: Schema {
    /// The rows of all tables, as structs that can be inserted.
    type Rows;

    /// A run of so many rows of the table that counts.
    fn seed(conn: &mut C, count: u64) -> Seeding<'_, C>;

    fn rows(conn: &mut C) -> Result<Self::Rows>;

    /// Inserts the rows in slices, as one does: Diesel writes a statement for each.
    fn insert(conn: &mut C, rows: &Self::Rows) -> Result<()>;

    /// Inserts the rows in arrays: Diesel writes the statement of a full one once, and has it prepared.
    fn insert_arrays(conn: &mut C, rows: &Self::Rows) -> Result<()>;
}

/// What PostgreSQL's `COPY` gives and takes.
pub(crate) trait Copied: Schema {
    /// The bytes of each table. A connection for each: one that Diesel has copied from takes no further command.
    fn copy_out(connect: &dyn Fn() -> Result<PgConnection>) -> Result<Vec<Vec<u8>>>;

    fn copy_in(conn: &mut PgConnection, tables: &[Vec<u8>]) -> Result<()>;
}

pub(crate) struct Game;

pub(crate) struct Wide;

/// What the implementations have in common but for the types. Macros, because Diesel's bounds for this in generic
/// functions would be longer than the functions.
macro_rules! schema {
    (
        $schema:ident, $name:literal, $rows:ident, counts $counts:ident,
        $($model:ident as $row:ident in $table:ident),*;
        $sqlite:expr, $postgres:expr, $mysql:expr
    ) => {
        impl Schema for $schema {
            const NAME: &'static str = $name;
            const TABLES: &'static [&'static str] = &[$(stringify!($table)),*];
            const SQLITE: &'static str = $sqlite;
            const POSTGRES: &'static str = $postgres;
            const MYSQL: &'static str = $mysql;
        }

        pub(crate) struct $rows {
            $($table: Vec<$row>),*
        }

        schema!(@on SqliteConnection, $schema, $rows, $counts, $($model as $row in $table),*);
        schema!(@on PgConnection, $schema, $rows, $counts, $($model as $row in $table),*);
        schema!(@on MysqlConnection, $schema, $rows, $counts, $($model as $row in $table),*);

        impl Copied for $schema {
            fn copy_out(connect: &dyn Fn() -> Result<PgConnection>) -> Result<Vec<Vec<u8>>> {
                let mut tables = Vec::new();
                $({
                    let mut bytes = Vec::new();
                    let copy = diesel::copy_to($table::table).with_format(CopyFormat::Binary);
                    copy.load_raw(&mut connect()?)?.read_to_end(&mut bytes)?;
                    tables.push(bytes);
                })*
                Ok(tables)
            }

            fn copy_in(conn: &mut PgConnection, tables: &[Vec<u8>]) -> Result<()> {
                let mut tables = tables.iter();
                $(
                    let bytes = tables.next().map_or(&[][..], Vec::as_slice);
                    diesel::copy_from($table::table)
                        .from_raw_data($table::table, |copy| {
                            // As much at a time as libpq sends at once.
                            bytes.chunks(COPIED).try_for_each(|chunk| copy.write_all(chunk)).map_err(|error| {
                                diesel::result::Error::SerializationError(Box::new(error))
                            })
                        })
                        .with_format(CopyFormat::Binary)
                        .execute(conn)?;
                )*
                Ok(())
            }
        }
    };
    (@on $conn:ty, $schema:ident, $rows:ident, $counts:ident, $($model:ident as $row:ident in $table:ident),*) => {
        impl On<$conn> for $schema {
            type Rows = $rows;

            fn seed(conn: &mut $conn, count: u64) -> Seeding<'_, $conn> {
                seed(conn, models![$($model),*]).refine::<$counts>(|table| table.count(count))
            }

            fn rows(conn: &mut $conn) -> Result<$rows> {
                Ok($rows { $($table: $table::table.order($table::id).load(conn)?),* })
            }

            fn insert(conn: &mut $conn, rows: &$rows) -> Result<()> {
                $(
                    for rows in rows.$table.chunks(BATCH) {
                        diesel::insert_into($table::table).values(rows).execute(conn)?;
                    }
                )*
                Ok(())
            }

            fn insert_arrays(conn: &mut $conn, rows: &$rows) -> Result<()> {
                $(
                    let (full, rest) = rows.$table.as_chunks::<BATCH>();
                    for rows in full {
                        diesel::insert_into($table::table).values(rows).execute(conn)?;
                    }
                    diesel::insert_into($table::table).values(rest).execute(conn)?;
                )*
                Ok(())
            }
        }
    };
}

/// Bytes that are given to `COPY` at a time.
const COPIED: usize = 64 * 1024;

schema!(
    Game, "game", GameRows, counts User,
    User as NewUser in users,
    UserProfile as NewUserProfile in user_profiles,
    Session as NewSession in sessions,
    Level as NewLevel in levels,
    Score as NewScore in scores;
    include_str!("../../../examples/game/migrations/sqlite/0001_create_game/up.sql"),
    include_str!("../../../examples/game/migrations/postgres/0001_create_game/up.sql"),
    include_str!("../../../examples/game/migrations/mysql/0001_create_game/up.sql")
);

schema!(
    Wide, "wide", WideRows, counts Customer,
    Customer as Customer in customers;
    wide::SQLITE, wide::POSTGRES, wide::MYSQL
);

#[derive(Queryable, Insertable)]
#[diesel(table_name = users)]
struct NewUser {
    id: i32,
    created_at: chrono::NaiveDateTime,
    username: String,
    date_of_birth: chrono::NaiveDate,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = levels)]
struct NewLevel {
    id: i32,
    name: String,
    difficulty: i32,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = user_profiles)]
struct NewUserProfile {
    id: i32,
    user_id: i32,
    first_name: String,
    last_name: String,
    title: String,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = sessions)]
struct NewSession {
    id: i32,
    user_id: i32,
    created_at: chrono::NaiveDateTime,
    duration: i32,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = scores)]
struct NewScore {
    id: i32,
    session_id: i32,
    level_id: i32,
    created_at: chrono::NaiveDateTime,
    score: i32,
    time_taken: i32,
    accuracy: f32,
}
