use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(precision = 10, values = [1])]
    price: i32,
    #[seed(scale = 2, value = 1)]
    born: i32,
    #[seed(scale = 2, fake = FirstName(EN))]
    name: String,
}

fn main() {}
