//! How fast it is: see `README.md`, and `benches/` beside it.

#![expect(missing_docs, reason = "a field is a column, and its name says which")]

pub mod machine;
pub mod server;
pub mod settings;
pub mod wide;
