use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text } }

#[derive(Seedable)]
struct Player {
    id: i32,
    name: String,
}

fn main() {}
