//! `shrink`: the smallest schema that still shows a mistake.

use super::schema::{Schema, Table};

/// Leaves out of a schema what does not matter for `shows`.
pub(crate) fn shrink(schema: &Schema, shows: &dyn Fn(&Schema) -> bool) -> Schema {
    let mut smallest = schema.clone();
    while let Some(smaller) = smaller(&smallest).into_iter().find(|schema| shows(schema)) {
        smallest = smaller;
    }
    smallest
}

/// The schemas that are smaller by one table, relation, column or property.
fn smaller(schema: &Schema) -> Vec<Schema> {
    let mut all = Vec::new();
    for at in 0..schema.tables.len() {
        let name = schema.tables[at].def.name;
        let mut without = schema.clone();
        without.tables.remove(at);
        for table in &mut without.tables {
            while let Some(relation) = table.def.relations.iter().position(|relation| relation.parent == name) {
                remove_relation(table, relation);
            }
        }
        if without.tables.iter().all(|table| !table.def.primary_key.is_empty()) {
            all.push(without);
        }
    }
    let mut each = |at: usize, change: &dyn Fn(&mut Table)| {
        let mut changed = schema.clone();
        change(&mut changed.tables[at]);
        let known = |table: &Table, name: &&str| table.def.column(name).is_some();
        let has_keys = changed.relations().all(|(_, relation, _)| {
            relation.parent_columns.iter().all(|name| known(changed.find(relation.parent), name))
        });
        if has_keys && changed.tables.iter().all(|table| !table.def.primary_key.is_empty()) {
            all.push(changed);
        }
    };
    for (at, table) in schema.tables.iter().enumerate() {
        for relation in 0..table.def.relations.len() {
            each(at, &|table| remove_relation(table, relation));
        }
        for column in table.def.columns.iter().filter(|column| !table.def.references(column.name)) {
            each(at, &|table| remove_column(table, column.name));
        }
        for group in 0..table.def.unique.len() {
            each(at, &|table| drop(table.def.unique.remove(group)));
        }
        for group in 0..table.def.differ.len() {
            each(at, &|table| drop(table.def.differ.remove(group)));
        }
        for (relation, def) in table.def.relations.iter().enumerate() {
            if def.with.is_some() && table.def.relations.iter().filter(|def| def.with.is_some()).count() > 1 {
                each(at, &|table| table.def.relations[relation].with = None);
            }
            if def.zipf.is_some() {
                each(at, &|table| table.def.relations[relation].zipf = None);
            }
            if def.tree.is_some() {
                each(at, &|table| table.def.relations[relation].tree = None);
            }
            if def.agree.is_some() {
                each(at, &|table| table.def.relations[relation].agree = None);
            }
        }
        for (column, def) in table.def.columns.iter().enumerate() {
            if def.nullable {
                each(at, &|table| {
                    table.def.columns[column].nullable = false;
                    table.def.columns[column].null = None;
                });
            }
            if def.unique {
                each(at, &|table| table.def.columns[column].unique = false);
            }
        }
    }
    all
}

fn remove_relation(table: &mut Table, at: usize) {
    let relation = table.def.relations.remove(at);
    table.constraints.remove(at);
    for column in relation.columns {
        if !table.def.references(column) {
            remove_column(table, column);
        }
    }
    if relation.with.is_some() {
        table.def.count = Some(12);
    }
}

fn remove_column(table: &mut Table, name: &str) {
    let def = &mut table.def;
    def.columns.retain(|column| column.name != name);
    def.primary_key.retain(|column| *column != name);
    for groups in [&mut def.unique, &mut def.differ] {
        groups.retain(|group| !group.contains(&name));
    }
}
