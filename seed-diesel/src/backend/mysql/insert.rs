//! MySQL takes rows by statements of many rows, which do not exceed what the server takes at once.

use std::ops::Range;

use diesel::mysql::{Mysql, MysqlConnection, MysqlType};
use diesel::query_builder::BindCollector;
use diesel::query_builder::bind_collector::RawBytesBindCollector;
use diesel::result::{DatabaseErrorInformation, Error, QueryResult};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use crate::backend::SeedConnection;
use crate::bulk::{Bulk, Refused, Rows, Target};
use crate::error;
use crate::insert::{Bound, Statement};
use crate::models::Table;
use crate::refused;
use crate::seedable::{CellWriter, Load};
use crate::statement::Written;

/// A statement, and how many bytes it may have.
#[doc(hidden)]
pub struct Way {
    statement: Statement,
    /// The server's `max_allowed_packet`.
    packet: usize,
}

impl Bulk for Mysql {
    type Connection = MysqlConnection;
    type Way = Way;
    type Packed = Bound<RawBytesBindCollector<Mysql>>;

    fn way(
        connection: &mut MysqlConnection,
        _: &dyn Table<Mysql>,
        target: &Target<'_>,
        batch: Option<usize>,
        row: u64,
    ) -> Result<Way, Refused> {
        let packet = connection.number("SELECT CAST(@@max_allowed_packet AS SIGNED)").map_err(Refused::row(row))?;
        let packet = packet.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(Target::BYTES);
        let statement = Statement::new::<Mysql>(target, batch).map_err(Refused::row(row))?;
        Ok(Way { statement, packet })
    }

    fn block(way: &Way) -> usize {
        way.statement.rows
    }

    fn pack<M: Load<Mysql>>(
        columns: &M::Columns,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &Way,
        sent: Option<Self::Packed>,
    ) -> Result<Self::Packed, Refused> {
        let mut values = Values::new(target, way.packet, sent.map(|sent| sent.values));
        let (mut first, mut last, mut count) = (None, 0, 0);
        while let Some(row) = rows.next() {
            let made = M::row(columns, row);
            values.begin_row(row).map_err(Refused::row(row))?;
            M::write(&made, &mut values).map_err(Refused::row(row))?;
            if !values.takes_row() {
                if first.is_none() {
                    return Err(Refused::row(row)(values.too_wide()));
                }
                // It is made again for the next statement.
                break;
            }
            rows.made();
            last = row;
            first.get_or_insert(row);
            count += 1;
        }
        Ok(Bound { first: first.unwrap_or_default(), last, rows: count, values: values.bound })
    }

    fn bytes(
        _: &mut MysqlConnection,
        table: &dyn Table<Mysql>,
        target: &Target<'_>,
        row: u64,
    ) -> Result<Vec<Option<Vec<u8>>>, Refused> {
        let statement = Statement::new::<Mysql>(target, Some(1)).map_err(Refused::row(row))?;
        let way = Way { statement, packet: usize::MAX };
        Ok(table.pack(&mut Rows::new(row..row + 1, target), target, &way, None)?.values.binds)
    }

    fn send(
        connection: &mut MysqlConnection,
        packed: &Self::Packed,
        _: &dyn Table<Mysql>,
        target: &Target<'_>,
        way: &Way,
    ) -> Result<usize, Refused> {
        way.statement.send(connection, target, packed)
    }

    /// The statement alone is undone, so each half of it can be sent again; unless the transaction is undone as well, as by a
    /// deadlock: only errors that speak of a row are narrowed.
    fn narrow(
        connection: &mut MysqlConnection,
        refused: Refused,
        send: impl FnMut(&mut MysqlConnection, Range<u64>) -> Result<(), Refused>,
    ) -> Refused {
        if is_about_a_row(&refused.source) { refused::halve(connection, refused, send) } else { refused }
    }
}

/// Whether an error is about a value of a row. Of some, Diesel keeps the text alone.
fn is_about_a_row(error: &Error) -> bool {
    let texts = ["Data truncated", "Incorrect ", "Invalid JSON", "Out of range value"];
    let has_text =
        |information: &dyn DatabaseErrorInformation| texts.iter().any(|text| information.message().starts_with(text));
    error::is_about_a_row(error) || matches!(error, Error::DatabaseError(_, information) if has_text(&**information))
}

/// Binds the values of a statement, and counts their bytes.
struct Values<'a> {
    target: &'a Target<'a>,
    packet: usize,
    bound: RawBytesBindCollector<Mysql>,
    /// The next column of the row.
    at: usize,
    /// How many values the rows have that the statement takes.
    taken: usize,
    /// The bytes of these.
    bytes: usize,
    /// The bytes of the row.
    row: usize,
    /// The widest column of the row, and its bytes.
    widest: (&'static str, usize),
}

/// What a packet has beside its rows: the head of the message, the words of the statement, the names.
const HEAD: usize = 8_192;

/// What a value takes at most beside its bytes: its type and its length, or in the statement's text its place.
const CELL: usize = 12;

