//! What SQLite says of columns: what a table was declared with, `NUMERIC(10, 2)`, which it does not heed.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use crate::backend::TableName;
use crate::column::DatabaseColumn;

pub(super) fn read(connection: &mut SqliteConnection, table: &TableName) -> QueryResult<Vec<DatabaseColumn>> {
    let declared: Vec<Declared> = diesel::sql_query("SELECT name, type AS declared FROM pragma_table_info(?, ?)")
        .bind::<Text, _>(&table.name)
        .bind::<Text, _>(table.schema.as_deref().unwrap_or("main"))
        .load(connection)?;
    Ok(declared.into_iter().map(Declared::column).collect())
}

#[derive(QueryableByName)]
struct Declared {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    declared: String,
}

impl Declared {
    fn column(self) -> DatabaseColumn {
        let digits = digits(&self.declared);
        // Dates and times are text, whatever the type: one with a year of five digits is sorted before the others.
        let seconds = Some(DatabaseColumn::FOUR_DIGIT_YEARS);
        DatabaseColumn { name: self.name, type_name: self.declared, digits, seconds, ..DatabaseColumn::default() }
    }
}

/// Those of `DECIMAL(10, 2)` or `NUMERIC(10)`, in any case.
fn digits(declared: &str) -> Option<(u32, u32)> {
    let (kind, digits) = declared.trim().strip_suffix(')')?.split_once('(')?;
    if !["decimal", "numeric"].contains(&kind.trim().to_ascii_lowercase().as_str()) {
        return None;
    }
    let (precision, scale) = digits.split_once(',').unwrap_or((digits, "0"));
    Some((precision.trim().parse().ok()?, scale.trim().parse().ok()?))
}
