//! Where the rows go: what of a database's URL may be shown, and whether it is on this machine.

use std::net::IpAddr;
use std::path::PathBuf;

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
    /// The file that it is in, where it is in one.
    pub(super) file: Option<PathBuf>,
}

impl Target {
    /// Reads a URL for a connection of type `C`. An error never quotes the URL: it may hold a
    /// password.
    pub(super) fn read<C: SeedConnection>(text: &str) -> Result<Target, String> {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let understood = |scheme: &String| C::SCHEMES.contains(&scheme.as_str());
        let is_postgres = C::SCHEMES.contains(&"postgres");
        match scheme {
            _ if C::SCHEMES.is_empty() => match scheme.as_deref() {
                None | Some("sqlite" | "file") => Target::file(C::NAME, text),
                Some(other) => Err(other_database(C::NAME, other)),
            },
            Some(scheme) if understood(&scheme) => {
                let url = read_url(text)?;
                Ok(if is_postgres {
                    Target::postgres(C::NAME, &Settings::of_url(&url))
                } else {
                    Target::mysql(C::NAME, &url)
                })
            }
            Some(scheme) => Err(other_database(C::NAME, &scheme)),
            // libpq also takes `host=… dbname=…`.
            None if is_postgres && text.contains('=') => match keywords(text) {
                Some(keywords) => Ok(Target::postgres(C::NAME, &Settings(keywords))),
                None => {
                    Err("the connection string cannot be read; write `name=value`, with quotes around a value with \
                             spaces: `dbname='my game'`"
                        .to_owned())
                }
            },
            None => Err(format!(
                "this binary seeds {}; write the database as `{}://user@host/name`",
                C::NAME,
                C::SCHEMES[0]
            )),
        }
    }

    fn file(name: &str, text: &str) -> Result<Target, String> {
        let path = text.strip_prefix("sqlite://").unwrap_or(text);
        if path.is_empty() || path.contains(":memory:") || path.contains("mode=memory") {
            return Err(format!("`{text}` is no file, so its rows would be gone with this program; write a path"));
        }
        let file = Some(file_of(text));
        Ok(Target { place: format!("the {name} file `{path}`"), database: path.to_owned(), local: true, file })
    }

    fn mysql(name: &str, url: &Url) -> Target {
        let host = url.host_str().filter(|host| !host.is_empty()).map(decoded);
        let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
        let at = host.as_ref().map_or_else(|| "this machine".to_owned(), |host| format!("{host}{port}"));
        let database = decoded(url.path().trim_start_matches('/'));
        let local = host.as_deref().is_none_or(is_local);
        Target { place: format!("the {name} database `{database}` on {at}"), database, local, file: None }
    }

