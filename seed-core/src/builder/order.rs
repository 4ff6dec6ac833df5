//! What keeps a column from being before others: said by the model, or told by the columns' names.

use std::sync::Arc;

use super::Builder;
use crate::after::{Raise, raise};
use crate::bounds::Bounds;
use crate::column::{Column, Floor, Floors, Source};
use crate::def::ColumnDef;
use crate::error::Error;
use crate::infer::{BIRTHS, FOLLOWS};
use crate::plan::{Parents, Relation, TablePlan};
use crate::range::Ordinal;

impl<'a> Builder<'a> {
    /// Keeps `column` from being before `earlier`, a column of the same row.
    pub fn after<T: Ordinal>(&mut self, column: &Arc<Column<T>>, earlier: &Arc<Column<T>>) {
        if self.given.contains(&column.key) {
            return;
        }
        let name = self.current().def.columns.iter().find(|def| self.current().key.child(def.key) == column.key);
        let name = name.map_or("", |def| def.name);
        let of_earlier = |def: &&ColumnDef| self.current().key.child(def.key) == earlier.key;
        if let Some(earlier) = self.current().def.columns.iter().find(of_earlier) {
            self.describe_order(name, earlier.name.to_owned());
        }
        let floors = vec![Floor { parent: None, column: Arc::clone(earlier) }];
        let together = self.current().combines(name);
        let bounds = self.current().def.column(name).and_then(|column| column.bounds.as_ref());
        self.errors.extend(said_once(self.current().def.name, name, column, together, floors, bounds).err());
    }

    /// Keeps `column` from being before a column of the row's parent: of every parent, and of the
    /// first one where several relations are to the column's own table, since the parents of both
    /// parents, and theirs, would be as many as there are rows.
    pub fn after_parent<T: Ordinal>(
        &mut self,
        name: &'static str,
        column: &Arc<Column<T>>,
        parent: &'static str,
        parent_column: &'static str,
    ) {
        let plan = self.current();
        let most = if parent == plan.def.name { 1 } else { usize::MAX };
        let relations: Vec<Arc<Relation>> =
            plan.relations.iter().filter(|relation| relation.parent == parent).take(most).cloned().collect();
        if let Some(relation) = relations.iter().find(|relation| relation.is_forward && !relation.is_own) {
            self.errors.push(Error::Setup {
                table: plan.def.name.to_owned(),
                column: name.to_owned(),
                message: format!(
                    "`{parent}` comes later, since the tables reference one another through `{}.{}`, so `after` may lead \
                     back here; write a `value` made from `row` instead",
                    plan.def.name, relation.name
                ),
            });
            return;
        }
        if relations.iter().any(|relation| matches!(relation.parents, Parents::Previous)) {
            self.errors.push(Error::Setup {
                table: plan.def.name.to_owned(),
                column: name.to_owned(),
                message:
                    "each row references the one before it, so `after` would lead through all of them; write a `value` \
                          made from `row` instead"
                        .to_owned(),
            });
            return;
        }
        let unrelated = Error::AfterUnrelated {
            table: plan.def.name.to_owned(),
            column: name.to_owned(),
            parent: parent.to_owned(),
            parent_column: parent_column.to_owned(),
        };
        if relations.is_empty() {
            self.errors.push(unrelated);
            return;
        }
        if self.given.contains(&column.key) {
            return;
        }
        let (table, together, column) = (plan.def.name, plan.combines(name), Arc::clone(column));
        let bounds = self.column(name).1.bounds.clone();
        self.describe_order(name, format!("{parent}.{parent_column}"));
        self.links.push(Box::new(move |columns| {
            // A parent that is not part of the run, or is left NULL, has no value to come after.
            let floors: Vec<Floor<T>> = relations
                .into_iter()
                .filter_map(|relation| {
                    let earlier = columns.of_parent::<T>(&relation, parent_column)?;
                    Some(Floor { parent: Some(relation), column: earlier })
                })
                .collect();
            if floors.is_empty() { Ok(()) } else { said_once(table, name, &column, together, floors, bounds.as_ref()) }
        }));
    }

