//! `Builder`: from a plan to columns, one call for each field of each model.

mod describe;
mod distinct;
mod listing;
mod order;

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use once_cell::sync::OnceCell;

pub use crate::builder::describe::Descriptions;
use crate::builder::distinct::{Member, repeated};
use crate::builder::listing::Listing;
use crate::calendar::Anchor;
use crate::cell::{Cell, Key};
use crate::column::{Column, Reference, Source};
use crate::def::{ColumnDef, TableDef};
use crate::error::{Error, Errors};
use crate::generator::{BoxGenerator, Generator};
use crate::infer::{Recipe, recipe};
use crate::overrides::Overrides;
use crate::plan::{Parents, Plan, Relation, TablePlan};
use crate::value::{Hint, Kind, Value};

/// Makes the columns of a plan's tables.
///
/// The derive calls [`begin`](Builder::begin) for each table and one of the other methods for each
/// field; [`finish`](Builder::finish) then joins relations to the columns they reference.
pub struct Builder<'a> {
    plan: &'a Plan,
    anchor: Anchor,
    overrides: &'a mut Overrides,
    table: usize,
    columns: Columns,
    links: Vec<Link>,
    errors: Vec<Error>,
    /// The columns whose values the run gives: these are kept as they are.
    given: BTreeSet<Key>,
    /// How each column's values are made, in a few words.
    described: Descriptions,
    /// The drawn columns that differ together with others.
    members: BTreeMap<(&'static str, &'static str), Member>,
    /// Which columns list their values, where any do.
    listing: Option<Listing>,
}

type Link = Box<dyn FnOnce(&Columns) -> Result<(), Error>>;

/// All columns of all tables, each an `Arc<Column<T>>`.
#[derive(Default)]
struct Columns(BTreeMap<(&'static str, &'static str), Box<dyn Any>>);

impl Columns {
    fn find<T: 'static>(&self, table: &'static str, column: &'static str) -> Option<Arc<Column<T>>> {
        self.0.get(&(table, column))?.downcast_ref().cloned()
    }

    /// A column of the parent's: of its table in this run, or of its rows in the database.
    fn of_parent<T: 'static>(&self, relation: &Relation, column: &'static str) -> Option<Arc<Column<T>>> {
        match &relation.made {
            Some(rows) => rows.find(column),
            None => self.find(relation.parent, column),
        }
    }
}

