//! Constraints that are off while rows are loaded, and hold when the run ends.

use diesel::connection::Connection;
use diesel::result::{Error as DieselError, QueryResult};
use seed_core::TablePlan;

use crate::backend::{Dialect, SeedConnection, TableName};
use crate::error::{Error, Violation};
use crate::lock;
use crate::report::ConstraintReport;
use crate::steps::Teller;

/// How a database takes rows without a look at each of them, and finds out afterwards that its constraints hold. What
/// cannot come back as it was stays on.
#[doc(hidden)]
pub trait Rebuild: Connection<Backend: Dialect> {
    /// Before the run's transaction: what can be switched off only there.
    fn switch_off(&mut self, tables: &[TableName]) -> QueryResult<Off<Self>>;

    /// In the transaction, before its first change; again where the transaction is tried again. Tells of each foreign key and
    /// index.
    fn take_off(&mut self, off: &mut Off<Self>, tables: &[TableName]) -> QueryResult<Vec<Constraint>>;

    /// In the transaction, when all rows are there.
    fn put_back(&mut self, off: &mut Off<Self>, tables: &[TableName]) -> Result<(), NotBack>;

    /// After the transaction, however it has ended: the connection is the application's.
    fn switch_on(&mut self, off: Off<Self>) -> QueryResult<()>;
}

/// What is off on a connection.
pub(crate) type Off<C> = <<C as Connection>::Backend as Dialect>::Off;

/// A foreign key or an index of a table of the run.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// The table's place among those of the run.
    pub table: usize,
    /// Its name, or what it is where it has none.
    pub name: String,
    /// Why it stays on.
    pub kept: Option<String>,
}

/// Why a constraint is not back.
#[doc(hidden)]
#[derive(Debug)]
pub enum NotBack {
    /// Rows violate it.
    Violated {
        /// The table's place among those of the run.
        table: usize,
        /// The constraint.
        constraint: String,
        /// In what way.
        violation: Violation,
    },
    /// It is not what it was.
    Changed {
        /// The table's place among those of the run.
        table: usize,
        /// The constraint.
        constraint: String,
    },
    /// The database refused something else.
    Failed {
        /// What was tried.
        doing: String,
        /// What the database says.
        source: DieselError,
    },
}

impl NotBack {
    pub(crate) fn failed(doing: impl Into<String>) -> impl FnOnce(DieselError) -> NotBack {
        let doing = doing.into();
        move |source| NotBack::Failed { doing, source }
    }

    /// The error, where tables are called so.
    pub(crate) fn told(self, called: impl Fn(usize) -> String) -> Error {
        match self {
            NotBack::Violated { table, constraint, violation } => {
                Error::Violated { table: called(table), constraint, violation }
            }
            NotBack::Changed { table, constraint } => Error::NotRestored { table: called(table), constraint },
            NotBack::Failed { doing, source } => Error::Database { doing, source },
        }
    }
}

/// The constraints of a run that was asked to rebuild them; of another one, nothing.
pub(crate) struct Constraints<DB: Dialect> {
    off: Option<DB::Off>,
    tables: Vec<TableName>,
    /// What the models call the tables.
    called: Vec<&'static str>,
    told: Vec<ConstraintReport>,
}

impl<DB: Dialect> Constraints<DB> {
    /// Before the run's transaction.
    pub(crate) fn switch_off<C: SeedConnection<Backend = DB>>(
        connection: &mut C,
        tables: &[(&TablePlan, &TableName)],
        rebuild: bool,
    ) -> Result<Self, Error> {
        let called = tables.iter().map(|(plan, _)| plan.def.name).collect();
        let tables: Vec<TableName> = tables.iter().map(|(_, name)| (*name).clone()).collect();
        let switch =
            |connection: &mut C| connection.switch_off(&tables).map_err(Error::database("switching constraints off"));
        let off = rebuild.then(|| lock::reading(connection, switch)).transpose()?;
        Ok(Constraints { off, tables, called, told: Vec::new() })
    }

    /// Whether they are put back, and so found to hold.
    pub(crate) fn are_rebuilt(&self) -> bool {
        self.off.is_some()
    }

    /// In the transaction, before its first change.
    pub(crate) fn take_off<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<(), Error> {
        let Some(off) = &mut self.off else { return Ok(()) };
        let constraints =
            connection.take_off(off, &self.tables).map_err(Error::database("taking foreign keys and indexes off"))?;
        let told = constraints.into_iter().map(|Constraint { table, name, kept }| ConstraintReport {
            table: self.called[table].to_owned(),
            constraint: name,
            kept,
        });
        self.told = told.collect();
        Ok(())
    }

    /// In the transaction, when all rows are there.
    pub(crate) fn put_back<C: SeedConnection<Backend = DB>>(
        &mut self,
        connection: &mut C,
        teller: &mut Teller<'_>,
    ) -> Result<(), Error> {
        let Some(off) = &mut self.off else { return Ok(()) };
        let constraints = self.told.iter().filter(|constraint| constraint.kept.is_none()).count();
        if constraints > 0 {
            teller.constraints(constraints);
        }
        connection.put_back(off, &self.tables).map_err(|not_back| not_back.told(|table| self.called[table].to_owned()))
    }

    /// After the transaction. Where that has failed, its error is the one that matters.
    pub(crate) fn switch_on<C: SeedConnection<Backend = DB>, T>(
        self,
        connection: &mut C,
        loaded: Result<T, Error>,
    ) -> Result<(T, Vec<ConstraintReport>), Error> {
        let switched = self.off.map_or(Ok(()), |off| connection.switch_on(off));
        let loaded = loaded?;
        switched.map_err(|source| Error::StillOff { source })?;
        Ok((loaded, self.told))
    }
}
