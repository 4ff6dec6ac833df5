//! A run: the rows of all tables, in one transaction.

use std::time::{Duration, Instant};

use seed_core::When;

use crate::backend::{Dialect, SeedConnection};
use crate::blocks;
use crate::bulk::Target;
use crate::error::Error;
use crate::late;
use crate::lock::{self, Claim, Patience};
use crate::part::Chosen;
use crate::rebuild::Constraints;
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
        let constraints = Constraints::switch_off(connection, &self.chosen_tables(), options.rebuild)?;
        let teller = Teller::new(progress);
        let mut run = Run { prepared: self, options, steps: self.steps(), teller, constraints };
        let loaded = run.transactions(connection).map_err(|error| self.explain(error));
        let (loaded, constraints) = run.constraints.switch_on(connection, loaded)?;
        Ok(Report { tables: self.reports(&loaded), constraints, elapsed: started.elapsed() })
    }

    /// Deletes the rows of the tables and loads none; tells how many there were.
    pub(crate) fn only_reset<C>(&self, connection: &mut C) -> Result<Vec<(String, u64)>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let tables = self.chosen_tables();
        let delete = |connection: &mut C| {
            self.putting_off(connection, |connection| {
                let filled = reset::filled(connection, &tables)?;
                reset::delete(connection, &tables).map(|()| filled)
            })
        };
        if lock::is_own(connection)? {
            // All of the database: no shard may be at work.
            let claim = Claim::Whole;
            let deleted = lock::transaction(connection, &claim, Patience::None, delete);
            let released = connection.release(&claim).map_err(Error::database("letting other runs begin"));
            let deleted = deleted?;
            released.map(|()| deleted)
        } else {
            connection.transaction(delete)
        }
    }

    /// Does some work while the checks wait of foreign keys that have to.
    fn putting_off<C: SeedConnection<Backend = DB>, T>(
        &self,
        connection: &mut C,
        work: impl FnOnce(&mut C) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let again = match self.puts_off() {
            true => {
                connection.put_off_foreign_keys(&self.names).map_err(Error::database("putting off foreign keys"))?
            }
            false => None,
        };
        let done = work(connection);
        // Also where the work has failed: the connection is the application's.
        let checked = again.map_or(Ok(()), |again| connection.batch_execute(&again));
        let done = done?;
        checked.map_err(Error::database("checking the foreign keys"))?;
        Ok(done)
    }

    /// Whether the check of a foreign key has to wait for rows of another table.
    fn puts_off(&self) -> bool {
        let mut relations = self.plan.tables.iter().flat_map(|table| &table.relations);
        relations.any(|relation| relation.when == When::Deferred)
    }

    /// What is done, in order: the rows of each table, and then the foreign keys that had to wait.
    fn steps(&self) -> Vec<Step> {
        let late = self.chosen().filter(|chosen| !chosen.rows.is_empty() && !late::columns(chosen.plan).is_empty());
        let rows = self.chosen().map(|Chosen { at, rows, .. }| Step { table: at, late: false, rows });
        rows.chain(late.map(|Chosen { at, rows, .. }| Step { table: at, late: true, rows })).collect()
    }

    fn reports(&self, loaded: &[Loaded]) -> Vec<TableReport> {
        let report = |Chosen { at, plan, .. }: Chosen<'_, DB>| {
            let of = || loaded.iter().filter(move |loaded| loaded.step.table == at);
            let rows = |late| of().filter(|loaded| loaded.step.late == late).map(|loaded| loaded.rows).sum();
            TableReport {
                table: plan.def.name.to_owned(),
                rows: rows(false),
                updated: rows(true),
                elapsed: of().map(|loaded| loaded.elapsed).sum(),
            }
        };
        self.chosen().map(report).collect()
    }
}

/// A run that is at work.
struct Run<'a, DB: Dialect> {
    prepared: &'a Prepared<DB>,
    options: Options,
    steps: Vec<Step>,
    teller: Teller<'a>,
    constraints: Constraints<DB>,
}

/// What has been loaded in a step, or in a part of it.
struct Loaded {
    step: Step,
    rows: u64,
    elapsed: Duration,
}

impl<DB: Dialect> Run<'_, DB> {
    /// In a transaction of its own, or in that of the application.
    fn transactions<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        if !lock::is_own(connection)? {
            // Others may be in transactions of their own, in as many tests as there are: nothing is claimed.
            return connection.transaction(|connection| self.whole(connection));
        }
        let loaded = self.in_own_transactions(connection);
        let released = connection.release(&self.prepared.claim).map_err(Error::database("letting other runs begin"));
        let loaded = loaded?;
        released.map(|()| loaded)
    }

    fn in_own_transactions<C>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        lock::transaction(connection, &self.prepared.claim, Patience::None, |connection| self.whole(connection))
    }

    /// All that the run does.
    fn whole<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        // Before foreign keys are put off, for no table is altered that a check waits for.
        self.constraints.take_off(connection)?;
        let loaded = self.prepared.putting_off(connection, |connection| self.all_rows(connection))?;
        self.constraints.put_back(connection, &mut self.teller)?;
        self.move_sequences(connection)?;
        Ok(loaded)
    }

    fn all_rows<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        self.make_room(connection)?;
        let (loaded, _) = self.rows(connection, Position::default(), u64::MAX)?;
        if !self.constraints.are_rebuilt() {
            self.find_orphans(connection)?;
        }
        Ok(loaded)
    }

    /// Sees to the rows that are there.
    fn make_room<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        self.prepared.check_parents(connection)?;
        if self.prepared.part.shard.is_some() {
            // Others load into the same tables.
            return self.prepared.check_slices(connection, self.options.batches);
        }
        let tables = self.prepared.chosen_tables();
        let filled = reset::filled(connection, &tables)?;
        match self.options.there {
            _ if filled.is_empty() => Ok(()),
            There::Refused => Err(Error::NotEmpty { tables: filled }),
            There::Deleted => reset::delete(connection, &tables),
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
        let Run { prepared, options, steps, teller, .. } = self;
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

    /// Moves the sequences. At the end, since one that has moved is not moved back where a run fails.
    fn move_sequences<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        for (plan, name) in self.prepared.chosen_tables() {
            let columns = plan.def.column_names();
            connection
                .advance_sequences(name, &columns)
                .map_err(Error::database(format!("moving the sequences of `{}` past its keys", plan.def.name)))?;
        }
        Ok(())
    }
}
