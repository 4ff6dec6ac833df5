//! The rows that each shard of a run loads.

use std::ops::Range;
use std::sync::Arc;

use super::{Plan, TablePlan};
use crate::fan_out::FanOut;
use crate::plan::relation::{DrivenBy, Parents, Relation};
use crate::shard::Shard;

impl Plan {
    /// The rows of each table that a shard loads, in the order of the tables: those of all shards are all rows,
    /// each in one shard.
    ///
    /// The rows of a table are cut evenly. A table of which each row of a parent gets children is cut where the
    /// parent is cut, so that a shard loads the children of its own parents, unless the parents are fewer
    /// than the shards.
    ///
    /// ```
    /// use seed_core::{ColumnDef, Overrides, Plan, RelationDef, Shard, TableDef};
    ///
    /// # let columns = |names: &[&'static str]| names.iter().map(|name| ColumnDef::new(name)).collect();
    /// let users = TableDef { count: Some(10), columns: columns(&["id"]), ..TableDef::new("users") };
    /// let user = RelationDef { with: Some(5.into()), ..RelationDef::new("user_id", "users", "id") };
    /// let sessions =
    ///     TableDef { columns: columns(&["id", "user_id"]), relations: vec![user], ..TableDef::new("sessions") };
    ///
    /// let plan = Plan::new(42, vec![users, sessions], &Overrides::default())?;
    /// assert_eq!(plan.slices(Shard::new(1, 4).unwrap()), [0..2, 0..10]);
    /// assert_eq!(plan.slices(Shard::new(2, 4).unwrap()), [2..5, 10..25]);
    /// # Ok::<(), seed_core::Errors>(())
    /// ```
    pub fn slices(&self, shard: Shard) -> Vec<Range<u64>> {
        let slice = |table: &TablePlan| {
            let part = self.part(table, shard);
            table.first + part.start..table.first + part.end
        };
        self.tables.iter().map(slice).collect()
    }

    /// The part of a table, without the index of its first row.
    fn part(&self, table: &TablePlan, shard: Shard) -> Range<u64> {
        match self.cut_along(table, shard.count()) {
            Some((parent, fan_out)) => {
                let parents = self.part(parent, shard);
                fan_out.before(parents.start)..fan_out.before(parents.end)
            }
            None => shard.part(table.rows),
        }
    }

    /// The parent that a table is cut with.
    fn cut_along<'a>(&'a self, table: &'a TablePlan, shards: u64) -> Option<(&'a TablePlan, &'a FanOut)> {
        let (parent, fan_out) = table.relations.iter().find_map(|relation| match &relation.parents {
            Parents::Driven(DrivenBy(fan_out)) => Some((self.find(relation.parent)?, fan_out)),
            _ => None,
        })?;
        // With fewer parents, most shards would have nothing to do.
        (parent.rows >= shards).then_some((parent, &**fan_out))
    }

    /// Whether the parents of a shard's rows are rows of the same shard.
    pub(super) fn stays_within(&self, table: &TablePlan, relation: &Arc<Relation>, shards: u64) -> bool {
        match &relation.parents {
            _ if shards == 1 => true,
            Parents::Driven(_) => self.cut_along(table, shards).is_some(),
            Parents::Through { way, .. } => {
                let mut at = Some(table);
                way.steps().iter().all(|step| {
                    let stays = at.is_some_and(|table| step.null == 0.0 && self.stays_within(table, step, shards));
                    at = self.find(step.parent);
                    stays
                })
            }
            _ => false,
        }
    }
}