impl<'a> Builder<'a> {
    /// A builder for the tables of a plan.
    pub fn new(plan: &'a Plan, anchor: Anchor, overrides: &'a mut Overrides) -> Builder<'a> {
        Builder {
            plan,
            anchor,
            overrides,
            table: 0,
            columns: Columns::default(),
            links: Vec::new(),
            errors: Vec::new(),
            given: BTreeSet::new(),
            described: Descriptions::default(),
            members: BTreeMap::new(),
            listing: None,
        }
    }

    /// Goes on with the `table`-th table of the plan.
    pub fn begin(&mut self, table: usize) {
        self.table = table;
    }

    /// A column whose generator follows from its name and type.
    pub fn infer<T: Value<Via>, Via>(&mut self, name: &'static str) -> Arc<Column<T>> {
        let (plan, column) = self.column(name);
        let hint = self.hint(name);
        let serial = hint.primary && T::KIND == Kind::Integer;
        let follows = !column.after && !hint.unique;
        let (made, is_override) = match self.take_override(name) {
            Some(generator) => (self.draw_from(name, generator, false), true),
            None => (self.draw_from(name, T::infer(&hint), serial), false),
        };
        if !is_override {
            let is_counted = hint.primary || hint.numbers;
            self.describe(
                name,
                match (T::KIND, recipe(hint.table, hint.column, T::KIND)) {
                    (Kind::Integer, _) if is_counted => "counts up".into(),
                    (kind, Recipe::Plain) => kind.describe().into(),
                    (_, recipe) => recipe.describe(),
                },
            );
            if T::KIND == Kind::Decimal && hint.scale.is_none() {
                self.described.column(plan.def.name, name).digits_unknown = true;
            }
        }
        if let Some(raise) = T::raise().filter(|_| follows && !is_override) {
            self.follow(plan, name, &made, raise);
        }
        self.shown(name, made)
    }

    /// A column with a generator of its own.
    pub fn draw<T: 'static>(&mut self, name: &'static str, generator: impl Generator<T> + 'static) -> Arc<Column<T>> {
        let generator = self.take_override(name).unwrap_or_else(|| Box::new(generator));
        let made = self.draw_from(name, generator, false);
        self.shown(name, made)
    }

    /// As [`draw`](Self::draw), with values brought within the column's length limit.
    pub fn draw_fitted<T: Value>(
        &mut self,
        name: &'static str,
        generator: impl Generator<T> + 'static,
    ) -> Arc<Column<T>> {
        match self.column(name).1.max_len {
            Some(max_len) => self.draw(name, Fitted { generator: Box::new(generator), max_len }),
            None => self.draw(name, generator),
        }
    }

    /// A column whose value is computed from the row's index and other columns.
    pub fn compute<T: 'static>(
        &mut self,
        name: &'static str,
        value: Box<dyn Fn(u64) -> Option<T> + Send + Sync>,
    ) -> Arc<Column<T>> {
        let made = match self.take_override(name) {
            Some(generator) => self.draw_from(name, generator, false),
            // The expression decides, unless the model says more.
            None => {
                let null = self.column(name).1.null.unwrap_or(0.0);
                self.add(name, null, Source::Computed(value), false)
            }
        };
        self.shown(name, made)
    }

    /// A column that holds the value of a parent's column.
    pub fn refer<T: 'static>(&mut self, name: &'static str) -> Arc<Column<T>> {
        if let Some(generator) = self.take_override(name) {
            let made = self.draw_from(name, generator, false);
            return self.shown(name, made);
        }
        let (plan, column) = self.column(name);
        let relation = Arc::clone(plan.giving(name).expect("the plan holds every relation of the definition"));
        let required = !column.nullable;
        let null = if required { 0.0 } else { relation.null };
        let made = self.add(name, null, Source::Referenced(OnceCell::new()), false);
        if matches!(relation.parents, Parents::Nobody) {
            return self.shown(name, made);
        }
        let child = Arc::clone(&made);
        let (table, types) = (plan.def.name, std::any::type_name::<T>());
        let at = relation.columns.iter().position(|column| *column == name).unwrap_or_default();
        let parent_column = relation.parent_columns[at];
        let key = self.plan.find(relation.parent).and_then(|parent| parent.def.column(parent_column));
        let holds_null = key.is_some_and(|key| key.nullable);
        self.links.push(Box::new(move |columns| {
            let Some(key) = columns.of_parent::<T>(&relation, parent_column) else {
                return Err(Error::Setup {
                    table: table.to_owned(),
                    column: name.to_owned(),
                    message: format!(
                        "the field's type `{types}` is not that of `{}.{parent_column}`; give both fields the same Rust type",
                        relation.parent
                    ),
                });
            };
            if required && (key.null > 0.0 || holds_null && matches!(key.source, Source::Referenced(_))) {
                return Err(Error::Setup {
                    table: table.to_owned(),
                    column: name.to_owned(),
                    message: format!(
                        "the column cannot be NULL, but references `{0}.{parent_column}`, which can; write `#[seed(null = \
                         0.0)]` on `{0}.{parent_column}`, or make this field an `Option`",
                        relation.parent
                    ),
                });
            }
            if let Source::Referenced(reference) = &child.source {
                let _ = reference.set(Reference { relation, required, key });
            }
            Ok(())
        }));
        self.shown(name, made)
    }

    /// Joins what refers to other tables, once the columns of all tables are made.
    ///
    /// # Errors
    ///
    /// All mistakes found in making the columns.
    pub fn finish(mut self) -> Result<Descriptions, Errors> {
        for link in std::mem::take(&mut self.links) {
            self.errors.extend(link(&self.columns).err());
        }
        for table in &self.plan.tables {
            for combination in table.combinations.iter().filter(|_| table.rows > 1) {
                self.errors.extend(self.combine(table, combination).err());
            }
        }
        self.errors.extend(self.plan.tables.iter().flat_map(TablePlan::settle));
        Errors::none_or(self.errors, self.described)
    }

    /// What is known of a column.
    fn hint(&self, name: &'static str) -> Hint<'a> {
        let (plan, column) = self.column(name);
        Hint {
            table: plan.def.name,
            column: name,
            primary: plan.def.is_primary_key(name),
            unique: plan.def.is_unique(column) || plan.combines(name),
            numbers: plan.combinations.iter().any(|combination| combination.numbers() == Some(name)),
            max_len: column.max_len,
            precision: column.precision,
            scale: column.scale,
            bounds: column.bounds.as_ref(),
            anchor: self.anchor,
            locale: column.locale.or(plan.def.locale).unwrap_or(self.overrides.locale),
        }
    }

    fn draw_from<T: 'static>(
        &mut self,
        name: &'static str,
        mut generator: BoxGenerator<T>,
        serial: bool,
    ) -> Arc<Column<T>> {
        generator.prepare(&self.hint(name));
        let (plan, column) = self.column(name);
        let (table, column_name) = (plan.def.name.to_owned(), name.to_owned());
        let rows = plan.used.saturating_add(plan.rows);
        let null = column.null_probability();
        if plan.combines(name) && generator.check().is_ok() {
            if let Some(message) = generator.domain().and_then(repeated) {
                self.errors.push(Error::Setup { table, column: column_name, message });
                return self.add(name, null, Source::Drawn(generator), serial);
            }
            let size = generator.domain().map(|domain| domain.size());
            let counts_up = generator.domain().is_some_and(|domain| domain.counts_up());
            let made = self.add(name, null, Source::Drawn(generator), serial);
            let column = Arc::clone(&made);
            let set = Box::new(move |distinct| drop(column.distinct.set(distinct)));
            self.members.insert((plan.def.name, name), Member { size, counts_up, set });
            return made;
        }
        let source = match (generator.check(), plan.def.is_unique(column)) {
            (Err(message), _) => {
                self.errors.push(Error::Setup { table, column: column_name, message });
                Source::Drawn(generator)
            }
            (Ok(()), false) => {
                if plan.rows > 0 && generator.domain().is_some_and(|domain| domain.size() == 0) {
                    let message = "the generator has no values to draw from".to_owned();
                    self.errors.push(Error::Setup { table, column: column_name, message });
                }
                Source::Drawn(generator)
            }
            (Ok(()), true) => match generator.domain().map(|domain| domain.size()) {
                Some(size) if size >= rows => {
                    if let Some(message) = generator.domain().and_then(repeated) {
                        self.errors.push(Error::Setup { table, column: column_name, message });
                    }
                    Source::Unique(generator)
                }
                Some(has) => {
                    let there = if plan.is_fixture() { 0 } else { plan.used };
                    self.errors.push(Error::TooSmall { table, column: column_name, has, needs: rows, there });
                    Source::Drawn(generator)
                }
                // One row is unique whatever it holds: a value that a test has given.
                None if plan.is_fixture() => Source::Drawn(generator),
                None => {
                    self.errors.push(Error::NotCountable { table, column: column_name });
                    Source::Drawn(generator)
                }
            },
        };
        self.add(name, null, source, serial)
    }

    fn add<T: 'static>(&mut self, name: &'static str, null: f64, source: Source<T>, serial: bool) -> Arc<Column<T>> {
        let (plan, def) = self.column(name);
        let given = self.overrides.table(plan.def.name).and_then(|table| table.nulls.get(name));
        let null = given.copied().unwrap_or(null);
        let said = given.copied().or(def.null).unwrap_or(null);
        if !def.nullable && said > 0.0 {
            self.errors.push(Error::Setup {
                table: plan.def.name.to_owned(),
                column: name.to_owned(),
                message: format!("the column cannot be NULL, so `null = {said}` has no effect; leave it out"),
            });
        }
        if !(0.0..=1.0).contains(&said) {
            self.errors.push(Error::Setup {
                table: plan.def.name.to_owned(),
                column: name.to_owned(),
                message: format!("`null = {said}` is no probability; write a number from 0.0 to 1.0"),
            });
        }
        let key = plan.key.child(def.key);
        let column = Arc::new(Column::new(plan.key, key, null, source, serial));
        self.columns.0.insert((plan.def.name, name), Box::new(Arc::clone(&column)));
        self.describe(
            name,
            match plan.giving(name) {
                Some(relation) if matches!(column.source, Source::Referenced(_)) => relation.gives(name),
                _ => def.said.unwrap_or("as the run says").to_owned(),
            },
        );
        let described = self.described.column(plan.def.name, name);
        (described.null, described.unique) = (null, plan.def.is_unique(def));
        column
    }

    fn take_override<T: 'static>(&mut self, name: &'static str) -> Option<BoxGenerator<T>> {
        let hint = self.hint(name);
        match self.overrides.generator(&hint)? {
            Ok(generator) => {
                let (plan, column) = self.column(name);
                self.given.insert(plan.key.child(column.key));
                Some(generator)
            }
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    /// Says how a column's values are made.
    fn describe(&mut self, name: &'static str, made: impl Into<String>) {
        self.described.column(self.current().def.name, name).made = made.into();
    }

    /// Says what a column's values are not before.
    fn describe_order(&mut self, name: &'static str, earlier: String) {
        self.described.column(self.current().def.name, name).not_before.push(earlier);
    }

    fn current(&self) -> &'a TablePlan {
        &self.plan.tables[self.table]
    }

    fn column(&self, name: &str) -> (&'a TablePlan, &'a ColumnDef) {
        let plan = self.current();
        let column = TableDef::column(&plan.def, name).expect("the derive defines every column that it builds");
        (plan, column)
    }
}

/// A generator whose values are brought within a length.
struct Fitted<T> {
    generator: BoxGenerator<T>,
    max_len: usize,
}

impl<T: Value> Generator<T> for Fitted<T> {
    fn value(&self, cell: &Cell) -> T {
        let mut value = self.generator.value(cell);
        value.fit(self.max_len);
        value
    }

    fn listed(&self) -> Vec<T> {
        let fitted = |mut value: T| {
            value.fit(self.max_len);
            value
        };
        self.generator.listed().into_iter().map(fitted).collect()
    }

    fn check(&self) -> Result<(), String> {
        self.generator.check()
    }
}
