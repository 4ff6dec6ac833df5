use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
#[seed(weight = 3)]
struct User {
    id: i32,
    #[seed(weight = 0.5)]
    name: String,
}

fn main() {}
