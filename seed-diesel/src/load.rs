//! A run: the rows of all tables, in one transaction.

use std::time::Instant;

use seed_core::When;

use crate::backend::{Dialect, SeedConnection};
use crate::blocks;
use crate::bulk::Target;
use crate::error::Error;
use crate::late;
use crate::report::{Progress, Report, TableReport};
use crate::reset;
use crate::setup::{Options, Prepared, There};

impl<DB: Dialect> Prepared<DB> {
    /// Loads all rows in one transaction.
    pub(crate) fn load<C: SeedConnection<Backend = DB>>(
        &self,
        connection: &mut C,
        options: Options,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Report, Error> {
        let started = Instant::now();
        let names = &self.names;
        let tables = connection.transaction::<_, Error, _>(|connection| {
            let again = match self.puts_off() {
                true => connection.put_off_foreign_keys(names).map_err(Error::database("putting off foreign keys"))?,
                false => None,
            };
            let loaded = self.load_tables(connection, options, progress);
            // Also where the loading has failed: the connection is the application's.
            let checked = again.map_or(Ok(()), |again| connection.batch_execute(&again));
            let reports = loaded?;
            checked.map_err(Error::database("checking the foreign keys"))?;
            // At the end, since a sequence that has moved is not moved back where a run fails.
            for (plan, name) in self.plan.tables.iter().zip(names) {
                let columns = plan.def.column_names();
                connection
                    .advance_sequences(name, &columns)
                    .map_err(Error::database(format!("moving the sequences of `{}` past its keys", plan.def.name)))?;
            }
            Ok(reports)
        })?;
        Ok(Report { tables, elapsed: started.elapsed() })
    }

    /// Whether the check of a foreign key has to wait for rows of another table.
    fn puts_off(&self) -> bool {
        let mut relations = self.plan.tables.iter().flat_map(|table| &table.relations);
        relations.any(|relation| relation.when == When::Deferred)
    }

    fn load_tables<C: SeedConnection<Backend = DB>>(
        &self,
        connection: &mut C,
        options: Options,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Vec<TableReport>, Error> {
        let names = &self.names;
        let filled = reset::filled(connection, &self.plan, names)?;
        match options.there {
            _ if filled.is_empty() => {}
            There::Refused => return Err(Error::NotEmpty { tables: filled }),
            There::Deleted => reset::delete(connection, &self.plan, names)?,
            There::Kept => {}
        }
        let mut reports = Vec::with_capacity(self.tables.len());
        for ((plan, table), name) in self.plan.tables.iter().zip(&self.tables).zip(names) {
            let started = Instant::now();
            progress(Progress::Table { table: plan.def.name, rows: plan.rows });
            let target = Target::table(name, &plan.def, &late::columns(plan));
            let mut progress = |rows| progress(Progress::Rows(rows));
            let rows =
                blocks::load(connection, plan, &**table, &target, plan.indices(), options.batches, &mut progress)?;
            let table = plan.def.name.to_owned();
            reports.push(TableReport { table, rows, updated: 0, elapsed: started.elapsed() });
        }
        for (((plan, table), name), report) in self.plan.tables.iter().zip(&self.tables).zip(names).zip(&mut reports) {
            if late::columns(plan).is_empty() || plan.rows == 0 {
                continue;
            }
            let started = Instant::now();
            progress(Progress::ForeignKeys { table: plan.def.name, rows: plan.rows });
            let mut progress = |rows| progress(Progress::Rows(rows));
            report.updated = late::fill(connection, plan, name, &**table, options.batches, &mut progress)?;
            report.elapsed += started.elapsed();
        }
        for (plan, name) in self.plan.tables.iter().zip(names) {
            let table = plan.def.name.to_owned();
            let orphans =
                connection.orphans(name).map_err(Error::database(format!("checking the foreign keys of `{table}`")))?;
            if orphans > 0 {
                return Err(Error::Orphans { table, orphans });
            }
        }
        Ok(reports)
    }
}
