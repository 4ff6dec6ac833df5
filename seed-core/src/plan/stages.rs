//! The stages in which tables are loaded by shards, so that no row comes before its parent.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Plan, TablePlan};
use crate::error::{Error, Errors};
use crate::nearest::nearest;
use crate::plan::relation::{Parents, Relation, When};
use crate::shard::Shard;

/// Tables that are loaded at once, by any number of processes: when the stage before is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The tables, in the order of the plan.
    pub tables: Vec<&'static str>,
    /// How many shards load them; 1 where one run must load them whole, or where there is too little to cut.
    pub shards: u64,
}

/// The options of its runs: `--tables levels`, or `--tables users,sessions --shard 1/16` to `16/16`.
impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`--tables {}", self.tables.join(","))?;
        match self.shards {
            1 => f.write_str("`"),
            shards => write!(f, " --shard 1/{shards}` to `{shards}/{shards}`"),
        }
    }
}

/// A relation whose parents must be there before its rows.
struct Wait<'a> {
    table: usize,
    parent: usize,
    relation: &'a Arc<Relation>,
    /// Whether a shard has the parents of its rows itself.
    stays: bool,
}

impl Plan {
    /// The stages in which so many shards load all tables. In each, a row's parents are of its own shard,
    /// or of a stage before; tables whose rows reference one another are loaded whole, by one run. Relations that the
    /// database does not enforce are no matter.
    ///
    /// ```
    /// use seed_core::{ColumnDef, Overrides, Plan, RelationDef, TableDef};
    ///
    /// # let columns = |names: &[&'static str]| names.iter().map(|name| ColumnDef::new(name)).collect();
    /// let levels = TableDef { count: Some(5), columns: columns(&["id"]), ..TableDef::new("levels") };
    /// let users = TableDef { count: Some(100), columns: columns(&["id"]), ..TableDef::new("users") };
    /// let user = RelationDef { with: Some(5.into()), ..RelationDef::new("user_id", "users", "id") };
    /// let level = RelationDef::new("level_id", "levels", "id");
    /// let scores = TableDef {
    ///     columns: columns(&["id", "user_id", "level_id"]),
    ///     relations: vec![user, level],
    ///     ..TableDef::new("scores")
    /// };
    ///
    /// let plan = Plan::new(42, vec![levels, users, scores], &Overrides::default())?;
    /// let stages: Vec<String> = plan.stages(16).iter().map(ToString::to_string).collect();
    /// assert_eq!(stages, ["`--tables levels`", "`--tables users,scores --shard 1/16` to `16/16`"]);
    /// # Ok::<(), seed_core::Errors>(())
    /// ```
    pub fn stages(&self, shards: u64) -> Vec<Stage> {
        let names = |tables: &[usize]| tables.iter().map(|&table| self.tables[table].def.name).collect();
        let all: Vec<usize> = (0..self.tables.len()).collect();
        if shards <= 1 {
            return vec![Stage { tables: names(&all), shards: 1 }];
        }
        let waits = self.waits(shards);
        let cycles = Cycles::new(&waits, self.tables.len());
        // How many stages come after that of a table: each is as late as it can be, together with its children.
        let mut after = vec![0; self.tables.len()];
        let mut moved = true;
        while moved {
            moved = false;
            for wait in &waits {
                let (table, parent) = (cycles.is_on(wait.table), cycles.is_on(wait.parent));
                let together = cycles.are_one(wait.table, wait.parent) || table == parent && (table || wait.stays);
                let least = after[wait.table] + usize::from(!together);
                if after[wait.parent] < least {
                    after[wait.parent] = least;
                    moved = true;
                }
            }
        }
        let mut stages: Vec<(Vec<usize>, u64)> = Vec::new();
        for left in (0..=after.iter().copied().max().unwrap_or(0)).rev() {
            let (whole, cut): (Vec<usize>, Vec<usize>) =
                all.iter().filter(|&&table| after[table] == left).partition(|&&table| cycles.is_on(table));
            let is_small = cut.iter().all(|&table| self.tables[table].rows < shards);
            for (tables, shards) in [(whole, 1), (cut, if is_small { 1 } else { shards })] {
                match stages.last_mut() {
                    _ if tables.is_empty() => {}
                    // One run loads both, in the order of the plan.
                    Some((before, 1)) if shards == 1 => before.extend(tables),
                    _ => stages.push((tables, shards)),
                }
            }
        }
        let stage = |(mut tables, shards): (Vec<usize>, u64)| {
            tables.sort_unstable();
            Stage { tables: names(&tables), shards }
        };
        stages.into_iter().map(stage).collect()
    }

