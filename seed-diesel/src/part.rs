//! `Part`: what of a run is loaded, of which all is planned: some tables, or a shard of their rows.

use std::ops::Range;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use seed_core::{Parents, Relation, Shard, TablePlan};

use crate::append;
use crate::aside::{self, ASIDE};
use crate::backend::{Dialect, SeedConnection, TableName};
use crate::blocks::{self, Batches};
use crate::bulk::Target;
use crate::error::Error;
use crate::lock::Claim;
use crate::models::Table;
use crate::rebuild::RebuildConstraints;
use crate::setup::{Options, Prepared, There};

/// What of a run is loaded: all of it, by default.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    /// The tables, where not all.
    pub(crate) tables: Option<Vec<String>>,
    /// The shard, where the run is cut.
    pub(crate) shard: Option<Shard>,
}

impl Part {
    /// Whether a part may be loaded in this way, whatever the plan is.
    pub(crate) fn check(&self, options: Options) -> Result<(), Error> {
        let rebuilds = options.rebuild == RebuildConstraints::Always;
        match options.there {
            _ if rebuilds && self.shard.is_some() => Err(Error::RebuildOfPart),
            _ if rebuilds && (options.commit_every.is_some() || options.resume) => Err(Error::RebuildOnTheWay),
            There::Deleted if self.shard.is_some() => Err(Error::ResetOfShard),
            There::Kept if self.shard.is_some() || self.tables.is_some() => Err(Error::AppendOfPart),
            _ => Ok(()),
        }
    }

    /// What it keeps other runs away from.
    pub(crate) fn claim(&self) -> Claim {
        if self.tables.is_none() && self.shard.is_none() {
            return Claim::Whole;
        }
        let mut tables = self.tables.clone().unwrap_or_default();
        tables.sort_unstable();
        Claim::Part(format!("{} {}", self.shard(), tables.join(",")))
    }

    /// The shard: all of the run, where it is not cut.
    pub(crate) fn shard(&self) -> Shard {
        self.shard.unwrap_or_default()
    }
}

/// A table of which rows are loaded.
pub(crate) struct Chosen<'a, DB: Dialect> {
    /// Its place in the plan.
    pub(crate) at: usize,
    pub(crate) plan: &'a TablePlan,
    pub(crate) table: &'a dyn Table<DB>,
    pub(crate) name: &'a TableName,
    pub(crate) rows: Range<u64>,
}

impl<DB: Dialect> Prepared<DB> {
    /// Leaves the rest to other runs.
    pub(crate) fn choose(&mut self, part: &Part) -> Result<(), Error> {
        self.slices = self.plan.choose(part.tables.as_deref(), part.shard())?;
        self.part = part.clone();
        Ok(())
    }

