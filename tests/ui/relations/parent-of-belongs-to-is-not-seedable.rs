use diesel::prelude::*;
use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, user_id -> Integer } }

#[derive(Queryable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
#[diesel(belongs_to(User))]
struct Post {
    id: i32,
    user_id: i32,
}

fn main() {}
