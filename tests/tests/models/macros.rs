//! Structs that `macro_rules!` writes: names, types and expressions come from within the macro and
//! from without.

use diesel::prelude::*;
use seed_diesel::{Seedable, seed};

use super::database;

diesel::table! {
    users (id) {
        id -> Integer,
        team_id -> Integer,
        points -> Integer,
        role -> Text,
        label -> Text,
        note -> Nullable<Text>,
        name -> Text,
    }
}
diesel::table! { teams (id) { id -> Integer } }

macro_rules! models {
    (
        $user:ident, $team:ident($teams:ident::$key:ident, $count:literal, $children:expr);
        $points:ident: $range:expr; $role:ident: $roles:expr; $label:ident: $value:expr; $note:ident: $ty:ty = $null:expr;
        $faker:expr
    ) => {
        #[derive(Queryable, Selectable, Seedable)]
        #[seed(count = $count)]
        struct $team {
            $key: i32,
        }

        #[derive(Queryable, Selectable, Seedable)]
        struct $user {
            id: i32,
            #[seed(references = $teams::$key, with = $children)]
            team_id: i32,
            #[seed(range = $range)]
            $points: i32,
            #[seed(values = $roles)]
            $role: String,
            #[seed(value = $value)]
            $label: String,
            #[seed(null = $null)]
            $note: $ty,
            // All of it from within the macro.
            #[seed(value = format!("{team_id}-{row}-{}", $faker(id)))]
            name: String,
        }
    };
}

models! {
    User, Team(teams::id, 3, [(1, 2..=2), (1, 2)]);
    points: 5..=9; role: [("admin", 1), ("user", 3)]; label: format!("{role} {}/{row}", points + 1); note: Option<String> = 1;
    |id| id * 2
}

#[test]
fn a_model_is_written_by_a_macro() {
    let mut conn = database(
        "CREATE TABLE teams (id INTEGER PRIMARY KEY NOT NULL);
         CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, team_id INTEGER NOT NULL REFERENCES teams (id),
                             points INTEGER NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL, note TEXT, name TEXT NOT NULL);",
    );
    let report = seed(&mut conn, seed_diesel::models![User, Team]).run().unwrap();
    assert_eq!((report.rows("teams"), report.rows("users")), (3, 6));
    let users: Vec<User> = users::table.select(User::as_select()).order(users::id).load(&mut conn).unwrap();
    for (row, user) in users.iter().enumerate() {
        assert!((5..=9).contains(&user.points) && user.note.is_none());
        assert_eq!(user.label, format!("{} {}/{row}", user.role, user.points + 1));
        assert_eq!(user.name, format!("{}-{row}-{}", user.team_id, user.id * 2));
    }
}
