//! Rows with their children, read from three real databases.

#![expect(clippy::duplicate_mod, reason = "each case runs on each database")]
#![expect(clippy::type_complexity, reason = "the types of what is read are part of what is tested")]

use std::sync::{Arc, Mutex};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;

#[path = "reads/models.rs"]
mod models;

#[path = "reads"]
mod sqlite {
    pub(crate) type Db = seed_tests::Sqlite;

    mod collations;
    mod composite;
    mod errors;
    mod game;
    mod keys;
    mod parents;
    mod queries;
    mod relations;
}

#[path = "reads"]
mod postgres {
    pub(crate) type Db = seed_tests::Postgres;

    mod composite;
    mod errors;
    mod game;
    mod keys;
    mod parents;
    mod queries;
    mod relations;

    // What only PostgreSQL has.
    mod uuids;
}

#[path = "reads"]
mod mysql {
    pub(crate) type Db = seed_tests::Mysql;

    mod collations;
    mod composite;
    mod errors;
    mod game;
    mod keys;
    mod parents;
    mod queries;
    mod relations;
}

/// What is read, and by which queries.
fn watched<C: Connection, T>(connection: &mut C, read: impl FnOnce(&mut C) -> T) -> (T, Vec<String>) {
    let queries: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = queries.clone();
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            seen.lock().expect("no test panics here").push(query.to_string());
        }
    });
    let read = read(connection);
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    let queries = queries.lock().expect("no test panics here").clone();
    (read, queries)
}
