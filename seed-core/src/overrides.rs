//! `Overrides`: what a run says in place of its models.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cell::Cell;
use crate::error::Error;
use crate::fan_out::With;
use crate::generator::{BoxGenerator, Domain, Generator};
use crate::locale::Locale;
use crate::value::Hint;

/// What a run says in place of its models: counts, children per parent, generators.
#[derive(Default)]
pub struct Overrides {
    /// The locale of models and columns that have none of their own.
    pub locale: Locale,
    tables: BTreeMap<String, TableOverrides>,
}

/// What a run says in place of one model.
#[derive(Default)]
pub struct TableOverrides {
    /// How many rows.
    pub count: Option<u64>,
    /// How many children each parent gets, by foreign key.
    pub with: BTreeMap<String, With>,
    /// How much more often some parents are drawn than others, by foreign key: the exponent of
    /// [`zipf`](crate::zipf).
    pub zipf: BTreeMap<String, f64>,
    generators: BTreeMap<String, Box<dyn Any + Send>>,
    pub(crate) nulls: BTreeMap<String, f64>,
}

/// A generator that several builds share.
struct Kept<T>(Arc<dyn Generator<T>>);

impl<T> Generator<T> for Kept<T> {
    fn value(&self, cell: &Cell) -> T {
        self.0.value(cell)
    }

    fn domain(&self) -> Option<&dyn Domain<T>> {
        self.0.domain()
    }

    fn listed(&self) -> Vec<T> {
        self.0.listed()
    }

    fn check(&self) -> Result<(), String> {
        self.0.check()
    }
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

    /// The generator of a column, told what the column is; or an error where it makes values of another
    /// type. It can be asked for again: what a run finds in the database may make it plan anew.
    pub(crate) fn generator<T: 'static>(&mut self, hint: &Hint<'_>) -> Option<Result<BoxGenerator<T>, Error>> {
        let generator = self.tables.get_mut(hint.table)?.generators.get_mut(hint.column)?;
        let Some(kept) = generator.downcast_mut::<Kept<T>>() else {
            return Some(Err(Error::Setup {
                table: hint.table.to_owned(),
                column: hint.column.to_owned(),
                message: format!("the run's generator does not make values of type `{}`", std::any::type_name::<T>()),
            }));
        };
        // Nobody else has it before the first build.
        if let Some(generator) = Arc::get_mut(&mut kept.0) {
            generator.prepare(hint);
        }
        Some(Ok(Box::new(Kept(Arc::clone(&kept.0)))))
    }
}

impl TableOverrides {
    /// Makes a column's values with this generator, whatever the model says. `T` is the type of
    /// the model's field, without its `Option`.
    pub fn generate<T: 'static>(&mut self, column: &str, generator: BoxGenerator<T>) {
        self.generators.insert(column.to_owned(), Box::new(Kept(Arc::from(generator))));
    }

    /// Makes a column NULL with this probability, whatever the model says.
    pub fn null(&mut self, column: &str, probability: f64) {
        self.nulls.insert(column.to_owned(), probability);
    }

    /// Whether the run says how a column's values are made.
    pub fn generates(&self, column: &str) -> bool {
        self.generators.contains_key(column) || self.nulls.contains_key(column)
    }

    /// Whether a column's values are made with a generator of the run.
    pub(crate) fn makes(&self, column: &str) -> bool {
        self.generators.contains_key(column)
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.with
            .keys()
            .chain(self.zipf.keys())
            .chain(self.generators.keys())
            .chain(self.nulls.keys())
            .map(String::as_str)
    }
}
