//! Databases that are marked, so that no run writes to them.
//!
//! The mark is a table, `__seed_protected`, which is dropped at the database's own prompt: no option of a run passes it.
//! `diesel print-schema` ignores it, as it ignores all tables whose names begin with `__`.

use crate::backend::{Dialect, SeedConnection};
use crate::error::Error;

/// Refuses a database that is marked.
pub(crate) fn check<C: SeedConnection>(connection: &mut C) -> Result<(), Error> {
    let marks = connection
        .number(C::Backend::COUNT_PROTECTED)
        .map_err(Error::database("looking for the table `__seed_protected`"))?;
    if marks.unwrap_or(0) == 0 {
        return Ok(());
    }
    let database = connection.database().map_err(Error::database("asking for the database's name"))?;
    Err(Error::Protected { database })
}

/// Marks a database; tells whether it was not marked before.
#[cfg(feature = "cli")]
pub(crate) fn mark<C: SeedConnection>(connection: &mut C) -> Result<bool, Error> {
    match check(connection) {
        Err(Error::Protected { .. }) => Ok(false),
        Err(error) => Err(error),
        Ok(()) => {
            // A server may require a primary key of every table.
            let create = "CREATE TABLE __seed_protected (id INTEGER NOT NULL PRIMARY KEY)";
            connection.batch_execute(create).map_err(Error::database("making the table `__seed_protected`"))?;
            Ok(true)
        }
    }
}
