//! What libpq connects to: URLs and `host=… dbname=…`, read as libpq's `fe-connect.c` reads them, and the variables of the
//! environment that fill what they leave out.

use std::fmt::Write as _;

use diesel::pg::PgConnection;

use crate::address::{Address, Locate, check_encoding, decoded, is_local, other_database, scheme, unreadable};
use crate::backend::SeedConnection;

const DATABASE: &str = PgConnection::NAME;

impl Locate for PgConnection {
    fn locate(url: &str) -> Result<Address, String> {
        Settings::read(url)?.address(|variable| std::env::var(variable).ok())
    }
}

/// What a connection string says to libpq. The last word counts.
struct Settings(Vec<(String, String)>);

/// A server that is tried: libpq tries all until one answers.
struct Server {
    host: String,
    port: String,
}

impl Settings {
    fn read(url: &str) -> Result<Settings, String> {
        match scheme(url) {
            Some((scheme, rest)) if ["postgres", "postgresql"].contains(&scheme.as_str()) => Settings::of_url(rest),
            Some((scheme, _)) => Err(other_database(DATABASE, &scheme)),
            None if url.contains('=') => Settings::of_keywords(url).ok_or_else(|| {
                "the connection string cannot be read; write `name=value`, with quotes around a value with spaces: \
                 `dbname='my game'`"
                    .to_owned()
            }),
            None => Err(format!("this binary seeds {DATABASE}; write the database as `postgres://user@host/name`")),
        }
    }

    /// What comes after `postgres://`: `user:password@host:port,host:port/dbname?name=value&name=value`.
    fn of_url(rest: &str) -> Result<Settings, String> {
        check_encoding(rest)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (user, rest) = match rest.split_once('@') {
            Some((user, rest)) => (user, rest),
            None => ("", rest),
        };
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        let (servers, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (mut hosts, mut ports) = (Vec::new(), Vec::new());
        for server in servers.split(',') {
            let (host, port) = match server.strip_prefix('[') {
                Some(server) => {
                    let (host, port) =
                        server.split_once(']').ok_or_else(|| unreadable("a `[` before an address needs its `]`"))?;
                    if host.is_empty() || !(port.is_empty() || port.starts_with(':')) {
                        return Err(unreadable("an IPv6 address is written `[::1]:5432`"));
                    }
                    (host, port.strip_prefix(':').unwrap_or_default())
                }
                None => server.split_once(':').unwrap_or((server, "")),
            };
            hosts.push(decoded(host));
            ports.push(decoded(port));
        }
        let mut settings = Settings(Vec::new());
        let (hosts, ports) = (hosts.join(","), ports.join(","));
        for (name, value) in [("user", user), ("password", password), ("dbname", database)] {
            settings.add(name, decoded(value));
        }
        settings.add("host", hosts);
        settings.add("port", ports);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match (decoded(name).as_str(), decoded(value)) {
                // The word of JDBC, which libpq takes as well.
                ("ssl", value) if value == "true" => settings.add("sslmode", "require".to_owned()),
                (name, value) => settings.add(name, value),
            }
        }
        Ok(settings)
    }

