//! A statement that is put together when the program runs, for any backend.

use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::{QueryResult, RunQueryDsl};

use crate::backend::Dialect;

/// A statement with values.
pub(crate) struct Sql<'a>(pub(crate) Vec<Piece<'a>>);

/// A part of it.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    Sql(&'a str),
    Text(&'a str),
    Number(&'a i64),
}

impl<DB: Dialect> QueryFragment<DB> for Sql<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for piece in &self.0 {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Text(text) => DB::bind_text(out.reborrow(), text)?,
                Piece::Number(number) => DB::bind_number(out.reborrow(), number)?,
            }
        }
        Ok(())
    }
}

impl QueryId for Sql<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for Sql<'_> {}
