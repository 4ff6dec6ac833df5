//! `shapes`: what is in a schema, so that a test can tell what it has tested.

use std::collections::BTreeSet;

use seed_core::{RelationDef, TableDef, Tree};

use super::random::MOST_TABLES;
use super::schema::{Constraint, Schema};

/// All that a schema may have.
pub(crate) const SHAPES: [&str; 31] = [
    "30 tables",
    "a column shared by two foreign keys",
    "a composite foreign key",
    "a cycle of three tables",
    "a cycle of two tables",
    "a cycle with a self reference",
    "a deferrable constraint",
    "a foreign key that is the primary key",
    "a half nullable foreign key",
    "a junction of three tables",
    "a junction with a composite key",
    "a junction with an id",
    "a nullable cycle",
    "a nullable foreign key",
    "a nullable self reference",
    "a required foreign key",
    "a required self reference",
    "a self reference with a tenant",
    "a soft relation",
    "a tree of levels",
    "a tree of roots",
    "a unique foreign key",
    "a unique self reference",
    "parents that differ",
    "popular parents",
    "two cycles in one component",
    "two relations to one table",
    "with a number",
    "with a range",
    "with none for some",
    "with weights",
];

/// Those that a schema has.
pub(crate) fn shapes(schema: &Schema) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut has = |shape: &'static str, it_has: bool| {
        if it_has {
            found.insert(shape);
        }
    };
    has("30 tables", schema.tables.len() as u64 == MOST_TABLES);
    for (table, relation, constraint) in schema.relations() {
        let is_own = relation.parent == table.name;
        let nullable = nullable(table, relation);
        has("a deferrable constraint", constraint == Constraint::Deferrable);
        has("a soft relation", constraint == Constraint::None);
        has("a composite foreign key", relation.columns.len() > 1);
        has("a column shared by two foreign keys", shares(table, relation) && !is_own);
        has("a half nullable foreign key", nullable > 0 && nullable < relation.columns.len());
        has("a nullable foreign key", nullable > 0 && !is_own);
        has("a required foreign key", nullable == 0 && !is_own);
        has("a nullable self reference", nullable > 0 && is_own);
        has("a required self reference", nullable == 0 && is_own);
        has("a self reference with a tenant", is_own && relation.columns.len() > 1);
        has("a unique self reference", is_own && table.is_one_to_one(relation));
        has("a unique foreign key", !is_own && table.is_one_to_one(relation));
        has("a foreign key that is the primary key", relation.columns == table.primary_key);
        has("a tree of roots", matches!(relation.tree, Some(Tree::Roots { .. })));
        has("a tree of levels", matches!(relation.tree, Some(Tree::Depth { .. })));
        has("popular parents", relation.zipf.is_some());
        let twice = |other: &RelationDef| other != relation && other.parent == relation.parent && !is_own;
        has("two relations to one table", table.relations.iter().any(twice));
        let with = relation.with.as_ref().map(ToString::to_string).unwrap_or_default();
        has("with a number", with.parse::<u64>().is_ok());
        has("with a range", with.contains("..="));
        has("with none for some", with.starts_with("0..") || with.ends_with(": 0"));
        has("with weights", with.contains(':'));
    }
    for table in schema.tables.iter().map(|table| &table.def) {
        has("parents that differ", !table.differ.is_empty());
        let joined = |key: &[&str]| {
            let is_in = |relation: &&RelationDef| relation.columns.iter().all(|column| key.contains(column));
            table.relations.iter().filter(is_in).count()
        };
        has("a junction with a composite key", joined(&table.primary_key) > 1);
        has("a junction with an id", table.unique.iter().any(|key| joined(key) > 1));
        has("a junction of three tables", table.unique.iter().chain([&table.primary_key]).any(|key| joined(key) > 2));
    }
    cycles(schema, &mut has);
    found
}

/// How many columns of a foreign key can be NULL.
fn nullable(table: &TableDef, relation: &RelationDef) -> usize {
    let is_nullable = |name: &&&str| table.column(name).is_some_and(|column| column.nullable);
    relation.columns.iter().filter(is_nullable).count()
}

fn shares(table: &TableDef, relation: &RelationDef) -> bool {
    let mut others = table.relations.iter().filter(|other| *other != relation);
    others.any(|other| other.columns.iter().any(|column| relation.columns.contains(column)))
}

fn cycles(schema: &Schema, has: &mut dyn FnMut(&'static str, bool)) {
    let parents = |table: &TableDef| -> BTreeSet<&'static str> {
        table.relations.iter().map(|relation| relation.parent).filter(|parent| *parent != table.name).collect()
    };
    let reached = |table: &TableDef| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = parents(table).into_iter().collect();
        while let Some(name) = next.pop() {
            if reached.insert(name) {
                next.extend(parents(&schema.find(name).def));
            }
        }
        reached
    };
    for table in schema.tables.iter().map(|table| &table.def) {
        // All tables that are on a cycle with this one.
        let all = reached(table);
        let component: Vec<&TableDef> = schema
            .tables
            .iter()
            .map(|other| &other.def)
            .filter(|other| all.contains(other.name) && reached(other).contains(table.name))
            .collect();
        if component.is_empty() {
            continue;
        }
        let is_inside = |name: &str| component.iter().any(|other| other.name == name);
        let edges: usize = component.iter().map(|one| parents(one).iter().filter(|name| is_inside(name)).count()).sum();
        has("two cycles in one component", edges > component.len());
        has("a cycle with a self reference", table.relations.iter().any(|relation| relation.parent == table.name));
        let inside = || table.relations.iter().filter(|relation| is_inside(relation.parent));
        has(
            "a nullable cycle",
            inside().any(|relation| relation.parent != table.name && nullable(table, relation) > 0),
        );
        for parent in parents(table) {
            let of_parent = parents(&schema.find(parent).def);
            has("a cycle of two tables", of_parent.contains(table.name));
            let leads_back = |name: &&str| *name != table.name && parents(&schema.find(name).def).contains(table.name);
            has("a cycle of three tables", of_parent.iter().any(leads_back));
        }
    }
}
