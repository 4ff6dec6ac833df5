//! What must differ does, in the eyes of three real databases: each has the constraint, and would
//! refuse the rows.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

#[path = "uniqueness/models.rs"]
mod models;

#[path = "uniqueness"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;
    /// Text that is the same in upper and in lower case.
    pub(crate) const ANY_CASE: &str = "VARCHAR(60) COLLATE NOCASE";

    mod collations;
    mod combinations;
    mod rounding;
}

#[path = "uniqueness"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;
    pub(crate) const ANY_CASE: &str = "CITEXT";

    mod collations;
    mod combinations;
    mod rounding;
}

#[path = "uniqueness"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;
    /// Also the same with and without accents, and with blanks at the end.
    pub(crate) const ANY_CASE: &str = "VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";

    mod collations;
    mod combinations;
    mod rounding;
}
