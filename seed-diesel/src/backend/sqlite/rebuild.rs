//! SQLite: foreign keys are switched off before the transaction and proved at its end, and indexes are dropped and made again in
//! it. The indexes that a table's own declaration makes stay.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};

use crate::backend::{SeedConnection, TableName, quoted};
use crate::error::Violation;
use crate::rebuild::{Asked, Constraint, Kind, NotBack, PaysFrom, Rebuild};

impl Rebuild for SqliteConnection {
    // To look for a parent costs as much for each row as for all of them at the end.
    const PAYS_FROM: PaysFrom = PaysFrom { foreign_key: u64::MAX, index: 5_000 };

    fn constraints(&mut self, tables: &[TableName], _: Asked) -> QueryResult<Vec<Constraint>> {
        let kept = trigger(self, tables)?;
        let mut constraints = Vec::new();
        for (table, name) in tables.iter().enumerate() {
            let tell = |kind, name| Constraint { kind, table, name, kept: kept.clone() };
            constraints.extend(foreign_keys(self, name)?.into_iter().map(|key| tell(Kind::ForeignKey, key)));
            constraints.extend(indexes(self, name)?.into_iter().map(|index| tell(Kind::Index, index.name)));
        }
        Ok(constraints)
    }

    fn switch_off(&mut self, tables: &[TableName], _: Asked) -> QueryResult<Off> {
        let mut off = Off { kept: trigger(self, tables)?, ..Off::default() };
        if off.kept.is_none() && foreign_keys_are_on(self)? {
            self.batch_execute("PRAGMA foreign_keys = OFF")?;
            let are_on = foreign_keys_are_on(self);
            if are_on.is_err() {
                // Nobody else knows that they were on.
                self.batch_execute("PRAGMA foreign_keys = ON")?;
            }
            match are_on? {
                // Without an index, each row of a parent that is deleted would be looked for in all of its children.
                true => off.kept = Some("foreign keys cannot be switched off in an open transaction".to_owned()),
                false => off.switched = true,
            }
        }
        Ok(off)
    }

    fn take_off(&mut self, off: &mut Off, tables: &[TableName]) -> QueryResult<Vec<Constraint>> {
        let mut told = Vec::new();
        off.indexes.clear();
        off.statistics.clear();
        for (position, table) in tables.iter().enumerate() {
            let tell =
                |kind, name, kept: &Option<String>| Constraint { kind, table: position, name, kept: kept.clone() };
            told.extend(foreign_keys(self, table)?.into_iter().map(|name| tell(Kind::ForeignKey, name, &off.kept)));
            let indexes = indexes(self, table)?;
            if off.kept.is_none() && !indexes.is_empty() {
                off.statistics.push((position, keep_statistics(self, position, table)?));
            }
            for index in indexes {
                let kept = match off.kept.clone() {
                    Some(kept) => Some(kept),
                    None => index.take_off(self, table)?,
                };
                told.push(tell(Kind::Index, index.name.clone(), &kept));
                if kept.is_none() {
                    off.indexes.push((position, index));
                }
            }
        }
        Ok(told)
    }

    fn put_back(&mut self, off: &mut Off, tables: &[TableName]) -> Result<(), NotBack> {
        if off.kept.is_some() {
            return Ok(());
        }
        for (position, index) in &off.indexes {
            self.batch_execute(&index.create(&tables[*position])).map_err(|source| match source {
                DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => NotBack::Violated {
                    table: *position,
                    constraint: index.name.clone(),
                    violation: Violation::Refused(source),
                },
                source => NotBack::Failed {
                    doing: format!("putting `{}` back (`--rebuild-constraints=never` leaves it on)", index.name),
                    source,
                },
            })?;
        }
        for (position, kinds) in &off.statistics {
            put_statistics_back(self, *position, &tables[*position], kinds)
                .map_err(NotBack::failed("putting the statistics of indexes back"))?;
        }
        for (position, table) in tables.iter().enumerate() {
            let orphans: Option<Orphans> = diesel::sql_query(ORPHANS)
                .bind::<Text, _>(&table.name)
                .bind::<Text, _>(schema_name(table))
                .get_result(self)
                .optional()
                .map_err(NotBack::failed(format!("checking the foreign keys of `{}`", table.name)))?;
            if let Some(Orphans { foreign_key, orphans }) = orphans {
                let violation = Violation::Orphans { rows: orphans.unsigned_abs() };
                return Err(NotBack::Violated { table: position, constraint: foreign_key, violation });
            }
            let back = indexes(self, table).map_err(NotBack::failed("reading the indexes that are back"))?;
            if let Some((_, index)) = off.indexes.iter().find(|(of, index)| *of == position && !back.contains(index)) {
                return Err(NotBack::Changed { table: position, constraint: index.name.clone() });
            }
        }
        Ok(())
    }

    fn switch_on(&mut self, off: Off) -> QueryResult<()> {
        if off.switched { self.batch_execute("PRAGMA foreign_keys = ON") } else { Ok(()) }
    }
}

/// What is off.
#[doc(hidden)]
#[derive(Default)]
pub struct Off {
    /// Whether foreign keys were switched off, and are to be switched on.
    switched: bool,
    /// Why everything stays on.
    kept: Option<String>,
    indexes: Vec<(usize, Index)>,
    statistics: Vec<(usize, Vec<Name>)>,
}

impl Off {
    /// Whether foreign keys were on, and are off now.
    pub(super) fn is_switched(&self) -> bool {
        self.switched
    }
}

