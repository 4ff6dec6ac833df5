//! What must hold of the shards of a plan: each row is in one of them, and no row comes before its parent.

use std::collections::BTreeSet;
use std::ops::Range;

use seed_core::{Parents, Plan, Relation, Shard, Stage, TablePlan};

/// All shards of so many.
pub(crate) fn shards(count: u64) -> impl Iterator<Item = Shard> {
    (1..=count).map(move |number| Shard::new(number, count).expect("a shard"))
}

/// Whether the slices of a table, one after the other, are its rows.
pub(crate) fn partition(plan: &Plan, count: u64) -> Result<(), String> {
    let slices: Vec<Vec<Range<u64>>> = shards(count).map(|shard| plan.slices(shard)).collect();
    for (at, table) in plan.tables.iter().enumerate() {
        let mut next = table.indices().start;
        for slice in slices.iter().map(|slices| &slices[at]) {
            if slice.start != next || slice.end < slice.start {
                return Err(format!("{}: {slice:?} does not begin at {next}", table.def.name));
            }
            next = slice.end;
        }
        if next != table.indices().end {
            return Err(format!("{}: the slices end at {next}", table.def.name));
        }
    }
    Ok(())
}

/// Whether the children of a shard's parents are its own, where the parents are as many as the shards.
pub(crate) fn families_stay_together(plan: &Plan, shard: Shard) -> Result<(), String> {
    let slices = plan.slices(shard);
    for (at, table) in plan.tables.iter().enumerate() {
        let driver = table.relations.iter().find(|relation| matches!(relation.parents, Parents::Driven(_)));
        let parent = driver.and_then(|relation| place(plan, relation));
        let (Some(relation), Some(parent)) = (driver, parent) else { continue };
        if plan.tables[parent].rows >= shard.count() {
            let is_elsewhere = |row: &u64| relation.parent(*row).is_none_or(|row| !slices[parent].contains(&row));
            if let Some(row) = slices[at].clone().find(is_elsewhere) {
                return Err(format!("row {row} of {} is not with its parent in shard {shard}", table.def.name));
            }
        }
    }
    Ok(())
}

/// Whether no row is loaded before its parent, where each stage is loaded as it says.
pub(crate) fn stages(plan: &Plan, count: u64) -> Result<(), String> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for Stage { tables, shards: of } in plan.stages(count) {
        let names: Vec<String> = tables.iter().map(|&name| name.to_owned()).collect();
        for shard in shards(of) {
            let chosen = plan.choose(Some(&names), shard).map_err(|errors| errors.to_string())?;
            no_row_is_before_its_parent(plan, &chosen, &done)?;
        }
        if let Some(twice) = tables.into_iter().find(|name| !done.insert(name)) {
            return Err(format!("{twice} is in two stages"));
        }
    }
    if done.len() < plan.tables.len() { Err(format!("only {done:?} have a stage")) } else { Ok(()) }
}

/// Whether all shards load all tables at once, where that is not refused.
pub(crate) fn at_once(plan: &Plan, count: u64) -> Result<bool, String> {
    let mut are_taken = true;
    for shard in shards(count) {
        match plan.choose(None, shard) {
            Ok(chosen) => no_row_is_before_its_parent(plan, &chosen, &BTreeSet::new())?,
            Err(_) => are_taken = false,
        }
    }
    Ok(are_taken)
}

fn no_row_is_before_its_parent(
    plan: &Plan,
    chosen: &[Option<Range<u64>>],
    done: &BTreeSet<&str>,
) -> Result<(), String> {
    for (table, rows) in plan.tables.iter().zip(chosen) {
        for row in rows.clone().into_iter().flatten() {
            for relation in table.relations.iter().filter(|relation| !relation.soft) {
                let Some((at, parent)) = place(plan, relation).zip(relation.parent(row)) else { continue };
                let is_own = chosen[at].as_ref().is_some_and(|rows| rows.contains(&parent));
                if !is_own && !done.contains(relation.parent) {
                    return Err(waits(table, row, relation, parent));
                }
            }
        }
    }
    Ok(())
}

fn waits(table: &TablePlan, row: u64, relation: &Relation, parent: u64) -> String {
    format!("row {row} of {} comes before row {parent} of {}, by {}", table.def.name, relation.parent, relation.name)
}

fn place(plan: &Plan, relation: &Relation) -> Option<usize> {
    plan.tables.iter().position(|table| table.def.name == relation.parent)
}
