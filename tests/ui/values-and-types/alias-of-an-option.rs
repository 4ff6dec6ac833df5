use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, bio -> Nullable<Text> } }

type Bio = Option<String>;

#[derive(Seedable)]
struct User {
    id: i32,
    bio: Bio,
}

fn main() {}
