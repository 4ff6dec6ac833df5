use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, first -> Text, last -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    first: String,
    #[seed(after = first)]
    last: String,
}

fn main() {}
