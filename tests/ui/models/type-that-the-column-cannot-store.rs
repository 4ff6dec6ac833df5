use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer, name -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    name: i32,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User]).run();
}
