use diesel::prelude::*;
use seed_diesel::{RelationDsl, Seedable};

diesel::table! { users (id) { id -> Integer, name -> Text } }
diesel::table! { sessions (id) { id -> Integer, user_id -> Integer } }
diesel::table! { scores (id) { id -> Integer, session_id -> Integer } }

#[derive(Queryable, Selectable, Seedable)]
struct User {
    id: i32,
    name: String,
}

#[derive(Queryable, Selectable, Seedable)]
struct Session {
    id: i32,
    #[seed(references = users::id)]
    user_id: i32,
}

#[derive(Queryable, Selectable, Seedable)]
struct Score {
    id: i32,
    #[seed(references = sessions::id)]
    session_id: i32,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = Session::with(sessions::user_id.parent()).load(&mut conn);
}
