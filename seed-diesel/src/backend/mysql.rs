//! MySQL and MariaDB.

#[cfg(feature = "cli")]
mod address;
mod columns;
mod empty;
mod insert;
mod lock;
mod rebuild;

use diesel::connection::SimpleConnection;
use diesel::mysql::{Mysql, MysqlConnection};
use diesel::prelude::*;
use diesel::query_builder::AstPass;
use diesel::result::DatabaseErrorInformation;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use seed_core::Deferral;

use super::{Dialect, End, KeyColumn, ReadBack, SeedConnection, TableName, quoted};
use crate::column::DatabaseColumn;
use crate::error::Error;
use crate::ledger::{self, Entry};
use crate::reset::Emptied;

impl Dialect for Mysql {
    const INSERT_MANY: &'static str = "INSERT INTO ";
    const GIVEN_KEYS: &'static str = "";
    const NEXT_KEY: &'static str = "DEFAULT";
    const ROWS: usize = 1_000;
    const BINDS: usize = 65_535;
    const READ_BACK: ReadBack = ReadBack::LastInsertId;
    // Each of MySQL and MariaDB has a word for it that the other does not know.
    const BEFORE_ROWS: &'static str = "";
    const QUOTE: char = '`';
    // That of a column never matters; that of a table where the server's files have it.
    const CASE_MATTERS: bool = false;
    const BIG_INTEGER: &'static str = "SIGNED";
    // A server may require a primary key of every table (`sql_require_primary_key`).
    const TEMPORARY_KEY: &'static str = " (PRIMARY KEY (seed_row))";
    // Without the second word, the statement would commit.
    const DROP_TEMPORARY: &'static str = "DROP TEMPORARY TABLE";
    const LONG_TEXT: &'static str = "MEDIUMTEXT CHARACTER SET utf8mb4";

    const COUNT_PROTECTED: &'static str = "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '__seed_protected'";

    type Off = ();

    fn bind_number<'b>(mut out: AstPass<'_, 'b, Self>, number: &'b i64) -> QueryResult<()> {
        out.push_bind_param::<BigInt, i64>(number)
    }

    fn bind_text<'b>(mut out: AstPass<'_, 'b, Self>, text: &'b str) -> QueryResult<()> {
        out.push_bind_param::<Text, str>(text)
    }

    fn update_from(table: &str, from: &str, columns: &[String], kept: &[String], agree: &str) -> String {
        let set = columns.iter().map(|column| format!("{table}.{column} = {from}.{column}"));
        // A column with `ON UPDATE CURRENT_TIMESTAMP` changes with the row, unless it is set.
        let keep = kept.iter().map(|column| format!("{table}.{column} = {table}.{column}"));
        format!("UPDATE {table} JOIN {from} ON {agree} SET {}", set.chain(keep).collect::<Vec<_>>().join(", "))
    }
}

impl SeedConnection for MysqlConnection {
    const NAME: &'static str = "MySQL";
    const DEFERS: Deferral = Deferral::Never;

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    /// InnoDB looks at each row.
    fn put_off_foreign_keys(&mut self, _: &[TableName]) -> QueryResult<Option<String>> {
        Ok(None)
    }

    /// Outside of strict mode a text is cut and a number is clamped, with no more than a warning.
    fn refuse_misfits(&mut self) -> QueryResult<Option<String>> {
        let mode: Mode = diesel::sql_query("SELECT @@SESSION.sql_mode AS mode").get_result(self)?;
        if mode.mode.split(',').any(|word| ["STRICT_TRANS_TABLES", "STRICT_ALL_TABLES"].contains(&word)) {
            return Ok(None);
        }
        self.batch_execute("SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES')")?;
        Ok(Some(format!("SET SESSION sql_mode = '{}'", mode.mode)))
    }

    fn foreign_keys(&mut self, end: End, table: &TableName) -> QueryResult<Vec<KeyColumn>> {
        // MariaDB looks into every table of the schema, but where the table is said by constants alone. A
        // unique index may have the name of a foreign key.
        let (same, asked_for) = match end {
            End::Child => (
                "ON rule.CONSTRAINT_NAME = part.CONSTRAINT_NAME AND part.REFERENCED_TABLE_NAME IS NOT NULL",
                "part.TABLE_SCHEMA = COALESCE(?, DATABASE()) AND part.TABLE_NAME = ? \
                 AND rule.CONSTRAINT_SCHEMA = COALESCE(?, DATABASE()) AND rule.TABLE_NAME = ?",
            ),
            End::Parent => (
                "USING (CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME)",
                "part.REFERENCED_TABLE_SCHEMA = COALESCE(?, DATABASE()) AND part.REFERENCED_TABLE_NAME = ? \
                 AND rule.UNIQUE_CONSTRAINT_SCHEMA = COALESCE(?, DATABASE()) AND rule.REFERENCED_TABLE_NAME = ?",
            ),
        };
        diesel::sql_query(format!(
            "SELECT CONCAT_WS(' ', part.TABLE_SCHEMA, part.TABLE_NAME, part.CONSTRAINT_NAME) AS foreign_key, \
                    part.CONSTRAINT_NAME AS name, part.TABLE_SCHEMA AS child_schema, part.TABLE_NAME AS child, \
                    COALESCE(part.TABLE_SCHEMA = DATABASE(), FALSE) AS child_visible, part.COLUMN_NAME AS child_column, \
                    part.REFERENCED_TABLE_SCHEMA AS parent_schema, part.REFERENCED_TABLE_NAME AS parent, \
                    COALESCE(part.REFERENCED_TABLE_SCHEMA = DATABASE(), FALSE) AS parent_visible, \
                    part.REFERENCED_COLUMN_NAME AS parent_column, \
                    rule.DELETE_RULE AS on_delete, rule.UPDATE_RULE AS on_update, FALSE AS deferrable \
             FROM information_schema.KEY_COLUMN_USAGE AS part \
             JOIN information_schema.REFERENTIAL_CONSTRAINTS AS rule {same} \
             WHERE {asked_for} \
             ORDER BY part.TABLE_SCHEMA, part.TABLE_NAME, part.CONSTRAINT_NAME, part.ORDINAL_POSITION"
        ))
        .bind::<Nullable<Text>, _>(&table.schema)
        .bind::<Text, _>(&table.name)
        .bind::<Nullable<Text>, _>(&table.schema)
        .bind::<Text, _>(&table.name)
        .load(self)
    }

