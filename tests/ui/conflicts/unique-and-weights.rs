use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, role -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(unique, values = [("admin", 0.1), ("user", 0.9)])]
    role: String,
}

fn main() {}
