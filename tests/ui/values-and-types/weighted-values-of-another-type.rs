use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(values = [("a", 0.5), ("b", 0.5)])]
    it: i32,
}

fn main() {}
