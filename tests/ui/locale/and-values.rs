use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(locale = FR_FR, values = ["a"])]
    name: String,
    #[seed(value = 1, locale = FR_FR)]
    price: i32,
    #[seed(range = 1..=2, locale = FR_FR)]
    born: i32,
}

fn main() {}
