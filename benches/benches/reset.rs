//! Seconds of a reset of the game, beside those of loading it, and beside plain `DELETE` statements, children first.
//!
//! ```sh
//! tests/run --with cargo bench -p seed-benches --bench reset
//! tests/run --with cargo bench -p seed-benches --bench reset -- postgres users=100000 rounds=1 plain=0
//! ```
//!
//! `plain=0` leaves the plain statements out: on PostgreSQL they take an hour for a million rows.

use std::error::Error;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_benches::machine;
use seed_benches::server::Server;
use seed_benches::settings::Settings;
use seed_diesel::{SeedConnection, Seeding, models, seed};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const PARTS: [&str; 3] = ["sqlite", "postgres", "mariadb"];

/// At most so much of the time that loading takes is meant.
const TARGET: f64 = 0.1;

const DELETES: [&str; 5] = ["scores", "sessions", "levels", "user_profiles", "users"];

/// Those that MySQL and MariaDB make by themselves.
const INDEXES: &str = "
    CREATE INDEX profiles_of_user ON user_profiles (user_id);
    CREATE INDEX sessions_of_user ON sessions (user_id);
    CREATE INDEX scores_of_session ON scores (session_id);
    CREATE INDEX scores_of_level ON scores (level_id);";

fn main() -> Result<()> {
    let settings = Settings::read();
    let size = Size {
        users: settings.number("users", 2_000)?,
        rounds: settings.number("rounds", 3)?,
        plain: settings.number("plain", 1)? > 0,
    };
    println!("{}\n", machine::describe());
    println!("{} rows, medians of {}:\n", 32 * size.users + 5, size.rounds);
    println!("| database | foreign keys | load, s | reset, s | of the load | at most {TARGET} | plain `DELETE`, s |");
    println!("|---|---|---|---|---|---|---|");
    if settings.wants("sqlite", &PARTS) {
        let tables = include_str!("../../examples/game/migrations/sqlite/0001_create_game/up.sql");
        let folder = tempfile::tempdir()?;
        for (keys, indexes) in [("without indexes", ""), ("indexed", INDEXES)] {
            let fresh = |round: u64| {
                let file = folder.path().join(format!("{keys} {round}.sqlite3"));
                let mut conn = SqliteConnection::establish(&file.to_string_lossy())?;
                conn.batch_execute("PRAGMA foreign_keys = ON")?;
                conn.batch_execute(tables)?;
                conn.batch_execute(indexes)?;
                Ok(conn)
            };
            size.measure("SQLite", keys, fresh, sqlite)?;
        }
    }
    if settings.wants("postgres", &PARTS) {
        let tables = include_str!("../../examples/game/migrations/postgres/0001_create_game/up.sql");
        let server = Server::of("TEST_POSTGRES_URL")?;
        for (keys, indexes) in [("without indexes", ""), ("indexed", INDEXES)] {
            let fresh = |_| server.fresh::<PgConnection>(&format!("{tables}{indexes}"));
            size.measure("PostgreSQL", keys, fresh, postgres)?;
        }
        server.drop::<PgConnection>()?;
    }
    if settings.wants("mariadb", &PARTS) {
        let tables = include_str!("../../examples/game/migrations/mysql/0001_create_game/up.sql");
        let server = Server::of("TEST_MYSQL_URL")?;
        size.measure("MariaDB", "indexed", |_| server.fresh::<MysqlConnection>(tables), mariadb)?;
        server.drop::<MysqlConnection>()?;
    }
    Ok(())
}

struct Size {
    users: u64,
    rounds: u64,
    plain: bool,
}

impl Size {
    /// Prints the line of a database.
    fn measure<C: SeedConnection>(
        &self,
        database: &str,
        keys: &str,
        fresh: impl Fn(u64) -> Result<C>,
        game: Game<C>,
    ) -> Result<()> {
        let load = |conn: &mut C| seconds(|| Ok(game(conn, self.users).run().map(drop)?));
        let (mut loads, mut resets, mut plains, mut ratios) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for round in 0..self.rounds {
            let mut conn = fresh(2 * round)?;
            let loaded = load(&mut conn)?;
            let reset = seconds(|| Ok(game(&mut conn, self.users).only_reset().map(drop)?))?;
            drop(conn);
            loads.push(loaded);
            resets.push(reset);
            ratios.push(reset / loaded);
            if self.plain {
                let mut conn = fresh(2 * round + 1)?;
                load(&mut conn)?;
                plains.push(seconds(|| delete(&mut conn))?);
            }
        }
        let ratio = median(ratios);
        let met = if ratio <= TARGET { "met" } else { "MISSED" };
        let plain = if self.plain { format!("{:.2}", median(plains)) } else { String::new() };
        let (load, reset) = (median(loads), median(resets));
        println!("| {database} | {keys} | {load:.2} | {reset:.3} | {ratio:.3} | {met} | {plain} |");
        Ok(())
    }
}

/// A run of the game with this many users.
type Game<C> = fn(&mut C, u64) -> Seeding<'_, C>;

macro_rules! game {
    ($name:ident, $connection:ty) => {
        fn $name(conn: &mut $connection, users: u64) -> Seeding<'_, $connection> {
            seed(conn, models![User, UserProfile, Level, Session, Score]).refine::<User>(|table| table.count(users))
        }
    };
}
game!(sqlite, SqliteConnection);
game!(postgres, PgConnection);
game!(mariadb, MysqlConnection);

fn delete<C: SeedConnection>(conn: &mut C) -> Result<()> {
    conn.transaction(|conn| {
        DELETES.iter().try_for_each(|table| Ok(conn.batch_execute(&format!("DELETE FROM {table}"))?))
    })
}

fn seconds(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed().as_secs_f64())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
