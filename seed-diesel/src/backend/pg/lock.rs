//! Advisory locks of PostgreSQL. They end with their transaction, so that a pool in front of the server, which gives
//! each transaction another connection, cannot lose one.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Bool, Text};

use crate::lock::{Claim, Lock};

impl Lock for PgConnection {
    const OTHERS: &'static str = "another run is at work in it";

    fn database(&mut self) -> QueryResult<String> {
        diesel::dsl::sql::<Text>("SELECT current_database()::text").get_result(self)
    }

    fn claim(&mut self, claim: &Claim) -> QueryResult<bool> {
        match claim {
            Claim::Whole => try_lock(self, "pg_try_advisory_xact_lock", ""),
            Claim::Part(part) => Ok(try_lock(self, "pg_try_advisory_xact_lock_shared", "")?
                && try_lock(self, "pg_try_advisory_xact_lock", part)?),
        }
    }

    fn is_contention(error: &Error) -> bool {
        let Error::DatabaseError(kind, information) = error else { return false };
        // Diesel keeps no SQLSTATE, and the message comes in the server's language; but in every language the details
        // of a deadlock name the locks that are waited for, by one process after the other.
        let details = information.details().unwrap_or_default();
        matches!(kind, DatabaseErrorKind::SerializationFailure)
            || information.message() == "deadlock detected"
            || details.lines().count() > 1 && details.lines().all(|line| line.contains("Lock"))
    }
}

/// Two schemas of a database are two places.
fn try_lock(connection: &mut PgConnection, function: &str, part: &str) -> QueryResult<bool> {
    let key = "hashtextextended(concat_ws(' ', 'seed-diesel', current_schema(), $1), 0)";
    let locked: Locked = diesel::sql_query(format!("SELECT {function}({key}) AS locked"))
        .bind::<Text, _>(part)
        .get_result(connection)?;
    Ok(locked.locked)
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Bool)]
    locked: bool,
}
