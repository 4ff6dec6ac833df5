use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

seed_diesel::main!(User);
