//! A text that is too long for its column: not on SQLite, which knows no length.

use seed_diesel::{Generator as _, Refine, models, seed, values};

use super::failures::{assert_nothing_is_left, assert_text, with_accounts};
use crate::models::{Account, Team, accounts};

#[test]
fn a_text_is_as_short_as_the_column_and_one_that_a_closure_makes_is_refused() {
    let mut db = with_accounts("");
    db.run("ALTER TABLE accounts DROP COLUMN note; ALTER TABLE accounts ADD COLUMN note VARCHAR(2) NOT NULL");
    // The model says 40 characters.
    seed(&mut db.conn, models![Team, Account]).run().unwrap();
    assert_eq!(db.number("SELECT max(length(note)) FROM accounts"), 2);
    db.run("DELETE FROM accounts; DELETE FROM teams");
    let long = |t: Refine<Account>| {
        t.column::<_, Account, _>(accounts::note, values::<&str, _>(["a"]).map(|text| text.repeat(3)))
    };
    let error = seed(&mut db.conn, models![Team, Account]).refine::<Account>(long).run().unwrap_err();
    assert_text(
        &error,
        "loading `accounts`, row 0 (`id` = 1",
        "say how long its text may be with `#[seed(max_len = …)]`",
    );
    assert_nothing_is_left(&mut db);
}
