//! Foreign keys that are NULL at first, since their parents come later, and filled when all rows are
//! there.

use std::ops::Range;

use diesel::RunQueryDsl;
use seed_core::{Parents, Relation, TablePlan, When};

use crate::aside::{self, ASIDE};
use crate::backend::{Dialect, SeedConnection, TableName, quoted};
use crate::blocks::{self, Batches};
use crate::bulk::Target;
use crate::error::Error;
use crate::models::Table;
use crate::sql::{Piece, Sql};

/// The columns of a table that are NULL at first.
pub(crate) fn columns(plan: &TablePlan) -> Vec<&'static str> {
    let mut columns: Vec<&'static str> = Vec::new();
    for relation in &plan.relations {
        if let When::Afterwards { columns: late } = &relation.when {
            columns.extend(late);
        }
    }
    columns
}

/// Fills the late columns of some rows of a table by one update, and tells of how many. The values are made
/// again: nothing was kept.
pub(crate) fn fill<C: SeedConnection>(
    connection: &mut C,
    plan: &TablePlan,
    name: &TableName,
    table: &dyn Table<C::Backend>,
    rows: Range<u64>,
    batches: Batches,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, Error> {
    let late = columns(plan);
    let wanted: Vec<&'static str> = plan.def.primary_key.iter().chain(&late).copied().collect();
    let is_late = |relation: &&std::sync::Arc<Relation>| matches!(relation.when, When::Afterwards { .. });
    let relations: Vec<_> = plan.relations.iter().filter(is_late).collect();
    // Of a foreign key that the run gives, only its values tell whether they are NULL.
    let is_filled =
        |relation: &Relation, row| matches!(relation.parents, Parents::Nobody) || relation.parent(row).is_some();
    let takes = |row| relations.iter().any(|relation| is_filled(relation, row));
    let target = Target::aside(name, &plan.def, &wanted, &takes);
    aside::with(connection, plan, name, &wanted, |connection| {
        let rows = blocks::load(connection, plan, table, &target, rows, batches, progress)?.rows;
        let kept = plan.def.column_names().into_iter().filter(|column| !wanted.contains(column));
        let kept: Vec<String> = kept.map(quoted::<C::Backend>).collect();
        let columns: Vec<String> = late.iter().map(|column| quoted::<C::Backend>(column)).collect();
        let agree = aside::agree::<C::Backend>(name, &plan.def.primary_key);
        let update = C::Backend::update_from(&name.quoted, ASIDE, &columns, &kept, &agree);
        let doing = format!("filling the foreign keys of `{}` by an update", plan.def.name);
        let updated = Sql(vec![Piece::Sql(&update)]).execute(connection).map_err(Error::database(doing))? as u64;
        if updated < rows {
            return Err(Error::NotUpdated { table: plan.def.name.to_owned(), rows, updated });
        }
        Ok(rows)
    })
}
