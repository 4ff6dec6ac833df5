use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
#[diesel(table_name = users)]
struct Name {
    name: String,
}

#[derive(Seedable)]
#[seed(unique(name, price))]
struct User {
    id: i32,
    #[diesel(embed)]
    name: Name,
    price: i32,
}

fn main() {}
