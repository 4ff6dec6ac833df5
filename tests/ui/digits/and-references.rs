use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(references = users::id, precision = 2, max_len = 3)]
    price: i32,
}

fn main() {}
