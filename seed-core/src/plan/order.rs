//! The orders of tables: parents before children, as far as there is such an order.

use super::models::Models;
use crate::catalogue::{Database, Deferral};
use crate::def::{RelationDef, TableDef};
use crate::error::Error;
use crate::plan::agreement::shared;
use crate::plan::relation::When;

/// The models in an order.
pub(super) struct Order {
    pub(super) models: Vec<usize>,
    /// The place of each model.
    places: Vec<usize>,
}

/// What a table that is loaded before its parent costs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cost {
    /// Nothing: the database does not look.
    Free,
    /// The check waits for the end.
    Deferred,
    /// An update.
    Afterwards,
    /// The check waits, and for each new parent all children are searched for one that waits for it.
    Searched,
}

/// What is lost where the rows of a table are decided before those of its parent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Loss {
    /// What is made for the parent can be NULL as well.
    Optional,
    /// That its times and ancestors fit.
    Required,
    /// That its columns fit those of another relation.
    Shared,
}

/// A relation between two tables of the run.
struct Edge<C> {
    child: usize,
    parent: usize,
    /// What it costs to have the child first; `None` where that cannot be.
    cost: Option<C>,
    column: &'static str,
}

impl Order {
    /// The order of loading: parents before children, and otherwise as given. A cycle is opened where that
    /// costs least: at a relation that the database does not enforce, or can check at the end, or that
    /// can be NULL at first.
    pub(super) fn of_loading(models: &Models, database: &Database) -> Result<Order, Error> {
        let edges = edges(models, |def, relation| cost(def, relation, database));
        Order::new(models, &edges).map_err(|waiting| cycle(models, &edges, &waiting))
    }

    /// The order in which it is decided what the rows hold. The database has no say in it: the rows are
    /// the same on each.
    pub(super) fn of_values(models: &Models) -> Order {
        let edges = edges(models, |def, relation| Some(loss(def, relation)));
        Order::new(models, &edges).unwrap_or_else(|_| unreachable!("a cycle can be opened anywhere"))
    }

    /// Tables that reference one another, and of which none can be first, are an error.
    fn new<C: Copy + Ord>(models: &Models, edges: &[Edge<C>]) -> Result<Order, Vec<usize>> {
        let mut order: Vec<usize> = Vec::with_capacity(models.defs.len());
        let mut left: Vec<usize> = (0..models.defs.len()).collect();
        while !left.is_empty() {
            let waits = |&table: &usize| edges.iter().any(|edge| edge.child == table && left.contains(&edge.parent));
            let (waiting, mut ready): (Vec<usize>, Vec<usize>) = left.iter().partition(|table| waits(table));
            if ready.is_empty() {
                let Some(first) = opening(models, edges, &waiting) else { return Err(waiting) };
                ready.push(first);
            }
            left.retain(|table| !ready.contains(table));
            order.extend(ready);
        }
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, &model)| places[model] = place);
        Ok(Order { models: order, places })
    }

    pub(super) fn place(&self, model: usize) -> usize {
        self.places[model]
    }

    /// Whether a table comes after another one, or is the same.
    pub(super) fn is_forward(&self, child: usize, parent: usize) -> bool {
        self.places[parent] >= self.places[child]
    }
}

/// When the foreign key of a relation whose parent comes later is written.
pub(super) fn when(def: &TableDef, relation: &RelationDef, database: &Database) -> When {
    match cost(def, relation, database) {
        Some(Cost::Deferred | Cost::Searched) => When::Deferred,
        Some(Cost::Afterwards) => When::Afterwards { columns: nullable_columns(def, relation) },
        Some(Cost::Free) | None => When::WithItsRow,
    }
}

fn edges<C>(models: &Models, cost: impl Fn(&TableDef, &RelationDef) -> Option<C>) -> Vec<Edge<C>> {
    let mut edges = Vec::new();
    for (child, def) in models.defs.iter().enumerate() {
        for relation in &def.relations {
            if let Some(parent) = models.find(relation.parent).filter(|&parent| parent != child) {
                edges.push(Edge { child, parent, cost: cost(def, relation), column: def.name_of(relation) });
            }
        }
    }
    edges
}

