//! A run that commits on its way, and one that goes on after an interruption.

use std::cmp::Ordering;
use std::num::NonZeroU64;
use std::time::Duration;

use super::{Loaded, Run};
use crate::backend::{Dialect, SeedConnection};
use crate::commit::{self, Look};
use crate::error::Error;
use crate::identity::Identity;
use crate::ledger::Ledger;
use crate::lock::{self, Patience};
use crate::others::Others;
use crate::setup::{Found, Prepared};
use crate::steps::{self, Position, Step};

/// How far a run has come when it has begun.
pub(super) enum Begun {
    /// All is done.
    Done(Vec<Loaded>),
    /// It is begun, and goes on from here.
    At(Position),
}

impl<DB: Dialect> Run<'_, DB> {
    /// Goes on with an interrupted run, or begins.
    pub(super) fn begin<C: SeedConnection<Backend = DB>>(
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
    pub(super) fn go_on<C: SeedConnection<Backend = DB>>(
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
}
