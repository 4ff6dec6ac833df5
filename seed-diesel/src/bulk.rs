//! How rows go into a database: packed by the threads that make them, and sent by the connection. One trait, and
//! for each database a file beside the others of its backend.

use std::ops::Range;

use diesel::backend::Backend;
use diesel::result::Error;
use seed_core::TableDef;

use crate::backend::TableName;
use crate::models::Table;
use crate::seedable::Load;
use crate::statement::Written;

/// The fastest way of a backend's rows that Diesel offers.
#[doc(hidden)]
pub trait Bulk: Backend + Sized {
    /// The connection that sends them.
    type Connection;

    /// How the rows of one table go, and what has been found out about it.
    type Way: Sync;

    /// Rows that are ready to be sent.
    type Packed: Send;

    /// Chooses the way of a table's rows before any of them is sent. `batch` is how many go into a statement at
    /// most, where the user says so; `row` is the first.
    fn way(
        connection: &mut Self::Connection,
        table: &dyn Table<Self>,
        target: &Target<'_>,
        batch: Option<usize>,
        row: u64,
    ) -> Result<Self::Way, Refused>;

    /// How many rows a thread makes before it is the next one's turn.
    fn block(way: &Self::Way) -> usize;

    /// Makes rows, as many as are sent together and one at least, and packs them; into the memory of rows that
    /// have been `sent`, where there are some.
    fn pack<M: Load<Self>>(
        columns: &M::Columns,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &Self::Way,
        sent: Option<Self::Packed>,
    ) -> Result<Self::Packed, Refused>;

    /// The bytes in which a row's columns go that the target takes; none of a database that has no enums.
    fn bytes(
        _: &mut Self::Connection,
        _: &dyn Table<Self>,
        _: &Target<'_>,
        _row: u64,
    ) -> Result<Vec<Option<Vec<u8>>>, Refused> {
        Ok(Vec::new())
    }

    /// Sends rows; tells how many of them the database stores, as far as it knows: a trigger or a rule may keep some away.
    fn send(
        connection: &mut Self::Connection,
        packed: &Self::Packed,
        table: &dyn Table<Self>,
        target: &Target<'_>,
        way: &Self::Way,
    ) -> Result<usize, Refused>;

    /// Which of refused rows it was, where the transaction goes on and tells; `send` sends some of them again.
    fn narrow(
        _: &mut Self::Connection,
        refused: Refused,
        _send: impl FnMut(&mut Self::Connection, Range<u64>) -> Result<(), Refused>,
    ) -> Refused {
        refused
    }
}

/// What of a table's rows is loaded, and where.
#[doc(hidden)]
pub struct Target<'a> {
    /// The table.
    pub table: &'a TableName,
    /// Whether they stand aside, with their indices, and do not go into their table.
    pub(crate) aside: bool,
    /// The columns of the model, and what is written of each.
    pub(crate) columns: Vec<(&'static str, Written)>,
    /// Which of the rows.
    pub(crate) takes: &'a (dyn Fn(u64) -> bool + Sync),
}

impl<'a> Target<'a> {
    /// Bytes of rows that are sent together, where they can be counted: beyond it nothing is gained, and memory is lost.
    pub const BYTES: usize = 1 << 20;

    /// All rows of a table, of which some columns are NULL.
    pub(crate) fn table(table: &'a TableName, def: &TableDef, nulls: &[&'static str]) -> Target<'a> {
        let written = |column| if nulls.contains(&column) { Written::Null } else { Written::Value };
        let columns = def.columns.iter().map(|column| (column.name, written(column.name))).collect();
        Target { table, aside: false, columns, takes: &|_| true }
    }

    /// One column of a table.
    pub(crate) fn column(table: &'a TableName, def: &TableDef, wanted: &str) -> Target<'a> {
        let written = |column| if column == wanted { Written::Value } else { Written::Nothing };
        let columns = def.columns.iter().map(|column| (column.name, written(column.name))).collect();
        Target { table, aside: false, columns, takes: &|_| true }
    }

    /// Some columns of some rows, which stand aside.
    pub(crate) fn aside(
        table: &'a TableName,
        def: &TableDef,
        wanted: &[&'static str],
        takes: &'a (dyn Fn(u64) -> bool + Sync),
    ) -> Target<'a> {
        let written = |column| if wanted.contains(&column) { Written::Value } else { Written::Nothing };
        let columns = def.columns.iter().map(|column| (column.name, written(column.name))).collect();
        Target { table, aside: true, columns, takes }
    }

    /// Values that are bound for a row; at least 1.
    pub(crate) fn binds(&self) -> usize {
        let columns = self.columns.iter().filter(|(_, written)| *written == Written::Value).count();
        (columns + usize::from(self.aside)).max(1)
    }
}

/// Rows that are still to be made, in order.
#[doc(hidden)]
pub struct Rows<'a> {
    rows: Range<u64>,
    takes: &'a (dyn Fn(u64) -> bool + Sync),
    counted: Counted,
}

/// How far one has come with some rows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    /// How many were made.
    pub(crate) made: u64,
    /// And with those that are not taken.
    pub(crate) seen: u64,
}

impl<'a> Rows<'a> {
    /// Those of the rows that a target takes.
    pub(crate) fn new(rows: Range<u64>, target: &Target<'a>) -> Rows<'a> {
        Rows { rows, takes: target.takes, counted: Counted::default() }
    }

    /// The next row. It stays the next one until it is `made`.
    pub(crate) fn next(&mut self) -> Option<u64> {
        while !self.rows.is_empty() && !(self.takes)(self.rows.start) {
            self.pass();
        }
        (!self.rows.is_empty()).then_some(self.rows.start)
    }

    /// The row that is being made, without a look at whether it is taken.
    pub(crate) fn at(&self) -> Option<u64> {
        (!self.rows.is_empty()).then_some(self.rows.start)
    }

    /// The next row is made.
    pub(crate) fn made(&mut self) {
        self.counted.made += 1;
        self.pass();
    }

    fn pass(&mut self) {
        self.counted.seen += 1;
        self.rows.start += 1;
    }

    /// What has been counted since this was asked last.
    pub(crate) fn counted(&mut self) -> Counted {
        std::mem::take(&mut self.counted)
    }
}

/// Rows that could not be packed or sent.
#[doc(hidden)]
#[derive(Debug)]
pub struct Refused {
    /// The first of them.
    pub(crate) first: u64,
    /// The last one.
    pub(crate) last: u64,
    /// Why.
    pub(crate) source: Error,
}

impl Refused {
    /// One row.
    pub fn row(row: u64) -> impl FnOnce(Error) -> Refused {
        move |source| Refused { first: row, last: row, source }
    }
}
