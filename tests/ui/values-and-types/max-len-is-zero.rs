use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(max_len = 0)]
    it: String,
}

fn main() {}
