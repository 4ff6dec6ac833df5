//! SQLite takes rows by a prepared statement of a few rows each.

use diesel::sqlite::{Sqlite, SqliteConnection};

use crate::bulk::{Bulk, Refused, Rows, Target};
use crate::insert::{self, RowsOf, Typed};
use crate::models::Table;
use crate::seedable::Load;

/// Rows that are made at a time.
const BLOCK: usize = 1_000;

impl Bulk for Sqlite {
    type Connection = SqliteConnection;

    /// How many rows a statement has.
    type Way = usize;

    type Packed = Box<dyn Typed<Sqlite>>;

    fn way(
        _: &mut SqliteConnection,
        _: &dyn Table<Sqlite>,
        target: &Target<'_>,
        batch: Option<usize>,
        _: u64,
    ) -> Result<usize, Refused> {
        Ok(target.rows::<Sqlite>(batch))
    }

    fn block(way: &usize) -> usize {
        (BLOCK / way).max(1) * way
    }

    fn pack<M: Load<Sqlite>>(
        columns: &M::Columns,
        rows: &mut Rows<'_>,
        _: &Target<'_>,
        _: &usize,
        sent: Option<Box<dyn Typed<Sqlite>>>,
    ) -> Result<Box<dyn Typed<Sqlite>>, Refused> {
        let mut packed = RowsOf::<M>::again(sent);
        while let Some(row) = rows.next() {
            packed.push(row, M::row(columns, row));
            rows.made();
        }
        Ok(packed)
    }

    fn send(
        connection: &mut SqliteConnection,
        packed: &Box<dyn Typed<Sqlite>>,
        _: &dyn Table<Sqlite>,
        target: &Target<'_>,
        way: &usize,
    ) -> Result<(), Refused> {
        insert::send(connection, &**packed, target, *way)
    }
}
