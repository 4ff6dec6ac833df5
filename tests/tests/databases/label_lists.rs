//! Lists of an enum, and an enum in a domain.

use seed_diesel::{Seedable, models, seed};

use super::Db;
use super::labels::Role;

diesel::table! {
    use diesel::sql_types::{Array, Integer};
    use super::super::labels::UserRole;

    squads (id) { id -> Integer, roles -> Array<UserRole> }
}

#[derive(Seedable)]
struct Squad {
    id: i32,
    roles: Vec<Role>,
}

#[test]
fn the_items_of_a_list_have_labels() {
    let mut db = Db::with(
        "CREATE TYPE user_role AS ENUM ('reader', 'moderator''s');
         CREATE TABLE squads (id SERIAL PRIMARY KEY, roles user_role[] NOT NULL)",
    );
    let text = seed(&mut db.conn, models![Squad]).run().unwrap_err().to_string();
    assert!(text.contains("`squads.roles`: the database's enum `user_role` has no label `admin` (it has"), "{text}");
    db.run("ALTER TYPE user_role ADD VALUE 'admin'");
    seed(&mut db.conn, models![Squad]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM squads"), 10);
}
