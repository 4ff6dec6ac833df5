//! What must hold of the rows of a schema, looked up by brute force.

use std::collections::{BTreeMap, BTreeSet};

use seed_core::{Deferral, Parents, RelationDef, Rows, TableDef, When};

use super::made::Made;
use super::schema::{Constraint, Schema, children_of};

type Row = Vec<Option<i32>>;

/// The first thing that does not hold of the rows of a schema.
pub(crate) fn rows(schema: &Schema, made: &Made, deferral: Deferral) -> Result<(), String> {
    let rows: BTreeMap<&str, Vec<Row>> =
        schema.tables.iter().map(|table| (table.def.name, made.rows(table.def.name))).collect();
    for table in &schema.tables {
        let def = &table.def;
        check_required(def, &rows[def.name])?;
        check_keys(schema, def, &rows[def.name])?;
        check_differ(def, &rows[def.name])?;
        check_counts(schema, made, def, &rows)?;
        for relation in &def.relations {
            check_relation(schema, def, relation, &rows)?;
        }
    }
    check_order(schema, made, deferral)
}

/// The values of some columns; none where one is NULL.
fn of(def: &TableDef, columns: &[&str], row: &Row) -> Option<Vec<i32>> {
    let at = |name: &&str| def.columns.iter().position(|column| column.name == *name).expect("a column");
    columns.iter().map(|name| row[at(name)]).collect()
}

fn check_required(def: &TableDef, rows: &[Row]) -> Result<(), String> {
    for column in def.columns.iter().filter(|column| !column.nullable) {
        if let Some(row) = rows.iter().position(|row| of(def, &[column.name], row).is_none()) {
            return Err(format!("{}.{} is NULL in row {row}", def.name, column.name));
        }
    }
    Ok(())
}

fn check_keys(schema: &Schema, def: &TableDef, rows: &[Row]) -> Result<(), String> {
    for key in schema.unique_keys(def).iter().chain([&def.primary_key]) {
        let mut seen = BTreeSet::new();
        for (at, row) in rows.iter().enumerate() {
            if let Some(values) = of(def, key, row).filter(|values| !seen.insert(values.clone())) {
                return Err(format!("{}: {key:?} is {values:?} again in row {at}", def.name));
            }
        }
    }
    Ok(())
}

fn check_differ(def: &TableDef, rows: &[Row]) -> Result<(), String> {
    for group in &def.differ {
        let relations: Vec<&RelationDef> = group.iter().filter_map(|name| def.relation(name)).collect();
        for (at, row) in rows.iter().enumerate() {
            let mut seen = BTreeSet::new();
            let keys = relations.iter().filter(|one| one.parent_columns == relations[0].parent_columns);
            let mut values = keys.filter_map(|relation| of(def, &relation.columns, row));
            if values.any(|values| !seen.insert(values)) {
                return Err(format!("{}: {group:?} do not differ in row {at}", def.name));
            }
        }
    }
    Ok(())
}

/// As many rows as planned: for each parent, where a relation counts them.
fn check_counts(schema: &Schema, made: &Made, def: &TableDef, rows: &BTreeMap<&str, Vec<Row>>) -> Result<(), String> {
    let planned = made.plan.find(def.name).expect("a table of the plan");
    match &planned.why {
        Rows::Count if Some(planned.rows) == def.count => Ok(()),
        Rows::Count => Err(format!("{} has {} rows in place of {:?}", def.name, planned.rows, def.count)),
        Rows::Driven { column, parent, with } => {
            let relation = def.relation(column).expect("the relation that drives");
            let mut children: BTreeMap<Vec<i32>, u64> = BTreeMap::new();
            let parent_def = &schema.find(parent).def;
            for row in &rows[parent] {
                children.insert(of(parent_def, &relation.parent_columns, row).expect("a key"), 0);
            }
            for row in &rows[def.name] {
                let key = of(def, &relation.columns, row).and_then(|key| children.get_mut(&key));
                *key.ok_or(format!("{}.{column}: a child of nobody", def.name))? += 1;
            }
            let possible = children_of(with);
            match children.iter().find(|(_, count)| !possible.contains(count)) {
                Some((key, count)) => Err(format!("{}.{column}: {key:?} has {count} children, not {with}", def.name)),
                None => Ok(()),
            }
        }
    }
}

fn check_relation(
    schema: &Schema,
    def: &TableDef,
    relation: &RelationDef,
    rows: &BTreeMap<&str, Vec<Row>>,
) -> Result<(), String> {
    let parent = &schema.find(relation.parent).def;
    let places: BTreeMap<Vec<i32>, usize> = rows[parent.name]
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((of(parent, &relation.parent_columns, row)?, at)))
        .collect();
    for (at, row) in rows[def.name].iter().enumerate() {
        let Some(key) = of(def, &relation.columns, row) else { continue };
        let name = format!("{}.{:?} of row {at}", def.name, relation.columns);
        let Some(&place) = places.get(&key) else { return Err(format!("{name} is {key:?}, which no row has")) };
        // Only a row that must have a parent, and has no earlier one, is its own.
        let is_own = place == at && def.requires(relation);
        if parent.name == def.name && place >= at && !is_own {
            return Err(format!("{name} references row {place}, which is not earlier"));
        }
    }
    Ok(())
}

/// Each row comes after those that it references, unless it can wait for them.
fn check_order(schema: &Schema, made: &Made, deferral: Deferral) -> Result<(), String> {
    let place = |name: &str| made.plan.tables.iter().position(|table| table.def.name == name).expect("a planned table");
    for (def, relation, constraint) in schema.relations() {
        let planned = made.plan.find(def.name).expect("a planned table");
        let planned =
            planned.relations.iter().find(|one| one.columns == relation.columns && one.parent == relation.parent);
        let planned = planned.expect("a planned relation");
        let is_free = constraint == Constraint::None || matches!(planned.parents, Parents::Nobody);
        let is_earlier = place(relation.parent) <= place(def.name) || is_free;
        let can_wait = match &planned.when {
            When::WithItsRow => false,
            When::Deferred => {
                deferral == Deferral::Always || deferral == Deferral::Declared && constraint == Constraint::Deferrable
            }
            When::Afterwards { columns } => columns
                .iter()
                .any(|name| relation.columns.contains(name) && def.column(name).is_some_and(|column| column.nullable)),
        };
        if !is_earlier && !can_wait {
            return Err(format!("{}.{:?} comes before its parent", def.name, relation.columns));
        }
    }
    Ok(())
}
