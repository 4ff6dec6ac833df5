//! PostgreSQL takes rows by binary `COPY` where that stores what `INSERT` would, and by multi-row inserts where it would
//! not.

use std::io::Write;
use std::marker::PhantomData;

use diesel::pg::{CopyFormat, CopyTarget, Pg, PgConnection, PgTypeMetadata};
use diesel::prelude::*;
use diesel::query_builder::bind_collector::RawBytesBindCollector;
use diesel::query_builder::{AstPass, BindCollector};
use diesel::result::Error;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Integer};

use super::fit;
use super::types::{Known, TypeName, Types};
use crate::bulk::{Bulk, Refused, Rows, Target};
use crate::insert::{Bound, Statement};
use crate::models::Table;
use crate::seedable::{CellWriter, Load};
use crate::statement::Written;

/// Rows of a `COPY`: enough to be as fast as one for all. A failure names these, and the foreign keys that the server
/// looks at when the statement ends take little memory.
const ROWS: usize = 10_000;

/// How the rows of a table go.
#[doc(hidden)]
pub struct Way {
    by: By,
    types: Types,
}

enum By {
    /// So many rows at most.
    Copy(usize),
    Insert(Statement),
}

/// Rows that are ready to be sent.
#[doc(hidden)]
pub enum Packed {
    /// In the bytes of a `COPY`.
    Bytes(Bytes),
    /// For an insert.
    Bound(Bound<RawBytesBindCollector<Pg>>),
    /// One row that is yet to be packed, when the connection has been asked for some types.
    Unknown(u64, Vec<TypeName>),
}

/// Rows in the bytes of a `COPY`.
#[doc(hidden)]
pub struct Bytes {
    first: u64,
    last: u64,
    bytes: Vec<u8>,
    /// The types of the last row's values.
    types: Vec<PgTypeMetadata>,
    copy: Copy,
}

impl Bulk for Pg {
    type Connection = PgConnection;
    type Way = Way;
    type Packed = Packed;

    fn way(
        connection: &mut PgConnection,
        table: &dyn Table<Pg>,
        target: &Target<'_>,
        batch: Option<usize>,
        row: u64,
    ) -> Result<Way, Refused> {
        let copy = Way { by: By::Copy(batch.unwrap_or(ROWS).max(1)), types: Types::default() };
        if !target.aside
            && let Packed::Bytes(bytes) = pack_row(connection, table, target, &copy, row)?
            && fit::all(connection, target, &bytes.types).map_err(Refused::row(row))?
        {
            return Ok(copy);
        }
        let statement = Statement::new::<Pg>(target, batch).map_err(Refused::row(row))?;
        Ok(Way { by: By::Insert(statement), ..copy })
    }

    fn block(way: &Way) -> usize {
        way.rows()
    }

    fn pack<M: Load<Pg>>(
        columns: &M::Columns,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &Way,
        sent: Option<Packed>,
    ) -> Result<Packed, Refused> {
        let mut cells = Cells::new(target, way, sent);
        let (mut first, mut last) = (None, 0);
        while let Some(row) = rows.next() {
            let made = M::row(columns, row);
            let written = cells.begin_row(row).and_then(|()| M::write(&made, &mut cells));
            let missed = std::mem::take(&mut cells.known.missed);
            match (missed.is_empty(), first) {
                (true, _) => written.map_err(Refused::row(row))?,
                (false, None) => {
                    rows.made();
                    return Ok(Packed::Unknown(row, missed));
                }
                // It is made again as the first of the next ones.
                (false, Some(_)) => {
                    cells.undo_row();
                    break;
                }
            }
            rows.made();
            last = row;
            first.get_or_insert(row);
            if cells.end_row() {
                break;
            }
        }
        Ok(cells.finish(first.unwrap_or_default(), last, copy::<M>))
    }

