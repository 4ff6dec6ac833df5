use chrono::NaiveDateTime;
use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, created_at -> Timestamp } }
diesel::table! { posts (id) { id -> Integer, created_at -> Timestamp } }

#[derive(Seedable)]
struct User {
    id: i32,
    created_at: NaiveDateTime,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(after = users::created_at)]
    created_at: NaiveDateTime,
}

fn main() {}
