//! What the tests share: a database of its own for each test, on the servers of `tests/run`.
//!
//! ```no_run
//! use seed_tests::Postgres;
//!
//! let mut db = Postgres::with("CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);");
//! db.run("INSERT INTO teams (name) VALUES ('red')");
//! assert_eq!(db.number("SELECT count(*) FROM teams"), 1);
//! ```
//!
//! SQL is written as for PostgreSQL. Where another database has another word for the same, it is
//! put in its place: see [`Engine::sql`].

mod proxy;
mod rounds;
mod statements;

use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use game::schema::{levels, scores, sessions, user_profiles, users};
use seed_diesel::{Plan, SeedConnection};
use tempfile::TempDir;
use url::Url;

pub use crate::proxy::{Lost, Proxy};
pub use crate::rounds::rounds;
pub use crate::statements::Statements;

/// A new SQLite file.
pub type Sqlite = Database<SqliteConnection>;
/// A new PostgreSQL database.
pub type Postgres = Database<PgConnection>;
/// A new MySQL or MariaDB database.
pub type Mysql = Database<MysqlConnection>;

/// A database that one test has for itself. It is dropped with the value.
pub struct Database<C: Engine> {
    /// A connection to it.
    pub conn: C,
    // Behind the connection, which is closed first.
    place: Place,
}

impl<C: Engine> Database<C> {
    /// What the database management system is called in the tests.
    pub const ENGINE: &'static str = C::ENGINE;

    /// A database with nothing in it.
    pub fn empty() -> Database<C> {
        let place = C::create();
        Database { conn: connect(&place.url), place }
    }

    /// A database with these tables.
    pub fn with(tables: &str) -> Database<C> {
        let mut database = Database::empty();
        database.run(tables);
        database
    }

    /// A database with the tables of `examples/game`, made by its migrations.
    pub fn game() -> Database<C> {
        let mut database = Database::<C>::empty();
        database.conn.migrate_game();
        database
    }

    /// Another connection to it.
    pub fn connect(&self) -> C {
        connect(&self.place.url)
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.place.url
    }

    /// Runs statements.
    pub fn run(&mut self, sql: &str) {
        self.conn.batch_execute(&C::sql(sql)).unwrap_or_else(|error| panic!("{error}, in: {sql}"));
    }

    /// The number that a query gives.
    pub fn number(&mut self, sql: &str) -> i64 {
        self.conn.number_of(&C::sql(sql))
    }

    /// The texts that a query gives: `SELECT name AS value FROM users ORDER BY id`.
    pub fn texts(&mut self, sql: &str) -> Vec<String> {
        self.conn.texts_of(&C::sql(sql))
    }

    /// All rows of the tables of a plan, each as one text, in any order that stays the same.
    pub fn export(&mut self, plan: &Plan) -> Vec<String> {
        let text = if C::ENGINE == "mysql" { "CHAR" } else { "TEXT" };
        let mut rows = Vec::new();
        for def in plan.tables.iter().map(|table| &table.def) {
            let cell = |column| format!("COALESCE(CAST(\"{column}\" AS {text}), 'NULL')");
            let cells: Vec<String> = def.column_names().into_iter().map(cell).collect();
            let (name, cells) = (def.name, cells.join(", ' ', "));
            rows.extend(self.texts(&format!("SELECT concat('{name} ', {cells}) AS value FROM {name} ORDER BY 1")));
        }
        rows
    }

    /// All rows of the game, one a line, in an order and a form that every database shares.
    pub fn export_game(&mut self) -> String {
        self.conn.export_game()
    }
}

/// The type of a database's connections.
pub trait HasConnection {
    /// It.
    type Connection: Engine;
}

impl<C: Engine> HasConnection for Database<C> {
    type Connection = C;
}

/// A database management system that the tests run on.
pub trait Engine: SeedConnection + SimpleConnection {
    /// What it is called in the tests.
    const ENGINE: &'static str;

    /// Makes a new database.
    fn create() -> Place;

    /// Sets up a new connection.
    fn set_up(&mut self);

    /// The words of this database for those of PostgreSQL: its quotes, and its keys that count up.
    fn sql(text: &str) -> String;

    #[doc(hidden)]
    fn migrate_game(&mut self);

    #[doc(hidden)]
    fn number_of(&mut self, sql: &str) -> i64;

    #[doc(hidden)]
    fn texts_of(&mut self, sql: &str) -> Vec<String>;

    #[doc(hidden)]
    fn export_game(&mut self) -> String;
}

/// Where a database is. It is dropped with the value.
pub struct Place {
    url: String,
    _drop: DropAtEnd,
}

enum DropAtEnd {
    Folder { _folder: TempDir },
    Statement { server: fn(&str), sql: String },
}

impl Drop for DropAtEnd {
    fn drop(&mut self) {
        if let DropAtEnd::Statement { server, sql } = self {
            server(sql);
        }
    }
}

/// A connection to a database that another process has made.
pub fn connect<C: Engine>(url: &str) -> C {
    let mut conn = C::establish(url).expect("the database that was just made");
    conn.set_up();
    conn
}

