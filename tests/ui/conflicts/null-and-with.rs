use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }
diesel::table! { posts (id) { id -> Integer, author_id -> Nullable<Integer> } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
struct Post {
    id: i32,
    #[seed(references = users::id, with = 3, null = 0.5)]
    author_id: Option<i32>,
}

fn main() {}
