use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed, values};

diesel::table! { users (id) { id -> Integer } }
diesel::table! { notes (id) { id -> Integer, tags -> Array<Text> } }

#[derive(Seedable)]
struct User {
    id: i32,
}

#[derive(Seedable)]
struct Note {
    id: i32,
    #[seed(generator = values([vec!["a".to_owned()], vec![]]))]
    tags: Vec<String>,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![User, Note]).run();
}