/// The URL of a server of `tests/run`.
pub fn server_url(variable: &str) -> Url {
    let url = std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run the tests by ./tests/run, which starts the servers"));
    Url::parse(&url).unwrap_or_else(|error| panic!("{variable} is no URL: {error}"))
}

/// A new database on a server.
fn on_server(variable: &str, server: fn(&str), drop: &str) -> Place {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("seed_tests_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let mut url = server_url(variable);
    url.set_path(&name);
    server(&format!("CREATE DATABASE {name}"));
    let sql = drop.replace("{name}", &name);
    Place { url: url.into(), _drop: DropAtEnd::Statement { server, sql } }
}

const POSTGRES_URL: &str = "TEST_POSTGRES_URL";
const MYSQL_URL: &str = "TEST_MYSQL_URL";

fn run_on_server<C: Connection>(variable: &str, sql: &str) {
    let mut server = C::establish(server_url(variable).as_str()).unwrap_or_else(|error| panic!("{variable}: {error}"));
    // While a test fails, its database may be in use; a second panic would hide the first.
    if let Err(error) = server.batch_execute(sql)
        && !std::thread::panicking()
    {
        panic!("{error}, in: {sql}");
    }
}

/// What is written alike for all three, though each is of another type.
macro_rules! shared {
    ($migrations:ident, $bigint:literal) => {
        fn migrate_game(&mut self) {
            self.run_pending_migrations($migrations).expect("the migrations of the game");
        }

        fn number_of(&mut self, sql: &str) -> i64 {
            let cast = format!("SELECT CAST(({sql}) AS {}) AS value", $bigint);
            let number: Number =
                diesel::sql_query(cast).get_result(self).unwrap_or_else(|error| panic!("{error}, in: {sql}"));
            number.value
        }

        fn texts_of(&mut self, sql: &str) -> Vec<String> {
            let rows: Vec<Line> =
                diesel::sql_query(sql).load(self).unwrap_or_else(|error| panic!("{error}, in: {sql}"));
            rows.into_iter().map(|row| row.value).collect()
        }

        fn export_game(&mut self) -> String {
            let mut lines = Vec::new();
            macro_rules! export {
                ($table:ident as $row:ty) => {
                    let rows = $table::table.order($table::id).load::<$row>(self).expect("the rows of the game");
                    lines.extend(rows.iter().map(|row| format!("{} {row:?}\n", stringify!($table))));
                };
            }
            export!(users as (i32, NaiveDateTime, String, NaiveDate));
            export!(user_profiles as (i32, i32, String, String, String));
            export!(levels as (i32, String, i32));
            export!(sessions as (i32, i32, NaiveDateTime, i32));
            export!(scores as (i32, i32, i32, NaiveDateTime, i32, i32, f32));
            lines.concat()
        }
    };
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    value: String,
}

const SQLITE: EmbeddedMigrations = embed_migrations!("../examples/game/migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../examples/game/migrations/postgres");
const MYSQL: EmbeddedMigrations = embed_migrations!("../examples/game/migrations/mysql");

impl Engine for SqliteConnection {
    const ENGINE: &'static str = "sqlite";

    fn create() -> Place {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let url = path_text(&folder.path().join("test.sqlite3"));
        Place { url, _drop: DropAtEnd::Folder { _folder: folder } }
    }

    fn set_up(&mut self) {
        self.batch_execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF;").expect("pragmas");
    }

    fn sql(text: &str) -> String {
        text.replace("SERIAL PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL")
    }

    shared!(SQLITE, "BIGINT");
}

impl Engine for PgConnection {
    const ENGINE: &'static str = "postgres";

    fn create() -> Place {
        let server = |sql: &str| run_on_server::<PgConnection>(POSTGRES_URL, sql);
        // Not `WITH (FORCE)`: it fails where it meets an autovacuum, for who is no superuser.
        on_server(POSTGRES_URL, server, "DROP DATABASE {name}")
    }

    fn set_up(&mut self) {
        self.batch_execute("SET client_min_messages = warning; SET lock_timeout = '2s'").expect("settings");
    }

    fn sql(text: &str) -> String {
        text.to_owned()
    }

    shared!(POSTGRES, "BIGINT");
}

impl Engine for MysqlConnection {
    const ENGINE: &'static str = "mysql";

    fn create() -> Place {
        let server = |sql: &str| run_on_server::<MysqlConnection>(MYSQL_URL, sql);
        on_server(MYSQL_URL, server, "SET lock_wait_timeout = 5; DROP DATABASE {name}")
    }

    fn set_up(&mut self) {
        self.batch_execute("SET innodb_lock_wait_timeout = 2").expect("settings");
    }

    fn sql(text: &str) -> String {
        // A `TIMESTAMP` of MySQL knows its time zone, and ends in 2038.
        text.replace('"', "`")
            .replace("SERIAL PRIMARY KEY", "INTEGER PRIMARY KEY AUTO_INCREMENT")
            .replace("TIMESTAMP", "DATETIME")
            .replace("BYTEA", "BLOB")
    }

    shared!(MYSQL, "SIGNED");
}

fn path_text(path: &Path) -> String {
    path.to_str().expect("a temporary path in UTF-8").to_owned()
}
