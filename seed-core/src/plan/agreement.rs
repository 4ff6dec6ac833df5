//! `Agreement`: two ways from a row to one ancestor that lead to the same row of it.

use std::sync::Arc;

use super::TablePlan;
use crate::def::{RelationDef, TableDef};
use crate::error::Error;
use crate::plan::relation::Relation;
use crate::plan::way::{Reach, Way, leads_up, reaches};
use crate::plan::within::Within;

/// A relation of the row that is decided already.
pub(super) struct Candidate<'a> {
    pub(super) def: &'a RelationDef,
    pub(super) relation: &'a Arc<Relation>,
}

/// What a relation has to agree with.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    /// The table in which both ways end.
    pub(super) ancestor: &'static str,
    /// From the row to the ancestor, by relations that are decided.
    pub(super) way: Way,
    /// From the relation's parent to the ancestor.
    pub(super) tail: Way,
    /// Whether a column that two foreign keys share would else need two values.
    pub(super) is_forced: bool,
    /// Further ways to the relation's own parent, for rows in which a foreign key on the first one is NULL.
    pub(super) further: Vec<Way>,
}

impl Agreement {
    /// The agreement from which all others of a relation follow: one that a shared column forces, else
    /// the nearest.
    pub(super) fn find(
        planned: &[TablePlan],
        table: &TableDef,
        def: &RelationDef,
        relation: &Relation,
        others: &[Candidate<'_>],
    ) -> Result<Option<Agreement>, Error> {
        let mut all = Vec::new();
        for other in others {
            for column in def.columns.iter().filter(|column| other.def.columns.contains(column)) {
                all.push(Agreement::forced(planned, table, relation, other.relation, column)?);
            }
        }
        if relation.is_own {
            // Those of a row and of its parent: the row's own relations, once more.
            let own = others.iter().filter(|_| def.agree == Some(true)).map(|other| Agreement {
                ancestor: other.relation.parent,
                way: Way::new(vec![Arc::clone(other.relation)]),
                tail: Way::new(vec![Arc::clone(other.relation)]),
                is_forced: false,
                further: Vec::new(),
            });
            all.extend(own.take(1));
        } else if def.agree != Some(false) {
            let mut by_default = by_default(planned, def, relation, others);
            by_default.sort_by_key(|agreement| (agreement.tail.steps().len(), agreement.way.steps().len()));
            all.extend(by_default);
        }
        let mut all = all.into_iter();
        let Some(mut first) = all.next() else { return Ok(None) };
        if !first.is_forced && first.tail.steps().is_empty() {
            let meets = all.as_slice().iter().filter(|other| other.tail.steps().is_empty());
            first.further = meets.map(|other| other.way.clone()).collect();
        }
        let is_implied = |other: &Agreement| match relation.is_own {
            true => first.way.shortest() == other.way.shortest(),
            false => first.implies(other),
        };
        match all.find(|other| other.is_forced && !is_implied(other)) {
            None => Ok(Some(first)),
            Some(_) => {
                Err(not_agreeing(table, relation, "shares columns with several others, whose rows are chosen apart"))
            }
        }
    }

    /// Nothing forces an agreement on a relation whose parents come later.
    pub(super) fn needs_none(table: &TableDef, def: &RelationDef, relation: &Relation) -> Result<(), Error> {
        let Some((column, other)) = shared(table, def) else { return Ok(()) };
        let reason = format!(
            "shares `{column}` with `{}`, but the rows of `{}` come later, and may have other values there",
            table.name_of(other),
            relation.parent
        );
        Err(not_agreeing(table, relation, &reason))
    }

    /// Both foreign keys take the value of a column from the same column of one ancestor.
    fn forced(
        planned: &[TablePlan],
        table: &TableDef,
        relation: &Relation,
        other: &Arc<Relation>,
        column: &'static str,
    ) -> Result<Agreement, Error> {
        let own = relation.parent_column(column).map(|column| origin(planned, relation.parent, column));
        let others = other.parent_column(column).map(|column| origin(planned, other.parent, column));
        let (Some(own), Some(others)) = (own, others) else {
            return Err(not_agreeing(table, relation, "references no column of its parent"));
        };
        if relation.is_own && relation.parent_column(column) != Some(column) {
            let reason = format!("leads to an earlier row, but shares `{column}` with `{}`", other.name);
            return Err(not_agreeing(table, relation, &reason));
        }
        if let Some(Origin { table, way, .. }) = others.last().filter(|_| relation.is_own) {
            // The parent takes the column from where its children take it.
            let way = Way::new(vec![Arc::clone(other)]).then(way.steps());
            return Ok(Agreement { ancestor: table, tail: way.clone(), way, is_forced: true, further: Vec::new() });
        }
        // As far up as can be: rows that meet there may differ below.
        let meets = own.iter().rev().find_map(|own| {
            let other = others.iter().find(|other| (other.table, other.column) == (own.table, own.column))?;
            Some((own, other))
        });
        let Some((own, others)) = meets else {
            let reason = format!(
                "shares `{column}` with `{}`, but `{}` and `{}` take its value from different places",
                other.name,
                relation.gives(column),
                other.gives(column)
            );
            return Err(not_agreeing(table, relation, &reason));
        };
        let way = Way::new(vec![Arc::clone(other)]).then(others.way.steps());
        Ok(Agreement { ancestor: own.table, way, tail: own.way.clone(), is_forced: true, further: Vec::new() })
    }

    /// Whether the other agreement holds where this one does.
    fn implies(&self, other: &Agreement) -> bool {
        let is_same = |(one, other): (&Arc<Relation>, &Arc<Relation>)| Arc::ptr_eq(one, other);
        let (tail, others) = (self.tail.steps(), other.tail.steps());
        others.len() >= tail.len()
            && tail.iter().zip(others).all(is_same)
            && self.way.then(&others[tail.len()..]).shortest() == other.way.shortest()
    }

    /// Where the relation cannot be made to agree, it is an error or no matter.
    pub(super) fn unless_forced(&self, table: &TableDef, relation: &Relation) -> Result<(), Error> {
        if self.is_forced { Err(too_few_to_differ(table, relation)) } else { Ok(()) }
    }

    /// The agreement in a few words: `the same accounts as by project_id`.
    pub(super) fn shown(&self, planned: &[TablePlan], table: &TableDef) -> String {
        let first = self.way.steps().first().map_or(table.name, |step| step.name);
        let further = Way::new(self.way.steps().get(1..).unwrap_or_default().to_vec()).shown(planned);
        let by = if further.is_empty() { first.to_owned() } else { format!("{first} and {further}") };
        if self.tail.steps().is_empty() {
            format!("that of {by}")
        } else {
            format!("of the same {} as by {by}", self.ancestor)
        }
    }
}

/// A column of a foreign key that another one has as well.
pub(super) fn shared<'a>(table: &'a TableDef, def: &RelationDef) -> Option<(&'static str, &'a RelationDef)> {
    let mut others = table.relations.iter().filter(|other| *other != def);
    others.find_map(|other| {
        let column = def.columns.iter().find(|column| other.columns.contains(column))?;
        Some((*column, other))
    })
}

