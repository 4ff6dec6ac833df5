//! A database of one's own on the server of a variable, made anew for each measurement.

use std::env::var;
use std::error::Error;

use diesel::Connection;
use url::Url;

/// A server, and the database on it that a benchmark uses.
#[derive(Debug)]
pub struct Server {
    server: String,
    database: String,
}

impl Server {
    /// The server of `TEST_POSTGRES_URL` or `TEST_MYSQL_URL`.
    ///
    /// # Errors
    ///
    /// The variable is not set, or holds no URL.
    pub fn of(variable: &str) -> Result<Server, Box<dyn Error>> {
        let server = var(variable).map_err(|_| {
            format!("{variable} is not set; see `benches/README.md` for the command that starts the servers")
        })?;
        let mut url = Url::parse(&server)?;
        url.set_path(&format!("seed_bench_{}", std::process::id()));
        Ok(Server { server, database: url.into() })
    }

    /// The URL of the database.
    pub fn url(&self) -> &str {
        &self.database
    }

    /// The database, with these tables and no rows. One that was there is dropped first.
    ///
    /// # Errors
    ///
    /// What the server refuses.
    pub fn fresh<C: Connection>(&self, tables: &str) -> Result<C, Box<dyn Error>> {
        self.drop::<C>()?;
        C::establish(&self.server)?.batch_execute(&format!("CREATE DATABASE {}", self.name()))?;
        let mut conn: C = self.connect()?;
        conn.batch_execute(tables)?;
        Ok(conn)
    }

    /// A connection more to the database.
    ///
    /// # Errors
    ///
    /// What the server refuses.
    pub fn connect<C: Connection>(&self) -> Result<C, Box<dyn Error>> {
        Ok(C::establish(&self.database)?)
    }

    /// Drops the database.
    ///
    /// # Errors
    ///
    /// What the server refuses.
    pub fn drop<C: Connection>(&self) -> Result<(), Box<dyn Error>> {
        Ok(C::establish(&self.server)?.batch_execute(&format!("DROP DATABASE IF EXISTS {}", self.name()))?)
    }

    fn name(&self) -> &str {
        self.database.rsplit('/').next().unwrap_or_default()
    }
}
