//! `OneOf`: the condition that a key of several columns is one of some.

use std::marker::PhantomData;

use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, IntoNotNullable};
use diesel::{Column, QueryResult};

use super::key::{And, Key, One};
use crate::backend::Dialect;
use crate::checks::NotNull;

/// `(tenant_id, order_id) IN ((1, 1), (1, 2))`
#[derive(Debug, Clone)]
pub struct OneOf<K, V> {
    values: Vec<V>,
    key: PhantomData<K>,
}

impl<K, V> OneOf<K, V> {
    pub(super) fn new(values: Vec<V>) -> OneOf<K, V> {
        OneOf { values, key: PhantomData }
    }
}

impl<K, V> Expression for OneOf<K, V> {
    type SqlType = Bool;
}

impl<K, V, QS> AppearsOnTable<QS> for OneOf<K, V> {}

impl<K, V, G> ValidGrouping<G> for OneOf<K, V> {
    type IsAggregate = is_aggregate::No;
}

impl<K, V> QueryId for OneOf<K, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<K, V, DB> QueryFragment<DB> for OneOf<K, V>
where
    K: Key + WriteKey<V, DB>,
    DB: Dialect,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Each number of keys is a statement of its own.
        out.unsafe_to_cache_prepared();
        out.push_sql("(");
        for (at, name) in K::names().into_iter().enumerate() {
            out.push_sql(if at == 0 { "" } else { ", " });
            out.push_identifier(name)?;
        }
        out.push_sql(") IN (");
        out.push_sql(DB::BEFORE_ROWS);
        for (at, value) in self.values.iter().enumerate() {
            out.push_sql(if at == 0 { "(" } else { ", (" });
            K::write(value, out.reborrow())?;
            out.push_sql(")");
        }
        out.push_sql(")");
        Ok(())
    }
}

/// Writes the values of a key.
pub trait WriteKey<V, DB: Dialect> {
    fn write<'b>(value: &'b V, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

impl<F, K, V, DB> WriteKey<V, DB> for One<F, K>
where
    F: Column<SqlType: IntoNotNullable>,
    V: ToSql<NotNull<F>, DB>,
    DB: Dialect + HasSqlType<NotNull<F>>,
{
    fn write<'b>(value: &'b V, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_bind_param::<NotNull<F>, V>(value)
    }
}

impl<A, B, V, W, DB> WriteKey<(V, W), DB> for And<A, B>
where
    A: WriteKey<V, DB>,
    B: WriteKey<W, DB>,
    DB: Dialect,
{
    fn write<'b>((value, more): &'b (V, W), mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        A::write(value, out.reborrow())?;
        out.push_sql(", ");
        B::write(more, out)
    }
}
