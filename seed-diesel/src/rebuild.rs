//! Constraints that are off while rows are loaded, and hold when the run ends.

use diesel::connection::Connection;
use diesel::result::{Error as DieselError, QueryResult};

use crate::backend::{Dialect, SeedConnection, TableName};
use crate::commit;
use crate::error::{Error, Violation};
use crate::lock::{self, Claim};
use crate::others::Others;
use crate::report::ConstraintReport;
use crate::setup::{Options, Prepared, There};
use crate::steps::Teller;

/// Whether a run loads rows while foreign keys and secondary indexes are off; see
/// [`Seeding::rebuild_constraints`](crate::Seeding::rebuild_constraints).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RebuildConstraints {
    /// Where that is faster and gets in nobody's way.
    #[default]
    Auto,
    /// Whatever it costs others; what cannot come back stays on.
    Always,
    /// Not at all.
    Never,
}

/// How a database takes rows without a look at each of them, and finds out afterwards that its constraints hold. What
/// cannot come back as it was stays on.
#[doc(hidden)]
pub trait Rebuild: Connection<Backend: Dialect> {
    /// From how many rows on a run rebuilds constraints by itself.
    const PAYS_FROM: PaysFrom;

    /// The foreign keys and indexes of the tables, with the reason where one stays on. Changes nothing.
    fn constraints(&mut self, tables: &[TableName], asked: Asked) -> QueryResult<Vec<Constraint>>;

    /// Before the run's transaction: what can be switched off only there.
    fn switch_off(&mut self, tables: &[TableName], asked: Asked) -> QueryResult<Off<Self>>;

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

/// How many rows for each constraint that goes off are loaded faster without them, where one of the kind is among these.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaysFrom {
    /// A foreign key.
    pub foreign_key: u64,
    /// An index.
    pub index: u64,
}

impl PaysFrom {
    /// Of a database where nothing goes off.
    pub(crate) const NEVER: PaysFrom = PaysFrom { foreign_key: u64::MAX, index: u64::MAX };

    /// Whether so many rows load faster without these.
    fn pays(self, rows: u64, off: &[&Constraint]) -> bool {
        let each = off.iter().map(|constraint| match constraint.kind {
            Kind::ForeignKey => self.foreign_key,
            Kind::Index => self.index,
        });
        each.min().is_some_and(|each| rows >= each.saturating_mul(off.len() as u64))
    }
}

/// Whether the user wants constraints rebuilt.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The user has said so.
    Yes,
    /// The run chooses to: it waits for no other session, and keeps to its own tables.
    No,
}

/// A foreign key or an index of a table of the run.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// What it is.
    pub kind: Kind,
    /// The table's place among those of the run.
    pub table: usize,
    /// Its name, or what it is where it has none.
    pub name: String,
    /// Why it stays on.
    pub kept: Option<String>,
}

/// What a constraint is.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A foreign key.
    ForeignKey,
    /// An index, also that of a unique constraint.
    Index,
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
                Error::Violated { table: called(table), constraint, row: None, violation }
            }
            NotBack::Changed { table, constraint } => Error::NotRestored { table: called(table), constraint },
            NotBack::Failed { doing, source } => Error::Database { doing, source },
        }
    }
}

