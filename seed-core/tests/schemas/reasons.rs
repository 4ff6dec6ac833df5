//! Why a schema may be refused.

use std::collections::BTreeSet;

use seed_core::{Deferral, Error, RelationDef, TableDef};

use super::schema::{Constraint, Schema};

/// Whether an error is a reason to refuse a schema.
pub(crate) fn refusal(schema: &Schema, deferral: Deferral, error: &Error) -> Result<(), String> {
    let is_reason = match error {
        Error::Cycle { .. } => has_stuck_cycle(schema, deferral),
        Error::DrivenInACircle { .. }
        | Error::NoParents { .. }
        | Error::TooFewParents { .. }
        | Error::TooFewCombinations { .. }
        | Error::NotCombinable { .. } => true,
        Error::Setup { message, .. } => REASONS.iter().any(|reason| message.contains(reason)),
        _ => false,
    };
    if is_reason { Ok(()) } else { Err(format!("refused without a reason: {error}")) }
}

/// What a schema can ask of one relation that cannot be.
const REASONS: [&str; 10] = [
    "leads to an earlier row, but shares",
    "take its value from different places",
    "come later, and may have other values there",
    "shares a column with another one, and its rows are to be distinct",
    "shares columns with several others",
    "that has the same",
    "that have the same",
    "cannot at the same time differ from",
    "different rows of",
    "which can; write `#[seed(null = 0.0)]`",
];

/// Whether there is a cycle of relations of which none can wait.
fn has_stuck_cycle(schema: &Schema, deferral: Deferral) -> bool {
    let can_wait = |def: &TableDef, relation: &RelationDef, constraint| {
        let is_free = |name: &&str| {
            def.column(name).is_some_and(|column| column.nullable)
                && def.relations.iter().filter(|other| other.columns.contains(name)).count() == 1
        };
        match constraint {
            Constraint::None => true,
            _ if deferral == Deferral::Always => true,
            Constraint::Deferrable if deferral == Deferral::Declared => true,
            _ => relation.columns.iter().any(is_free),
        }
    };
    let mut edges: Vec<(&str, &str)> = schema
        .relations()
        .filter(|(def, relation, constraint)| relation.parent != def.name && !can_wait(def, relation, *constraint))
        .map(|(def, relation, _)| (def.name, relation.parent))
        .collect();
    // A table without a parent is on no cycle.
    loop {
        let before = edges.len();
        let children: BTreeSet<&str> = edges.iter().map(|(child, _)| *child).collect();
        edges.retain(|(_, parent)| children.contains(parent));
        if edges.len() == before {
            return before > 0;
        }
    }
}
