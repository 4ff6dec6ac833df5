//! `Tables`: the tables of a plan, one after the other.

use std::cmp::Reverse;
use std::sync::Arc;

use super::TablePlan;
use crate::catalogue::Database;
use crate::cell::Key;
use crate::combination::Combination;
use crate::def::{ColumnDef, RelationDef, TableDef};
use crate::error::Error;
use crate::fan_out::FanOut;
use crate::overrides::Overrides;
use crate::plan::agreement::{Agreement, Candidate, differs_from, too_few};
use crate::plan::counts::{Count, Counts};
use crate::plan::groups::Groups;
use crate::plan::models::Models;
use crate::plan::order::{self, Order};
use crate::plan::relation::{Parents, Relation, When};
use crate::plan::way::reaches;
use crate::plan::within::Within;

/// The tables of a plan, in its order, and what they are made from.
pub(super) struct Tables<'a> {
    pub(super) planned: Vec<TablePlan>,
    pub(super) seed: u64,
    pub(super) models: &'a Models,
    pub(super) loading: &'a Order,
    pub(super) values: &'a Order,
    pub(super) counts: &'a Counts,
    pub(super) overrides: &'a Overrides,
    pub(super) database: &'a Database,
}

/// A table whose relations are being decided.
pub(super) struct Table<'a> {
    pub(super) model: usize,
    pub(super) def: &'a TableDef,
    pub(super) key: Key,
    pub(super) rows: u64,
    pub(super) driver: Option<&'a (usize, Arc<FanOut>)>,
    pub(super) combinations: Vec<Arc<Combination>>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(
        seed: u64,
        models: &'a Models,
        loading: &'a Order,
        values: &'a Order,
        counts: &'a Counts,
        overrides: &'a Overrides,
        database: &'a Database,
    ) -> Tables<'a> {
        let planned = Vec::with_capacity(models.defs.len());
        Tables { planned, seed, models, loading, values, counts, overrides, database }
    }

    /// Plans a table whose parents are planned, as far as they come before it.
    pub(super) fn add(&mut self, model: usize) -> Result<(), Vec<Error>> {
        let def = &self.models.defs[model];
        let key = Key::seed(self.seed).child(def.key);
        let first = self.first(def.name);
        // What is wrong with a child may only follow from a mistake already found.
        let is_planned = |parent: usize| {
            let is_later = self.values.is_forward(model, parent);
            self.counts.of(parent).is_some() && (is_later || self.planned.iter().any(|table| table.model == parent))
        };
        if !def.relations.iter().filter_map(|relation| self.models.find(relation.parent)).all(is_planned) {
            return Err(Vec::new());
        }
        let Some(Count { rows, why, driver }) = self.counts.of(model) else { return Err(Vec::new()) };
        // What differs together goes on behind the rows that are there, or begins anew with new parents.
        let is_new = |column: &str| {
            let mut relations = def.relations.iter().filter(|relation| relation.columns.contains(&column));
            relations.any(|relation| self.models.find(relation.parent).is_some())
        };
        let counted_from = |group: &[&str], drives: bool| {
            if drives || group.iter().any(|column| is_new(column)) { first } else { 0 }
        };
        let combinations = combinations(def, key, &counted_from, &|group| {
            let (at, fan_out) = driver.as_ref()?;
            let relation = &def.relations[*at];
            self.tells(relation, group).then(|| (def.name_of(relation), Arc::clone(fan_out)))
        });
        let table = Table { model, def, key, rows: *rows, driver: driver.as_ref(), combinations };
        let mut decided: Vec<(usize, Arc<Relation>)> = Vec::new();
        let mut errors = Vec::new();
        for at in self.in_turn(&table) {
            match self.relation(&table, at, &decided) {
                Ok(relation) => decided.push((at, Arc::new(relation))),
                Err(error) => errors.push(error),
            }
        }
        errors.extend(decided.iter().filter_map(|(_, relation)| self.given_by_others(def, relation, &decided)));
        if !errors.is_empty() {
            return Err(errors);
        }
        decided.sort_by_key(|(at, _)| *at);
        let relations = decided.into_iter().map(|(_, relation)| relation).collect();
        self.planned.push(TablePlan {
            def: def.clone(),
            model,
            key,
            first,
            used: first,
            rows: *rows,
            why: why.clone(),
            relations,
            combinations: table.combinations,
        });
        Ok(())
    }

    /// The relations in the order in which they are decided: the one that drives and those that are
    /// unique, which follow no other, then those that lead furthest, so that nearer ones follow from
    /// them, and self references last. Of those that differ from others, the ones that take parents in
    /// turn are first.
    fn in_turn(&self, table: &Table<'_>) -> Vec<usize> {
        let mut turns: Vec<usize> = (0..table.def.relations.len()).collect();
        let depth = |relation: &RelationDef| {
            let reaches = reaches(&self.planned, relation.parent, "");
            reaches.iter().map(|reach| reach.way.steps().len()).max().unwrap_or_default()
        };
        turns.sort_by_key(|&at| {
            let relation = &table.def.relations[at];
            let drives = table.driver.is_some_and(|(driver, _)| *driver == at);
            let is_own = relation.parent == table.def.name;
            let is_free = !table.def.is_one_to_one(relation);
            let name = table.def.name_of(relation);
            let differs = table.def.differ.iter().any(|group| group.contains(&name));
            let takes_turns = differs && table.combinations.iter().any(|one| one.columns.contains(&name));
            (!drives, is_own, is_free, !takes_turns, Reverse(if is_own { 0 } else { depth(relation) }))
        });
        turns
    }

    fn relation(&self, table: &Table<'_>, at: usize, decided: &[(usize, Arc<Relation>)]) -> Result<Relation, Error> {
        let (def, relation) = (table.def, &table.def.relations[at]);
        let name = def.name_of(relation);
        let parent = self.models.find(relation.parent);
        let is_own = parent == Some(table.model);
        let is_forward = parent.is_some_and(|parent| self.values.is_forward(table.model, parent));
        let waits = !is_own && parent.is_some_and(|parent| self.loading.is_forward(table.model, parent));
        let differs_from = differs_from(def, relation, decided)?;
        let parents = self.parents(table, at, &differs_from)?;
        // Where `with` gives a child to each parent, the child has one; a tree says which rows have none.
        let null = match parents {
            Parents::Driven(_) | Parents::Nobody | Parents::Tree(_) => 0.0,
            _ => {
                let given = self.overrides.table(def.name).and_then(|table| table.nulls.get(name)).copied();
                // Nor is NULL what another relation always gives a value.
                let is_given = |column: &&ColumnDef| {
                    let mut others = decided.iter().map(|(_, other)| other);
                    others.any(|other| other.always_gives() && other.columns.contains(&column.name))
                };
                let mut columns = relation.columns.iter().filter_map(|name| def.column(name));
                match columns.find(|column| column.nullable && !is_given(column)) {
                    Some(column) => given.unwrap_or(column.null_probability()),
                    None => 0.0,
                }
            }
        };
        let nullable = |name: &'static str| def.column(name).is_some_and(|column| column.nullable);
        let is_half_nullable =
            relation.columns.iter().copied().any(nullable) && !relation.columns.iter().copied().all(nullable);
        let column = def.column(name);
        let goes_on = parent.is_none() && matches!(parents, Parents::Distinct { .. });
        let mut made = Relation {
            columns: relation.columns.clone(),
            name,
            parent: relation.parent,
            parent_columns: relation.parent_columns.clone(),
            parents,
            agrees: None,
            when: if waits { order::when(def, relation, self.database) } else { When::WithItsRow },
            made: if parent.is_none() { self.database.outside.get(relation.parent).cloned() } else { None },
            constraint: self.database.constraint(def, relation).cloned(),
            soft: !self.database.enforces(def, relation),
            differs_from,
            within: None,
            is_own,
            is_forward,
            required: def.requires(relation),
            is_half_nullable,
            key: table.key.child(column.map_or(name, |column| column.key)),
            null,
            first: if goes_on { 0 } else { self.first(def.name) },
            parent_first: if parent.is_some() { self.first(relation.parent) } else { 0 },
        };
        self.agree(table, relation, &mut made, decided)?;
        Ok(made)
    }

    /// A relation without parents whose columns get values from others all the same: the values are
    /// nobody's.
    fn given_by_others(&self, def: &TableDef, relation: &Relation, all: &[(usize, Arc<Relation>)]) -> Option<Error> {
        let is_nobody = |relation: &Relation| matches!(relation.parents, Parents::Nobody);
        let is_given =
            |column: &&'static str| all.iter().any(|(_, other)| other.columns.contains(column) && !is_nobody(other));
        let is_made = |column: &&str| self.overrides.table(def.name).is_some_and(|table| table.makes(column));
        let is_open =
            is_nobody(relation) && !relation.columns.iter().any(is_made) && relation.columns.iter().all(is_given);
        let (table, column, parent) = (def.name.to_owned(), relation.name.to_owned(), relation.parent.to_owned());
        is_open.then(|| match self.models.find(relation.parent) {
            Some(_) => Error::NoParents { table, column, parent },
            None => Error::MissingParent { table, column, parent },
        })
    }

    /// Makes a relation agree with those that are decided, where it should.
    fn agree(
        &self,
        table: &Table<'_>,
        def: &RelationDef,
        relation: &mut Relation,
        decided: &[(usize, Arc<Relation>)],
    ) -> Result<(), Error> {
        if relation.is_forward && !relation.is_own {
            // The parents are not planned yet, so that nothing is known of their ancestors.
            let is_nobody = matches!(relation.parents, Parents::Nobody);
            return if is_nobody { Ok(()) } else { Agreement::needs_none(table.def, def, relation) };
        }
        if matches!(relation.parents, Parents::Driven(_) | Parents::Nobody) {
            return Ok(());
        }
        let others: Vec<Candidate<'_>> = decided
            .iter()
            .filter(|(_, other)| !matches!(other.parents, Parents::Nobody) && !other.is_own && !other.is_forward)
            .map(|(at, other)| Candidate { def: &table.def.relations[*at], relation: other })
            .collect();
        let Some(agreement) = Agreement::find(&self.planned, table.def, def, relation, &others)? else { return Ok(()) };
        let parents = self.counts.of_parent(self.models, relation.parent, self.database).unwrap_or(0);
        if agreement.tail.steps().is_empty() {
            if matches!(relation.parents, Parents::Drawn { .. }) && relation.differs_from.is_empty() {
                let by = agreement.shown(&self.planned, table.def);
                relation.parents = Parents::Through { way: agreement.way, further: agreement.further, parents, by };
                return Ok(());
            }
            return agreement.unless_forced(table.def, relation);
        }
        let ancestors = self.counts.of_parent(self.models, agreement.ancestor, self.database).unwrap_or(0);
        let count = if relation.is_own { table.rows } else { parents };
        if !Groups::are_possible(&agreement.tail, count, ancestors) {
            return agreement.unless_forced(table.def, relation);
        }
        let mut within = Within {
            way: agreement.way.clone(),
            tail: agreement.tail.clone(),
            parents: count,
            ancestors,
            groups: Arc::default(),
            distinct: None,
            least: match agreement.is_forced && !relation.is_own && (relation.required || !table.def.can_be_null(def)) {
                true => 1 + relation.differs_from.len() as u64,
                false => 0,
            },
        };
        match &relation.parents {
            Parents::Drawn { .. } | Parents::Earlier | Parents::Tree(_) => {}
            Parents::Previous if !relation.required => {}
            // The children of a row take the rows of its ancestor in turn, where there are enough, and all rows in
            // turn where it has none: so must those beside them.
            Parents::Combined { combination, .. }
                if combination.driver().is_some()
                    && relation.differs_from.is_empty()
                    && (within.way.is_driven() || within.way.always_leads()) =>
            {
                within.least = table.driver.map_or(0, |(_, children)| children.most());
                within.distinct = Some(Arc::clone(combination));
            }
            _ => return agreement.unless_forced(table.def, relation),
        }
        if !within.tail.is_open() {
            within.settle(relation);
            match within.too_few() {
                None => {}
                Some(_) if !agreement.is_forced => return Ok(()),
                Some(ancestor) => return Err(too_few(table.def, relation, &within, ancestor)),
            }
        } else if within.distinct.is_some() && !agreement.is_forced {
            // Whether there are enough is known when it is too late to do without.
            return Ok(());
        }
        // Where nothing forces it, a row that cannot agree has another parent, unless it can have none.
        let can_be_null = |name: &&'static str| table.def.column(name).is_some_and(|column| column.nullable);
        relation.required |= !agreement.is_forced && !relation.is_own && !relation.columns.iter().all(can_be_null);
        relation.agrees = Some(agreement.shown(&self.planned, table.def));
        relation.within = Some(within);
        Ok(())
    }

    pub(super) fn first(&self, table: &str) -> u64 {
        self.database.first.get(table).copied().unwrap_or(0)
    }
}

