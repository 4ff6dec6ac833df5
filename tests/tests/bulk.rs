//! How rows go into a database, which does not matter to what it then holds.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]

#[path = "bulk/copy.rs"]
mod copy;
#[path = "bulk/looked_up.rs"]
mod looked_up;
#[path = "bulk/packets.rs"]
mod packets;

#[path = "bulk"]
mod sqlite {
    type Db = seed_tests::Sqlite;

    mod blocks;
}

#[path = "bulk"]
mod postgres {
    type Db = seed_tests::Postgres;

    mod blocks;
}

#[path = "bulk"]
mod mysql {
    type Db = seed_tests::Mysql;

    mod blocks;
}
