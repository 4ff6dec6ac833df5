use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, points -> Integer } }

#[derive(Seedable)]
#[seed(range = 1..=10)]
struct User {
    id: i32,
    points: i32,
}

fn main() {}
