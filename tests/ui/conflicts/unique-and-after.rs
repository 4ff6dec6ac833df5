use chrono::NaiveDateTime;
use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, created_at -> Timestamp, seen_at -> Timestamp } }

#[derive(Seedable)]
struct User {
    id: i32,
    created_at: NaiveDateTime,
    #[seed(unique, after = created_at)]
    seen_at: NaiveDateTime,
}

fn main() {}
