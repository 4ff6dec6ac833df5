//! One set of cases on three real databases. What a run has left there is asserted in SQL.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

#[macro_use]
#[path = "databases/families.rs"]
mod families;
#[path = "databases/models.rs"]
mod models;

#[path = "databases"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;

    mod ancestors;
    mod append;
    mod catalogue;
    mod contention;
    mod cycles;
    mod definitions;
    mod ends_of_time;
    mod existing_rows;
    mod failures;
    mod game;
    mod interruptions;
    mod junctions;
    mod keys;
    mod labels;
    mod names;
    mod outside;
    mod read_back;
    mod rebuild;
    mod rebuild_unasked;
    mod refused_rows;
    mod relations;
    mod resets;
    mod shards;
    mod typed_keys;
    mod vanished;

    mod rebuild_on_sqlite;
    mod waits_on_sqlite;
}

#[path = "databases"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;

    mod ancestors;
    mod append;
    mod at_once;
    mod catalogue;
    mod commits;
    mod contention;
    mod cycles;
    mod definitions;
    mod ends_of_time;
    mod existing_rows;
    mod failures;
    mod game;
    mod interruptions;
    mod junctions;
    mod keys;
    mod labels;
    mod names;
    mod outside;
    mod read_back;
    mod rebuild;
    mod rebuild_unasked;
    mod refused_rows;
    mod relations;
    mod resets;
    mod shards;
    mod typed_keys;
    mod vanished;
    mod waits;

    mod lengths;

    // What only PostgreSQL has.
    mod identities;
    mod label_lists;
    mod rebuild_on_postgres;
    mod resets_on_postgres;
    mod schemas;
    mod sequences;
    mod serialization;
    mod uuid_keys;
}

#[path = "databases"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;

    mod ancestors;
    mod append;
    mod at_once;
    mod catalogue;
    mod commits;
    mod contention;
    mod cycles;
    mod definitions;
    mod ends_of_time;
    mod existing_rows;
    mod failures;
    mod game;
    mod interruptions;
    mod junctions;
    mod keys;
    mod labels;
    mod lengths;
    mod names;
    mod outside;
    mod read_back;
    mod rebuild_unasked;
    mod refused_rows;
    mod relations;
    mod resets;
    mod shards;
    mod typed_keys;
    mod vanished;
    mod waits;

    mod rebuild_on_mysql;
    mod strict_mode;
}
