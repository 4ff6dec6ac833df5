use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text } }

#[derive(Seedable)]
#[diesel(table_name = users)]
struct User(i32, String);

fn main() {}
