//! Where a database is: what of its URL may be shown, whether it is on this machine, and what its client library is given.
//!
//! A URL is read by one parser alone. The client library is given what that has read, written out again, so that it cannot
//! understand another host than the one that was judged.

use std::net::IpAddr;
use std::path::PathBuf;

use url::Host;

/// A database that can be connected to.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// For people, without any password: ``the PostgreSQL database `game` on db.example.com:5432``.
    pub place: String,
    /// Whether it is on this machine: loopback, a socket, a file.
    pub local: bool,
    /// The file that it is in, where it is in one.
    pub file: Option<PathBuf>,
    /// What the client library connects to.
    pub url: String,
}

/// How a connection's URLs are read.
#[doc(hidden)]
pub trait Locate {
    /// Reads a URL. An error never quotes it: it may hold a password.
    fn locate(url: &str) -> Result<Address, String>;
}

/// `scheme://rest`, with the scheme in small letters.
pub(crate) fn scheme(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let is_scheme = !scheme.is_empty() && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '+');
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The error for the URL of another database than the one that the binary is built for.
pub(crate) fn other_database(database: &str, scheme: &str) -> String {
    let feature = match scheme {
        "postgres" | "postgresql" => "postgres",
        "mysql" | "mariadb" => "mysql",
        "sqlite" | "file" => "sqlite",
        _ => return format!("this binary seeds {database}, and the URL's scheme is another one's"),
    };
    format!(
        "this binary was built for {database}, but this is a `{scheme}://` URL; build it with `--features {feature}`"
    )
}

/// The error for a URL that cannot be read.
pub(crate) fn unreadable(why: &str) -> String {
    format!("the database's URL cannot be read: {why}")
}

/// Refuses what comes after `scheme://` where parsers cut it in different places.
pub(crate) fn check_encoding(rest: &str) -> Result<(), String> {
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    if rest.matches('@').count() > usize::from(authority.contains('@')) {
        return Err(unreadable(
            "the password must be percent-encoded, as must the user's and the database's name: write `@` as `%40`, `/` as \
             `%2F`, `?` as `%3F` and `#` as `%23`",
        ));
    }
    if rest.contains('#') {
        return Err(unreadable("write `#` as `%23`"));
    }
    let is_encoded = |rest: &str| {
        let digits = rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        digits.is_some_and(|byte| byte != 0) && !rest.starts_with('+')
    };
    if rest.contains(char::is_whitespace) || !rest.split('%').skip(1).all(is_encoded) {
        return Err(unreadable("write a space as `%20`, and a `%` as `%25`"));
    }
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    if !query.is_empty() && query.split('&').any(|pair| pair.matches('=').count() != 1) {
        return Err(unreadable("options after the `?` are written `name=value&name=value`"));
    }
    Ok(())
}

/// Whether a host is this machine: loopback, by name or address, or a socket. An empty one is the client library's default, which
/// is this machine.
pub(crate) fn is_local(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.is_empty()
        || host.starts_with(['/', '@'])
        || host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        || matches!(Host::parse(host), Ok(Host::Ipv4(address)) if address.is_loopback())
}

pub(crate) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
