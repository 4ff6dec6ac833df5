//! What can go wrong in a run: one kind of error for each thing to do about it.

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use seed_core::{Errors, Shard};

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

    /// Another run seeds the database, or another connection keeps it.
    #[error(
        "the database `{database}` cannot be seeded now, for {others}; wait for its end, and start this run again; nothing \
         was changed"
    )]
    Busy {
        /// The database.
        database: String,
        /// Who is in the way.
        others: &'static str,
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
         between for everybody; leave out `--rebuild-constraints` (in code: `.rebuild_constraints(true)`), or \
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
         out (in code: `.rebuild_constraints(true)`); nothing was changed"
    )]
    RebuildOfPart,

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

    /// The database refused rows of a run that loads some tables or a shard alone, likely because of what other runs
    /// load.
    #[error("loading `{table}`, rows {first} to {last}, failed: {}; {advice}; nothing was changed", Message(.source))]
    LoadPart {
        /// The table.
        table: String,
        /// The first row of the statement that failed.
        first: u64,
        /// The last one.
        last: u64,
        /// What the database says.
        source: DieselError,
        /// What may have led to it, and what to do.
        advice: String,
    },

    /// The database refused rows.
    #[error("loading `{table}`, rows {first} to {last}, failed: {}; nothing was changed", Detail(.source))]
    Load {
        /// The table.
        table: String,
        /// The first row of the statement that failed.
        first: u64,
        /// The last one.
        last: u64,
        /// What the database says.
        source: DieselError,
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
        "the rows of `{table}` violate `{constraint}`, which was off while they were loaded: {violation}; nothing was changed"
    )]
    Violated {
        /// The table.
        table: String,
        /// The name of the foreign key or index.
        constraint: String,
        /// In what way.
        violation: Violation,
    },

    /// A foreign key or an index that was off while rows were loaded would not be what it was.
    #[error(
        "`{constraint}` of `{table}` has not come back as it was before the rows were loaded; load without \
         `--rebuild-constraints` (in code: `.rebuild_constraints(true)`); nothing was changed"
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
    #[error("making rows of `{table}` panicked: {message}; nothing was changed")]
    Generate {
        /// The table.
        table: String,
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

/// A database's error alone.
struct Message<'a>(&'a DieselError);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_message(f, self.0).map(|_| ())
    }
}

/// A database's error in a run, and what the model should say.
struct Detail<'a>(&'a DieselError);

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match write_message(f, self.0)? {
            Some(refusal) => write!(f, "; {}", refusal.advice()),
            None => Ok(()),
        }
    }
}

/// A database's error in a fixture, and what the model or the test should say.
struct FixtureDetail<'a>(&'a DieselError);

impl fmt::Display for FixtureDetail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let advice = match write_message(f, self.0)? {
            Some(Refusal::NotNull) => {
                "a column that the model leaves out, and a key that counts up, come from the database, which has no default \
                 for it; give the value, or let the database make it"
            }
            Some(Refusal::Unique) => {
                "the table holds such a row already, or two rows are given the same value; give each row a value of its own, or \
                 mark the column `#[seed(unique)]`, or several that differ together `#[seed(unique(a, b))]` on the model"
            }
            Some(Refusal::ForeignKey) => {
                "give the key of a row that is there, or let the field say `#[seed(references = parent::id)]`, so that its \
                 parent is made"
            }
            Some(Refusal::Check) => "give a value that the constraint allows, or say which with `#[seed(range = …)]`",
            Some(Refusal::TooLong) => "give a shorter one, or say how long it may be with `#[seed(max_len = …)]`",
            None => return Ok(()),
        };
        write!(f, "; {advice}")
    }
}

/// Why a database refuses a row, where something can be done about it.
enum Refusal {
    NotNull,
    Unique,
    ForeignKey,
    Check,
    TooLong,
}

impl Refusal {
    /// What the model should say.
    fn advice(&self) -> &'static str {
        match self {
            Refusal::NotNull => "a column that the model leaves out, or skips, needs a default in the database",
            Refusal::Unique => {
                "mark the column `#[seed(unique)]`, or several that differ together `#[seed(unique(a, b))]` on the model, so \
                 that the values are made distinct"
            }
            Refusal::ForeignKey => {
                "a column with a foreign key needs `#[seed(references = parent::id)]`, so that it takes a parent's value"
            }
            Refusal::Check => "say what the constraint allows with `#[seed(range = …)]` or `#[seed(values = …)]`",
            Refusal::TooLong => "say how long its text may be with `#[seed(max_len = …)]`",
        }
    }
}

