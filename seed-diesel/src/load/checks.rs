//! What a run asks of the tables beside their rows: that they hold what was inserted, that foreign keys hold, and that sequences can
//! be moved.

use seed_core::TablePlan;

use super::Run;
use crate::backend::{Dialect, Immovable, Keys, SeedConnection, TableName};
use crate::error::Error;
use crate::part::Chosen;
use crate::reset;

impl<DB: Dialect> Run<'_, DB> {
    /// Counts the rows of each table: triggers may delete some after they are stored. Of a shard, others insert rows as well.
    pub(super) fn find_vanished<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        let Some(before) = self.before.as_ref().filter(|_| self.prepared.part.shard.is_none()) else { return Ok(()) };
        let mut chosen = self.prepared.chosen();
        chosen.try_for_each(|Chosen { plan, name, rows, .. }| {
            stored(connection, plan, name, before, rows.end - rows.start)
        })
    }

    pub(super) fn find_orphans<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        for (plan, name) in self.prepared.chosen_tables() {
            let table = plan.def.name.to_owned();
            let orphans =
                connection.orphans(name).map_err(Error::database(format!("checking the foreign keys of `{table}`")))?;
            if orphans > 0 {
                return Err(Error::Orphans { table, orphans });
            }
        }
        Ok(())
    }

    /// Refuses a run whose sequences could not be moved at its end.
    pub(super) fn check_sequences<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        for Chosen { plan, table, name, rows, .. } in self.prepared.chosen().filter(|chosen| !chosen.rows.is_empty()) {
            // A key that counts up is one more than the index of its row.
            let keys = plan.def.columns.iter().zip(table.serial());
            let keys = keys.map(|(column, serial)| Keys { column: column.name, last: serial.then_some(rows.end) });
            let immovable = connection
                .check_sequences(name, &keys.collect::<Vec<_>>())
                .map_err(Error::database(format!("reading the sequences of `{}`", plan.def.name)))?;
            if let Some(Immovable { sequence, column, reason, remedy }) = immovable {
                return Err(Error::Sequence { table: plan.def.name.to_owned(), column, sequence, reason, remedy });
            }
        }
        Ok(())
    }

    /// Moves the sequences. At the end, since one that has moved is not moved back where a run fails.
    pub(super) fn move_sequences<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        for (plan, name) in self.prepared.chosen_tables() {
            let columns = plan.def.column_names();
            connection
                .advance_sequences(name, &columns)
                .map_err(Error::database(format!("moving the sequences of `{}` past its keys", plan.def.name)))?;
        }
        Ok(())
    }
}

/// Refuses a table that holds fewer rows than were inserted.
pub(super) fn stored<C: SeedConnection>(
    connection: &mut C,
    plan: &TablePlan,
    name: &TableName,
    before: &[(String, u64)],
    sent: u64,
) -> Result<(), Error> {
    let before = before.iter().find(|(table, _)| table == plan.def.name).map_or(0, |(_, rows)| *rows);
    let rows = reset::count(connection, plan, name)?;
    if rows < before + sent { Err(vanished(plan, sent, rows.saturating_sub(before))) } else { Ok(()) }
}

pub(super) fn vanished(plan: &TablePlan, sent: u64, stored: u64) -> Error {
    Error::Vanished { table: plan.def.name.to_owned(), sent, stored }
}

/// The error of rows that were to come after those that are there, which other connections have changed since.
pub(super) fn tables_changed(before: &[(String, u64)], now: &[(String, u64)]) -> Error {
    let rows =
        |of: &[(String, u64)], table: &str| of.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows);
    let mut tables = before.iter().chain(now).map(|(table, _)| table.as_str());
    let table = tables.find(|table| rows(before, table) != rows(now, table)).unwrap_or_default();
    Error::TablesChanged { table: table.to_owned(), before: rows(before, table), now: rows(now, table) }
}
