use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, bio -> Nullable<Text> } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(null = 0.5, value = Some(format!("user {row}")))]
    bio: Option<String>,
}

fn main() {}
