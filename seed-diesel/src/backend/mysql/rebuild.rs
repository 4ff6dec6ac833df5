//! MySQL and MariaDB: rows are loaded with the session's checks off, and each foreign key and unique index is proved by a query in
//! the same transaction. No definition is touched.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::mysql::{Mysql, MysqlConnection};
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use crate::backend::{End, SeedConnection, TableName, quoted};
use crate::catalogue::{self, Key};
use crate::error::Violation;
use crate::rebuild::{Constraint, NotBack, Rebuild};

impl Rebuild for MysqlConnection {
    fn switch_off(&mut self, _: &[TableName]) -> QueryResult<Off> {
        Ok(Off::default())
    }

    fn take_off(&mut self, off: &mut Off, tables: &[TableName]) -> QueryResult<Vec<Constraint>> {
        let proofs = proofs(self, tables)?;
        // Checks are on or off for all unique indexes of the session.
        let unique = match proofs.iter().find(|proof| proof.sql.is_none()) {
            Some(proof) => {
                Some(format!("the unique index `{}` has an expression, which no query can prove", proof.name))
            }
            // MariaDB then loads an empty table in bulk, and where that fails, undoes the transaction as a whole.
            None if is_nested(self)? => Some("a failure would take back all of the open transaction".to_owned()),
            None => None,
        };
        let kept = match triggers(self, tables)? {
            Some(kept) => Some(kept),
            None => Off::switch(self, off, unique.is_none(), &proofs)?,
        };
        let told = proofs.iter().filter(|proof| !proof.is_outside).map(|proof| Constraint {
            table: proof.table,
            name: proof.name.clone(),
            kept: kept.clone().or_else(|| unique.clone().filter(|_| proof.is_unique)),
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
        let now = proofs(self, tables).map_err(NotBack::failed("reading the constraints"))?;
        if let Some(changed) = off.proofs.iter().find(|proof| !now.contains(proof)) {
            return Err(NotBack::Changed { table: changed.table, constraint: changed.name.clone() });
        }
        for proof in &off.proofs {
            let Some(sql) = &proof.sql else { continue };
            let rows = self.number(sql).map_err(NotBack::failed(format!("proving `{}`", proof.name)))?;
            let Some(rows) = rows.map(i64::unsigned_abs).filter(|&rows| rows > 0) else { continue };
            return Err(NotBack::Violated {
                table: proof.table,
                constraint: proof.name.clone(),
                violation: if proof.is_unique {
                    Violation::Repeated { values: rows }
                } else {
                    Violation::Orphans { rows }
                },
            });
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
    /// What sets the session's checks to what they were.
    again: Option<String>,
    proofs: Vec<Proof>,
}

impl Off {
    /// Switches the checks off; or tells why they stay on.
    fn switch(
        connection: &mut MysqlConnection,
        off: &mut Off,
        unique: bool,
        proofs: &[Proof],
    ) -> QueryResult<Option<String>> {
        let checks: Checks =
            diesel::sql_query("SELECT @@foreign_key_checks = 1 AS `foreign_keys`, @@unique_checks = 1 AS `unique`")
                .get_result(connection)?;
        let mut switch = || {
            // Whether the tables may be read as a proof reads them. A parent may be somebody else's.
            for sql in proofs.iter().filter_map(|proof| proof.sql.as_ref()) {
                connection.batch_execute(&format!("EXPLAIN {sql}"))?;
            }
            connection.batch_execute(if unique {
                "SET SESSION foreign_key_checks = 0, SESSION unique_checks = 0"
            } else {
                "SET SESSION foreign_key_checks = 0"
            })
        };
        match switch() {
            Ok(()) => {
                // Those of the first try, where the transaction is tried again.
                off.again.get_or_insert_with(|| {
                    format!(
                        "SET SESSION foreign_key_checks = {}, SESSION unique_checks = {}",
                        u8::from(checks.foreign_keys),
                        u8::from(checks.unique)
                    )
                });
                Ok(None)
            }
            Err(DieselError::DatabaseError(_, information)) => {
                Ok(Some(format!("the database refused to switch its checks off: {}", information.message())))
            }
            Err(error) => Err(error),
        }
    }
}

/// Whether the run is part of a transaction that was there.
fn is_nested(connection: &mut MysqlConnection) -> QueryResult<bool> {
    let status = AnsiTransactionManager::transaction_manager_status_mut(connection);
    Ok(status.transaction_depth()?.is_some_and(|depth| depth.get() > 1))
}

#[derive(QueryableByName)]
struct Checks {
    #[diesel(sql_type = Bool)]
    foreign_keys: bool,
    #[diesel(sql_type = Bool)]
    unique: bool,
}

/// A foreign key or a unique index, and how it is proved.
#[derive(Debug, PartialEq, Eq)]
struct Proof {
    table: usize,
    name: String,
    is_unique: bool,
    /// Whether it is of a table that is not part of the run, and references one that is.
    is_outside: bool,
    /// All that the catalogue tells of it.
    definition: String,
    /// Counts what violates it. `None` where no query can.
    sql: Option<String>,
}

/// All foreign keys and unique indexes that the run may violate.
fn proofs(connection: &mut MysqlConnection, tables: &[TableName]) -> QueryResult<Vec<Proof>> {
    let mut proofs = Vec::new();
    for (position, table) in tables.iter().enumerate() {
        let keys = catalogue::keys(connection, End::Child, table)?;
        proofs.extend(keys.iter().map(|key| Proof::foreign_key(position, key, false)));
        proofs
            .extend(unique_indexes(connection, table)?.iter().map(|index| Proof::unique_index(position, table, index)));
        // While foreign keys are not looked at, a row may come that references one which a reset deletes.
        let keys = catalogue::keys(connection, End::Parent, table)?;
        let outside = keys.iter().filter(|key| !tables.iter().any(|own| key.child.is(own)));
        proofs.extend(outside.map(|key| Proof::foreign_key(position, key, true)));
    }
    Ok(proofs)
}

impl Proof {
    /// Counts the keys that reference nothing: of a composite key of which a column is NULL nothing is asked. The rows that are read
    /// are locked, so that those are seen, and stay, that others have committed since the transaction began.
    fn foreign_key(position: usize, key: &Key<Mysql>, is_outside: bool) -> Proof {
        let each = |part: &dyn Fn(usize, &str, &str) -> String, between: &str| {
            let pairs = key.columns.iter().zip(&key.parent_columns).enumerate();
            let parts =
                pairs.map(|(at, (column, parent))| part(at, &quoted::<Mysql>(column), &quoted::<Mysql>(parent)));
            parts.collect::<Vec<_>>().join(between)
        };
        let sql = format!(
            "SELECT count(*) FROM (SELECT DISTINCT {} FROM {} WHERE {} LOCK IN SHARE MODE) AS child \
             LEFT JOIN {} AS parent ON {} WHERE parent.{} IS NULL LOCK IN SHARE MODE",
            each(&|at, column, _| format!("{column} AS key_{at}"), ", "),
            key.child.quoted(),
            each(&|_, column, _| format!("{column} IS NOT NULL"), " AND "),
            key.parent.quoted(),
            each(&|at, _, parent| format!("parent.{parent} = child.key_{at}"), " AND "),
            quoted::<Mysql>(&key.parent_columns[0]),
        );
        let (name, definition) = (key.name.clone(), format!("{key:?}"));
        Proof { table: position, name, is_unique: false, is_outside, definition, sql: Some(sql) }
    }

    /// Counts the values that more than one row has. Of those that are NULL nothing is asked.
    fn unique_index(position: usize, table: &TableName, parts: &[IndexPart]) -> Proof {
        let columns: Option<Vec<String>> = parts.iter().map(|part| part.name.as_deref().map(quoted::<Mysql>)).collect();
        let sql = columns.map(|columns| {
            let given: Vec<String> = columns.iter().map(|column| format!("{column} IS NOT NULL")).collect();
            let values = columns.iter().zip(parts).map(|(column, part)| match part.length {
                Some(length) => format!("LEFT({column}, {length})"),
                None => column.clone(),
            });
            format!(
                "SELECT count(*) FROM (SELECT 1 AS value FROM {} WHERE {} GROUP BY {} HAVING count(*) > 1 LOCK IN SHARE MODE) AS repeated",
                table.quoted,
                given.join(" AND "),
                values.collect::<Vec<_>>().join(", ")
            )
        });
        let (name, definition) = (parts[0].index.clone(), format!("{parts:?}"));
        Proof { table: position, name, is_unique: true, is_outside: false, definition, sql }
    }
}

/// A column of a unique index.
#[derive(Debug, QueryableByName)]
struct IndexPart {
    #[diesel(sql_type = Text)]
    index: String,
    /// `None` where it is an expression.
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    /// How much of the column the index holds, where that is not all.
    #[diesel(sql_type = Nullable<BigInt>)]
    length: Option<i64>,
}

/// The unique indexes of a table, but for the primary key, which is always looked at.
fn unique_indexes(connection: &mut MysqlConnection, table: &TableName) -> QueryResult<Vec<Vec<IndexPart>>> {
    let parts: Vec<IndexPart> = diesel::sql_query(
        "SELECT INDEX_NAME AS `index`, COLUMN_NAME AS name, CAST(SUB_PART AS SIGNED) AS length \
         FROM information_schema.STATISTICS \
         WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? AND NON_UNIQUE = 0 AND INDEX_NAME <> 'PRIMARY' \
         ORDER BY INDEX_NAME, SEQ_IN_INDEX",
    )
    .bind::<Nullable<Text>, _>(&table.schema)
    .bind::<Text, _>(&table.name)
    .load(connection)?;
    let mut indexes: Vec<Vec<IndexPart>> = Vec::new();
    for part in parts {
        match indexes.last_mut() {
            Some(index) if index[0].index == part.index => index.push(part),
            _ => indexes.push(vec![part]),
        }
    }
    Ok(indexes)
}

/// Why checks stay on: a trigger may write to tables that nothing proves. Only who may make triggers sees them.
fn triggers(connection: &mut MysqlConnection, tables: &[TableName]) -> QueryResult<Option<String>> {
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
