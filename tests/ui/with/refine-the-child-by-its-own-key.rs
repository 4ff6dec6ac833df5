use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer, name -> Text } }
diesel::table! { tags (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, author_id -> Integer, title -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    name: String,
}

#[derive(Seedable)]
struct Tag {
    id: i32,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::id)]
    author_id: i32,
    title: String,
}

// The foreign key is the right one, but it counts the children of users.
fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User, Post]).refine::<Post>(|t| t.with(posts::author_id, 3)).run();
}