impl<DB: Dialect> Prepared<DB> {
    /// What the run means to do about each foreign key and index, where it means to rebuild them. Writes nothing.
    pub(crate) fn constraints<C>(
        &self,
        connection: &mut C,
        options: Options,
        others: &Others<'_, C>,
    ) -> Result<Vec<ConstraintReport>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        let Some(asked) = self.asks_to_rebuild(connection, options, others)? else { return Ok(Vec::new()) };
        let (tables, called) = self.own_tables();
        let read = |connection: &mut C| {
            connection.constraints(&tables, asked).map_err(Error::database("reading foreign keys and indexes"))
        };
        let constraints = lock::reading(connection, others, read)?;
        let off: Vec<&Constraint> = constraints.iter().filter(|constraint| constraint.kept.is_none()).collect();
        // Where everything stays on that would be worth taking off, the reasons are told.
        let counted = if off.is_empty() { constraints.iter().collect() } else { off };
        let pays = C::PAYS_FROM.pays(self.rows(), &counted);
        Ok(if asked == Asked::Yes || pays { report(&called, constraints) } else { Vec::new() })
    }

    /// Whether the run may rebuild constraints at all, and whether it was asked to.
    fn asks_to_rebuild<C>(
        &self,
        connection: &mut C,
        options: Options,
        others: &Others<'_, C>,
    ) -> Result<Option<Asked>, Error>
    where
        C: SeedConnection<Backend = DB>,
    {
        match options.rebuild {
            RebuildConstraints::Never => return Ok(None),
            RebuildConstraints::Always if C::PAYS_FROM == PaysFrom::NEVER => {
                return Err(Error::NothingToRebuild { database: C::NAME });
            }
            RebuildConstraints::Always => return Ok(Some(Asked::Yes)),
            RebuildConstraints::Auto => {}
        }
        // Others may be at work in the same tables, and tables that hold rows are validated as a whole.
        let is_whole = self.claim == Claim::Whole && options.commit_every.is_none() && !options.resume;
        let is_large = self.rows() >= C::PAYS_FROM.foreign_key.min(C::PAYS_FROM.index);
        if !is_whole || !is_large || options.there == There::Kept || !lock::is_own(connection)? {
            return Ok(None);
        }
        let is_refused = options.there == There::Refused
            && lock::reading(connection, others, |connection| self.holds_rows(connection))?;
        Ok((!is_refused).then_some(Asked::No))
    }

    /// Whether any table holds rows.
    fn holds_rows<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<bool, Error> {
        for (plan, name) in self.chosen_tables() {
            let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS rows_there", name.quoted);
            let doing = || format!("looking into `{}`", plan.def.name);
            if connection.number(&sql).map_err(|error| Error::database(doing())(error))? != Some(0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many rows the run loads.
    fn rows(&self) -> u64 {
        self.chosen().map(|chosen| chosen.rows.end - chosen.rows.start).sum()
    }

    /// The tables of the run in SQL, and what the models call them.
    fn own_tables(&self) -> (Vec<TableName>, Vec<&'static str>) {
        self.chosen().map(|chosen| (chosen.name.clone(), chosen.plan.def.name)).unzip()
    }
}

fn report(called: &[&'static str], constraints: Vec<Constraint>) -> Vec<ConstraintReport> {
    let report = |Constraint { table, name, kept, .. }| ConstraintReport {
        table: called[table].to_owned(),
        constraint: name,
        kept,
    };
    constraints.into_iter().map(report).collect()
}

/// The constraints of a run that rebuilds them; of another one, nothing.
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
        prepared: &Prepared<DB>,
        options: Options,
        others: &Others<'_, C>,
    ) -> Result<Self, Error> {
        let told = prepared.constraints(connection, options, others)?;
        let (tables, called) = prepared.own_tables();
        let asked = if options.rebuild == RebuildConstraints::Always { Asked::Yes } else { Asked::No };
        let switch = |connection: &mut C| {
            connection.switch_off(&tables, asked).map_err(Error::database("switching constraints off"))
        };
        let goes_off = told.iter().any(|constraint| constraint.kept.is_none());
        let off = goes_off.then(|| lock::setting_up(connection, switch)).transpose()?;
        Ok(Constraints { off, tables, called, told })
    }

    /// Whether they are put back, and so found to hold.
    pub(crate) fn are_rebuilt(&self) -> bool {
        self.told.iter().any(|constraint| constraint.kept.is_none())
    }

    /// In the transaction, before its first change.
    pub(crate) fn take_off<C: SeedConnection<Backend = DB>>(&mut self, connection: &mut C) -> Result<(), Error> {
        let Some(off) = &mut self.off else { return Ok(()) };
        let constraints =
            connection.take_off(off, &self.tables).map_err(Error::database("taking foreign keys and indexes off"))?;
        self.told = report(&self.called, constraints);
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
        // With a connection that is gone, its settings are.
        switched
            .or_else(|source| if commit::answers(connection) { Err(Error::StillOff { source }) } else { Ok(()) })?;
        Ok((loaded, self.told))
    }
}
