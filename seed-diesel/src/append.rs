//! Where the rows of a run go on, in tables that hold rows: behind what is there, and where no unique
//! value is repeated.

use std::collections::BTreeMap;

use seed_core::{TableDef, TablePlan};

use crate::aside::{self, ASIDE, ROW};
use crate::backend::{Dialect, SeedConnection, TableName, quoted};
use crate::blocks::{self, Batches};
use crate::bulk::Target;
use crate::error::Error;
use crate::models::Table;
use crate::reset;
use crate::setup::{Prepared, Setup};

/// How often a start is moved at most.
const MOVES: usize = 20;

/// Lets each table that holds rows go on behind as many, and behind its keys that count up; and further
/// on where a row would repeat what is unique. Tells how many rows each of them holds. Nothing is written but
/// temporary tables.
pub(crate) fn go_on<C: SeedConnection>(
    connection: &mut C,
    setup: &mut Setup<C::Backend>,
    batches: Batches,
) -> Result<Vec<(String, u64)>, Error> {
    connection.transaction(|connection| start(connection, setup, batches))
}

fn start<C: SeedConnection>(
    connection: &mut C,
    setup: &mut Setup<C::Backend>,
    batches: Batches,
) -> Result<Vec<(String, u64)>, Error> {
    setup.database.first.clear();
    let prepared = setup.prepare()?;
    let there = reset::filled(connection, &prepared.chosen_tables())?;
    let filled: BTreeMap<&str, u64> = there.iter().map(|(table, rows)| (table.as_str(), *rows)).collect();
    for of in tables(&prepared) {
        if let Some(&rows) = filled.get(of.plan.def.name) {
            let first = rows.max(of.greatest_key(connection)?);
            setup.database.first.insert(of.plan.def.name, first);
        }
    }
    // A start that moves gives children other keys of their parents: all are looked at again.
    let mut moves = 0;
    loop {
        let prepared = setup.prepare()?;
        let mut repeated = None;
        for of in tables(&prepared).filter(|of| filled.contains_key(of.plan.def.name)) {
            if let Some(found) = of.last_repeated(connection, batches)? {
                setup.database.first.insert(of.plan.def.name, found.row + 1);
                repeated = Some(found);
            }
        }
        match repeated {
            None => return Ok(there),
            Some(Repeated { table, columns, row }) if moves == MOVES => {
                let columns = columns.into_iter().map(str::to_owned).collect();
                return Err(Error::Repeated { table, columns, row });
            }
            Some(_) => moves += 1,
        }
    }
}

/// A new row that would repeat what is unique.
struct Repeated {
    table: String,
    columns: Vec<&'static str>,
    row: u64,
}

/// A table of a run.
struct Of<'a, DB: Dialect> {
    plan: &'a TablePlan,
    table: &'a dyn Table<DB>,
    name: &'a TableName,
}

fn tables<DB: Dialect>(prepared: &Prepared<DB>) -> impl Iterator<Item = Of<'_, DB>> {
    let tables = prepared.plan.tables.iter().zip(&prepared.tables).zip(&prepared.names);
    tables.map(|((plan, table), name)| Of { plan, table: &**table, name })
}

impl<DB: Dialect> Of<'_, DB> {
    /// The greatest of the keys that count up; 0 where there is none.
    fn greatest_key<C: SeedConnection<Backend = DB>>(&self, connection: &mut C) -> Result<u64, Error> {
        let mut greatest = 0;
        for column in self.serial_columns() {
            let sql =
                format!("SELECT CAST(max({}) AS {}) FROM {}", quoted::<DB>(column), DB::BIG_INTEGER, self.name.quoted);
            let key = connection
                .number(&sql)
                .map_err(Error::database(format!("reading the greatest key of `{}`", self.plan.def.name)))?;
            greatest = greatest.max(key.and_then(|key| u64::try_from(key).ok()).unwrap_or(0));
        }
        Ok(greatest)
    }

    fn serial_columns(&self) -> Vec<&'static str> {
        let columns = self.plan.def.columns.iter().zip(self.table.serial());
        columns.filter(|(_, serial)| *serial).map(|(column, _)| column.name).collect()
    }

    /// The last of the new rows that would repeat what is unique in a row that is there.
    fn last_repeated<C: SeedConnection<Backend = DB>>(
        &self,
        connection: &mut C,
        batches: Batches,
    ) -> Result<Option<Repeated>, Error> {
        let def = &self.plan.def;
        let serial = self.serial_columns();
        // Keys that count up are past those that are there.
        let groups: Vec<_> =
            unique(def).into_iter().filter(|group| !group.iter().all(|column| serial.contains(column))).collect();
        if groups.is_empty() || self.plan.rows == 0 {
            return Ok(None);
        }
        let mut wanted: Vec<&'static str> = groups.concat();
        wanted.sort_unstable();
        wanted.dedup();
        let target = Target::aside(self.name, def, &wanted, &|_| true);
        aside::with(connection, self.plan, self.name, &wanted, |connection| {
            blocks::load(connection, self.plan, self.table, &target, self.plan.indices(), batches, &mut |_| ())?;
            let mut last: Option<Repeated> = None;
            for columns in groups {
                let agree = aside::agree::<DB>(self.name, &columns);
                let row = quoted::<DB>(ROW);
                let sql = format!("SELECT max({ASIDE}.{row}) FROM {ASIDE} JOIN {} ON {agree}", self.name.quoted);
                let row = connection.number(&sql).map_err(Error::database(format!(
                    "comparing the new rows of `{}` with those that are there",
                    def.name
                )))?;
                let row = row.map(i64::cast_unsigned);
                if let Some(row) = row.filter(|&row| last.as_ref().is_none_or(|last| last.row < row)) {
                    last = Some(Repeated { table: def.name.to_owned(), columns, row });
                }
            }
            Ok(last)
        })
    }
}

/// What no two rows of a table agree in, as far as the model fills it.
pub(crate) fn unique(def: &TableDef) -> Vec<Vec<&'static str>> {
    let alone = def.columns.iter().filter(|column| def.is_unique(column)).map(|column| vec![column.name]);
    let together = std::iter::once(&def.primary_key).chain(&def.unique).filter(|group| group.len() > 1);
    let is_filled = |group: &&Vec<&'static str>| group.iter().all(|column| def.column(column).is_some());
    alone.chain(together.filter(is_filled).cloned()).collect()
}
