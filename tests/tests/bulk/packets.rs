//! MySQL and MariaDB: a statement is no larger than the server takes.

use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

type Db = seed_tests::Mysql;

diesel::table! { films (id) { id -> Integer, reel -> Blob } }

/// The second is larger than a server takes by default.
#[derive(Queryable, Selectable, Seedable)]
struct Film {
    id: i32,
    #[seed(value = vec![7; if row == 1 { 80_000_000 } else { 1_000 }])]
    reel: Vec<u8>,
}

#[test]
fn a_row_that_no_statement_can_hold_is_named() {
    let mut db = Db::with("CREATE TABLE films (id INTEGER PRIMARY KEY, reel LONGBLOB NOT NULL)");
    let packet = db.number("SELECT @@max_allowed_packet");
    let error = seed(&mut db.conn, models![Film]).run().unwrap_err().to_string();
    let expected = format!(
        "loading `films`, row 1 (`id` = 2), failed: the row takes 80000040 bytes and its statement up to 8192 more, but \
         the server accepts {packet} at once (`max_allowed_packet`); the widest column, `reel`, has 80000000: limit it \
         with `#[seed(max_len = …)]`, or raise `max_allowed_packet`; nothing was changed"
    );
    assert_eq!(error, expected);
    // The server has not closed the connection.
    assert_eq!(db.number("SELECT count(*) FROM films"), 0);
}
