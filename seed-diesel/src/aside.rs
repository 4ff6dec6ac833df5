//! Rows that stand aside, in a temporary table, to be joined with those that are in their own.

use seed_core::TablePlan;

use crate::backend::{Dialect, SeedConnection, TableName, quoted};
use crate::error::Error;

/// The temporary table, in SQL. There is one at a time.
pub(crate) const ASIDE: &str = "seed_rows_aside";

/// Its column that holds the index of the row.
pub(crate) const ROW: &str = "seed_row";

/// Makes the temporary table with some columns of a table, does some work with it, and drops it.
pub(crate) fn with<C: SeedConnection, T>(
    connection: &mut C,
    plan: &TablePlan,
    name: &TableName,
    columns: &[&'static str],
    work: impl FnOnce(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    let columns: Vec<String> = columns.iter().map(|column| quoted::<C::Backend>(column)).collect();
    // As wide as an index can be.
    let row = format!("CAST({} AS {}) AS {}", i64::MAX, C::Backend::BIG_INTEGER, quoted::<C::Backend>(ROW));
    let create = format!(
        "CREATE TEMPORARY TABLE {ASIDE}{} AS SELECT {row}, {} FROM {} WHERE 1 = 0",
        C::Backend::TEMPORARY_KEY,
        columns.join(", "),
        name.quoted
    );
    let trying = || Error::database(format!("making a temporary table for rows of `{}`", plan.def.name));
    connection.batch_execute(&create).map_err(trying())?;
    let done = work(connection);
    // Where the work has failed, this may fail as well: the table goes with the transaction. To MySQL it
    // does not belong, and this does not fail.
    let dropped = connection.batch_execute(&format!("{} {ASIDE}", C::Backend::DROP_TEMPORARY)).map_err(trying());
    let done = done?;
    dropped.map(|()| done)
}

/// `"users"."id" = seed_rows_aside."id"`, for each of the columns.
pub(crate) fn agree<DB: Dialect>(name: &TableName, columns: &[&'static str]) -> String {
    let agree = |column: &&'static str| {
        let column = quoted::<DB>(column);
        format!("{}.{column} = {ASIDE}.{column}", name.quoted)
    };
    columns.iter().map(agree).collect::<Vec<_>>().join(" AND ")
}
