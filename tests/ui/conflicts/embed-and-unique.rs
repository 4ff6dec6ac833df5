use diesel::prelude::*;
use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, street -> Text, city -> Text } }

#[derive(Seedable)]
#[diesel(table_name = users)]
struct Address {
    street: String,
    city: String,
}

#[derive(Queryable, Selectable, Seedable)]
struct User {
    id: i32,
    #[diesel(embed)]
    #[seed(unique)]
    address: Address,
}

fn main() {}
