//! What a browser says of itself.

use crate::generator::{Domain, domains};

/// User agents of a few browsers on a few systems, in many versions.
#[derive(Debug, Clone, Copy)]
pub(super) struct UserAgent;

/// No user agent is longer.
pub(super) const LONGEST_USER_AGENT: usize = 137;

impl Domain<String> for UserAgent {
    fn size(&self) -> u64 {
        (SYSTEMS.len() * BROWSERS) as u64 * VERSIONS * BUILDS
    }
    fn nth(&self, index: u64) -> String {
        let system = SYSTEMS[(index % SYSTEMS.len() as u64) as usize];
        let index = index / SYSTEMS.len() as u64;
        let (browser, index) = (index % BROWSERS as u64, index / BROWSERS as u64);
        let (version, build) = (110 + index % VERSIONS, index / VERSIONS);
        match browser {
            0 => format!("Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.{build}"),
            1 => format!("Mozilla/5.0 ({system}) {WEBKIT} Chrome/{version}.0.{build}.0 Safari/537.36"),
            _ => format!(
                "Mozilla/5.0 ({system}) {WEBKIT} Chrome/{version}.0.{build}.0 Safari/537.36 Edg/{version}.0.{build}.0"
            ),
        }
    }
}

const WEBKIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
const BROWSERS: usize = 3;
const VERSIONS: u64 = 40;
const BUILDS: u64 = 10_000;
const SYSTEMS: [&str; 5] = [
    "Windows NT 10.0; Win64; x64",
    "Macintosh; Intel Mac OS X 10_15_7",
    "X11; Linux x86_64",
    "X11; Ubuntu; Linux x86_64",
    "Linux; Android 14",
];

domains! {
    () UserAgent => String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_user_agent_is_longer_than_said() {
        let longest = (UserAgent.size() - 15..UserAgent.size()).map(|index| UserAgent.nth(index).len()).max();
        assert_eq!(longest, Some(LONGEST_USER_AGENT));
    }
}
