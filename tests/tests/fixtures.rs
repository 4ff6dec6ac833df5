//! A few rows for a test, on three real databases, each time in a transaction that is rolled back.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

#[path = "fixtures/models.rs"]
mod models;

#[path = "fixtures"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;

    mod composite;
    mod diamond;
    mod errors;
    mod given;
    mod keys;
    mod parents;
    mod rows;
}

#[path = "fixtures"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;

    mod composite;
    mod diamond;
    mod errors;
    mod given;
    mod keys;
    mod parents;
    mod rows;

    // What only a server has: many at a time.
    mod parallel;
}

#[path = "fixtures"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;

    mod composite;
    mod diamond;
    mod errors;
    mod given;
    mod keys;
    mod parents;
    mod rows;

    mod parallel;
}
