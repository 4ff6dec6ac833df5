//! PostgreSQL: `COPY` where it stores what `INSERT` would, and `INSERT` where it would not. A trigger of the table's
//! tells which it was.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};
use seed_tests::Statements;

use self::schema::notes;

pub(super) type Db = seed_tests::Postgres;

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

/// The same rows, which the application only writes: none is read back.
#[derive(Seedable)]
#[diesel(table_name = notes)]
#[seed(count = 25)]
struct NewNote {
    id: i32,
    #[seed(unique, max_len = 20)]
    title: String,
    #[seed(null = 0.5)]
    body: Option<String>,
    #[seed(range = 0..=100)]
    points: i32,
    written_at: NaiveDateTime,
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
        seed(&mut db.conn, models![NewNote]).run().unwrap();
        assert_eq!(statements.words(&mut db), ["INSERT"], "{other}");
        let columns = "id::integer, title::varchar(20), body, points::integer, written_at::timestamp";
        db.run(&format!(
            "CREATE TABLE casted AS SELECT {columns} FROM notes; DROP TABLE notes; ALTER TABLE casted RENAME TO notes"
        ));
        assert_eq!(loaded(&mut db), expected(), "{other}");
    }
}

#[test]
fn tables_that_copy_would_treat_another_way_go_by_insert() {
    let set_up = [
        // A rule is left out by `COPY`.
        "CREATE TABLE log (id INTEGER); CREATE RULE log AS ON INSERT TO notes DO ALSO INSERT INTO log VALUES (NEW.id)",
        // `COPY` says that it does not do this.
        "ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ALTER TABLE notes FORCE ROW LEVEL SECURITY; \
         CREATE POLICY all_rows ON notes USING (true)",
    ];
    for sql in set_up {
        let (mut db, statements) = notes(COLUMNS);
        db.run(sql);
        seed(&mut db.conn, models![Note]).run().unwrap();
        assert_eq!(statements.words(&mut db), ["INSERT"], "{sql}");
        assert_eq!(loaded(&mut db), expected(), "{sql}");
        if sql.contains("RULE") {
            assert_eq!(db.number("SELECT count(*) FROM log"), 25);
        }
    }
}

#[test]
fn row_level_security_that_does_not_concern_the_role_is_no_matter() {
    let (mut db, statements) = notes(COLUMNS);
    db.run("ALTER TABLE notes ENABLE ROW LEVEL SECURITY");
    seed(&mut db.conn, models![Note]).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"]);
    assert_eq!(loaded(&mut db), expected());
}

#[test]
fn a_view_is_filled_as_an_insert_fills_it() {
    let on_insert = "CREATE FUNCTION pass_on() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN INSERT INTO stored SELECT NEW.*; RETURN NEW; END';
         CREATE TRIGGER pass_on INSTEAD OF INSERT ON notes FOR EACH ROW EXECUTE FUNCTION pass_on()";
    for sql in ["", on_insert] {
        let mut db = Db::with(&format!("CREATE TABLE stored ({COLUMNS}); CREATE VIEW notes AS TABLE stored; {sql}"));
        let statements = Statements::of(&mut db, "stored");
        seed(&mut db.conn, models![Note]).run().unwrap();
        assert!(statements.words(&mut db).iter().all(|word| word == "INSERT"), "{sql}");
        assert_eq!(loaded(&mut db), expected(), "{sql}");
    }
}

#[test]
fn partitions_get_their_rows() {
    let mut db = Db::with(&format!(
        "CREATE TABLE notes ({}) PARTITION BY RANGE (id);
         CREATE TABLE first_notes PARTITION OF notes FOR VALUES FROM (1) TO (11);
         CREATE TABLE other_notes PARTITION OF notes DEFAULT",
        COLUMNS.replace(" UNIQUE", "")
    ));
    let statements = Statements::of(&mut db, "notes");
    seed(&mut db.conn, models![Note]).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"]);
    assert_eq!(db.number("SELECT count(*) FROM ONLY first_notes"), 10);
    assert_eq!(db.number("SELECT count(*) FROM ONLY other_notes"), 15);
    assert_eq!(loaded(&mut db), expected());
}

#[test]
fn triggers_of_the_application_fire() {
    let (mut db, statements) = notes(COLUMNS);
    db.run(
        "CREATE TABLE seen (id INTEGER);
         CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN NEW.points := -NEW.points; RETURN NEW; END';
         CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
             'BEGIN INSERT INTO seen VALUES (NEW.id); RETURN NULL; END';
         CREATE TRIGGER change BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION change();
         CREATE TRIGGER see AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION see()",
    );
    seed(&mut db.conn, models![Note]).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"]);
    assert_eq!(db.number("SELECT count(*) FROM seen"), 25);
    let mut rows = expected();
    rows.iter_mut().for_each(|row| row.points = -row.points);
    assert_eq!(loaded(&mut db), rows);
}

#[test]
fn a_column_that_the_database_computes_is_refused() {
    let (mut db, _) =
        notes(&COLUMNS.replace("points INTEGER NOT NULL", "points INTEGER GENERATED ALWAYS AS (id * 2) STORED"));
    let error = seed(&mut db.conn, models![Note]).run().unwrap_err().to_string();
    assert!(error.starts_with("loading `notes`, rows 0 to 24, failed: ") && error.contains("points"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM notes"), 0);
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let (mut db, _) = notes(&COLUMNS.replace("points INTEGER NOT NULL,", ""));
    let error = seed(&mut db.conn, models![Note]).run().unwrap_err().to_string();
    assert!(error.starts_with("loading `notes`, rows 0 to 24, failed: ") && error.contains("\"points\""), "{error}");
}

diesel::table! { files (id) { id -> Integer, body -> Text } }

#[derive(Seedable)]
#[seed(count = 12)]
struct File {
    id: i32,
    #[seed(value = "x".repeat(1 << 20))]
    body: String,
}

#[test]
fn inserts_of_wide_rows_are_shorter() {
    let mut db = Db::with("CREATE TABLE files (id BIGINT PRIMARY KEY, body TEXT NOT NULL)");
    let statements = Statements::of(&mut db, "files");
    seed(&mut db.conn, models![File]).run().unwrap();
    assert_eq!(statements.words(&mut db), ["INSERT"; 12]);
    assert_eq!(db.number("SELECT sum(length(body)) FROM files"), 12 << 20);
}
