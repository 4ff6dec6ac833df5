use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(fake = FirstName())]
    it: String,
}

fn main() {}
