//! The files of SQLite.

use std::path::PathBuf;

use diesel::sqlite::SqliteConnection;

use crate::address::{Address, Locate, decoded, other_database, scheme};
use crate::backend::SeedConnection;

const DATABASE: &str = SqliteConnection::NAME;

impl Locate for SqliteConnection {
    fn locate(url: &str) -> Result<Address, String> {
        let text = match scheme(url) {
            // Diesel knows small letters alone.
            Some((scheme, rest)) if ["sqlite", "file"].contains(&scheme.as_str()) => format!("{scheme}://{rest}"),
            Some((scheme, _)) => return Err(other_database(DATABASE, &scheme)),
            None => url.to_owned(),
        };
        let lower = text.to_ascii_lowercase();
        // A file of this name would be made, and nobody means that.
        let mistyped = ["postgres", "postgresql", "mysql", "mariadb", "sqlite"].into_iter().find(|scheme| {
            lower.strip_prefix(scheme).is_some_and(|rest| rest.starts_with(':') || rest.starts_with("//"))
        });
        match mistyped {
            Some("sqlite") if text.starts_with("sqlite://") => {}
            Some("sqlite") => return Err("write an SQLite file as its path, or as `sqlite://path`".to_owned()),
            Some(scheme) => return Err(other_database(DATABASE, scheme)),
            None => {}
        }
        let path = text.strip_prefix("sqlite://").unwrap_or(&text);
        if path.is_empty() || path.contains(":memory:") || path.contains("mode=memory") {
            return Err("a database in memory is gone with this program; write the path of a file".to_owned());
        }
        let file = file_of(&text);
        if !file.exists() && path.split_once('@').is_some_and(|(user, _)| user.contains(':')) {
            return Err(format!("this binary seeds {DATABASE}; write the path of a file, not the address of a server"));
        }
        Ok(Address { place: format!("the {DATABASE} file `{path}`"), local: true, file: Some(file), url: text })
    }
}

/// The file that SQLite opens: of a URI the path, without its host and parameters.
fn file_of(text: &str) -> PathBuf {
    let Some(uri) = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("file:")) else {
        return PathBuf::from(text);
    };
    let path = uri.split(['?', '#']).next().unwrap_or_default();
    let path = match path.strip_prefix("//") {
        Some(rest) => rest.find('/').map_or("", |at| &rest[at..]),
        None => path,
    };
    PathBuf::from(decoded(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_vanishes_is_refused() {
        for url in ["", ":memory:", "sqlite://:memory:", "file:game?mode=memory"] {
            assert!(SqliteConnection::locate(url).unwrap_err().contains("write the path of a file"), "{url}");
        }
    }

    #[test]
    fn a_file_is_where_sqlite_looks() {
        for (url, path) in [
            ("game.sqlite3", "game.sqlite3"),
            ("/tmp/a b%20.sqlite3", "/tmp/a b%20.sqlite3"),
            ("sqlite://dev/game.sqlite3", "dev/game.sqlite3"),
            ("SQLite://dev/game.sqlite3", "dev/game.sqlite3"),
            ("sqlite:///tmp/game.sqlite3", "/tmp/game.sqlite3"),
            ("file:my%20game.sqlite3?mode=rw", "my game.sqlite3"),
            ("file:///tmp/game.sqlite3#x", "/tmp/game.sqlite3"),
            ("file://localhost/tmp/game.sqlite3", "/tmp/game.sqlite3"),
        ] {
            let address = SqliteConnection::locate(url).unwrap();
            assert_eq!(address.file, Some(PathBuf::from(path)), "{url}");
            assert!(address.local);
        }
    }

    #[test]
    fn the_url_of_a_server_is_not_taken_for_a_file() {
        for (url, advice) in [
            ("postgres://localhost/game", "`--features postgres`"),
            ("POSTGRES://me:hunter2@localhost/game", "`--features postgres`"),
            ("postgres:/me:hunter2@localhost/game", "`--features postgres`"),
            ("mariadb://me:hunter2@localhost/game", "`--features mysql`"),
            ("oracle://me:hunter2@localhost/game", "the URL's scheme"),
            ("me:hunter2@localhost/game", "the path of a file"),
            ("sqlite:game.sqlite3", "`sqlite://path`"),
        ] {
            let message = SqliteConnection::locate(url).unwrap_err();
            assert!(message.contains(advice) && !message.contains("hunter2"), "{url}: {message}");
        }
    }
}
