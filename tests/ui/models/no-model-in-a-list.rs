use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Queryable)]
struct Post {
    id: i32,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User, Post]).run();
}
