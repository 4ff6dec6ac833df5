//! What a database does its own way: one trait for its SQL, one for its connection, and a file for
//! each database.

use std::time::Duration;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::deserialize::QueryableByName;
use diesel::query_builder::AstPass;
use diesel::result::DatabaseErrorInformation;
use diesel::sql_types::{Bool, Text};
use seed_core::Deferral;

use crate::bulk::Bulk;
use crate::column::DatabaseColumn;
use crate::error::Error;
use crate::ledger::Entry;
use crate::lock::Lock;
use crate::rebuild::Rebuild;
use crate::reset::Emptied;

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod pg;
#[cfg(feature = "sqlite")]
mod sqlite;

/// The SQL of a backend, where backends differ.
pub trait Dialect: Bulk + Backend<QueryBuilder: Default> + Default + 'static {
    /// The beginning of an insert of many rows.
    #[doc(hidden)]
    const INSERT_MANY: &'static str;

    /// What stands behind the columns where keys that the database would make are given.
    #[doc(hidden)]
    const GIVEN_KEYS: &'static str;

    /// What stands in place of a key that the database makes.
    #[doc(hidden)]
    const NEXT_KEY: &'static str;

    /// How many rows an insert takes at best.
    #[doc(hidden)]
    const ROWS: usize;

    /// How many bound values a statement takes at most.
    #[doc(hidden)]
    const BINDS: usize;

    /// How new rows are read back.
    #[doc(hidden)]
    const READ_BACK: ReadBack;

    /// What stands before rows of values behind `IN`.
    #[doc(hidden)]
    const BEFORE_ROWS: &'static str;

    /// What stands around a name.
    #[doc(hidden)]
    const QUOTE: char;

    /// Whether names that differ in their case alone are two names.
    #[doc(hidden)]
    const CASE_MATTERS: bool;

    /// How many bytes of a name the database keeps. It cuts a longer one without an error.
    #[doc(hidden)]
    const NAME_BYTES: usize = usize::MAX;

    /// What an integer of 64 bits is cast to.
    #[doc(hidden)]
    const BIG_INTEGER: &'static str;

    /// What stands behind the name of a new temporary table.
    #[doc(hidden)]
    const TEMPORARY_KEY: &'static str;

    /// The beginning of a statement that drops a temporary table.
    #[doc(hidden)]
    const DROP_TEMPORARY: &'static str;

    /// The foreign keys and indexes of a run that are off, and how they come back.
    #[doc(hidden)]
    type Off;

    /// The type of a text without a limit that matters.
    #[doc(hidden)]
    const LONG_TEXT: &'static str;

    /// Counts the tables that mark a database as protected.
    #[doc(hidden)]
    const COUNT_PROTECTED: &'static str;

    /// Binds a number.
    #[doc(hidden)]
    fn bind_number<'b>(out: AstPass<'_, 'b, Self>, number: &'b i64) -> QueryResult<()>;

    /// Binds a text.
    #[doc(hidden)]
    fn bind_text<'b>(out: AstPass<'_, 'b, Self>, text: &'b str) -> QueryResult<()>;

    /// An update of these columns by the rows of another table that agree in a key. The columns that are `kept`
    /// hold what they held, also where the database would change them with the row.
    #[doc(hidden)]
    fn update_from(table: &str, from: &str, columns: &[String], _kept: &[String], agree: &str) -> String {
        let set: Vec<String> = columns.iter().map(|column| format!("{column} = {from}.{column}")).collect();
        format!("UPDATE {table} SET {} FROM {from} WHERE {agree}", set.join(", "))
    }
}

/// How new rows are read back.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBack {
    /// By a `RETURNING` clause.
    Returning,
    /// By the first key that the connection's last insert made: those of one insert are
    /// consecutive.
    LastInsertId,
}

