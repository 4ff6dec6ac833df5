//! A text that is too long for its column: not on SQLite, which knows no length.

use seed_diesel::{models, seed};

use super::failures::{assert_nothing_is_left, assert_text, with_accounts};
use crate::models::{Account, Team};

#[test]
fn a_text_that_is_too_long_for_the_database() {
    let mut db = with_accounts("");
    db.run("ALTER TABLE accounts DROP COLUMN note; ALTER TABLE accounts ADD COLUMN note VARCHAR(2) NOT NULL");
    let error = seed(&mut db.conn, models![Team, Account]).run().unwrap_err();
    assert_text(
        &error,
        "loading `accounts`, row 0 (`id` = 1",
        "say how long its text may be with `#[seed(max_len = …)]`",
    );
    assert_nothing_is_left(&mut db);
}
