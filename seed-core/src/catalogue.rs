//! `ForeignKey`: a foreign key, as a database's catalogue tells of it.

/// A foreign key, as a database's catalogue tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The constraint's name; empty where the database does not tell.
    pub name: String,
    /// The child table's [`TableDef::name`](crate::TableDef::name).
    pub table: &'static str,
    /// The columns that reference, as the model names them.
    pub columns: Vec<String>,
    /// The parent table's [`TableDef::name`](crate::TableDef::name); of a table that is not part of the run,
    /// its name in SQL, behind its schema where it needs one.
    pub parent: String,
    /// The columns that are referenced, in the order of `columns`.
    pub parent_columns: Vec<String>,
    /// What happens to the children of a row that is deleted: `NO ACTION`, `CASCADE`, `SET NULL`, …
    pub on_delete: String,
    /// What happens to them where the referenced columns change.
    pub on_update: String,
    /// Whether its check can be put off until the transaction commits.
    pub deferrable: bool,
}
