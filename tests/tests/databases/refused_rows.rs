//! A row that the database refuses is named, with the values that the error is about.

use diesel::prelude::*;
use seed_diesel::{Error, RebuildConstraints, RefusedRows, Seedable, models, seed};

use super::Db;
use crate::models::Team;

diesel::table! {
    pupils (id) {
        id -> Integer,
        team_id -> Integer,
        age -> Integer,
        #[max_length = 40]
        name -> Varchar,
        note -> Nullable<Text>,
    }
}

/// One of 5,000 is too old, too long, twice there, or of no team.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = pupils)]
#[seed(count = 5_000)]
struct Pupil {
    id: i32,
    #[seed(value = if row == 3_210 { 99 } else { 1 + (row % 10) as i32 })]
    team_id: i32,
    #[seed(value = if row == 1_234 { 41 } else { 12 })]
    age: i32,
    #[seed(value = match row { 2_345 => "a name that is too long".to_owned(), 4_444 => "p17".to_owned(), _ => format!("p{row}") })]
    name: String,
    #[seed(value = (row != 777).then(|| "a note".to_owned()))]
    note: Option<String>,
}

fn school(name: &str, age: &str, note: &str, more: &str) -> Db {
    Db::with(&format!(
        "CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
         CREATE TABLE pupils (id SERIAL PRIMARY KEY, team_id INTEGER NOT NULL, age INTEGER NOT NULL{age},
             name {name} NOT NULL, note VARCHAR(40){note}{more})"
    ))
}

/// The row and its values, however the rows are grouped; nothing is left, and the connection goes on.
#[track_caller]
fn assert_refused(db: &mut Db, row: u64, column: &str, value: &str, says: &[&str]) {
    for rows in [None, Some(7), Some(1_000)] {
        // A constraint that is rebuilt finds all rows at once, and the database tells of one by its key.
        let run = seed(&mut db.conn, models![Team, Pupil]).rebuild_constraints(RebuildConstraints::Never);
        let error = match rows {
            Some(rows) => run.batch_size(rows).run().unwrap_err(),
            None => run.run().unwrap_err(),
        };
        let text = error.to_string();
        let Error::Load { table, rows, .. } = error else { panic!("{text}") };
        let RefusedRows { first, last, values, .. } = *rows;
        assert_eq!((table.as_str(), first, last), ("pupils", row, row), "{text}");
        let id = ("id".to_owned(), (row + 1).to_string());
        assert_eq!(values, [id, (column.to_owned(), value.to_owned())], "{text}");
        let start = format!("loading `pupils`, row {row} (`id` = {}, `{column}` = {value}), failed: ", row + 1);
        assert!(text.starts_with(&start) && text.ends_with("; nothing was changed"), "{text}");
        for said in says {
            assert!(text.contains(said), "`{said}` is missing in: {text}");
        }
        assert_eq!(db.number("SELECT (SELECT count(*) FROM teams) + (SELECT count(*) FROM pupils)"), 0);
    }
}

#[test]
fn by_a_check() {
    let mut db = school("VARCHAR(40)", "", "", ", CONSTRAINT young CHECK (age < 20)");
    let says = match Db::ENGINE {
        "postgres" => "\"young\", which is CHECK ((age < 20)); say what the constraint allows",
        "mysql" => "young` failed for ",
        _ => "young, which is CHECK (age < 20); say what the constraint allows",
    };
    assert_refused(&mut db, 1_234, "age", "41", &[says, "CHECK ("]);
}

#[test]
fn by_a_unique_index() {
    let mut db = school("VARCHAR(40)", "", "", ", CONSTRAINT names UNIQUE (name)");
    let says = if Db::ENGINE == "sqlite" { "pupils.name" } else { ", which is UNIQUE (name); mark the column" };
    assert_refused(&mut db, 4_444, "name", "p17", &[says]);
}

#[test]
fn by_a_row_that_was_there() {
    let mut db = school("VARCHAR(40)", "", "", ", CONSTRAINT name UNIQUE (name)");
    db.run("INSERT INTO teams (name) VALUES ('red'); INSERT INTO pupils (id, team_id, age, name) VALUES (9000, 1, 12, 'p9200')");
    let error = seed(&mut db.conn, models![Team, Pupil]).append().run().unwrap_err();
    // The values are the application's own, and a comparison of them is not possible before.
    let text = error.to_string();
    assert!(text.contains("`pupils`, row 9200 (`id` = 9201, `name` = p9200), failed: "), "{text}");
}

#[test]
fn by_a_foreign_key() {
    let mut db = school("VARCHAR(40)", "", "", ", CONSTRAINT in_a_team FOREIGN KEY (team_id) REFERENCES teams (id)");
    db.run("INSERT INTO teams (id, name) VALUES (1, 'a')");
    let says: &[&str] = if Db::ENGINE == "postgres" { &["FOREIGN KEY (team_id) REFERENCES teams(id)"] } else { &[] };
    db.run("DELETE FROM teams");
    if Db::ENGINE == "sqlite" {
        // It does not tell which foreign key it was.
        let error = seed(&mut db.conn, models![Team, Pupil]).run().unwrap_err();
        assert!(error.to_string().starts_with("loading `pupils`, row 3210 (`id` = 3211), failed: "), "{error}");
    } else {
        assert_refused(&mut db, 3_210, "team_id", "99", says);
    }
}

#[test]
fn by_a_column_that_is_not_null() {
    let mut db = school("VARCHAR(40)", "", " NOT NULL", "");
    assert_refused(&mut db, 777, "note", "NULL", &["note"]);
}

#[test]
fn by_the_length_of_a_column() {
    if Db::ENGINE == "sqlite" {
        return;
    }
    let mut db = school("VARCHAR(20)", "", "", "");
    let error = seed(&mut db.conn, models![Team, Pupil]).run().unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("loading `pupils`, row 2345 (`id` = 2346"), "{text}");
    assert!(text.contains("`#[seed(max_len = …)]`"), "{text}");
}

#[test]
fn in_a_transaction_of_the_application() {
    let mut db = school("VARCHAR(40)", "", " NOT NULL", "");
    let told = db.conn.transaction(|conn| {
        let error = seed(conn, models![Team, Pupil]).run().unwrap_err();
        // The transaction goes on.
        diesel::insert_into(crate::models::teams::table).values(crate::models::teams::name.eq("red")).execute(conn)?;
        QueryResult::Ok(error.to_string())
    });
    let told = told.unwrap();
    assert!(told.starts_with("loading `pupils`, row 777 (`id` = 778, `note` = NULL), failed: "), "{told}");
    assert_eq!(db.number("SELECT count(*) FROM teams"), 1);
}

#[test]
fn of_a_run_that_commits_on_its_way() {
    let mut db = school("VARCHAR(40)", "", " NOT NULL", "");
    let error = seed(&mut db.conn, models![Team, Pupil]).commit_every(500).run().unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("loading `pupils`, row 777 (`id` = 778, `note` = NULL), failed: "), "{text}");
    assert!(!text.contains("nothing was changed"), "{text}");
    assert_eq!(db.number("SELECT count(*) FROM pupils"), 490);
}