    fn columns(&mut self, table: &TableName) -> QueryResult<Vec<DatabaseColumn>> {
        columns::read(self, table)
    }

    fn empty_tables(&mut self, tables: &[Emptied<'_>], _: bool) -> Result<(), Error> {
        empty::all(self, tables)
    }

    fn restart_counters(&mut self, tables: &[TableName]) -> QueryResult<()> {
        empty::restart_counters(self, tables)
    }

    /// InnoDB looks at foreign keys row by row: a row cannot go while another one of the same table
    /// references it.
    fn delete_rows(&mut self, table: &TableName) -> QueryResult<()> {
        let own: Vec<OwnReference> = diesel::sql_query(
            "SELECT COLUMN_NAME AS name, IS_NULLABLE = 'YES' AS nullable \
             FROM information_schema.KEY_COLUMN_USAGE \
             JOIN information_schema.COLUMNS USING (TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME) \
             WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? \
               AND REFERENCED_TABLE_SCHEMA = TABLE_SCHEMA AND REFERENCED_TABLE_NAME = TABLE_NAME",
        )
        .bind::<Nullable<Text>, _>(&table.schema)
        .bind::<Text, _>(&table.name)
        .load(self)?;
        let nulls: Vec<String> =
            own.iter().filter(|own| own.nullable).map(|own| format!("{} = NULL", quoted::<Mysql>(&own.name))).collect();
        if !nulls.is_empty() {
            self.batch_execute(&format!("UPDATE {} SET {}", table.quoted, nulls.join(", ")))?;
        }
        let delete = format!("DELETE FROM {}", table.quoted);
        if own.iter().all(|own| own.nullable) {
            return self.batch_execute(&delete);
        }
        // Not even a row that references itself could go. Nothing else references these rows: that has
        // been looked at, or deleted before.
        self.batch_execute("SET @seed_foreign_key_checks = @@foreign_key_checks, foreign_key_checks = 0")?;
        let deleted = self.batch_execute(&delete);
        self.batch_execute("SET foreign_key_checks = @seed_foreign_key_checks")?;
        deleted
    }

    /// The message has it: "CONSTRAINT `adults` failed for …", "Duplicate entry 'Rome' for key 'city'", with the table before the key
    /// on MySQL 8.
    fn constraint(information: &(dyn DatabaseErrorInformation + Send + Sync)) -> Option<String> {
        let message = information.message();
        let check = message.strip_prefix("CONSTRAINT `").or_else(|| message.strip_prefix("Check constraint '"));
        let name = match check {
            Some(rest) => rest.split(['`', '\'']).next()?,
            None => message.rsplit_once(" for key '")?.1.trim_end_matches('\'').rsplit('.').next()?,
        };
        Some(name.to_owned())
    }

    fn definition(&mut self, table: &TableName, constraint: &str) -> QueryResult<Option<String>> {
        let checks = "SELECT CONCAT('CHECK (', CHECK_CLAUSE, ')') AS text FROM information_schema.CHECK_CONSTRAINTS \
                      WHERE CONSTRAINT_SCHEMA = COALESCE(?, DATABASE()) AND CONSTRAINT_NAME = ?";
        let keys = "SELECT CONCAT('UNIQUE (', GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX SEPARATOR ', '), ')') AS text \
                    FROM information_schema.STATISTICS \
                    WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND INDEX_NAME = ? AND TABLE_NAME = ? GROUP BY INDEX_NAME";
        let check: Option<Definition> = diesel::sql_query(checks)
            .bind::<Nullable<Text>, _>(&table.schema)
            .bind::<Text, _>(constraint)
            .get_result(self)
            .optional()?;
        let definition = match check {
            Some(check) => Some(check),
            None => diesel::sql_query(keys)
                .bind::<Nullable<Text>, _>(&table.schema)
                .bind::<Text, _>(constraint)
                .bind::<Text, _>(&table.name)
                .get_result(self)
                .optional()?,
        };
        Ok(definition.map(|definition| definition.text))
    }

    fn ledger(&mut self) -> QueryResult<Option<Vec<Entry>>> {
        let there = "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '__seed_ledger'";
        match self.number(there)? {
            Some(1) => diesel::sql_query(ledger::SELECT).load(self).map(Some),
            _ => Ok(None),
        }
    }

    /// InnoDB moves `AUTO_INCREMENT` past every key that is given.
    fn advance_sequences(&mut self, _: &TableName, _: &[&'static str]) -> QueryResult<()> {
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    text: String,
}

#[derive(QueryableByName)]
struct Mode {
    #[diesel(sql_type = Text)]
    mode: String,
}

/// A column that references a column of its own table.
#[derive(QueryableByName)]
struct OwnReference {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}
