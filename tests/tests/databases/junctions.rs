//! Junctions whose pairs and triples are distinct, and parents that have no child, or one.

use seed_diesel::{Seedable, models, seed};

use super::Db;
use super::ancestors::parents_with;

mod schema {
    diesel::table! { doctors (id) { id -> Integer, } }
    diesel::table! { wards (id) { id -> Integer, } }
    diesel::table! { shifts (id) { id -> Integer, } }

    diesel::table! {
        duties (doctor_id, ward_id, shift_id) {
            doctor_id -> Integer,
            ward_id -> Integer,
            shift_id -> Integer,
        }
    }

    diesel::table! { visits (id) { id -> Integer, doctor_id -> Integer, ward_id -> Integer, } }
    diesel::table! { licences (doctor_id) { doctor_id -> Integer, } }
    diesel::table! { renewals (id) { id -> Integer, licence_id -> Nullable<Integer>, } }
}
use schema::{doctors, duties, licences, renewals, shifts, visits, wards};

#[derive(Seedable)]
struct Doctor {
    id: i32,
}

#[derive(Seedable)]
#[seed(count = 6)]
struct Ward {
    id: i32,
}

#[derive(Seedable)]
#[seed(count = 3)]
struct Shift {
    id: i32,
}

#[derive(Seedable)]
#[seed(count = 90)]
#[diesel(primary_key(doctor_id, ward_id, shift_id), table_name = duties)]
struct Duty {
    #[seed(references = doctors::id)]
    doctor_id: i32,
    #[seed(references = wards::id)]
    ward_id: i32,
    #[seed(references = shifts::id)]
    shift_id: i32,
}

/// A junction with a key of its own.
#[derive(Seedable)]
#[seed(count = 45, unique(doctor_id, ward_id))]
struct Visit {
    id: i32,
    #[seed(references = doctors::id)]
    doctor_id: i32,
    #[seed(references = wards::id)]
    ward_id: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(doctor_id))]
struct Licence {
    #[seed(references = doctors::id, with = 0..=1)]
    doctor_id: i32,
}

#[derive(Seedable)]
#[seed(count = 25)]
struct Renewal {
    id: i32,
    #[seed(references = licences::doctor_id, null = 0.0)]
    licence_id: Option<i32>,
}

// Neither the triples nor the visits are kept apart by the database.
const WARDS: &str = "
    CREATE TABLE doctors (id SERIAL PRIMARY KEY);
    CREATE TABLE wards (id SERIAL PRIMARY KEY);
    CREATE TABLE shifts (id SERIAL PRIMARY KEY);
    CREATE TABLE duties (doctor_id INTEGER NOT NULL, ward_id INTEGER NOT NULL, shift_id INTEGER NOT NULL,
        FOREIGN KEY (doctor_id) REFERENCES doctors (id), FOREIGN KEY (ward_id) REFERENCES wards (id),
        FOREIGN KEY (shift_id) REFERENCES shifts (id));
    CREATE TABLE visits (id SERIAL PRIMARY KEY, doctor_id INTEGER NOT NULL, ward_id INTEGER NOT NULL,
        FOREIGN KEY (doctor_id) REFERENCES doctors (id), FOREIGN KEY (ward_id) REFERENCES wards (id));
    CREATE TABLE licences (doctor_id INTEGER NOT NULL PRIMARY KEY, FOREIGN KEY (doctor_id) REFERENCES doctors (id));
    CREATE TABLE renewals (id SERIAL PRIMARY KEY, licence_id INTEGER,
        FOREIGN KEY (licence_id) REFERENCES licences (doctor_id));";

const TRIPLES: &str = "SELECT count(*) FROM (SELECT DISTINCT doctor_id, ward_id, shift_id FROM duties) AS triples";
const VISITS: &str = "SELECT count(*) FROM (SELECT DISTINCT doctor_id, ward_id FROM visits) AS pairs";