impl<'a> Values<'a> {
    fn new(target: &'a Target<'_>, packet: usize, sent: Option<RawBytesBindCollector<Mysql>>) -> Values<'a> {
        let mut bound = sent.unwrap_or_default();
        bound.binds.clear();
        bound.metadata.clear();
        Values { target, packet, bound, at: 0, taken: 0, bytes: HEAD, row: 0, widest: ("", 0) }
    }

    fn begin_row(&mut self, row: u64) -> QueryResult<()> {
        (self.at, self.row, self.widest) = (0, CELL, ("", 0));
        if self.target.aside {
            self.bind::<BigInt, i64>(&row.cast_signed())?;
        }
        Ok(())
    }

    /// Binds a value, and tells how many bytes it has.
    fn bind<ST, T>(&mut self, value: &T) -> QueryResult<usize>
    where
        Mysql: HasSqlType<ST>,
        T: ToSql<ST, Mysql>,
    {
        self.bound.push_bound_value(value, &mut ())?;
        // MariaDB reads a value of this type as NULL where TIMESTAMP does not reach so far, though the column is a DATETIME;
        // where it is none, as the moment of the insert. What is sent as the other type is refused by the column itself.
        if let Some(kind @ MysqlType::Timestamp) = self.bound.metadata.last_mut() {
            *kind = MysqlType::DateTime;
        }
        let bytes = self.bound.binds.last().and_then(Option::as_ref).map_or(0, Vec::len);
        self.row += CELL + bytes;
        Ok(bytes)
    }

    fn takes_row(&mut self) -> bool {
        let bytes = self.bytes + self.row;
        // Beyond this there is nothing to gain, and memory to lose.
        let takes = bytes <= self.packet && (self.taken == 0 || bytes <= Target::BYTES);
        if takes {
            (self.taken, self.bytes) = (self.bound.binds.len(), bytes);
        } else {
            self.bound.binds.truncate(self.taken);
            self.bound.metadata.truncate(self.taken);
        }
        takes
    }

    fn too_wide(&self) -> Error {
        let (row, packet, (column, bytes)) = (self.row, self.packet, self.widest);
        Error::QueryBuilderError(
            format!(
                "the row takes {row} bytes and its statement up to {HEAD} more, but the server accepts {packet} at once \
                 (`max_allowed_packet`); the widest column, `{column}`, has {bytes}: limit it with \
                 `#[seed(max_len = …)]`, or raise `max_allowed_packet`"
            )
            .into(),
        )
    }
}

impl<'b> CellWriter<'b, Mysql> for Values<'_> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        Mysql: HasSqlType<ST>,
        T: ToSql<ST, Mysql>,
    {
        let (column, written) = self.target.columns[self.at];
        self.at += 1;
        if written == Written::Value {
            let bytes = self.bind(value)?;
            if bytes > self.widest.1 {
                self.widest = (column, bytes);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use diesel::sql_types::{Integer, Nullable, Text};

    use super::*;
    use crate::backend::TableName;

    /// How many rows of such texts a statement takes.
    fn rows(packet: usize, text: &str) -> usize {
        let table = TableName { quoted: "`posts`".to_owned(), schema: None, name: "posts".to_owned() };
        let columns = ["id", "author_id", "body"].map(|column| (column, Written::Value)).to_vec();
        let target = Target { table: &table, aside: false, columns, takes: &|_| true };
        let mut values = Values::new(&target, packet, None);
        let mut rows = 0;
        loop {
            values.begin_row(rows as u64).unwrap();
            values.cell::<Integer, _>(&1).unwrap();
            values.cell::<Nullable<Integer>, _>(&None::<i32>).unwrap();
            values.cell::<Text, _>(&text.to_owned()).unwrap();
            if !values.takes_row() {
                return rows;
            }
            rows += 1;
        }
    }

    #[test]
    fn a_row_that_no_statement_holds_is_told_with_its_widest_column() {
        let table = TableName { quoted: "`posts`".to_owned(), schema: None, name: "posts".to_owned() };
        let columns = ["title", "body", "id"].map(|column| (column, Written::Value)).to_vec();
        let target = Target { table: &table, aside: false, columns, takes: &|_| true };
        let mut values = Values::new(&target, 1_024, None);
        for wide in [90, 0] {
            values.begin_row(0).unwrap();
            values.cell::<Text, _>(&"x".repeat(wide)).unwrap();
            values.cell::<Text, _>(&"x".repeat(60)).unwrap();
            values.cell::<Integer, _>(&1).unwrap();
            assert!(!values.takes_row());
        }
        assert_eq!(
            values.too_wide().to_string(),
            "the row takes 112 bytes and its statement up to 8192 more, but the server accepts 1024 at once \
             (`max_allowed_packet`); the widest column, `body`, has 60: limit it with `#[seed(max_len = …)]`, or raise \
             `max_allowed_packet`"
        );
    }

    #[test]
    fn a_statement_stays_within_a_small_packet() {
        let row = 4 * CELL + 4 + 1_000;
        assert_eq!(rows(16_384, &"x".repeat(1_000)), (16_384 - HEAD) / row);
        assert_eq!(rows(16_384, &"x".repeat(16_384)), 0);
    }

    #[test]
    fn a_row_that_is_wider_than_a_part_goes_alone() {
        assert_eq!(rows(16 << 20, &"x".repeat(2 << 20)), 1);
        assert_eq!(rows(16 << 20, &"x".repeat(Target::BYTES / 4)), 3);
    }
}