/// Why everything stays on.
fn trigger(connection: &mut SqliteConnection, tables: &[TableName]) -> QueryResult<Option<String>> {
    for table in tables {
        let trigger: Option<Name> = diesel::sql_query(format!(
            "SELECT name FROM {}.sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?1) \
             UNION ALL SELECT name FROM sqlite_temp_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?1)",
            schema(table)
        ))
        .bind::<Text, _>(&table.name)
        .get_result(connection)
        .optional()?;
        if let Some(Name { name }) = trigger {
            return Ok(Some(format!("the trigger `{name}` may write to other tables, or need an index")));
        }
    }
    Ok(None)
}

/// What the foreign keys of a table are, in place of names.
fn foreign_keys(connection: &mut SqliteConnection, table: &TableName) -> QueryResult<Vec<String>> {
    let keys: Vec<Name> = diesel::sql_query(FOREIGN_KEYS)
        .bind::<Text, _>(&table.name)
        .bind::<Text, _>(schema_name(table))
        .load(connection)?;
    Ok(keys.into_iter().map(|key| key.name).collect())
}

/// An index that a statement of its own has made.
#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

fn indexes(connection: &mut SqliteConnection, table: &TableName) -> QueryResult<Vec<Index>> {
    diesel::sql_query(format!(
        "SELECT name, sql FROM {}.sqlite_master WHERE type = 'index' AND lower(tbl_name) = lower(?) AND sql IS NOT NULL ORDER BY rowid",
        schema(table)
    ))
    .bind::<Text, _>(&table.name)
    .load(connection)
}

impl Index {
    /// Drops it, or says why it stays.
    fn take_off(&self, connection: &mut SqliteConnection, table: &TableName) -> QueryResult<Option<String>> {
        let taken = connection.transaction(|connection| {
            connection.batch_execute(&format!("DROP INDEX {}.{}", schema(table), quoted::<Sqlite>(&self.name)))?;
            // Also one whose text SQLite reads, but would not take today.
            connection.batch_execute(&format!("EXPLAIN {}", self.create(table)))
        });
        match taken {
            Ok(()) => Ok(None),
            Err(DieselError::DatabaseError(_, information)) => {
                Ok(Some(format!("the database refused to take it off: {}", information.message())))
            }
            Err(error) => Err(error),
        }
    }

    /// Its own text, in which the schema is added: SQLite keeps it without, and begins it always the same.
    fn create(&self, table: &TableName) -> String {
        let begin = if self.sql.starts_with("CREATE UNIQUE") { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " };
        format!("{begin}{}.{}", schema(table), self.sql.strip_prefix(begin).unwrap_or(&self.sql))
    }
}

/// Keeps what ANALYZE knows of a table's indexes, which goes with them; tells of which kinds there are.
fn keep_statistics(connection: &mut SqliteConnection, position: usize, table: &TableName) -> QueryResult<Vec<Name>> {
    let schema = schema(table);
    let kinds: Vec<Name> = diesel::sql_query(format!(
        "SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat3', 'sqlite_stat4')"
    ))
    .load(connection)?;
    for Name { name } in &kinds {
        diesel::sql_query(format!(
            "CREATE TEMPORARY TABLE {} AS SELECT * FROM {schema}.{name} WHERE lower(tbl) = lower(?) AND idx IS NOT NULL",
            kept_statistics(position, name)
        ))
        .bind::<Text, _>(&table.name)
        .execute(connection)?;
    }
    Ok(kinds)
}

/// Puts them back, but for those of indexes that have stayed.
fn put_statistics_back(
    connection: &mut SqliteConnection,
    position: usize,
    table: &TableName,
    kinds: &[Name],
) -> QueryResult<()> {
    for Name { name } in kinds {
        let (schema, kept) = (schema(table), kept_statistics(position, name));
        connection.batch_execute(&format!(
            "DELETE FROM temp.{kept} WHERE (tbl, idx) IN (SELECT tbl, idx FROM {schema}.{name}); \
             INSERT INTO {schema}.{name} SELECT * FROM temp.{kept}; \
             DROP TABLE temp.{kept}"
        ))?;
    }
    Ok(())
}

fn kept_statistics(position: usize, kind: &str) -> String {
    format!("seed_{kind}_of_{position}")
}

/// Whether this connection looks at foreign keys.
fn foreign_keys_are_on(connection: &mut SqliteConnection) -> QueryResult<bool> {
    Ok(connection.number("SELECT foreign_keys FROM pragma_foreign_keys")? == Some(1))
}

fn schema_name(table: &TableName) -> &str {
    table.schema.as_deref().unwrap_or("main")
}

fn schema(table: &TableName) -> String {
    quoted::<Sqlite>(schema_name(table))
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Orphans {
    #[diesel(sql_type = Text)]
    foreign_key: String,
    #[diesel(sql_type = BigInt)]
    orphans: i64,
}

/// A foreign key has no name that SQLite would tell. The newest is the first.
const FOREIGN_KEYS: &str = "
    SELECT 'FOREIGN KEY (' || group_concat(\"from\", ', ') || ') REFERENCES ' || \"table\" AS name
    FROM (SELECT * FROM pragma_foreign_key_list(?1, ?2) ORDER BY id DESC, seq)
    GROUP BY id ORDER BY id DESC";

const ORPHANS: &str = "
    SELECT (SELECT 'FOREIGN KEY (' || group_concat(\"from\", ', ') || ') REFERENCES ' || \"table\"
            FROM (SELECT * FROM pragma_foreign_key_list(?1, ?2) WHERE id = fkid ORDER BY seq)) AS foreign_key,
           count(*) AS orphans
    FROM pragma_foreign_key_check(?1, ?2) GROUP BY fkid ORDER BY fkid DESC LIMIT 1";
