use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(range = 0.0..=1.0)]
    it: i32,
}

fn main() {}
