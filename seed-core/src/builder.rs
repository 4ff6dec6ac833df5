//! `Builder`: from a plan to columns, one call for each field of each model.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::after::{Raise, raise};
use crate::calendar::Anchor;
use crate::cell::{Cell, Key};
use crate::column::{Column, Distinct, Floor, Floors, Reference, Source, ToParent};
use crate::combination::{Combination, TooFew};
use crate::def::{ColumnDef, TableDef};
use crate::error::{Error, Errors};
use crate::generator::{BoxGenerator, Domain, Generator};
use crate::infer::{BIRTHS, FOLLOWS};
use crate::overrides::Overrides;
use crate::plan::{Parents, Plan, Relation, TablePlan};
use crate::range::Ordinal;
use crate::value::{Hint, Value};

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
    /// The drawn columns that differ together with others.
    members: BTreeMap<(&'static str, &'static str), Member>,
}

/// A drawn column that differs together with others.
struct Member {
    /// How many values it has, where they can be counted.
    size: Option<u64>,
    counts_up: bool,
    set: Box<dyn Fn(Distinct)>,
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
        match &relation.parents {
            Parents::Made(rows) => rows.find(column),
            _ => self.find(relation.parent, column),
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
            members: BTreeMap::new(),
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
    pub fn draw<T: 'static>(&mut self, name: &'static str, generator: impl Generator<T> + 'static) -> Arc<Column<T>> {
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
            // The expression decides, unless the model says more.
            None => {
                let null = self.column(name).1.null.unwrap_or(0.0);
                self.add(name, null, Source::Computed(Box::new(value)), false)
            }
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
        let null = null_of(&relation, column);
        let required = !column.nullable;
        let made = self.add(name, null, Source::Referenced(OnceCell::new()), false);
        if matches!(relation.parents, Parents::Nobody) {
            return made;
        }
        let child = Arc::clone(&made);
        let (table, types) = (plan.def.name, std::any::type_name::<T>());
        let key = self.plan.find(relation.parent).and_then(|parent| parent.def.column(relation.parent_column));
        let holds_null = key.is_some_and(|key| key.nullable);
        self.links.push(Box::new(move |columns| {
            let Some(key) = columns.of_parent::<T>(&relation, relation.parent_column) else {
                return Err(Error::Setup {
                    table: table.to_owned(),
                    column: name.to_owned(),
                    message: format!(
                        "the field's type `{types}` is not that of `{}.{}`; give both fields the same Rust type",
                        relation.parent, relation.parent_column
                    ),
                });
            };
            if required && (key.null > 0.0 || holds_null && matches!(key.source, Source::Referenced(_))) {
                return Err(Error::Setup {
                    table: table.to_owned(),
                    column: name.to_owned(),
                    message: format!(
                        "the column cannot be NULL, but references `{0}.{1}`, which can; write `#[seed(null = 0.0)]` on \
                         `{0}.{1}`, or make this field an `Option`",
                        relation.parent, relation.parent_column
                    ),
                });
            }
            if let Source::Referenced(reference) = &child.source {
                let _ = reference.set(Reference { relation, required, key });
            }
            Ok(())
        }));
        made
    }

