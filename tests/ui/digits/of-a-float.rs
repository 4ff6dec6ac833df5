use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, weight -> Double } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(scale = 1)]
    weight: f64,
}

fn main() {}
