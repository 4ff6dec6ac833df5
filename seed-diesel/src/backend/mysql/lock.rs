//! Named locks of MySQL and MariaDB. They last as long as the connection, and so over all transactions of a run.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::mysql::{Mysql, MysqlConnection};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{BigInt, Text};
use seed_core::Key;

use crate::backend::{SeedConnection, TableName, quoted};
use crate::lock::{Claim, Limit, Lock};
use crate::others::{Blocker, Session, Wait};

/// How many runs for parts can be at work at once: each has one of so many places, since these locks cannot be shared.
const PLACES: u64 = 128;

impl Lock for MysqlConnection {
    const OTHERS: &'static str = "another run is at work in it";
    const IS_SERVER: bool = true;

    fn database(&mut self) -> QueryResult<String> {
        diesel::dsl::sql::<Text>("SELECT COALESCE(DATABASE(), '')").get_result(self)
    }

    fn claim(&mut self, claim: &Claim) -> QueryResult<bool> {
        let own = own(claim);
        if is(self, &format!("IS_USED_LOCK({own}) = CONNECTION_ID()"))? {
            return Ok(true);
        }
        if !is(self, &format!("GET_LOCK({own}, 0)"))? {
            return Ok(false);
        }
        // Only then: of a whole run and one for a part that begin together, at least one sees the other.
        let is_alone = match claim {
            Claim::Whole => !is(self, &any_place(|place| format!("IS_USED_LOCK({place}) IS NOT NULL")))?,
            Claim::Part(_) => take_a_place(self)? && is(self, &format!("IS_FREE_LOCK({})", self::own(&Claim::Whole)))?,
        };
        if !is_alone {
            self.release(claim)?;
        }
        Ok(is_alone)
    }

    fn release(&mut self, claim: &Claim) -> QueryResult<()> {
        is(self, &format!("RELEASE_LOCK({})", own(claim)))?;
        if let Claim::Part(_) = claim {
            // Those of other connections stay.
            is(self, &any_place(|place| format!("RELEASE_LOCK({place})")))?;
        }
        Ok(())
    }

    fn is_contention(error: &Error) -> bool {
        let Error::DatabaseError(kind, information) = error else { return false };
        // Of 1020 of MariaDB, which has read an older version of the row, Diesel keeps the text alone.
        matches!(kind, DatabaseErrorKind::SerializationFailure)
            || information.message().starts_with("Record has changed since last read")
    }

    fn is_lock_timeout(message: &str) -> bool {
        message.contains("Lock wait timeout exceeded")
    }

    /// The one setting is for rows, the other for tables. Both count whole seconds.
    fn limit_wait(&mut self, wait: Wait) -> QueryResult<Limit> {
        let own = |connection: &mut Self, name: &str| {
            let seconds = connection.number(&format!("SELECT CAST(@@SESSION.{name} AS SIGNED)"))?;
            Ok::<_, Error>(seconds.unwrap_or(i64::MAX).max(0))
        };
        let (rows, tables) = (own(self, ROWS)?, own(self, TABLES)?);
        let (new, wait) = match wait {
            Wait::Exactly(wait) => ([seconds(wait); 2], wait),
            Wait::AtMost(wait) => {
                let new = [rows, tables].map(|own| own.min(seconds(wait)));
                (new, wait.min(Duration::from_secs(new[0].max(new[1]).unsigned_abs())))
            }
        };
        let set = |[rows, tables]: [i64; 2]| format!("SET SESSION {ROWS} = {rows}, SESSION {TABLES} = {tables}");
        self.batch_execute(&set(new))?;
        Ok(Limit { wait, again: Some(set([rows, tables])) })
    }

    fn id(&mut self) -> QueryResult<Option<i64>> {
        self.number("SELECT CAST(CONNECTION_ID() AS SIGNED)")
    }

