//! One run at a time on a database, and transactions that are tried again where others are in the way.

use std::thread;
use std::time::Duration;

use diesel::connection::{Connection, TransactionManager};
use diesel::result::{Error as DieselError, QueryResult};

use crate::backend::SeedConnection;
use crate::error::Error;

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

/// How a connection keeps other runs away, and how it tells that others are in its way.
#[doc(hidden)]
pub trait Lock: Connection {
    /// What a connection that is in the way may be.
    const OTHERS: &'static str;

    /// The name of the database, for people.
    fn database(&mut self) -> QueryResult<String>;

    /// Does some work in a transaction that is the connection's outermost.
    fn in_transaction<T, E: From<DieselError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(work)
    }

    /// Claims it for the transaction that has just begun, or for longer; tells whether nobody else has it.
    fn claim(&mut self, claim: &Claim) -> QueryResult<bool>;

    /// Gives back what has been claimed for longer than a transaction.
    fn release(&mut self, _: &Claim) -> QueryResult<()> {
        Ok(())
    }

    /// Whether this is a deadlock, a serialization failure, or a lock that was waited for in vain: what may go well
    /// another time.
    fn is_contention(error: &DieselError) -> bool;
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

/// Does some work in a transaction of its own, with a claim. Where a deadlock, a serialization failure or a lock is in
/// the way, the work is undone and done again: [`TRIES`] times at most.
pub(crate) fn transaction<C: SeedConnection, T>(
    connection: &mut C,
    claim: &Claim,
    patience: Patience,
    mut work: impl FnMut(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    patiently(connection, patience, |connection| {
        let mut has_begun = false;
        let done = connection.in_transaction(|connection| {
            has_begun = true;
            if !connection.claim(claim).map_err(Error::database("claiming the database for this run"))? {
                return Ok(None);
            }
            work(connection).map(Some)
        });
        match done {
            Ok(Some(done)) => Attempt::Done(done),
            Ok(None) => Attempt::Claimed,
            Err(error) if !is_contention::<C>(&error) => Attempt::Failed(error),
            Err(error) if has_begun => Attempt::Contended(error),
            Err(_) => Attempt::Locked,
        }
    })
}

/// Reads what needs no transaction, again where a lock is in the way.
pub(crate) fn reading<C: SeedConnection, T>(
    connection: &mut C,
    mut read: impl FnMut(&mut C) -> Result<T, Error>,
) -> Result<T, Error> {
    patiently(connection, Patience::Some, |connection| match read(connection) {
        Ok(read) => Attempt::Done(read),
        Err(error) if is_contention::<C>(&error) => Attempt::Locked,
        Err(error) => Attempt::Failed(error),
    })
}

/// What has become of some work.
enum Attempt<T> {
    Done(T),
    /// Another run has the claim.
    Claimed,
    /// A lock let it not even begin.
    Locked,
    /// It was undone, since others were in the way.
    Contended(Error),
    Failed(Error),
}

fn patiently<C: SeedConnection, T>(
    connection: &mut C,
    patience: Patience,
    mut attempt: impl FnMut(&mut C) -> Attempt<T>,
) -> Result<T, Error> {
    let mut pause = FIRST_PAUSE;
    for tries in 1.. {
        let is_last = tries == TRIES;
        match attempt(connection) {
            Attempt::Done(done) => return Ok(done),
            Attempt::Failed(error) => return Err(error),
            Attempt::Contended(error) if is_last => return Err(Error::Contended { tries, source: Box::new(error) }),
            Attempt::Locked if is_last => return Err(busy(connection)),
            Attempt::Claimed if is_last || patience == Patience::None => return Err(busy(connection)),
            Attempt::Claimed | Attempt::Locked | Attempt::Contended(_) => thread::sleep(pause),
        }
        pause *= 2;
    }
    unreachable!("the last try returns")
}

/// The error of a run for which another one is in the way.
pub(crate) fn busy<C: SeedConnection>(connection: &mut C) -> Error {
    match connection.database() {
        Ok(database) => Error::Busy { database, others: C::OTHERS },
        Err(source) => Error::database("asking for the database's name")(source),
    }
}

fn is_contention<C: SeedConnection>(error: &Error) -> bool {
    match error {
        Error::Load { source, .. } | Error::Database { source, .. } => match source {
            DieselError::RollbackErrorOnCommit { commit_error, .. } => C::is_contention(commit_error),
            source => C::is_contention(source),
        },
        _ => false,
    }
}
