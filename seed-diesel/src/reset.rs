//! What stands in the tables before a run: looked at, and deleted only when asked.

use seed_core::{TablePlan, When};

use crate::backend::{End, SeedConnection, TableName, quoted};
use crate::catalogue::{self, Key};
use crate::error::Error;

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

/// Deletes the rows of all these tables, children first. Refuses where rows of another table reference them: these
/// would be deleted or changed, or left without their parent.
pub(crate) fn delete<C: SeedConnection>(connection: &mut C, tables: &[(&TablePlan, &TableName)]) -> Result<(), Error> {
    for (table, name) in tables {
        let keys = catalogue::keys(connection, End::Parent, name)
            .map_err(Error::database(format!("reading what references `{}`", table.def.name)))?;
        for key in keys {
            let is_outside = !tables.iter().any(|(_, own)| key.child.is(own));
            if is_outside && has_rows_that_reference(connection, &key)? {
                return Err(Error::OutsideReference {
                    table: table.def.name.to_owned(),
                    outside: key.child.to_string(),
                    action: key.on_delete,
                });
            }
        }
    }
    for (table, name) in tables {
        leave_later_parents(connection, table, name)?;
    }
    for (table, name) in tables.iter().rev() {
        connection.delete_rows(name).map_err(Error::database(format!("deleting the rows of `{}`", table.def.name)))?;
    }
    Ok(())
}

/// On a cycle of tables some parents go before their children, which must not be refused, nor take the
/// children along: their foreign keys become NULL where they can. The checks of others are put off.
fn leave_later_parents<C: SeedConnection>(
    connection: &mut C,
    table: &TablePlan,
    name: &TableName,
) -> Result<(), Error> {
    let later = table.relations.iter().filter(|relation| relation.when != When::WithItsRow);
    let is_nullable = |name: &&'static str| table.def.column(name).is_some_and(|column| column.nullable);
    let mut left: Vec<&'static str> =
        later.flat_map(|relation| &relation.columns).copied().filter(is_nullable).collect();
    left.sort_unstable();
    left.dedup();
    if !left.is_empty() {
        let column = |name| quoted::<C::Backend>(name);
        let nulls: Vec<String> = left.iter().map(|name| format!("{} = NULL", column(name))).collect();
        let filled: Vec<String> = left.iter().map(|name| format!("{} IS NOT NULL", column(name))).collect();
        let update = format!("UPDATE {} SET {} WHERE {}", name.quoted, nulls.join(", "), filled.join(" OR "));
        let doing = format!("emptying the foreign keys of `{}`, so that its rows can be deleted,", table.def.name);
        connection.batch_execute(&update).map_err(Error::database(doing))?;
    }
    Ok(())
}

fn has_rows_that_reference<C: SeedConnection>(connection: &mut C, key: &Key<C::Backend>) -> Result<bool, Error> {
    // A foreign key of which one column is NULL references nothing.
    let are_given: Vec<String> =
        key.columns.iter().map(|column| format!("{} IS NOT NULL", quoted::<C::Backend>(column))).collect();
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT 1) AS rows_that_do",
        key.child.quoted(),
        are_given.join(" AND ")
    );
    let rows = connection.number(&sql).map_err(Error::database(format!("looking into `{}`", key.child)))?;
    Ok(rows.is_some_and(|rows| rows > 0))
}
