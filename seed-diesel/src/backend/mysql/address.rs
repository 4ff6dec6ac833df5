//! What Diesel's MySQL connections connect to: `mysql://user:password@host:port/database?name=value`.

use diesel::mysql::MysqlConnection;
use url::Url;

use crate::address::{Address, Locate, check_encoding, decoded, is_local, other_database, scheme, unreadable};
use crate::backend::SeedConnection;

const DATABASE: &str = MysqlConnection::NAME;

impl Locate for MysqlConnection {
    fn locate(url: &str) -> Result<Address, String> {
        let rest = match scheme(url) {
            Some((scheme, rest)) if ["mysql", "mariadb"].contains(&scheme.as_str()) => rest,
            Some((scheme, _)) => return Err(other_database(DATABASE, &scheme)),
            None => {
                return Err(format!("this binary seeds {DATABASE}; write the database as `mysql://user@host/name`"));
            }
        };
        check_encoding(rest)?;
        // Diesel knows this scheme alone, and reads the URL with the same parser.
        let url = format!("mysql://{rest}");
        let read = Url::parse(&url).map_err(|error| unreadable(&error.to_string()))?;
        let host = read.host_str().filter(|host| !host.is_empty()).map(decoded);
        let port = read.port().map_or_else(String::new, |port| format!(":{port}"));
        let at = host.as_ref().map_or_else(|| "this machine".to_owned(), |host| format!("{host}{port}"));
        let name = decoded(read.path().trim_start_matches('/'));
        let database = if name.is_empty() { "server".to_owned() } else { format!("database `{name}`") };
        let local = host.as_deref().is_none_or(is_local);
        Ok(Address { place: format!("the {DATABASE} {database} on {at}"), local, file: None, url })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locate(url: &str) -> Address {
        MysqlConnection::locate(url).unwrap()
    }

    #[test]
    fn a_socket_is_only_used_for_this_machine() {
        assert!(locate("mysql://root@127.0.0.1/game").local);
        assert!(locate("mysql://root@localhost/game?unix_socket=/run/mysqld.sock").local);
        assert!(!locate("mysql://root@db.example.com/game?unix_socket=/run/mysqld.sock").local);
        assert!(!locate("mysql://root@db.example.com/game?host=localhost").local);
    }

    #[test]
    fn mariadb_is_a_scheme_as_well() {
        let address = locate("MariaDB://root:secret@db.example.com:3307/game");
        assert_eq!(address.url, "mysql://root:secret@db.example.com:3307/game");
        assert_eq!(address.place, "the MySQL database `game` on db.example.com:3307");
    }

    #[test]
    fn what_cannot_be_cut_in_one_way_alone_is_refused() {
        for url in
            ["mysql://localhost#@db.example.com/game", "mysql://root:p@ss@localhost/game", "mysql://root:p/w@h/d"]
        {
            assert!(MysqlConnection::locate(url).is_err(), "{url}");
        }
    }
}