    /// Columns such as `updated_at` follow `created_at`; a `created_at` or `placed_at` follows its parents'.
    pub(super) fn follow<T: 'static>(
        &mut self,
        plan: &'a TablePlan,
        name: &'static str,
        made: &Arc<Column<T>>,
        raise: Raise<T>,
    ) {
        let earlier: Vec<&'static str> = FOLLOWS
            .iter()
            .filter(|(later, _)| later.contains(&name))
            .flat_map(|(_, earlier)| *earlier)
            .copied()
            .filter(|earlier| plan.def.column(earlier).is_some())
            .collect();
        // Not those of the row's own table: along a chain of earlier rows the births would all come to
        // lie at the end. Nor those of a table that comes later: it may follow this one.
        let births = BIRTHS.iter().find(|(born, _)| born.contains(&name)).map(|&(_, births)| births);
        let is_before = |relation: &&Arc<Relation>| births.is_some() && !relation.is_forward;
        let parents: Vec<Arc<Relation>> = plan.relations.iter().filter(is_before).cloned().collect();
        if earlier.is_empty() && parents.is_empty() {
            return;
        }
        for earlier in &earlier {
            self.describe_order(name, (*earlier).to_owned());
        }
        for parent in parents.iter().map(|relation| relation.parent) {
            if self.plan.find(parent).is_some_and(|parent| parent.def.column(name).is_some()) {
                self.describe_order(name, format!("{parent}.{name}"));
            }
        }
        let told: Vec<&'static str> =
            plan.def.columns.iter().filter(|column| column.after).map(|column| column.name).collect();
        let (table, column) = (plan.def.name, Arc::clone(made));
        let raise = raise.within(self.column(name).1.bounds.as_ref());
        self.links.push(Box::new(move |columns| {
            let own = earlier.iter().filter_map(|earlier| {
                // One that is computed may be computed from this one.
                let is_drawn = |column: &Arc<Column<T>>| !matches!(column.source, Source::Computed(_));
                // One that is told to come after a column of its row may be told to come after this one.
                let is_told = told.contains(earlier)
                    && columns.find::<T>(table, earlier).is_some_and(|column| column.comes_after_its_row());
                let column = columns.find::<T>(table, earlier).filter(is_drawn).filter(|_| !is_told)?;
                Some(Floor { parent: None, column })
            });
            let of_parents = parents.iter().filter_map(|relation| {
                let mut names = std::iter::once(name).chain(births.into_iter().flatten().copied());
                let column = names.find_map(|name| columns.of_parent::<T>(relation, name))?;
                Some(Floor { parent: Some(Arc::clone(relation)), column })
            });
            let floors: Vec<Floor<T>> = of_parents.chain(own).collect();
            let _ = column.floors.set(Floors::new(raise, floors, &column.source));
            Ok(())
        }));
    }
}

/// What keeps a column from being before others is said once: a second time would not be heard.
fn said_once<T: Ordinal>(
    table: &str,
    name: &str,
    column: &Column<T>,
    together: bool,
    floors: Vec<Floor<T>>,
    bounds: Option<&Bounds>,
) -> Result<(), Error> {
    let setup = |message: &str| {
        Err(Error::Setup { table: table.to_owned(), column: name.to_owned(), message: message.to_owned() })
    };
    let raise = raise::<T>().within(bounds);
    let last = floors.iter().filter_map(|floor| floor.column.last(&raise)).max();
    if let (Some(bounds), Some(last)) = (bounds, last) {
        bounds.check_floor(raise.step(), last).or_else(|message| setup(&message))?;
    }
    if together || matches!(column.source, Source::Unique(_)) {
        return setup("the column is unique, and `after` would move values together; keep one of them");
    }
    match column.floors.set(Floors::new(raise, floors, &column.source)) {
        Ok(()) => Ok(()),
        Err(_) => setup("the column comes `after` two others; keep one of them"),
    }
}
