//! Rows per second of the game's schema, beside the same rows loaded by plain Diesel batches.
//!
//! The plain side has its rows ready in memory and inserts them in batches of 1,000 with derived
//! `Insertable`s, in one transaction; ours makes its rows while it loads. Both begin with empty
//! tables, with all constraints on, and take turns.

use std::error::Error;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use game::models::*;
use game::schema::{levels, scores, sessions, user_profiles, users};
use seed_diesel::{models, seed};

const USERS: u64 = 10_000;
const RUNS: usize = 5;
const BATCH: usize = 1_000;

const TABLES: [&str; 5] = ["scores", "sessions", "user_profiles", "levels", "users"];

const SQLITE: EmbeddedMigrations = embed_migrations!("../examples/game/migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../examples/game/migrations/postgres");
const MYSQL: EmbeddedMigrations = embed_migrations!("../examples/game/migrations/mysql");

/// The game's rows, as a program that inserts them itself would have them.
struct GameRows {
    users: Vec<NewUser>,
    levels: Vec<NewLevel>,
    user_profiles: Vec<NewUserProfile>,
    sessions: Vec<NewSession>,
    scores: Vec<NewScore>,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = users)]
struct NewUser {
    id: i32,
    created_at: chrono::NaiveDateTime,
    username: String,
    date_of_birth: chrono::NaiveDate,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = levels)]
struct NewLevel {
    id: i32,
    name: String,
    difficulty: i32,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = user_profiles)]
struct NewUserProfile {
    id: i32,
    user_id: i32,
    first_name: String,
    last_name: String,
    title: String,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = sessions)]
struct NewSession {
    id: i32,
    user_id: i32,
    created_at: chrono::NaiveDateTime,
    duration: i32,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = scores)]
struct NewScore {
    id: i32,
    session_id: i32,
    level_id: i32,
    created_at: chrono::NaiveDateTime,
    score: i32,
    time_taken: i32,
    accuracy: f32,
}

/// The two sides on one kind of connection. A macro, because Diesel's bounds for this in a generic
/// function would be longer than the function.
macro_rules! compare {
    ($name:literal, $connection:expr) => {{
        let conn = $connection;
        let run = |conn: &mut _| -> Result<Duration, Box<dyn Error>> {
            let started = Instant::now();
            seed(conn, models![User, UserProfile, Level, Session, Score]).refine::<User>(|t| t.count(USERS)).run()?;
            Ok(started.elapsed())
        };
        empty(conn)?;
        run(conn)?;
        let rows = GameRows {
            users: users::table.order(users::id).load(conn)?,
            levels: levels::table.order(levels::id).load(conn)?,
            user_profiles: user_profiles::table.order(user_profiles::id).load(conn)?,
            sessions: sessions::table.order(sessions::id).load(conn)?,
            scores: scores::table.order(scores::id).load(conn)?,
        };
        let plain = |conn: &mut _| -> Result<Duration, Box<dyn Error>> {
            let started = Instant::now();
            Connection::transaction(conn, |conn| {
                for chunk in rows.users.chunks(BATCH) {
                    diesel::insert_into(users::table).values(chunk).execute(conn)?;
                }
                for chunk in rows.levels.chunks(BATCH) {
                    diesel::insert_into(levels::table).values(chunk).execute(conn)?;
                }
                for chunk in rows.user_profiles.chunks(BATCH) {
                    diesel::insert_into(user_profiles::table).values(chunk).execute(conn)?;
                }
                for chunk in rows.sessions.chunks(BATCH) {
                    diesel::insert_into(sessions::table).values(chunk).execute(conn)?;
                }
                for chunk in rows.scores.chunks(BATCH) {
                    diesel::insert_into(scores::table).values(chunk).execute(conn)?;
                }
                QueryResult::Ok(())
            })?;
            Ok(started.elapsed())
        };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            empty(conn)?;
            ours.push(run(conn)?);
            empty(conn)?;
            theirs.push(plain(conn)?);
        }
        let total =
            rows.users.len() + rows.levels.len() + rows.user_profiles.len() + rows.sessions.len() + rows.scores.len();
        report($name, total, ours, theirs);
    }};
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("game schema at {USERS} users, medians of {RUNS} runs in turn, rows per second");
    println!("{:12} {:>8} {:>12} {:>14} {:>7}", "database", "rows", "seed-diesel", "plain Diesel", "ratio");

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("game.sqlite3");
    let mut sqlite = SqliteConnection::establish(&file.to_string_lossy())?;
    sqlite.run_pending_migrations(SQLITE).map_err(|error| error.to_string())?;
    compare!("SQLite", &mut sqlite);

    let mut postgres = PgConnection::establish(&new_database::<PgConnection>("TEST_POSTGRES_URL")?)?;
    postgres.run_pending_migrations(POSTGRES).map_err(|error| error.to_string())?;
    compare!("PostgreSQL", &mut postgres);

    let mut mysql = MysqlConnection::establish(&new_database::<MysqlConnection>("TEST_MYSQL_URL")?)?;
    mysql.run_pending_migrations(MYSQL).map_err(|error| error.to_string())?;
    compare!("MariaDB", &mut mysql);
    Ok(())
}

/// A new, empty database on the server that a variable names.
fn new_database<C: Connection>(variable: &str) -> Result<String, Box<dyn Error>> {
    let server = std::env::var(variable).map_err(|_| {
        format!("{variable} is not set; see `benches/README.md` for the command that starts the servers")
    })?;
    let mut conn = C::establish(&server)?;
    conn.batch_execute("DROP DATABASE IF EXISTS seed_bench")?;
    conn.batch_execute("CREATE DATABASE seed_bench")?;
    let mut url = url::Url::parse(&server)?;
    url.set_path("seed_bench");
    Ok(url.into())
}

fn empty(conn: &mut impl SimpleConnection) -> QueryResult<()> {
    TABLES.iter().try_for_each(|table| conn.batch_execute(&format!("DELETE FROM {table}")))
}

fn report(name: &str, rows: usize, ours: Vec<Duration>, theirs: Vec<Duration>) {
    // Side by side, so that a machine that slows down slows both.
    let mut ratios: Vec<f64> =
        ours.iter().zip(&theirs).map(|(ours, theirs)| theirs.as_secs_f64() / ours.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let rate = |mut times: Vec<Duration>| {
        times.sort();
        rows as f64 / times[times.len() / 2].as_secs_f64()
    };
    println!("{name:12} {rows:>8} {:>12.0} {:>14.0} {:>6.2}x", rate(ours), rate(theirs), ratios[ratios.len() / 2]);
}
