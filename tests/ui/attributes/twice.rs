use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, points -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(range = 1..=10, range = 1..=20)]
    points: i32,
}

fn main() {}
