//! SQLite takes rows by a prepared statement of a few rows.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::backend::Backend;
use diesel::query_builder::{BindCollector, MoveableBindCollector};
use diesel::result::DatabaseErrorKind::{CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation};
use diesel::result::{Error, QueryResult};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};
use diesel::sqlite::{Sqlite, SqliteConnection};

use crate::backend::SeedConnection;
use crate::bulk::{Bulk, Refused, Rows, Target};
use crate::insert::{Bound, Statement};
use crate::models::Table;
use crate::refused;
use crate::seedable::{CellWriter, Load};
use crate::statement::Written;

/// Rows that are made at a time.
const BLOCK: usize = 1_000;

/// Values that can go to another thread.
type Values = <<Sqlite as Backend>::BindCollector<'static> as MoveableBindCollector<Sqlite>>::BindData;

/// By one statement, again and again.
#[doc(hidden)]
pub struct Way {
    statement: Statement,
    /// How many bytes the widest row had that was looked at; 0 before the first.
    widest: AtomicUsize,
}

impl Bulk for Sqlite {
    type Connection = SqliteConnection;
    type Way = Way;
    type Packed = Vec<Bound<Values>>;

    fn way(
        _: &mut SqliteConnection,
        _: &dyn Table<Sqlite>,
        target: &Target<'_>,
        batch: Option<usize>,
        row: u64,
    ) -> Result<Way, Refused> {
        let statement = Statement::new::<Sqlite>(target, batch).map_err(Refused::row(row))?;
        Ok(Way { statement, widest: AtomicUsize::new(0) })
    }

    fn block(way: &Way) -> usize {
        let rows = way.statement.rows;
        (BLOCK / rows).saturating_mul(rows).max(rows)
    }

    fn pack<M: Load<Sqlite>>(
        columns: &M::Columns,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &Way,
        sent: Option<Self::Packed>,
    ) -> Result<Self::Packed, Refused> {
        let mut packed = sent.unwrap_or_default();
        packed.clear();
        // Of the first statement each row is looked at, for its first may be a narrow one; of others, the first.
        let is_first = way.widest.load(Ordering::Relaxed) == 0;
        let mut bytes = 0;
        while let Some(first) = rows.next().filter(|_| bytes < Target::BYTES) {
            let mut made: Vec<(i64, M::Row)> = Vec::with_capacity(BLOCK.min(way.statement.rows));
            let (mut most, mut widest) = (way.statement.rows, 0);
            while let Some(row) = rows.next().filter(|_| made.len() < most) {
                let cells = M::row(columns, row);
                if row == first || is_first && packed.is_empty() {
                    let width = width::<M>(&cells);
                    widest = way.widest.fetch_max(width, Ordering::Relaxed).max(width);
                    most = (Target::BYTES / widest).clamp(1, most);
                }
                made.push((row.cast_signed(), cells));
                rows.made();
            }
            bytes += widest * made.len();
            let mut cells = Cells { target, at: 0, bound: Default::default() };
            for (row, made) in &made {
                let bound = cells.begin_row(row).and_then(|()| M::write(made, &mut cells));
                bound.map_err(Refused::row(row.cast_unsigned()))?;
            }
            let last = made.last().map_or(first, |(row, _)| row.cast_unsigned());
            packed.push(Bound { first, last, rows: made.len(), values: cells.bound.moveable() });
        }
        Ok(packed)
    }

    fn send(
        connection: &mut SqliteConnection,
        packed: &Self::Packed,
        _: &dyn Table<Sqlite>,
        target: &Target<'_>,
        way: &Way,
    ) -> Result<usize, Refused> {
        packed.iter().map(|bound| way.statement.send(connection, target, bound)).sum()
    }

    /// The rows before the one that is refused stay (`OR FAIL`), and are what the statement has changed. A foreign key undoes the
    /// statement.
    fn narrow(
        connection: &mut SqliteConnection,
        refused: Refused,
        send: impl FnMut(&mut SqliteConnection, Range<u64>) -> Result<(), Refused>,
    ) -> Refused {
        match &refused.source {
            Error::DatabaseError(UniqueViolation | NotNullViolation | CheckViolation, _) => {}
            Error::DatabaseError(ForeignKeyViolation, _) => return refused::halve(connection, refused, send),
            _ => return refused,
        }
        let before = connection.number("SELECT changes()").ok().flatten().map(i64::unsigned_abs);
        match before.map(|rows| refused.first + rows).filter(|row| *row <= refused.last) {
            Some(row) => Refused { first: row, last: row, ..refused },
            None => refused,
        }
    }
}

/// About how many bytes a row has: Diesel does not tell what it has bound for SQLite.
fn width<M: Load<Sqlite>>(row: &M::Row) -> usize {
    M::show(row).iter().map(String::len).sum::<usize>().max(1)
}

/// Binds the values of a statement.
struct Cells<'a, 'b> {
    target: &'a Target<'a>,
    /// The next column of the row.
    at: usize,
    bound: <Sqlite as Backend>::BindCollector<'b>,
}

impl<'b> Cells<'_, 'b> {
    fn begin_row(&mut self, row: &'b i64) -> QueryResult<()> {
        self.at = 0;
        match self.target.aside {
            true => self.bound.push_bound_value::<BigInt, i64>(row, &mut ()),
            false => Ok(()),
        }
    }
}

impl<'b> CellWriter<'b, Sqlite> for Cells<'_, 'b> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        Sqlite: HasSqlType<ST>,
        T: ToSql<ST, Sqlite>,
    {
        let (_, written) = self.target.columns[self.at];
        self.at += 1;
        match written {
            Written::Value => self.bound.push_bound_value::<ST, T>(value, &mut ()),
            _ => Ok(()),
        }
    }
}
