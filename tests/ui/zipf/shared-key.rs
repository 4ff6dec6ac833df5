use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }
diesel::table! { profiles (user_id) { user_id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(user_id))]
struct Profile {
    #[seed(references = users::id, zipf = 1.1)]
    user_id: i32,
}

fn main() {}
