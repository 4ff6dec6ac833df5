//! Memory that a run needs beyond what its process has when it starts, at a million rows and at ten.
//!
//! ```sh
//! tests/run --with cargo bench -p seed-benches --bench memory
//! tests/run --with cargo bench -p seed-benches --bench memory -- sqlite rows=100000
//! ```
//!
//! Each run is a process of its own, which connects, loads the game and says what it has had resident at most: with
//! the connection, SQLite's cache and the statements that Diesel keeps.

use std::env::{args, current_exe};
use std::error::Error;
use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_benches::machine::{self, peak};
use seed_benches::server::Server;
use seed_benches::settings::Settings;
use seed_diesel::{models, seed};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SQLITE: &str = include_str!("../../examples/game/migrations/sqlite/0001_create_game/up.sql");
const POSTGRES: &str = include_str!("../../examples/game/migrations/postgres/0001_create_game/up.sql");
const MYSQL: &str = include_str!("../../examples/game/migrations/mysql/0001_create_game/up.sql");

const DATABASES: [&str; 3] = ["sqlite", "postgres", "mariadb"];

/// What the issue allows, in KB.
const MOST: u64 = 64 * 1024;

fn main() -> Result<()> {
    let words: Vec<String> = args().collect();
    if let [_, child, database, url, users] = &words[..]
        && child == "child"
    {
        return run(database, url, users.parse()?);
    }
    let settings = Settings::read();
    let rows = settings.number("rows", 1_000_000)?;
    println!("{}\n", machine::describe());
    println!("| database | rows | KB above the start | at most {MOST} | seconds |");
    println!("|---|---|---|---|---|");
    for database in DATABASES.into_iter().filter(|database| settings.wants(database, &DATABASES)) {
        for rows in [rows, 10 * rows] {
            // A user has a profile, five sessions, and five scores in each.
            measure(database, rows / 32)?;
        }
    }
    Ok(())
}

fn measure(database: &str, users: u64) -> Result<()> {
    match database {
        "sqlite" => {
            let folder = tempfile::tempdir()?;
            let file = folder.path().join("bench.sqlite3").display().to_string();
            SqliteConnection::establish(&file)?.batch_execute(SQLITE)?;
            in_child(database, &file, users)
        }
        "postgres" => on_server::<PgConnection>(database, "TEST_POSTGRES_URL", POSTGRES, users),
        _ => on_server::<MysqlConnection>(database, "TEST_MYSQL_URL", MYSQL, users),
    }
}

fn on_server<C: Connection>(database: &str, variable: &str, tables: &str, users: u64) -> Result<()> {
    let server = Server::of(variable)?;
    server.fresh::<C>(tables)?;
    in_child(database, server.url(), users)?;
    server.drop::<C>()
}

fn in_child(database: &str, url: &str, users: u64) -> Result<()> {
    let child = Command::new(current_exe()?)
        .args(["child", database, url, &users.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    if !child.status.success() {
        return Err(format!("the run on {database} fails").into());
    }
    print!("{}", String::from_utf8(child.stdout)?);
    Ok(())
}

/// The run of a child. A macro, because the models are listed for each kind of connection.
macro_rules! load {
    ($connection:ty, $url:ident, $users:ident) => {
        seed(&mut <$connection>::establish($url)?, models![User, UserProfile, Level, Session, Score])
            .refine::<User>(|table| table.count($users))
            .run()?
    };
}

fn run(database: &str, url: &str, users: u64) -> Result<()> {
    let start = peak();
    let report = match database {
        "sqlite" => load!(SqliteConnection, url, users),
        "postgres" => load!(PgConnection, url, users),
        _ => load!(MysqlConnection, url, users),
    };
    let above = peak() - start;
    let met = if above <= MOST { "met" } else { "MISSED" };
    println!("| {database} | {} | {above} | {met} | {:.1} |", report.total(), report.elapsed.as_secs_f64());
    Ok(())
}
