use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(precision = "10", scale = -2)]
    price: i32,
    #[seed(scale = 2.5)]
    born: i32,
}

fn main() {}
