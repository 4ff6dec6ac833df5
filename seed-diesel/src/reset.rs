//! What stands in the tables before a run: looked at, and deleted only when asked.

use seed_core::Plan;

use crate::backend::{SeedConnection, TableName};
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

/// Deletes the rows of all tables, children first. Refuses where that would reach into a table
/// that is not part of the run.
pub(crate) fn delete<C: SeedConnection>(connection: &mut C, plan: &Plan, names: &[TableName]) -> Result<(), Error> {
    for (table, name) in plan.tables.iter().zip(names) {
        let references = connection
            .deleting_references(name)
            .map_err(Error::database(format!("reading what references `{}`", table.def.name)))?;
        for reference in references {
            if names.iter().any(|own| is_same(own, &reference.table)) {
                continue;
            }
            let any = connection
                .number(&format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS rows_of_it", reference.table.quoted))
                .map_err(Error::database(format!("looking into `{}`", reference.table.name)))?;
            if any.is_some_and(|rows| rows > 0) {
                return Err(Error::OutsideReference {
                    table: table.def.name.to_owned(),
                    outside: reference.table.name,
                    action: reference.action,
                });
            }
        }
    }
    for (table, name) in plan.tables.iter().zip(names).rev() {
        connection
            .batch_execute(&format!("DELETE FROM {}", name.quoted))
            .map_err(Error::database(format!("deleting the rows of `{}`", table.def.name)))?;
    }
    Ok(())
}

/// `"users"` stands for `"public"."users"` where the catalogue names the schema and the model does not.
fn is_same(own: &TableName, other: &TableName) -> bool {
    own.name == other.name && (own.schema == other.schema || own.schema.is_none() || other.schema.is_none())
}
