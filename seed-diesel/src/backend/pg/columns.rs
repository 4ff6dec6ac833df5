//! What PostgreSQL says of columns.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Text};

use crate::backend::TableName;
use crate::column::{DatabaseColumn, Labels};

pub(super) fn read(connection: &mut PgConnection, table: &TableName) -> QueryResult<Vec<DatabaseColumn>> {
    let columns: Vec<Column> = diesel::sql_query(
        // A domain, and one of a domain, holds what its type holds. A list of an enum's labels has the enum's.
        "WITH RECURSIVE stored (position, name, written, type, modifier) AS ( \
             SELECT attnum, attname::text, format_type(atttypid, atttypmod), atttypid, atttypmod FROM pg_attribute \
             WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped \
             UNION ALL \
             SELECT position, name, written, typbasetype, CASE typtypmod WHEN -1 THEN modifier ELSE typtypmod END \
             FROM stored JOIN pg_type ON pg_type.oid = type WHERE typtype = 'd' \
         ) \
         SELECT name, written AS type_name, type.typname::text AS base, modifier, enum.oid::regtype::text AS enum_name, type.typcategory = 'A' AS is_list, \
                (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = enum.oid) AS labels \
         FROM stored JOIN pg_type AS type ON type.oid = stored.type AND type.typtype <> 'd' \
         LEFT JOIN pg_type AS enum ON enum.typtype = 'e' \
               AND enum.oid = CASE type.typcategory WHEN 'A' THEN type.typelem ELSE type.oid END \
         ORDER BY position",
    )
    .bind::<Text, _>(&table.quoted)
    .load(connection)?;
    Ok(columns.into_iter().map(Column::column).collect())
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    /// The type's own name, under all domains.
    #[diesel(sql_type = Text)]
    base: String,
    /// The type's modifier, such as the length of `varchar(20)`, as PostgreSQL keeps it; -1 where it has none.
    #[diesel(sql_type = Integer)]
    modifier: i32,
    #[diesel(sql_type = Nullable<Text>)]
    enum_name: Option<String>,
    #[diesel(sql_type = Bool)]
    is_list: bool,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    labels: Option<Vec<String>>,
}

const DAY: i64 = 86_400;

/// The first second of 4714-11-24 BC, where the Julian day is 0.
const FIRST: i64 = -2_440_588 * DAY;

/// The last seconds of 294276-12-31 and of 5874897-12-31.
const LAST_OF_TIMESTAMP: i64 = 9_224_318_015_999;
const LAST_OF_DATE: i64 = 2_145_042_905 * DAY + DAY - 1;

impl Column {
    fn column(self) -> DatabaseColumn {
        let in_brackets = (self.modifier >= 4).then(|| (self.modifier - 4).unsigned_abs());
        // `numerictypmodin` of PostgreSQL; a scale of 1024 and more is one below zero.
        let digits = in_brackets.map(|digits| (digits >> 16, digits & 2_047)).filter(|(_, scale)| *scale < 1_024);
        let numbers = match &*self.base {
            "int2" => Some((i128::from(i16::MIN), i128::from(i16::MAX))),
            "int4" => Some((i128::from(i32::MIN), i128::from(i32::MAX))),
            "int8" => Some((i128::from(i64::MIN), i128::from(i64::MAX))),
            _ => None,
        };
        let seconds = match &*self.base {
            "date" => Some((FIRST, LAST_OF_DATE)),
            "timestamp" | "timestamptz" => Some((FIRST, LAST_OF_TIMESTAMP)),
            _ => None,
        };
        DatabaseColumn {
            name: self.name,
            type_name: self.type_name,
            digits: digits.filter(|_| self.base == "numeric"),
            length: in_brackets
                .filter(|_| ["varchar", "bpchar"].contains(&&*self.base))
                .and_then(|length| usize::try_from(length).ok()),
            numbers,
            seconds,
            rounds_to_seconds: false,
            labels: self.labels.map(|known| Labels { of: self.enum_name, known, is_list: self.is_list }),
        }
    }
}
