use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    nam: String,
}

fn main() {}
