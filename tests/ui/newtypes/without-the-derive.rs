use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }

#[derive(Debug, Clone)]
struct UserId(i32);

#[derive(Seedable)]
struct User {
    id: UserId,
}

fn main() {}
