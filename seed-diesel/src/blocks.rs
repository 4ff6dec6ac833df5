//! The rows of a table, made ahead on other threads and inserted in order.

use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use diesel::RunQueryDsl;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use seed_core::{TableDef, TablePlan};

use crate::backend::{Dialect, SeedConnection};
use crate::error::Error;
use crate::models::{Block, Table};
use crate::statement::Written;

/// How rows are grouped and made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batches {
    /// Rows of one insert at most; `None` for what the backend takes best.
    pub(crate) rows: Option<usize>,
    /// Threads that make rows.
    pub(crate) threads: usize,
}

impl Default for Batches {
    fn default() -> Batches {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        // One processor is left to the connection, and more than a few make rows faster than any
        // database takes them.
        Batches { rows: None, threads: processors.saturating_sub(1).clamp(1, 4) }
    }
}

/// Rows of a block: what a thread makes at a time.
const BLOCK: usize = 1_000;

/// Blocks that wait for the connection, for each thread.
const AHEAD: usize = 2;

/// What of a table's rows is loaded, and where.
pub(crate) struct Target<'a> {
    /// Whether they stand aside, with their indices, and do not go into their table.
    pub(crate) aside: bool,
    /// The columns of the model, and what is written of each.
    pub(crate) columns: Vec<(&'static str, Written)>,
    /// Which of the rows.
    takes: &'a (dyn Fn(u64) -> bool + Sync),
}

impl<'a> Target<'a> {
    /// All rows of a table, of which some columns are NULL.
    pub(crate) fn table(def: &TableDef, nulls: &[&'static str]) -> Target<'a> {
        let written = |column| if nulls.contains(&column) { Written::Null } else { Written::Value };
        let columns = def.columns.iter().map(|column| (column.name, written(column.name))).collect();
        Target { aside: false, columns, takes: &|_| true }
    }

    /// Some columns of some rows, which stand aside.
    pub(crate) fn aside(
        def: &TableDef,
        wanted: &[&'static str],
        takes: &'a (dyn Fn(u64) -> bool + Sync),
    ) -> Target<'a> {
        let written = |column| if wanted.contains(&column) { Written::Value } else { Written::Nothing };
        let columns = def.columns.iter().map(|column| (column.name, written(column.name))).collect();
        Target { aside: true, columns, takes }
    }
}

impl Target<'_> {
    /// Values that are bound for a row; at least 1.
    fn binds(&self) -> usize {
        let columns = self.columns.iter().filter(|(_, written)| *written == Written::Value).count();
        (columns + usize::from(self.aside)).max(1)
    }
}

/// Loads some of a table's rows, and tells how many. `progress` hears of all rows that have been seen to.
pub(crate) fn load<C: SeedConnection>(
    connection: &mut C,
    plan: &TablePlan,
    table: &dyn Table<C::Backend>,
    target: &Target<'_>,
    rows: Range<u64>,
    batches: Batches,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, Error> {
    let insert_rows = batches.rows.unwrap_or(C::Backend::ROWS).min(C::Backend::BINDS / target.binds()).max(1);
    let block_rows = (BLOCK / insert_rows).max(1) * insert_rows;
    let blocks = (rows.end - rows.start).div_ceil(block_rows as u64);
    let threads = batches.threads.clamp(1, usize::try_from(blocks).unwrap_or(usize::MAX).max(1));
    let range_of = |block: u64| {
        let first = rows.start + block * block_rows as u64;
        first..(first + block_rows as u64).min(rows.end)
    };

    thread::scope(|scope| {
        // Thread `n` makes every `threads`-th block, into a channel of its own, so taking the
        // channels in turn gives the blocks in order.
        let channels: Vec<Receiver<Made<C::Backend>>> = (0..threads)
            .map(|first| {
                let (sender, receiver) = sync_channel(AHEAD);
                let ranges = (first as u64..blocks).step_by(threads).map(range_of);
                scope.spawn(move || make(table, ranges, target.takes, &sender));
                receiver
            })
            .collect();
        let mut loaded = 0;
        for block in 0..blocks {
            let rows = range_of(block);
            let made = channels[(block % threads as u64) as usize].recv();
            let made = made.unwrap_or_else(|_| Err("the thread that makes them has ended".to_owned()));
            let made = made.map_err(|message| Error::Generate { table: plan.def.name.to_owned(), message })?;
            let count = made.rows().len();
            for at in (0..count).step_by(insert_rows) {
                let end = (at + insert_rows).min(count);
                // A block of which not all rows are taken ends in a statement of any length: too many to keep.
                let keep = end - at == insert_rows || count as u64 == rows.end - rows.start;
                let statement = Statement { sql: made.insert(at..end, target), keep };
                statement.execute(connection).map_err(|source| Error::Load {
                    table: plan.def.name.to_owned(),
                    first: made.rows()[at].cast_unsigned(),
                    last: made.rows()[end - 1].cast_unsigned(),
                    source,
                })?;
                progress((end - at) as u64);
            }
            progress(rows.end - rows.start - count as u64);
            loaded += count as u64;
        }
        Ok(loaded)
    })
}

/// A block, or what the panic said that came of making it.
type Made<DB> = Result<Box<dyn Block<DB>>, String>;

fn make<DB: Dialect>(
    table: &dyn Table<DB>,
    ranges: impl Iterator<Item = Range<u64>>,
    takes: &dyn Fn(u64) -> bool,
    sender: &SyncSender<Made<DB>>,
) {
    for rows in ranges {
        // Expressions of the model run here. The table is only read, so a panic leaves it whole.
        let make = || table.block(rows.filter(|&row| takes(row)).collect());
        let block = catch_unwind(AssertUnwindSafe(make)).map_err(|panic| message_of(&*panic));
        let failed = block.is_err();
        // Nobody receives once an insert has failed.
        if sender.send(block).is_err() || failed {
            return;
        }
    }
}

pub(crate) fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a text".to_owned())
}

/// A statement without its type.
struct Statement<'a, DB: Dialect> {
    sql: Box<dyn QueryFragment<DB> + 'a>,
    /// Whether Diesel keeps it, by its text.
    keep: bool,
}

impl<DB: Dialect> QueryFragment<DB> for Statement<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.keep {
            out.unsafe_to_cache_prepared();
        }
        self.sql.walk_ast(out)
    }
}

impl<DB: Dialect> QueryId for Statement<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect, C> RunQueryDsl<C> for Statement<'_, DB> {}
