use std::num::NonZeroU32;

use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, pieces -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
    pieces: NonZeroU32,
}

fn main() {}