    fn sample(
        &mut self,
        table: &TableName,
        columns: &[&'static str],
        key: &[&'static str],
    ) -> QueryResult<Option<i64>> {
        let cells: Vec<String> =
            columns.iter().map(|column| format!("COALESCE(CONCAT({}), 'NULL')", quoted::<Mysql>(column))).collect();
        let key: Vec<String> = key.iter().map(|column| quoted::<Mysql>(column)).collect();
        let order = if key.is_empty() { String::new() } else { format!(" ORDER BY {}", key.join(", ")) };
        self.number(&format!(
            "SELECT CAST(COALESCE(SUM(CRC32(CONCAT_WS('|', {}))), 0) AS SIGNED) \
             FROM (SELECT * FROM {}{order} LIMIT 1000) AS first_rows",
            cells.join(", "),
            table.quoted
        ))
    }

    /// Who is in the way of a row is told to those who have the right PROCESS, on MariaDB by other tables than on MySQL. Of a
    /// lock on a table, and to others, the list of connections tells who it may be.
    fn blockers(&mut self, id: i64, has_waited: bool) -> QueryResult<Vec<Blocker>> {
        for query in [IN_THE_WAY_ON_MARIADB, IN_THE_WAY_ON_MYSQL] {
            let rows = diesel::sql_query(query).bind::<BigInt, _>(id).load::<Session>(self).unwrap_or_default();
            if !rows.is_empty() {
                return Ok(rows.into_iter().map(|row| row.blocker(true)).collect());
            }
        }
        let waits = format!(
            "SELECT CAST(count(*) AS SIGNED) FROM information_schema.PROCESSLIST WHERE ID = {id} AND STATE LIKE 'Waiting for%lock'"
        );
        if !has_waited && self.number(&waits)? != Some(1) {
            return Ok(Vec::new());
        }
        let rows: Vec<Session> = diesel::sql_query(MAY_BE_IN_THE_WAY).bind::<BigInt, _>(id).load(self)?;
        Ok(rows.into_iter().map(|row| row.blocker(false)).collect())
    }
}

const ROWS: &str = "innodb_lock_wait_timeout";
const TABLES: &str = "lock_wait_timeout";

/// In whole seconds, at least 1, and not more than MySQL takes.
fn seconds(wait: Duration) -> i64 {
    i64::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(i64::MAX).clamp(1, 31_536_000)
}

/// Connections that keep a row which another one waits for.
const IN_THE_WAY_ON_MARIADB: &str = "\
    SELECT CAST(session.ID AS SIGNED) AS id, CONCAT(session.USER, '@', session.HOST) AS application, \
           COALESCE(session.INFO, '') AS statement, \
           CAST(TIMESTAMPDIFF(SECOND, blocking.trx_started, NOW()) AS SIGNED) AS seconds \
    FROM information_schema.INNODB_LOCK_WAITS AS waits \
    JOIN information_schema.INNODB_TRX AS waiting ON waiting.trx_id = waits.requesting_trx_id \
    JOIN information_schema.INNODB_TRX AS blocking ON blocking.trx_id = waits.blocking_trx_id \
    JOIN information_schema.PROCESSLIST AS session ON session.ID = blocking.trx_mysql_thread_id \
    WHERE waiting.trx_mysql_thread_id = ?";

/// The same, and those that keep a table.
const IN_THE_WAY_ON_MYSQL: &str = "\
    SELECT CAST(session.PROCESSLIST_ID AS SIGNED) AS id, \
           CONCAT(session.PROCESSLIST_USER, '@', session.PROCESSLIST_HOST) AS application, \
           COALESCE(session.PROCESSLIST_INFO, '') AS statement, CAST(session.PROCESSLIST_TIME AS SIGNED) AS seconds \
    FROM (SELECT REQUESTING_THREAD_ID AS waiting, BLOCKING_THREAD_ID AS blocking FROM performance_schema.data_lock_waits \
          UNION \
          SELECT pending.OWNER_THREAD_ID, granted.OWNER_THREAD_ID \
          FROM performance_schema.metadata_locks AS pending \
          JOIN performance_schema.metadata_locks AS granted USING (OBJECT_TYPE, OBJECT_SCHEMA, OBJECT_NAME) \
          WHERE pending.LOCK_STATUS = 'PENDING' AND granted.LOCK_STATUS = 'GRANTED' \
            AND pending.OWNER_THREAD_ID <> granted.OWNER_THREAD_ID) AS waits \
    JOIN performance_schema.threads AS own ON own.THREAD_ID = waits.waiting \
    JOIN performance_schema.threads AS session ON session.THREAD_ID = waits.blocking \
    WHERE own.PROCESSLIST_ID = ?";

/// All other connections to the database.
const MAY_BE_IN_THE_WAY: &str = "\
    SELECT CAST(ID AS SIGNED) AS id, CONCAT(USER, '@', HOST) AS application, COALESCE(INFO, '') AS statement, \
           CAST(TIME AS SIGNED) AS seconds \
    FROM information_schema.PROCESSLIST \
    WHERE DB = DATABASE() AND ID <> ? AND ID <> CONNECTION_ID() \
      AND COALESCE(STATE, '') NOT LIKE 'Waiting for%lock' ORDER BY TIME DESC LIMIT 5";

/// The name of a lock, in SQL. It belongs to the whole server, and has 64 characters at most.
fn name(of: &str) -> String {
    format!("CONCAT('seed-diesel ', MD5(COALESCE(DATABASE(), '')), ' {of}')")
}

fn own(claim: &Claim) -> String {
    match claim {
        Claim::Whole => name("all"),
        Claim::Part(part) => name(&format!("{:x}", Key::seed(0).child(part).row(0))),
    }
}

fn place(place: u64) -> String {
    name(&format!("place {place}"))
}

/// Whether something holds of any place. All are asked.
fn any_place(question: impl Fn(String) -> String) -> String {
    let questions = (0..PLACES).map(|at| format!("COALESCE({}, 0)", question(place(at))));
    format!("{} > 0", questions.collect::<Vec<_>>().join(" + "))
}

fn take_a_place(connection: &mut MysqlConnection) -> QueryResult<bool> {
    for at in 0..PLACES {
        if is(connection, &format!("GET_LOCK({}, 0)", place(at)))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is(connection: &mut MysqlConnection, question: &str) -> QueryResult<bool> {
    let answer = connection.number(&format!("SELECT CAST({question} AS SIGNED)"))?;
    Ok(answer == Some(1))
}
