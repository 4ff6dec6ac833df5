//! Models of every kind that Diesel takes, seeded into SQLite and read back.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

#[path = "models/elsewhere.rs"]
mod elsewhere;
#[path = "models/enums.rs"]
mod enums;
#[path = "models/macros.rs"]
mod macros;
#[path = "models/names.rs"]
mod names;
#[path = "models/order.rs"]
mod order;
#[path = "models/relations.rs"]
mod relations;
#[path = "models/types.rs"]
mod types;
#[path = "models/values.rs"]
mod values;

/// A database in memory, with foreign keys checked.
fn database(tables: &str) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(":memory:").expect("a database in memory");
    conn.batch_execute("PRAGMA foreign_keys = ON").expect("the pragma");
    conn.batch_execute(tables).expect("the tables");
    conn
}
