use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text } }
diesel::table! { posts (id) { id -> Integer, author_id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    name: String,
}

#[derive(Seedable)]
#[diesel(table_name = users)]
struct UserKey {
    id: i32,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::id)]
    author_id: i32,
}

fn main() {}
