use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, bio -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(null = 0.2)]
    bio: String,
}

fn main() {}
