//! `Rows`: one query, whose rows come in an order that is always the same.

use diesel::connection::LoadConnection;
use diesel::dsl::{AsSelect, EqAny, Select, ThenOrderBy};
use diesel::expression::AsExpression;
use diesel::query_builder::QueryId;
use diesel::query_dsl::LoadQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl, ThenOrderDsl};
use diesel::sql_types::{SingleValue, SqlType};
use diesel::{Expression, ExpressionMethods, QueryResult, RunQueryDsl, Selectable, SelectableHelper, Table};

use super::key::{And, KeyOf, One};
use super::one_of::OneOf;
use crate::backend::Dialect;
use crate::seedable::Seedable;

type PrimaryKey<M> = <<M as Seedable>::Table as Table>::PrimaryKey;

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
    Select<Q, AsSelect<M, C::Backend>>: ThenOrderDsl<PrimaryKey<M>>,
    ThenOrderBy<Select<Q, AsSelect<M, C::Backend>>, PrimaryKey<M>>: LoadQuery<'q, C, M> + RunQueryDsl<C>,
{
    fn rows(query: Q, connection: &mut C) -> QueryResult<Vec<M>> {
        query.select(M::as_select()).then_order_by(M::Table::default().primary_key()).load(connection)
    }
}

/// The same for those rows that have one of some keys `K`, each a `V`.
pub trait RowsOf<'q, Q, K, V, C>: Sized {
    fn rows_of(query: &Q, keys: Vec<V>, connection: &mut C) -> QueryResult<Vec<Self>>;
}

impl<'q, M, Q, F, K, V, ST, C, Filtered> RowsOf<'q, Q, One<F, K>, V, C> for M
where
    F: Expression<SqlType = ST> + Default,
    ST: SqlType + SingleValue,
    V: AsExpression<ST>,
    Q: FilterDsl<EqAny<F, Vec<V>>, Output = Filtered> + Clone,
    M: Rows<'q, Filtered, C>,
{
    fn rows_of(query: &Q, keys: Vec<V>, connection: &mut C) -> QueryResult<Vec<M>> {
        M::rows(query.clone().filter(F::default().eq_any(keys)), connection)
    }
}

impl<'q, M, Q, A, B, V, C, Filtered> RowsOf<'q, Q, And<A, B>, V, C> for M
where
    Q: FilterDsl<OneOf<And<A, B>, V>, Output = Filtered> + Clone,
    M: Rows<'q, Filtered, C>,
{
    fn rows_of(query: &Q, keys: Vec<V>, connection: &mut C) -> QueryResult<Vec<M>> {
        M::rows(query.clone().filter(OneOf::new(keys)), connection)
    }
}

/// The rows that have one of the keys, by as many queries as it takes: half of the values that a statement
/// binds are left to what the query binds itself.
pub(super) fn all_rows_of<'q, M, Q, K, C>(query: &Q, keys: &[K::Value], connection: &mut C) -> QueryResult<Vec<M>>
where
    M: RowsOf<'q, Q, K, K::Value, C>,
    K: KeyOf<M>,
    C: LoadConnection<Backend: Dialect>,
{
    let mut rows = Vec::new();
    for keys in keys.chunks(C::Backend::BINDS / 2 / K::COLUMNS) {
        rows.extend(M::rows_of(query, keys.to_vec(), connection)?);
    }
    Ok(rows)
}
