//! A COMMIT whose answer is lost: whether the database has carried it out is found out by another connection.

use std::thread;
use std::time::{Duration, Instant};

use diesel::result::Error as DieselError;

use crate::backend::SeedConnection;
use crate::error::Error;
use crate::lock::Claim;
use crate::others::Others;
use crate::report::Progress;

/// How long the old connection's end, and a server that starts again, are waited for.
const PATIENCE: Duration = Duration::from_secs(10);

const PAUSE: Duration = Duration::from_millis(100);

/// What a server knows a transaction by when it is over.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(pub String);

/// What has become of a transaction.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is committed.
    Committed,
    /// It is rolled back.
    Undone,
    /// The server is still at it.
    InProgress,
    /// The server does not know it, or no longer.
    Unknown,
}

/// Looks at the tables for whether a transaction is committed; `None` where they do not tell.
pub(crate) type Look<'w, C> = Box<dyn Fn(&mut C) -> Result<Option<bool>, Error> + 'w>;

/// A look for a transaction that changes no row.
pub(crate) fn changes_nothing<'w, C>() -> Look<'w, C> {
    Box::new(|_| Ok(Some(false)))
}

/// A transaction that is to be committed.
pub(crate) struct Commit<'w, C> {
    pub(crate) claim: &'w Claim,
    pub(crate) mark: Option<Mark>,
    pub(crate) look: Look<'w, C>,
}

/// Finds out what has become of a transaction whose COMMIT has failed; fine where it is committed.
pub(crate) fn settle<C: SeedConnection>(
    connection: &mut C,
    others: &Others<'_, C>,
    commit: Commit<'_, C>,
    source: DieselError,
) -> Result<(), Error> {
    // A server that still answers has refused; and SQLite has no answer that could be lost.
    if !C::IS_SERVER || answers(connection) {
        return Err(Error::database("the commit")(source));
    }
    match outcome(others, &commit) {
        Outcome::Committed => {
            others.tell(Progress::CommitFound);
            Ok(())
        }
        Outcome::Undone => Err(Error::database("the commit")(source)),
        Outcome::Unknown(why) => Err(Error::CommitUnknown { source, why }),
    }
}

/// Whether somebody is at the other end.
pub(crate) fn answers<C: SeedConnection>(connection: &mut C) -> bool {
    connection.number("SELECT 1").is_ok()
}

enum Outcome {
    Committed,
    Undone,
    /// Why nothing tells.
    Unknown(&'static str),
}

/// Asks by a second connection, again while the old one is at it or the server cannot be reached.
fn outcome<C: SeedConnection>(others: &Others<'_, C>, commit: &Commit<'_, C>) -> Outcome {
    let started = Instant::now();
    loop {
        let why = match others.connect() {
            None => return Outcome::Unknown("there is no second connection to ask by (in code: `.reconnect(…)`)"),
            Some(Err(_)) => "the database cannot be reached again",
            Some(Ok(mut second)) => match ask(&mut second, commit) {
                Ok(Answer::Ended(outcome)) => return outcome,
                Ok(Answer::InProgress) => "the server has not ended the transaction yet",
                Err(_) => "the database does not answer",
            },
        };
        if started.elapsed() >= PATIENCE {
            return Outcome::Unknown(why);
        }
        thread::sleep(PAUSE);
    }
}

enum Answer {
    Ended(Outcome),
    InProgress,
}

fn ask<C: SeedConnection>(second: &mut C, commit: &Commit<'_, C>) -> Result<Answer, Error> {
    let asking = || Error::database("asking what has become of the commit");
    if let Some(mark) = &commit.mark {
        match second.fate(mark).map_err(asking())? {
            Fate::Committed => return Ok(Answer::Ended(Outcome::Committed)),
            Fate::Undone => return Ok(Answer::Ended(Outcome::Undone)),
            Fate::InProgress => return Ok(Answer::InProgress),
            Fate::Unknown => {}
        }
    }
    // The claim is free when the old connection has ended; and nobody fills the tables while they are looked at.
    if !second.claim(commit.claim).map_err(asking())? {
        return Ok(Answer::InProgress);
    }
    let outcome = match (commit.look)(second)? {
        Some(true) => Outcome::Committed,
        Some(false) => Outcome::Undone,
        None => Outcome::Unknown("the tables hold the same rows in either case"),
    };
    let _ = second.release(commit.claim);
    Ok(Answer::Ended(outcome))
}
