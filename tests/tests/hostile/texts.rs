//! Texts that a protocol, an escape or a length might change come back byte for byte, whichever way they go.

use diesel::prelude::*;
use seed_diesel::{RebuildConstraints, Seedable, models, seed};

use super::Db;

diesel::table! {
    texts (id) {
        id -> Integer,
        body -> Text,
        #[max_length = 40]
        short -> Varchar,
        maybe -> Nullable<Text>,
    }
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(table_name = texts)]
#[seed(count = 32)]
struct Hostile {
    id: i32,
    #[seed(value = HOSTILE[row as usize % 32].to_owned())]
    body: String,
    /// As long as its column, in characters.
    #[seed(value = HOSTILE[row as usize % 32].chars().chain("\u{1F600}".repeat(40).chars()).take(40).collect())]
    short: String,
    #[seed(value = (row % 2 == 0).then(|| HOSTILE[row as usize % 32].to_owned()))]
    maybe: Option<String>,
}

const HOSTILE: [&str; 32] = [
    "",
    " ",
    "  blanks around  ",
    "NULL",
    "\\N",
    "\\.",
    "\\",
    "\\\\x41\\101\\n",
    "a\tb\nc\rd\r\ne",
    "\u{1}\u{7}\u{8}\u{b}\u{c}\u{1b}\u{1f}\u{7f}",
    "\u{80}\u{85}\u{a0}\u{2028}\u{2029}",
    "'quote'' \"double\"\" `back`` [bracket]",
    "$1 ?1 :name %s %(x)s {0}",
    "; DROP TABLE texts; -- /* */ #",
    "a,b;c|d\te",
    "{\"key\": [1, null]}",
    "<a href='x'>&amp;</a>",
    "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich",
    "İstanbul ıIiİ ſtraße ẞ",
    "e\u{301} a\u{30a}\u{323} \u{1100}\u{1161}\u{11a8} 각",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627} \u{200f}\u{202e}abc\u{202c}",
    "नमस्ते ภาษาไทย தமிழ் བོད་ཡིག",
    "東京都 日本語 한국어 𠮷野家",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F1EB}\u{1F1F7} \u{2764}\u{FE0F}",
    "\u{feff}a byte order mark",
    "\u{fffd}\u{fffe}\u{ffff}\u{10ffff}",
    "\u{e000}\u{f8ff}",
    "\u{200b}\u{200c}\u{2060}nothing to see",
    "PGCOPY\n\u{ff}\r\n",
    "ünïcödé",
    "\u{1F600}\u{1F600}\u{1F600}",
    "the last one \\",
];

/// What a run makes, without a database.
fn expected() -> Vec<Hostile> {
    let row = |row: usize| {
        let body = HOSTILE[row].to_owned();
        let short = body.chars().chain("\u{1F600}".repeat(40).chars()).take(40).collect();
        let maybe = row.is_multiple_of(2).then(|| body.clone());
        Hostile { id: row as i32 + 1, body, short, maybe }
    };
    (0..32).map(row).collect()
}

fn with_texts(more: &str) -> Db {
    Db::with(&format!(
        "CREATE TABLE texts (id SERIAL PRIMARY KEY, body TEXT NOT NULL, short VARCHAR(40) NOT NULL, maybe TEXT);{more}"
    ))
}

#[track_caller]
fn assert_unchanged(db: &mut Db) {
    let rows: Vec<Hostile> = texts::table.order(texts::id).select(Hostile::as_select()).load(&mut db.conn).unwrap();
    assert_eq!(rows, expected());
    // As the server counts them, too: what the client has decoded might have been changed twice.
    let bytes = match Db::ENGINE {
        "sqlite" => "length(CAST(body AS BLOB))",
        _ => "octet_length(body)",
    };
    let sent: usize = HOSTILE.iter().map(|text| text.len()).sum();
    assert_eq!(db.number(&format!("SELECT sum({bytes}) FROM texts")), sent as i64);
    assert_eq!(db.number("SELECT count(*) FROM texts WHERE maybe IS NULL"), 16);
    assert_eq!(db.number("SELECT count(*) FROM texts WHERE maybe = ''"), 1);
}

#[test]
fn by_the_fastest_way() {
    let mut db = with_texts("");
    seed(&mut db.conn, models![Hostile]).run().unwrap();
    assert_unchanged(&mut db);
    seed(&mut db.conn, models![Hostile]).reset().batch_size(1).run().unwrap();
    assert_unchanged(&mut db);
    let always = if Db::ENGINE == "mysql" { RebuildConstraints::Auto } else { RebuildConstraints::Always };
    seed(&mut db.conn, models![Hostile]).reset().rebuild_constraints(always).batch_size(7).run().unwrap();
    assert_unchanged(&mut db);
}

#[test]
fn by_inserts() {
    // A rule keeps PostgreSQL from COPY.
    let rule = match Db::ENGINE {
        "postgres" => {
            "CREATE TABLE seen (id INTEGER); CREATE RULE seen AS ON INSERT TO texts DO ALSO INSERT INTO seen VALUES (1)"
        }
        _ => "",
    };
    let mut db = with_texts(rule);
    seed(&mut db.conn, models![Hostile]).batch_size(5).run().unwrap();
    assert_unchanged(&mut db);
    if Db::ENGINE == "postgres" {
        assert!(db.number("SELECT count(*) FROM seen") > 0);
    }
}

#[test]
fn in_runs_that_commit_on_their_way() {
    let mut db = with_texts("");
    seed(&mut db.conn, models![Hostile]).commit_every(3).run().unwrap();
    assert_unchanged(&mut db);
}

#[test]
fn given_to_fixtures() {
    let mut db = with_texts("");
    for row in expected() {
        let Hostile { body, short, maybe, .. } = row;
        let given = Hostile::seeder().body(body.clone()).short(short.clone()).maybe(maybe.clone());
        let stored = given.seed_one(&mut db.conn).unwrap();
        assert_eq!((stored.body, stored.short, stored.maybe), (body, short, maybe));
    }
    assert_unchanged(&mut db);
}
