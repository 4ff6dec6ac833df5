//! SQLite on a connection that does not check foreign keys: the run checks them before it commits.

use diesel::SqliteConnection;
use seed_diesel::{Error, Seedable, models, seed};
use seed_tests::Database;

use self::schema::notes;

mod schema {
    diesel::table! {
        notes (id) {
            id -> Integer,
            user_id -> Integer,
        }
    }
}

/// A model that does not say what its foreign key references.
#[derive(Seedable)]
struct Note {
    id: i32,
    #[seed(range = 900..=999)]
    user_id: i32,
}

#[test]
fn rows_without_their_parents_are_refused_and_taken_back() {
    let mut db = Database::<SqliteConnection>::with(
        "CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL);
         CREATE TABLE notes (id INTEGER PRIMARY KEY NOT NULL, user_id INTEGER NOT NULL REFERENCES users (id));",
    );
    db.run("PRAGMA foreign_keys = OFF");
    let error = seed(&mut db.conn, models![Note]).run().unwrap_err();
    assert!(matches!(&error, Error::Orphans { table, orphans: 10 } if table == "notes"), "{error}");
    assert!(error.to_string().starts_with("10 rows of `notes` reference rows that do not exist; "), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM notes"), 0);
}
