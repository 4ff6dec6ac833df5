//! One run at a time on a database, and transactions that are tried again where others are in the way.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::{Connection, TransactionManager};
use diesel::result::{DatabaseErrorKind, Error as DieselError, QueryResult};

use crate::backend::{SeedConnection, TableName};
use crate::commit::{self, Commit, Fate, Look, Mark};
use crate::error::Error;
use crate::others::{Blocker, Others, Wait};

/// How often a transaction is tried at most.
pub(crate) const TRIES: u32 = 6;

/// What is waited before the second try; before each further one, twice as long. All pauses together are 1.55 s.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// What of a database a run fills, so that no other run fills it at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(hidden)]
pub enum Claim {
    /// All of it.
    #[default]
    Whole,
    /// A part, by its name: runs for other parts may be at work.
    Part(String),
}

/// How long a connection waits for a lock.
#[doc(hidden)]
#[derive(Debug)]
pub struct Limit {
    /// How long; zero where it does not wait.
    pub wait: Duration,
    /// What puts it back as it was.
    pub again: Option<String>,
}

/// How a connection keeps other runs away, and how it tells that others are in its way.
#[doc(hidden)]
pub trait Lock: Connection {
    /// What a connection that is in the way may be.
    const OTHERS: &'static str;

    /// Whether a server is at the other end: it can name other connections, and its answer to a COMMIT can be lost.
    const IS_SERVER: bool;

    /// The name of the database, for people.
    fn database(&mut self) -> QueryResult<String>;

    /// Does some work in a transaction that is the connection's outermost.
    fn in_transaction<T, E: From<DieselError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(work)
    }

    /// Claims it for the transaction that has just begun, or for longer; tells whether it is free.
    fn claim(&mut self, claim: &Claim) -> QueryResult<bool>;

    /// Gives back what has been claimed for longer than a transaction.
    fn release(&mut self, _: &Claim) -> QueryResult<()> {
        Ok(())
    }

    /// Whether this is a deadlock or a serialization failure: what may go well another time.
    fn is_contention(error: &DieselError) -> bool;

    /// Whether this message says that a lock was waited for in vain.
    fn is_lock_timeout(message: &str) -> bool;

    /// Before a run's transactions: how long its connection is going to wait for a lock. It is set here where it lasts for
    /// longer than a transaction.
    fn limit_wait(&mut self, wait: Wait) -> QueryResult<Limit>;

    /// In a transaction that has just begun: sets it where it ends with the transaction, and waits for what it needs to read.
    fn enter(&mut self, _: Duration) -> QueryResult<()> {
        Ok(())
    }

    /// The number that the server knows the connection by.
    fn id(&mut self) -> QueryResult<Option<i64>> {
        Ok(None)
    }

    /// The connections that another one waits for. Where it `has_waited` in vain, also those that may have been in its way.
    fn blockers(&mut self, _id: i64, _has_waited: bool) -> QueryResult<Vec<Blocker>> {
        Ok(Vec::new())
    }

    /// At the end of a transaction: what the server knows it by when it is over.
    fn mark(&mut self) -> QueryResult<Option<Mark>> {
        Ok(None)
    }

    /// A number that tells rows of a table from others, by the first of them; `None` where [`mark`](Lock::mark) tells more.
    fn sample(
        &mut self,
        _table: &TableName,
        _columns: &[&'static str],
        _key: &[&'static str],
    ) -> QueryResult<Option<i64>> {
        Ok(None)
    }

    /// On another connection: what has become of a transaction.
    fn fate(&mut self, _: &Mark) -> QueryResult<Fate> {
        Ok(Fate::Unknown)
    }
}

/// Whether a run has the connection for itself, and is in no transaction of the application.
pub(crate) fn is_own<C: SeedConnection>(connection: &mut C) -> Result<bool, Error> {
    let status = <C::TransactionManager as TransactionManager<C>>::transaction_manager_status_mut(connection);
    Ok(status.transaction_depth()?.is_none())
}

/// Whether the transaction that the connection is in is a run's own, and not part of one of the application.
pub(crate) fn is_in_own<C: SeedConnection>(connection: &mut C) -> Result<bool, Error> {
    let status = <C::TransactionManager as TransactionManager<C>>::transaction_manager_status_mut(connection);
    Ok(status.transaction_depth()?.is_some_and(|depth| depth.get() == 1))
}

/// What becomes of a run for which another one is in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// It gives up.
    None,
    /// It tries again for a while.
    Some,
}

