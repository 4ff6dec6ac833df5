//! `Builder`: from a plan to columns, one call for each field of each model.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::after::{Raise, raise};
use crate::calendar::Anchor;
use crate::cell::Cell;
use crate::column::{Column, Floor, Floors, Reference, Source};
use crate::def::{ColumnDef, TableDef};
use crate::error::{Error, Errors};
use crate::fan_out::With;
use crate::generator::{BoxGenerator, Generator};
use crate::infer::{BIRTHS, FOLLOWS};
use crate::plan::{Plan, TablePlan};
use crate::range::Ordinal;
use crate::value::{Hint, Value};

/// What a run says in place of its models: counts, children per parent, generators.
#[derive(Default)]
pub struct Overrides {
    tables: BTreeMap<String, TableOverrides>,
}

/// What a run says in place of one model.
#[derive(Default)]
pub struct TableOverrides {
    /// How many rows.
    pub count: Option<u64>,
    /// How many children each parent gets, by foreign key.
    pub with: BTreeMap<String, With>,
    generators: BTreeMap<String, Box<dyn Any + Send>>,
}

impl Overrides {
    /// What is said of a table.
    pub fn table(&self, name: &str) -> Option<&TableOverrides> {
        self.tables.get(name)
    }

    /// What is to be said of a table.
    pub fn table_mut(&mut self, name: &str) -> &mut TableOverrides {
        self.tables.entry(name.to_owned()).or_default()
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = (&str, &TableOverrides)> {
        self.tables.iter().map(|(name, table)| (name.as_str(), table))
    }

    fn take_generator<T: 'static>(&mut self, table: &str, column: &str) -> Option<BoxGenerator<T>> {
        let generator = self.tables.get_mut(table)?.generators.remove(column)?;
        Some(*generator.downcast().expect("the compiler has checked the generator against the column's type"))
    }
}

impl TableOverrides {
    /// Makes a column's values with this generator, whatever the model says. `T` is the type of
    /// the model's field, without its `Option`.
    pub fn generate<T: 'static>(&mut self, column: &str, generator: BoxGenerator<T>) {
        self.generators.insert(column.to_owned(), Box::new(generator));
    }

    /// Whether a column's values are made with a generator of the run.
    pub fn generates(&self, column: &str) -> bool {
        self.generators.contains_key(column)
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.with.keys().chain(self.generators.keys()).map(String::as_str)
    }
}

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
}

type Link = Box<dyn FnOnce(&Columns) -> Result<(), Error>>;

/// All columns of all tables, each an `Arc<Column<T>>`.
#[derive(Default)]
struct Columns(BTreeMap<(&'static str, &'static str), Box<dyn Any>>);