    /// The rows that a run of some tables, or of all, loads for its shard, by the place of the table; `None` for a table
    /// that it leaves to others.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTable`]; [`Error::OtherShards`] where rows would come before parents that other shards load;
    /// [`Error::Apart`] where tables that reference one another are not loaded by one run.
    pub fn choose(&self, tables: Option<&[String]>, shard: Shard) -> Result<Vec<Option<Range<u64>>>, Errors> {
        let mut errors = Vec::new();
        for name in tables.into_iter().flatten().filter(|name| self.find(name).is_none()) {
            let suggestion = nearest(name, self.tables.iter().map(|table| table.def.name)).map(str::to_owned);
            errors.push(Error::UnknownTable { name: name.clone(), suggestion });
        }
        if !errors.is_empty() {
            return Errors::none_or(errors, Vec::new());
        }
        let is_chosen = |table: &TablePlan| tables.is_none_or(|names| names.iter().any(|name| name == table.def.name));
        let chosen: Vec<bool> = self.tables.iter().map(is_chosen).collect();
        let waits = self.waits(shard.count());
        let mut late = waits.iter().filter(|wait| wait.relation.when != When::WithItsRow);
        if let Some(wait) = late.find(|wait| chosen[wait.table] && !chosen[wait.parent]) {
            let cycles = Cycles::new(&waits, self.tables.len());
            let together = (0..self.tables.len()).filter(|&other| cycles.are_one(wait.table, other));
            errors.push(Error::Apart {
                table: self.tables[wait.table].def.name.to_owned(),
                column: wait.relation.name.to_owned(),
                parent: wait.relation.parent.to_owned(),
                tables: together.map(|table| self.tables[table].def.name.to_owned()).collect(),
            });
        } else if let Some(wait) = waits.iter().find(|wait| !wait.stays && chosen[wait.table] && chosen[wait.parent]) {
            let mut stages = self.stages(shard.count());
            stages.iter_mut().for_each(|stage| {
                stage.tables.retain(|name| {
                    self.tables.iter().zip(&chosen).any(|(table, chosen)| *chosen && table.def.name == *name)
                });
            });
            stages.retain(|stage| !stage.tables.is_empty());
            errors.push(Error::OtherShards {
                table: self.tables[wait.table].def.name.to_owned(),
                column: wait.relation.name.to_owned(),
                parent: wait.relation.parent.to_owned(),
                stages: stages.iter().map(ToString::to_string).collect(),
            });
        }
        let slices = self.slices(shard).into_iter().zip(chosen);
        Errors::none_or(errors, slices.map(|(slice, chosen)| chosen.then_some(slice)).collect())
    }

    /// The relations that the database enforces among the tables of the run.
    fn waits(&self, shards: u64) -> Vec<Wait<'_>> {
        let mut waits = Vec::new();
        for (at, table) in self.tables.iter().enumerate() {
            let enforced = |relation: &&Arc<Relation>| !relation.soft && !matches!(relation.parents, Parents::Nobody);
            for relation in table.relations.iter().filter(enforced) {
                let parent = self.tables.iter().position(|other| other.def.name == relation.parent);
                let stays = self.stays_within(table, relation, shards);
                waits.extend(parent.map(|parent| Wait { table: at, parent, relation, stays }));
            }
        }
        waits
    }
}

/// Which tables wait for which, directly or through others.
struct Cycles(Vec<BTreeSet<usize>>);

impl Cycles {
    fn new(waits: &[Wait<'_>], tables: usize) -> Cycles {
        let reached = |table| {
            let mut reached = BTreeSet::new();
            let mut left = vec![table];
            while let Some(table) = left.pop() {
                let parents = waits.iter().filter(|wait| wait.table == table).map(|wait| wait.parent);
                left.extend(parents.filter(|&parent| reached.insert(parent)));
            }
            reached
        };
        Cycles((0..tables).map(reached).collect())
    }

    /// Whether a table waits for itself.
    fn is_on(&self, table: usize) -> bool {
        self.0[table].contains(&table)
    }

    /// Whether two tables wait for each other, or are the same.
    fn are_one(&self, one: usize, other: usize) -> bool {
        one == other || self.0[one].contains(&other) && self.0[other].contains(&one)
    }
}
