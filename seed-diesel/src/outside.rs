//! Parents that are not part of the run: their rows are read from the database.

use std::collections::BTreeMap;
use std::sync::Arc;

use seed_core::{MadeRows, RelationDef};

use crate::backend::SeedConnection;
use crate::error::Error;
use crate::models::Models;
use crate::probe::{PerConnection, Reader};
use crate::relations::Relations;
use crate::seedable::Seedable;

/// A parent of a model.
pub(crate) struct Parent {
    table: &'static str,
    columns: Vec<&'static str>,
    readers: fn() -> PerConnection,
}

impl Relations for Vec<Parent> {
    type Column = ();

    fn column<T: Clone + Send + Sync + 'static>() {}

    fn relation<M: Seedable>(&mut self, relation: RelationDef, _: Vec<()>) {
        self.push(Parent { table: M::TABLE, columns: relation.parent_columns, readers: M::readers });
    }
}

/// The rows of each parent that is no model of the run, by its name; none of one that cannot be read,
/// since its model does not say how.
pub(crate) fn read<C: SeedConnection>(
    connection: &mut C,
    models: &Models<C::Backend>,
) -> Result<BTreeMap<&'static str, Arc<MadeRows>>, Error> {
    let defs = models.define();
    let mut outside: BTreeMap<&'static str, Parent> = BTreeMap::new();
    for parent in models.parents().into_iter().filter(|parent| !defs.iter().any(|def| def.name == parent.table)) {
        let known = outside.entry(parent.table).or_insert(Parent { columns: Vec::new(), ..parent });
        for column in parent.columns {
            if !known.columns.contains(&column) {
                known.columns.push(column);
            }
        }
    }
    let mut rows = BTreeMap::new();
    for (table, parent) in outside {
        if let Some(reader) = (parent.readers)().find::<Reader<C>>() {
            rows.insert(table, Arc::new((reader.parents)(connection, &parent.columns)?));
        }
    }
    Ok(rows)
}
