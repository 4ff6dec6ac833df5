use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, user_id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
#[diesel(belongs_to(User))]
struct Post {
    id: i32,
    user_id: i32,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User, Post]).refine::<Post>(|t| t.with(posts::user_id, 3)).run();
}
