use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Double } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(range = 0..=1)]
    it: f64,
}

fn main() {}
