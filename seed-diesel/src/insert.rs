//! Rows that go by multi-row inserts, with the type of their model put away.

use std::any::Any;
use std::ops::Range;

use diesel::RunQueryDsl;
use diesel::connection::LoadConnection;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::backend::Dialect;
use crate::bulk::{Refused, Target};
use crate::seedable::{Load, Seedable};
use crate::statement::Insert;

/// Rows that are ready to be inserted.
#[doc(hidden)]
pub trait Typed<DB: Dialect>: Any + Send {
    /// Which rows these are.
    fn rows(&self) -> &[i64];

    /// An insert of some of them, counted from the first.
    fn insert<'a>(&'a self, rows: Range<usize>, target: &'a Target<'_>) -> Box<dyn QueryFragment<DB> + 'a>;
}

/// Rows of a model.
pub(crate) struct RowsOf<M: Seedable> {
    /// Which rows, as a database counts them.
    rows: Vec<i64>,
    made: Vec<M::Row>,
}

impl<M: Seedable> RowsOf<M> {
    /// No rows, in the memory of others that have been sent.
    pub(crate) fn again<DB: Dialect>(sent: Option<Box<dyn Typed<DB>>>) -> Box<RowsOf<M>> {
        let sent = sent.and_then(|sent| (sent as Box<dyn Any>).downcast::<RowsOf<M>>().ok());
        let mut rows = sent.unwrap_or_else(|| Box::new(RowsOf { rows: Vec::new(), made: Vec::new() }));
        rows.rows.clear();
        rows.made.clear();
        rows
    }

    pub(crate) fn push(&mut self, row: u64, made: M::Row) {
        self.rows.push(row.cast_signed());
        self.made.push(made);
    }
}

impl<M: Load<DB>, DB: Dialect> Typed<DB> for RowsOf<M> {
    fn rows(&self) -> &[i64] {
        &self.rows
    }

    fn insert<'a>(&'a self, rows: Range<usize>, target: &'a Target<'_>) -> Box<dyn QueryFragment<DB> + 'a> {
        Box::new(Insert::<M> {
            columns: &target.columns,
            rows: &self.made[rows.clone()],
            aside: target.aside.then_some(&self.rows[rows]),
        })
    }
}

/// Inserts rows, so many by each statement.
pub(crate) fn send<C>(
    connection: &mut C,
    rows: &dyn Typed<C::Backend>,
    target: &Target<'_>,
    by: usize,
) -> Result<(), Refused>
where
    C: LoadConnection<Backend: Dialect>,
{
    let numbers = rows.rows();
    for at in (0..numbers.len()).step_by(by) {
        let end = (at + by).min(numbers.len());
        // Statements of any length are too many to keep.
        let statement = Statement { sql: rows.insert(at..end, target), keep: end - at == by };
        statement.execute(connection).map_err(|source| Refused {
            first: numbers[at].cast_unsigned(),
            last: numbers[end - 1].cast_unsigned(),
            source,
        })?;
    }
    Ok(())
}

/// A statement without its type.
struct Statement<'a, DB: Dialect> {
    sql: Box<dyn QueryFragment<DB> + 'a>,
    /// Whether Diesel keeps it, by its text.
    keep: bool,
}

impl<DB: Dialect> QueryFragment<DB> for Statement<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.keep {
            out.unsafe_to_cache_prepared();
        }
        self.sql.walk_ast(out)
    }
}

impl<DB: Dialect> QueryId for Statement<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect, C> RunQueryDsl<C> for Statement<'_, DB> {}
