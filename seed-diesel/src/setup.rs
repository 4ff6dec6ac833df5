//! `Setup`: what is to be made, and `Prepared`: a plan whose rows can be made.

use std::num::NonZeroU64;
use std::ops::Range;
use std::time::Duration;

use seed_core::{Anchor, Builder, Database, Deferral, ForeignKey, Overrides, Plan};

use crate::append;
use crate::backend::{Dialect, SeedConnection, TableName};
use crate::blocks::Batches;
use crate::catalogue;
use crate::column::{self, DatabaseColumn};
use crate::error::Error;
use crate::identity::World;
use crate::ledger;
use crate::lock::{self, Claim};
use crate::models::{Models, Table};
use crate::others::{Others, Wait};
use crate::outside;
use crate::part::Part;
use crate::rebuild::RebuildConstraints;

/// What is to be made: everything that has to do with values.
pub(crate) struct Setup<DB: Dialect> {
    pub(crate) models: Models<DB>,
    pub(crate) seed: u64,
    pub(crate) anchor: Anchor,
    pub(crate) overrides: Overrides,
    /// What the database says of the columns of each model's table; empty before it is asked.
    pub(crate) columns: Vec<Vec<DatabaseColumn>>,
    pub(crate) database: Database,
    pub(crate) claim: Claim,
    found: Found,
}

/// What a plan goes on from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    #[default]
    Nothing,
    /// So many rows in each table that holds some.
    Rows(Vec<(String, u64)>),
    /// A run that was interrupted.
    Interrupted,
}

/// How it is loaded: nothing that changes a value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    pub(crate) there: There,
    pub(crate) batches: Batches,
    /// Whether foreign keys and indexes are off while rows are loaded.
    pub(crate) rebuild: RebuildConstraints,
    /// After how many rows the run commits; `None` for once, at its end.
    pub(crate) commit_every: Option<NonZeroU64>,
    /// Whether it goes on with an interrupted run.
    pub(crate) resume: bool,
    /// How long it waits for a lock, where the user says so.
    pub(crate) lock_timeout: Option<Duration>,
}

impl Options {
    /// How long a run waits for a lock. While a reset waits, others have to wait for it.
    pub(crate) fn wait(&self) -> Wait {
        let default = if self.there == There::Deleted { 10 } else { 60 };
        self.lock_timeout.map_or(Wait::AtMost(Duration::from_secs(default)), Wait::Exactly)
    }
}

/// What becomes of the rows that are there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum There {
    /// They are an error.
    #[default]
    Refused,
    /// They are deleted.
    Deleted,
    /// They stay, and the new ones go on behind them.
    Kept,
}

/// A plan whose rows can be made.
pub(crate) struct Prepared<DB: Dialect> {
    pub(crate) plan: Plan,
    pub(crate) tables: Vec<Box<dyn Table<DB>>>,
    /// The tables' names in SQL, in the order of the plan.
    pub(crate) names: Vec<TableName>,
    /// What of the database the run fills.
    pub(crate) claim: Claim,
    /// What of it is loaded: all, unless it is chosen otherwise.
    pub(crate) part: Part,
    /// The rows of each table that are loaded; `None` where the table is left to other runs.
    pub(crate) slices: Vec<Option<Range<u64>>>,
    pub(crate) world: World,
    pub(crate) found: Found,
    /// How the values of each column are made.
    #[cfg(feature = "cli")]
    pub(crate) descriptions: seed_core::Descriptions,
}

impl<DB: Dialect> Setup<DB> {
    /// What the models say, for a database that can put off the checks of these foreign keys.
    pub(crate) fn new(models: Models<DB>, deferral: Deferral) -> Setup<DB> {
        let database = Database { deferral, ..Database::default() };
        let (anchor, overrides) = (Anchor::default(), Overrides::default());
        Setup {
            models,
            seed: 0,
            anchor,
            overrides,
            columns: Vec::new(),
            database,
            claim: Claim::default(),
            found: Found::default(),
        }
    }

    pub(crate) fn plan(&self) -> Result<Plan, seed_core::Errors> {
        let mut defs = self.models.define();
        for (def, columns) in defs.iter_mut().zip(&self.columns) {
            column::limit::<DB>(def, columns);
        }
        Plan::on(&self.database, self.seed, defs, &self.overrides)
    }

    /// Reads what a plan needs to know of the database.
    pub(crate) fn read<C>(&mut self, connection: &mut C, options: Options, others: &Others<'_, C>) -> Result<(), Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        lock::reading(connection, others, |connection| self.read_once(connection, options))
    }

    fn read_once<C>(&mut self, connection: &mut C, options: Options) -> Result<(), Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        self.columns = self.read_columns(connection)?;
        self.database.foreign_keys = Some(self.read_foreign_keys(connection)?);
        self.database.outside = outside::read(connection, &self.models)?;
        let interrupted = match options.resume {
            true => ledger::unfinished(connection, &self.claim)?.into_iter().find(|entry| entry.is_for(&self.claim)),
            false => None,
        };
        if options.commit_every.is_some() || interrupted.is_some() {
            // Nothing waits for the end of a transaction that ends before.
            self.database.deferral = Deferral::Never;
        }
        self.found = match (interrupted, options.there) {
            (Some(interrupted), _) => {
                let first = interrupted.identity();
                let first = first.first();
                let names = self.models.define().into_iter().map(|def| def.name);
                self.database.first = names.filter_map(|name| Some((name, *first.get(name)?))).collect();
                Found::Interrupted
            }
            (None, There::Kept) => Found::Rows(append::go_on(connection, self, options.batches)?),
            (None, There::Refused | There::Deleted) => Found::Nothing,
        };
        self.check_labels(connection)
    }

    /// What the database says of the columns of each model's table.
    fn read_columns<C>(&self, connection: &mut C) -> Result<Vec<Vec<DatabaseColumn>>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let names = self.models.names().map_err(Error::database("writing the tables' names"))?;
        let mut read = |name: &TableName| {
            let reading = format!("reading the columns of `{}`", name.name);
            connection.columns(name).map_err(Error::database(reading))
        };
        names.iter().map(&mut read).collect()
    }

    /// The foreign keys of the models' tables.
    pub(crate) fn read_foreign_keys<C>(&self, connection: &mut C) -> Result<Vec<ForeignKey>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let names = self.models.names().map_err(Error::database("writing the tables' names"))?;
        catalogue::read(connection, &self.models.define(), &names)
    }

    /// The plan, and the columns that make its rows.
    pub(crate) fn prepare(&mut self) -> Result<Prepared<DB>, Error> {
        let plan = self.plan()?;
        let names = self.models.names().map_err(Error::database("writing the tables' names"))?;
        let names = plan.tables.iter().map(|table| names[table.model].clone()).collect();
        let mut build = Builder::new(&plan, self.anchor, &mut self.overrides);
        let tables = self.models.tables(&plan, &mut build);
        let _descriptions = build.finish()?;
        Ok(Prepared {
            part: Part::default(),
            slices: plan.tables.iter().map(|table| Some(table.indices())).collect(),
            plan,
            tables,
            names,
            claim: self.claim.clone(),
            world: World { seed: self.seed, anchor: self.anchor, locale: self.overrides.locale },
            found: self.found.clone(),
            #[cfg(feature = "cli")]
            descriptions: _descriptions,
        })
    }
}
