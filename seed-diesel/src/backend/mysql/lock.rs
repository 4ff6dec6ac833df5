//! Named locks of MySQL and MariaDB. They last as long as the connection, and so over all transactions of a run.

use diesel::mysql::MysqlConnection;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::Text;
use seed_core::Key;

use crate::backend::SeedConnection;
use crate::lock::{Claim, Lock};

/// How many runs for parts can be at work at once: each has one of so many places, since these locks cannot be shared.
const PLACES: u64 = 128;

impl Lock for MysqlConnection {
    const OTHERS: &'static str = "another run is at work in it";

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
        // Of these, Diesel keeps the text alone: 1205, and 1020 of MariaDB, which has read an older version of the row.
        let texts = ["Lock wait timeout exceeded", "Record has changed since last read"];
        matches!(kind, DatabaseErrorKind::SerializationFailure)
            || texts.iter().any(|text| information.message().starts_with(text))
    }
}

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
