use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
#[seed(locale = Fr_FR)]
struct User {
    id: i32,
    #[seed(locale = FR_BE)]
    name: String,
}

fn main() {}