    /// Keeps `column` from being before `earlier`, a column of the same row.
    pub fn after<T: Ordinal>(&mut self, column: &Arc<Column<T>>, earlier: &Arc<Column<T>>) {
        if self.given.contains(&column.key) {
            return;
        }
        let name = self.current().def.columns.iter().find(|def| self.current().key.child(def.key) == column.key);
        let name = name.map_or("", |def| def.name);
        let floors = vec![Floor { parent: None, column: Arc::clone(earlier) }];
        self.errors.extend(said_once(self.current().def.name, name, column, floors).err());
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
        let relations: Vec<ToParent> = plan
            .relations
            .iter()
            .filter(|relation| relation.parent == parent)
            .map(|relation| self.to_parent(plan, relation))
            .take(most)
            .collect();
        if relations.iter().any(|to| matches!(to.relation.parents, Parents::Previous)) {
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
        let (table, column) = (plan.def.name, Arc::clone(column));
        self.links.push(Box::new(move |columns| {
            // A parent that is not part of the run, or is left NULL, has no value to come after.
            let floors: Vec<Floor<T>> = relations
                .into_iter()
                .filter_map(|to| {
                    let earlier = columns.of_parent::<T>(&to.relation, parent_column)?;
                    Some(Floor { parent: Some(to), column: earlier })
                })
                .collect();
            if floors.is_empty() { Ok(()) } else { said_once(table, name, &column, floors) }
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
        for table in &self.plan.tables {
            for combination in table.combinations.iter().filter(|_| table.rows > 1) {
                self.errors.extend(self.combine(table, combination).err());
            }
        }
        Errors::none_or(self.errors, ())
    }

    /// Makes columns differ together.
    fn combine(&self, table: &TablePlan, combination: &Arc<Combination>) -> Result<(), Error> {
        let mut counted = Vec::new();
        let mut members = Vec::new();
        for &column in &combination.columns {
            let relation = table.relations.iter().find(|relation| relation.column == column);
            match (self.members.get(&(table.def.name, column)), relation.map(|relation| &relation.parents)) {
                (Some(member), _) => members.push((column, member)),
                (None, Some(Parents::Combined { parents, .. })) => counted.push((column, *parents)),
                // An earlier row, or the driver, of which a row has not another one than the next.
                (None, Some(Parents::Earlier { .. } | Parents::Driven(_))) => {}
                // Rows that were made to be parents of these, NULL, which is like no other value, and
                // what the model computes, which is its own affair.
                (None, _) => return Ok(()),
            }
        }
        let is_alone = |(column, member): &&(&str, &Member)| {
            member.size.is_some_and(|size| size >= MANY.max(table.rows)) && combination.numbers() != Some(*column)
        };
        if let Some((_, member)) = members.iter().find(is_alone) {
            (member.set)(Distinct::Alone);
            return Ok(());
        }
        counted.extend(members.iter().filter_map(|(column, member)| Some((*column, member.size?))));
        let (name, columns) =
            (table.def.name.to_owned(), combination.columns.iter().map(|&name| name.to_owned()).collect());
        let counts_up = members.iter().any(|(_, member)| member.counts_up);
        match combination.combine(&counted, table.rows, counts_up) {
            Ok(()) => {
                for (column, member) in members {
                    (member.set)(Distinct::Together(Arc::clone(combination), column));
                }
                Ok(())
            }
            Err(TooFew::NotCountable) => Err(Error::NotCombinable { table: name, columns }),
            Err(TooFew::Rows { has, needs }) => {
                let parent =
                    |column| table.def.column(column)?.relation.as_ref().map(|relation| relation.parent.to_owned());
                let driver = combination.driver().and_then(|column| Some((column.to_owned(), parent(column)?)));
                Err(Error::TooFewCombinations { table: name, columns, has, needs, driver })
            }
        }
    }

    /// Columns such as `updated_at` follow `created_at`; a `created_at` follows its parents'.
    fn follow<T: 'static>(&mut self, plan: &'a TablePlan, name: &'static str, made: &Arc<Column<T>>, raise: Raise<T>) {
        let earlier: Vec<&'static str> = FOLLOWS
            .iter()
            .filter(|(later, _)| later.contains(&name))
            .flat_map(|(_, earlier)| *earlier)
            .copied()
            .filter(|earlier| plan.def.column(earlier).is_some())
            .collect();
        // Not those of the row's own table: along a chain of earlier rows the births would all come to
        // lie at the end.
        let parents: Vec<ToParent> = plan
            .relations
            .iter()
            .filter(|relation| BIRTHS.contains(&name) && relation.parent != plan.def.name)
            .map(|relation| self.to_parent(plan, relation))
            .collect();
        if earlier.is_empty() && parents.is_empty() {
            return;
        }
        let told: Vec<&'static str> =
            plan.def.columns.iter().filter(|column| column.after).map(|column| column.name).collect();
        let (table, column) = (plan.def.name, Arc::clone(made));
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
            let of_parents = parents.iter().filter_map(|to| {
                let column = columns.of_parent::<T>(&to.relation, name)?;
                Some(Floor { parent: Some(to.clone()), column })
            });
            let floors: Vec<Floor<T>> = of_parents.chain(own).collect();
            let _ = column.floors.set(Floors { raise, floors });
            Ok(())
        }));
    }