impl Columns {
    fn find<T: 'static>(&self, table: &'static str, column: &'static str) -> Option<Arc<Column<T>>> {
        self.0.get(&(table, column))?.downcast_ref().cloned()
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
        }
    }

    /// Goes on with the `table`-th table of the plan.
    pub fn begin(&mut self, table: usize) {
        self.table = table;
    }

    /// A column whose generator follows from its name and type.
    pub fn infer<T: Value>(&mut self, name: &'static str) -> Arc<Column<T>> {
        let (plan, column) = self.column(name);
        let hint = Hint {
            table: plan.def.name,
            column: name,
            primary: plan.def.is_primary_key(name),
            unique: plan.def.is_unique(column),
            max_len: column.max_len,
            anchor: self.anchor,
        };
        let serial = hint.primary && T::KIND == crate::value::Kind::Integer;
        let follows = !column.after && !hint.unique;
        let (made, is_override) = match self.take_override(name) {
            Some(generator) => (self.draw_from(name, generator, false), true),
            None => (self.draw_from(name, T::infer(&hint), serial), false),
        };
        if let Some(raise) = T::raise().filter(|_| follows && !is_override) {
            self.follow(plan, name, &made, raise);
        }
        made
    }

    /// A column with a generator of its own.
    pub fn draw<T: 'static>(
        &mut self,
        name: &'static str,
        generator: impl Generator<T> + 'static,
    ) -> Arc<Column<T>> {
        let generator = self.take_override(name).unwrap_or_else(|| Box::new(generator));
        self.draw_from(name, generator, false)
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
        value: impl Fn(u64) -> Option<T> + Send + Sync + 'static,
    ) -> Arc<Column<T>> {
        match self.take_override(name) {
            Some(generator) => self.draw_from(name, generator, false),
            None => self.add(name, 0.0, Source::Computed(Box::new(value)), false),
        }
    }

    /// A column that holds the value of a parent's column.
    pub fn refer<T: 'static>(&mut self, name: &'static str) -> Arc<Column<T>> {
        if let Some(generator) = self.take_override(name) {
            return self.draw_from(name, generator, false);
        }
        let (plan, column) = self.column(name);
        let relation = Arc::clone(
            plan.relations
                .iter()
                .find(|relation| relation.column == name)
                .expect("the plan holds every relation of the definition"),
        );
        use crate::plan::Parents;
        // Where `with` gives a child to each parent, the child has one; other relations may be NULL.
        let null = match relation.parents {
            Parents::Driven(_) | Parents::Nobody => 0.0,
            _ => column.null_probability(),
        };
        let required = !column.nullable;
        let made = self.add(name, null, Source::Referenced(OnceCell::new()), false);
        if matches!(relation.parents, Parents::Nobody) {
            return made;
        }
        let child = Arc::clone(&made);
        let (table, types) = (plan.def.name, std::any::type_name::<T>());
        self.links.push(Box::new(move |columns| {
            let Some(key) = columns.find::<T>(relation.parent, relation.parent_column) else {
                return Err(Error::Setup {
                    table: table.to_owned(),
                    column: name.to_owned(),
                    message: format!(
                        "the field's type `{types}` is not that of `{}.{}`; give both fields the same Rust type",
                        relation.parent, relation.parent_column
                    ),
                });
            };
            if let Source::Referenced(reference) = &child.source {
                let _ = reference.set(Reference { relation, required, key });
            }
            Ok(())
        }));
        made
    }

    /// Keeps `column` from being before `earlier`, a column of the same row.
    pub fn after<T: Ordinal>(&mut self, column: &Arc<Column<T>>, earlier: &Arc<Column<T>>) {
        let floors = vec![Floor { relation: None, column: Arc::clone(earlier) }];
        let _ = column.floors.set(Floors { raise, floors });
    }

    /// Keeps `column` from being before a column of the row's parent.
    pub fn after_parent<T: Ordinal>(
        &mut self,
        name: &'static str,
        column: &Arc<Column<T>>,
        parent: &'static str,
        parent_column: &'static str,
    ) {
        let plan = self.current();
        let relations: Vec<_> =
            plan.relations.iter().filter(|relation| relation.parent == parent).map(Arc::clone).collect();
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
        let column = Arc::clone(column);
        self.links.push(Box::new(move |columns| {
            // A parent that is not part of the run, or is left NULL, has no value to come after.
            if let Some(earlier) = columns.find::<T>(parent, parent_column) {
                let floors = relations
                    .into_iter()
                    .map(|relation| Floor { relation: Some(relation), column: Arc::clone(&earlier) })
                    .collect();
                let _ = column.floors.set(Floors { raise, floors });
            }
            Ok(())
        }));
    }

    /// Joins what refers to other tables, once the columns of all tables are made.
    ///
    /// # Errors
    ///
    /// All mistakes found in making the columns.
    pub fn finish(mut self) -> Result<(), Errors> {
        for link in std::mem::take(&mut self.links) {
            self.errors.extend(link(&self.columns).err());
        }
        Errors::none_or(self.errors, ())
    }

    /// Columns such as `updated_at` follow `created_at`; a `created_at` follows its parents'.
    fn follow<T: 'static>(&mut self, plan: &'a TablePlan, name: &'static str, made: &Arc<Column<T>>, raise: Raise<T>) {
        let earlier: Vec<&'static str> = FOLLOWS
            .iter()
            .filter(|(later, _)| later.contains(&name))
            .flat_map(|(_, earlier)| *earlier)
            // One that is itself told what it comes after might come after this one.
            .filter(|earlier| plan.def.column(earlier).is_some_and(|column| !column.after))
            .copied()
            .collect();
        let parents = BIRTHS.contains(&name).then(|| plan.relations.clone()).unwrap_or_default();
        if earlier.is_empty() && parents.is_empty() {
            return;
        }
        let (table, column) = (plan.def.name, Arc::clone(made));
        self.links.push(Box::new(move |columns| {
            let own = earlier.iter().filter_map(|earlier| {
                let column = columns.find::<T>(table, earlier)?;
                Some(Floor { relation: None, column })
            });
            let of_parents = parents.iter().filter_map(|relation| {
                let column = columns.find::<T>(relation.parent, name)?;
                Some(Floor { relation: Some(Arc::clone(relation)), column })
            });
            let floors: Vec<Floor<T>> = own.chain(of_parents).collect();
            let _ = column.floors.set(Floors { raise, floors });
            Ok(())
        }));
    }

    fn draw_from<T: 'static>(&mut self, name: &'static str, generator: BoxGenerator<T>, serial: bool) -> Arc<Column<T>> {
        let (plan, column) = self.column(name);
        let (table, column_name) = (plan.def.name.to_owned(), name.to_owned());
        let rows = plan.used + plan.rows;
        let null = column.null_probability();
        let source = match (generator.check(), plan.def.is_unique(column)) {
            (Err(message), _) => {
                self.errors.push(Error::Setup { table, column: column_name, message });
                Source::Drawn(generator)
            }
            (Ok(()), false) => Source::Drawn(generator),
            (Ok(()), true) => match generator.domain().map(|domain| domain.size()) {
                Some(size) if size >= rows => Source::Unique(generator),
                Some(has) => {
                    self.errors.push(Error::TooSmall { table, column: column_name, has, needs: rows });
                    Source::Drawn(generator)
                }
                // One row is unique whatever it holds: a value that a test has given.
                None if plan.first > 0 => Source::Drawn(generator),
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
        if !(0.0..=1.0).contains(&null) {
            self.errors.push(Error::Setup {
                table: plan.def.name.to_owned(),
                column: name.to_owned(),
                message: format!("`null = {null}` is no probability; write a number from 0.0 to 1.0"),
            });
        }
        let key = plan.key.child(def.key);
        let column = Arc::new(Column { table: plan.key, key, null, source, serial, floors: OnceCell::new() });
        self.columns.0.insert((plan.def.name, name), Box::new(Arc::clone(&column)));
        column
    }

    fn take_override<T: 'static>(&mut self, name: &'static str) -> Option<BoxGenerator<T>> {
        let table = self.current().def.name;
        self.overrides.take_generator(table, name)
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
        self.generator.value(cell).fit(self.max_len)
    }

    fn check(&self) -> Result<(), String> {
        self.generator.check()
    }
}
