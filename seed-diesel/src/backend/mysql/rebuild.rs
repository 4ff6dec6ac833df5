//! MySQL and MariaDB: rows are loaded with the session's foreign keys off, and each of these is proved by a query in the same
//! transaction. No definition is touched.
//!
//! Unique values are looked at as ever. With `unique_checks = 0` as well, MariaDB fills an empty table in bulk: that is slower
//! here, a value that is there twice is not named, and a failure takes back the whole transaction, also what the application
//! has done in it.

use diesel::connection::SimpleConnection;
use diesel::mysql::{Mysql, MysqlConnection};
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{Bool, Nullable, Text};

use crate::backend::{End, SeedConnection, TableName, quoted};
use crate::catalogue::{self, Key};
use crate::error::Violation;
use crate::rebuild::{Constraint, NotBack, Rebuild};

impl Rebuild for MysqlConnection {
    fn switch_off(&mut self, _: &[TableName]) -> QueryResult<Off> {
        Ok(Off::default())
    }

    fn take_off(&mut self, off: &mut Off, tables: &[TableName]) -> QueryResult<Vec<Constraint>> {
        // Where the transaction is tried again, checks may have to stay on this time.
        if let Some(again) = off.again.take() {
            self.batch_execute(&again)?;
        }
        let proofs = proofs(self, tables)?;
        let kept = match triggers(self, tables)? {
            Some(kept) => Some(kept),
            None => off.switch(self, &proofs)?,
        };
        let keys = proofs.iter().flat_map(|proof| proof.keys.iter().map(|key| (proof.table, key)));
        let told = keys.filter(|(_, key)| !key.is_outside).map(|(table, key)| Constraint {
            table,
            name: key.name.clone(),
            kept: kept.clone(),
        });
        let told = told.collect();
        off.proofs = if kept.is_none() { proofs } else { Vec::new() };
        Ok(told)
    }

    fn put_back(&mut self, off: &mut Off, tables: &[TableName]) -> Result<(), NotBack> {
        if off.proofs.is_empty() {
            return Ok(());
        }
        // Nobody can have altered the tables since rows were written to them; but a proof is of what is there now.
        let now = proofs(self, tables).map_err(NotBack::failed("reading the foreign keys"))?;
        for (was, is) in off.proofs.iter().zip(now) {
            if let Some(changed) = was.keys.iter().find(|key| !is.keys.contains(key)) {
                return Err(NotBack::Changed { table: was.table, constraint: changed.name.clone() });
            }
        }
        for Proof { table, keys, sql } in &off.proofs {
            if count(self, sql, &tables[*table].name)? == 0 {
                continue;
            }
            for key in keys {
                let rows = count(self, &key.sql, &tables[*table].name)?;
                if rows > 0 {
                    let violation = Violation::Orphans { rows };
                    return Err(NotBack::Violated { table: *table, constraint: key.name.clone(), violation });
                }
            }
        }
        Ok(())
    }

    fn switch_on(&mut self, off: Off) -> QueryResult<()> {
        off.again.map_or(Ok(()), |again| self.batch_execute(&again))
    }
}

/// What is off.
#[doc(hidden)]
#[derive(Default)]
pub struct Off {
    /// What sets the session to what it was.
    again: Option<String>,
    proofs: Vec<Proof>,
}

impl Off {
    /// Switches foreign keys off; or tells why they stay on.
    fn switch(&mut self, connection: &mut MysqlConnection, proofs: &[Proof]) -> QueryResult<Option<String>> {
        let checks = connection.number("SELECT CAST(@@foreign_key_checks AS SIGNED)")?.unwrap_or(1);
        // Whether the tables may be read as a proof reads them. A parent may be somebody else's.
        let mut explained = proofs.iter().map(|proof| connection.batch_execute(&format!("EXPLAIN {}", proof.sql)));
        let explained = explained.try_for_each(|explained| explained);
        match explained.and_then(|()| connection.batch_execute("SET SESSION foreign_key_checks = 0")) {
            Ok(()) => {
                self.again = Some(format!("SET SESSION foreign_key_checks = {checks}"));
                Ok(None)
            }
            Err(DieselError::DatabaseError(_, information)) => {
                Ok(Some(format!("the database refused to switch its checks off: {}", information.message())))
            }
            Err(error) => Err(error),
        }
    }
}

/// The foreign keys of a table, and how they are proved.
struct Proof {
    /// The table of the run that has them, or that they reference.
    table: usize,
    keys: Vec<Proven>,
    /// Counts the rows that violate any of them.
    sql: String,
}

#[derive(PartialEq, Eq)]
struct Proven {
    name: String,
    /// Whether it is of a table that is not part of the run.
    is_outside: bool,
    /// All that the catalogue tells of it.
    definition: String,
    /// Counts the rows that violate it.
    sql: String,
}

/// All foreign keys that the run may violate.
fn proofs(connection: &mut MysqlConnection, tables: &[TableName]) -> QueryResult<Vec<Proof>> {
    let is_of_run = |place: &catalogue::Place<Mysql>| tables.iter().any(|own| place.is(own));
    let mut proofs = Vec::new();
    for (table, name) in tables.iter().enumerate() {
        let keys = catalogue::keys(connection, End::Child, name)?;
        // Another session may delete a parent that the run has not made.
        let locked = keys.iter().any(|key| !is_of_run(&key.parent));
        proofs.extend(Proof::of(table, &keys, false, locked));
        // While nobody looks, a row may come that references one which a reset deletes.
        for key in catalogue::keys(connection, End::Parent, name)?.into_iter().filter(|key| !is_of_run(&key.child)) {
            proofs.extend(Proof::of(table, &[key], true, true));
        }
    }
    Ok(proofs)
}

