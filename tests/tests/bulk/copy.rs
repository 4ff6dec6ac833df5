//! PostgreSQL: `COPY` where it stores what `INSERT` would, and `INSERT` where it would not. A trigger of the table's
//! tells which it was.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

use self::schema::notes;

type Db = seed_tests::Postgres;

mod schema {
    diesel::table! {
        notes (id) {
            id -> Integer,
            title -> Text,
            body -> Nullable<Text>,
            points -> Integer,
            written_at -> Timestamp,
        }
    }
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[seed(count = 25)]
struct Note {
    id: i32,
    #[seed(unique, max_len = 20)]
    title: String,
    #[seed(null = 0.5)]
    body: Option<String>,
    #[seed(range = 0..=100)]
    points: i32,
    written_at: NaiveDateTime,
}

/// The statements that have filled a table: `COPY`, `INSERT`, or both.
struct Statements;

impl Statements {
    /// Remembers them from here on, as they were written.
    fn of(db: &mut Db, table: &str) -> Statements {
        db.run(&format!(
            "CREATE TABLE IF NOT EXISTS statements (id SERIAL, text TEXT);
             CREATE OR REPLACE FUNCTION remember() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS
                 'BEGIN INSERT INTO statements (text) VALUES (current_query()); RETURN NULL; END';
             CREATE TRIGGER remember AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION remember()"
        ));
        Statements
    }

    /// The first word of each.
    fn words(&self, db: &mut Db) -> Vec<String> {
        db.texts("SELECT split_part(text, ' ', 1) AS value FROM statements ORDER BY id")
    }
}

/// The columns of `notes` as the model has them.
const COLUMNS: &str = "id INTEGER PRIMARY KEY, title VARCHAR(20) NOT NULL UNIQUE, body TEXT, points INTEGER NOT NULL, \
     written_at TIMESTAMP NOT NULL";

fn notes(columns: &str) -> (Db, Statements) {
    let mut db = Db::with(&format!("CREATE TABLE notes ({columns})"));
    let statements = Statements::of(&mut db, "notes");
    (db, statements)
}

fn loaded(db: &mut Db) -> Vec<Note> {
    notes::table.order(notes::id).select(Note::as_select()).load(&mut db.conn).unwrap()
}

/// What the rows are, wherever they go.
fn expected() -> Vec<Note> {
    let (mut db, statements) = notes(COLUMNS);
    seed(&mut db.conn, models![Note]).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"]);
    let rows = loaded(&mut db);
    assert_eq!(rows.len(), 25);
    rows
}

#[test]
fn columns_of_the_models_types_go_by_copy() {
    let (mut db, statements) = notes(COLUMNS);
    seed(&mut db.conn, models![Note]).batch_size(10).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"; 3]);
    let text =
        "COPY \"notes\" (\"id\", \"title\", \"body\", \"points\", \"written_at\") FROM STDIN WITH (FORMAT binary)";
    assert_eq!(db.texts("SELECT DISTINCT text AS value FROM statements"), [text]);
    assert_eq!(loaded(&mut db), expected());
}

#[test]
fn columns_of_the_same_form_go_by_copy() {
    for (column, other) in [
        ("title VARCHAR(20)", "title TEXT"),
        ("title VARCHAR(20)", "title CITEXT"),
        ("title VARCHAR(20)", "title heading"),
        ("body TEXT", "body VARCHAR"),
        ("points INTEGER", "points score"),
        ("points INTEGER", "points positive_score"),
        ("id INTEGER", "id INTEGER GENERATED ALWAYS AS IDENTITY"),
        ("id INTEGER", "id SERIAL"),
        ("written_at TIMESTAMP NOT NULL", "written_at TIMESTAMP(6) NOT NULL, more INTEGER NOT NULL DEFAULT 7"),
        (
            "written_at TIMESTAMP NOT NULL",
            "written_at TIMESTAMP NOT NULL, twice INTEGER GENERATED ALWAYS AS (points * 2) STORED",
        ),
    ] {
        let mut db = Db::with(&format!(
            "CREATE EXTENSION citext;
             CREATE DOMAIN heading AS VARCHAR(20) CHECK (VALUE NOT LIKE '%~%');
             CREATE DOMAIN score AS INTEGER;
             CREATE DOMAIN positive_score AS score CHECK (VALUE >= 0);
             CREATE TABLE notes ({})",
            COLUMNS.replace(column, other)
        ));
        let statements = Statements::of(&mut db, "notes");
        seed(&mut db.conn, models![Note]).run().unwrap();
        assert_eq!(statements.words(&mut db), ["COPY"], "{other}");
        assert_eq!(loaded(&mut db), expected(), "{other}");
    }
}

#[test]
fn padded_texts_go_by_copy() {
    let (mut db, statements) = notes(&COLUMNS.replace("body TEXT", "body CHAR(600)"));
    seed(&mut db.conn, models![Note]).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"]);
    assert_eq!(db.number("SELECT count(*) FROM notes WHERE octet_length(body) < 600"), 0);
    let mut rows = loaded(&mut db);
    for row in &mut rows {
        row.body = row.body.take().map(|body| body.trim_end().to_owned());
    }
    assert_eq!(rows, expected());
}

#[test]
fn what_an_insert_casts_goes_by_insert() {
    for (column, other) in [
        ("id INTEGER", "id BIGINT"),
        ("points INTEGER", "points BIGINT"),
        ("points INTEGER", "points SMALLINT"),
        ("points INTEGER", "points NUMERIC(10, 2)"),
        ("points INTEGER", "points DOUBLE PRECISION"),
        ("points INTEGER", "points big"),
        ("written_at TIMESTAMP", "written_at TIMESTAMPTZ"),
        ("title VARCHAR(20)", "title NAME"),
    ] {
        let mut db = Db::with(&format!(
            "SET TIME ZONE 'Asia/Kolkata'; CREATE DOMAIN big AS BIGINT; CREATE TABLE notes ({})",
            COLUMNS.replace(column, other)
        ));
        let statements = Statements::of(&mut db, "notes");
        seed(&mut db.conn, models![Note]).run().unwrap();
        assert_eq!(statements.words(&mut db), ["INSERT"], "{other}");
        let columns = "id::integer, title::varchar(20), body, points::integer, written_at::timestamp";
        db.run(&format!(
            "CREATE TABLE casted AS SELECT {columns} FROM notes; DROP TABLE notes; ALTER TABLE casted RENAME TO notes"
        ));
        assert_eq!(loaded(&mut db), expected(), "{other}");
    }
}
