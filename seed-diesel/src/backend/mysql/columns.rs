//! What MySQL and MariaDB say of columns.

use diesel::mysql::MysqlConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use crate::backend::TableName;
use crate::column::{DatabaseColumn, Labels};

pub(super) fn read(connection: &mut MysqlConnection, table: &TableName) -> QueryResult<Vec<DatabaseColumn>> {
    let columns: Vec<Column> = diesel::sql_query(
        // The ends of TIMESTAMP as the session's time zone has them. MariaDB tells by NULL that it does not reach to 2106; MySQL
        // knows that time, but TIMESTAMP does not. MariaDB rounds parts of a second only where it is told to.
        "SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type_name, LOWER(DATA_TYPE) AS data_type, \
                CAST(NUMERIC_PRECISION AS SIGNED INTEGER) AS `precision`, CAST(NUMERIC_SCALE AS SIGNED INTEGER) AS scale, \
                CAST(CHARACTER_MAXIMUM_LENGTH AS SIGNED INTEGER) AS length, \
                TIMESTAMPDIFF(SECOND, '1970-01-01', FROM_UNIXTIME(1)) AS first_timestamp, \
                TIMESTAMPDIFF(SECOND, '1970-01-01', COALESCE( \
                    CASE WHEN VERSION() LIKE '%MariaDB%' THEN FROM_UNIXTIME(4294967295) END, FROM_UNIXTIME(2147483647) \
                )) AS last_timestamp, \
                COALESCE(DATETIME_PRECISION = 0, FALSE) \
                    AND (VERSION() NOT LIKE '%MariaDB%' OR FIND_IN_SET('TIME_ROUND_FRACTIONAL', @@sql_mode) > 0) AS rounds \
         FROM information_schema.COLUMNS \
         WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? \
         ORDER BY ORDINAL_POSITION",
    )
    .bind::<Nullable<Text>, _>(&table.schema)
    .bind::<Text, _>(&table.name)
    .load(connection)?;
    Ok(columns.into_iter().map(Column::column).collect())
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = Text)]
    data_type: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    precision: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    scale: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    length: Option<i64>,
    #[diesel(sql_type = BigInt)]
    first_timestamp: i64,
    #[diesel(sql_type = BigInt)]
    last_timestamp: i64,
    #[diesel(sql_type = Bool)]
    rounds: bool,
}

impl Column {
    fn column(self) -> DatabaseColumn {
        let digits = || Some((u32::try_from(self.precision?).ok()?, u32::try_from(self.scale?).ok()?));
        let is_unsigned = self.type_name.to_ascii_lowercase().contains("unsigned");
        let numbers = match &*self.data_type {
            // Zero means no year.
            "year" => Some((1_901, 2_155)),
            "tinyint" => Some(integers(8, is_unsigned)),
            "smallint" => Some(integers(16, is_unsigned)),
            "mediumint" => Some(integers(24, is_unsigned)),
            "int" => Some(integers(32, is_unsigned)),
            "bigint" => Some(integers(64, is_unsigned)),
            _ => None,
        };
        let seconds = match &*self.data_type {
            "date" | "datetime" => Some(DatabaseColumn::FOUR_DIGIT_YEARS),
            "timestamp" => Some((self.first_timestamp, self.last_timestamp)),
            _ => None,
        };
        // That of an ENUM is the length of its longest label.
        let has_length = ["char", "binary", "text", "blob"].iter().any(|kind| self.data_type.ends_with(kind));
        DatabaseColumn {
            // Floats have a scale where they are declared with one: `FLOAT(7, 4)`.
            digits: digits().filter(|_| ["decimal", "float", "double"].contains(&&*self.data_type)),
            length: self.length.filter(|_| has_length).and_then(|length| usize::try_from(length).ok()),
            numbers,
            seconds,
            rounds_to_seconds: self.rounds,
            labels: labels(&self.type_name).map(|known| Labels { of: None, known, is_list: false }),
            name: self.name,
            type_name: self.type_name,
        }
    }
}

/// The lowest and the highest integer that fits into this number of bits.
fn integers(bits: u32, is_unsigned: bool) -> (i128, i128) {
    match is_unsigned {
        true => (0, (1 << bits) - 1),
        false => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
    }
}

/// Those of `enum('a','it''s')`.
fn labels(type_name: &str) -> Option<Vec<String>> {
    let mut letters = type_name.strip_prefix("enum(")?.strip_suffix(')')?.chars().peekable();
    let mut labels = Vec::new();
    while letters.next() == Some('\'') {
        let mut label = String::new();
        while let Some(letter) = letters.next() {
            // A quote inside of a label is doubled.
            if letter == '\'' && letters.next_if_eq(&'\'').is_none() {
                break;
            }
            label.push(letter);
        }
        labels.push(label);
        // The comma.
        letters.next();
    }
    Some(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_without_their_quotes() {
        assert_eq!(labels("enum('a','it''s',''',''','')").unwrap(), ["a", "it's", "','", ""]);
        assert_eq!(labels("varchar(20)"), None);
    }
}
