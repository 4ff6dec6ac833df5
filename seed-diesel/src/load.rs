//! A run: the rows of all tables, in one transaction or in several.

use std::any::Any;
use std::cmp::Ordering;
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use seed_core::{TablePlan, When};

use crate::backend::{Dialect, Immovable, Keys, SeedConnection, TableName};
use crate::blocks::{self, message_of};
use crate::bulk::Target;
use crate::commit::{self, Look};
use crate::error::Error;
use crate::identity::Identity;
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

    /// A look for whether the tables hold what they would after a transaction, or what they held before.
    fn look_at_rows<'w, C>(&'w self, before: Held, after: Held) -> Look<'w, C>
    where
        C: SeedConnection<Backend = DB>,
    {
        Box::new(move |connection| {
            let rows = reset::filled(connection, &self.chosen_tables())?;
            let samples = if before.rows == after.rows { self.samples(connection)? } else { Vec::new() };
            let is = |held: &Held| rows == held.rows && (samples.is_empty() || samples == held.samples);
            Ok(match (is(&before), is(&after)) {
                (false, true) => Some(true),
                (true, false) => Some(false),
                _ => None,
            })
        })
    }

    /// A number for the rows of each table, where the backend has it.
    fn samples<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<Vec<i64>, Error> {
        let mut samples = Vec::new();
        for (plan, name) in self.chosen_tables() {
            let sample = connection.sample(name, &plan.def.column_names(), &plan.def.primary_key);
            samples.extend(sample.map_err(Error::database(format!("reading the first rows of `{}`", plan.def.name)))?);
        }
        Ok(samples)
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

/// What tables hold, as far as it tells a run that is committed from one that is not.
#[derive(Debug, Clone, Default)]
struct Held {
    /// The rows of each table that holds some.
    rows: Vec<(String, u64)>,
    /// A number for the rows of each table, where the same number of rows does not tell enough.
    samples: Vec<i64>,
}

/// What has come of beginning.
enum Begun {
    /// All is done.
    Done(Vec<Loaded>),
    /// It is begun, and goes on from here.
    At(Position),
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

    /// A look for whether all that the run has loaded in one transaction is committed.
    fn look<'w, C>(&self, connection: &mut C, loaded: &[Loaded]) -> Result<Look<'w, C>, Error>
    where
        C: SeedConnection<Backend = DB>,
        Self: 'w,
    {
        let prepared = self.prepared;
        if prepared.part.shard.is_some() {
            // Others load into the same tables.
            let batches = self.options.batches;
            return Ok(Box::new(move |connection| match prepared.check_slices(connection, batches) {
                Ok(()) => Ok(prepared.slices_have_keys().then_some(false)),
                Err(Error::ShardIsThere { .. }) => Ok(Some(true)),
                Err(error) => Err(error),
            }));
        }
        let keeps = self.options.there == There::Kept;
        let before = |table: &str| {
            let filled = self.held.rows.iter().find(|(filled, _)| keeps && filled == table);
            filled.map_or(0, |(_, rows)| *rows)
        };
        let rows = |plan: &TablePlan, at: usize| {
            let new = loaded.iter().filter(|loaded| loaded.step.table == at && !loaded.step.late);
            before(plan.def.name) + new.map(|loaded| loaded.rows).sum::<u64>()
        };
        let after = prepared.chosen().map(|Chosen { at, plan, .. }| (plan.def.name.to_owned(), rows(plan, at)));
        let rows = after.filter(|(_, rows)| *rows > 0).collect();
        let samples = if self.held.samples.is_empty() { Vec::new() } else { prepared.samples(connection)? };
        Ok(prepared.look_at_rows(self.held.clone(), Held { rows, samples }))
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

    /// Goes on with an interrupted run, or begins.
    fn begin<C: SeedConnection<Backend = DB>>(
        &mut self,
        connection: &mut C,
        others: &Others<'_, C>,
        ledger: &Ledger<'_>,
        identity: &Identity,
    ) -> Result<Begun, Error> {
        let Prepared { claim, found, .. } = self.prepared;
        let options = self.options;
        // A process that was killed may have the claim for a moment longer.
        let patience = if options.resume { Patience::Some } else { Patience::None };
        if options.commit_every.is_some() {
            let created = lock::transaction(connection, claim, patience, others, |connection| {
                Ledger::create(connection).map(|()| ((), commit::changes_nothing()))
            });
            // A run for another part may have made it at the same moment.
            if created.is_err() && !Ledger::is_there(connection).unwrap_or(false) {
                created?;
            }
        }
        lock::transaction(connection, claim, patience, others, |connection| {
            let unfinished = self.unfinished(connection)?;
            if let Some(other) = unfinished.iter().find(|run| !options.resume || !run.is_for(claim)) {
                return Err(other.in_the_way());
            }
            if let Some(interrupted) = unfinished.first() {
                let differences = identity.differences(&interrupted.identity());
                let is_same = differences.is_empty();
                return if is_same {
                    Ok((Begun::At(interrupted.position()), commit::changes_nothing()))
                } else {
                    Err(Error::AnotherRun { differences })
                };
            }
            if *found == Found::Interrupted {
                // Another one has gone on with it meanwhile, up to its end.
                return Err(lock::busy(connection));
            }
            if options.commit_every.is_none() {
                let loaded = self.at_once(connection)?;
                let look = self.look(connection, &loaded)?;
                return Ok((Begun::Done(loaded), look));
            }
            self.make_room(connection)?;
            // Another run may have dropped it since it was made, where the claim ends with its transaction.
            Ledger::create(connection)?;
            ledger.begin(connection)?;
            let look: Look<'_, C> = Box::new(|connection| Ok(Some(ledger.position(connection)?.is_some())));
            Ok((Begun::At(Position::default()), look))
        })
    }

    /// Loads what is left, and commits on the way.
    fn go_on<C: SeedConnection<Backend = DB>>(
        &mut self,
        connection: &mut C,
        others: &Others<'_, C>,
        ledger: &Ledger<'_>,
        begin: Position,
    ) -> Result<Vec<Loaded>, Error> {
        let at_once = self.options.commit_every.map_or(u64::MAX, NonZeroU64::get);
        let mut loaded = self.loaded_before(begin);
        let mut at = begin;
        while at.step < self.steps.len() {
            let (portions, to) = steps::ahead(&self.steps, at, at_once);
            let done = lock::transaction(connection, &self.prepared.claim, Patience::Some, others, |connection| {
                // First, so that no row is loaded that another run has loaded since.
                if !ledger.advance(connection, at, to)? {
                    return Err(lock::busy(connection));
                }
                let new = self.unpanicked(|run| run.rows(connection, &portions))?;
                let look: Look<'_, C> = Box::new(move |connection| {
                    Ok(match ledger.position(connection)? {
                        Some(position) if position == to => Some(true),
                        Some(position) if position == at => Some(false),
                        _ => None,
                    })
                });
                Ok((new, look))
            });
            for new in done.map_err(|source| self.interrupted(at, source))? {
                // One for a step, however many chunks it has.
                match loaded.iter_mut().find(|one| !one.before && one.step == new.step) {
                    Some(one) => {
                        one.rows += new.rows;
                        one.elapsed += new.elapsed;
                    }
                    None => loaded.push(new),
                }
            }
            at = to;
        }
        let finished = lock::transaction(connection, &self.prepared.claim, Patience::Some, others, |connection| {
            self.find_vanished(connection)?;
            self.find_orphans(connection)?;
            self.prepared.read_back(connection)?;
            self.move_sequences(connection)?;
            if !ledger.finish(connection, at)? {
                return Err(lock::busy(connection));
            }
            let look: Look<'_, C> = Box::new(|connection| Ok(Some(ledger.position(connection)?.is_none())));
            Ok(((), look))
        });
        finished.map_err(|source| self.interrupted(at, source))?;
        Ok(loaded)
    }

    /// What an interrupted run has loaded up to a position.
    fn loaded_before(&self, position: Position) -> Vec<Loaded> {
        let before = |(at, step): (usize, &Step)| {
            let rows = match at.cmp(&position.step) {
                Ordering::Less => step.len(),
                Ordering::Equal => position.done,
                Ordering::Greater => 0,
            };
            Loaded { step: step.clone(), rows, before: true, elapsed: Duration::ZERO }
        };
        self.steps.iter().enumerate().map(before).collect()
    }

    fn interrupted(&self, at: Position, source: Error) -> Error {
        let before = self.loaded_before(at);
        let rows = before.iter().filter(|loaded| !loaded.step.late).map(|loaded| loaded.rows).sum();
        Error::Interrupted { rows, source: Box::new(self.prepared.explain(source)) }
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

    /// Counts the rows of each table: triggers may delete some after they are stored. Of a shard, others insert rows as well.
    fn find_vanished<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
        let Some(before) = self.before.as_ref().filter(|_| self.prepared.part.shard.is_none()) else { return Ok(()) };
        let mut chosen = self.prepared.chosen();
        chosen.try_for_each(|Chosen { plan, name, rows, .. }| {
            stored(connection, plan, name, before, rows.end - rows.start)
        })
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

    /// Refuses a run whose sequences could not be moved at its end.
    fn check_sequences<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<(), Error> {
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

/// Refuses a table that holds fewer rows than were inserted.
fn stored<C: SeedConnection>(
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

fn vanished(plan: &TablePlan, sent: u64, stored: u64) -> Error {
    Error::Vanished { table: plan.def.name.to_owned(), sent, stored }
}

/// The error of rows that were to come after those that are there, which other connections have changed since.
fn tables_changed(before: &[(String, u64)], now: &[(String, u64)]) -> Error {
    let rows =
        |of: &[(String, u64)], table: &str| of.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows);
    let mut tables = before.iter().chain(now).map(|(table, _)| table.as_str());
    let table = tables.find(|table| rows(before, table) != rows(now, table)).unwrap_or_default();
    Error::TablesChanged { table: table.to_owned(), before: rows(before, table), now: rows(now, table) }
}