    fn bytes(
        connection: &mut PgConnection,
        table: &dyn Table<Pg>,
        target: &Target<'_>,
        row: u64,
    ) -> Result<Vec<Option<Vec<u8>>>, Refused> {
        let statement = Statement::new::<Pg>(target, Some(1)).map_err(Refused::row(row))?;
        let way = Way { by: By::Insert(statement), types: Types::default() };
        match pack_row(connection, table, target, &way, row)? {
            Packed::Bound(bound) => Ok(bound.values.binds),
            Packed::Bytes(_) | Packed::Unknown(..) => Ok(Vec::new()),
        }
    }

    fn send(
        connection: &mut PgConnection,
        packed: &Packed,
        table: &dyn Table<Pg>,
        target: &Target<'_>,
        way: &Way,
    ) -> Result<usize, Refused> {
        match packed {
            Packed::Bytes(bytes) => {
                let Bytes { first, last, bytes, copy, .. } = bytes;
                let refused = |source| Refused { first: *first, last: *last, source };
                copy(connection, bytes).map_err(refused)
            }
            Packed::Bound(bound) => match &way.by {
                By::Insert(statement) => statement.send(connection, target, bound),
                By::Copy(_) => unreachable!("the rows of a COPY are bytes"),
            },
            Packed::Unknown(row, names) => {
                way.types.ask(connection, names);
                let packed = pack_row(connection, table, target, way, *row)?;
                Self::send(connection, &packed, table, target, way)
            }
        }
    }
}

/// Packs a row on the connection's own thread, which can ask for the types that it needs.
fn pack_row(
    connection: &mut PgConnection,
    table: &dyn Table<Pg>,
    target: &Target<'_>,
    way: &Way,
    row: u64,
) -> Result<Packed, Refused> {
    loop {
        match table.pack(&mut Rows::new(row..row + 1, target), target, way, None)? {
            // An answer is kept whatever it is, so each time it is another type.
            Packed::Unknown(_, names) => way.types.ask(connection, &names),
            packed => return Ok(packed),
        }
    }
}

impl Way {
    /// Rows of a statement at most.
    fn rows(&self) -> usize {
        match &self.by {
            By::Copy(rows) => *rows,
            By::Insert(statement) => statement.rows,
        }
    }
}

/// What the bytes of a `COPY` begin with: its signature, no flags, and no more of a head.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// And what they end with: a row of −1 columns.
const TAIL: [u8; 2] = (-1_i16).to_be_bytes();

/// What stands in place of a value's length where it is NULL.
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

/// Writes rows in the bytes of a `COPY`, or binds their values for an insert.
struct Cells<'a> {
    target: &'a Target<'a>,
    way: &'a Way,
    known: Known,
    /// Of a `COPY`, no more than the types of the row's values.
    values: RawBytesBindCollector<Pg>,
    bytes: Vec<u8>,
    /// The next column of the row.
    at: usize,
    /// Rows that are whole,
    rows: usize,
    /// and where they end in the bytes,
    written: usize,
    /// and among the values,
    bound: usize,
    /// and how many bytes these have.
    size: usize,
}

