//! Where the rows go: what of a database's URL may be shown, and whether it is on this machine.

use std::net::IpAddr;

use url::{Host, Url};

use crate::backend::SeedConnection;

/// A database, without any password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// For people: `the PostgreSQL database `game` on db.example.com:5432`.
    pub(super) place: String,
    /// The database's name.
    pub(super) database: String,
    /// Whether it is on this machine: loopback, a socket, a file.
    pub(super) local: bool,
}

impl Target {
    /// Reads a URL for a connection of type `C`. An error never quotes the URL: it may hold a
    /// password.
    pub(super) fn read<C: SeedConnection>(text: &str) -> Result<Target, String> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let understood = |scheme: &String| C::SCHEMES.contains(&scheme.as_str());
        match scheme {
            _ if C::SCHEMES.is_empty() => match scheme.as_deref() {
                None | Some("sqlite" | "file") => Ok(Target::file(C::NAME, text)),
                Some(other) => Err(other_database(C::NAME, other)),
            },
            Some(scheme) if understood(&scheme) => Target::server(C::NAME, text),
            Some(scheme) => Err(other_database(C::NAME, &scheme)),
            // libpq also takes `host=… dbname=…`.
            None if text.contains('=') => Ok(Target::keywords(C::NAME, text)),
            None => Err(format!(
                "this binary seeds {}; write the database as `{}://user@host/name`",
                C::NAME,
                C::SCHEMES[0]
            )),
        }
    }

    fn file(name: &str, text: &str) -> Target {
        let path = text.strip_prefix("sqlite://").unwrap_or(text);
        Target { place: format!("the {name} file `{path}`"), database: path.to_owned(), local: true }
    }

    fn server(name: &str, text: &str) -> Result<Target, String> {
        let url = Url::parse(text).map_err(|error| format!("the database's URL cannot be read: {error}"))?;
        let parameter =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let socket = parameter("host").or_else(|| parameter("unix_socket")).filter(|host| host.starts_with('/'));
        let host = parameter("host").or_else(|| url.host_str().filter(|host| !host.is_empty()).map(decoded));
        let database = decoded(url.path().trim_start_matches('/'));
        let database = parameter("dbname").unwrap_or(database);
        let local = socket.is_some() || host.as_deref().is_none_or(is_local);
        let at = match (&socket, &host) {
            (Some(socket), _) => format!("socket {socket}"),
            (None, Some(host)) => url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}")),
            (None, None) => "this machine".to_owned(),
        };
        Ok(Target { place: format!("the {name} database `{database}` on {at}"), database, local })
    }

    fn keywords(name: &str, text: &str) -> Target {
        let value = |key: &str| {
            text.split_whitespace().find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                (name == key).then(|| value.trim_matches('\'').to_owned())
            })
        };
        let host = value("hostaddr").or_else(|| value("host"));
        let database = value("dbname").unwrap_or_default();
        let local = host.as_deref().is_none_or(is_local);
        let at = host.unwrap_or_else(|| "this machine".to_owned());
        Target { place: format!("the {name} database `{database}` on {at}"), database, local }
    }
}

fn other_database(name: &str, scheme: &str) -> String {
    let feature = match scheme {
        "postgres" | "postgresql" => "postgres",
        "mysql" | "mariadb" => "mysql",
        "sqlite" | "file" => "sqlite",
        _ => return format!("this binary seeds {name}, and knows no `{scheme}://`"),
    };
    format!("this binary was built for {name}, but the URL is of `{scheme}://`; build it with `--features {feature}`")
}

/// Loopback by name or address, or a socket's folder. A list of hosts is local where all of it is.
fn is_local(host: &str) -> bool {
    host.split(',').all(|host| {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host.is_empty()
            || host.starts_with('/')
            || host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            || matches!(Host::parse(host), Ok(Host::Ipv4(address)) if address.is_loopback())
    })
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(all(test, feature = "postgres", feature = "mysql", feature = "sqlite"))]
mod tests {
    use diesel::{MysqlConnection, PgConnection, SqliteConnection};

    use super::*;

    #[test]
    fn loopback_sockets_and_files_are_local() {
        for url in [
            "postgres://seed@localhost/game",
            "postgres://seed:secret@127.0.0.1:5433/game",
            "postgresql://seed@[::1]/game",
            "postgres:///game?host=/run/postgresql",
            "postgres://%2Frun%2Fpostgresql/game",
            "host=/tmp dbname=game",
        ] {
            let target = Target::read::<PgConnection>(url).unwrap();
            assert!(target.local && target.database == "game", "{url}: {target:?}");
        }
        assert!(Target::read::<MysqlConnection>("mysql://root@127.0.0.1/game").unwrap().local);
        assert!(Target::read::<SqliteConnection>("game.sqlite3").unwrap().local);
    }

    #[test]
    fn anything_else_is_not_local() {
        for url in [
            "postgres://seed@db.example.com/game",
            "postgres://seed@10.0.0.7/game",
            "postgres://localhost.example.com/game",
            "postgres://localhost/game?host=db.example.com",
            "postgres://localhost,db.example.com/game",
            "host=db.example.com dbname=game",
            "host=localhost hostaddr=10.0.0.7 dbname=game",
        ] {
            // One that cannot be read is refused, which is as safe.
            assert!(!Target::read::<PgConnection>(url).is_ok_and(|target| target.local), "{url}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        let target = Target::read::<PgConnection>("postgres://seed:hunter2@db.example.com:5433/game").unwrap();
        assert_eq!(target.place, "the PostgreSQL database `game` on db.example.com:5433");
        for url in ["postgres://seed:hunter2@[/game", "mysql://seed:hunter2@host/game", "seed:hunter2"] {
            assert!(!Target::read::<PgConnection>(url).unwrap_err().contains("hunter2"), "{url}");
        }
    }

    #[test]
    fn another_database_names_the_feature_to_build_with() {
        let message = Target::read::<SqliteConnection>("postgres://localhost/game").unwrap_err();
        assert!(message.contains("`--features postgres`"), "{message}");
    }
}