    /// What is known of a column.
    fn hint(&self, name: &'static str) -> Hint<'static> {
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
            anchor: self.anchor,
            locale: column.locale.or(plan.def.locale).unwrap_or(self.overrides.locale),
        }
    }

    fn to_parent(&self, plan: &TablePlan, relation: &Arc<Relation>) -> ToParent {
        let column = plan.def.column(relation.column).expect("a relation is one of the definition's columns");
        let given = self.overrides.table(plan.def.name).and_then(|table| table.nulls.get(column.name));
        let null = given.copied().unwrap_or_else(|| null_of(relation, column));
        ToParent { relation: Arc::clone(relation), key: plan.key.child(column.key), null }
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
        let (floors, distinct) = (OnceCell::new(), OnceCell::new());
        let column = Arc::new(Column { table: plan.key, key, null, source, serial, floors, distinct });
        self.columns.0.insert((plan.def.name, name), Box::new(Arc::clone(&column)));
        column
    }

    fn take_override<T: 'static>(&mut self, name: &'static str) -> Option<BoxGenerator<T>> {
        let table = self.current().def.name;
        match self.overrides.take_generator(table, name)? {
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

    fn current(&self) -> &'a TablePlan {
        &self.plan.tables[self.table]
    }

    fn column(&self, name: &str) -> (&'a TablePlan, &'a ColumnDef) {
        let plan = self.current();
        let column = TableDef::column(&plan.def, name).expect("the derive defines every column that it builds");
        (plan, column)
    }
}

/// What keeps a column from being before others is said once: a second time would not be heard.
fn said_once<T: Ordinal>(table: &str, name: &str, column: &Column<T>, floors: Vec<Floor<T>>) -> Result<(), Error> {
    let setup = |message: &str| {
        Err(Error::Setup { table: table.to_owned(), column: name.to_owned(), message: message.to_owned() })
    };
    if let Source::Unique(_) = column.source {
        return setup("the column is unique, and `after` would move values together; keep one of them");
    }
    match column.floors.set(Floors { raise, floors }) {
        Ok(()) => Ok(()),
        Err(_) => setup("the column comes `after` two others; keep one of them"),
    }
}

/// A column with so many values is made to differ alone where it has to differ together with others:
/// a text or an address that is another one in each row.
const MANY: u64 = 1 << 32;

/// The probability of NULL of a foreign key. Where `with` gives a child to each parent, the child has
/// one.
fn null_of(relation: &Relation, column: &ColumnDef) -> f64 {
    match relation.parents {
        Parents::Driven(_) | Parents::Nobody => 0.0,
        _ => column.null_probability(),
    }
}

/// A text or number that a small domain has twice, as something to say of a unique column.
fn repeated<T: 'static>(domain: &dyn Domain<T>) -> Option<String> {
    const SMALL: u64 = 1_000;
    let text = |value: &T| {
        let value: &dyn Any = value;
        macro_rules! shown {
            ($($type:ty),*) => { None$(.or_else(|| Some(value.downcast_ref::<$type>()?.to_string())))* };
        }
        shown!(String, i8, i16, i32, i64, u8, u16, u32, u64)
    };
    let mut seen = BTreeSet::new();
    let twice = (0..domain.size()).take_while(|_| domain.size() <= SMALL).find_map(|index| {
        let text = text(&domain.nth(index))?;
        (!seen.insert(text.clone())).then_some(text)
    })?;
    Some(format!("the column is unique, but `{twice}` is among its values twice; write it once"))
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
