//! The rows of a table, made ahead on other threads and sent in order.

use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use seed_core::TablePlan;

use crate::backend::{Dialect, SeedConnection};
use crate::bulk::{Bulk, Counted, Refused, Rows, Target};
use crate::error::Error;
use crate::models::Table;
use crate::refused::RefusedRows;

/// How rows are grouped and made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batches {
    /// Rows of one statement at most; `None` for what the backend takes best.
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

/// Parts of blocks that wait for the connection, for each thread.
const AHEAD: usize = 2;

/// Rows that were sent to the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    /// How many.
    pub(crate) rows: u64,
    /// How many of them it says it stores.
    pub(crate) stored: u64,
}

/// Loads some of a table's rows. `progress` hears of all rows that are done.
pub(crate) fn load<C: SeedConnection>(
    connection: &mut C,
    plan: &TablePlan,
    table: &dyn Table<C::Backend>,
    target: &Target<'_>,
    rows: Range<u64>,
    batches: Batches,
    progress: &mut dyn FnMut(u64),
) -> Result<Sent, Error> {
    let name = plan.def.name;
    let failed = |failed: Failed| failed.of(name);
    let mut ahead = Rows::new(rows.clone(), target);
    let first = guarded(|| ahead.next()).map_err(|message| failed(Failed::Panic { row: ahead.at(), message }))?;
    let Some(first) = first else {
        progress(rows.end - rows.start);
        return Ok(Sent::default());
    };
    let way = guarded(|| C::Backend::way(connection, table, target, batches.rows, first))
        .map_err(|message| failed(Failed::Panic { row: Some(first), message }))?;
    let way = &way.map_err(|refused| failed(refused.into()))?;
    let block = C::Backend::block(way) as u64;
    let blocks = (rows.end - rows.start).div_ceil(block);
    let threads = batches.threads.clamp(1, usize::try_from(blocks).unwrap_or(usize::MAX));
    let range_of = |at: u64| {
        let first = rows.start + at * block;
        first..first.saturating_add(block).min(rows.end)
    };

    thread::scope(|scope| {
        // Thread `n` makes every `threads`-th block, into a channel of its own, so taking the
        // channels in turn gives the blocks in order.
        let makers: Result<Vec<Maker<C::Backend>>, Failed> = (0..threads)
            .map(|first| {
                let (sender, parts) = sync_channel(AHEAD);
                let (give_back, sent) = channel();
                let ranges = (first as u64..blocks).step_by(threads).map(range_of);
                thread::Builder::new()
                    .spawn_scoped(scope, move || make(table, ranges, target, way, &sender, &sent))
                    .map_err(|error| Failed::Panic {
                        row: None,
                        message: format!("no thread could be started: {error}"),
                    })?;
                Ok(Maker { parts, give_back })
            })
            .collect();
        let makers = makers.map_err(failed)?;
        let mut sent = Sent::default();
        for at in 0..blocks {
            let maker = &makers[(at % threads as u64) as usize];
            loop {
                let part = maker.parts.recv().unwrap_or_else(|_| Err(Failed::ended())).map_err(failed)?;
                if let Some(packed) = part.packed {
                    let stored = C::Backend::send(connection, &packed, table, target, way).map_err(|refused| {
                        let send = |connection: &mut C, rows| resend(connection, table, target, way, rows);
                        failed(C::Backend::narrow(connection, refused, send).into())
                    })?;
                    sent.stored += stored as u64;
                    // The thread has ended where it has made its last block.
                    let _ = maker.give_back.send(packed);
                }
                sent.rows += part.counted.made;
                progress(part.counted.seen);
                if part.ends {
                    break;
                }
            }
        }
        Ok(sent)
    })
}

/// Makes rows once more, on this thread, and sends them.
pub(crate) fn resend<C: SeedConnection>(
    connection: &mut C,
    table: &dyn Table<C::Backend>,
    target: &Target<'_>,
    way: &<C::Backend as Bulk>::Way,
    rows: Range<u64>,
) -> Result<(), Refused> {
    let mut rows = Rows::new(rows, target);
    while rows.next().is_some() {
        let packed = table.pack(&mut rows, target, way, None)?;
        C::Backend::send(connection, &packed, table, target, way)?;
    }
    Ok(())
}

/// A thread that makes blocks.
struct Maker<DB: Bulk> {
    parts: Receiver<Result<Part<DB>, Failed>>,
    /// What has been sent comes back to it: its memory is used again.
    give_back: Sender<DB::Packed>,
}

/// A block, or as much of it as is sent together.
struct Part<DB: Bulk> {
    /// Nothing where no row of the block is taken.
    packed: Option<DB::Packed>,
    counted: Counted,
    /// Whether this is the block's last.
    ends: bool,
}

/// Why a thread has made no more.
enum Failed {
    /// A panic.
    Panic {
        /// The row that was made.
        row: Option<u64>,
        /// What it said.
        message: String,
    },
    Refused(Refused),
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Failed {
        Failed::Refused(refused)
    }
}

impl Failed {
    fn ended() -> Failed {
        Failed::Panic { row: None, message: "the thread that makes them has ended".to_owned() }
    }

    fn of(self, table: &str) -> Error {
        let table = table.to_owned();
        match self {
            Failed::Panic { row, message } => Error::Generate { table, row, message },
            Failed::Refused(Refused { first, last, source }) => {
                Error::Load { table, rows: Box::new(RefusedRows::new(first, last)), source, advice: None }
            }
        }
    }
}

fn make<DB: Dialect>(
    table: &dyn Table<DB>,
    ranges: impl Iterator<Item = Range<u64>>,
    target: &Target<'_>,
    way: &DB::Way,
    sender: &SyncSender<Result<Part<DB>, Failed>>,
    sent: &Receiver<DB::Packed>,
) {
    for range in ranges {
        let mut rows = Rows::new(range, target);
        loop {
            let part = guarded(|| part(table, &mut rows, target, way, sent));
            let part = part.map_err(|message| Failed::Panic { row: rows.at(), message });
            let part = part.and_then(|part| part.map_err(Failed::from));
            let (failed, ends) = (part.is_err(), part.as_ref().is_ok_and(|part| part.ends));
            // Nobody receives once a part has been refused.
            if sender.send(part).is_err() || failed {
                return;
            }
            if ends {
                break;
            }
        }
    }
}

fn part<DB: Dialect>(
    table: &dyn Table<DB>,
    rows: &mut Rows<'_>,
    target: &Target<'_>,
    way: &DB::Way,
    sent: &Receiver<DB::Packed>,
) -> Result<Part<DB>, Refused> {
    let packed = match rows.next() {
        Some(_) => Some(table.pack(rows, target, way, sent.try_recv().ok())?),
        None => None,
    };
    let ends = rows.next().is_none();
    Ok(Part { packed, counted: rows.counted(), ends })
}

/// Runs what runs expressions of the model; gives the text of their panic.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // The table is only read, so a panic leaves it whole.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message_of(&*panic))
}

pub(crate) fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without a text".to_owned())
}