/// A connection that rows can be loaded through: Diesel's connections to PostgreSQL, MySQL and
/// SQLite.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no connection that rows can be loaded through",
    label = "not a `PgConnection`, `MysqlConnection` or `SqliteConnection`",
    note = "switch on the feature `postgres`, `mysql` or `sqlite` of `seed-diesel`; of a pooled connection, give what it holds: \
            `&mut *conn`"
)]
pub trait SeedConnection:
    LoadConnection<Backend: Dialect + Bulk<Connection = Self>> + Lock + Rebuild + 'static
{
    /// The database's name, for people.
    #[doc(hidden)]
    const NAME: &'static str;

    /// Has a connection that the command line has just opened wait so long for others, where it would not wait at all.
    #[doc(hidden)]
    fn wait_for(&mut self, _: Duration) -> QueryResult<()> {
        Ok(())
    }

    /// Sets up a connection that the command line has opened.
    #[doc(hidden)]
    fn opened(&mut self) -> QueryResult<()> {
        Ok(())
    }

    /// The number that a query gives; `None` is NULL.
    #[doc(hidden)]
    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>>;

    /// Which foreign keys a transaction can put off until it commits.
    #[doc(hidden)]
    const DEFERS: Deferral;

    /// Puts off the checks of the tables' foreign keys, where that can be, until the statement that it
    /// gives back is run: the transaction may be the application's, and goes on.
    #[doc(hidden)]
    fn put_off_foreign_keys(&mut self, tables: &[TableName]) -> QueryResult<Option<String>>;

    /// Lets the session refuse values that do not fit their columns, where it would change them; gives the statement that sets it
    /// to what it was.
    #[doc(hidden)]
    fn refuse_misfits(&mut self) -> QueryResult<Option<String>> {
        Ok(None)
    }

    /// The columns of all foreign keys that have `table` at this end, in the order of the foreign keys
    /// and in that of their columns.
    #[doc(hidden)]
    fn foreign_keys(&mut self, end: End, table: &TableName) -> QueryResult<Vec<KeyColumn>>;

    /// The columns of a table, and what each can hold.
    #[doc(hidden)]
    fn columns(&mut self, table: &TableName) -> QueryResult<Vec<DatabaseColumn>>;

    /// The name of the constraint or the unique index that an error is about.
    #[doc(hidden)]
    fn constraint(information: &(dyn DatabaseErrorInformation + Send + Sync)) -> Option<String> {
        information.constraint_name().map(str::to_owned)
    }

    /// What a constraint or a unique index of a table says, where the database tells it by name.
    #[doc(hidden)]
    fn definition(&mut self, _table: &TableName, _constraint: &str) -> QueryResult<Option<String>> {
        Ok(None)
    }

    /// The statement that makes a temporary table like another one, with its constraints but without its foreign keys, and with a
    /// column for a row's index; where that is needed to find a row that was refused.
    #[doc(hidden)]
    fn like(&self, _table: &TableName, _name: &str, _row: &str) -> Option<String> {
        None
    }

    /// Before a transaction that empties tables: switches off what can be switched off only there. Returns the statement
    /// that sets the connection back.
    #[doc(hidden)]
    fn prepare_to_empty(&mut self, _: &[TableName]) -> QueryResult<Option<String>> {
        Ok(None)
    }

    /// Deletes all rows of these tables, which come parents first, in the fastest way that can be undone. No row of
    /// another table references them. Where the transaction is the run's own, restarts the counters of their keys as well,
    /// as far as that can be undone.
    #[doc(hidden)]
    fn empty_tables(&mut self, tables: &[Emptied<'_>], is_own: bool) -> Result<(), Error>;

    /// Deletes all rows of a table, whatever rows of its own they reference.
    #[doc(hidden)]
    fn delete_rows(&mut self, table: &TableName) -> QueryResult<()> {
        self.batch_execute(&format!("DELETE FROM {}", table.quoted))
    }

    /// After the commit of a transaction that has emptied tables: restarts the counters that no transaction can. They end
    /// past the keys that are there.
    #[doc(hidden)]
    fn restart_counters(&mut self, _: &[TableName]) -> QueryResult<()> {
        Ok(())
    }

    /// How many rows of a table reference rows that do not exist, where the connection has been told
    /// not to look. A database that always looks has none.
    #[doc(hidden)]
    fn orphans(&mut self, _: &TableName) -> QueryResult<u64> {
        Ok(0)
    }

    /// The ledger of interrupted runs; `None` where there is no such table.
    #[doc(hidden)]
    fn ledger(&mut self) -> QueryResult<Option<Vec<Entry>>>;

    /// Before rows are loaded into a table: finds out whether its sequences can be moved past the keys of these columns.
    #[doc(hidden)]
    fn check_sequences(&mut self, _: &TableName, _: &[Keys]) -> QueryResult<Option<Immovable>> {
        Ok(None)
    }

    /// Moves every sequence of the table past the keys that it holds, and never back.
    #[doc(hidden)]
    fn advance_sequences(&mut self, table: &TableName, columns: &[&'static str]) -> QueryResult<()>;
}

/// A column that a run fills.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    /// The column.
    pub column: &'static str,
    /// The last of its keys, where these count up.
    pub last: Option<u64>,
}

/// A sequence that cannot be moved past the keys of a run.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Immovable {
    /// The sequence, quoted.
    pub sequence: String,
    /// The column that takes its keys from it.
    pub column: String,
    /// What is in the way.
    pub reason: String,
    /// The statement that its owner runs.
    pub remedy: String,
}

/// A table's name in SQL.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableName {
    /// Quoted, and behind its schema where it has one.
    pub quoted: String,
    /// Its schema, where it has one.
    pub schema: Option<String>,
    /// Itself.
    pub name: String,
}

/// An end of a foreign key.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The table that references.
    Child,
    /// The table that is referenced.
    Parent,
}

