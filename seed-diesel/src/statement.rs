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
    /// The columns of the model, and what is written of each.
    pub(crate) columns: &'a [(&'static str, Written)],
    pub(crate) rows: &'a [M::Row],
}

/// What an insert writes of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// The value.
    Value,
    /// The key that the database makes.
    NextKey,
    /// NULL in place of the value.
    Null,
    /// Nothing: the column is left out.
    Nothing,
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
        out.push_sql(&head::<DB>(&table_name::<M, DB>()?.quoted, self.columns)?);
        for (at, row) in self.rows.iter().enumerate() {
            out.push_sql(if at == 0 { "(" } else { ", (" });
            M::write(row, &mut Binds { out: out.reborrow(), at: 0, is_first: true, columns: self.columns })?;
            out.push_sql(")");
        }
        Ok(())
    }
}

/// What stands before the rows: `INSERT INTO users (id, name) VALUES `.
pub(crate) fn head<DB: Dialect>(table: &str, columns: &[(&str, Written)]) -> QueryResult<String> {
    let keys_are_given = !columns.iter().any(|(_, written)| *written == Written::NextKey);
    let mut sql = DB::QueryBuilder::default();
    sql.push_sql(if keys_are_given { DB::INSERT_MANY } else { "INSERT INTO " });
    sql.push_sql(table);
    let written = columns.iter().filter(|(_, written)| *written != Written::Nothing);
    for (at, (column, _)) in written.enumerate() {
        sql.push_sql(if at == 0 { " (" } else { ", " });
        sql.push_identifier(column)?;
    }
    sql.push_sql(")");
    if keys_are_given {
        sql.push_sql(DB::GIVEN_KEYS);
    }
    sql.push_sql(" VALUES ");
    Ok(sql.finish())
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
    is_first: bool,
    columns: &'p [(&'static str, Written)],
}

impl<'b, DB: Dialect> CellWriter<'b, DB> for Binds<'_, '_, 'b, DB> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        DB: HasSqlType<ST>,
        T: ToSql<ST, DB>,
    {
        let (_, written) = self.columns[self.at];
        self.at += 1;
        if written == Written::Nothing {
            return Ok(());
        }
        if !std::mem::replace(&mut self.is_first, false) {
            self.out.push_sql(", ");
        }
        match written {
            Written::NextKey => self.out.push_sql(DB::NEXT_KEY),
            Written::Null => self.out.push_sql("NULL"),
            _ => self.out.push_bind_param::<ST, T>(value)?,
        }
        Ok(())
    }
}

/// `key = ? AND other = ?` for some columns of a row.
pub(crate) struct KeyOf<'p, 'a, 'b, DB: Dialect> {
    pub(crate) out: AstPass<'a, 'b, DB>,
    pub(crate) at: usize,
    pub(crate) columns: &'p [(&'static str, Written)],
    pub(crate) key: &'p [&'static str],
    pub(crate) written: usize,
}

impl<'b, DB: Dialect> CellWriter<'b, DB> for KeyOf<'_, '_, 'b, DB> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        DB: HasSqlType<ST>,
        T: ToSql<ST, DB>,
    {
        let (column, _) = self.columns[self.at];
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
