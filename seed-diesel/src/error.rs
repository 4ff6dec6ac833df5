//! What can go wrong in a run: one kind of error for each thing to do about it.

mod phrases;
mod refusal;

use std::fmt;
use std::time::Duration;

use diesel::result::Error as DieselError;
use seed_core::{Errors, Shard};

use self::phrases::{
    called, given, in_the_way, list, of_field, of_part, of_row, one_or_more, together, violating, without_nothing,
};
use self::refusal::{Detail, FixtureDetail, LoadDetail, Message, Refusal};
use crate::others::Blocker;
use crate::refused::RefusedRows;

pub(crate) use self::refusal::is_about_a_row;

/// Why a run or a fixture failed. Nothing is left behind in the database, but by a run that commits on its way.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The models and options do not make a plan. Found before anything is written.
    #[error(transparent)]
    Plan(#[from] Errors),

    /// Tables that are to be seeded hold rows, and nothing was said of these.
    #[error(
        "tables hold rows already: {}; to delete these and seed again, use `--reset` (in code: `.reset()`); to keep them and \
         add rows behind them, `--append` (`.append()`); nothing was changed", list(.tables)
    )]
    NotEmpty {
        /// The tables that hold rows, and how many.
        tables: Vec<(String, u64)>,
    },

    /// Rows that are to go on behind those of their table would repeat what is unique there, wherever they
    /// begin.
    #[error(
        "the rows of `{table}` cannot go on behind those that are there, which hold values of {} that they would repeat, up to \
         row {row} and on; give the column more values with `#[seed(range = …)]` or `#[seed(generator = …)]`, choose \
         another seed, or seed again with `--reset` (in code: `.reset()`); nothing was changed", together(.columns)
    )]
    Repeated {
        /// The table.
        table: String,
        /// The columns that are unique, alone or together.
        columns: Vec<String>,
        /// The last row that was found to repeat something.
        row: u64,
    },

    /// The database is marked as one that is not seeded.
    #[error(
        "the database `{database}` is protected by its table `__seed_protected`; nothing was changed; to allow runs that insert \
         and delete rows, drop this table at the database's own prompt"
    )]
    Protected {
        /// The database.
        database: String,
    },

    /// Another run seeds the database, or another connection keeps it.
    #[error(
        "the database{} cannot be seeded now, for {others}; wait for its end, and start this run again; nothing was changed",
        called(.database)
    )]
    Busy {
        /// The database; empty where its name cannot be asked for.
        database: String,
        /// Who is in the way.
        others: &'static str,
    },

    /// Other connections have added or deleted rows of a table since it was read where new rows go on.
    #[error(
        "`{table}` had {before} rows when this run was planned, and has {now} now: other connections write to it; start the run \
         again; nothing was changed"
    )]
    TablesChanged {
        /// The table.
        table: String,
        /// How many rows it had.
        before: u64,
        /// How many it has.
        now: u64,
    },

    /// Another connection has kept a lock for longer than the run waits.
    #[error(
        "given up after {:.0} s, since another connection keeps a lock that this run needs: {}{}; end that connection or wait \
         for it, or wait longer with `--lock-timeout` (in code: `.lock_timeout(…)`); nothing was changed",
        .waited.as_secs_f64().max(1.0), without_nothing(.source), in_the_way(.blockers)
    )]
    Locked {
        /// How long the run has waited, with what it did before.
        waited: Duration,
        /// Who was in the way, where the run has a [second connection](crate::Seeding::reconnect) to ask by.
        blockers: Vec<Blocker>,
        /// What had to wait.
        source: Box<Error>,
    },

    /// The connection broke before the database had answered a COMMIT, and whether it is carried out is not known.
    #[error(
        "the connection broke while the run committed ({}), and whether its rows are in the database is not known: {why}; look \
         into the tables before you start this run again", Message(.source)
    )]
    CommitUnknown {
        /// How the connection broke.
        source: DieselError,
        /// Why it is not known.
        why: &'static str,
    },

    /// A transaction that was tried as often as it is, and in which others were in the way each time.
    #[error("given up after {tries} tries, since other transactions were in the way each time: {source}")]
    Contended {
        /// How often it was tried.
        tries: u32,
        /// What was in the way at last: a deadlock, a serialization failure or a lock.
        source: Box<Error>,
    },

    /// A run that was interrupted has left rows, and nothing was said of these.
    #[error(
        "a run with seed {seed}{} has committed rows and has not finished; to go on with it, give it the same options and \
         `--resume` (in code: `.resume()`); to delete all rows of its tables and begin anew, use `--reset` (`.reset()`), or \
         for shards `--only-reset`; nothing was changed", of_part(.part)
    )]
    Unfinished {
        /// Its seed.
        seed: String,
        /// What it loads, such as `3/16 users,sessions`; empty where that is everything.
        part: String,
    },

    /// A run that was interrupted was another one than this, which is to go on with it.
    #[error(
        "{}; to go on with that run, repeat what it was given; to delete all rows of its tables and begin anew, use \
         `--reset` (in code: `.reset()`), or for shards `--only-reset`; nothing was changed", .differences.join("; ")
    )]
    AnotherRun {
        /// What this run has otherwise, in words.
        differences: Vec<String>,
    },

    /// A run that commits on its way has failed, and has committed rows.
    #[error(
        "{}; {rows} rows before that are committed: to go on behind them, use `--resume` (in code: `.resume()`); to delete \
         all rows of the tables and begin anew, `--reset` (`.reset()`), or for shards `--only-reset`", without_nothing(.source)
    )]
    Interrupted {
        /// How many rows are committed.
        rows: u64,
        /// Why it has failed.
        source: Box<Error>,
    },

    /// A run that is to commit on its way, on a connection that is in a transaction of the application.
    #[error(
        "a run that commits on its way, or goes on with one that did, cannot be part of a transaction of the application; \
         leave `commit_every` and `resume` out, or seed before the transaction begins; nothing was changed"
    )]
    InTransaction,

    /// A run that is to rebuild constraints in its one transaction, and to commit on its way.
    #[error(
        "a run that commits on its way, or goes on with one that did, cannot rebuild constraints, which would be off in \
         between for everybody; leave out `--rebuild-constraints` (in code: `.rebuild_constraints(…)`), or \
         `--commit-every` and `--resume` (`.commit_every(…)`, `.resume()`); nothing was changed"
    )]
    RebuildOnTheWay,

    /// A reset would reach into a table that is not part of the run.
    #[error(
        "the rows of `{table}` cannot be deleted: rows of `{outside}`, which is not part of this run, reference them with ON \
         DELETE {action}; add its model (or its name to `--tables`), or delete its rows first; nothing was changed"
    )]
    OutsideReference {
        /// A table of the run.
        table: String,
        /// The table that references it.
        outside: String,
        /// What the database would do to its rows.
        action: String,
    },

    /// A sequence that has to move past the keys of a run, and cannot.
    #[error(
        "`{table}.{column}` takes its keys from the sequence `{sequence}`, which has to move past those of the new rows, but \
         {reason}; its owner can change that: `{remedy}`; nothing was changed"
    )]
    Sequence {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The sequence, behind its schema, and quoted where it needs quotes.
        sequence: String,
        /// What is in the way.
        reason: String,
        /// The statement that its owner runs.
        remedy: String,
    },

    /// A reset together with a shard.
    #[error(
        "a shard cannot begin with a reset, which would delete what other shards have loaded; delete the rows once, before any \
         shard is loaded, with `--only-reset` in place of `--shard` (in code: `.only_reset()`); nothing was changed"
    )]
    ResetOfShard,

    /// Constraints that a run for a part of the rows is to rebuild.
    #[error(
        "constraints cannot be rebuilt by a shard: they would be off for the rows of others, too; leave `--rebuild-constraints` \
         out (in code: `.rebuild_constraints(…)`); nothing was changed"
    )]
    RebuildOfPart,

    /// Constraints that are to be rebuilt on a database that loads no faster without them.
    #[error(
        "`--rebuild-constraints` (in code: `.rebuild_constraints(…)`) is not for {database}, which loads rows as fast with \
         foreign keys and indexes on; leave it out; nothing was changed"
    )]
    NothingToRebuild {
        /// What the database is called.
        database: &'static str,
    },

    /// Rows that are to go on behind those that are there, in some tables or for a shard alone.
    #[error(
        "`--append` (in code: `.append()`) adds rows of all tables in one run: where they begin is read from the tables, which \
         other runs fill at the same time; leave `--shard` and `--tables` out; nothing was changed"
    )]
    AppendOfPart,

    /// Rows of a shard that are there before it is loaded.
    #[error(
        "rows of `{table}` that shard {shard} loads are there already: it was loaded before, or all of the table was; to load \
         all shards anew, delete the rows first with `--only-reset` (in code: `.only_reset()`); nothing was changed"
    )]
    ShardIsThere {
        /// The table.
        table: String,
        /// The shard.
        shard: Shard,
    },

    /// A table without rows, of which rows are referenced, and which another run is to load.
    #[error(
        "`{table}.{column}` references rows of `{parent}`, which this run does not load, and of which there are none; load these \
         first: `--tables {parent}` (in code: `.tables([\"{parent}\"])`); nothing was changed"
    )]
    NoParentsYet {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
    },

    /// The database refused rows.
    #[error("loading `{table}`, {rows}, failed: {}; nothing was changed", LoadDetail { rows, source, advice })]
    Load {
        /// The table.
        table: String,
        /// Which rows: one, where it could be found.
        rows: Box<RefusedRows>,
        /// What the database says.
        source: DieselError,
        /// What may have led to it in a run that loads some tables or a shard alone, and what to do.
        advice: Option<String>,
    },

    /// Rows that the database took, and does not hold.
    #[error(
        "of {sent} rows of `{table}` that were inserted, the database holds {stored}: a trigger, a rule or the condition of a view \
         keeps the others out; change it, or leave its rows out of the model's values; nothing was changed"
    )]
    Vanished {
        /// The table.
        table: String,
        /// How many rows were inserted.
        sent: u64,
        /// How many of them are there.
        stored: u64,
    },

    /// Foreign keys that are filled in by an UPDATE, and are not for all rows.
    #[error(
        "of {rows} rows of `{table}` whose foreign keys are filled in by an UPDATE, the database changed {updated}: a trigger or a \
         rule keeps it from the others; nothing was changed"
    )]
    NotUpdated {
        /// The table.
        table: String,
        /// How many rows have such foreign keys.
        rows: u64,
        /// How many of them were updated.
        updated: u64,
    },

    /// A row that was loaded, and that its own model cannot read.
    #[error(
        "{row} of `{table}` is loaded, and its own model cannot read it{}: {reason}; let the model make values that {} reads \
         (`#[seed(values = …)]`, `#[seed(generator = …)]`), or mend the field's type or the column's; nothing was changed",
        of_field(.field), .field.as_ref().map_or("it", |_| "the field")
    )]
    Unreadable {
        /// The table.
        table: String,
        /// Which row, in words: ``the row with `id` 7``.
        row: String,
        /// The column whose field cannot be read, where Diesel tells it.
        field: Option<String>,
        /// What the field's type says.
        reason: String,
    },

    /// Rows that reference rows which do not exist, on a connection that has been told not to look.
    #[error(
        "{orphans} rows of `{table}` reference rows that do not exist; a column with a foreign key needs `#[seed(references = \
         parent::id)]`, so that it takes a parent's value; nothing was changed"
    )]
    Orphans {
        /// The table.
        table: String,
        /// How many of its rows do.
        orphans: u64,
    },

    /// A foreign key or a unique index that was off while rows were loaded does not hold for them.
    #[error(
        "{} `{constraint}`, which was off while rows were loaded: {violation}; nothing was changed", violating(.table, .row)
    )]
    Violated {
        /// The table.
        table: String,
        /// The name of the foreign key or index.
        constraint: String,
        /// The row that does, where it could be found.
        row: Option<Box<RefusedRows>>,
        /// In what way.
        violation: Violation,
    },

    /// A foreign key or an index that was off while rows were loaded would not be what it was.
    #[error(
        "`{constraint}` of `{table}` has not come back as it was before the rows were loaded; load with \
         `--rebuild-constraints=never` (in code: `.rebuild_constraints(RebuildConstraints::Never)`); nothing was changed"
    )]
    NotRestored {
        /// The table.
        table: String,
        /// The name of the foreign key or index.
        constraint: String,
    },

    /// The rows are loaded, and the connection does not look at foreign keys as it did before.
    #[error(
        "the rows are loaded, but the checks of this connection, which were off meanwhile, could not be switched on again: {}; \
         close the connection", Detail(.source)
    )]
    StillOff {
        /// What the database says.
        source: DieselError,
    },

    /// An expression of the model panicked.
    #[error("making {} panicked: {message}; nothing was changed", of_row(.table, *.row))]
    Generate {
        /// The table; empty where it was none's.
        table: String,
        /// The index of the row, from 0, where it was one's.
        row: Option<u64>,
        /// What the panic said.
        message: String,
    },

    /// The database refused something else.
    #[error("{doing} failed: {}; nothing was changed", Detail(.source))]
    Database {
        /// What was tried.
        doing: String,
        /// What the database says.
        source: DieselError,
    },

    /// A fixture's rows were refused.
    #[error("inserting fixtures into `{table}` failed: {}", FixtureDetail(.source))]
    Fixture {
        /// The table.
        table: String,
        /// What the database says.
        source: DieselError,
    },

    /// Rows of a fixture that the database took, and does not hold.
    #[error(
        "of {sent} rows of `{table}` that were inserted, the database holds {stored}: a trigger, a rule or the condition of a view \
         keeps the others out; change it, or give values that it lets pass"
    )]
    FixtureVanished {
        /// The table.
        table: String,
        /// How many rows were inserted.
        sent: usize,
        /// How many of them are there.
        stored: usize,
    },

    /// A parent that a fixture needs cannot be made.
    #[error(
        "`{table}.{}` needs a row of `{parent}`, and {reason}; make one first, and give its key: `{}`",
        one_or_more(.columns), given(.columns, .parent_columns)
    )]
    Parent {
        /// The child table.
        table: String,
        /// The columns of its foreign key.
        columns: Vec<String>,
        /// The parent table.
        parent: String,
        /// The referenced columns, in the same order.
        parent_columns: Vec<String>,
        /// Why it cannot be made.
        reason: &'static str,
    },

    /// A fixture that cannot be read back.
    #[error("`{table}` has no primary key in its model, so its new rows cannot be read back; add the key's field")]
    NoKey {
        /// The table.
        table: String,
    },
}

