use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }

struct UserId(i32);

#[derive(Seedable)]
struct User {
    id: UserId,
}

fn main() {}
