//! `models![…]`: the models of a run, with their types put away.

use std::marker::PhantomData;

use diesel::QueryResult;
use seed_core::{Builder, Plan, TableDef, TablePlan};

use crate::backend::{Dialect, TableName};
use crate::bulk::{Bulk, Refused, Rows, Target};
use crate::outside::Parent;
use crate::probe::PerConnection;
use crate::seedable::{Load, Seedable};
use crate::statement::table_name;

/// The models of a run, in any order.
///
/// ```
/// # use seed_diesel::Seedable;
/// # diesel::table! { users (id) { id -> Integer } }
/// # #[derive(Seedable)] struct User { id: i32 }
/// use diesel::sqlite::Sqlite;
/// use seed_diesel::{Models, models};
///
/// let models: Models<Sqlite> = models![User];
/// assert_eq!(models.len(), 1);
/// ```
#[macro_export]
macro_rules! models {
    ($($model:ty),* $(,)?) => {
        // The backend is known before a model is asked whether it can be loaded there: a function
        // pointer passes on what the whole is expected to be.
        $crate::Models::list(|models| models$(.and::<$model>())*)
    };
}

/// See [`models!`].
pub struct Models<DB: Dialect>(Vec<Box<dyn Model<DB>>>);

impl<DB: Dialect> Models<DB> {
    /// No models.
    pub fn new() -> Models<DB> {
        Models(Vec::new())
    }

    /// The models that `list` adds.
    #[doc(hidden)]
    pub fn list(list: fn(Models<DB>) -> Models<DB>) -> Models<DB> {
        list(Models::new())
    }

    /// One model more.
    #[must_use]
    pub fn and<M: Load<DB>>(mut self) -> Models<DB> {
        self.0.push(Box::new(Of::<M>(PhantomData)));
        self
    }

    /// How many models there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn define(&self) -> Vec<TableDef> {
        self.0.iter().map(|model| model.define()).collect()
    }

    /// The tables' names in SQL.
    pub(crate) fn names(&self) -> QueryResult<Vec<TableName>> {
        self.0.iter().map(|model| model.name()).collect()
    }

    /// The parents of all models.
    pub(crate) fn parents(&self) -> Vec<Parent> {
        let mut parents = Vec::new();
        self.0.iter().for_each(|model| model.parents(&mut parents));
        parents
    }

    /// The tables of a plan, in its order.
    pub(crate) fn tables(&self, plan: &Plan, build: &mut Builder<'_>) -> Vec<Box<dyn Table<DB>>> {
        let table = |(at, table): (usize, &TablePlan)| {
            build.begin(at);
            self.0[table.model].table(build)
        };
        plan.tables.iter().enumerate().map(table).collect()
    }
}

impl<DB: Dialect> Default for Models<DB> {
    fn default() -> Models<DB> {
        Models::new()
    }
}

/// A model without its type.
trait Model<DB: Dialect> {
    fn define(&self) -> TableDef;
    fn name(&self) -> QueryResult<TableName>;
    fn parents(&self, parents: &mut Vec<Parent>);
    fn table(&self, build: &mut Builder<'_>) -> Box<dyn Table<DB>>;
}

/// A table that rows can be asked of, without its type.
#[doc(hidden)]
pub trait Table<DB: Bulk>: Send + Sync {
    /// How rows are read.
    fn readers(&self) -> PerConnection;

    /// Which of the columns count up, as the database would by itself.
    fn serial(&self) -> Vec<bool>;

    /// Makes rows; see [`Bulk::pack`].
    fn pack(
        &self,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &DB::Way,
        sent: Option<DB::Packed>,
    ) -> Result<DB::Packed, Refused>;

    /// A row as text, cell by cell.
    fn show(&self, row: u64) -> Vec<String>;
}

struct Of<M>(PhantomData<M>);

impl<M: Load<DB>, DB: Dialect> Model<DB> for Of<M> {
    fn define(&self) -> TableDef {
        M::define()
    }

    fn name(&self) -> QueryResult<TableName> {
        table_name::<M, DB>()
    }

    fn parents(&self, parents: &mut Vec<Parent>) {
        M::parents(parents);
    }

    fn table(&self, build: &mut Builder<'_>) -> Box<dyn Table<DB>> {
        Box::new(TableOf::<M> { columns: M::columns(build) })
    }
}

struct TableOf<M: Seedable> {
    columns: M::Columns,
}

impl<M: Load<DB>, DB: Bulk> Table<DB> for TableOf<M> {
    fn readers(&self) -> PerConnection {
        M::readers()
    }

    fn serial(&self) -> Vec<bool> {
        M::serial(&self.columns)
    }

    fn pack(
        &self,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &DB::Way,
        sent: Option<DB::Packed>,
    ) -> Result<DB::Packed, Refused> {
        DB::pack::<M>(&self.columns, rows, target, way, sent)
    }

    fn show(&self, row: u64) -> Vec<String> {
        M::show(&M::row(&self.columns, row))
    }
}
