use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }

#[derive(Seedable)]
struct User {
    #[seed(skip)]
    id: i32,
}

fn main() {}
