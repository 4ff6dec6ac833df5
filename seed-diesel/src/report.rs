//! What a run tells: on its way, and at its end.

use std::time::Duration;

use crate::others::Blocker;

/// What a run tells on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// A table is next, and gets so many rows.
    Table {
        /// Its name.
        table: &'a str,
        /// How many rows it gets.
        rows: u64,
    },
    /// The foreign keys of a table that had to wait for other tables are next.
    ForeignKeys {
        /// Its name.
        table: &'a str,
        /// How many rows it has.
        rows: u64,
    },
    /// The foreign keys and indexes that were off are next.
    Constraints {
        /// How many there are.
        constraints: usize,
    },
    /// So many rows more have been seen to.
    Rows(u64),
    /// The run waits for another connection. Told once for each, from another thread than the rest, where the run has a
    /// [second connection](crate::Seeding::reconnect) to ask by.
    Waiting {
        /// Who is in the way.
        blocker: &'a Blocker,
    },
    /// The connection broke before the database had answered a COMMIT, and another connection has found it carried out.
    CommitFound,
}

/// What a run has loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The tables, in the order in which they were loaded.
    pub tables: Vec<TableReport>,
    /// The foreign keys and indexes of the tables, where the run has
    /// [rebuilt](crate::Seeding::rebuild_constraints) them, or meant to; empty where it has loaded with all of them on.
    pub constraints: Vec<ConstraintReport>,
    /// How long it took, with the commit.
    pub elapsed: Duration,
}

/// What a run has loaded into one table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableReport {
    /// The table's name.
    pub table: String,
    /// How many rows it got.
    pub rows: u64,
    /// How many of them an interrupted run had loaded, with which this one went on.
    pub before: u64,
    /// How many of them this run gave foreign keys by an update, after the rows of all tables: those of a cycle that can be NULL.
    /// Triggers of the application fire for it; on MySQL, a column of the model with `ON UPDATE CURRENT_TIMESTAMP`
    /// keeps its value.
    pub updated: u64,
    /// How long it took.
    pub elapsed: Duration,
}

/// What a run has done about a foreign key or an index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConstraintReport {
    /// The table's name.
    pub table: String,
    /// The name of the foreign key or index; of a foreign key of SQLite, which has none, its columns and parent.
    pub constraint: String,
    /// Why it stayed on while rows were loaded. `None`: it was off, is back, and holds for all rows.
    pub kept: Option<String>,
}

impl Report {
    /// The rows that a table got; 0 for a table that was not part of the run.
    pub fn rows(&self, table: &str) -> u64 {
        self.tables.iter().find(|report| report.table == table).map_or(0, |report| report.rows)
    }

    /// The rows that all tables got.
    pub fn total(&self) -> u64 {
        self.tables.iter().map(|report| report.rows).sum()
    }
}
