//! MySQL and MariaDB: rows are deleted with the session's foreign keys off, parents first.
//!
//! `TRUNCATE` would commit. With the checks on, InnoDB looks into the index of each foreign key for each parent, past the
//! entries of all the rows that are deleted and not yet purged.

use diesel::connection::SimpleConnection;
use diesel::mysql::MysqlConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use crate::backend::TableName;
use crate::error::Error;
use crate::lock::Lock;
use crate::reset::{self, Emptied};

/// Empties the tables.
pub(super) fn all(connection: &mut MysqlConnection, tables: &[Emptied<'_>]) -> Result<(), Error> {
    let names: Vec<TableName> = tables.iter().map(|table| table.name.clone()).collect();
    let triggers = triggers(connection, &names).map_err(Error::database("reading the triggers"))?;
    if triggers.is_some() {
        // What a trigger writes to other tables has to be looked at.
        return reset::delete_children_first(connection, tables);
    }
    match reset::check_outside(connection, tables, LOCKED) {
        // The right to lock rows of another table may be missing.
        Err(Error::Database { source, .. }) if !MysqlConnection::is_contention(&source) => {
            return reset::delete_children_first(connection, tables);
        }
        checked => checked?,
    }
    let switch = "SET @seed_foreign_key_checks = @@foreign_key_checks, foreign_key_checks = 0";
    connection.batch_execute(switch).map_err(Error::database("switching foreign keys off"))?;
    let deleted = delete_parents_first(connection, tables);
    let switched = connection.batch_execute("SET foreign_key_checks = @seed_foreign_key_checks");
    deleted?;
    switched.map_err(Error::database("switching foreign keys on"))?;
    // Another session may have added a row since. From here on it finds no parent.
    reset::check_outside(connection, tables, LOCKED)
}

/// Reads what others have committed since the transaction began.
const LOCKED: &str = " LOCK IN SHARE MODE";

/// A child that another session adds in between locks its parent. So it is there before the parent is deleted, and goes with
/// the other children; or it finds no parent. On a cycle some children go before their parents, and once more after them.
fn delete_parents_first(connection: &mut MysqlConnection, tables: &[Emptied<'_>]) -> Result<(), Error> {
    let again = tables.iter().filter(|table| !table.left.is_empty());
    for Emptied { called, name, .. } in tables.iter().chain(again) {
        connection
            .batch_execute(&format!("DELETE FROM {}", name.quoted))
            .map_err(Error::database(format!("deleting the rows of `{called}`")))?;
    }
    Ok(())
}

/// Sets `AUTO_INCREMENT` to the least that is past all keys, which only an `ALTER TABLE` can, and which commits. It waits
/// for who uses a table for three seconds.
pub(super) fn restart_counters(connection: &mut MysqlConnection, tables: &[TableName]) -> QueryResult<()> {
    connection.batch_execute("SET @seed_lock_wait_timeout = @@lock_wait_timeout, lock_wait_timeout = 3")?;
    let restarted: Vec<QueryResult<()>> = tables.iter().map(|table| restart(connection, table)).collect();
    connection.batch_execute("SET lock_wait_timeout = @seed_lock_wait_timeout")?;
    restarted.into_iter().collect()
}

fn restart(connection: &mut MysqlConnection, table: &TableName) -> QueryResult<()> {
    let counts: Counts = diesel::sql_query(
        "SELECT count(*) > 0 AS counts FROM information_schema.COLUMNS \
         WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? AND EXTRA LIKE '%auto_increment%'",
    )
    .bind::<Nullable<Text>, _>(&table.schema)
    .bind::<Text, _>(&table.name)
    .get_result(connection)?;
    match counts.counts {
        true => connection.batch_execute(&format!("ALTER TABLE {} AUTO_INCREMENT = 1", table.quoted)),
        false => Ok(()),
    }
}

#[derive(QueryableByName)]
struct Counts {
    #[diesel(sql_type = Bool)]
    counts: bool,
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
