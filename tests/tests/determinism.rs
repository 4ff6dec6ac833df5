//! The same seed gives the same rows: on every database, for any batch size and number of threads,
//! in debug and release. What changes about the models changes no other cell.
//!
//! The rows stand in `golden/`, as text. After a change that is meant to change them,
//! `BLESS=1 tests/run -p seed-tests --test determinism` writes the files anew.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

use std::path::Path;

#[path = "determinism/models.rs"]
mod models;

#[path = "determinism"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;

    mod changes;
    mod rows;
}

#[path = "determinism"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;

    mod changes;
    mod rows;
}

#[path = "determinism"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;

    mod changes;
    mod rows;
}

/// Compares rows with a golden file, or writes the file where `BLESS` is set.
#[track_caller]
fn assert_golden(name: &str, rows: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(&path, rows).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (at, (expected, row)) in golden.lines().zip(rows.lines()).enumerate() {
        assert_eq!(row, expected, "{}, line {}; to bless: BLESS=1, and look at the diff", path.display(), at + 1);
    }
    assert_eq!(rows.lines().count(), golden.lines().count(), "rows of {}", path.display());
}