impl Error {
    pub(crate) fn database(doing: impl Into<String>) -> impl FnOnce(DieselError) -> Error {
        let doing = doing.into();
        move |source| Error::Database { doing, source }
    }
}

/// Of [`Shard::new`].
impl From<seed_core::Error> for Error {
    fn from(error: seed_core::Error) -> Error {
        Error::Plan(error.into())
    }
}

/// How rows violate a constraint.
#[derive(Debug)]
#[non_exhaustive]
pub enum Violation {
    /// They reference rows that do not exist.
    Orphans {
        /// How many rows.
        rows: u64,
    },
    /// The database did not take the constraint back.
    Refused(DieselError),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Violation::Orphans { rows } => {
                write!(f, "{rows} of them reference rows that do not exist; {}", Refusal::ForeignKey.advice())
            }
            Violation::Refused(source) => Detail(source).fmt(f),
        }
    }
}

/// What Diesel's `transaction` itself may report.
impl From<DieselError> for Error {
    fn from(source: DieselError) -> Error {
        Error::Database { doing: "the transaction".to_owned(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_that_are_not_back_are_named() {
        let violated = |violation| Error::Violated {
            table: "scores".to_owned(),
            constraint: "best".to_owned(),
            row: None,
            violation,
        };
        assert_eq!(
            violated(Violation::Orphans { rows: 3 }).to_string(),
            "the rows of `scores` violate `best`, which was off while rows were loaded: 3 of them reference rows that do not \
             exist; a column with a foreign key needs `#[seed(references = parent::id)]`, so that it takes a parent's value; nothing \
             was changed"
        );
        assert_eq!(
            Error::NotRestored { table: "scores".to_owned(), constraint: "best".to_owned() }.to_string(),
            "`best` of `scores` has not come back as it was before the rows were loaded; load with `--rebuild-constraints=never` \
             (in code: `.rebuild_constraints(RebuildConstraints::Never)`); nothing was changed"
        );
        assert_eq!(
            Error::StillOff { source: DieselError::BrokenTransactionManager }.to_string(),
            "the rows are loaded, but the checks of this connection, which were off meanwhile, could not be switched on again: The \
             transaction manager is broken; close the connection"
        );
    }
}
