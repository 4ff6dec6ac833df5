//! A run: the rows of all tables, in one transaction or in several.

mod checks;
mod chunks;
mod outcome;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use seed_core::When;

use self::checks::{stored, tables_changed, vanished};
use self::chunks::Begun;
use self::outcome::Held;
use crate::backend::{Dialect, SeedConnection};
use crate::blocks::{self, message_of};
use crate::bulk::Target;
use crate::commit;
use crate::error::Error;
use crate::late;
use crate::ledger::{self, Entry, Ledger};
use crate::lock::{self, Claim, Patience};
use crate::others::Others;
use crate::part::Chosen;
use crate::protect;
use crate::rebuild::Constraints;
use crate::report::{Progress, Report, TableReport};
use crate::reset;
use crate::setup::{Found, Options, Prepared, There};
use crate::steps::{self, Portion, Position, Step, Teller};

impl<DB: Dialect> Prepared<DB> {
    /// Loads all rows.
    pub(crate) fn load<C: SeedConnection<Backend = DB>>(
        &self,
        connection: &mut C,
        options: Options,
        others: &Others<'_, C>,
    ) -> Result<Report, Error> {
        let started = Instant::now();
        lock::reading(connection, others, protect::check)?;
        let constraints = Constraints::switch_off(connection, self, options, others)?;
        let mut progress = |told: Progress<'_>| others.tell(told);
        let teller = Teller::new(&mut progress);
        let (steps, held) = (self.steps(), Held::default());
        let before = (options.there != There::Kept).then(Vec::new);
        let mut run = Run { prepared: self, options, steps, teller, constraints, before, held, panic: None };
        let loaded = strictly(connection, |connection| run.transactions(connection, others));
        let panic = run.panic.take();
        let loaded = loaded.map_err(|error| self.explain(self.pinpoint(connection, error)));
        let switched = run.constraints.switch_on(connection, loaded);
        if let Some(panic) = panic {
            resume_unwind(panic);
        }
        let (loaded, constraints) = switched?;
        Ok(Report { tables: self.reports(&loaded), constraints, elapsed: started.elapsed() })
    }

    /// Deletes the rows of the tables and loads none; tells how many there were.
    pub(crate) fn only_reset<C>(&self, connection: &mut C, others: &Others<'_, C>) -> Result<Vec<(String, u64)>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        lock::reading(connection, others, protect::check)?;
        let tables = self.chosen_tables();
        let delete = |connection: &mut C| {
            self.putting_off(connection, |connection| {
                self.forget(connection)?;
                let filled = reset::filled(connection, &tables)?;
                reset::delete(connection, &tables).map(|()| filled)
            })
        };
        if lock::is_own(connection)? {
            // All of the database: no shard may be at work.
            let claim = Claim::Whole;
            let deleted = reset::around(connection, &tables, |connection| {
                lock::limited(connection, others, |connection| {
                    lock::transaction(connection, &claim, Patience::None, others, |connection| {
                        let filled = delete(connection)?;
                        let before = Held { rows: filled.clone(), samples: Vec::new() };
                        Ok((filled, self.look_at_rows(before, Held::default())))
                    })
                })
            });
            // What was done is committed; the claim goes with the connection at the latest.
            let _ = connection.release(&claim);
            deleted
        } else {
            connection.transaction(delete)
        }
    }

