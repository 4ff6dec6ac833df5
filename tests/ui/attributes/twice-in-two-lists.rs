use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, username -> Text } }

#[derive(Seedable)]
#[seed(count = 12)]
#[seed(count = 13)]
struct User {
    id: i32,
    username: String,
}

fn main() {}
