//! PostgreSQL: types that Diesel asks for by their names, which a thread without a connection cannot do.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql, WriteTuple};
use diesel::sql_types::{Integer, Nullable};
use seed_diesel::{Error, Seedable, models, seed};
use seed_tests::Statements;

use super::copy::Db;

/// `CREATE TYPE mood AS ENUM ('well', 'unwell')`
#[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "mood"))]
pub struct MoodType;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = MoodType)]
enum Mood {
    Well,
    Unwell,
    /// Which cannot be written.
    #[seed(weight = 0)]
    Unknown,
}

impl ToSql<MoodType, Pg> for Mood {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let name: &[u8] = match self {
            Mood::Well => b"well",
            Mood::Unwell => b"unwell",
            Mood::Unknown => return Err("nobody knows this mood".into()),
        };
        std::io::Write::write_all(out, name)?;
        Ok(IsNull::No)
    }
}

impl FromSql<MoodType, Pg> for Mood {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Mood> {
        match bytes.as_bytes() {
            b"well" => Ok(Mood::Well),
            b"unwell" => Ok(Mood::Unwell),
            other => Err(format!("{other:?} is no mood").into()),
        }
    }
}

/// `CREATE TYPE health.visit AS (day INTEGER, mood mood)`
#[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "visit", schema = "health"))]
pub struct VisitType;

/// Its mood is of a type that is asked for only where there is a visit.
#[derive(Debug, Clone, AsExpression)]
#[diesel(sql_type = VisitType)]
struct Visit {
    day: i32,
    mood: Option<Mood>,
}

impl ToSql<VisitType, Pg> for Visit {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        WriteTuple::<(Integer, Nullable<MoodType>)>::write_tuple(&(self.day, self.mood), &mut out.reborrow())
    }
}

const TYPES: &str = "CREATE TYPE mood AS ENUM ('well', 'unwell');
    CREATE SCHEMA health; CREATE TYPE health.visit AS (day INTEGER, mood mood);";

diesel::table! {
    use diesel::sql_types::*;
    use super::{MoodType, VisitType};

    patients (id) {
        id -> Integer,
        mood -> MoodType,
        earlier -> Array<MoodType>,
    }
}

#[derive(Debug, Queryable, Selectable, Seedable)]
#[seed(count = 25_000)]
struct Patient {
    id: i32,
    mood: Mood,
    earlier: Vec<Mood>,
}

#[test]
fn enums_and_arrays_of_enums_go_by_copy() {
    let mut db = patients();
    let statements = Statements::of(&mut db, "patients");
    seed(&mut db.conn, models![Patient]).threads(3).run().unwrap();
    assert_eq!(statements.words(&mut db), ["COPY"; 3]);
    assert_eq!(db.number("SELECT count(*) FROM patients"), 25_000);
    assert_eq!(db.number("SELECT count(DISTINCT mood) FROM patients"), 2);
    let patients: Vec<Patient> = patients::table.select(Patient::as_select()).load(&mut db.conn).unwrap();
    assert!(patients.iter().any(|patient| patient.earlier.contains(&patient.mood)));
    assert_eq!(patients.iter().map(|patient| i64::from(patient.id)).sum::<i64>(), 25_000 * 25_001 / 2);
}

diesel::table! {
    use diesel::sql_types::*;
    use super::VisitType;

    files (id) {
        id -> Integer,
        visits -> Array<VisitType>,
    }
}

/// The first rows ask for no type but the column's own.
#[derive(Seedable)]
#[seed(count = 50_000)]
struct File {
    id: i32,
    #[seed(value = visits(id))]
    visits: Vec<Visit>,
}

fn visits(file: i32) -> Vec<Visit> {
    let mood = |day| (day == 1).then_some(if file == 45_678 { Mood::Unwell } else { Mood::Well });
    let days = if file < 12_345 { 0..0 } else { 0..2 };
    days.map(|day| Visit { day, mood: mood(day) }).collect()
}

fn files() -> (Db, Statements) {
    let mut db =
        Db::with(&format!("{TYPES} CREATE TABLE files (id INTEGER PRIMARY KEY, visits health.visit[] NOT NULL)"));
    let statements = Statements::of(&mut db, "files");
    (db, statements)
}

#[test]
fn a_type_that_a_late_row_is_the_first_to_need_is_asked_for_then() {
    for threads in [1, 4] {
        let (mut db, statements) = files();
        seed(&mut db.conn, models![File]).threads(threads).run().unwrap();
        let words = statements.words(&mut db);
        assert!(words.iter().all(|word| word == "COPY"), "{words:?}");
        // The row that is the first to need it is sent alone, and so are those that a thread makes before it is known.
        assert!((6..=24).contains(&words.len()), "{} statements", words.len());
        assert_eq!(db.number("SELECT count(*) FROM files"), 50_000);
        assert_eq!(db.number("SELECT sum(id) FROM files"), 50_000 * 50_001 / 2);
        assert_eq!(db.number("SELECT count(*) FROM files WHERE visits = '{}'"), 12_344);
        let visits = r#"{"(0,)","(1,well)"}"#;
        assert_eq!(db.number(&format!("SELECT count(*) FROM files WHERE visits = '{visits}'")), 50_000 - 12_345);
        assert_eq!(db.number(r#"SELECT id FROM files WHERE visits = '{"(0,)","(1,unwell)"}'"#), 45_678);
    }
}

#[derive(Seedable)]
#[diesel(table_name = patients)]
#[seed(count = 25_000)]
struct Stranger {
    id: i32,
    #[seed(value = if row == 12_345 { Mood::Unknown } else { Mood::Well })]
    mood: Mood,
    #[seed(values = [vec![]])]
    earlier: Vec<Mood>,
}

fn patients() -> Db {
    Db::with(&format!(
        "{TYPES} CREATE TABLE patients (id INTEGER PRIMARY KEY, mood mood NOT NULL, earlier mood[] NOT NULL)"
    ))
}

#[test]
fn a_value_that_cannot_be_written_is_told_with_its_row() {
    let mut db = patients();
    let error = seed(&mut db.conn, models![Stranger]).run().unwrap_err();
    let expected = "loading `patients`, row 12345 (`id` = 12346), failed: nobody knows this mood; nothing was changed";
    assert_eq!(error.to_string(), expected);
    assert_eq!(db.number("SELECT count(*) FROM patients"), 0);
}

#[test]
fn a_type_that_is_not_there_is_named() {
    let mut db = patients();
    db.run("ALTER TYPE mood RENAME TO temper");
    let error = seed(&mut db.conn, models![Patient]).run().unwrap_err();
    let Error::Load { rows, source, .. } = &error else { panic!("{error}") };
    assert_eq!(rows.first, 0);
    assert!(source.to_string().contains("mood"), "{source}");
    assert_eq!(db.number("SELECT count(*) FROM patients"), 0);
}
