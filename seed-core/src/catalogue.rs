//! `Database`: what a plan is told of the database that it is for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::def::{RelationDef, TableDef};
use crate::made::MadeRows;

/// What a plan is told of the database that it is for: nothing, by default.
#[derive(Debug, Clone, Default)]
pub struct Database {
    /// The foreign keys of the run's tables, where they have been read.
    pub foreign_keys: Option<Vec<ForeignKey>>,
    /// Which foreign keys can wait for the end of the transaction.
    pub deferral: Deferral,
    /// Rows of tables that are not part of the run, by the table's name.
    pub outside: BTreeMap<&'static str, Arc<MadeRows>>,
    /// The index of the first row of each table that goes on behind rows that are there, by the
    /// table's name; 0 for the others.
    pub first: BTreeMap<&'static str, u64>,
}

/// A foreign key, as a database's catalogue tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The constraint's name; empty where it has none.
    pub name: String,
    /// The table of the run that it belongs to, by its [`TableDef::name`].
    pub table: &'static str,
    /// Its columns.
    pub columns: Vec<String>,
    /// The parent table: its [`TableDef::name`], or the name in SQL of a table outside the run.
    pub parent: String,
    /// The referenced columns, in the order of `columns`.
    pub parent_columns: Vec<String>,
    /// What happens to a row when its parent is deleted: `CASCADE`, `SET NULL`, `NO ACTION`, …
    pub on_delete: String,
    /// What happens to a row when its parent's key changes.
    pub on_update: String,
    /// Whether it can wait for the end of the transaction.
    pub deferrable: bool,
}

/// Which foreign keys of a database can wait for the end of the transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Deferral {
    /// None.
    #[default]
    Never,
    /// Those that are declared `DEFERRABLE`.
    Declared,
    /// All, as SQLite does. While one waits, SQLite searches the children for each new parent, which takes long
    /// without an index: so a column waits for its turn as NULL, where it can be.
    Always,
}

impl Database {
    /// The constraint that enforces a relation, where the foreign keys are known.
    pub fn constraint(&self, table: &TableDef, relation: &RelationDef) -> Option<&ForeignKey> {
        let pairs = |own: &[&str], parent: &[&str]| -> Vec<(String, String)> {
            let mut pairs: Vec<_> =
                own.iter().zip(parent).map(|(own, parent)| ((*own).to_owned(), (*parent).to_owned())).collect();
            pairs.sort();
            pairs
        };
        let wanted = pairs(&relation.columns, &relation.parent_columns);
        self.foreign_keys.iter().flatten().find(|key| {
            let columns: Vec<&str> = key.columns.iter().map(String::as_str).collect();
            let parent_columns: Vec<&str> = key.parent_columns.iter().map(String::as_str).collect();
            key.table == table.name && key.parent == relation.parent && pairs(&columns, &parent_columns) == wanted
        })
    }

    /// Whether the database refuses a row whose parent is not there.
    pub(crate) fn enforces(&self, table: &TableDef, relation: &RelationDef) -> bool {
        self.foreign_keys.is_none() || self.constraint(table, relation).is_some()
    }

    /// Whether a relation's constraint can wait for the end of the transaction. Where the foreign keys
    /// are not known, one that could be declared so is taken to be.
    pub(crate) fn defers(&self, table: &TableDef, relation: &RelationDef) -> bool {
        match self.deferral {
            Deferral::Never => false,
            Deferral::Always => true,
            Deferral::Declared => {
                self.foreign_keys.is_none() || self.constraint(table, relation).is_some_and(|key| key.deferrable)
            }
        }
    }
}
