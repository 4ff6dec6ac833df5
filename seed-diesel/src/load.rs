//! The rows of a table, made ahead on other threads and inserted in order.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use diesel::RunQueryDsl;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use seed_core::TablePlan;

use crate::backend::{Dialect, SeedConnection};
use crate::error::Error;
use crate::models::{Block, Table};

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

/// Loads a table. `progress` hears of each insert's rows.
pub(crate) fn load<C: SeedConnection>(
    connection: &mut C,
    plan: &TablePlan,
    table: &dyn Table<C::Backend>,
    batches: Batches,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    let columns = plan.def.columns.len().max(1);
    let insert_rows = batches.rows.unwrap_or(C::Backend::ROWS).min(C::Backend::BINDS / columns).max(1);
    let block_rows = (BLOCK / insert_rows).max(1) * insert_rows;
    let blocks = plan.rows.div_ceil(block_rows as u64);
    let threads = batches.threads.clamp(1, usize::try_from(blocks).unwrap_or(usize::MAX).max(1));
    let range_of = |block: u64| {
        let first = plan.first + block * block_rows as u64;
        first..(first + block_rows as u64).min(plan.first + plan.rows)
    };

    thread::scope(|scope| {
        // Thread `n` makes every `threads`-th block, into a channel of its own, so taking the
        // channels in turn gives the blocks in order.
        let channels: Vec<Receiver<Made<C::Backend>>> = (0..threads)
            .map(|first| {
                let (sender, receiver) = sync_channel(AHEAD);
                let ranges = (first as u64..blocks).step_by(threads).map(range_of);
                scope.spawn(move || make(table, ranges, &sender));
                receiver
            })
            .collect();
        for block in 0..blocks {
            let rows = range_of(block);
            let made = channels[(block % threads as u64) as usize].recv();
            let made = made.unwrap_or_else(|_| Err("the thread that makes them has ended".to_owned()));
            let made = made.map_err(|message| Error::Generate { table: plan.def.name.to_owned(), message })?;
            let count = (rows.end - rows.start) as usize;
            for at in (0..count).step_by(insert_rows) {
                let end = (at + insert_rows).min(count);
                Statement(made.insert(at..end)).execute(connection).map_err(|source| Error::Load {
                    table: plan.def.name.to_owned(),
                    first: rows.start + at as u64,
                    last: rows.start + end as u64 - 1,
                    source,
                })?;
                progress((end - at) as u64);
            }
        }
        Ok(())
    })
}

/// A block, or what the panic said that came of making it.
type Made<DB> = Result<Box<dyn Block<DB>>, String>;

fn make<DB: Dialect>(
    table: &dyn Table<DB>,
    ranges: impl Iterator<Item = std::ops::Range<u64>>,
    sender: &SyncSender<Made<DB>>,
) {
    for rows in ranges {
        // Expressions of the model run here. The table is only read, so a panic leaves it whole.
        let block = catch_unwind(AssertUnwindSafe(|| table.block(rows))).map_err(|panic| message_of(&*panic));
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

/// A statement without its type; Diesel caches it by its text.
struct Statement<'a, DB: Dialect>(Box<dyn QueryFragment<DB> + 'a>);

impl<DB: Dialect> QueryFragment<DB> for Statement<'_, DB> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

impl<DB: Dialect> QueryId for Statement<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect, C> RunQueryDsl<C> for Statement<'_, DB> {}
