//! What is tried to break the product. Each kind has its place, in a fast form that `tests/run` runs and a long form that
//! `tests/run --long` does:
//!
//! | kind | where | long |
//! |---|---|---|
//! | kill points: `kill -9` at random moments | `databases/interruptions.rs` | 168 rounds in place of 60, a third on each database |
//! | proxy cuts: a connection that breaks at its COMMIT | `databases/commits.rs` | the same |
//! | races of eight runs | `databases/contention.rs` | 90 in place of 3 |
//! | lock waits | `databases/waits.rs`, `databases/waits_on_sqlite.rs`, `examples/game/tests/command_line/waits.rs` | the same |
//! | URL forms: 10,000, of which none shows its password | `seed-diesel/src/cli/secrets.rs` | the same |
//! | collations | `uniqueness/collations.rs` | the same |
//! | lengths and scripts: texts that come back byte for byte | here | the same |
//! | identifiers that must be quoted, or are cut | `hostile/identifiers.rs`, `databases/names.rs`, `databases/sequences.rs` | the same |
//! | COPY escapes | here, and `bulk/copy.rs` | the same |
//! | time zones | `hostile/sessions.rs`, `databases/ends_of_time.rs`, `bulk/copy.rs`, `examples/game/tests/command_line.rs` | the same |
//! | locales | `hostile/sessions.rs`, `examples/game/tests/command_line.rs` | the same |
//! | derive inputs: none panics | `seed-derive/src/tests/odd.rs` | 170,000 in place of 4,000 |

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

#[path = "hostile"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;

    mod identifiers;
    mod texts;
}

#[path = "hostile"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;

    mod identifiers;
    mod sessions;
    mod texts;
}

#[path = "hostile"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;

    mod identifiers;
    mod sessions;
    mod texts;
}
