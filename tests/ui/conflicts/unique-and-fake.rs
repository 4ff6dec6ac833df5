use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, first_name -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(unique, fake = FirstName(EN))]
    first_name: String,
}

fn main() {}
