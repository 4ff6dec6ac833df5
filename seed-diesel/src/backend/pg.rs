//! PostgreSQL.

#[cfg(feature = "cli")]
mod address;
mod columns;
mod copy;
mod empty;
mod fit;
mod lock;
mod rebuild;
mod sequences;
mod types;

use diesel::connection::SimpleConnection;
use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::query_builder::AstPass;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use seed_core::Deferral;

use super::{Dialect, End, Immovable, KeyColumn, Keys, ReadBack, SeedConnection, TableName};
use crate::column::DatabaseColumn;
use crate::error::Error;
use crate::ledger::{self, Entry};
use crate::reset::{self, Emptied};

impl Dialect for Pg {
    const INSERT_MANY: &'static str = "INSERT INTO ";
    // An identity column that is `GENERATED ALWAYS` takes a given key only with these words; other
    // tables do not mind them.
    const GIVEN_KEYS: &'static str = " OVERRIDING SYSTEM VALUE";
    const NEXT_KEY: &'static str = "DEFAULT";
    const ROWS: usize = 1_000;
    const BINDS: usize = 65_535;
    const READ_BACK: ReadBack = ReadBack::Returning;
    // Without the word, many rows are as many nested conditions, and too deep.
    const BEFORE_ROWS: &'static str = "VALUES ";
    const QUOTE: char = '"';
    const CASE_MATTERS: bool = true;
    const NAME_BYTES: usize = 63;
    const BIG_INTEGER: &'static str = "BIGINT";
    const TEMPORARY_KEY: &'static str = "";
    const DROP_TEMPORARY: &'static str = "DROP TABLE";
    const LONG_TEXT: &'static str = "TEXT";

    // In any schema: a mark is of the whole database.
    const COUNT_PROTECTED: &'static str =
        "SELECT count(*) FROM pg_class WHERE relname = '__seed_protected' AND relkind IN ('r', 'p')";

    type Off = rebuild::Off;

    fn bind_number<'b>(mut out: AstPass<'_, 'b, Self>, number: &'b i64) -> QueryResult<()> {
        out.push_bind_param::<BigInt, i64>(number)
    }

    fn bind_text<'b>(mut out: AstPass<'_, 'b, Self>, text: &'b str) -> QueryResult<()> {
        out.push_bind_param::<Text, str>(text)
    }
}

impl SeedConnection for PgConnection {
    const NAME: &'static str = "PostgreSQL";
    const DEFERS: Deferral = Deferral::Declared;

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    fn put_off_foreign_keys(&mut self, tables: &[TableName]) -> QueryResult<Option<String>> {
        let mut keys: Vec<Deferrable> = Vec::new();
        for table in tables {
            let of_table: Vec<Deferrable> = diesel::sql_query(
                "SELECT format('%I.%I', nspname, conname) AS name, condeferred AS waits_anyway \
                 FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace \
                 WHERE contype = 'f' AND condeferrable AND conrelid = to_regclass($1)",
            )
            .bind::<Text, _>(&table.quoted)
            .load(self)?;
            keys.extend(of_table);
        }
        let names = |keys: &[Deferrable]| keys.iter().map(|key| key.name.as_str()).collect::<Vec<_>>().join(", ");
        if !keys.is_empty() {
            self.batch_execute(&format!("SET CONSTRAINTS {} DEFERRED", names(&keys)))?;
        }
        keys.retain(|key| !key.waits_anyway);
        Ok((!keys.is_empty()).then(|| format!("SET CONSTRAINTS {} IMMEDIATE", names(&keys))))
    }

