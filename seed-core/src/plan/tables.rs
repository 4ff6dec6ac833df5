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
use crate::generator::Domain;
use crate::generators::zipf::zipf;
use crate::overrides::Overrides;
use crate::plan::agreement::{Agreement, Candidate, differs_from};
use crate::plan::counts::{Count, Counts};
use crate::plan::forest::Forest;
use crate::plan::models::Models;
use crate::plan::order::{self, Order};
use crate::plan::relation::{DrivenBy, Parents, Relation, When};
use crate::plan::way::reaches;
use crate::plan::within::Within;

/// The tables of a plan, in its order, and what they are made from.
pub(super) struct Tables<'a> {
    pub(super) planned: Vec<TablePlan>,
    seed: u64,
    models: &'a Models,
    order: &'a Order,
    counts: &'a Counts,
    overrides: &'a Overrides,
    database: &'a Database,
}

/// A table whose relations are being decided.
struct Table<'a> {
    model: usize,
    def: &'a TableDef,
    key: Key,
    rows: u64,
    driver: Option<&'a (usize, Arc<FanOut>)>,
    combinations: Vec<Arc<Combination>>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(
        seed: u64,
        models: &'a Models,
        order: &'a Order,
        counts: &'a Counts,
        overrides: &'a Overrides,
        database: &'a Database,
    ) -> Tables<'a> {
        let planned = Vec::with_capacity(models.defs.len());
        Tables { planned, seed, models, order, counts, overrides, database }
    }

    /// Plans a table whose parents are planned, as far as they come before it.
    pub(super) fn add(&mut self, model: usize) -> Result<(), Vec<Error>> {
        let def = &self.models.defs[model];
        let key = Key::seed(self.seed).child(def.key);
        let first = self.first(def.name);
        // What is wrong with a child may only follow from a mistake already found.
        let is_counted = |parent: usize| self.counts.of(parent).is_some();
        if !def.relations.iter().filter_map(|relation| self.models.find(relation.parent)).all(is_counted) {
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
        let named = driver.as_ref().map(|(at, fan_out)| (def.name_of(&def.relations[*at]), Arc::clone(fan_out)));
        let combinations = combinations(def, key, &counted_from, named.as_ref());
        let table = Table { model, def, key, rows: *rows, driver: driver.as_ref(), combinations };
        let mut decided: Vec<(usize, Arc<Relation>)> = Vec::new();
        let mut errors = Vec::new();
        for at in self.in_turn(&table) {
            match self.relation(&table, at, &decided) {
                Ok(relation) => decided.push((at, Arc::new(relation))),
                Err(error) => errors.push(error),
            }
        }
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
    /// them, and self references last.
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
            (!drives, is_own, is_free, Reverse(if is_own { 0 } else { depth(relation) }))
        });
        turns
    }

    fn relation(&self, table: &Table<'_>, at: usize, decided: &[(usize, Arc<Relation>)]) -> Result<Relation, Error> {
        let (def, relation) = (table.def, &table.def.relations[at]);
        let name = def.name_of(relation);
        let parent = self.models.find(relation.parent);
        let is_own = parent == Some(table.model);
        let is_forward = parent.is_some_and(|parent| self.order.is_forward(table.model, parent));
        let differs_from = differs_from(def, relation, decided)?;
        let parents = self.parents(table, at, differs_from.len() as u64)?;
        // Where `with` gives a child to each parent, the child has one; a tree says which rows have none.
        let null = match parents {
            Parents::Driven(_) | Parents::Nobody | Parents::Tree(_) => 0.0,
            _ => {
                let given = self.overrides.table(def.name).and_then(|table| table.nulls.get(name)).copied();
                let nullable =
                    relation.columns.iter().filter_map(|name| def.column(name)).find(|column| column.nullable);
                given.or(nullable.map(ColumnDef::null_probability)).unwrap_or(0.0)
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
            when: if is_forward && !is_own { order::when(def, relation, self.database) } else { When::WithItsRow },
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

    /// Makes a relation agree with those that are decided, where it should.
    fn agree(
        &self,
        table: &Table<'_>,
        def: &RelationDef,
        relation: &mut Relation,
        decided: &[(usize, Arc<Relation>)],
    ) -> Result<(), Error> {
        if matches!(relation.parents, Parents::Driven(_) | Parents::Nobody) || relation.is_forward && !relation.is_own {
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
                relation.agrees = Some(agreement.shown(&self.planned, table.def));
                relation.parents = Parents::Through { way: agreement.way, parents };
                return Ok(());
            }
            return agreement.unless_forced(table.def, relation);
        }
        let ancestors = self.counts.of_parent(self.models, agreement.ancestor, self.database).unwrap_or(0);
        let (first, count) =
            if relation.is_own { (relation.first, table.rows) } else { (relation.parent_first, parents) };
        let Some(groups) = agreement.groups(relation, first, count, ancestors) else {
            return agreement.unless_forced(table.def, relation);
        };
        let mut within = Within {
            way: agreement.way.clone(),
            tail: agreement.tail.clone(),
            groups: Arc::new(groups),
            distinct: None,
        };
        match &relation.parents {
            Parents::Drawn { .. } | Parents::Earlier | Parents::Tree(_) => {}
            Parents::Previous if !relation.required => {}
            // The children of a row take the rows of its ancestor in turn, where there are enough.
            Parents::Combined { combination, .. } if combination.driver().is_some() => {
                let most = table.driver.map_or(0, |(_, children)| children.most());
                let is_enough =
                    relation.differs_from.is_empty() && within.groups.all().all(|(_, group)| group.size() >= most);
                if !is_enough {
                    return agreement.unless_forced(table.def, relation);
                }
                within.distinct = Some(Arc::clone(combination));
            }
            _ => return agreement.unless_forced(table.def, relation),
        }
        let empty = || within.groups.all().find(|(_, group)| group.size() == 0);
        if let Some((ancestor, _)) = empty().filter(|_| agreement.is_forced && relation.required && !relation.is_own) {
            return Err(agreement.nobody(table.def, relation, ancestor));
        }
        relation.agrees = Some(agreement.shown(&self.planned, table.def));
        relation.within = Some(within);
        Ok(())
    }

    /// How a relation finds its parents, were it the only one. From so many of them it must not choose.
    fn parents(&self, table: &Table<'_>, at: usize, apart: u64) -> Result<Parents, Error> {
        let (def, relation) = (table.def, &table.def.relations[at]);
        let name = def.name_of(relation);
        let mistake =
            |message: String| Err(Error::Setup { table: def.name.to_owned(), column: name.to_owned(), message });
        let given = self.overrides.table(def.name);
        let is_meant = |column: &String| def.relation(column) == Some(relation);
        let given_popular = given.and_then(|table| Some(*table.zipf.iter().find(|(column, _)| is_meant(column))?.1));
        if let Some((_, fan_out)) = table.driver.filter(|(driver, _)| *driver == at) {
            // A `with` of the run stands in place of what the model says.
            let is_driven_by_run = given.is_some_and(|table| table.with.keys().any(is_meant));
            return match given_popular.or(relation.zipf.filter(|_| !is_driven_by_run)) {
                Some(_) => mistake(
                    "`with` says how many children each parent gets, and `zipf` draws them; keep one of the two"
                        .to_owned(),
                ),
                None => Ok(Parents::Driven(DrivenBy(Arc::clone(fan_out)))),
            };
        }
        // The values come from elsewhere, and so may the parents.
        if given.is_some_and(|table| table.makes(name)) {
            return Ok(Parents::Nobody);
        }
        let is_one_to_one = def.is_one_to_one(relation);
        let popular = given_popular.or(relation.zipf);
        if relation.parent == def.name {
            if popular.is_some() {
                return mistake(
                    "`zipf` draws from all rows of a parent, and a self reference from earlier ones; leave it out"
                        .to_owned(),
                );
            }
            return match &relation.tree {
                Some(_) if is_one_to_one => {
                    mistake("the column is unique, so no row has two children; leave `tree` out".to_owned())
                }
                Some(tree) => {
                    let column = def.column(name).map_or(name, |column| column.key);
                    Forest::new(table.key.child(column), tree, table.rows).map(Parents::Tree).or_else(mistake)
                }
                None if is_one_to_one => Ok(Parents::Previous),
                None => Ok(Parents::Earlier),
            };
        }
        if relation.tree.is_some() {
            return mistake(format!(
                "`tree` is the shape of a self reference, and this one leads to `{}`; leave it out",
                relation.parent
            ));
        }
        let (table_name, column, parent) = (def.name.to_owned(), name.to_owned(), relation.parent.to_owned());
        let has = match self.counts.of_parent(self.models, relation.parent, self.database) {
            None | Some(0) if !def.requires(relation) => return Ok(Parents::Nobody),
            None => return Err(Error::MissingParent { table: table_name, column, parent }),
            Some(0) if table.rows == 0 => return Ok(Parents::Nobody),
            Some(0) if self.models.find(relation.parent).is_none() => {
                return Err(Error::EmptyParent { table: table_name, column, parent });
            }
            Some(0) => return Err(Error::NoParents { table: table_name, column, parent }),
            Some(has) => has,
        };
        let Some(parents) = has.checked_sub(apart).filter(|&parents| parents > 0) else {
            return mistake(format!(
                "each row needs {} different rows of `{parent}`, and there are {has}; give `{parent}` a higher count",
                apart + 1
            ));
        };
        if is_one_to_one {
            if popular.is_some() {
                return mistake(
                    "the column is unique, so each parent has one child at most; leave `zipf` out".to_owned(),
                );
            }
            if apart > 0 {
                return mistake("the column is unique, so its parents are given out in turn; let the others differ from it instead, which are drawn".to_owned());
            }
            // Rows of the database have children that are there; those of the run have not.
            let is_new = self.models.find(relation.parent).is_some();
            let needs = table.rows.saturating_add(if is_new { 0 } else { self.first(def.name) });
            if needs > has {
                return Err(Error::TooFewParents { table: table_name, column, parent, has, needs });
            }
            return Ok(Parents::Distinct { parents });
        }
        let combination = table.combinations.iter().find(|combination| combination.columns.contains(&name)).cloned();
        match (popular, combination) {
            (Some(_), Some(_)) => mistake(
                "the column differs together with others, which takes parents in turn; leave `zipf` out".to_owned(),
            ),
            (Some(exponent), None) => {
                let ranks = zipf::<i64>(parents, exponent);
                ranks.check().map(|()| Parents::Popular { ranks, parents }).or_else(mistake)
            }
            (None, Some(combination)) => Ok(Parents::Combined { combination, parents }),
            (None, None) => Ok(Parents::Drawn { parents }),
        }
    }

    fn first(&self, table: &str) -> u64 {
        self.database.first.get(table).copied().unwrap_or(0)
    }
}

/// The columns of a table that are to differ together. A column takes part in one combination: in one
/// that follows, the others differ for each of its values. The one that drives takes part in all.
pub(super) fn combinations(
    def: &TableDef,
    key: Key,
    first: &dyn Fn(&[&str], bool) -> u64,
    driver: Option<&(&'static str, Arc<FanOut>)>,
) -> Vec<Arc<Combination>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut combinations: Vec<Arc<Combination>> = Vec::new();
    for group in def.combinations() {
        let (shared, columns): (Vec<_>, Vec<_>) = group.iter().copied().partition(|column| taken.contains(column));
        let driver = driver.filter(|(column, _)| columns.contains(column)).cloned();
        let drives = |column: &&str| driver.as_ref().is_some_and(|(driver, _)| driver == column);
        taken.extend(columns.iter().filter(|column| !drives(column)));
        let has_shared = |other: &&Arc<Combination>| {
            other.driver().is_none() && shared.iter().all(|column| other.columns.contains(column))
        };
        let through = combinations.iter().find(has_shared).filter(|_| !shared.is_empty()).cloned();
        let first = first(group, driver.is_some());
        combinations.push(Arc::new(Combination::new(key, first, columns, shared, through, driver)));
    }
    combinations
}