impl Proof {
    /// Of foreign keys of the same table, if there are any. `locked` reads what others have committed since the transaction began,
    /// and keeps it.
    fn of(table: usize, keys: &[Key<Mysql>], is_outside: bool, locked: bool) -> Option<Proof> {
        let sql = orphans(keys, is_outside, locked)?;
        let proven = |key: &Key<Mysql>| {
            let sql = orphans(std::slice::from_ref(key), is_outside, locked)?;
            Some(Proven { name: key.name.clone(), is_outside, definition: format!("{key:?}"), sql })
        };
        Some(Proof { table, keys: keys.iter().filter_map(proven).collect(), sql })
    }
}

/// Counts the rows that reference nothing. Of a key of which a column is NULL nothing is asked.
fn orphans(keys: &[Key<Mysql>], is_outside: bool, locked: bool) -> Option<String> {
    let child = keys.first()?.child.quoted();
    let (mut joins, mut conditions) = (String::new(), Vec::new());
    for (at, key) in keys.iter().enumerate() {
        let columns: Vec<String> = key.columns.iter().map(|column| quoted::<Mysql>(column)).collect();
        let parents: Vec<String> = key.parent_columns.iter().map(|column| quoted::<Mysql>(column)).collect();
        let agree =
            columns.iter().zip(&parents).map(|(column, parent)| format!("parent_{at}.{parent} = child.{column}"));
        let agree: Vec<String> = agree.collect();
        joins += &format!(" LEFT JOIN {} AS parent_{at} ON {}", key.parent.quoted(), agree.join(" AND "));
        let given = columns.iter().map(|column| format!("child.{column} IS NOT NULL"));
        let missing = format!("parent_{at}.{} IS NULL", parents[0]);
        conditions.push(format!("({})", given.chain([missing]).collect::<Vec<_>>().join(" AND ")));
    }
    // In an index, the server would ask the row behind each new entry whether the transaction may see it.
    let scan = if is_outside { "" } else { " USE INDEX ()" };
    let lock = if locked { " LOCK IN SHARE MODE" } else { "" };
    Some(format!("SELECT count(*) FROM {child} AS child{scan}{joins} WHERE {}{lock}", conditions.join(" OR ")))
}

fn count(connection: &mut MysqlConnection, sql: &str, table: &str) -> Result<u64, NotBack> {
    let rows = connection.number(sql).map_err(NotBack::failed(format!("proving the foreign keys of `{table}`")))?;
    Ok(rows.unwrap_or_default().unsigned_abs())
}

/// Why checks stay on: a trigger may write to tables that nothing proves. Only who may make triggers sees them.
pub(super) fn triggers(connection: &mut MysqlConnection, tables: &[TableName]) -> QueryResult<Option<String>> {
    for table in tables {
        let seen: Triggers = diesel::sql_query(TRIGGERS)
            .bind::<Nullable<Text>, _>(&table.schema)
            .bind::<Text, _>(&table.name)
            .bind::<Nullable<Text>, _>(&table.schema)
            .bind::<Text, _>(&table.name)
            .get_result(connection)?;
        match seen {
            Triggers { trigger: Some(trigger), .. } => {
                return Ok(Some(format!("the trigger `{trigger}` may write to other tables")));
            }
            Triggers { may_see: false, .. } => {
                return Ok(Some(format!(
                    "the right TRIGGER on `{}` is missing, without which its triggers are not seen",
                    table.name
                )));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// A trigger of a table, and whether the user has the right to see them, on the server, the schema or the table.
const TRIGGERS: &str = r"
SELECT (SELECT min(TRIGGER_NAME) FROM information_schema.TRIGGERS
        WHERE EVENT_OBJECT_SCHEMA = COALESCE(?, DATABASE()) AND EVENT_OBJECT_TABLE = ?) AS `trigger`,
       EXISTS (
           SELECT 1
           FROM (SELECT GRANTEE, PRIVILEGE_TYPE, '%' AS of_schema, '%' AS of_table FROM information_schema.USER_PRIVILEGES
                 UNION ALL
                 SELECT GRANTEE, PRIVILEGE_TYPE, TABLE_SCHEMA, '%' FROM information_schema.SCHEMA_PRIVILEGES
                 UNION ALL
                 SELECT GRANTEE, PRIVILEGE_TYPE, TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLE_PRIVILEGES) AS granted
           WHERE PRIVILEGE_TYPE = 'TRIGGER' AND COALESCE(?, DATABASE()) LIKE of_schema AND (of_table = '%' OR ? = of_table)
             AND GRANTEE = CONCAT('''', LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER()) - LOCATE('@', REVERSE(CURRENT_USER()))),
                                  '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')
       ) AS may_see";

#[derive(QueryableByName)]
struct Triggers {
    #[diesel(sql_type = Nullable<Text>)]
    trigger: Option<String>,
    #[diesel(sql_type = Bool)]
    may_see: bool,
}
