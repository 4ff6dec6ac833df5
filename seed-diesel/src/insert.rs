//! Multi-row inserts of rows whose values are bound already, by the threads that have made them: the connection has
//! nothing left to do but to send them.

use diesel::RunQueryDsl;
use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::query_builder::{AstPass, MoveableBindCollector, QueryBuilder, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::aside::{ASIDE, ROW};
use crate::backend::Dialect;
use crate::bulk::{Refused, Target};
use crate::statement::{Written, head};

/// The rows of a statement.
#[doc(hidden)]
pub struct Bound<V> {
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) rows: usize,
    pub(crate) values: V,
}

/// The statement that is sent again and again.
pub(crate) struct Statement {
    /// How many rows it has.
    pub(crate) rows: usize,
    text: String,
}

impl Statement {
    /// That of as many rows as the backend takes best, or the user says.
    pub(crate) fn new<DB: Dialect>(target: &Target<'_>, batch: Option<usize>) -> QueryResult<Statement> {
        let rows = batch.unwrap_or(DB::ROWS).min(DB::BINDS / target.binds()).max(1);
        Ok(Statement { rows, text: text::<DB>(target, rows)? })
    }

    /// Sends the rows, and tells how many the database stores. Fewer rows than the statement has get one of their own, which Diesel
    /// does not cache: statements of every length would be too many.
    pub(crate) fn send<C, V>(&self, connection: &mut C, target: &Target<'_>, bound: &Bound<V>) -> Result<usize, Refused>
    where
        C: LoadConnection<Backend: Dialect>,
        V: Send + 'static,
        for<'b> <C::Backend as Backend>::BindCollector<'b>: MoveableBindCollector<C::Backend, BindData = V>,
    {
        let refused = |source| Refused { first: bound.first, last: bound.last, source };
        let keep = bound.rows == self.rows;
        let other = if keep { None } else { Some(text::<C::Backend>(target, bound.rows).map_err(refused)?) };
        let text = other.as_ref().unwrap_or(&self.text);
        Insert { text, keep, values: &bound.values }.execute(connection).map_err(refused)
    }
}

/// The text of an insert of so many rows.
fn text<DB: Dialect>(target: &Target<'_>, rows: usize) -> QueryResult<String> {
    let mut sql = DB::QueryBuilder::default();
    let number = target.aside.then_some((ROW, Written::Value));
    let columns: Vec<_> = number.into_iter().chain(target.columns.iter().copied()).collect();
    let table = if target.aside { ASIDE } else { &target.table.quoted };
    sql.push_sql(&head::<DB>(table, &columns)?);
    for row in 0..rows {
        sql.push_sql(if row == 0 { "(" } else { ", (" });
        let written = columns.iter().filter(|(_, written)| *written != Written::Nothing);
        for (at, (_, written)) in written.enumerate() {
            sql.push_sql(if at == 0 { "" } else { ", " });
            match written {
                Written::Null => sql.push_sql("NULL"),
                _ => sql.push_bind_param(),
            }
        }
        sql.push_sql(")");
    }
    Ok(sql.finish())
}

struct Insert<'a, V> {
    text: &'a str,
    /// Whether Diesel keeps it, by its text.
    keep: bool,
    values: &'a V,
}

impl<DB: Backend, V: Send + 'static> QueryFragment<DB> for Insert<'_, V>
where
    for<'b> DB::BindCollector<'b>: MoveableBindCollector<DB, BindData = V>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.keep {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql(self.text);
        out.push_bind_collector_data(self.values)
    }
}

impl<V> QueryId for Insert<'_, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<V, C> RunQueryDsl<C> for Insert<'_, V> {}
