//! Advisory locks of PostgreSQL. They end with their transaction, so that a pool in front of the server, which gives
//! each transaction another connection, cannot lose one.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use crate::backend::SeedConnection;
use crate::commit::{Fate, Mark};
use crate::lock::{Claim, Limit, Lock};
use crate::others::{Blocker, Session, Wait};

impl Lock for PgConnection {
    const OTHERS: &'static str = "another run is at work in it";
    const IS_SERVER: bool = true;

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

    fn is_lock_timeout(message: &str) -> bool {
        message.ends_with("canceling statement due to lock timeout")
    }

    /// It is set in each transaction, for a pool in front of the server may give the next one another connection.
    fn limit_wait(&mut self, wait: Wait) -> QueryResult<Limit> {
        let wait = match wait {
            Wait::Exactly(wait) => wait,
            Wait::AtMost(wait) => {
                // In milliseconds; 0 waits forever.
                let own = self.number("SELECT setting::bigint FROM pg_settings WHERE name = 'lock_timeout'")?;
                let own = own.filter(|own| *own > 0).map(|own| Duration::from_millis(own.unsigned_abs()));
                own.map_or(wait, |own| own.min(wait))
            }
        };
        Ok(Limit { wait, again: None })
    }

    fn enter(&mut self, wait: Duration) -> QueryResult<()> {
        let wait = wait.as_millis().clamp(1, i32::MAX as u128);
        self.batch_execute(&format!("SET LOCAL lock_timeout = {wait}"))
    }

    fn id(&mut self) -> QueryResult<Option<i64>> {
        self.number("SELECT pg_backend_pid()::bigint")
    }

    fn blockers(&mut self, id: i64, _: bool) -> QueryResult<Vec<Blocker>> {
        let Ok(id) = i32::try_from(id) else { return Ok(Vec::new()) };
        let rows: Vec<Session> = diesel::sql_query(
            "SELECT blocker.id::bigint AS id, COALESCE(application_name, '') AS application, COALESCE(query, '') AS statement, \
                    floor(extract(epoch FROM clock_timestamp() - COALESCE(xact_start, query_start)))::bigint AS seconds \
             FROM (SELECT DISTINCT unnest(pg_blocking_pids($1)) AS id) AS blocker \
             LEFT JOIN pg_stat_activity ON pid = blocker.id ORDER BY xact_start, blocker.id",
        )
        .bind::<Integer, _>(id)
        .load(self)?;
        Ok(rows.into_iter().map(|session| session.blocker(true)).collect())
    }

    /// The transaction's number, which stays empty where it has written nothing; and when the server has started, for one
    /// that has started again may give a number that it has lost to another transaction.
    fn mark(&mut self) -> QueryResult<Option<Mark>> {
        // In a savepoint: before PostgreSQL 10, there are no such functions.
        let mark = self.transaction(|connection| {
            let mark: Word = diesel::sql_query(format!(
                "SELECT concat_ws(' ', txid_current_if_assigned(), CASE WHEN txid_current_if_assigned() IS NOT NULL \
                 THEN {STARTED} END) AS word"
            ))
            .get_result(connection)?;
            Ok::<_, Error>(mark.word)
        });
        Ok(mark.ok().map(Mark))
    }

    fn fate(&mut self, mark: &Mark) -> QueryResult<Fate> {
        let Some((number, started)) = mark.0.split_once(' ') else { return Ok(Fate::Undone) };
        let Ok(number) = number.parse::<i64>() else { return Ok(Fate::Unknown) };
        let status: Status =
            diesel::sql_query(format!("SELECT CASE WHEN {STARTED} = $2 THEN txid_status($1) END AS status"))
                .bind::<BigInt, _>(number)
                .bind::<Text, _>(started)
                .get_result(self)?;
        Ok(match status.status.as_deref() {
            Some("committed") => Fate::Committed,
            Some("aborted") => Fate::Undone,
            Some("in progress") => Fate::InProgress,
            _ => Fate::Unknown,
        })
    }
}

/// When the server has started, to the microsecond.
const STARTED: &str = "extract(epoch FROM pg_postmaster_start_time())::text";

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Status {
    #[diesel(sql_type = Nullable<Text>)]
    status: Option<String>,
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
