use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, code -> Integer } }
diesel::table! { posts (id) { id -> Integer, author -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(skip)]
    code: i32,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::code)]
    author: i32,
}

fn main() {}