    /// The tables of which rows are loaded, in the order of the plan.
    pub(crate) fn chosen(&self) -> impl DoubleEndedIterator<Item = Chosen<'_, DB>> {
        let tables = self.plan.tables.iter().zip(&self.tables).zip(&self.names).zip(&self.slices);
        tables.enumerate().filter_map(|(at, (((plan, table), name), rows))| {
            Some(Chosen { at, plan, table: &**table, name, rows: rows.clone()? })
        })
    }

    /// One of them, by its name.
    pub(crate) fn chosen_table(&self, name: &str) -> Option<Chosen<'_, DB>> {
        self.chosen().find(|chosen| chosen.plan.def.name == name)
    }

    /// Their plans, and their names in SQL.
    pub(crate) fn chosen_tables(&self) -> Vec<(&TablePlan, &TableName)> {
        self.chosen().map(|chosen| (chosen.plan, chosen.name)).collect()
    }

    /// Relations of the rows that are loaded to tables that other runs load, as far as the database enforces them.
    fn relations_to_others<'a>(
        &'a self,
        chosen: &Chosen<'a, DB>,
    ) -> impl Iterator<Item = (&'a Relation, Chosen<'a, DB>)> {
        let relations = chosen.plan.relations.iter().filter(|relation| !relation.soft);
        let relations = relations.filter(|relation| !matches!(relation.parents, Parents::Nobody));
        relations.filter_map(|relation| {
            let at = self.plan.tables.iter().position(|table| table.def.name == relation.parent)?;
            let (plan, table, name) = (&self.plan.tables[at], &*self.tables[at], &self.names[at]);
            let other = Chosen { at, plan, table, name, rows: plan.indices() };
            self.slices[at].is_none().then_some((&**relation, other))
        })
    }

    /// Refuses a run whose parents are loaded by another one that has not been.
    pub(crate) fn check_parents<C>(&self, connection: &mut C) -> Result<(), Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        for chosen in self.chosen() {
            for (relation, parent) in self.relations_to_others(&chosen) {
                let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS rows_there", parent.name.quoted);
                let rows =
                    connection.number(&sql).map_err(Error::database(format!("looking into `{}`", relation.parent)))?;
                let is_needed = || chosen.rows.clone().any(|row| relation.parent(row).is_some());
                if rows == Some(0) && is_needed() {
                    return Err(Error::NoParentsYet {
                        table: chosen.plan.def.name.to_owned(),
                        column: relation.name.to_owned(),
                        parent: relation.parent.to_owned(),
                    });
                }
            }
        }
        Ok(())
    }

    /// Refuses a shard that has been loaded: its first rows, or its last ones, are there.
    pub(crate) fn check_slices<C>(&self, connection: &mut C, batches: Batches) -> Result<(), Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        for chosen in self.chosen().filter(|chosen| !chosen.rows.is_empty()) {
            let def = &chosen.plan.def;
            // The primary key, where the model fills it.
            let keys = append::unique(def);
            let Some(key) = keys.iter().find(|key| **key == def.primary_key).or_else(|| keys.first()) else { continue };
            let target = Target::aside(chosen.name, def, key, &|_| true);
            let Range { start, end } = chosen.rows;
            let there = aside::with(connection, chosen.plan, chosen.name, key, |connection| {
                for rows in [start..start + 1, (end - 1).max(start + 1)..end] {
                    blocks::load(connection, chosen.plan, chosen.table, &target, rows, batches, &mut |_| ())?;
                }
                let agree = aside::agree::<DB>(chosen.name, key);
                let sql = format!("SELECT count(*) FROM {ASIDE} JOIN {} ON {agree}", chosen.name.quoted);
                connection.number(&sql).map_err(Error::database(format!("looking for rows of `{}`", def.name)))
            })?;
            if there != Some(0) {
                return Err(Error::ShardIsThere { table: def.name.to_owned(), shard: self.part.shard() });
            }
        }
        Ok(())
    }

    /// Whether [`check_slices`](Prepared::check_slices) has something to tell by.
    pub(crate) fn slices_have_keys(&self) -> bool {
        self.chosen().any(|chosen| !chosen.rows.is_empty() && !append::unique(&chosen.plan.def).is_empty())
    }

    /// The error of a run for a part, where what other runs load is the likely reason.
    pub(crate) fn explain(&self, error: Error) -> Error {
        let (table, rows, source) = match error {
            Error::Load { table, rows, source, advice: None } => (table, rows, source),
            Error::Interrupted { rows, source } => {
                return Error::Interrupted { rows, source: Box::new(self.explain(*source)) };
            }
            other => return other,
        };
        let DieselError::DatabaseError(kind, _) = &source else {
            return Error::Load { table, rows, source, advice: None };
        };
        let chosen = self.chosen().find(|chosen| chosen.plan.def.name == table);
        let parents = chosen.into_iter().flat_map(|chosen| {
            let parents: Vec<String> =
                self.relations_to_others(&chosen).map(|(relation, _)| format!("`{}`", relation.parent)).collect();
            parents
        });
        let mut parents: Vec<String> = parents.collect();
        parents.dedup();
        let advice = match kind {
            DatabaseErrorKind::ForeignKeyViolation if !parents.is_empty() => {
                format!(
                    "rows of {} that other runs load are not there; wait until all of these runs are done",
                    parents.join(", ")
                )
            }
            DatabaseErrorKind::UniqueViolation if self.part.shard.is_some() => format!(
                "rows of shard {} are there already: of this shard, or of one of another number of shards",
                self.part.shard()
            ),
            _ => return Error::Load { table, rows, source, advice: None },
        };
        Error::Load { table, rows, source, advice: Some(advice) }
    }
}
