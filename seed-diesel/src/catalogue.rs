//! The foreign keys of tables, as a database's catalogue tells of them.

use std::fmt;
use std::marker::PhantomData;

use diesel::QueryResult;
use seed_core::{ForeignKey, TableDef};

use crate::backend::{Dialect, End, KeyColumn, SeedConnection, TableName, quoted};
use crate::error::Error;

/// A foreign key of a database.
#[derive(Debug, Clone)]
pub(crate) struct Key<DB> {
    pub(crate) name: String,
    pub(crate) child: Place<DB>,
    pub(crate) columns: Vec<String>,
    pub(crate) parent: Place<DB>,
    pub(crate) parent_columns: Vec<String>,
    pub(crate) on_delete: String,
    pub(crate) on_update: String,
    pub(crate) deferrable: bool,
}

/// Where a table of a database is.
#[derive(Debug, Clone)]
pub(crate) struct Place<DB> {
    schema: String,
    table: String,
    visible: bool,
    backend: PhantomData<DB>,
}

/// All foreign keys that have a table at this end.
pub(crate) fn keys<C: SeedConnection>(
    connection: &mut C,
    end: End,
    table: &TableName,
) -> QueryResult<Vec<Key<C::Backend>>> {
    let columns = connection.foreign_keys(end, table)?;
    // They come in the order of their foreign keys.
    Ok(columns.chunk_by(|one, next| one.foreign_key == next.foreign_key).map(Key::of).collect())
}

/// The foreign keys of a run's tables. Tables and columns are named as their models name them.
pub(crate) fn read<C: SeedConnection>(
    connection: &mut C,
    defs: &[TableDef],
    names: &[TableName],
) -> Result<Vec<ForeignKey>, Error> {
    let mut catalogue = Vec::new();
    for (def, name) in defs.iter().zip(names) {
        let keys = keys(connection, End::Child, name)
            .map_err(Error::database(format!("reading the foreign keys of `{}`", def.name)))?;
        catalogue.extend(keys.into_iter().map(|key| key.named(def, defs, names)));
    }
    Ok(catalogue)
}

impl<DB: Dialect> Key<DB> {
    /// A foreign key of its columns, of which there is one at least.
    fn of(parts: &[KeyColumn]) -> Key<DB> {
        let KeyColumn { name, on_delete, on_update, deferrable, .. } = parts[0].clone();
        Key {
            name,
            child: Place::new(&parts[0].child_schema, &parts[0].child, parts[0].child_visible),
            columns: parts.iter().map(|part| part.child_column.clone()).collect(),
            parent: Place::new(&parts[0].parent_schema, &parts[0].parent, parts[0].parent_visible),
            parent_columns: parts.iter().map(|part| part.parent_column.clone()).collect(),
            on_delete,
            on_update,
            deferrable,
        }
    }

    /// The foreign key of `child`, in the words of the run's models.
    fn named(self, child: &TableDef, defs: &[TableDef], names: &[TableName]) -> ForeignKey {
        let parent = names.iter().position(|name| self.parent.is(name)).map(|at| &defs[at]);
        ForeignKey {
            name: self.name,
            table: child.name,
            columns: in_words_of::<DB>(Some(child), self.columns),
            parent: parent.map_or_else(|| self.parent.to_string(), |parent| parent.name.to_owned()),
            parent_columns: in_words_of::<DB>(parent, self.parent_columns),
            on_delete: self.on_delete,
            on_update: self.on_update,
            deferrable: self.deferrable,
        }
    }
}

/// The columns as a table's model writes them, where it has them.
fn in_words_of<DB: Dialect>(def: Option<&TableDef>, columns: Vec<String>) -> Vec<String> {
    let of_model = |column: &String| def?.columns.iter().find(|own| is_same_name::<DB>(own.name, column));
    columns.into_iter().map(|column| of_model(&column).map_or(column, |own| own.name.to_owned())).collect()
}

/// Whether the name that a model writes is the name that the database keeps.
pub(crate) fn is_same_name<DB: Dialect>(written: &str, kept: &str) -> bool {
    let end = (0..=written.len().min(DB::NAME_BYTES)).rfind(|end| written.is_char_boundary(*end));
    let written = &written[..end.unwrap_or_default()];
    if DB::CASE_MATTERS { written == kept } else { written.eq_ignore_ascii_case(kept) }
}

impl<DB: Dialect> Place<DB> {
    fn new(schema: &str, table: &str, visible: bool) -> Place<DB> {
        Place { schema: schema.to_owned(), table: table.to_owned(), visible, backend: PhantomData }
    }

    /// Whether this is the table of a name: a model may name its schema or leave it out.
    pub(crate) fn is(&self, name: &TableName) -> bool {
        let is_in = |schema: &String| is_same_name::<DB>(schema, &self.schema);
        is_same_name::<DB>(&name.name, &self.table) && name.schema.as_ref().map_or(self.visible, is_in)
    }

    pub(crate) fn quoted(&self) -> String {
        format!("{}.{}", quoted::<DB>(&self.schema), quoted::<DB>(&self.table))
    }
}

/// The name, behind its schema where it needs one.
impl<DB> fmt::Display for Place<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.visible { f.write_str(&self.table) } else { write!(f, "{}.{}", self.schema, self.table) }
    }
}
