//! SQLite has one writer at a time: a transaction that is to write says so when it begins. One that reads first, and
//! wants to write when another connection has written, could only fail.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use crate::lock::{Claim, Lock};

impl Lock for SqliteConnection {
    const OTHERS: &'static str = "another run or another connection writes to it";

    fn database(&mut self) -> QueryResult<String> {
        diesel::dsl::sql::<Text>("SELECT file FROM pragma_database_list WHERE name = 'main'").get_result(self)
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
}
