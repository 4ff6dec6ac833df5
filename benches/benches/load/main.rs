//! Rows per second, beside what the database itself and what Diesel by hand make of the same rows.
//!
//! ```sh
//! tests/run --with cargo bench -p seed-benches --bench load
//! tests/run --with cargo bench -p seed-benches --bench load -- game postgres users=1000 rounds=1
//! ```
//!
//! All sides load the same rows into the same empty tables, in the same order, in one transaction, with all
//! constraints on; but seed-diesel itself takes them off and puts them back where it does so by default. The others have their rows ready in memory (`LOAD DATA` in a file); ours makes them while it
//! loads. Each load has a database of its own, and the sides take turns. What each has loaded is compared in the
//! first round.

mod mariadb;
mod postgres;
mod schema;
mod sqlite;
mod turns;

use std::error::Error;

use seed_benches::machine;
use seed_benches::settings::Settings;
use seed_benches::wide;

use crate::schema::{Game, Wide};

fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::read();
    let users = settings.number("users", 100_000)?;
    let rows = settings.number("rows", wide::ROWS)?;
    let rounds = settings.number("rounds", 5)?;

    println!("{}", machine::describe());
    println!("{}", sqlite::describe()?);
    println!("{}", postgres::describe()?);
    println!("{}", mariadb::describe()?);
    let wants_schema = |schema| settings.wants(schema, &["game", "wide"]);
    let wants = |database| settings.wants(database, &["mariadb", "postgres", "sqlite"]);
    if wants_schema("game") {
        if wants("postgres") {
            postgres::compare::<Game>(users, rounds)?;
        }
        if wants("mariadb") {
            mariadb::compare::<Game>(users, rounds)?;
        }
        if wants("sqlite") {
            sqlite::compare::<Game>(users, rounds)?;
        }
    }
    if wants_schema("wide") {
        if wants("postgres") {
            postgres::compare::<Wide>(rows, rounds)?;
        }
        if wants("mariadb") {
            mariadb::compare::<Wide>(rows, rounds)?;
        }
        if wants("sqlite") {
            sqlite::compare::<Wide>(rows, rounds)?;
        }
    }
    Ok(())
}
