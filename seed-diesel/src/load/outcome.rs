//! Whether a transaction whose COMMIT got no answer is committed, by what the tables hold.

use seed_core::TablePlan;

use super::{Loaded, Run};
use crate::backend::{Dialect, SeedConnection};
use crate::commit::Look;
use crate::error::Error;
use crate::part::Chosen;
use crate::reset;
use crate::setup::{Prepared, There};

/// What tables hold, as far as it tells a run that is committed from one that is not.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// The rows of each table that holds some.
    pub(super) rows: Vec<(String, u64)>,
    /// A number for the rows of each table, where the same number of rows does not tell enough.
    pub(super) samples: Vec<i64>,
}

impl<DB: Dialect> Prepared<DB> {
    /// A look for whether the tables hold what they would after a transaction, or what they held before.
    pub(super) fn look_at_rows<'w, C>(&'w self, before: Held, after: Held) -> Look<'w, C>
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
    pub(super) fn samples<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<Vec<i64>, Error> {
        let mut samples = Vec::new();
        for (plan, name) in self.chosen_tables() {
            let sample = connection.sample(name, &plan.def.column_names(), &plan.def.primary_key);
            samples.extend(sample.map_err(Error::database(format!("reading the first rows of `{}`", plan.def.name)))?);
        }
        Ok(samples)
    }
}

impl<DB: Dialect> Run<'_, DB> {
    /// A look for whether all that the run has loaded in one transaction is committed.
    pub(super) fn look<'w, C>(&self, connection: &mut C, loaded: &[Loaded]) -> Result<Look<'w, C>, Error>
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
}