/// Writes what a database tells, on one line: never the statement, nor the row.
fn write_message(f: &mut fmt::Formatter<'_>, error: &DieselError) -> Result<Option<Refusal>, fmt::Error> {
    let DieselError::DatabaseError(kind, information) = error else {
        write!(f, "{error}")?;
        return Ok(None);
    };
    let message = information.message().trim_end();
    let refusal = refusal_of(kind, message);
    f.write_str(message)?;
    // Which key it is. Of other refusals, the detail is the whole row.
    if let Some(Refusal::Unique | Refusal::ForeignKey) = refusal
        && let Some(detail) = information.details()
    {
        write!(f, " ({})", detail.trim_end())?;
    }
    if let Some(column) = information.column_name() {
        write!(f, " (column `{column}`)")?;
    }
    if let Some(constraint) = information.constraint_name()
        && !message.contains(constraint)
    {
        write!(f, " (constraint `{constraint}`)")?;
    }
    Ok(refusal)
}

fn refusal_of(kind: &DatabaseErrorKind, message: &str) -> Option<Refusal> {
    match kind {
        DatabaseErrorKind::NotNullViolation => Some(Refusal::NotNull),
        DatabaseErrorKind::UniqueViolation => Some(Refusal::Unique),
        DatabaseErrorKind::ForeignKeyViolation => Some(Refusal::ForeignKey),
        DatabaseErrorKind::CheckViolation => Some(Refusal::Check),
        // Diesel does not know the number that MariaDB gives a failed CHECK, nor any for a long text.
        _ if message.starts_with("CONSTRAINT `") && message.contains("` failed for `") => Some(Refusal::Check),
        _ if message.starts_with("Data too long") || message.starts_with("value too long") => Some(Refusal::TooLong),
        _ => None,
    }
}

/// ` of `3/16 users,sessions``, or nothing.
fn of_part(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!(" of `{part}`") }
}

/// What is wrong, without how it has ended: that nothing was changed.
fn without_nothing(error: &Error) -> String {
    let text = error.to_string();
    text.strip_suffix("; nothing was changed").map(str::to_owned).unwrap_or(text)
}

/// `a`, or `a`, `b` together
fn together(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let together = if columns.len() > 1 { " together" } else { "" };
    quoted.join(", ") + together
}

/// `user_id`, or `(tenant_id, order_id)`.
fn one_or_more(columns: &[String]) -> String {
    if let [column] = columns { column.clone() } else { format!("({})", columns.join(", ")) }
}

/// `.tenant_id(parent.tenant_id).order_id(parent.id)`
fn given(columns: &[String], parent_columns: &[String]) -> String {
    let each = columns.iter().zip(parent_columns).map(|(column, parent)| format!(".{column}(parent.{parent})"));
    each.collect()
}

fn list(tables: &[(String, u64)]) -> String {
    let each: Vec<String> = tables.iter().map(|(table, rows)| format!("`{table}` {rows}")).collect();
    each.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_that_are_not_back_are_named() {
        let violated =
            |violation| Error::Violated { table: "scores".to_owned(), constraint: "best".to_owned(), violation };
        assert_eq!(
            violated(Violation::Orphans { rows: 3 }).to_string(),
            "the rows of `scores` violate `best`, which was off while they were loaded: 3 of them reference rows that do not \
             exist; a column with a foreign key needs `#[seed(references = parent::id)]`, so that it takes a parent's value; nothing \
             was changed"
        );
        assert_eq!(
            Error::NotRestored { table: "scores".to_owned(), constraint: "best".to_owned() }.to_string(),
            "`best` of `scores` has not come back as it was before the rows were loaded; load without `--rebuild-constraints` (in \
             code: `.rebuild_constraints(true)`); nothing was changed"
        );
        assert_eq!(
            Error::StillOff { source: DieselError::BrokenTransactionManager }.to_string(),
            "the rows are loaded, but the checks of this connection, which were off meanwhile, could not be switched on again: The \
             transaction manager is broken; close the connection"
        );
    }
}
