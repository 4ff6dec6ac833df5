//! SQLite.

#[cfg(feature = "cli")]
mod address;
mod columns;
mod insert;
mod lock;
mod rebuild;

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::query_builder::AstPass;
use diesel::result::DatabaseErrorInformation;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};
use seed_core::Deferral;

use super::{Dialect, End, KeyColumn, ReadBack, SeedConnection, TableName, quoted};
use crate::column::DatabaseColumn;
use crate::error::Error;
use crate::ledger::{self, Entry};
use crate::rebuild::{Asked, Rebuild};
use crate::reset::{self, Emptied};

impl Dialect for Sqlite {
    // Without `OR FAIL` a statement of many rows opens a statement journal, so that it can be undone
    // alone. A run undoes its whole transaction.
    const INSERT_MANY: &'static str = "INSERT OR FAIL INTO ";
    const GIVEN_KEYS: &'static str = "";
    // `INTEGER PRIMARY KEY` takes NULL for the next key; SQLite knows no `DEFAULT` here.
    const NEXT_KEY: &'static str = "NULL";
    const ROWS: usize = 50;
    const BINDS: usize = 32_766;
    const READ_BACK: ReadBack = ReadBack::Returning;
    // It knows no list of rows otherwise.
    const BEFORE_ROWS: &'static str = "VALUES ";
    const QUOTE: char = '`';
    const CASE_MATTERS: bool = false;
    const BIG_INTEGER: &'static str = "BIGINT";
    const TEMPORARY_KEY: &'static str = "";
    const DROP_TEMPORARY: &'static str = "DROP TABLE";
    const LONG_TEXT: &'static str = "TEXT";

    const COUNT_PROTECTED: &'static str =
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__seed_protected'";

    type Off = rebuild::Off;

    fn bind_number<'b>(mut out: AstPass<'_, 'b, Self>, number: &'b i64) -> QueryResult<()> {
        out.push_bind_param::<BigInt, i64>(number)
    }

    fn bind_text<'b>(mut out: AstPass<'_, 'b, Self>, text: &'b str) -> QueryResult<()> {
        out.push_bind_param::<Text, str>(text)
    }
}

impl SeedConnection for SqliteConnection {
    const NAME: &'static str = "SQLite";
    const DEFERS: Deferral = Deferral::Always;

    /// SQLite checks foreign keys only where it is asked to.
    fn opened(&mut self) -> QueryResult<()> {
        diesel::sql_query("PRAGMA foreign_keys = ON").execute(self).map(|_| ())
    }

    fn wait_for(&mut self, wait: Duration) -> QueryResult<()> {
        self.batch_execute(&format!("PRAGMA busy_timeout = {}", wait.as_millis().min(i32::MAX as u128)))
    }

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    /// What has been put off is checked at the commit.
    fn put_off_foreign_keys(&mut self, _: &[TableName]) -> QueryResult<Option<String>> {
        if self.number("SELECT defer_foreign_keys FROM pragma_defer_foreign_keys")? == Some(1) {
            return Ok(None);
        }
        diesel::sql_query("PRAGMA defer_foreign_keys = ON").execute(self)?;
        Ok(Some("PRAGMA defer_foreign_keys = OFF".to_owned()))
    }

    fn foreign_keys(&mut self, end: End, table: &TableName) -> QueryResult<Vec<KeyColumn>> {
        let asked_for = match end {
            End::Child => "child.name",
            End::Parent => "key.\"table\"",
        };
        // A foreign key does not leave its database file. It names its parent as it was written, and may leave
        // the parent's columns out: then it means the primary key. The newest foreign key is the first.
        let schema = table.schema.as_deref().unwrap_or("main");
        diesel::sql_query(format!(
            "SELECT child.name || ' ' || key.id AS foreign_key, '' AS name, child.name AS child, \
                    key.\"from\" AS child_column, COALESCE(parent.name, key.\"table\") AS parent, \
                    COALESCE((SELECT name FROM pragma_table_info(parent.name, ?1) \
                              WHERE CASE WHEN key.\"to\" IS NULL THEN pk = key.seq + 1 ELSE lower(name) = lower(key.\"to\") END), \
                             key.\"to\", '') AS parent_column, \
                    ?1 AS child_schema, ?1 AS parent_schema, ?1 = 'main' AS child_visible, ?1 = 'main' AS parent_visible, \
                    key.on_delete, key.on_update, TRUE AS `deferrable` \
             FROM {schema}.sqlite_master AS child \
             CROSS JOIN pragma_foreign_key_list(child.name, ?1) AS key \
             LEFT JOIN {schema}.sqlite_master AS parent ON parent.type = 'table' AND lower(parent.name) = lower(key.\"table\") \
             WHERE child.type = 'table' AND lower({asked_for}) = lower(?2) \
             ORDER BY child.name, key.id DESC, key.seq",
            schema = quoted::<Sqlite>(schema)
        ))
        .bind::<Text, _>(schema)
        .bind::<Text, _>(&table.name)
        .load(self)
    }

    fn columns(&mut self, table: &TableName) -> QueryResult<Vec<DatabaseColumn>> {
        columns::read(self, table)
    }

