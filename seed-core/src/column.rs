//! `Column`: the values of one column, for any row.

use std::sync::Arc;

use once_cell::sync::OnceCell;

use crate::after::{Ends, Made, Raise};
use crate::cell::{Cell, Key};
use crate::combination::Combination;
use crate::generator::{BoxGenerator, Generator};
use crate::memo::{Memo, identity};
use crate::plan::Relation;

/// A column that can be asked for the value of any row, in any order, on any thread.
pub struct Column<T> {
    id: usize,
    table: Key,
    pub(crate) key: Key,
    pub(crate) null: f64,
    pub(crate) source: Source<T>,
    /// Whether the database would count the values up by itself.
    serial: bool,
    pub(crate) floors: OnceCell<Floors<T>>,
    /// How values that are drawn differ together with those of other columns.
    pub(crate) distinct: OnceCell<Distinct>,
}

thread_local! {
    /// The ordinals of the rows that were a floor last: the children of a row stand together.
    static ORDINALS: Memo<(usize, u64), Option<i128>, 8> = const { Memo::new() };
}

/// How a column makes rows differ together with others: the domain's index follows from this.
pub(crate) enum Distinct {
    /// Each row has another value: there are more of them than the others need.
    Alone,
    /// The combination decides it, for the column of this name.
    Together(Arc<Combination>, &'static str),
}

/// Where a column's values come from.
pub(crate) enum Source<T> {
    Drawn(BoxGenerator<T>),
    Unique(BoxGenerator<T>),
    Referenced(OnceCell<Reference<T>>),
    Computed(Box<dyn Fn(u64) -> Option<T> + Send + Sync>),
}

/// The value of a parent's column.
pub(crate) struct Reference<T> {
    pub(crate) relation: Arc<Relation>,
    /// Whether the column has a value also where others of its foreign key are NULL.
    pub(crate) required: bool,
    pub(crate) key: Arc<Column<T>>,
}

/// What this column must not be before, and how its values are brought there.
pub(crate) struct Floors<T> {
    raise: Raise<T>,
    floors: Vec<Floor<T>>,
    /// The ends of the values of the column's generator.
    ends: Option<Ends>,
}

/// A column whose value this one must not be before: of the same row, or of a parent's.
pub(crate) struct Floor<T> {
    pub(crate) parent: Option<Arc<Relation>>,
    pub(crate) column: Arc<Column<T>>,
}

/// Whether a column with this probability of NULL is NULL in a row: nothing else decides it.
#[inline]
pub(crate) fn is_null(column: Key, probability: f64, row: u64) -> bool {
    probability > 0.0 && is_drawn_null(column, probability, row)
}

fn is_drawn_null(column: Key, probability: f64, row: u64) -> bool {
    column.child("null").stream(row).chance(probability)
}

impl<T> Column<T> {
    pub(crate) fn new(table: Key, key: Key, null: f64, source: Source<T>, serial: bool) -> Column<T> {
        Column { id: identity(), table, key, null, source, serial, floors: OnceCell::new(), distinct: OnceCell::new() }
    }

    /// The value of a row; `None` is NULL.
    pub fn nullable(&self, row: u64) -> Option<T> {
        // Most columns are nothing but a generator, and are asked for each row.
        match &self.source {
            Source::Drawn(generator)
                if self.null == 0.0 && self.floors.get().is_none() && self.distinct.get().is_none() =>
            {
                Some(generator.value(&self.cell(row)))
            }
            _ => self.dependent(row),
        }
    }

    /// The value of a row of a column that may depend on others, or be NULL.
    #[inline(never)]
    fn dependent(&self, row: u64) -> Option<T> {
        if let Source::Referenced(reference) = &self.source {
            return reference.get()?.value(row);
        }
        if is_null(self.key, self.null, row) {
            return None;
        }
        let cell = self.cell(row);
        Some(match &self.source {
            Source::Drawn(generator) => match self.floors.get() {
                None => self.drawn(&**generator, &cell),
                Some(floors) => floors.raise.value(self.raised(floors, &**generator, &cell)),
            },
            Source::Unique(generator) => {
                let domain = generator.domain().expect("the builder has checked that the values can be counted");
                domain.nth(domain.index(&cell))
            }
            Source::Computed(value) => return value(row),
            Source::Referenced(_) => return None,
        })
    }

    #[inline]
    fn cell(&self, row: u64) -> Cell {
        Cell { table: self.table, column: self.key, row }
    }

