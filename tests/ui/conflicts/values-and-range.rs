use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, points -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(values = [1, 2, 3], range = 1..=3)]
    points: i32,
}

fn main() {}