    /// While foreign keys are off, SQLite gives the pages of a table back in place of deleting row after row. With them on,
    /// it looks for the children of each row, through all of a table where no index helps. The run's own look at
    /// [`orphans`](SeedConnection::orphans) proves its rows.
    fn prepare_to_empty(&mut self, tables: &[TableName]) -> QueryResult<Option<String>> {
        let off = self.switch_off(tables, Asked::Yes)?;
        Ok(off.is_switched().then(|| "PRAGMA foreign_keys = ON".to_owned()))
    }

    /// The counters, too: they are rows of a table.
    fn empty_tables(&mut self, tables: &[Emptied<'_>], _: bool) -> Result<(), Error> {
        reset::delete_children_first(self, tables)?;
        for Emptied { called, name, .. } in tables {
            restart_counter(self, name).map_err(Error::database(format!("restarting the keys of `{called}`")))?;
        }
        Ok(())
    }

    /// `ON DELETE RESTRICT` lets no row go before one that references it, not even together with it; but while
    /// checks are put off, SQLite takes it for `NO ACTION`.
    fn delete_rows(&mut self, table: &TableName) -> QueryResult<()> {
        let again = self.put_off_foreign_keys(&[])?;
        let deleted = self.batch_execute(&format!("DELETE FROM {}", table.quoted));
        again.map_or(Ok(()), |again| self.batch_execute(&again))?;
        deleted
    }

    fn orphans(&mut self, table: &TableName) -> QueryResult<u64> {
        if self.number("SELECT foreign_keys FROM pragma_foreign_keys")? == Some(1) {
            return Ok(0);
        }
        let orphans: Orphans =
            diesel::sql_query("SELECT count(*) AS rows_that_are FROM pragma_foreign_key_check(?, ?)")
                .bind::<Text, _>(&table.name)
                .bind::<Text, _>(table.schema.as_deref().unwrap_or("main"))
                .get_result(self)?;
        Ok(orphans.rows_that_are.unsigned_abs())
    }

    /// "CHECK constraint failed: adults".
    fn constraint(information: &(dyn DatabaseErrorInformation + Send + Sync)) -> Option<String> {
        information.message().strip_prefix("CHECK constraint failed: ").map(str::to_owned)
    }

    /// The text of the table has it.
    fn definition(&mut self, table: &TableName, constraint: &str) -> QueryResult<Option<String>> {
        let schema = quoted::<Sqlite>(table.schema.as_deref().unwrap_or("main"));
        let made: Option<Made> = diesel::sql_query(format!(
            "SELECT sql FROM {schema}.sqlite_master WHERE type = 'table' AND lower(name) = lower(?)"
        ))
        .bind::<Text, _>(&table.name)
        .get_result(self)
        .optional()?;
        Ok(made.and_then(|made| check_of(&made.sql, constraint)))
    }

    fn ledger(&mut self) -> QueryResult<Option<Vec<Entry>>> {
        let there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__seed_ledger'";
        match self.number(there)? {
            Some(1) => diesel::sql_query(ledger::SELECT).load(self).map(Some),
            _ => Ok(None),
        }
    }

    /// The next key of a table is always past its greatest one.
    fn advance_sequences(&mut self, _: &TableName, _: &[&'static str]) -> QueryResult<()> {
        Ok(())
    }
}

/// An `AUTOINCREMENT` key keeps its last value in `sqlite_sequence`, a table that is there where any such key is.
fn restart_counter(connection: &mut SqliteConnection, table: &TableName) -> QueryResult<()> {
    let schema = quoted::<Sqlite>(table.schema.as_deref().unwrap_or("main"));
    let there = format!("SELECT count(*) FROM {schema}.sqlite_master WHERE name = 'sqlite_sequence'");
    if connection.number(&there)? == Some(0) {
        return Ok(());
    }
    diesel::sql_query(format!("DELETE FROM {schema}.sqlite_sequence WHERE lower(name) = lower(?)"))
        .bind::<Text, _>(&table.name)
        .execute(connection)
        .map(drop)
}

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Text)]
    sql: String,
}

/// `CHECK (age >= 18)` of `CONSTRAINT adults CHECK (age >= 18), …`.
fn check_of(table: &str, name: &str) -> Option<String> {
    let lower = table.to_ascii_lowercase();
    let words = |at: usize| {
        let rest = lower[at..].strip_prefix("constraint")?.trim_start().trim_start_matches(['"', '`', '[']);
        let rest = rest.strip_prefix(&name.to_ascii_lowercase())?.trim_start_matches(['"', '`', ']']).trim_start();
        rest.starts_with("check").then(|| lower.len() - rest.len())
    };
    let start = lower.match_indices("constraint").find_map(|(at, _)| words(at))?;
    let (mut depth, mut quote) = (0, None);
    for (at, letter) in table[start..].char_indices() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(table[start..=start + at].to_owned());
                }
            }
            _ => {}
        }
    }
    None
}

#[derive(QueryableByName)]
struct Orphans {
    #[diesel(sql_type = BigInt)]
    rows_that_are: i64,
}
