//! What can go wrong in a run: one kind of error for each thing to do about it.

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use seed_core::Errors;

/// Why a run or a fixture failed. Nothing is left behind in the database.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The models and options do not make a plan. Found before anything is written.
    #[error(transparent)]
    Plan(#[from] Errors),

    /// Tables that are to be seeded hold rows, and no reset was asked for.
    #[error(
        "tables hold rows already: {}; to delete these and seed again, use `--reset` (in code: `.reset()`); nothing was \
         changed", list(.tables)
    )]
    NotEmpty {
        /// The tables that hold rows, and how many.
        tables: Vec<(String, u64)>,
    },

    /// A reset would reach into a table that is not part of the run.
    #[error(
        "the rows of `{table}` cannot be deleted: rows of `{outside}`, which is not part of this run, reference them with ON \
         DELETE {action}; add its model, or delete its rows first; nothing was changed"
    )]
    OutsideReference {
        /// A table of the run.
        table: String,
        /// The table that references it.
        outside: String,
        /// What the database would do to its rows.
        action: String,
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
    #[error("inserting fixtures into `{table}` failed: {}", Detail(.source))]
    Fixture {
        /// The table.
        table: String,
        /// What the database says.
        source: DieselError,
    },

    /// A parent that a fixture needs cannot be made.
    #[error(
        "`{table}.{column}` needs a row of `{parent}`, and {reason}; make one first, and give its key: \
         `.{column}(parent.{parent_column})`"
    )]
    Parent {
        /// The child table.
        table: String,
        /// Its foreign key.
        column: String,
        /// The parent table.
        parent: String,
        /// The referenced column.
        parent_column: String,
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

/// What Diesel's `transaction` itself may report.
impl From<DieselError> for Error {
    fn from(source: DieselError) -> Error {
        Error::Database { doing: "the transaction".to_owned(), source }
    }
}

/// A database's error with all that it tells, on one line: never the statement.
struct Detail<'a>(&'a DieselError);

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DieselError::DatabaseError(kind, information) = self.0 else { return self.0.fmt(f) };
        let kind = kind_of(kind, information.message());
        f.write_str(information.message().trim_end())?;
        // Which key it is. Of the other kinds, the detail is the whole row.
        if let DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ForeignKeyViolation = kind
            && let Some(detail) = information.details()
        {
            write!(f, " ({})", detail.trim_end())?;
        }
        if let Some(column) = information.column_name() {
            write!(f, " (column `{column}`)")?;
        }
        if let Some(constraint) = information.constraint_name()
            && !information.message().contains(constraint)
        {
            write!(f, " (constraint `{constraint}`)")?;
        }
        match kind {
            DatabaseErrorKind::NotNullViolation => {
                f.write_str("; a column that the model leaves out, or skips, needs a default in the database")
            }
            DatabaseErrorKind::UniqueViolation => {
                f.write_str("; mark the column `#[seed(unique)]`, so that its values are made distinct")
            }
            DatabaseErrorKind::ForeignKeyViolation => f.write_str(
                "; a column with a foreign key needs `#[seed(references = parent::id)]`, so that it takes a parent's value",
            ),
            DatabaseErrorKind::CheckViolation => {
                f.write_str("; say what the constraint allows with `#[seed(range = …)]` or `#[seed(values = …)]`")
            }
            _ => Ok(()),
        }
    }
}

/// The kind of an error. Diesel does not know the number that MariaDB gives a failed CHECK.
fn kind_of<'a>(kind: &'a DatabaseErrorKind, message: &str) -> &'a DatabaseErrorKind {
    if message.starts_with("CONSTRAINT `") && message.contains("` failed for `") {
        return &DatabaseErrorKind::CheckViolation;
    }
    kind
}

fn list(tables: &[(String, u64)]) -> String {
    let each: Vec<String> = tables.iter().map(|(table, rows)| format!("`{table}` {rows}")).collect();
    each.join(", ")
}