/// A column of a foreign key, as the database's catalogue tells of it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct KeyColumn {
    /// The foreign key, told apart from all others that have the same table at the same end.
    #[diesel(sql_type = Text)]
    pub foreign_key: String,
    /// The constraint's name; empty where the database does not tell.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The schema of the table that references.
    #[diesel(sql_type = Text)]
    pub child_schema: String,
    /// That table.
    #[diesel(sql_type = Text)]
    pub child: String,
    /// Whether its name stands for it where no schema is said.
    #[diesel(sql_type = Bool)]
    pub child_visible: bool,
    /// The column.
    #[diesel(sql_type = Text)]
    pub child_column: String,
    /// The schema of the table that is referenced.
    #[diesel(sql_type = Text)]
    pub parent_schema: String,
    /// That table.
    #[diesel(sql_type = Text)]
    pub parent: String,
    /// Whether its name stands for it where no schema is said.
    #[diesel(sql_type = Bool)]
    pub parent_visible: bool,
    /// The column that is referenced.
    #[diesel(sql_type = Text)]
    pub parent_column: String,
    /// What happens to the rows when a row that they reference is deleted: `CASCADE`, `SET NULL`,
    /// `NO ACTION`, …
    #[diesel(sql_type = Text)]
    pub on_delete: String,
    /// What happens to them when the referenced columns change.
    #[diesel(sql_type = Text)]
    pub on_update: String,
    /// Whether its check can be put off until the transaction commits.
    #[diesel(sql_type = Bool)]
    pub deferrable: bool,
}

impl TableName {
    /// Reads a quoted name: `"users"`, `"accounts"."users"`, or with the backend's other quote.
    pub(crate) fn read(quoted: String) -> TableName {
        let mut parts: Vec<String> = Vec::new();
        let mut letters = quoted.chars().peekable();
        while let Some(quote) = letters.next() {
            if quote == '.' {
                continue;
            }
            let mut part = String::new();
            while let Some(letter) = letters.next() {
                // A quote inside of a name is doubled.
                if letter == quote && letters.next_if_eq(&quote).is_none() {
                    break;
                }
                part.push(letter);
            }
            parts.push(part);
        }
        let name = parts.pop().unwrap_or_default();
        TableName { quoted, schema: parts.pop(), name }
    }
}

/// A name in the backend's quotes.
pub(crate) fn quoted<DB: Dialect>(name: &str) -> String {
    let quote = DB::QUOTE;
    format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
}

/// Asks each backend that is built in whether it can do something with a model's rows: `__loader`, or
/// `__reader`.
#[doc(hidden)]
#[macro_export]
macro_rules! __per_connection {
    ($model:ty, $method:ident) => {{
        use $crate::__private::{Supported as _, Unsupported as _};
        #[allow(unused_mut, clippy::allow_attributes)]
        let mut ways = <$crate::__private::PerConnection as ::core::default::Default>::default();
        $crate::__with_pg!($model, $method, ways);
        $crate::__with_mysql!($model, $method, ways);
        $crate::__with_sqlite!($model, $method, ways);
        ways
    }};
}

/// A macro that adds a backend's way, or nothing where the backend is not built in.
macro_rules! with_backend {
    ($d:tt, $with:ident, $feature:literal, $connection:ident) => {
        #[cfg(feature = $feature)]
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $with {
                    ($d model:ty, $d method:ident, $d ways:ident) => {
                        $d ways.add(
                            (&$d crate::__private::Probe::<$d model, $d crate::__private::$connection>::NEW).$d method(),
                        );
                    };
                }

        #[cfg(not(feature = $feature))]
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $with {
            ($d model:ty, $d method:ident, $d ways:ident) => {};
        }

        #[cfg(feature = $feature)]
        pub use diesel::$connection;
    };
}
with_backend!($, __with_pg, "postgres", PgConnection);
with_backend!($, __with_mysql, "mysql", MysqlConnection);
with_backend!($, __with_sqlite, "sqlite", SqliteConnection);