fn cost(def: &TableDef, relation: &RelationDef, database: &Database) -> Option<Cost> {
    let is_filled = |key: &&'static str| def.column(key).is_some();
    let is_identified = !def.primary_key.is_empty() && def.primary_key.iter().all(is_filled);
    let can_be_null = is_identified && !nullable_columns(def, relation).is_empty();
    if !database.enforces(def, relation) {
        return Some(Cost::Free);
    }
    match database.deferral {
        Deferral::Always if !can_be_null => Some(Cost::Searched),
        Deferral::Declared if database.defers(def, relation) => Some(Cost::Deferred),
        _ => can_be_null.then_some(Cost::Afterwards),
    }
}

fn loss(def: &TableDef, relation: &RelationDef) -> Loss {
    if shared(def, relation).is_some() {
        Loss::Shared
    } else if def.requires(relation) {
        Loss::Required
    } else {
        Loss::Optional
    }
}

/// The columns of a foreign key that can be NULL, and take part in nothing else.
fn nullable_columns(def: &TableDef, relation: &RelationDef) -> Vec<&'static str> {
    let is_shared = |name: &str| {
        let relations = def.relations.iter().filter(|relation| relation.columns.contains(&name)).count();
        relations > 1 || def.primary_key.contains(&name)
    };
    let is_nullable = |name: &str| def.column(name).is_some_and(|column| column.nullable);
    relation.columns.iter().filter(|name| is_nullable(name) && !is_shared(name)).copied().collect()
}

/// The table that is best first although its parents are not: one that really is on a cycle.
fn opening<C: Copy + Ord>(models: &Models, edges: &[Edge<C>], waiting: &[usize]) -> Option<usize> {
    let open = |table: usize| edges.iter().filter(move |edge| edge.child == table && waiting.contains(&edge.parent));
    let reaches = |from: usize| {
        let mut reached = vec![from];
        let mut at = 0;
        while let Some(&table) = reached.get(at) {
            let parents: Vec<usize> = open(table).map(|edge| edge.parent).collect();
            parents.into_iter().for_each(|parent| {
                if !reached.contains(&parent) {
                    reached.push(parent);
                }
            });
            at += 1;
        }
        reached
    };
    let is_last = |table: &usize| reaches(*table).into_iter().all(|other| reaches(other).contains(table));
    let costs = |table: usize| {
        let mut costs: Vec<Option<C>> = open(table).map(|edge| edge.cost).collect();
        costs.sort_by(|one, other| other.cmp(one));
        costs
    };
    let candidates = waiting.iter().copied().filter(is_last);
    let candidates = candidates.filter(|&table| open(table).all(|edge| edge.cost.is_some()));
    // Of those that are as good, always the same one, in whichever order they are given.
    candidates.min_by_key(|&table| (costs(table), models.defs[table].key))
}

/// A cycle of relations of which none can wait.
fn cycle<C>(models: &Models, edges: &[Edge<C>], waiting: &[usize]) -> Error {
    let to_one_of = |child: usize, tables: &[usize]| {
        edges.iter().find(|edge| edge.child == child && edge.cost.is_none() && tables.contains(&edge.parent))
    };
    // Tables from which such relations lead to no cycle go, one layer after the other.
    let mut stuck = waiting.to_vec();
    loop {
        let kept: Vec<usize> = stuck.iter().copied().filter(|&table| to_one_of(table, &stuck).is_some()).collect();
        if kept.len() == stuck.len() {
            break;
        }
        stuck = kept;
    }
    let mut path: Vec<&Edge<C>> = Vec::new();
    let mut table = stuck.first().copied();
    while let Some(edge) = table.and_then(|table| to_one_of(table, &stuck)) {
        if let Some(start) = path.iter().position(|seen| seen.child == edge.child) {
            path.drain(..start);
            break;
        }
        path.push(edge);
        table = Some(edge.parent);
    }
    let name = |table: usize| models.defs[table].name;
    let shown = |edge: &&Edge<C>| format!("{}.{} -> {}", name(edge.child), edge.column, name(edge.parent));
    Error::Cycle { edges: path.iter().map(shown).collect() }
}
