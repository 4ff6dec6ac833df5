use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(references = users::id, locale = FR_FR)]
    price: i32,
}

fn main() {}
