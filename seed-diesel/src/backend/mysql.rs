//! MySQL and MariaDB.

use diesel::mysql::{Mysql, MysqlConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::{DeletingReference, Dialect, ReadBack, SeedConnection, TableName};

impl Dialect for Mysql {
    const INSERT_MANY: &'static str = "INSERT INTO ";
    const GIVEN_KEYS: &'static str = "";
    const NEXT_KEY: &'static str = "DEFAULT";
    const ROWS: usize = 1_000;
    const BINDS: usize = 65_535;
    const READ_BACK: ReadBack = ReadBack::LastInsertId;
}

impl SeedConnection for MysqlConnection {
    const NAME: &'static str = "MySQL";
    const SCHEMES: &'static [&'static str] = &["mysql"];

    fn number(&mut self, sql: &str) -> QueryResult<Option<i64>> {
        diesel::dsl::sql::<Nullable<BigInt>>(sql).get_result(self)
    }

    fn deleting_references(&mut self, table: &TableName) -> QueryResult<Vec<DeletingReference>> {
        let rows: Vec<Rule> = diesel::sql_query(
            "SELECT CONSTRAINT_SCHEMA AS child_schema, TABLE_NAME AS child, DELETE_RULE AS rule \
             FROM information_schema.REFERENTIAL_CONSTRAINTS \
             WHERE UNIQUE_CONSTRAINT_SCHEMA = COALESCE(?, DATABASE()) AND REFERENCED_TABLE_NAME = ? \
               AND DELETE_RULE IN ('CASCADE', 'SET NULL', 'SET DEFAULT') \
             ORDER BY 1, 2",
        )
        .bind::<Nullable<Text>, _>(&table.schema)
        .bind::<Text, _>(&table.name)
        .load(self)?;
        Ok(rows
            .into_iter()
            .map(|row| DeletingReference {
                table: TableName::quote(Some(&row.child_schema), &row.child, '`'),
                action: row.rule,
            })
            .collect())
    }

    /// InnoDB moves `AUTO_INCREMENT` past every key that is given.
    fn advance_sequences(&mut self, _: &TableName, _: &[&'static str]) -> QueryResult<()> {
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Rule {
    #[diesel(sql_type = Text)]
    child_schema: String,
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    rule: String,
}
