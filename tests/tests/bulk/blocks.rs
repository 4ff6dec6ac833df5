//! Blocks, and what is between them: on each database.

use diesel::prelude::*;
use seed_diesel::{Error, Seedable, models, seed};

use super::Db;

diesel::table! { points (id) { id -> Integer, remark -> Nullable<Text>, number -> Integer } }

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = points)]
struct Point {
    id: i32,
    #[seed(null = 1.0)]
    remark: Option<String>,
    #[seed(range = -5..=5)]
    number: i32,
}

diesel::table! { numbers (id) { id -> Integer } }

#[derive(Queryable, Selectable, Seedable)]
struct Number {
    id: i32,
}

fn points() -> Db {
    Db::with("CREATE TABLE points (id INTEGER PRIMARY KEY NOT NULL, remark TEXT, number INTEGER NOT NULL)")
}

/// More than a block of PostgreSQL has, and than the threads make ahead.
const MANY: u64 = 130_000;

#[test]
fn any_number_of_rows_arrives_once_and_in_order() {
    let mut db = points();
    for count in [0, 1, 999, 1_000, 1_001, 9_999, 10_000, 10_001, 20_000, MANY] {
        for threads in [1, 3] {
            let mut heard = 0;
            let report = seed(&mut db.conn, models![Point])
                .refine::<Point>(|t| t.count(count))
                .threads(threads)
                .reset()
                .on_progress(|progress| {
                    if let seed_diesel::Progress::Rows(rows) = progress {
                        heard += rows;
                    }
                })
                .run()
                .unwrap();
            assert_eq!((report.rows("points"), heard), (count, count), "{count}, {threads} threads");
            let rows = count as i64;
            assert_eq!(db.number("SELECT count(*) FROM points WHERE remark IS NULL AND number BETWEEN -5 AND 5"), rows);
            assert_eq!(db.number("SELECT coalesce(sum(id), 0) FROM points"), rows * (rows + 1) / 2);
        }
    }
}

#[test]
fn a_key_alone_is_a_table() {
    let mut db = Db::with("CREATE TABLE numbers (id INTEGER PRIMARY KEY NOT NULL)");
    seed(&mut db.conn, models![Number]).refine::<Number>(|t| t.count(12_345)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM numbers"), 12_345);
    assert_eq!(db.number("SELECT max(id) FROM numbers"), 12_345);
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = points)]
struct PointThatPanics {
    id: i32,
    #[seed(value = if row == 77_777 { panic!("no number for row {row}") } else { 1 })]
    number: i32,
}

#[test]
fn a_panic_in_the_middle_leaves_nothing() {
    let mut db = points();
    for threads in [1, 4] {
        let error = seed(&mut db.conn, models![PointThatPanics])
            .refine::<PointThatPanics>(|t| t.count(MANY))
            .threads(threads)
            .run()
            .unwrap_err();
        let text = "making row 77777 of `points` panicked: no number for row 77777; nothing was changed";
        assert_eq!(error.to_string(), text, "{threads} threads");
        assert_eq!(db.number("SELECT count(*) FROM points"), 0);
    }
}

#[test]
fn a_row_that_the_database_refuses_in_the_middle_leaves_nothing() {
    let mut db = Db::with(
        "CREATE TABLE points (id INTEGER PRIMARY KEY NOT NULL, remark TEXT, number INTEGER NOT NULL,
             CONSTRAINT not_this_one CHECK (id <> 77778))",
    );
    let error = seed(&mut db.conn, models![Point]).refine::<Point>(|t| t.count(MANY)).threads(2).run().unwrap_err();
    let Error::Load { table, rows, source, .. } = error else { panic!("{error}") };
    assert_eq!((table.as_str(), rows.first, rows.last), ("points", 77_777, 77_777));
    assert!(source.to_string().contains("not_this_one"), "{source}");
    assert_eq!(db.number("SELECT count(*) FROM points"), 0);
    db.run("INSERT INTO points (id, number) VALUES (77777, 1)");
}

diesel::table! { files (id) { id -> Integer, body -> Text } }

#[derive(Queryable, Selectable, Seedable)]
struct File {
    id: i32,
    #[seed(value = "x".repeat(if row == 3 { 10 } else { 1 << 20 }))]
    body: String,
}

/// All of them in one statement would be more than MariaDB takes.
#[test]
fn rows_of_a_megabyte_arrive() {
    let mut db = Db::with("CREATE TABLE files (id INTEGER PRIMARY KEY NOT NULL, body TEXT NOT NULL)");
    if Db::ENGINE == "mysql" {
        db.run("ALTER TABLE files MODIFY body LONGTEXT NOT NULL");
    }
    seed(&mut db.conn, models![File]).refine::<File>(|t| t.count(40)).run().unwrap();
    assert_eq!(db.number("SELECT sum(length(body)) FROM files"), 39 * (1 << 20) + 10);
    assert_eq!(db.number("SELECT id FROM files WHERE length(body) = 10"), 4);
}
