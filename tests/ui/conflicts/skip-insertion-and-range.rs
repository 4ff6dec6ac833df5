use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, points -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[diesel(skip_insertion)]
    #[seed(range = 1..=10)]
    points: i32,
}

fn main() {}
