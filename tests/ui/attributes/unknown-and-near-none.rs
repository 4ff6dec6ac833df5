use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, username -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(prefix = "user_")]
    username: String,
}

fn main() {}