/// The column that names a relation, and the children that it gives each parent.
type Driver = (&'static str, Arc<FanOut>);

/// The columns of a table that are to differ together. A column takes part in one combination: in one
/// that follows, the others differ for each of its values. The one that drives takes part in all.
pub(super) fn combinations(
    def: &TableDef,
    key: Key,
    first: &dyn Fn(&[&str], bool) -> u64,
    driver_of: &dyn Fn(&[&'static str]) -> Option<Driver>,
) -> Vec<Arc<Combination>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut combinations: Vec<Arc<Combination>> = Vec::new();
    for group in def.combinations() {
        let (shared, columns): (Vec<_>, Vec<_>) = group.iter().copied().partition(|column| taken.contains(column));
        let driver = driver_of(group).filter(|(column, _)| columns.contains(column));
        let drives = |column: &&str| driver.as_ref().is_some_and(|(driver, _)| driver == column);
        taken.extend(columns.iter().filter(|column| !drives(column)));
        let first = first(group, driver.is_some());
        // Where the other begins anew with new parents, its values have been there with others.
        let has_shared = |other: &&Arc<Combination>| {
            other.driver().is_none()
                && other.is_counted_from(first)
                && shared.iter().all(|column| other.columns.contains(column))
        };
        let through = combinations.iter().find(has_shared).filter(|_| !shared.is_empty()).cloned();
        combinations.push(Arc::new(Combination::new(key, first, columns, shared, through, driver)));
    }
    combinations
}