    fn postgres(name: &str, settings: &Settings) -> Target {
        // What is not said comes from the environment, each by itself; an address stands above a name.
        let setting = |name: &str, variable: &str| {
            settings
                .get(name)
                .map(str::to_owned)
                .or_else(|| std::env::var(variable).ok())
                .filter(|value| !value.is_empty())
        };
        let host = setting("hostaddr", "PGHOSTADDR").or_else(|| setting("host", "PGHOST"));
        let service = setting("service", "PGSERVICE");
        let database = setting("dbname", "PGDATABASE").unwrap_or_default();
        let at = match (&host, &service) {
            (Some(host), _) if host.starts_with('/') => format!("socket {host}"),
            (Some(host), _) => settings.get("port").map_or_else(|| host.clone(), |port| format!("{host}:{port}")),
            (None, Some(service)) => format!("the service `{service}`"),
            (None, None) => "this machine".to_owned(),
        };
        // A service is a file of settings, which may name any host.
        let local = service.is_none() && host.as_deref().is_none_or(is_local);
        Target { place: format!("the {name} database `{database}` on {at}"), database, local, file: None }
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

/// What a connection string says to libpq. The last word counts.
struct Settings(Vec<(String, String)>);

impl Settings {
    fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().rev().find(|(key, value)| key == name && !value.is_empty());
        value.map(|(_, value)| value.as_str())
    }

    fn of_url(url: &Url) -> Settings {
        let mut settings = vec![
            ("host".to_owned(), url.host_str().map(decoded).unwrap_or_default()),
            ("port".to_owned(), url.port().map(|port| port.to_string()).unwrap_or_default()),
            ("dbname".to_owned(), decoded(url.path().trim_start_matches('/'))),
        ];
        settings.extend(url.query_pairs().into_owned());
        Settings(settings)
    }
}

/// A URL that the database's own library can read, too: its errors would quote what they cannot.
fn read_url(text: &str) -> Result<Url, String> {
    let cannot = |why: &str| format!("the database's URL cannot be read: {why}");
    let is_encoded = |rest: &str| {
        let digits = rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        digits.is_some_and(|byte| byte != 0) && !rest.starts_with('+')
    };
    if text.contains(char::is_whitespace) || !text.split('%').skip(1).all(is_encoded) {
        return Err(cannot("write a space as `%20`, and a `%` as `%25`"));
    }
    let url = Url::parse(text).map_err(|error| cannot(&error.to_string()))?;
    if url.query().is_some_and(|query| !query.is_empty() && query.split('&').any(|pair| pair.matches('=').count() != 1))
    {
        return Err(cannot("what stands behind the `?` is written `name=value&name=value`"));
    }
    Ok(url)
}

/// The pairs of libpq's `host=… dbname='…'`. `None` where libpq would not find pairs, either.
fn keywords(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut letters = text.chars().peekable();
    loop {
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        if letters.peek().is_none() {
            return Some(pairs);
        }
        let mut name = String::new();
        while let Some(letter) = letters.next_if(|letter| *letter != '=' && !letter.is_whitespace()) {
            name.push(letter);
        }
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        letters.next_if_eq(&'=')?;
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        let quoted = letters.next_if_eq(&'\'').is_some();
        let mut value = String::new();
        loop {
            match letters.next() {
                None if quoted => return None,
                None => break,
                Some('\'') if quoted => break,
                Some(letter) if letter.is_whitespace() && !quoted => break,
                Some('\\') => value.extend(letters.next()),
                Some(letter) => value.push(letter),
            }
        }
        pairs.push((name, value));
    }
}

fn other_database(name: &str, scheme: &str) -> String {
    let feature = match scheme {
        "postgres" | "postgresql" => "postgres",
        "mysql" | "mariadb" => "mysql",
        "sqlite" | "file" => "sqlite",
        _ => return format!("this binary seeds {name}, and knows no `{scheme}://`"),
    };
    format!("this binary was built for {name}, but this is a `{scheme}://` URL; build it with `--features {feature}`")
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
            "host = 'localhost' dbname = game",
            "postgres://db.example.com/game?hostaddr=127.0.0.1",
        ] {
            let target = Target::read::<PgConnection>(url).unwrap();
            assert!(target.local && target.database == "game", "{url}: {target:?}");
        }
        assert!(Target::read::<MysqlConnection>("mysql://root@127.0.0.1/game").unwrap().local);
        assert!(Target::read::<SqliteConnection>("game.sqlite3").unwrap().local);
    }

    #[test]
    fn a_socket_of_mysql_is_only_used_for_this_machine() {
        let read = |url| Target::read::<MysqlConnection>(url).unwrap();
        assert!(read("mysql://root@localhost/game?unix_socket=/run/mysqld.sock").local);
        assert!(!read("mysql://root@db.example.com/game?unix_socket=/run/mysqld.sock").local);
        assert!(!read("mysql://root@db.example.com/game?host=localhost").local);
    }

    #[test]
    fn keywords_are_read_as_libpq_reads_them() {
        let pairs = |text| keywords(text).unwrap();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs("host=/tmp dbname='my game'"), [pair("host", "/tmp"), pair("dbname", "my game")]);
        assert_eq!(pairs(r"user = 'o\'hara' password=a\ b"), [pair("user", "o'hara"), pair("password", "a b")]);
        assert_eq!((keywords("host"), keywords("host='x")), (None, None));
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
            "host = db.example.com dbname = game",
            "host=localhost host=db.example.com dbname=game",
            "postgres://localhost/game?hostaddr=10.0.0.7",
            "postgres://localhost/game?host=localhost&host=db.example.com",
            "postgres:///game?service=production",
        ] {
            // One that cannot be read is refused, which is as safe.
            assert!(!Target::read::<PgConnection>(url).is_ok_and(|target| target.local), "{url}");
        }
    }

    #[test]
    fn no_password_is_shown() {
        let target = Target::read::<PgConnection>("postgres://seed:hunter2@db.example.com:5433/game").unwrap();
        assert_eq!(target.place, "the PostgreSQL database `game` on db.example.com:5433");
        // Of these libpq itself would show the password.
        for url in [
            "postgres://seed:hunter2@[/game",
            "postgres://seed:hunter2%@host/game",
            "postgres://seed:hunter2%+1@host/game",
            "postgres://seed:hunter2%00@host/game",
            "postgres://seed:my hunter2@host/game",
            "postgres://host/game?password=my&hunter2",
            "postgres://host/game?password=hunter2=",
            "mysql://seed:hunter2@host/game",
            "host=localhost password=my hunter2",
            "host=localhost password='hunter2",
            "seed:hunter2",
        ] {
            assert!(!Target::read::<PgConnection>(url).unwrap_err().contains("hunter2"), "{url}");
        }
    }

    #[test]
    fn a_database_that_vanishes_is_refused() {
        for url in ["", ":memory:", "sqlite://:memory:", "file:game?mode=memory"] {
            assert!(Target::read::<SqliteConnection>(url).unwrap_err().contains("write a path"), "{url}");
        }
    }

    #[test]
    fn a_file_is_where_sqlite_looks() {
        for (url, path) in [
            ("game.sqlite3", "game.sqlite3"),
            ("/tmp/a b%20.sqlite3", "/tmp/a b%20.sqlite3"),
            ("sqlite://dev/game.sqlite3", "dev/game.sqlite3"),
            ("sqlite:///tmp/game.sqlite3", "/tmp/game.sqlite3"),
            ("file:my%20game.sqlite3?mode=rw", "my game.sqlite3"),
            ("file:///tmp/game.sqlite3#x", "/tmp/game.sqlite3"),
            ("file://localhost/tmp/game.sqlite3", "/tmp/game.sqlite3"),
        ] {
            assert_eq!(Target::read::<SqliteConnection>(url).unwrap().file, Some(PathBuf::from(path)), "{url}");
        }
        assert_eq!(Target::read::<PgConnection>("postgres://localhost/game").unwrap().file, None);
    }

    #[test]
    fn another_database_names_the_feature_to_build_with() {
        let message = Target::read::<SqliteConnection>("postgres://localhost/game").unwrap_err();
        assert!(message.contains("`--features postgres`"), "{message}");
    }
}