/// Ways of the relation and of others that end in one table, by foreign keys of one name.
fn by_default(
    planned: &[TablePlan],
    def: &RelationDef,
    relation: &Relation,
    others: &[Candidate<'_>],
) -> Vec<Agreement> {
    let own = reaches(planned, relation.parent, relation.name);
    let mut found = Vec::new();
    for other in others.iter().filter(|other| other.def.agree != Some(false)) {
        let any_name = def.agree == Some(true) || other.def.agree == Some(true);
        for Reach { ancestor, last, way } in reaches(planned, other.relation.parent, other.relation.name) {
            let meets = |own: &&Reach| own.ancestor == ancestor && (any_name || own.last == last);
            // Two foreign keys of one row are two roles, unless it is said otherwise.
            let is_further = |own: &&Reach| !own.way.steps().is_empty() || !way.steps().is_empty() || any_name;
            if let Some(own) = own.iter().filter(meets).find(is_further) {
                let way = Way::new(vec![Arc::clone(other.relation)]).then(way.steps());
                found.push(Agreement { ancestor, way, tail: own.way.clone(), is_forced: false, further: Vec::new() });
            }
        }
    }
    found
}

/// A column, and the way from a table to it.
struct Origin {
    table: &'static str,
    column: &'static str,
    way: Way,
}

/// Where a column takes its value from: itself, then the column that it references, and so on.
fn origin(planned: &[TablePlan], table: &'static str, column: &'static str) -> Vec<Origin> {
    let mut found = vec![Origin { table, column, way: Way::new(Vec::new()) }];
    while let Some(Origin { table, column, way }) = found.last() {
        let plan = planned.iter().find(|plan| plan.def.name == *table);
        let relation = plan.and_then(|plan| plan.giving(column)).filter(|relation| leads_up(relation));
        let Some((relation, parent_column)) = relation.and_then(|one| Some((one, one.parent_column(column)?))) else {
            break;
        };
        let way = way.then(std::slice::from_ref(relation));
        found.push(Origin { table: relation.parent, column: parent_column, way });
    }
    found
}

fn not_agreeing(table: &TableDef, relation: &Relation, reason: &str) -> Error {
    Error::Setup {
        table: table.name.to_owned(),
        column: relation.name.to_owned(),
        message: format!(
            "the foreign key {reason}; let the others follow one relation, or make its columns with `value`"
        ),
    }
}

/// What is wrong with a relation that agrees with others, where an ancestor has too few parents for it.
pub(crate) fn too_few(table: &TableDef, relation: &Relation, within: &Within, ancestor: u64) -> Error {
    if within.distinct.is_some() {
        return too_few_to_differ(table, relation);
    }
    let of = within.tail.steps().last().map_or(table.name, |last| last.parent);
    let parent = relation.parent;
    let message = match within.least {
        1 => format!(
            "the row needs a row of `{parent}` that has the same `{of}`, and row {ancestor} of `{of}` has none; give each one \
             with `with`, or more rows to `{parent}`"
        ),
        least => format!(
            "the row needs {least} different rows of `{parent}` that have the same `{of}`, and row {ancestor} of `{of}` has \
             fewer; give each as many with `with`, or more rows to `{parent}`"
        ),
    };
    Error::Setup { table: table.name.to_owned(), column: relation.name.to_owned(), message }
}

fn too_few_to_differ(table: &TableDef, relation: &Relation) -> Error {
    not_agreeing(
        table,
        relation,
        "shares a column with another one, and its rows are to be distinct or drawn by rank at the same time, or are too few \
         for that",
    )
}

/// The foreign keys of a row that its `differ` groups tell apart from this one, and that are decided.
pub(super) fn differs_from(
    table: &TableDef,
    relation: &RelationDef,
    decided: &[(usize, Arc<Relation>)],
) -> Result<Vec<Arc<Relation>>, Error> {
    let name = table.name_of(relation);
    // A composite foreign key may be named by any of its columns that names no other.
    let names = |group: &Vec<&'static str>| -> Vec<&'static str> {
        group.iter().filter_map(|column| table.relation(column)).map(|relation| table.name_of(relation)).collect()
    };
    let groups: Vec<_> = table.differ.iter().map(names).filter(|group| group.contains(&name)).collect();
    let is_other = |other: &&Arc<Relation>| groups.iter().any(|group| group.contains(&other.name));
    let others: Vec<Arc<Relation>> = decided.iter().map(|(_, other)| other).filter(is_other).cloned().collect();
    let mistake =
        |message: String| Err(Error::Setup { table: table.name.to_owned(), column: name.to_owned(), message });
    if let Some(other) = others.iter().find(|other| other.parent != relation.parent) {
        return mistake(format!(
            "`differ` tells rows of one table apart, but the column references `{}`, and `{}` references `{}`; leave one of \
             them out",
            relation.parent, other.name, other.parent
        ));
    }
    if relation.parent == table.name && !others.is_empty() {
        return mistake(
            "a self reference leads to an earlier row, and cannot differ from another one; leave it out".to_owned(),
        );
    }
    Ok(others)
}
