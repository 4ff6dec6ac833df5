use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, username -> Text } }

#[derive(Seedable)]
#[seed(rows = 12)]
struct User {
    id: i32,
    username: String,
}

fn main() {}