impl<'a> Cells<'a> {
    fn new(target: &'a Target<'_>, way: &'a Way, sent: Option<Packed>) -> Cells<'a> {
        let (mut values, mut bytes) = match sent {
            Some(Packed::Bytes(sent)) => (RawBytesBindCollector::new(), sent.bytes),
            Some(Packed::Bound(sent)) => (sent.values, Vec::new()),
            Some(Packed::Unknown(..)) | None => (RawBytesBindCollector::new(), Vec::new()),
        };
        values.binds.clear();
        values.metadata.clear();
        bytes.clear();
        if let By::Copy(_) = way.by {
            bytes.extend_from_slice(HEAD);
        }
        let known = Known::new(&way.types);
        Cells { target, way, known, values, bytes, at: 0, rows: 0, written: 0, bound: 0, size: 0 }
    }

    fn begin_row(&mut self, row: u64) -> QueryResult<()> {
        self.at = 0;
        match self.way.by {
            By::Copy(_) => {
                self.values.metadata.clear();
                // A table has no more than 1,600 columns.
                self.bytes.extend_from_slice(&(self.target.columns.len() as i16).to_be_bytes());
                Ok(())
            }
            By::Insert(_) if self.target.aside => self.value::<BigInt, i64>(&row.cast_signed()),
            By::Insert(_) => Ok(()),
        }
    }

    fn value<ST, T>(&mut self, value: &T) -> QueryResult<()>
    where
        Pg: HasSqlType<ST>,
        T: ToSql<ST, Pg>,
    {
        self.values.push_bound_value::<ST, T>(value, &mut self.known)?;
        match self.way.by {
            By::Copy(_) => {
                let value = self.values.binds.pop().flatten();
                self.write(value.as_deref())
            }
            By::Insert(_) => {
                self.size += self.values.binds.last().and_then(Option::as_ref).map_or(0, Vec::len);
                Ok(())
            }
        }
    }

    /// Writes a value behind its length.
    fn write(&mut self, value: Option<&[u8]>) -> QueryResult<()> {
        let Some(value) = value else {
            self.bytes.extend_from_slice(&NULL);
            return Ok(());
        };
        let length = i32::try_from(value.len()).map_err(|error| Error::SerializationError(error.into()))?;
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(value);
        Ok(())
    }

    /// Whether no more rows are to be sent together with these.
    fn end_row(&mut self) -> bool {
        self.rows += 1;
        (self.written, self.bound) = (self.bytes.len(), self.values.binds.len());
        self.rows >= self.way.rows() || self.written.max(self.size) >= Target::BYTES
    }

    fn undo_row(&mut self) {
        self.bytes.truncate(self.written);
        self.values.binds.truncate(self.bound);
        self.values.metadata.truncate(self.bound);
    }

    fn finish(mut self, first: u64, last: u64, copy: Copy) -> Packed {
        match self.way.by {
            By::Copy(_) => {
                self.bytes.extend_from_slice(&TAIL);
                Packed::Bytes(Bytes { first, last, bytes: self.bytes, types: self.values.metadata, copy })
            }
            By::Insert(_) => Packed::Bound(Bound { first, last, rows: self.rows, values: self.values }),
        }
    }
}

impl<'b> CellWriter<'b, Pg> for Cells<'_> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        Pg: HasSqlType<ST>,
        T: ToSql<ST, Pg>,
    {
        let (_, written) = self.target.columns[self.at];
        self.at += 1;
        match (written, &self.way.by) {
            (Written::Value, _) => self.value(value),
            (_, By::Copy(_)) => self.write(None),
            (_, By::Insert(_)) => Ok(()),
        }
    }
}

/// Sends bytes into the table of a model.
type Copy = fn(&mut PgConnection, &[u8]) -> QueryResult<usize>;

fn copy<M: Load<Pg>>(connection: &mut PgConnection, bytes: &[u8]) -> QueryResult<usize> {
    let write = |out: &mut dyn Write| out.write_all(bytes).map_err(|error| Error::SerializationError(error.into()));
    let copy = diesel::copy_from(any::table).from_raw_data(ColumnsOf::<M>(PhantomData), write);
    copy.with_format(CopyFormat::Binary).execute(connection)
}

diesel::table! {
    /// Diesel asks for the table of a `COPY`, and looks only at its target.
    any (id) {
        id -> Integer,
    }
}

/// The table of a model, with the columns that it fills.
struct ColumnsOf<M>(PhantomData<M>);

impl<M: Load<Pg>> CopyTarget for ColumnsOf<M> {
    type Table = any::table;
    type SqlType = Integer;

    fn walk_target(mut out: AstPass<'_, '_, Pg>) -> QueryResult<()> {
        M::table(out.reborrow())?;
        for (at, column) in M::define().columns.iter().enumerate() {
            out.push_sql(if at == 0 { " (" } else { ", " });
            out.push_identifier(column.name)?;
        }
        out.push_sql(")");
        Ok(())
    }
}
