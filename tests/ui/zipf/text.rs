use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, author_id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::id, zipf = "1.1")]
    author_id: i32,
}

fn main() {}
