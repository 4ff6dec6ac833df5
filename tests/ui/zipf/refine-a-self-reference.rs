use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer> } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(references = users::id)]
    manager_id: Option<i32>,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User]).refine::<User>(|t| t.zipf(users::manager_id, 1.1)).run();
}
