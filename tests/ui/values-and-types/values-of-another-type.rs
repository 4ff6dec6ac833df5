use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(values = [1, 2, 3])]
    it: String,
}

fn main() {}
