use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Clone, Seedable)]
struct Cents(i32);

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(precision = 0)]
    price: Cents,
    #[seed(scale = 99999999999)]
    born: Cents,
}

fn main() {}
