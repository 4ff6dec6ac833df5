//! How a relation finds its parents, were it the only one.

use std::sync::Arc;

use crate::combination::Combination;
use crate::def::RelationDef;
use crate::error::Error;
use crate::generator::Domain;
use crate::generators::zipf::zipf;
use crate::plan::forest::Forest;
use crate::plan::relation::{DrivenBy, Parents, Relation};
use crate::plan::tables::{Table, Tables};

impl Tables<'_> {
    /// How a relation finds its parents, were it the only one beside those that it differs from.
    pub(super) fn parents(
        &self,
        table: &Table<'_>,
        at: usize,
        differs_from: &[Arc<Relation>],
    ) -> Result<Parents, Error> {
        let (def, relation, apart) = (table.def, &table.def.relations[at], differs_from.len() as u64);
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
            if needs > has && !is_new {
                return mistake(format!(
                    "the column is unique, so each of {needs} rows needs a row of `{parent}` of its own, and {has} of those \
                     that the database holds are known to the run; add the model of `{parent}` to the list of models, or \
                     plan fewer rows"
                ));
            }
            if needs > has {
                return Err(Error::TooFewParents { table: table_name, column, parent, has, needs });
            }
            return Ok(Parents::Distinct { parents });
        }
        let takes_part = |combination: &&Arc<Combination>| {
            combination.columns.contains(&name) && self.tells(relation, &combination.all_columns())
        };
        let combination = table.combinations.iter().find(takes_part).cloned();
        match (popular, combination) {
            (Some(_), Some(_)) => mistake(
                "the column differs together with others, which takes parents in turn; leave `zipf` out".to_owned(),
            ),
            (Some(exponent), None) => {
                let ranks = zipf::<i64>(parents, exponent);
                ranks.check().map(|()| Parents::Popular { ranks, parents }).or_else(mistake)
            }
            (None, Some(combination)) => {
                // What is not of the combination would move two rows of it to one parent.
                match differs_from.iter().find(|other| !combination.columns.contains(&other.name)) {
                    None => Ok(Parents::Combined { combination, parents }),
                    Some(other) => mistake(format!(
                        "the column differs together with others, which takes parents in turn, and cannot at the same time \
                         differ from `{}`; leave `differ` out, or let `unique` name both",
                        other.name
                    )),
                }
            }
            (None, None) => Ok(Parents::Drawn { parents }),
        }
    }

    /// Whether rows of different parents differ in these columns: those of a composite foreign key may
    /// not, where they are not all of them.
    pub(super) fn tells(&self, relation: &RelationDef, columns: &[&'static str]) -> bool {
        let pairs = relation.columns.iter().zip(&relation.parent_columns);
        let told: Vec<&str> = pairs.filter(|(own, _)| columns.contains(own)).map(|(_, parent)| *parent).collect();
        let parent = self.models.find(relation.parent).map(|parent| &self.models.defs[parent]);
        told.len() == relation.columns.len() || parent.is_some_and(|parent| parent.identifies(&told))
    }
}
