use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(value = "three")]
    it: i32,
}

fn main() {}
