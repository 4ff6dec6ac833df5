//! Schemas of all shapes, each made from a number.

mod draft;
mod kinds;

use seed_core::{RelationDef, TableDef};

use self::draft::{Draft, Made};
use super::schema::{Constraint, Schema};

/// The most tables of a schema.
pub(crate) const MOST_TABLES: u64 = 30;

/// The schema of a number: always the same one.
pub(crate) fn schema(seed: u64) -> Schema {
    let mut draft = Draft::new(seed);
    // Small ones are more frequent.
    let tables = match seed % 10 {
        9 => MOST_TABLES,
        8 => 15 + draft.below(10),
        _ => 2 + draft.below(13).min(draft.below(13)),
    };
    for at in 0..tables {
        let table = kinds::table(&mut draft, at);
        draft.tables.push(table);
    }
    for _ in 0..draft.below(4) {
        back_edge(&mut draft);
    }
    Schema { seed, tables: draft.tables.into_iter().map(|made| made.table).collect() }
}

/// A relation from a table to one that comes later and, where there is such a one, leads back to it.
fn back_edge(draft: &mut Draft) {
    let child = draft.below(draft.tables.len() as u64) as usize;
    let Some(parent) = draft.pick(&above(&draft.tables, child)) else { return };
    let is_required = draft.chance(15);
    let is_driven = draft.tables[child].is_driven();
    let mut table = draft.tables[child].clone();
    let at = draft.refer(&mut table, parent, !is_required, 15);
    if draft.chance(35) {
        table.table.constraints[at] = Constraint::Deferrable;
    }
    if draft.chance(8) && !is_driven && !is_required {
        draft.make_unique(&mut table, at);
    }
    draft.tables[child] = table;
}

/// The tables that lead to this one, over any number of relations.
fn above(tables: &[Made], to: usize) -> Vec<usize> {
    let name = |at: usize| tables[at].table.def.name;
    let leads = |def: &TableDef, to: &str| def.relations.iter().any(|one: &RelationDef| one.parent == to);
    let mut reached = vec![to];
    let mut at = 0;
    while at < reached.len() {
        let to = name(reached[at]);
        let more = (0..tables.len()).filter(|&from| leads(&tables[from].table.def, to) && !reached.contains(&from));
        let more: Vec<usize> = more.collect();
        reached.extend(more);
        at += 1;
    }
    reached.split_off(1)
}