    fn foreign_keys(&mut self, end: End, table: &TableName) -> QueryResult<Vec<KeyColumn>> {
        // A foreign key of a partitioned table is there again for each partition that references, and
        // for each that is referenced.
        let is_asked_for = match end {
            End::Child => {
                "conrelid = to_regclass($1) AND NOT EXISTS (\
                     SELECT FROM pg_constraint AS whole WHERE whole.oid = key.conparentid AND whole.conrelid = key.conrelid)"
            }
            End::Parent => "confrelid = to_regclass($1) AND conparentid = 0",
        };
        let action = |of: &str| {
            format!(
                "CASE {of} WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' \
                           WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END"
            )
        };
        diesel::sql_query(format!(
            "SELECT key.oid::text AS foreign_key, conname::text AS name, \
                    child_schema.nspname::text AS child_schema, child.relname::text AS child, \
                    pg_table_is_visible(child.oid) AS child_visible, child_column.attname::text AS child_column, \
                    parent_schema.nspname::text AS parent_schema, parent.relname::text AS parent, \
                    pg_table_is_visible(parent.oid) AS parent_visible, parent_column.attname::text AS parent_column, \
                    {} AS on_delete, {} AS on_update, condeferrable AS deferrable \
             FROM pg_constraint AS key \
             CROSS JOIN LATERAL unnest(conkey, confkey) WITH ORDINALITY AS pair (child, parent, position) \
             JOIN pg_class AS child ON child.oid = conrelid \
             JOIN pg_namespace AS child_schema ON child_schema.oid = child.relnamespace \
             JOIN pg_attribute AS child_column ON child_column.attrelid = conrelid AND child_column.attnum = pair.child \
             JOIN pg_class AS parent ON parent.oid = confrelid \
             JOIN pg_namespace AS parent_schema ON parent_schema.oid = parent.relnamespace \
             JOIN pg_attribute AS parent_column ON parent_column.attrelid = confrelid AND parent_column.attnum = pair.parent \
             WHERE contype = 'f' AND {is_asked_for} \
             ORDER BY child_schema.nspname, child.relname, conkey, key.oid, position",
            action("confdeltype"),
            action("confupdtype"),
        ))
        .bind::<Text, _>(&table.quoted)
        .load(self)
    }

    fn columns(&mut self, table: &TableName) -> QueryResult<Vec<DatabaseColumn>> {
        columns::read(self, table)
    }

    fn definition(&mut self, table: &TableName, constraint: &str) -> QueryResult<Option<String>> {
        let definition: Option<Definition> = diesel::sql_query(
            "SELECT COALESCE(pg_get_constraintdef(key.oid), pg_get_indexdef(index.indexrelid)) AS text \
             FROM pg_class AS class \
             LEFT JOIN pg_constraint AS key ON key.conrelid = class.oid AND key.conname = $2 \
             LEFT JOIN pg_index AS index ON index.indrelid = class.oid AND indexrelid = (\
                 SELECT oid FROM pg_class AS named WHERE named.relname = $2 AND named.relnamespace = class.relnamespace) \
             WHERE class.oid = to_regclass($1)",
        )
        .bind::<Text, _>(&table.quoted)
        .bind::<Text, _>(constraint)
        .get_result(self)
        .optional()?;
        Ok(definition.and_then(|definition| definition.text))
    }

    fn like(&self, table: &TableName, name: &str, row: &str) -> Option<String> {
        Some(format!("CREATE TEMPORARY TABLE {name} ({row} BIGINT, LIKE {} INCLUDING ALL)", table.quoted))
    }

    fn ledger(&mut self) -> QueryResult<Option<Vec<Entry>>> {
        let there = "SELECT count(*) FROM (SELECT 1 WHERE to_regclass('__seed_ledger') IS NOT NULL) AS tables";
        match self.number(there)? {
            Some(1) => diesel::sql_query(ledger::SELECT).load(self).map(Some),
            _ => Ok(None),
        }
    }

    fn empty_tables(&mut self, tables: &[Emptied<'_>], is_own: bool) -> Result<(), Error> {
        match is_own {
            true => empty::all(self, tables),
            // The locks of anything faster would keep other tests waiting until this transaction ends.
            false => reset::delete_children_first(self, tables),
        }
    }

    fn check_sequences(&mut self, table: &TableName, keys: &[Keys]) -> QueryResult<Option<Immovable>> {
        sequences::check(self, table, keys)
    }

    fn advance_sequences(&mut self, table: &TableName, columns: &[&'static str]) -> QueryResult<()> {
        sequences::advance(self, table, columns)
    }
}

/// A foreign key that can wait for the end of a transaction.
#[derive(QueryableByName)]
struct Deferrable {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    waits_anyway: bool,
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
}
