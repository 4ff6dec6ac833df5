//! Fixtures: a few rows for a test, with the parents that they need.
//!
//! Each test has a range of row indices of its own, far behind those of any run: a unique column is
//! a function of the row that never gives a value twice, so tests that run at the same time on one
//! database cannot clash on one, and so do not wait for each other.

mod ancestor;
mod parent;
mod sample;
mod test_rows;
mod values;

use std::any::TypeId;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::deserialize::FromSqlRow;
use diesel::dsl::SqlTypeOf;
use diesel::expression::Expression;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::LoadQuery;
use diesel::{OptionalExtension, QueryResult, RunQueryDsl, Selectable};
use once_cell::sync::Lazy;
use seed_core::{Anchor, Builder, MadeRows, Plan, TableDef};

use crate::backend::{Dialect, ReadBack, SeedConnection, TableName};
use crate::column::{self, DatabaseColumn};
use crate::error::Error;
use crate::fixture::sample::{Sample, Selected, selection};
use crate::fixture::test_rows::TestRows;
pub(crate) use crate::fixture::values::Values;
use crate::load;
use crate::probe::Unread;
use crate::seedable::{ColumnOf, Load, Seedable};
use crate::statement::{Insert, KeyOf, Written, table_name};

/// A model whose fixtures can be made on a connection: it can be inserted and read back.
#[diagnostic::on_unimplemented(
    message = "fixtures of `{Self}` cannot be made on this connection",
    label = "`{Self}` cannot be inserted and read back here",
    note = "`{Self}` needs `#[derive(Queryable, Selectable)]` beside `Seedable`, and types that the database can store",
    note = "the connection is a `PgConnection`, `MysqlConnection` or `SqliteConnection`; of a pooled one, give `&mut *conn`"
)]
pub trait Fixture<C: 'static>: Seedable {
    #[doc(hidden)]
    fn insert(connection: &mut C, rows: NewRows<Self>) -> Result<Vec<Self>, Error>;

    /// Rows that the database holds, as parents of others: those of which all of these columns are filled. Of
    /// many, as many as are kept in memory, spread evenly over the primary key.
    #[doc(hidden)]
    fn read(connection: &mut C, filled: &[&'static str]) -> Result<MadeRows, Error>;

    /// Reads the rows of a query, of which this comes after `FROM`, and keeps none.
    #[doc(hidden)]
    fn check(connection: &mut C, from: &str) -> Result<(), Unread>;

    /// Keeps the values of the table's columns within what the database holds, as it says when it is asked first.
    #[doc(hidden)]
    fn limit(connection: &mut C, def: &mut TableDef) -> Result<(), Error>;

    /// Runs `work` so that it is undone as a whole where it fails.
    #[doc(hidden)]
    fn all_or_nothing<T>(connection: &mut C, work: impl FnOnce(&mut C) -> Result<T, Error>) -> Result<T, Error>;
}

/// Rows that are ready to be inserted.
#[doc(hidden)]
pub struct NewRows<M: Seedable> {
    rows: Vec<M::Row>,
    columns: Vec<(&'static str, Written)>,
    key: Vec<&'static str>,
}

impl<M: Seedable> NewRows<M> {
    /// The column that the database makes the key of.
    fn next_key(&self) -> Option<&'static str> {
        self.columns.iter().find(|(_, written)| *written == Written::NextKey).map(|(column, _)| *column)
    }

    /// The same in parts of so many rows at most.
    fn chunks(self, most: usize) -> impl Iterator<Item = NewRows<M>> {
        let NewRows { rows, columns, key } = self;
        let mut rows = rows.into_iter();
        std::iter::from_fn(move || {
            let rows: Vec<M::Row> = rows.by_ref().take(most).collect();
            let (columns, key) = (columns.clone(), key.clone());
            (!rows.is_empty()).then_some(NewRows { rows, columns, key })
        })
    }
}

/// What a test has given of a model's fields.
#[doc(hidden)]
pub struct Given<M> {
    values: Values,
    model: PhantomData<M>,
}

impl<M> Default for Given<M> {
    fn default() -> Given<M> {
        Given::of(Values::default())
    }
}

impl<M> Given<M> {
    pub(crate) fn of(values: Values) -> Given<M> {
        Given { values, model: PhantomData }
    }
}

impl<M: Seedable> Given<M> {
    /// Gives a column's value to every row.
    pub fn give<C: ColumnOf<M>>(&mut self, value: Option<C::Value>) {
        self.values.give(M::TABLE, C::NAME, value);
    }

    pub fn seed_one<C: 'static>(self, connection: &mut C) -> Result<M, Error>
    where
        M: Fixture<C>,
    {
        let mut rows = self.seed_many(connection, 1)?;
        rows.pop().ok_or_else(|| Error::NoKey { table: M::TABLE.to_owned() })
    }

    pub fn seed_many<C: 'static>(self, connection: &mut C, count: usize) -> Result<Vec<M>, Error>
    where
        M: Fixture<C>,
    {
        if count == 0 {
            return Ok(Vec::new());
        }
        M::all_or_nothing(connection, |connection| self.insert(connection, count))
    }

    fn insert<C: 'static>(mut self, connection: &mut C, count: usize) -> Result<Vec<M>, Error>
    where
        M: Fixture<C>,
    {
        let mut def = M::define();
        M::limit(connection, &mut def)?;
        let rows = TestRows::next(M::TABLE, count as u64);
        self.values.begin(rows.first);
        let made = parent::make::<M, C>(connection, &def, &mut self.values, rows.first, count)?;

        let columns = def.column_names();
        let key = def.primary_key.clone();
        let plan = Plan::fixture(0, def, rows.first, rows.used, count as u64, made);
        let mut build = Builder::new(&plan, Anchor::default(), &mut self.values.overrides);
        build.begin(0);
        let made = M::columns(&mut build);
        build.finish()?;
        let rows = (rows.first..rows.first + count as u64).map(|row| M::row(&made, row)).collect();
        let written = M::serial(&made).into_iter().map(|serial| if serial { Written::NextKey } else { Written::Value });
        M::insert(connection, NewRows { rows, columns: columns.into_iter().zip(written).collect(), key })
    }
}

/// The columns of a model's table, for which the database is asked once.
fn columns<C: SeedConnection>(
    connection: &mut C,
    model: TypeId,
    table: fn() -> QueryResult<TableName>,
) -> Result<Arc<[DatabaseColumn]>, Error> {
    type Known = HashMap<(TypeId, TypeId), Arc<[DatabaseColumn]>>;
    static KNOWN: Lazy<Mutex<Known>> = Lazy::new(Mutex::default);
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (model, TypeId::of::<C>());
    if let Some(columns) = known().get(&key) {
        return Ok(Arc::clone(columns));
    }
    let name = table().map_err(Error::database("writing a table's name"))?;
    let reading = format!("reading the columns of `{}`", name.name);
    let columns: Arc<[DatabaseColumn]> = connection.columns(&name).map_err(Error::database(reading))?.into();
    known().insert(key, Arc::clone(&columns));
    Ok(columns)
}

#[diagnostic::do_not_recommend]
impl<M, C> Fixture<C> for M
where
    C: SeedConnection,
    M: Load<C::Backend> + Selectable<C::Backend, SelectExpression: QueryFragment<C::Backend>>,
    M: FromSqlRow<SqlTypeOf<M::SelectExpression>, C::Backend>,
    for<'q> Stored<M, C::Backend>: LoadQuery<'q, C, M> + RunQueryDsl<C>,
{
    fn read(connection: &mut C, filled: &[&'static str]) -> Result<MadeRows, Error> {
        // A run has this compiled for each parent of its models: what need not know the model is not in here.
        let sample =
            Sample::of(connection, M::define(), filled, table_name::<M, C::Backend>, selection::<M, C::Backend>)?;
        let mut rows: Vec<M> = Vec::new();
        let count = sample.load(connection, &mut |Selected(row)| rows.push(row))?;
        let mut made = MadeRows::new(0);
        M::made(&rows, &mut made);
        Ok(made.out_of(count))
    }

    fn check(connection: &mut C, from: &str) -> Result<(), Unread> {
        sample::check::<C, Selected<M>>(connection, selection::<M, C::Backend>, from)
    }

    fn insert(connection: &mut C, rows: NewRows<M>) -> Result<Vec<M>, Error> {
        let most = (C::Backend::BINDS / rows.columns.len().max(1)).min(C::Backend::ROWS).max(1);
        let mut inserted = Vec::with_capacity(rows.rows.len());
        for rows in rows.chunks(most) {
            let sent = rows.rows.len();
            let stored = insert::<M, C>(connection, rows)?;
            if stored.len() < sent {
                let table = M::TABLE.to_owned();
                return Err(Error::FixtureVanished { table, sent, stored: stored.len() });
            }
            inserted.extend(stored);
        }
        Ok(inserted)
    }

    fn limit(connection: &mut C, def: &mut TableDef) -> Result<(), Error> {
        let columns = columns(connection, TypeId::of::<M>(), table_name::<M, C::Backend>)?;
        column::limit::<C::Backend>(def, &columns);
        Ok(())
    }

    fn all_or_nothing<T>(connection: &mut C, work: impl FnOnce(&mut C) -> Result<T, Error>) -> Result<T, Error> {
        load::strictly(connection, |connection| connection.transaction(work))
    }
}

/// Inserts the rows of one statement, and reads them back.
fn insert<M, C>(connection: &mut C, rows: NewRows<M>) -> Result<Vec<M>, Error>
where
    C: SeedConnection,
    M: Load<C::Backend> + Selectable<C::Backend>,
    for<'q> Stored<M, C::Backend>: LoadQuery<'q, C, M> + RunQueryDsl<C>,
{
    let refused = |source| Error::Fixture { table: M::TABLE.to_owned(), source };
    let query = |rows, how| Stored::<M, C::Backend> { rows, how, selection: M::construct_selection() };
    if C::Backend::READ_BACK == ReadBack::Returning {
        return query(rows, How::Returning).load(connection).map_err(refused);
    }
    let insert = Insert::<M> { columns: &rows.columns, rows: &rows.rows };
    insert.execute(connection).map_err(refused)?;
    if rows.next_key().is_some() {
        let count = rows.rows.len();
        return query(rows, How::LastInserted(count)).load(connection).map_err(refused);
    }
    if !rows.key.iter().all(|key| rows.columns.iter().any(|(column, _)| column == key)) {
        return Err(Error::NoKey { table: M::TABLE.to_owned() });
    }
    let mut stored = Vec::with_capacity(rows.rows.len());
    for row in rows.chunks(1) {
        stored.extend(query(row, How::ByKey).get_result(connection).optional().map_err(refused)?);
    }
    Ok(stored)
}

/// Rows as the database holds them.
#[doc(hidden)]
pub struct Stored<M: Seedable + Selectable<DB>, DB: Dialect> {
    rows: NewRows<M>,
    how: How,
    selection: M::SelectExpression,
}

/// Which rows are read.
enum How {
    /// Inserted and read by one statement.
    Returning,
    /// The rows of the connection's last insert, which were given so many keys.
    LastInserted(usize),
    /// The row that has this row's key.
    ByKey,
}

impl<M, DB> QueryFragment<DB> for Stored<M, DB>
where
    M: Load<DB> + Selectable<DB>,
    M::SelectExpression: QueryFragment<DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let NewRows { rows, columns, key } = &self.rows;
        if let How::Returning = self.how {
            Insert::<'b, M> { columns, rows }.walk(out.reborrow())?;
            out.push_sql(" RETURNING ");
            return self.selection.walk_ast(out);
        }
        out.push_sql("SELECT ");
        self.selection.walk_ast(out.reborrow())?;
        out.push_sql(" FROM ");
        M::table(out.reborrow())?;
        out.push_sql(" WHERE ");
        match self.how {
            How::LastInserted(count) => {
                let serial = self.rows.next_key().unwrap_or_default();
                out.push_identifier(serial)?;
                out.push_sql(" >= LAST_INSERT_ID() ORDER BY ");
                out.push_identifier(serial)?;
                out.push_sql(&format!(" LIMIT {count}"));
            }
            _ => {
                for row in rows {
                    M::write(row, &mut KeyOf { out: out.reborrow(), at: 0, columns, key, written: 0 })?;
                }
            }
        }
        Ok(())
    }
}

impl<M: Seedable + Selectable<DB>, DB: Dialect> QueryId for Stored<M, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<M: Seedable + Selectable<DB>, DB: Dialect> Query for Stored<M, DB> {
    type SqlType = <M::SelectExpression as Expression>::SqlType;
}

impl<M: Seedable + Selectable<DB>, DB: Dialect, C> RunQueryDsl<C> for Stored<M, DB> {}
