use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, role -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(values = ["user", "administrator"], max_len = 5)]
    role: String,
}

fn main() {}
