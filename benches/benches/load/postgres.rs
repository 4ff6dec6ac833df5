//! PostgreSQL: beside `COPY … FROM STDIN (FORMAT binary)` of the same bytes.

use std::error::Error;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use seed_benches::server::Server;
use seed_diesel::RebuildConstraints;

use crate::schema::{Copied, On};
use crate::turns::Turns;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const COPY: &str = "`COPY` of the same bytes";
const OURS: &str = "seed-diesel";
const KEPT: &str = "seed-diesel, constraints kept on";
const PLAIN: &str = "plain Diesel, 1,000 rows a statement";

/// The server, and what of its settings decides how fast it writes.
pub(crate) fn describe() -> Result<String> {
    let mut conn = PgConnection::establish(&std::env::var("TEST_POSTGRES_URL")?)?;
    let settings = ["server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers"];
    let shown = settings.map(|name| format!("'{name} ' || current_setting('{name}')")).join(" || ', ' || ");
    Ok(format!("PostgreSQL: {}", diesel::select(sql::<Text>(&shown)).get_result::<String>(&mut conn)?))
}

pub(crate) fn compare<S: On<PgConnection> + Copied>(count: u64, rounds: u64) -> Result<()> {
    let server = Server::of("TEST_POSTGRES_URL")?;
    let fresh = || server.fresh::<PgConnection>(S::POSTGRES);
    let mut conn = fresh()?;
    let total = S::seed(&mut conn, count).run()?.total();
    let bytes = S::copy_out(&|| server.connect())?;
    let rows = S::rows(&mut conn)?;
    let expected = fingerprint::<S>(&mut conn)?;
    drop(conn);

    let turns = Turns::new(format!("{}, PostgreSQL", S::NAME), total, &fresh, &fingerprint::<S>)
        .side(COPY, |conn| conn.transaction(|conn| S::copy_in(conn, &bytes)))
        .side(OURS, |conn| Ok(S::seed(conn, count).run().map(drop)?))
        .side(KEPT, |conn| Ok(S::seed(conn, count).rebuild_constraints(RebuildConstraints::Never).run().map(drop)?))
        .side(PLAIN, |conn| conn.transaction(|conn| S::insert(conn, &rows)))
        .target(KEPT, COPY, 0.9);
    let turns = if S::HAS_FOREIGN_KEYS { turns.target(OURS, COPY, 4.0) } else { turns };
    turns.run(rounds, &expected)?;
    server.drop::<PgConnection>()
}

fn fingerprint<S: On<PgConnection>>(conn: &mut PgConnection) -> Result<String> {
    let mut text = String::new();
    for table in S::TABLES {
        let hashed = format!("(SELECT count(*) || ' ' || sum(hashtextextended(row::text, 0)) FROM {table} AS row)");
        text += &diesel::select(sql::<Text>(&hashed)).get_result::<String>(conn)?;
        text.push('\n');
    }
    Ok(text)
}
