//! `Rows`: one query, whose rows come in an order that is always the same.

use std::hash::Hash;

use diesel::connection::LoadConnection;
use diesel::dsl::{AsSelect, EqAny, Select, ThenOrderBy};
use diesel::expression::AsExpression;
use diesel::query_builder::QueryId;
use diesel::query_dsl::LoadQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl, ThenOrderDsl};
use diesel::sql_types::{SingleValue, SqlType};
use diesel::{Expression, ExpressionMethods, QueryResult, RunQueryDsl, Selectable, SelectableHelper, Table};

use crate::seedable::Seedable;

type KeyOf<M> = <<M as Seedable>::Table as Table>::PrimaryKey;

/// A model whose rows a query `Q` gives on a connection `C`.
//
// The model is what asks, rather than the query: where it is not known, since two models have the same
// foreign key, the compiler says so before it looks into the query.
#[diagnostic::on_unimplemented(
    message = "rows of `{Self}` cannot be read by this query on this connection",
    label = "`{Self}` cannot be read here",
    note = "`{Self}` needs `#[derive(Queryable, Selectable)]` beside `Seedable`, and types that the database can read",
    note = "what is filtered and ordered by are columns of the table of `{Self}`",
    note = "the connection is one of Diesel's to PostgreSQL, MySQL or SQLite, for which the feature is on"
)]
pub trait Rows<'q, Q, C>: Sized {
    #[doc(hidden)]
    fn rows(query: Q, connection: &mut C) -> QueryResult<Vec<Self>>;
}

#[diagnostic::do_not_recommend]
impl<'q, M, Q, C> Rows<'q, Q, C> for M
where
    C: LoadConnection,
    M: Seedable<Table: Default> + Selectable<C::Backend, SelectExpression: QueryId>,
    Q: SelectDsl<AsSelect<M, C::Backend>>,
    Select<Q, AsSelect<M, C::Backend>>: ThenOrderDsl<KeyOf<M>>,
    ThenOrderBy<Select<Q, AsSelect<M, C::Backend>>, KeyOf<M>>: LoadQuery<'q, C, M> + RunQueryDsl<C>,
{
    fn rows(query: Q, connection: &mut C) -> QueryResult<Vec<M>> {
        query.select(M::as_select()).then_order_by(M::Table::default().primary_key()).load(connection)
    }
}

/// The same for those rows that have one of some keys, of a type `T`, in the column `F`.
pub trait RowsOf<'q, Q, F, T, C>: Sized {
    fn rows_of(query: &Q, column: F, keys: Vec<T>, connection: &mut C) -> QueryResult<Vec<Self>>;
}

impl<'q, M, Q, F, T, ST, C, Filtered> RowsOf<'q, Q, F, T, C> for M
where
    F: Expression<SqlType = ST>,
    ST: SqlType + SingleValue,
    T: AsExpression<ST>,
    Q: FilterDsl<EqAny<F, Vec<T>>, Output = Filtered> + Clone,
    M: Rows<'q, Filtered, C>,
{
    fn rows_of(query: &Q, column: F, keys: Vec<T>, connection: &mut C) -> QueryResult<Vec<M>> {
        M::rows(query.clone().filter(column.eq_any(keys)), connection)
    }
}

/// The type of a foreign key, by which children find their parents.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of relational reads",
    label = "a key of `{Self}`",
    note = "children are found by their foreign key, and grouped by it: it needs `Eq`, `Hash` and Diesel's `AsExpression`, \
            as in `#[derive(Clone, PartialEq, Eq, Hash, AsExpression)]`"
)]
pub trait ReadKey<ST: SingleValue>: Clone + Eq + Hash + AsExpression<ST> {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Eq + Hash + AsExpression<ST>, ST: SingleValue> ReadKey<ST> for T {}