    /// Forgets the interrupted runs whose rows are deleted. Where some tables stay, nobody knows which rows those are of.
    fn forget<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        let others = ledger::unfinished(connection, &Claim::Whole)?;
        match others.iter().find(|run| self.claim != Claim::Whole && !run.is_for(&self.claim)) {
            Some(other) => Err(other.in_the_way()),
            None => ledger::forget(connection, &self.claim),
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
                before: of().filter(|loaded| loaded.before && !loaded.step.late).map(|loaded| loaded.rows).sum(),
                updated: of().filter(|loaded| !loaded.before && loaded.step.late).map(|loaded| loaded.rows).sum(),
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
    /// The rows that each table held before the run and still holds, where it held some; `None` where an interrupted run has been
    /// at work since.
    before: Option<Vec<(String, u64)>>,
    /// What the tables held before the transaction.
    held: Held,
    /// A panic of whoever is told of the progress, which goes on when the transaction is undone.
    panic: Option<Box<dyn Any + Send>>,
}

/// What has been loaded in a step, or in a part of it.
struct Loaded {
    step: Step,
    rows: u64,
    /// Whether an interrupted run has.
    before: bool,
    elapsed: Duration,
}

impl<DB: Dialect> Run<'_, DB> {
    /// In a transaction of its own, or in that of the application.
    fn transactions<C>(&mut self, connection: &mut C, others: &Others<'_, C>) -> Result<Vec<Loaded>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        if !lock::is_own(connection)? {
            if self.options.commit_every.is_some() || self.options.resume {
                return Err(Error::InTransaction);
            }
            // Others may be in transactions of their own, in as many tests as there are: nothing is claimed.
            return connection.transaction(|connection| self.at_once(connection));
        }
        let (prepared, options) = (self.prepared, self.options);
        let loaded = lock::limited(connection, others, |connection| match options.there {
            There::Deleted if options.commit_every.is_none() => {
                let tables = prepared.chosen_tables();
                reset::around(connection, &tables, |connection| self.in_own_transactions(connection, others))
            }
            _ => self.in_own_transactions(connection, others),
        });
        // The rows are committed; the claim goes with the connection at the latest.
        let _ = connection.release(&self.prepared.claim);
        loaded
    }

    /// One transaction, or as many as it takes to commit on the way.
    fn in_own_transactions<C>(&mut self, connection: &mut C, others: &Others<'_, C>) -> Result<Vec<Loaded>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let (claim, options) = (&self.prepared.claim, self.options);
        if options.commit_every.is_none() && !options.resume {
            return lock::transaction(connection, claim, Patience::None, others, |connection| {
                let loaded = self.at_once(connection)?;
                let look = self.look(connection, &loaded)?;
                Ok((loaded, look))
            });
        }
        let identity = self.prepared.identity()?;
        let ledger = Ledger::new(claim, &identity);
        let begun = match options.there {
            There::Deleted if options.commit_every.is_some() => {
                let tables = self.prepared.chosen_tables();
                reset::around(connection, &tables, |connection| self.begin(connection, others, &ledger, &identity))
            }
            _ => self.begin(connection, others, &ledger, &identity),
        };
        let done = begun.and_then(|begun| match begun {
            Begun::Done(loaded) => Ok(loaded),
            Begun::At(position) => self.go_on(connection, others, &ledger, position),
        });
        // Runs for parts may need it, and another run that is at work does.
        if *claim == Claim::Whole && !matches!(done, Err(Error::Busy { .. })) {
            // If it stays, it is empty, and does no harm.
            let _ = lock::transaction(connection, claim, Patience::None, others, |connection| {
                Ledger::drop_empty(connection).map(|()| ((), commit::changes_nothing()))
            });
        }
        done
    }

    /// All that there is to do, where no interrupted run has left anything.
    fn at_once<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        match self.unfinished(connection)?.first() {
            Some(run) => Err(run.in_the_way()),
            None => {
                ledger::forget(connection, &self.prepared.claim)?;
                self.unpanicked(|run| run.whole(connection))
            }
        }
    }

    /// Interrupted runs whose rows stay.
    fn unfinished<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<Vec<Entry>, Error> {
        match self.options.there {
            There::Deleted => self.prepared.forget(connection).map(|()| Vec::new()),
            There::Refused | There::Kept => ledger::unfinished(connection, &self.prepared.claim),
        }
    }

    /// Does some work of a transaction, of which a panic is an error: Diesel would leave the transaction open.
    fn unpanicked<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        catch_unwind(AssertUnwindSafe(|| work(self))).unwrap_or_else(|panic| {
            let message = message_of(&*panic);
            self.panic = Some(panic);
            Err(Error::Generate { table: String::new(), row: None, message })
        })
    }

    /// All that the run does.
    fn whole<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        // Before foreign keys are put off, for no table is altered that a check waits for.
        self.constraints.take_off(connection)?;
        // Apart from the loading: a foreign key that a reset drops and adds again is not put off any more.
        self.prepared.putting_off(connection, |connection| self.make_room(connection))?;
        let loaded = self.prepared.putting_off(connection, |connection| self.all_rows(connection))?;
        self.constraints.put_back(connection, &mut self.teller)?;
        self.prepared.read_back(connection)?;
        self.move_sequences(connection)?;
        Ok(loaded)
    }

    fn all_rows<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<Vec<Loaded>, Error> {
        let (portions, _) = steps::ahead(&self.steps, Position::default(), u64::MAX);
        let loaded = self.rows(connection, &portions)?;
        self.find_vanished(connection)?;
        if !self.constraints.are_rebuilt() {
            self.find_orphans(connection)?;
        }
        Ok(loaded)
    }

    /// Sees to the rows that are there.
    fn make_room<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<(), Error> {
        self.prepared.check_parents(connection)?;
        self.check_sequences(connection)?;
        if self.prepared.part.shard.is_some() {
            // Others load into the same tables.
            return self.prepared.check_slices(connection, self.options.batches);
        }
        let tables = self.prepared.chosen_tables();
        let filled = reset::filled(connection, &tables)?;
        let is_replaced = self.options.there == There::Deleted && !filled.is_empty();
        let samples = if is_replaced { self.prepared.samples(connection)? } else { Vec::new() };
        self.held = Held { rows: filled.clone(), samples };
        match (self.options.there, &self.prepared.found) {
            // Also where there are no rows: counters restart.
            (There::Deleted, _) => reset::delete(connection, &tables),
            (There::Refused, _) if filled.is_empty() => Ok(()),
            (There::Refused, _) => Err(Error::NotEmpty { tables: filled }),
            (There::Kept, Found::Rows(before)) if !filled.is_empty() && *before != filled => {
                Err(tables_changed(before, &filled))
            }
            (There::Kept, _) => {
                self.before = Some(filled);
                Ok(())
            }
        }
    }

    fn rows<C>(&mut self, connection: &mut C, portions: &[Portion]) -> Result<Vec<Loaded>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let Run { prepared, options, teller, before, .. } = self;
        let mut loaded = Vec::with_capacity(portions.len());
        for Portion { from, step, rows } in portions {
            let started = Instant::now();
            let (plan, table) = (&prepared.plan.tables[step.table], &*prepared.tables[step.table]);
            let begins = match step.late {
                true => Progress::ForeignKeys { table: plan.def.name, rows: step.len() },
                false => Progress::Table { table: plan.def.name, rows: step.len() },
            };
            teller.step(*from, begins);
            let mut progress = |rows| teller.rows(rows);
            let (name, rows, end) = (&prepared.names[step.table], rows.clone(), rows.end);
            let rows = match step.late {
                true => late::fill(connection, plan, name, table, rows, options.batches, &mut progress)?,
                false => {
                    let target = Target::table(name, &plan.def, &late::columns(plan));
                    let sent = blocks::load(connection, plan, table, &target, rows, options.batches, &mut progress)?;
                    if sent.stored < sent.rows {
                        // A trigger may have put them into a table that inherits, which the count of this one includes.
                        match before.as_ref().filter(|_| prepared.part.shard.is_none()) {
                            Some(before) => stored(connection, plan, name, before, end - step.rows.start)?,
                            None => return Err(vanished(plan, sent.rows, sent.stored)),
                        }
                    }
                    sent.rows
                }
            };
            loaded.push(Loaded { step: step.clone(), rows, before: false, elapsed: started.elapsed() });
        }
        Ok(loaded)
    }
}

/// Does some work while the session refuses values that do not fit their columns.
pub(crate) fn strictly<C: SeedConnection, T>(
    connection: &mut C,
    work: impl FnOnce(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    let again = connection.refuse_misfits().map_err(Error::database("setting the session's strict mode"))?;
    let done = work(connection);
    // Where it cannot be set back, the connection is broken: nobody goes on with it.
    let _ = again.map_or(Ok(()), |again| connection.batch_execute(&again));
    done
}
