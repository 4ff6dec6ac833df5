//! The database of a small game: users with a profile each, their sessions, and what they scored
//! on which level.
//!
//! It is an ordinary Diesel project that `seed-diesel` touches in three places: the derives in
//! [`models`], the binary `src/bin/seed.rs`, and the tests, which make their rows with it.
//!
//! One feature chooses the database: `sqlite` (the default), `postgres` or `mysql`.

#![expect(missing_docs, reason = "a field is a column, and its name says which")]

use std::error::Error;

use diesel_migrations::MigrationHarness;

pub use backend::{Connection, DEFAULT_DATABASE_URL};

pub mod models;
pub mod schema;

/// Brings the database up to date; does nothing if it already is.
pub fn migrate(conn: &mut Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    conn.run_pending_migrations(backend::MIGRATIONS)?;
    Ok(())
}

// `sqlite` is on by default, so `--features postgres` turns on two databases: the one that was
// asked for wins.

#[cfg(feature = "mysql")]
mod backend {
    use diesel_migrations::{EmbeddedMigrations, embed_migrations};

    /// The database this build was made for.
    pub type Connection = diesel::MysqlConnection;

    /// Where the data goes if nothing else is said.
    pub const DEFAULT_DATABASE_URL: &str = "mysql://127.0.0.1/game";

    pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/mysql");
}

#[cfg(all(feature = "postgres", not(feature = "mysql")))]
mod backend {
    use diesel_migrations::{EmbeddedMigrations, embed_migrations};

    /// The database this build was made for.
    pub type Connection = diesel::PgConnection;

    /// Where the data goes if nothing else is said.
    pub const DEFAULT_DATABASE_URL: &str = "postgres://localhost/game";

    pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");
}

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
mod backend {
    use diesel_migrations::{EmbeddedMigrations, embed_migrations};

    /// The database this build was made for.
    pub type Connection = diesel::SqliteConnection;

    /// Where the data goes if nothing else is said: a file in the current directory.
    pub const DEFAULT_DATABASE_URL: &str = "game.sqlite3";

    pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
}