    /// The value of a row of a column that is not nullable.
    ///
    /// # Panics
    ///
    /// When the column is nullable, and the row's value is NULL; or when the row lies beyond the
    /// plan's, and a `with` gives it no parent.
    #[inline]
    pub fn value(&self, row: u64) -> T {
        self.nullable(row).expect("a column that is not nullable has a value in every row")
    }

    /// Whether the database would count the values up by itself: an integer primary key that the
    /// model says nothing of.
    pub fn is_serial(&self) -> bool {
        self.serial
    }

    /// Whether one of its floors is a column of the same row.
    pub(crate) fn comes_after_its_row(&self) -> bool {
        self.floors.get().is_some_and(|floors| floors.floors.iter().any(|floor| floor.parent.is_none()))
    }

    /// All values that the column's generator may make, where they are few; else none.
    pub(crate) fn listed(&self) -> Vec<T> {
        match &self.source {
            _ if self.null >= 1.0 => Vec::new(),
            Source::Drawn(generator) | Source::Unique(generator) => generator.listed(),
            Source::Referenced(_) | Source::Computed(_) => Vec::new(),
        }
    }

    /// The ordinal of the last value of the column's generator, where its values have an order.
    pub(crate) fn last(&self, raise: &Raise<T>) -> Option<i128> {
        match &self.source {
            Source::Drawn(generator) | Source::Unique(generator) => Some(raise.ends(&**generator)?.last()),
            Source::Referenced(_) | Source::Computed(_) => None,
        }
    }

    #[inline]
    fn drawn(&self, generator: &dyn Generator<T>, cell: &Cell) -> T {
        match self.distinct.get() {
            None => generator.value(cell),
            Some(distinct) => distinct.value(generator, cell),
        }
    }

    /// The value of a cell, brought up to its floors.
    fn raised<'a>(&self, floors: &Floors<T>, generator: &'a dyn Generator<T>, cell: &Cell) -> Made<'a, T> {
        let raise = &floors.raise;
        let drawn = || Made::Drawn(self.drawn(generator, cell));
        let mut made = None;
        let mut is_first_parent = true;
        for floor in &floors.floors {
            let row = match &floor.parent {
                None => Some(cell.row),
                Some(relation) => relation.other_parent(cell.row),
            };
            if let Some(lowest) = row.and_then(|row| floor.column.ordinal(row, raise)) {
                // After a parent the value is drawn anew, and not kept where it happens to be later:
                // along a chain of parents the values would else pile up at the end.
                let anew = floor.parent.is_some() && std::mem::replace(&mut is_first_parent, false);
                let kept = if anew { None } else { Some(made.unwrap_or_else(drawn)) };
                let above = kept.filter(|value| raise.ordinal_of(value) >= lowest);
                made = Some(above.unwrap_or_else(|| raise.above(lowest, generator, floors.ends, cell)));
            }
        }
        made.unwrap_or_else(drawn)
    }

    /// The number of a row's value in the order of values, as a floor of another column: along a chain of parents none
    /// but the last value is made.
    fn ordinal(&self, row: u64, raise: &Raise<T>) -> Option<i128> {
        let compute = || match (&self.source, self.floors.get()) {
            (Source::Drawn(generator), Some(floors)) if !is_null(self.key, self.null, row) => {
                Some(floors.raise.ordinal_of(&self.raised(floors, &**generator, &self.cell(row))))
            }
            _ => Some(raise.ordinal(&self.nullable(row)?)),
        };
        ORDINALS.with(|ordinals| ordinals.get(self.id, (self.id, row), compute))
    }
}

impl<T> Floors<T> {
    /// The floors of a column whose values come from `source`.
    pub(crate) fn new(raise: Raise<T>, floors: Vec<Floor<T>>, source: &Source<T>) -> Floors<T> {
        let ends = match source {
            Source::Drawn(generator) => raise.ends(&**generator),
            _ => None,
        };
        Floors { raise, floors, ends }
    }
}

impl Distinct {
    fn value<T>(&self, generator: &dyn Generator<T>, cell: &Cell) -> T {
        let Some(domain) = generator.domain() else { return generator.value(cell) };
        domain.nth(match self {
            Distinct::Alone => domain.index(cell),
            Distinct::Together(combination, column) => {
                combination.index(column, cell.row).unwrap_or_else(|| domain.draw(cell))
            }
        })
    }
}

impl<T> Reference<T> {
    fn value(&self, row: u64) -> Option<T> {
        let parent = if self.required { self.relation.candidate(row) } else { self.relation.parent(row) };
        self.key.nullable(parent?)
    }
}
