use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text } }

#[derive(Seedable)]
struct User {
    id: i32,
    name: String,
    #[diesel(column_name = name)]
    nick: String,
}

fn main() {}
