use chrono::{NaiveDate, NaiveDateTime};
use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, born -> Date, created_at -> Timestamp, seen_at -> Timestamp } }

#[derive(Seedable)]
struct User {
    id: i32,
    born: NaiveDate,
    #[seed(after = seen_at)]
    created_at: NaiveDateTime,
    #[seed(after = created_at)]
    seen_at: NaiveDateTime,
}

fn main() {}
