//! PostgreSQL.

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::{DecimalColumn, Dialect, ReadBack, ReferencingColumn, SeedConnection, TableName, quoted};

impl Dialect for Pg {
    const INSERT_MANY: &'static str = "INSERT INTO ";
    // An identity column that is `GENERATED ALWAYS` takes a given key only with these words; other
    // tables do not mind them.
    const GIVEN_KEYS: &'static str = " OVERRIDING SYSTEM VALUE";
    const NEXT_KEY: &'static str = "DEFAULT";
    const ROWS: usize = 1_000;
    const BINDS: usize = 65_535;
    const READ_BACK: ReadBack = ReadBack::Returning;
    const QUOTE: char = '"';
}

impl SeedConnection for PgConnection {
    const NAME: &'static str = "PostgreSQL";
    const SCHEMES: &'static [&'static str] = &["postgres", "postgresql"];

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    fn references_to(&mut self, table: &TableName) -> QueryResult<Vec<ReferencingColumn>> {
        // The partitions of a table have foreign keys of their own, each with the table's as its parent.
        diesel::sql_query(
            "SELECT key.oid::text AS foreign_key, namespace.nspname::text AS schema, child.relname::text AS table, \
                    pg_table_is_visible(child.oid) AS visible, attname::text AS name, \
                    CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' \
                                     WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS action \
             FROM pg_constraint AS key \
             JOIN pg_class AS child ON child.oid = conrelid \
             JOIN pg_namespace AS namespace ON namespace.oid = child.relnamespace \
             JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) \
             WHERE contype = 'f' AND confrelid = to_regclass($1) AND conparentid = 0 \
             ORDER BY nspname, relname, key.oid, attnum",
        )
        .bind::<Text, _>(&table.quoted)
        .load(self)
    }

    fn decimals(&mut self, table: &TableName) -> QueryResult<Vec<DecimalColumn>> {
        // How a `numeric(10, 2)` keeps its digits, also as a domain: `numerictypmodin` of PostgreSQL.
        diesel::sql_query(
            "SELECT attname::text AS name, (modifier - 4) >> 16 AS precision, (modifier - 4) & 2047 AS scale \
             FROM pg_attribute \
             JOIN pg_type ON pg_type.oid = atttypid \
             CROSS JOIN LATERAL (SELECT CASE typtype WHEN 'd' THEN typtypmod ELSE atttypmod END AS modifier) AS digits \
             WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND modifier >= 4 \
               AND 'numeric'::regtype IN (pg_type.oid, typbasetype) AND (modifier - 4) & 2047 < 1024",
        )
        .bind::<Text, _>(&table.quoted)
        .load(self)
    }

    fn advance_sequences(&mut self, table: &TableName, columns: &[&'static str]) -> QueryResult<()> {
        for column in columns {
            let sequence: Option<Sequence> = diesel::sql_query("SELECT pg_get_serial_sequence($1, $2) AS name")
                .bind::<Text, _>(&table.quoted)
                .bind::<Text, _>(column)
                .get_result(self)
                .optional()?;
            let Some(sequence) = sequence.and_then(|sequence| sequence.name) else { continue };
            // The sequence's name comes quoted. One that has given no key yet stands at its first.
            diesel::sql_query(format!(
                "SELECT setval($1::regclass, highest) \
                 FROM (SELECT max({})::bigint AS highest FROM {}) AS keys, {sequence} AS sequence \
                 WHERE highest > sequence.last_value OR (highest = sequence.last_value AND NOT sequence.is_called)",
                quoted::<Pg>(column),
                table.quoted
            ))
            .bind::<Text, _>(sequence)
            .execute(self)?;
        }
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Sequence {
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
}
