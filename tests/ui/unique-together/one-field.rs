use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
#[seed(unique(name))]
struct User {
    id: i32,
    name: String,
    price: i32,
    born: i32,
}

fn main() {}
