use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Clone, Seedable)]
struct Cents(i32);

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(precision = 2, scale = 3)]
    price: Cents,
}

fn main() {}