#[test]
fn triples_are_distinct() {
    // Half of them, and all: 10 * 6 * 3.
    for rows in [90, 180] {
        let mut db = Db::with(WARDS);
        let run = seed(&mut db.conn, models![Doctor, Ward, Shift, Duty]);
        run.refine::<Duty>(|t| t.count(rows)).run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM duties") as u64, rows);
        assert_eq!(db.number(TRIPLES) as u64, rows);
        for (column, parents) in [("doctor_id", 10), ("ward_id", 6), ("shift_id", 3)] {
            assert_eq!(db.number(&format!("SELECT count(DISTINCT {column}) FROM duties")), parents, "{column}");
        }
    }
}

#[test]
fn triples_are_distinct_whichever_side_drives() {
    // Up to all that a parent can have.
    for (side, most) in [("doctor", 18), ("ward", 30), ("shift", 60)] {
        let mut db = Db::with(WARDS);
        let run = seed(&mut db.conn, models![Doctor, Ward, Shift, Duty]);
        let run = match side {
            "doctor" => run.refine::<Doctor>(|t| t.with(duties::doctor_id, 3..=18)),
            "ward" => run.refine::<Ward>(|t| t.with(duties::ward_id, 3..=30)),
            _ => run.refine::<Shift>(|t| t.with(duties::shift_id, 3..=60)),
        };
        let report = run.run().unwrap();
        assert_eq!(db.number(TRIPLES) as u64, report.rows("duties"), "{side}");
        assert_eq!(db.number("SELECT count(*) FROM duties") as u64, report.rows("duties"), "{side}");
        let (table, column) = (format!("{side}s"), format!("{side}_id"));
        let out = parents_with(&mut db, &table, "duties", &column, &format!("NOT BETWEEN 3 AND {most}"));
        assert_eq!(out, 0, "{side}");
    }
}

#[test]
fn pairs_of_a_junction_with_its_own_key_are_distinct() {
    // Three of four, and all: 10 * 6.
    for count in [45, 60] {
        let mut db = Db::with(WARDS);
        let run = seed(&mut db.conn, models![Visit, Doctor, Ward]);
        run.refine::<Visit>(|t| t.count(count as u64)).run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM visits"), count);
        assert_eq!(db.number(VISITS), count);
        assert_eq!(db.number("SELECT max(id) FROM visits"), count);
    }
    let mut db = Db::with(WARDS);
    let run = seed(&mut db.conn, models![Visit, Doctor, Ward]);
    let report = run.refine::<Doctor>(|t| t.count(200).with(visits::doctor_id, 0..=6)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM visits") as u64, report.rows("visits"));
    assert_eq!(db.number(VISITS) as u64, report.rows("visits"));
    for visits in 0..=6 {
        let doctors = parents_with(&mut db, "doctors", "visits", "doctor_id", &format!("= {visits}"));
        assert!((10..=50).contains(&doctors), "{doctors} of 200 have {visits}");
    }
}

#[test]
fn with_none_or_one_leaves_some_parents_without() {
    let mut db = Db::with(WARDS);
    let report =
        seed(&mut db.conn, models![Renewal, Licence, Doctor]).refine::<Doctor>(|t| t.count(300)).run().unwrap();
    let licences = db.number("SELECT count(*) FROM licences");
    assert_eq!(licences as u64, report.rows("licences"));
    assert!((120..=180).contains(&licences), "{licences} of 300");
    assert_eq!(db.number("SELECT count(*) FROM licences WHERE doctor_id NOT IN (SELECT id FROM doctors)"), 0);
    assert_eq!(db.number("SELECT count(*) FROM renewals JOIN licences ON doctor_id = licence_id"), 25);
}

#[test]
fn children_of_none_are_null() {
    let mut db = Db::with(WARDS);
    let run = seed(&mut db.conn, models![Renewal, Licence, Doctor]);
    let report = run.refine::<Doctor>(|t| t.with(licences::doctor_id, 0)).run().unwrap();
    assert_eq!(report.rows("licences"), 0);
    assert_eq!(db.number("SELECT count(*) FROM licences"), 0);
    assert_eq!(db.number("SELECT count(*) FROM renewals WHERE licence_id IS NULL"), 25);
}
