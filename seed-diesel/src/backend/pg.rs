//! PostgreSQL.

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::{DeletingReference, Dialect, ReadBack, SeedConnection, TableName};

impl Dialect for Pg {
    const INSERT_MANY: &'static str = "INSERT INTO ";
    // An identity column that is `GENERATED ALWAYS` takes a given key only with these words; other
    // tables do not mind them.
    const GIVEN_KEYS: &'static str = " OVERRIDING SYSTEM VALUE";
    const NEXT_KEY: &'static str = "DEFAULT";
    const ROWS: usize = 1_000;
    const BINDS: usize = 65_535;
    const READ_BACK: ReadBack = ReadBack::Returning;
}

impl SeedConnection for PgConnection {
    const NAME: &'static str = "PostgreSQL";
    const SCHEMES: &'static [&'static str] = &["postgres", "postgresql"];

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    fn deleting_references(&mut self, table: &TableName) -> QueryResult<Vec<DeletingReference>> {
        let rows: Vec<(String, String, String)> = diesel::sql_query(
            "SELECT namespace.nspname::text AS first, child.relname::text AS second, \
                    CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'SET DEFAULT' END AS third \
             FROM pg_constraint \
             JOIN pg_class AS child ON child.oid = conrelid \
             JOIN pg_namespace AS namespace ON namespace.oid = child.relnamespace \
             WHERE contype = 'f' AND confrelid = to_regclass($1) AND confdeltype IN ('c', 'n', 'd') \
             ORDER BY 1, 2",
        )
        .bind::<Text, _>(&table.quoted)
        .load::<Three>(self)?
        .into_iter()
        .map(|row| (row.first, row.second, row.third))
        .collect();
        Ok(rows
            .into_iter()
            .map(|(schema, name, action)| DeletingReference { table: TableName::quote(Some(&schema), &name, '"'), action })
            .collect())
    }

    fn advance_sequences(&mut self, table: &TableName, columns: &[&'static str]) -> QueryResult<()> {
        for column in columns {
            let sequence: Option<Sequence> = diesel::sql_query("SELECT pg_get_serial_sequence($1, $2) AS name")
                .bind::<Text, _>(&table.quoted)
                .bind::<Text, _>(column)
                .get_result(self)
                .optional()?;
            let Some(sequence) = sequence.and_then(|sequence| sequence.name) else { continue };
            let column = TableName::quote(None, column, '"').quoted;
            diesel::sql_query(format!(
                "SELECT setval($1::regclass, highest) FROM (SELECT max({column})::bigint AS highest FROM {}) AS keys \
                 WHERE highest > coalesce(pg_sequence_last_value($1::regclass), 0)",
                table.quoted
            ))
            .bind::<Text, _>(sequence)
            .execute(self)?;
        }
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Three {
    #[diesel(sql_type = Text)]
    first: String,
    #[diesel(sql_type = Text)]
    second: String,
    #[diesel(sql_type = Text)]
    third: String,
}

#[derive(QueryableByName)]
struct Sequence {
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
}
