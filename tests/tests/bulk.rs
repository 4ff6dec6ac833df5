//! How rows go into a database, which does not matter to what it then holds.

#[path = "bulk/copy.rs"]
mod copy;
