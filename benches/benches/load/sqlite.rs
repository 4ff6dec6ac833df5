//! SQLite: beside a loop over one prepared statement.

mod raw;

use std::error::Error;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;

use self::raw::{Raw, Rows};
use crate::schema::On;
use crate::turns::Turns;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const LOOP: &str = "a loop over a prepared statement";
const OURS: &str = "seed-diesel";
const PLAIN: &str = "plain Diesel, 1,000 rows a statement";

/// The version.
pub(crate) fn describe() -> Result<String> {
    let mut conn = SqliteConnection::establish(":memory:")?;
    let version: String = diesel::select(sql::<Text>("sqlite_version()")).get_result(&mut conn)?;
    Ok(format!(
        "SQLite: version {version}, a file in a temporary folder, its defaults but for foreign keys, which are on"
    ))
}

pub(crate) fn compare<S: On<SqliteConnection>>(count: u64, rounds: u64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bench.sqlite3").display().to_string();
    let fresh = || -> Result<SqliteConnection> {
        for end in ["", "-journal"] {
            let _ = std::fs::remove_file(format!("{file}{end}"));
        }
        let mut conn = SqliteConnection::establish(&file)?;
        conn.batch_execute("PRAGMA foreign_keys = ON")?;
        conn.batch_execute(S::SQLITE)?;
        Ok(conn)
    };
    let stored = || -> Result<Vec<Rows>> {
        let raw = Raw::open(&file)?;
        S::TABLES.iter().map(|table| raw.rows(table)).collect()
    };
    let fingerprint = |_: &mut SqliteConnection| -> Result<String> {
        Ok(stored()?.iter().map(|rows| format!("{:?}\n", rows.fingerprint())).collect())
    };

    let mut conn = fresh()?;
    let total = S::seed(&mut conn, count).run()?.total();
    let cells = stored()?;
    let expected = fingerprint(&mut conn)?;
    let rows = S::rows(&mut conn)?;
    drop(conn);

    Turns::new(format!("{}, SQLite", S::NAME), total, &fresh, &fingerprint)
        .side(LOOP, |_| {
            let raw = Raw::open(&file)?;
            raw.execute("PRAGMA foreign_keys = ON; BEGIN")?;
            S::TABLES.iter().zip(&cells).try_for_each(|(table, rows)| raw.insert(table, rows))?;
            raw.execute("COMMIT")
        })
        .side(OURS, |conn| Ok(S::seed(conn, count).run().map(drop)?))
        .side(PLAIN, |conn| conn.transaction(|conn| S::insert(conn, &rows)))
        .target(OURS, LOOP, 0.8)
        .run(rounds, &expected)
}