/// Does some work on a connection that waits for locks as long as the run may.
pub(crate) fn limited<C: SeedConnection, T>(
    connection: &mut C,
    others: &Others<'_, C>,
    work: impl FnOnce(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    let limit =
        connection.limit_wait(others.wait()).map_err(Error::database("setting how long locks are waited for"))?;
    others.set_limit(limit.wait);
    let done = work(connection);
    if let Some(again) = limit.again {
        // It fails only where the connection is gone, and the setting with it.
        let _ = connection.batch_execute(&again);
    }
    done
}

/// Does some work in a transaction of its own, with a claim. Where a deadlock or a serialization failure is in the way, the
/// work is undone and done again: [`TRIES`] times at most. The work also tells how to see that it is committed.
pub(crate) fn transaction<'w, C: SeedConnection, T>(
    connection: &mut C,
    claim: &Claim,
    patience: Patience,
    others: &Others<'_, C>,
    mut work: impl FnMut(&mut C) -> Result<(T, Look<'w, C>), Error>,
) -> Result<T, Error> {
    patiently(connection, patience, others, |connection| {
        let mut result: Option<Result<T, Error>> = None;
        let mut commit = None;
        others.begins();
        let ended = connection.in_transaction(|connection| {
            begin(connection, others)?;
            if !connection.claim(claim).map_err(Error::database("claiming the database for this run"))? {
                return Ok(false);
            }
            match work(connection) {
                Ok((done, look)) => {
                    let mark = connection.mark().map_err(Error::database("asking for the transaction's number"))?;
                    commit = Some(Commit { claim, mark, look });
                    result = Some(Ok(done));
                    Ok(true)
                }
                Err(error) => {
                    // Kept: a rollback that fails would take its place, and the transaction ends in any case.
                    result = Some(Err(error));
                    Err(Error::from(DieselError::RollbackTransaction))
                }
            }
        });
        let error = match (ended, result, commit) {
            (Ok(true), Some(Ok(done)), _) => return Attempt::Done(done),
            (Ok(_), _, _) => return Attempt::Claimed,
            (Err(_), Some(Err(error)), _) => error,
            (Err(Error::Database { source, .. }), Some(Ok(done)), Some(commit)) => {
                match commit::settle(connection, others, commit, source) {
                    Ok(()) => return Attempt::Done(done),
                    Err(error) => error,
                }
            }
            (Err(error), _, _) => error,
        };
        Attempt::of(error, others)
    })
}

/// Reads what needs no claim, in a transaction that ends with it; again where others are in the way. In a transaction of the
/// application it is read as it is.
pub(crate) fn reading<C: SeedConnection, T>(
    connection: &mut C,
    others: &Others<'_, C>,
    mut read: impl FnMut(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    if !is_own(connection)? {
        return read(connection);
    }
    limited(connection, others, |connection| {
        patiently(connection, Patience::Some, others, |connection| {
            let mut failed = None;
            others.begins();
            let read = connection.transaction(|connection| {
                begin(connection, others)?;
                read(connection).map_err(|error| {
                    failed = Some(error);
                    Error::from(DieselError::RollbackTransaction)
                })
            });
            match read {
                Ok(read) => Attempt::Done(read),
                Err(error) => Attempt::of(failed.unwrap_or(error), others),
            }
        })
    })
}

/// A transaction of the run has begun.
fn begin<C: SeedConnection>(connection: &mut C, others: &Others<'_, C>) -> Result<(), Error> {
    let id = connection.id().map_err(Error::database("asking for the connection's number"))?;
    connection.enter(others.limit()).map_err(Error::database("beginning the transaction"))?;
    others.has_begun(id);
    Ok(())
}

/// Sets up a connection outside of any transaction; again where others are in the way.
pub(crate) fn setting_up<C: SeedConnection, T>(
    connection: &mut C,
    mut set_up: impl FnMut(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    let others = Others::new(None, Wait::AtMost(Duration::ZERO), &|_| ());
    patiently(connection, Patience::Some, &others, |connection| match set_up(connection) {
        Ok(done) => Attempt::Done(done),
        Err(error) => Attempt::of(error, &others),
    })
}

/// What has become of some work.
enum Attempt<T> {
    Done(T),
    /// Another run has the claim.
    Claimed,
    /// A lock was waited for in vain.
    Locked(Error),
    /// It was undone, since others were in the way.
    Contended(Error),
    Failed(Error),
}

impl<T> Attempt<T> {
    fn of<C: SeedConnection>(error: Error, others: &Others<'_, C>) -> Attempt<T> {
        match obstacle(&error, others) {
            Some(Obstacle::Timeout) => Attempt::Locked(error),
            Some(Obstacle::Contention) => Attempt::Contended(error),
            None => Attempt::Failed(error),
        }
    }
}

fn patiently<C: SeedConnection, T>(
    connection: &mut C,
    patience: Patience,
    others: &Others<'_, C>,
    mut attempt: impl FnMut(&mut C) -> Attempt<T>,
) -> Result<T, Error> {
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    for tries in 1.. {
        let is_last = tries == TRIES;
        let attempt = attempt(connection);
        // A server has waited as long as it may; SQLite does not always wait. Tries must not multiply that.
        let limit = others.limit();
        let has_waited = C::IS_SERVER || !limit.is_zero() && started.elapsed() >= limit;
        match attempt {
            Attempt::Done(done) => return Ok(done),
            Attempt::Failed(error) => return Err(error),
            Attempt::Contended(error) if is_last => return Err(Error::Contended { tries, source: Box::new(error) }),
            Attempt::Locked(error) if is_last || has_waited => {
                return Err(locked(connection, others, started.elapsed(), error));
            }
            Attempt::Claimed if is_last || patience == Patience::None => return Err(busy(connection)),
            Attempt::Claimed | Attempt::Locked(_) | Attempt::Contended(_) => thread::sleep(pause),
        }
        pause *= 2;
    }
    unreachable!("the last try returns")
}

/// The error of a run for which another one is in the way.
pub(crate) fn busy<C: SeedConnection>(connection: &mut C) -> Error {
    // Whoever is in the way may keep it from being asked for.
    Error::Busy { database: connection.database().unwrap_or_default(), others: C::OTHERS }
}

/// The error of a run that has waited for a lock in vain.
fn locked<C: SeedConnection>(connection: &mut C, others: &Others<'_, C>, waited: Duration, error: Error) -> Error {
    if C::IS_SERVER {
        Error::Locked { waited, blockers: others.blockers(), source: Box::new(error) }
    } else {
        busy(connection)
    }
}

/// What others have done to a statement.
enum Obstacle {
    /// It may go well another time.
    Contention,
    /// They have kept a lock for longer than it could wait.
    Timeout,
}

fn obstacle<C: SeedConnection>(error: &Error, others: &Others<'_, C>) -> Option<Obstacle> {
    let (Error::Load { source, .. } | Error::Database { source, .. }) = error else { return None };
    let source = match source {
        DieselError::RollbackErrorOnCommit { commit_error, .. } => commit_error,
        source => source,
    };
    match source {
        DieselError::DatabaseError(_, information) if C::is_lock_timeout(information.message()) => {
            Some(Obstacle::Timeout)
        }
        // In a language that is not known here; but the server has just said who is in the way.
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, _) if others.has_waited() => Some(Obstacle::Timeout),
        source if C::is_contention(source) => Some(Obstacle::Contention),
        _ => None,
    }
}
