//! MySQL takes rows by statements of many rows, which do not exceed what the server takes at once.

use diesel::mysql::{Mysql, MysqlConnection};
use diesel::query_builder::BindCollector;
use diesel::query_builder::bind_collector::RawBytesBindCollector;
use diesel::result::{Error, QueryResult};
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::backend::SeedConnection;
use crate::bulk::{Bulk, Refused, Rows, Target};
use crate::insert::{self, RowsOf, Typed};
use crate::models::Table;
use crate::seedable::{CellWriter, Load};
use crate::statement::Written;

/// How many rows a statement has, and how many bytes.
#[doc(hidden)]
pub struct Statements {
    rows: usize,
    /// Of the server's `max_allowed_packet`.
    packet: usize,
}

impl Bulk for Mysql {
    type Connection = MysqlConnection;
    type Way = Statements;
    type Packed = Box<dyn Typed<Mysql>>;

    fn way(
        connection: &mut MysqlConnection,
        _: &dyn Table<Mysql>,
        target: &Target<'_>,
        batch: Option<usize>,
        row: u64,
    ) -> Result<Statements, Refused> {
        let packet = connection.number("SELECT CAST(@@max_allowed_packet AS SIGNED)").map_err(Refused::row(row))?;
        let packet = packet.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(Target::BYTES);
        Ok(Statements { rows: target.rows::<Mysql>(batch), packet })
    }

    fn block(way: &Statements) -> usize {
        way.rows
    }

    fn pack<M: Load<Mysql>>(
        columns: &M::Columns,
        rows: &mut Rows<'_>,
        target: &Target<'_>,
        way: &Statements,
        sent: Option<Box<dyn Typed<Mysql>>>,
    ) -> Result<Box<dyn Typed<Mysql>>, Refused> {
        let mut packed = RowsOf::<M>::again(sent);
        let mut statement = Statement::new(target, way);
        while let Some(row) = rows.next() {
            let made = M::row(columns, row);
            M::write(&made, &mut statement).map_err(Refused::row(row))?;
            if !statement.takes_row() {
                if statement.is_empty() {
                    return Err(Refused::row(row)(statement.too_wide()));
                }
                // It is made again for the next statement.
                break;
            }
            packed.push(row, made);
            rows.made();
        }
        Ok(packed)
    }

    fn send(
        connection: &mut MysqlConnection,
        packed: &Box<dyn Typed<Mysql>>,
        _: &dyn Table<Mysql>,
        target: &Target<'_>,
        way: &Statements,
    ) -> Result<(), Refused> {
        insert::send(connection, &**packed, target, way.rows)
    }
}

/// Counts the bytes of a statement.
struct Statement<'a> {
    columns: &'a [(&'static str, Written)],
    way: &'a Statements,
    at: usize,
    values: RawBytesBindCollector<Mysql>,
    /// Of the rows that it has.
    bytes: usize,
    /// Of the row that it may have as well.
    row: usize,
}

/// What a packet has beside its rows: the head of the message, the words of the statement, the names.
const HEAD: usize = 8_192;

/// What a value takes at most beside its bytes: its type and its length, or in the statement's text its place.
const CELL: usize = 12;

impl<'a> Statement<'a> {
    fn new(target: &'a Target<'_>, way: &'a Statements) -> Statement<'a> {
        let values = RawBytesBindCollector::new();
        Statement { columns: &target.columns, way, values, at: 0, bytes: HEAD, row: CELL }
    }

    fn is_empty(&self) -> bool {
        self.bytes == HEAD
    }

    fn takes_row(&mut self) -> bool {
        let bytes = self.bytes + self.row;
        // Beyond this there is nothing to gain, and memory to lose.
        let takes = bytes <= self.way.packet && (self.is_empty() || bytes <= Target::BYTES);
        if takes {
            (self.at, self.bytes, self.row) = (0, bytes, CELL);
        }
        takes
    }

    fn too_wide(&self) -> Error {
        let (row, packet) = (self.row, self.way.packet);
        Error::QueryBuilderError(
            format!("the row has {row} bytes, and the server takes {packet} at once (`max_allowed_packet`)").into(),
        )
    }
}

impl<'b> CellWriter<'b, Mysql> for Statement<'_> {
    fn cell<ST, T>(&mut self, value: &'b T) -> QueryResult<()>
    where
        Mysql: HasSqlType<ST>,
        T: ToSql<ST, Mysql>,
    {
        let (_, written) = self.columns[self.at];
        self.at += 1;
        if written != Written::Value {
            return Ok(());
        }
        self.values.push_bound_value(value, &mut ())?;
        self.values.metadata.clear();
        self.row += CELL + self.values.binds.pop().flatten().map_or(0, |bytes| bytes.len());
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
        let way = Statements { rows: 1_000, packet };
        let mut statement = Statement::new(&target, &way);
        let mut rows = 0;
        loop {
            statement.cell::<Integer, _>(&1).unwrap();
            statement.cell::<Nullable<Integer>, _>(&None::<i32>).unwrap();
            statement.cell::<Text, _>(&text.to_owned()).unwrap();
            if !statement.takes_row() {
                return rows;
            }
            rows += 1;
        }
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
