//! SQLite.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};

use super::{DeletingReference, Dialect, ReadBack, SeedConnection, TableName};

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
}

impl SeedConnection for SqliteConnection {
    const NAME: &'static str = "SQLite";
    const SCHEMES: &'static [&'static str] = &[];

    /// SQLite checks foreign keys only where it is asked to.
    fn opened(&mut self) -> QueryResult<()> {
        diesel::sql_query("PRAGMA foreign_keys = ON").execute(self).map(|_| ())
    }

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    fn deleting_references(&mut self, table: &TableName) -> QueryResult<Vec<DeletingReference>> {
        let rows: Vec<Rule> = diesel::sql_query(
            "SELECT child.name AS child, key.on_delete AS rule \
             FROM sqlite_master AS child, pragma_foreign_key_list(child.name) AS key \
             WHERE child.type = 'table' AND lower(key.\"table\") = lower(?) \
               AND key.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') \
             ORDER BY 1",
        )
        .bind::<Text, _>(&table.name)
        .load(self)?;
        Ok(rows
            .into_iter()
            .map(|row| DeletingReference { table: TableName::quote(None, &row.child, '`'), action: row.rule })
            .collect())
    }

    /// The next key of a table is always past its greatest one.
    fn advance_sequences(&mut self, _: &TableName, _: &[&'static str]) -> QueryResult<()> {
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Rule {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    rule: String,
}
