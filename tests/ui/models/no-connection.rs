use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer } }

#[derive(Seedable)]
struct User {
    id: i32,
}

fn main() {
    let _ = seed(&mut "seed.sqlite3", models![User]).run();
}
