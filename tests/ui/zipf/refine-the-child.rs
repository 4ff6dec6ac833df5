use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, author_id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::id)]
    author_id: i32,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User, Post]).refine::<Post>(|t| t.zipf(posts::author_id, 1.1)).run();
}
