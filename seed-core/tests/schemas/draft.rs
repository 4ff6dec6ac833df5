//! `Draft`: a schema that is being made, and the steps that make it.

use std::collections::BTreeSet;
use std::sync::Mutex;

use seed_core::{ColumnDef, Key, RelationDef, Share, Stream, TableDef, With};

use super::super::schema::{Constraint, Table};

/// A schema that is being made.
pub(super) struct Draft {
    stream: Stream,
    pub(super) tables: Vec<Made>,
}

/// A table, and how many rows it has about.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) table: Table,
    /// Not fewer, where that can be said.
    pub(super) least: u64,
    /// Not more.
    pub(super) most: u64,
}

/// The children of one row of a table, all the way down, are at most about so many.
const MOST_CHILDREN: u64 = 200;

impl Made {
    pub(super) fn new(name: &'static str) -> Made {
        let table = Table { def: TableDef::new(name), constraints: Vec::new() };
        Made { table, least: 0, most: u64::MAX }
    }

    pub(super) fn column(&mut self, name: &'static str, nullable: bool) {
        self.table.def.columns.push(ColumnDef { nullable, ..ColumnDef::new(name) });
    }

    pub(super) fn is_driven(&self) -> bool {
        self.table.def.relations.iter().any(|relation| relation.with.is_some())
    }
}

impl Draft {
    pub(super) fn new(seed: u64) -> Draft {
        Draft { stream: Key::seed(seed).child("schemas").stream(0), tables: Vec::new() }
    }

    pub(super) fn below(&mut self, size: u64) -> u64 {
        self.stream.below(size)
    }

    /// True in so many of 100 cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.below(all.len() as u64) as usize).cloned()
    }

    /// Adds a relation to a table, with the columns it needs, and gives its place. One time in so many of
    /// 100 a column that the parent's key has from elsewhere is shared with another relation of the table.
    pub(super) fn refer(&mut self, child: &mut Made, parent: usize, nullable: bool, shares: u64) -> usize {
        let parent = &self.tables[parent].table.def;
        let (name, single) = (parent.name, parent.primary_key.clone());
        let keys = keys(parent);
        let key = if single.len() == 1 && self.chance(70) { Some(single) } else { self.pick(&keys) };
        let key = key.expect("every table has a key");
        self.refer_to(child, name, key, nullable, shares)
    }

    pub(super) fn refer_to(
        &mut self,
        child: &mut Made,
        parent: &'static str,
        key: Vec<&'static str>,
        nullable: bool,
        shares: u64,
    ) -> usize {
        let is_composite = key.len() > 1;
        let mut columns: Vec<&'static str> = Vec::new();
        for &column in &key {
            // `t3_id` is called so wherever it goes.
            let base = if column.contains('_') && column.starts_with('t') {
                column.to_owned()
            } else {
                format!("{parent}_{column}")
            };
            let has = |name: &str| child.table.def.column(name).is_some();
            let can_share = is_composite && columns.is_empty() && has(&base) && child.table.def.references(&base);
            if can_share && self.chance(shares) {
                columns.push(intern(base));
                continue;
            }
            let names = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}_{n}")));
            let name = intern(names.into_iter().find(|name| !has(name)).expect("one of them is free"));
            let null = if nullable && self.chance(50) { Some(self.below(6) as f64 / 10.0) } else { None };
            child.table.def.columns.push(ColumnDef { nullable, null, ..ColumnDef::new(name) });
            columns.push(name);
        }
        let constraint = match self.below(20) {
            0 | 1 => Constraint::Deferrable,
            2 => Constraint::None,
            _ => Constraint::Immediate,
        };
        child.table.def.relations.push(RelationDef { columns, parent, parent_columns: key, ..RelationDef::default() });
        child.table.constraints.push(constraint);
        child.table.def.relations.len() - 1
    }

    /// Lets no two rows of a table have the same parent.
    pub(super) fn make_unique(&mut self, child: &mut Made, at: usize) {
        match child.table.def.relations[at].columns.clone().as_slice() {
            &[name] => {
                let column = child.table.def.columns.iter_mut().find(|column| column.name == name);
                column.expect("the column of the relation").unique = true;
            }
            columns => child.table.def.unique.push(columns.to_vec()),
        }
        let parent = child.table.def.relations[at].parent;
        let least = self.tables.iter().find(|made| made.table.def.name == parent).map_or(0, |made| made.least);
        child.most = child.most.min(least);
    }

    /// Lets a relation count the rows of a table, each parent with no more children than these; not where
    /// they would be too many.
    pub(super) fn drive(&mut self, child: &mut Made, at: usize, most: u64) -> bool {
        let relation = &mut child.table.def.relations[at];
        let Some(parent) = self.tables.iter().find(|made| made.table.def.name == relation.parent) else { return false };
        let (parent_least, parent_most) = (parent.least, parent.most);
        let most = most.min(MOST_CHILDREN / parent_most.max(1));
        if most == 0 {
            return false;
        }
        let most = most.min(4);
        let (least, with) = match self.below(5) {
            0 => (0, With::from(0..=most)),
            1 => (0, With::weighted([Share::new(0.6, 1), Share::new(0.3, most), Share::new(0.1, 0)])),
            2 => (most, With::from(most)),
            _ => (1, With::from(1..=most)),
        };
        relation.with = Some(with);
        (child.least, child.most) = (parent_least * least, parent_most * most);
        true
    }

    /// Gives a table a count that is not above its limit.
    pub(super) fn count(&mut self, child: &mut Made) {
        let count = match self.below(40) {
            0 => self.below(3),
            _ => 4 + self.below(37),
        };
        let count = count.min(child.most);
        child.table.def.count = Some(count);
        (child.least, child.most) = (count, count);
    }
}

/// What others can reference: the keys of a table, of which no column can be NULL.
pub(super) fn keys(def: &TableDef) -> Vec<Vec<&'static str>> {
    let is_required = |name: &&'static str| def.column(name).is_some_and(|column| !column.nullable);
    let alone = def.columns.iter().filter(|column| column.unique && !column.nullable).map(|column| vec![column.name]);
    let groups = def.unique.iter().filter(|group| group.iter().all(&is_required)).cloned();
    let mut keys: Vec<Vec<&'static str>> =
        std::iter::once(def.primary_key.clone()).chain(alone).chain(groups).collect();
    if def.primary_key == ["id"] && !def.references("id") {
        // Those of a tenant: `(t0_id, id)`.
        let is_required =
            |name: &&'static str| def.column(name).is_some_and(|column| !column.nullable && !column.unique);
        let single = def.relations.iter().filter(|relation| relation.parent != def.name).map(|one| &one.columns);
        let single =
            single.filter_map(|columns| columns.first().filter(|name| columns.len() == 1 && is_required(name)));
        let tenants: Vec<Vec<&'static str>> = single.map(|&name| vec![name, "id"]).collect();
        keys.extend(tenants);
    }
    keys
}

/// Names live as long as the program, each once.
pub(super) fn intern(name: String) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().expect("the names");
    names.get(name.as_str()).copied().unwrap_or_else(|| {
        let name: &'static str = name.leak();
        names.insert(name);
        name
    })
}
