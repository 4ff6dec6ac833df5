//! `Way`: from a row up to one of its ancestors.

use std::sync::Arc;

use super::TablePlan;
use crate::plan::relation::{Parents, Relation};
use crate::plan::within::Within;

/// Relations that lead, one after the other, from a row to one of its ancestors.
#[derive(Debug, Clone)]
pub struct Way(Vec<Arc<Relation>>);

/// How a table's rows reach an ancestor.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// The ancestor's table.
    pub(super) ancestor: &'static str,
    /// The foreign key that references it, on the last step.
    pub(super) last: &'static str,
    /// The steps, from the table on: none to the table itself.
    pub(super) way: Way,
}

impl Way {
    pub(super) fn new(steps: Vec<Arc<Relation>>) -> Way {
        Way(steps)
    }

    pub(super) fn steps(&self) -> &[Arc<Relation>] {
        &self.0
    }

    /// The way that goes on where this one ends.
    pub(super) fn then(&self, further: &[Arc<Relation>]) -> Way {
        Way(self.0.iter().chain(further).cloned().collect())
    }

    /// The ancestor of a row. The first step does not heed NULL, so that rows which agree with a foreign
    /// key that is NULL still agree with one another.
    #[inline]
    pub(crate) fn ancestor(&self, row: u64) -> Option<u64> {
        let (first, further) = self.0.split_first()?;
        further.iter().try_fold(first.candidate(row)?, |row, relation| relation.on_the_way(row))
    }

    /// Whether each row has an ancestor.
    pub(super) fn always_leads(&self) -> bool {
        let Some((first, further)) = self.0.split_first() else { return false };
        let always = |step: &Arc<Relation>| step.has_candidates() && (step.null == 0.0 || step.is_half_nullable);
        first.has_candidates() && further.iter().all(always)
    }

    /// Whether it begins with the relation that drives, so that all children of a row have one ancestor.
    pub(super) fn is_driven(&self) -> bool {
        self.0.first().is_some_and(|first| matches!(first.parents, Parents::Driven(_)))
    }

    /// Settles all steps.
    pub(super) fn settle(&self) {
        self.0.iter().for_each(|step| step.settle());
    }

    /// Whether a step is decided only with the columns of its table: parents are taken in turn, so that
    /// the foreign key differs together with columns of which the plan does not know how many values
    /// they have.
    pub(super) fn is_open(&self) -> bool {
        self.0.iter().any(|step| {
            let takes_turns = matches!(step.parents, Parents::Combined { .. }) && !step.is_distinct_within();
            let goes_open_ways = match &step.parents {
                Parents::Through { way, .. } => way.is_open(),
                _ => Way(step.differs_from.clone()).is_open(),
            };
            let is_open = |within: &Within| !within.is_settled() || within.way.is_open();
            takes_turns || goes_open_ways || step.within.as_ref().is_some_and(is_open)
        })
    }

    /// The tables on the way: `projects.account_id`, or `orders.user_id, users.team_id`.
    pub(super) fn shown(&self, tables: &[TablePlan]) -> String {
        let table_of = |relation: &Arc<Relation>| {
            let has = |table: &&TablePlan| table.relations.iter().any(|other| Arc::ptr_eq(other, relation));
            tables.iter().find(has).map(|table| format!("{}.{}", table.def.name, relation.name))
        };
        self.0.iter().filter_map(table_of).collect::<Vec<_>>().join(", ")
    }

    /// The same way in its shortest form: a step that was chosen so that it agrees with another way is
    /// that way.
    pub(super) fn shortest(&self) -> Vec<*const Relation> {
        let mut steps: Vec<Arc<Relation>> = self.0.clone();
        'shorten: loop {
            for at in 0..steps.len() {
                let step = Arc::clone(&steps[at]);
                if let Parents::Through { way, .. } = &step.parents {
                    steps.splice(at..=at, way.0.iter().cloned());
                    continue 'shorten;
                }
                let Some(Within { way, tail, .. }) = &step.within else { continue };
                let further = &steps[at + 1..];
                let is_same = |(one, other)| Arc::ptr_eq(one, other);
                if further.len() >= tail.0.len() && further.iter().zip(&tail.0).all(is_same) {
                    steps.splice(at..=at + tail.0.len(), way.0.iter().cloned());
                    continue 'shorten;
                }
            }
            return steps.iter().map(Arc::as_ptr).collect();
        }
    }
}

/// The ancestors of the rows of a table, each by its shortest way, nearest first.
pub(super) fn reaches(tables: &[TablePlan], table: &'static str, named: &'static str) -> Vec<Reach> {
    let mut reached = vec![Reach { ancestor: table, last: named, way: Way(Vec::new()) }];
    let mut at = 0;
    while at < reached.len() {
        let Reach { ancestor, way, .. } = reached[at].clone();
        at += 1;
        let Some(plan) = tables.iter().find(|plan| plan.def.name == ancestor) else { continue };
        for relation in plan.relations.iter().filter(|relation| leads_up(relation)) {
            let is_new = |reach: &Reach| reach.ancestor != relation.parent || reach.last != relation.name;
            if reached.iter().all(is_new) {
                let way = way.then(std::slice::from_ref(relation));
                reached.push(Reach { ancestor: relation.parent, last: relation.name, way });
            }
        }
    }
    reached
}

/// Whether a relation leads to another table, and not perhaps back.
pub(super) fn leads_up(relation: &Relation) -> bool {
    !relation.is_forward && !matches!(relation.parents, Parents::Nobody | Parents::Made)
}
