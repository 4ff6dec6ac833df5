//! SQLite has one writer at a time: a transaction that is to write says so when it begins. One that reads first, and
//! wants to write when another connection has written, could only fail.

use std::time::Duration;

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Integer, Text};
use diesel::sqlite::SqliteConnection;

use crate::backend::SeedConnection;
use crate::lock::{Claim, Limit, Lock};
use crate::others::Wait;

impl Lock for SqliteConnection {
    const OTHERS: &'static str = "another run or another connection uses it";
    const IS_SERVER: bool = false;

    fn database(&mut self) -> QueryResult<String> {
        // As a table, it would read the schema, which another connection may keep.
        let files: Vec<File> = diesel::sql_query("PRAGMA database_list").load(self)?;
        Ok(files.into_iter().find(|file| file.name == "main").map(|file| file.file).unwrap_or_default())
    }

    fn in_transaction<T, E: From<Error>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.immediate_transaction(work)
    }

    /// The transaction itself is the claim.
    fn claim(&mut self, _: &Claim) -> QueryResult<bool> {
        Ok(true)
    }

    fn is_contention(error: &Error) -> bool {
        let Error::DatabaseError(DatabaseErrorKind::Unknown, information) = error else { return false };
        // `SQLITE_BUSY` and `SQLITE_LOCKED`, of which Diesel keeps the text. It is always English.
        ["database is locked", "database table is locked"].iter().any(|text| information.message().starts_with(text))
    }

    /// `SQLITE_BUSY`.
    fn is_lock_timeout(message: &str) -> bool {
        message == "database is locked"
    }

    /// A connection waits as long as the application has told it to, unless the run is told otherwise.
    fn limit_wait(&mut self, wait: Wait) -> QueryResult<Limit> {
        let Timeout { timeout } = diesel::sql_query("PRAGMA busy_timeout").get_result(self)?;
        let own = Duration::from_millis(timeout.max(0).unsigned_abs().into());
        match wait {
            Wait::AtMost(_) => Ok(Limit { wait: own, again: None }),
            Wait::Exactly(wait) => {
                self.wait_for(wait)?;
                Ok(Limit { wait, again: Some(format!("PRAGMA busy_timeout = {timeout}")) })
            }
        }
    }

    /// Takes the lock that reading needs.
    fn enter(&mut self, _: Duration) -> QueryResult<()> {
        self.number("SELECT count(*) FROM sqlite_master").map(|_| ())
    }
}

#[derive(QueryableByName)]
struct File {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    file: String,
}

#[derive(QueryableByName)]
struct Timeout {
    #[diesel(sql_type = Integer)]
    timeout: i32,
}
