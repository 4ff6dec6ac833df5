//! What a database says of a refusal, on one line, and what to do about it.

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::refused::RefusedRows;

/// A database's error alone.
pub(super) struct Message<'a>(pub(super) &'a DieselError);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_message(f, self.0).map(|_| ())
    }
}

/// A database's error about rows, what the constraint says, and what to do.
pub(super) struct LoadDetail<'a> {
    pub(super) rows: &'a RefusedRows,
    pub(super) source: &'a DieselError,
    pub(super) advice: &'a Option<String>,
}

impl fmt::Display for LoadDetail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refusal = write_message(f, self.source)?;
        if let Some(constraint) = &self.rows.constraint {
            write!(f, ", which is {constraint}")?;
        }
        match (self.advice, refusal) {
            (Some(advice), _) => write!(f, "; {advice}"),
            (None, Some(refusal)) => write!(f, "; {}", refusal.advice()),
            (None, None) => Ok(()),
        }
    }
}

/// A database's error in a run, and what the model should say.
pub(super) struct Detail<'a>(pub(super) &'a DieselError);

impl fmt::Display for Detail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match write_message(f, self.0)? {
            Some(refusal) => write!(f, "; {}", refusal.advice()),
            None => Ok(()),
        }
    }
}

/// A database's error in a fixture, and what the model or the test should say.
pub(super) struct FixtureDetail<'a>(pub(super) &'a DieselError);

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
pub(super) enum Refusal {
    NotNull,
    Unique,
    ForeignKey,
    Check,
    TooLong,
}

impl Refusal {
    /// What the model should say.
    pub(super) fn advice(&self) -> &'static str {
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
pub(super) fn write_message(f: &mut fmt::Formatter<'_>, error: &DieselError) -> Result<Option<Refusal>, fmt::Error> {
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

/// Whether an error is known to be about a value of a row, not about the statement.
pub(crate) fn is_about_a_row(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(kind, information) => refusal_of(kind, information.message()).is_some(),
        _ => false,
    }
}

pub(super) fn refusal_of(kind: &DatabaseErrorKind, message: &str) -> Option<Refusal> {
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
