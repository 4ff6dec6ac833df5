//! Text that must differ where upper and lower case, accents and blanks at the end count for nothing.

use seed_diesel::{Locale, Seedable, models, seed};

use super::{ANY_CASE, Db};
use crate::models::Text;

const COLUMNS: [&str; 12] = [
    "username",
    "email",
    "full_name",
    "company",
    "title",
    "label",
    "city",
    "street",
    "description",
    "sku",
    "token",
    "phone",
];

fn tables() -> Db {
    let columns = COLUMNS.map(|column| format!("{column} {ANY_CASE} NOT NULL UNIQUE")).join(", ");
    let mut db = Db::empty();
    if ANY_CASE == "CITEXT" {
        db.run("CREATE EXTENSION citext");
    }
    db.run(&format!("CREATE TABLE texts (id SERIAL PRIMARY KEY, {columns})"));
    db
}

#[test]
fn ten_thousand_texts_of_every_kind_differ_in_any_case() {
    let mut db = tables();
    seed(&mut db.conn, models![Text]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM texts"), 10_000);
    // They would be taken for one another.
    let first = db.texts("SELECT username AS value FROM texts WHERE id = 1").remove(0);
    assert_eq!(db.number(&format!("SELECT id FROM texts WHERE username = '{}'", first.to_uppercase())), 1);
}

#[test]
fn names_with_accents_differ_without_them() {
    for locale in [Locale::FR_FR, Locale::DE_DE, Locale::PT_BR, Locale::TR_TR, Locale::JA_JP] {
        let mut db = tables();
        seed(&mut db.conn, models![Text]).locale(locale).refine::<Text>(|t| t.count(3_000)).run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM texts"), 3_000, "{locale}");
    }
}

#[test]
fn a_fixture_beside_a_run_does_not_clash() {
    let mut db = tables();
    seed(&mut db.conn, models![Text]).refine::<Text>(|t| t.count(500)).run().unwrap();
    Text::seed_many(&mut db.conn, 100).unwrap();
    assert_eq!(db.number("SELECT count(*) FROM texts"), 600);
}