    /// The pairs of `host=… dbname='…'`. `None` where libpq would not find pairs, either.
    fn of_keywords(text: &str) -> Option<Settings> {
        let mut settings = Settings(Vec::new());
        let mut letters = text.chars().peekable();
        loop {
            while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
            if letters.peek().is_none() {
                return Some(settings);
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
            settings.add(&name, value);
        }
    }

    /// An empty value is as none: what it leaves out comes from the environment.
    fn add(&mut self, name: &str, value: String) {
        self.0.retain(|(other, _)| other != name);
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    fn address(mut self, environment: impl Fn(&str) -> Option<String>) -> Result<Address, String> {
        for (name, variable) in [
            ("host", "PGHOST"),
            ("hostaddr", "PGHOSTADDR"),
            ("port", "PGPORT"),
            ("dbname", "PGDATABASE"),
            ("service", "PGSERVICE"),
        ] {
            if self.get(name).is_none() {
                self.add(name, environment(variable).unwrap_or_default());
            }
        }
        let servers = self.servers()?;
        let service = self.get("service");
        let named = |server: &Server| match (server.host.as_str(), server.port.as_str()) {
            ("", "") => None,
            ("", port) => Some(format!("port {port}")),
            (host, _) if host.starts_with(['/', '@']) => Some(format!("socket {host}")),
            (host, "") => Some(host.to_owned()),
            (host, port) if host.contains(':') => Some(format!("[{host}]:{port}")),
            (host, port) => Some(format!("{host}:{port}")),
        };
        let named: Vec<String> = servers.iter().filter_map(named).collect();
        let at = match (named.is_empty(), service) {
            (false, _) => format!("on {}", named.join(", ")),
            (true, Some(service)) => format!("of the service `{service}`"),
            (true, None) => "on this machine".to_owned(),
        };
        let database = self.get("dbname").map_or_else(|| "database".to_owned(), |name| format!("database `{name}`"));
        // A service is a file of settings, which may name any host.
        let local = service.is_none() && servers.iter().all(|server| is_local(&server.host));
        Ok(Address { place: format!("the {DATABASE} {database} {at}"), local, file: None, url: self.text()? })
    }

    /// Each host with its port. Entry by entry, an address in `hostaddr` replaces the name in `host`.
    fn servers(&self) -> Result<Vec<Server>, String> {
        let list = |name| self.get(name).map(|list| list.split(',').map(str::trim).collect::<Vec<_>>());
        let (hosts, addresses, ports) = (list("host"), list("hostaddr"), list("port"));
        let ports = ports.unwrap_or_else(|| vec![""]);
        if ports.iter().any(|port| !port.is_empty() && port.parse::<u16>().is_err()) {
            // It may be a password without the host that follows it.
            return Err(unreadable("a port is a number from 1 to 65535"));
        }
        let count = addresses.as_ref().or(hosts.as_ref()).map_or(1, Vec::len);
        if hosts.as_ref().is_some_and(|hosts| hosts.len() != count) {
            return Err(unreadable("`host` and `hostaddr` list as many servers as each other"));
        }
        if ![1, count].contains(&ports.len()) {
            return Err(unreadable("`port` lists one port, or one for each host"));
        }
        let of = |list: &Option<Vec<&str>>, at: usize| list.as_ref().map_or("", |list| list[at]).to_owned();
        let server = |at: usize| {
            let (address, host) = (of(&addresses, at), of(&hosts, at));
            let port = ports.get(at).unwrap_or(&ports[0]);
            Server { host: if address.is_empty() { host } else { address }, port: (*port).to_owned() }
        };
        Ok((0..count).map(server).collect())
    }

    /// `name='value'` for each.
    fn text(&self) -> Result<String, String> {
        let mut text = String::new();
        for (name, value) in &self.0 {
            let is_word = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
            if !is_word {
                return Err(unreadable("the name of an option has small letters and `_` alone"));
            }
            let value = value.replace('\\', r"\\").replace('\'', r"\'");
            let _ = write!(text, "{name}='{value}' ");
        }
        Ok(text.trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locate(url: &str) -> Result<Address, String> {
        Settings::read(url).and_then(|settings| settings.address(|_| None))
    }

    #[test]
    fn loopback_and_sockets_are_local() {
        for url in [
            "postgres://seed@localhost/game",
            "postgres://seed:secret@127.0.0.1:5433/game",
            "postgresql://seed@[::1]/game",
            "POSTGRES://seed@[::1]:5433/game",
            "postgres:///game?host=/run/postgresql",
            "postgres://seed:secret@/game?host=/run/postgresql",
            "postgres://%2Frun%2Fpostgresql/game",
            "postgres://localhost:5432,127.0.0.1:5433/game",
            "host=/tmp dbname=game",
            "host = 'localhost' dbname = game",
            "postgres://db.example.com/game?hostaddr=127.0.0.1",
            "host=db.example.com,localhost hostaddr=127.0.0.1, dbname=game",
        ] {
            let address = locate(url).unwrap();
            assert!(address.local && address.place.contains("`game`"), "{url}: {address:?}");
        }
    }

    #[test]
    fn anything_else_is_not_local() {
        for url in [
            "postgres://seed@db.example.com/game",
            "postgres://seed@10.0.0.7/game",
            "postgres://localhost.example.com/game",
            "postgres://localhost/game?host=db.example.com",
            "postgres://localhost,db.example.com/game",
            "postgres://seed:secret@/game?host=db.example.com",
            "host=db.example.com dbname=game",
            "host=localhost hostaddr=10.0.0.7 dbname=game",
            "host = db.example.com dbname = game",
            "host=localhost host=db.example.com dbname=game",
            "host=db.example.com,db.example.com hostaddr=, dbname=game",
            "host=localhost,db.example.com hostaddr=127.0.0.1, dbname=game",
            "host=db.example.com hostaddr='' dbname=game",
            "postgres:///game?host=db.example.com,db.example.com&hostaddr=,",
            "postgres://localhost/game?hostaddr=10.0.0.7",
            "postgres://localhost/game?host=localhost&host=db.example.com",
            "postgres:///game?service=production",
            "postgres://localhost/game?service=production",
            "service=production",
        ] {
            assert!(!locate(url).unwrap().local, "{url}");
        }
    }

    #[test]
    fn the_environment_fills_what_the_url_leaves_out() {
        let locate = |url: &str, variables: &[(&str, &str)]| {
            let variable =
                |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, v)| (*v).to_owned());
            Settings::read(url).unwrap().address(variable).unwrap()
        };
        assert!(locate("postgres:///game", &[]).local);
        assert!(!locate("postgres:///game", &[("PGHOST", "db.example.com")]).local);
        assert!(!locate("postgres://localhost/game", &[("PGHOSTADDR", "10.0.0.7")]).local);
        assert!(!locate("postgres://localhost/game", &[("PGSERVICE", "production")]).local);
        let listed = locate("postgres://db.example.com,db.example.com/game", &[("PGHOSTADDR", ",")]);
        assert!(!listed.local, "{listed:?}");
        // libpq is told, and asks the environment for nothing of it.
        let address = locate("postgres:///game", &[("PGHOST", "localhost"), ("PGPORT", "5433")]);
        assert_eq!(address.url, "dbname='game' host='localhost' port='5433'");
    }

    #[test]
    fn what_cannot_be_cut_in_one_way_alone_is_refused() {
        for url in [
            "postgres://localhost#@db.example.com/game",
            "postgres://localhost?@db.example.com/game",
            "postgres://localhost/@db.example.com/game",
            "postgres://seed:p@ss@localhost/game",
            "postgres://seed:p/ss@localhost/game",
            "postgres://seed:p#ss@localhost/game",
            "postgres://seed:p?ss@localhost/game",
            "host=localhost hostaddr=127.0.0.1,127.0.0.1",
            "postgres://localhost:1,localhost:2,localhost/game?port=1,2",
            "postgres://seed:secret/game",
        ] {
            let refused = locate(url);
            assert!(refused.is_err(), "{url}: {refused:?}");
        }
        let message = locate("postgres://seed:p@ss@localhost/game").unwrap_err();
        assert!(message.contains("the password must be percent-encoded"), "{message}");
    }

    #[test]
    fn keywords_are_read_as_libpq_reads_them() {
        let pairs = |text| Settings::of_keywords(text).unwrap().0;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs("host=/tmp dbname='my game'"), [pair("host", "/tmp"), pair("dbname", "my game")]);
        assert_eq!(pairs(r"user = 'o\'hara' password=a\ b"), [pair("user", "o'hara"), pair("password", "a b")]);
        assert!(Settings::of_keywords("host").is_none() && Settings::of_keywords("host='x").is_none());
    }

    #[test]
    fn libpq_is_given_what_was_read() {
        for (url, given) in [
            (
                "postgres://o%27hara:a%5Cb%40c@h1:1,[::1]:2/my%20game?ssl=true&application_name=a%26b",
                r"user='o\'hara' password='a\\b@c' dbname='my game' host='h1,::1' port='1,2' sslmode='require' application_name='a&b'",
            ),
            ("postgres://", ""),
            ("postgres://?dbname=game", "dbname='game'"),
            (r"password = 'it\'s' host=h", r"password='it\'s' host='h'"),
        ] {
            assert_eq!(locate(url).unwrap().url, given, "{url}");
        }
    }

    #[test]
    fn the_place_names_each_server_and_no_password() {
        let place = |url| locate(url).unwrap().place;
        let secret = "postgres://seed:hunter2@db.example.com:5433/game";
        assert_eq!(place(secret), "the PostgreSQL database `game` on db.example.com:5433");
        assert_eq!(place("postgres://h1:1,[::1]:2/"), "the PostgreSQL database on h1:1, [::1]:2");
        assert_eq!(place("service=dev"), "the PostgreSQL database of the service `dev`");
        assert_eq!(place("postgres:///game"), "the PostgreSQL database `game` on this machine");
    }
}
