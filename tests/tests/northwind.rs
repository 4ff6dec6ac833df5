//! The shape of the Northwind database at 10,000 customers and 50,000 orders, on three real databases.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

#[path = "northwind/models.rs"]
mod models;

#[path = "northwind"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;

    mod load;
    mod shards;
}

#[path = "northwind"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;

    mod load;
    mod shards;
}

#[path = "northwind"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;

    mod load;
}
