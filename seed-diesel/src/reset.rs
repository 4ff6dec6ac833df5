//! What stands in the tables before a run: looked at, and deleted only when asked.

use seed_core::Plan;

use crate::backend::{ReferencingColumn, SeedConnection, TableName, quoted};
use crate::error::Error;

/// The rows of each table that holds some.
pub(crate) fn filled<C: SeedConnection>(
    connection: &mut C,
    plan: &Plan,
    names: &[TableName],
) -> Result<Vec<(String, u64)>, Error> {
    let mut filled = Vec::new();
    for (table, name) in plan.tables.iter().zip(names) {
        let rows = connection
            .number(&format!("SELECT count(*) FROM {}", name.quoted))
            .map_err(Error::database(format!("counting the rows of `{}`", table.def.name)))?;
        match rows.map(i64::unsigned_abs) {
            None | Some(0) => {}
            Some(rows) => filled.push((table.def.name.to_owned(), rows)),
        }
    }
    Ok(filled)
}

/// Deletes the rows of all tables, children first. Refuses where rows of a table that is not part of
/// the run reference them: these would be deleted or changed, or left without their parent.
pub(crate) fn delete<C: SeedConnection>(connection: &mut C, plan: &Plan, names: &[TableName]) -> Result<(), Error> {
    for (table, name) in plan.tables.iter().zip(names) {
        let columns = connection
            .references_to(name)
            .map_err(Error::database(format!("reading what references `{}`", table.def.name)))?;
        // They come in the order of their foreign keys.
        for key in columns.chunk_by(|one, next| one.foreign_key == next.foreign_key) {
            let is_outside = !names.iter().any(|own| is_same(own, &key[0]));
            if is_outside && has_rows_that_reference(connection, key)? {
                return Err(Error::OutsideReference {
                    table: table.def.name.to_owned(),
                    outside: shown(&key[0]),
                    action: key[0].action.clone(),
                });
            }
        }
    }
    for (table, name) in plan.tables.iter().zip(names).rev() {
        connection.delete_rows(name).map_err(Error::database(format!("deleting the rows of `{}`", table.def.name)))?;
    }
    Ok(())
}

fn has_rows_that_reference<C: SeedConnection>(connection: &mut C, key: &[ReferencingColumn]) -> Result<bool, Error> {
    // A foreign key of which one column is NULL references nothing.
    let are_given: Vec<String> =
        key.iter().map(|column| format!("{} IS NOT NULL", quoted::<C::Backend>(&column.name))).collect();
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM {}.{} WHERE {} LIMIT 1) AS rows_that_do",
        quoted::<C::Backend>(&key[0].schema),
        quoted::<C::Backend>(&key[0].table),
        are_given.join(" AND ")
    );
    let rows = connection.number(&sql).map_err(Error::database(format!("looking into `{}`", shown(&key[0]))))?;
    Ok(rows.is_some_and(|rows| rows > 0))
}

/// A model may name a table's schema or leave it out.
fn is_same(own: &TableName, other: &ReferencingColumn) -> bool {
    own.name == other.table && own.schema.as_ref().map_or(other.visible, |schema| *schema == other.schema)
}

fn shown(column: &ReferencingColumn) -> String {
    if column.visible { column.table.clone() } else { format!("{}.{}", column.schema, column.table) }
}
