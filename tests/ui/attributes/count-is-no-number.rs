use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, username -> Text } }

#[derive(Seedable)]
#[seed(count = "many")]
struct User {
    id: i32,
    username: String,
}

fn main() {}
