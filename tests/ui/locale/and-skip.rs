use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(skip, locale = FR_FR)]
    name: String,
}

fn main() {}
