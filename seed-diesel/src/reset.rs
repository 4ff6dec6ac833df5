//! Rows that are in the tables before a run: counted, and deleted only when asked.

use seed_core::{TablePlan, When};

use crate::backend::{End, SeedConnection, TableName, quoted};
use crate::catalogue::{self, Key};
use crate::error::Error;
use crate::lock;

/// The rows of each table that holds some.
pub(crate) fn filled<C: SeedConnection>(
    connection: &mut C,
    tables: &[(&TablePlan, &TableName)],
) -> Result<Vec<(String, u64)>, Error> {
    let mut filled = Vec::new();
    for (table, name) in tables {
        match count(connection, table, name)? {
            0 => {}
            rows => filled.push((table.def.name.to_owned(), rows)),
        }
    }
    Ok(filled)
}

/// The number of a table's rows.
pub(crate) fn count<C: SeedConnection>(connection: &mut C, table: &TablePlan, name: &TableName) -> Result<u64, Error> {
    let rows = connection.number(&format!("SELECT count(*) FROM {}", name.quoted));
    let rows = rows.map_err(Error::database(format!("counting the rows of `{}`", table.def.name)))?;
    Ok(rows.map_or(0, i64::unsigned_abs))
}

/// A table whose rows are deleted.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Emptied<'a> {
    /// What its model calls it.
    pub called: &'static str,
    /// Its name in SQL.
    pub name: &'a TableName,
    /// The nullable foreign keys whose parents are deleted before it, on a cycle of tables.
    pub left: Vec<&'static str>,
}

/// Does some work: a transaction that [deletes](delete) the rows of these tables.
pub(crate) fn around<C: SeedConnection, T>(
    connection: &mut C,
    tables: &[(&TablePlan, &TableName)],
    work: impl FnOnce(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    let names: Vec<TableName> = tables.iter().map(|(_, name)| (*name).clone()).collect();
    let prepare =
        |connection: &mut C| connection.prepare_to_empty(&names).map_err(Error::database("switching foreign keys off"));
    let again = lock::setting_up(connection, prepare)?;
    let done = work(connection);
    let switched = again.map_or(Ok(()), |again| connection.batch_execute(&again));
    let done = done?;
    switched.map_err(|source| Error::StillOff { source })?;
    // The rows are committed. A counter that stays where it is gives no key that is there.
    let _ = connection.restart_counters(&names);
    Ok(done)
}

/// Deletes the rows of all these tables. Refuses where rows of another table reference them: these would be deleted or
/// changed, or left without their parent.
pub(crate) fn delete<C: SeedConnection>(connection: &mut C, tables: &[(&TablePlan, &TableName)]) -> Result<(), Error> {
    let emptied: Vec<Emptied<'_>> = tables.iter().map(|(table, name)| Emptied::new(table, name)).collect();
    check_outside(connection, &emptied, "")?;
    let is_own = lock::is_in_own(connection)?;
    connection.empty_tables(&emptied, is_own)
}

/// Refuses where rows of another table reference rows of these. The words of `locked` end a query that locks what it reads.
pub(crate) fn check_outside<C: SeedConnection>(
    connection: &mut C,
    tables: &[Emptied<'_>],
    locked: &str,
) -> Result<(), Error> {
    for Emptied { called, name, .. } in tables {
        let keys = catalogue::keys(connection, End::Parent, name)
            .map_err(Error::database(format!("reading what references `{called}`")))?;
        for key in keys {
            let is_outside = !tables.iter().any(|own| key.child.is(own.name));
            if is_outside && has_rows_that_reference(connection, &key, locked)? {
                return Err(Error::OutsideReference {
                    table: (*called).to_owned(),
                    outside: key.child.to_string(),
                    action: key.on_delete,
                });
            }
        }
    }
    Ok(())
}

impl<'a> Emptied<'a> {
    /// On a cycle of tables some parents go before their children, which must not be refused, nor take the children
    /// along: their foreign keys become NULL where they can. The checks of others are put off.
    fn new(table: &TablePlan, name: &'a TableName) -> Emptied<'a> {
        let later = table.relations.iter().filter(|relation| relation.when != When::WithItsRow);
        let is_nullable = |name: &&'static str| table.def.column(name).is_some_and(|column| column.nullable);
        let mut left: Vec<&'static str> =
            later.flat_map(|relation| &relation.columns).copied().filter(is_nullable).collect();
        left.sort_unstable();
        left.dedup();
        Emptied { called: table.def.name, name, left }
    }
}

/// Deletes the rows of these tables one by one, children first, as every database can.
pub(crate) fn delete_children_first<C: SeedConnection>(
    connection: &mut C,
    tables: &[Emptied<'_>],
) -> Result<(), Error> {
    for Emptied { called, name, left } in tables.iter().filter(|table| !table.left.is_empty()) {
        let columns: Vec<String> = left.iter().map(|column| quoted::<C::Backend>(column)).collect();
        let nulls: Vec<String> = columns.iter().map(|column| format!("{column} = NULL")).collect();
        let filled: Vec<String> = columns.iter().map(|column| format!("{column} IS NOT NULL")).collect();
        let update = format!("UPDATE {} SET {} WHERE {}", name.quoted, nulls.join(", "), filled.join(" OR "));
        let doing = format!("emptying the foreign keys of `{called}`, so that its rows can be deleted,");
        connection.batch_execute(&update).map_err(Error::database(doing))?;
    }
    for Emptied { called, name, .. } in tables.iter().rev() {
        connection.delete_rows(name).map_err(Error::database(format!("deleting the rows of `{called}`")))?;
    }
    Ok(())
}

fn has_rows_that_reference<C: SeedConnection>(
    connection: &mut C,
    key: &Key<C::Backend>,
    locked: &str,
) -> Result<bool, Error> {
    // A foreign key of which one column is NULL references nothing.
    let are_given: Vec<String> =
        key.columns.iter().map(|column| format!("{} IS NOT NULL", quoted::<C::Backend>(column))).collect();
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT 1{locked}) AS rows_that_do",
        key.child.quoted(),
        are_given.join(" AND ")
    );
    let rows = connection.number(&sql).map_err(Error::database(format!("looking into `{}`", key.child)))?;
    Ok(rows.is_some_and(|rows| rows > 0))
}
