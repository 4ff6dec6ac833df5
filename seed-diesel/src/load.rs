//! A run: the rows of all tables, in one transaction.

use std::time::{Duration, Instant};

use seed_core::{TablePlan, When};

use crate::backend::{Dialect, SeedConnection};
use crate::blocks;
use crate::bulk::Target;
use crate::error::Error;
use crate::late;
use crate::lock::{self, Patience};
use crate::report::{Progress, Report, TableReport};
use crate::reset;
use crate::setup::{Options, Prepared, There};
use crate::steps::{Position, Step, Teller};

impl<DB: Dialect> Prepared<DB> {
    /// Loads all rows.
    pub(crate) fn load<C: SeedConnection<Backend = DB>>(
        &self,
        connection: &mut C,
        options: Options,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Report, Error> {
        let started = Instant::now();
        let mut run = Run { prepared: self, options, steps: self.steps(), teller: Teller::new(progress) };
        let loaded = if lock::is_own(connection)? {
            let loaded = run.in_own_transactions(connection);
            let released = connection.release(&self.claim).map_err(Error::database("letting other runs begin"));
            let loaded = loaded?;
            released.map(|()| loaded)?
        } else {
            // Others may be in transactions of their own, in as many tests as there are: nothing is claimed.
            connection.transaction(|connection| run.whole(connection))?
        };
        Ok(Report { tables: self.reports(&loaded), elapsed: started.elapsed() })
    }

    /// Whether the check of a foreign key has to wait for rows of another table.
    fn puts_off(&self) -> bool {
        let mut relations = self.plan.tables.iter().flat_map(|table| &table.relations);
        relations.any(|relation| relation.when == When::Deferred)
    }

    /// What is done, in order: the rows of each table, and then the foreign keys that had to wait.
    fn steps(&self) -> Vec<Step> {
        let tables = || self.plan.tables.iter().enumerate();
        let late = tables().filter(|(_, plan)| plan.rows > 0 && !late::columns(plan).is_empty());
        let rows = tables().map(|(table, plan)| Step { table, late: false, rows: plan.indices() });
        rows.chain(late.map(|(table, plan)| Step { table, late: true, rows: plan.indices() })).collect()
    }

    fn reports(&self, loaded: &[Loaded]) -> Vec<TableReport> {
        let report = |(table, plan): (usize, &TablePlan)| {
            let of = || loaded.iter().filter(move |loaded| loaded.step.table == table);
            let rows = |late| of().filter(|loaded| loaded.step.late == late).map(|loaded| loaded.rows).sum();
            TableReport {
                table: plan.def.name.to_owned(),
                rows: rows(false),
                updated: rows(true),
                elapsed: of().map(|loaded| loaded.elapsed).sum(),
            }
        };
        self.plan.tables.iter().enumerate().map(report).collect()
    }
}

/// A run that is at work.
struct Run<'a, DB: Dialect> {
    prepared: &'a Prepared<DB>,
    options: Options,
    steps: Vec<Step>,
    teller: Teller<'a>,
}

/// What has been loaded in a step, or in a part of it.
struct Loaded {
    step: Step,
    rows: u64,
    elapsed: Duration,
}

impl<DB: Dialect> Run<'_, DB> {
    fn in_own_transactions<C>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        lock::transaction(connection, &self.prepared.claim, Patience::None, |connection| self.whole(connection))
    }

    /// All that the run does.
    fn whole<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        let names = &self.prepared.names;
        let again = match self.prepared.puts_off() {
            true => connection.put_off_foreign_keys(names).map_err(Error::database("putting off foreign keys"))?,
            false => None,
        };
        let loaded = self.all_rows(connection);
        // Also where the loading has failed: the connection is the application's.
        let checked = again.map_or(Ok(()), |again| connection.batch_execute(&again));
        let loaded = loaded?;
        checked.map_err(Error::database("checking the foreign keys"))?;
        self.move_sequences(connection)?;
        Ok(loaded)
    }

    fn all_rows<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        self.make_room(connection)?;
        let (loaded, _) = self.rows(connection, Position::default(), u64::MAX)?;
        self.find_orphans(connection)?;
        Ok(loaded)
    }

    /// Sees to the rows that are there.
    fn make_room<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        let (plan, names) = (&self.prepared.plan, &self.prepared.names);
        let filled = reset::filled(connection, plan, names)?;
        match self.options.there {
            _ if filled.is_empty() => Ok(()),
            There::Refused => Err(Error::NotEmpty { tables: filled }),
            There::Deleted => reset::delete(connection, plan, names),
            There::Kept => Ok(()),
        }
    }

    /// Loads so many rows at most, from a position on, and tells where the next ones begin.
    fn rows<C: SeedConnection<Backend = DB>>(
        &mut self,
        connection: &mut C,
        from: Position,
        at_most: u64,
    ) -> Result<(Vec<Loaded>, Position), Error> {
        let Run { prepared, options, steps, teller } = self;
        let (mut at, mut left, mut loaded) = (from, at_most, Vec::new());
        while left > 0
            && let Some(step) = steps.get(at.step)
        {
            let started = Instant::now();
            let (plan, table) = (&prepared.plan.tables[step.table], &*prepared.tables[step.table]);
            let part = step.part(at, left);
            let len = part.end - part.start;
            let (name, rows) = (plan.def.name, step.len());
            let begins = match step.late {
                true => Progress::ForeignKeys { table: name, rows },
                false => Progress::Table { table: name, rows },
            };
            teller.step(at, begins);
            let mut progress = |rows| teller.rows(rows);
            let name = &prepared.names[step.table];
            let rows = match step.late {
                true => late::fill(connection, plan, name, table, part, options.batches, &mut progress)?,
                false => {
                    let target = Target::table(name, &plan.def, &late::columns(plan));
                    blocks::load(connection, plan, table, &target, part, options.batches, &mut progress)?
                }
            };
            loaded.push(Loaded { step: step.clone(), rows, elapsed: started.elapsed() });
            left -= len;
            at = at.behind(len, step);
        }
        Ok((loaded, at))
    }

    fn find_orphans<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        for (plan, name) in self.prepared.plan.tables.iter().zip(&self.prepared.names) {
            let table = plan.def.name.to_owned();
            let orphans =
                connection.orphans(name).map_err(Error::database(format!("checking the foreign keys of `{table}`")))?;
            if orphans > 0 {
                return Err(Error::Orphans { table, orphans });
            }
        }
        Ok(())
    }

    /// Moves the sequences. At the end, since one that has moved is not moved back where a run fails.
    fn move_sequences<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        for (plan, name) in self.prepared.plan.tables.iter().zip(&self.prepared.names) {
            let columns = plan.def.column_names();
            connection
                .advance_sequences(name, &columns)
                .map_err(Error::database(format!("moving the sequences of `{}` past its keys", plan.def.name)))?;
        }
        Ok(())
    }
}
