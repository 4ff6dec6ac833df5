//! PostgreSQL: tables are truncated where the rights and their references allow it, and their rows deleted otherwise.
//!
//! For each deleted row, PostgreSQL searches the tables that reference its table. Rows that the same transaction has deleted
//! are still in them, so deleting parents is quadratic where the foreign key has no index. A truncated table has no rows to
//! search. Rows of the other tables are deleted while the foreign keys between them are off.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sql_types::{Array, BigInt, Bool, Text};

use super::{rebuild, sequences};
use crate::error::Error;
use crate::lock::Lock;
use crate::reset::{self, Emptied};

/// Empties the tables, in a transaction of the run, and restarts their sequences.
pub(super) fn all(connection: &mut PgConnection, tables: &[Emptied<'_>]) -> Result<(), Error> {
    let names: Vec<&str> = tables.iter().map(|table| table.name.quoted.as_str()).collect();
    let is_truncated = truncate(connection, &names).map_err(Error::database("truncating the tables"))?;
    let others = tables.iter().zip(is_truncated).filter(|(_, is_truncated)| !is_truncated);
    let others: Vec<Emptied<'_>> = others.map(|(table, _)| table.clone()).collect();
    if !others.is_empty() {
        rebuild::without_foreign_keys(connection, &others, |connection| {
            reset::delete_children_first(connection, &others)
        })?;
    }
    sequences::restart(connection, &names).map_err(Error::database("restarting the sequences"))
}

/// Truncates as many of the tables as can be, and tells which.
fn truncate(connection: &mut PgConnection, names: &[&str]) -> QueryResult<Vec<bool>> {
    let tables: Vec<Table> =
        diesel::sql_query(format!("{WHOLE} {TABLES}")).bind::<Array<Text>, _>(names).load(connection)?;
    let mut can_be: Vec<bool> = tables.iter().map(|table| table.may_be).collect();
    // A table that is referenced by one that stays cannot be truncated, nor can those that it references.
    loop {
        let stays = |child: &i64| usize::try_from(*child).ok().and_then(|child| can_be.get(child)) != Some(&true);
        let next: Vec<bool> =
            tables.iter().zip(&can_be).map(|(table, can_be)| *can_be && !table.children.iter().any(stays)).collect();
        if next == can_be {
            break;
        }
        can_be = next;
    }
    let truncated: Vec<&str> =
        names.iter().zip(&can_be).filter(|(_, can_be)| **can_be).map(|(name, _)| *name).collect();
    if truncated.is_empty() {
        return Ok(can_be);
    }
    let truncate = format!("TRUNCATE {}", truncated.join(", "));
    match try_briefly(connection, |connection| connection.batch_execute(&truncate))? {
        Some(()) => Ok(can_be),
        None => Ok(vec![false; names.len()]),
    }
}

/// Does some work that takes locks which keep everybody out, or none of it where it is refused or a lock is not to be had
/// within three seconds. A vacuum gives way after one.
pub(super) fn try_briefly<T>(
    connection: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> QueryResult<T>,
) -> QueryResult<Option<T>> {
    let before: Value = diesel::sql_query("SELECT current_setting('lock_timeout') AS value").get_result(connection)?;
    connection.batch_execute(
        "SELECT set_config('lock_timeout', '3s', TRUE) FROM pg_settings \
         WHERE name = 'lock_timeout' AND setting::integer NOT BETWEEN 1 AND 3000",
    )?;
    let done = connection.transaction(work);
    diesel::sql_query("SELECT set_config('lock_timeout', $1, TRUE)")
        .bind::<Text, _>(&before.value)
        .execute(connection)?;
    match done {
        Ok(done) => Ok(Some(done)),
        Err(error @ DieselError::DatabaseError(..)) if !PgConnection::is_contention(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    value: String,
}

/// A table of the run.
#[derive(QueryableByName)]
struct Table {
    /// Whether rights and its kind allow to truncate it.
    #[diesel(sql_type = Bool)]
    may_be: bool,
    /// The places of the tables that reference it among those of the run; -1 for one that is not among them.
    #[diesel(sql_type = Array<BigInt>)]
    children: Vec<i64>,
}

/// The tables of a run, each with all that inherit from it: partitions and others. These are emptied with it.
pub(super) const WHOLE: &str = r"
WITH RECURSIVE run AS (
    SELECT given.position - 1 AS position, to_regclass(given.name)::oid AS oid
    FROM unnest($1) WITH ORDINALITY AS given (name, position)
), whole (oid, position) AS (
    SELECT oid, position FROM run
    UNION
    SELECT inhrelid, position FROM whole JOIN pg_inherits ON inhparent = whole.oid
)";

/// Truncating heeds no row security: where a policy decides about rows, they are deleted.
const TABLES: &str = r"
SELECT COALESCE(has_table_privilege(run.oid, 'TRUNCATE') AND NOT row_security_active(run.oid), FALSE) AND NOT EXISTS (
           SELECT FROM whole JOIN pg_class USING (oid) WHERE whole.position = run.position AND relkind NOT IN ('r', 'p')
       ) AS may_be,
       ARRAY(
           SELECT DISTINCT COALESCE(child.position, -1)
           FROM whole AS parent
           JOIN pg_constraint ON confrelid = parent.oid AND contype = 'f'
           LEFT JOIN whole AS child ON child.oid = conrelid
           WHERE parent.position = run.position
       ) AS children
FROM run
ORDER BY run.position";
