//! Foreign keys of the database that no relation of a model names.

use super::models::Models;
use crate::catalogue::{Database, ForeignKey};
use crate::def::{RelationDef, TableDef};
use crate::error::Error;
use crate::overrides::Overrides;

/// The foreign keys whose columns would hold values that are no parent's, so that the database would
/// refuse the rows.
pub(super) fn check(models: &Models, overrides: &Overrides, database: &Database) -> Vec<Error> {
    let mut errors = Vec::new();
    for def in &models.defs {
        let keys = database.foreign_keys.iter().flatten().filter(|key| key.table == def.name);
        for key in keys.filter(|key| is_open(def, key, overrides) && !is_named(models, def, key)) {
            errors.push(Error::MissingRelation { key: Box::new(key.clone()), other: other_parent(def, key) });
        }
    }
    errors
}

/// Whether all its columns get values, and nobody says which. Where one is NULL, the database does not
/// look.
fn is_open(def: &TableDef, key: &ForeignKey, overrides: &Overrides) -> bool {
    let run = overrides.table(def.name);
    key.columns.iter().all(|name| {
        def.column(name).is_some_and(|column| {
            let null = run.and_then(|run| run.nulls.get(name)).copied().unwrap_or(column.null_probability());
            let is_said = column.custom || column.said.is_some() || run.is_some_and(|run| run.makes(name));
            !is_said && null < 1.0
        })
    })
}

/// Whether relations of the models lead from its columns to those that it references: one does, or, as
/// in a key that is passed on, one after the other.
fn is_named(models: &Models, def: &TableDef, key: &ForeignKey) -> bool {
    let mut reached: Vec<(&TableDef, Vec<&str>)> = vec![(def, key.columns.iter().map(String::as_str).collect())];
    let mut at = 0;
    while let Some((table, columns)) = reached.get(at).cloned() {
        for relation in &table.relations {
            let Some(columns) = given_by(relation, &columns) else { continue };
            match models.find(relation.parent).map(|parent| &models.defs[parent]) {
                Some(parent) if parent.name == key.parent && columns == key.parent_columns => return true,
                Some(parent) if !reached.contains(&(parent, columns.clone())) => reached.push((parent, columns)),
                // Of tables outside the run the names in SQL are all that is known of one side, and those of the
                // modules of the other.
                None if models.find(&key.parent).is_none() => return true,
                _ => {}
            }
        }
        at += 1;
    }
    false
}

/// The parent's columns whose values a relation gives to these columns, where it gives one to each.
fn given_by(relation: &RelationDef, columns: &[&str]) -> Option<Vec<&'static str>> {
    let given = |column: &&str| {
        let at = relation.columns.iter().position(|own| own == column)?;
        relation.parent_columns.get(at).copied()
    };
    columns.iter().map(given).collect()
}

/// What the only column of a foreign key references in place of what it should: `people.id`.
fn other_parent(def: &TableDef, key: &ForeignKey) -> Option<String> {
    let [column] = key.columns.as_slice() else { return None };
    let relation = def.relations.iter().find(|relation| relation.columns == [column.as_str()])?;
    Some(format!("{}.{}", relation.parent, relation.parent_columns.first()?))
}
