//! One statement for every backend: `INSERT INTO … VALUES (…), (…)`, each value bound with its
//! column's SQL type. Diesel caches it by its text.

use diesel::query_builder::{AstPass, QueryBuilder, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;
use diesel::{QueryResult, RunQueryDsl};

use crate::backend::{Dialect, TableName};
use crate::seedable::{CellWriter, Load, Seedable};

/// An insert of rows of a model.
pub(crate) struct Insert<'a, M: Seedable> {
    /// The names of the columns.
    pub(crate) columns: &'a [&'static str],
    pub(crate) rows: &'a [M::Row],
    /// Whether the database makes a column's value. Empty where it makes none.
    pub(crate) from_database: &'a [bool],
}

impl<M: Load<DB>, DB: Dialect> QueryFragment<DB> for Insert<'_, M> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.walk(out)
    }
}

impl<'a, M: Seedable> Insert<'a, M> {
    /// Walks the statement. The values live as long as the rows, which may be longer than the
    /// statement does.
    pub(crate) fn walk<'b, DB: Dialect>(&self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        'a: 'b,
        M: Load<DB>,
    {
        walk_head(out.reborrow(), M::table, self.columns, !self.from_database.contains(&true))?;
        for (at, row) in self.rows.iter().enumerate() {
            out.push_sql(if at == 0 { "(" } else { ", (" });
            M::write(row, &mut Binds { out: out.reborrow(), at: 0, from_database: self.from_database })?;
            out.push_sql(")");
        }
        Ok(())
    }
}

/// What stands before the rows. Compiled once, and not for each model.
fn walk_head<'b, DB: Dialect>(
    mut out: AstPass<'_, 'b, DB>,
    table: fn(AstPass<'_, 'b, DB>) -> QueryResult<()>,
    columns: &[&str],
    keys_are_given: bool,
) -> QueryResult<()> {
    out.push_sql(if keys_are_given { DB::INSERT_MANY } else { "INSERT INTO " });
    table(out.reborrow())?;
    out.push_sql(" (");
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push_sql(", ");
        }
        out.push_identifier(column)?;
    }
    out.push_sql(")");
    if keys_are_given {
        out.push_sql(DB::GIVEN_KEYS);
    }
    out.push_sql(" VALUES ");
    Ok(())
}

impl<M: Seedable> QueryId for Insert<'_, M> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<M: Seedable, C> RunQueryDsl<C> for Insert<'_, M> {}

/// `?, ?, DEFAULT, ?`
struct Binds<'p, 'a, 'b, DB: Dialect> {
    out: AstPass<'a, 'b, DB>,
    at: usize,
    from_database: &'p [bool],
}

impl<'b, DB: Dialect> CellWriter<'b, DB> for Binds<'_, '_, 'b, DB> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        DB: HasSqlType<ST>,
        T: ToSql<ST, DB>,
    {
        if self.at > 0 {
            self.out.push_sql(", ");
        }
        if self.from_database.get(self.at) == Some(&true) {
            self.out.push_sql(DB::NEXT_KEY);
        } else {
            self.out.push_bind_param::<ST, T>(value)?;
        }
        self.at += 1;
        Ok(())
    }
}

/// `key = ? AND other = ?` for some columns of a row.
pub(crate) struct KeyOf<'p, 'a, 'b, DB: Dialect> {
    pub(crate) out: AstPass<'a, 'b, DB>,
    pub(crate) at: usize,
    pub(crate) columns: &'p [&'static str],
    pub(crate) key: &'p [&'static str],
    pub(crate) written: usize,
}

impl<'b, DB: Dialect> CellWriter<'b, DB> for KeyOf<'_, '_, 'b, DB> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        DB: HasSqlType<ST>,
        T: ToSql<ST, DB>,
    {
        let column = self.columns[self.at];
        self.at += 1;
        if self.key.contains(&column) {
            if self.written > 0 {
                self.out.push_sql(" AND ");
            }
            self.out.push_identifier(column)?;
            self.out.push_sql(" = ");
            self.out.push_bind_param::<ST, T>(value)?;
            self.written += 1;
        }
        Ok(())
    }
}

/// The name of a model's table.
pub(crate) fn table_name<M: Load<DB>, DB: Dialect>() -> QueryResult<TableName> {
    quoted(Name(M::table))
}

/// Writes the name of a table.
struct Name<DB: Dialect>(for<'b> fn(AstPass<'_, 'b, DB>) -> QueryResult<()>);

impl<DB: Dialect> QueryFragment<DB> for Name<DB> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        (self.0)(out)
    }
}

fn quoted<DB: Dialect>(name: Name<DB>) -> QueryResult<TableName> {
    let mut sql = DB::QueryBuilder::default();
    name.to_sql(&mut sql, &DB::default())?;
    Ok(TableName::read(QueryBuilder::finish(sql)))
}
