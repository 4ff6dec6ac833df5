//! What a benchmark is told on its command line: `users=1000 rounds=1 postgres`.

use std::env::args;
use std::error::Error;

/// The words behind `cargo bench … --`.
#[derive(Debug)]
pub struct Settings(Vec<String>);

impl Settings {
    /// Those of this process. What Cargo adds by itself is left out.
    pub fn read() -> Settings {
        Settings(args().skip(1).filter(|word| !word.starts_with("--")).collect())
    }

    /// The number behind `name=`, or another where nothing is said.
    ///
    /// # Errors
    ///
    /// What is said is no number.
    pub fn number(&self, name: &str, otherwise: u64) -> Result<u64, Box<dyn Error>> {
        let said = self.0.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        said.map_or(Ok(otherwise), |number| {
            number.replace('_', "").parse().map_err(|_| format!("{name}={number} is no number").into())
        })
    }

    /// Whether a part of the benchmark is wanted: all of `parts` are, where none is named.
    pub fn wants(&self, part: &str, parts: &[&str]) -> bool {
        let mut named = self.0.iter().filter(|word| parts.contains(&word.as_str())).peekable();
        named.peek().is_none() || named.any(|word| word == part)
    }
}
