//! Parents that are not part of the run: their rows are in the database.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use seed_diesel::{Error, PlanError, Seedable, models, seed};

use super::Db;

mod schema {
    diesel::table! {
        studios (id) {
            id -> Integer,
            #[max_length = 20]
            code -> Nullable<Varchar>,
            opened_at -> Timestamp,
        }
    }

    diesel::table! {
        films (id) {
            id -> Integer,
            studio_id -> Integer,
            seller_id -> Nullable<Integer>,
            made_at -> Timestamp,
        }
    }

    diesel::table! {
        posters (id) {
            id -> Integer,
            studio_id -> Nullable<Integer>,
            #[max_length = 20]
            studio_code -> Varchar,
        }
    }

    diesel::table! {
        sellers (id) {
            id -> Integer,
        }
    }

    diesel::table! {
        trailers (id) {
            id -> Integer,
            studio_id -> Nullable<Integer>,
            seller_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        stalls (id) {
            id -> Integer,
            seller_id -> Integer,
        }
    }

    diesel::table! {
        halls (city, number) {
            #[max_length = 20]
            city -> Varchar,
            number -> Integer,
        }
    }

    diesel::table! {
        shows (id) {
            id -> Integer,
            #[max_length = 20]
            city -> Varchar,
            hall -> Integer,
            #[max_length = 20]
            next_city -> Nullable<Varchar>,
            next_hall -> Nullable<Integer>,
        }
    }

    diesel::table! {
        licences (id) {
            id -> Integer,
            studio_id -> Integer,
        }
    }
}
use schema::{films, halls, licences, posters, sellers, shows, stalls, studios, trailers};

#[derive(Queryable, Selectable, Seedable)]
#[seed(count = 40)]
struct Studio {
    id: i32,
    #[seed(unique, null = 0.5)]
    code: Option<String>,
    opened_at: NaiveDateTime,
}

/// It cannot be read.
#[derive(Seedable)]
struct Seller {
    id: i32,
}

#[derive(Seedable)]
struct Trailer {
    id: i32,
    #[seed(references = studios::id, null = 0.0)]
    studio_id: Option<i32>,
    #[seed(references = sellers::id)]
    seller_id: Option<i32>,
}

#[derive(Seedable)]
struct Stall {
    id: i32,
    #[seed(references = sellers::id)]
    seller_id: i32,
}

#[derive(Seedable)]
#[seed(count = 400)]
struct Film {
    id: i32,
    #[seed(references = studios::id)]
    studio_id: i32,
    #[seed(references = studios::id, null = 0.25)]
    seller_id: Option<i32>,
    #[seed(after = studios::opened_at)]
    made_at: NaiveDateTime,
}

#[derive(Seedable)]
#[seed(count = 100)]
struct Poster {
    id: i32,
    #[seed(references = studios::id, null = 0.0)]
    studio_id: Option<i32>,
    #[seed(references = studios::code)]
    studio_code: String,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(primary_key(city, number))]
#[seed(count = 90)]
struct Hall {
    #[seed(values = ["Oslo", "Rome", "Kyiv"])]
    city: String,
    #[seed(range = 1..=50)]
    number: i32,
}

#[derive(Seedable)]
#[seed(count = 700)]
#[seed(references(city = halls::city, hall = halls::number))]
#[seed(references(next_city = halls::city, next_hall = halls::number))]
struct Show {
    id: i32,
    city: String,
    hall: i32,
    next_city: Option<String>,
    next_hall: Option<i32>,
}

#[derive(Seedable)]
struct Licence {
    id: i32,
    #[seed(references = studios::id, unique)]
    studio_id: i32,
}

const TABLES: &str = "
    CREATE TABLE studios (id SERIAL PRIMARY KEY, code VARCHAR(20) UNIQUE, opened_at TIMESTAMP NOT NULL);
    CREATE TABLE films (id SERIAL PRIMARY KEY, studio_id INTEGER NOT NULL, seller_id INTEGER, made_at TIMESTAMP NOT NULL,
        FOREIGN KEY (studio_id) REFERENCES studios (id), FOREIGN KEY (seller_id) REFERENCES studios (id));
    CREATE TABLE posters (id SERIAL PRIMARY KEY, studio_id INTEGER, studio_code VARCHAR(20) NOT NULL,
        FOREIGN KEY (studio_id) REFERENCES studios (id), FOREIGN KEY (studio_code) REFERENCES studios (code));
    CREATE TABLE sellers (id SERIAL PRIMARY KEY);
    CREATE TABLE trailers (id SERIAL PRIMARY KEY, studio_id INTEGER, seller_id INTEGER,
        FOREIGN KEY (studio_id) REFERENCES studios (id), FOREIGN KEY (seller_id) REFERENCES sellers (id));
    CREATE TABLE stalls (id SERIAL PRIMARY KEY, seller_id INTEGER NOT NULL, FOREIGN KEY (seller_id) REFERENCES sellers (id));
    CREATE TABLE halls (city VARCHAR(20) NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (city, number));
    CREATE TABLE shows (id SERIAL PRIMARY KEY, city VARCHAR(20) NOT NULL, hall INTEGER NOT NULL, next_city VARCHAR(20),
        next_hall INTEGER, FOREIGN KEY (city, hall) REFERENCES halls (city, number),
        FOREIGN KEY (next_city, next_hall) REFERENCES halls (city, number));
    CREATE TABLE licences (id SERIAL PRIMARY KEY, studio_id INTEGER NOT NULL UNIQUE,
        FOREIGN KEY (studio_id) REFERENCES studios (id));";

/// So many studios, of which the keys do not count up from 1.
fn with_studios(count: u64) -> Db {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Studio]).refine::<Studio>(|t| t.count(count)).run().unwrap();
    db.run("UPDATE studios SET id = -3 * id");
    db
}

#[test]
fn children_reference_the_rows_that_are_there() {
    let mut db = with_studios(40);
    let report = seed(&mut db.conn, models![Film]).run().unwrap();
    assert_eq!((report.rows("films"), report.rows("studios")), (400, 0));
    assert_eq!(db.number("SELECT count(*) FROM films JOIN studios ON studios.id = studio_id"), 400);
    assert_eq!(db.number("SELECT count(DISTINCT studio_id) FROM films"), 40);
    let sold = db.number("SELECT count(*) FROM films JOIN studios ON studios.id = seller_id");
    assert!((260..=340).contains(&sold), "{sold} of 400");
    assert_eq!(db.number("SELECT count(*) FROM films WHERE seller_id IS NULL"), 400 - sold);
    let too_early = "SELECT count(*) FROM films JOIN studios ON studios.id = studio_id WHERE made_at < opened_at";
    assert_eq!(db.number(too_early), 0);
    assert_eq!(db.number("SELECT count(*) FROM studios"), 40);
}

#[test]
fn only_rows_that_hold_what_is_referenced_are_parents() {
    let mut db = with_studios(40);
    let coded = db.number("SELECT count(code) FROM studios");
    assert!((5..=35).contains(&coded), "{coded} of 40");
    seed(&mut db.conn, models![Poster]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM posters JOIN studios ON studios.code = studio_code"), 100);
    assert_eq!(db.number("SELECT count(*) FROM posters JOIN studios ON studios.id = studio_id"), 100);
}

#[test]
fn a_composite_foreign_key_takes_all_columns_of_a_row() {
    let mut db = Db::with(TABLES);
    for count in [90, 40] {
        // The second time, the halls are those of two runs.
        seed(&mut db.conn, models![Hall]).append().refine::<Hall>(|t| t.count(count)).run().unwrap();
        seed(&mut db.conn, models![Show]).reset().run().unwrap();
        let joined = |city: &str, hall: &str| {
            format!("SELECT count(*) FROM shows JOIN halls ON halls.city = {city} AND halls.number = {hall}")
        };
        assert_eq!(db.number(&joined("shows.city", "hall")), 700);
        let next = db.number(&joined("next_city", "next_hall"));
        assert!((580..=670).contains(&next), "{next} of 700");
        assert_eq!(db.number("SELECT count(*) FROM shows WHERE next_city IS NULL AND next_hall IS NULL"), 700 - next);
        let used = db.number("SELECT count(*) FROM (SELECT DISTINCT city, hall FROM shows) AS used");
        assert!(used > 85, "{used} halls");
    }
    assert_eq!(db.number("SELECT count(*) FROM halls"), 130);
}

#[test]
fn a_unique_foreign_key_takes_each_row_once() {
    let mut db = with_studios(40);
    seed(&mut db.conn, models![Licence]).refine::<Licence>(|t| t.count(40)).run().unwrap();
    assert_eq!(db.number("SELECT count(DISTINCT studio_id) FROM licences JOIN studios ON studios.id = studio_id"), 40);

    let error = seed(&mut db.conn, models![Licence]).refine::<Licence>(|t| t.count(41)).run().unwrap_err();
    assert!(
        error.to_string().contains(
            "each of 41 rows needs a row of `studios` of its own, and 40 of those that the database holds are known"
        ),
        "{error}"
    );
}

#[test]
fn with_counts_the_children_of_each_row_that_is_there() {
    let mut db = with_studios(40);
    let run = seed(&mut db.conn, models![Film]).refine::<Studio>(|t| t.with(films::studio_id, 3));
    assert_eq!(run.run().unwrap().rows("films"), 120);
    let others = "SELECT count(*) FROM studios WHERE (SELECT count(*) FROM films WHERE studio_id = studios.id) <> 3";
    assert_eq!(db.number(others), 0);
}

#[test]
fn of_many_rows_a_sample_is_read_that_is_spread_evenly() {
    let mut db = with_studios(25_000);
    let mut seeded = || {
        seed(&mut db.conn, models![Film]).refine::<Film>(|t| t.count(30_000)).reset().run().unwrap();
        let parents = db.number("SELECT count(DISTINCT studio_id) FROM films");
        assert!((9_000..=10_000).contains(&parents), "{parents} parents");
        // As many in each part of the key's range.
        for part in 0..5 {
            let (last, first) = (-15_000 * part, -15_000 * (part + 1));
            let sql = format!(
                "SELECT count(DISTINCT studio_id) FROM films WHERE studio_id >= {first} AND studio_id < {last}"
            );
            let parents = db.number(&sql);
            assert!((1_800..=2_001).contains(&parents), "{parents} parents from {first} to {last}");
        }
        db.number("SELECT sum(id % 100 * studio_id) FROM films")
    };
    assert_eq!(seeded(), seeded());

    let plan = seed(&mut db.conn, models![Film]).plan().unwrap();
    let relation = &plan.find("films").unwrap().relations[0];
    let rows = relation.made.as_ref().unwrap();
    assert_eq!((rows.len(), rows.of_table()), (10_000, 25_000));

    let run = seed(&mut db.conn, models![Film]).refine::<Studio>(|t| t.with(films::studio_id, 3));
    assert_eq!(
        run.run().unwrap_err().to_string(),
        "`films.studio_id`: `with = 3` counts children of each row of `studios`, which is not part of this run and holds \
         25000, of which 10000 are read; leave `with` out, or add the model of `studios` to the list of models"
    );
}

#[test]
fn a_required_parent_of_which_there_is_no_row_is_named() {
    let mut db = Db::with(TABLES);
    let wanted = "`films.studio_id` references `studios`, which is not part of this run and holds no row, and cannot be NULL; \
                  add the model of `studios` to the list of models";
    let error = seed(&mut db.conn, models![Film]).run().unwrap_err();
    assert_eq!(error.to_string(), wanted);
    let driven = seed(&mut db.conn, models![Film]).refine::<Studio>(|t| t.with(films::studio_id, 3)).run().unwrap_err();
    assert_eq!(driven.to_string(), wanted);
    let Error::Plan(errors) = error else { panic!("{error}") };
    assert!(matches!(errors.iter().next(), Some(PlanError::EmptyParent { .. })));
    // Nothing needs a parent where there is no row.
    seed(&mut db.conn, models![Film]).refine::<Film>(|t| t.count(0)).run().unwrap();
}

#[test]
fn a_row_that_holds_nothing_that_is_referenced_is_no_parent() {
    let mut db = Db::with(TABLES);
    db.run("INSERT INTO studios (opened_at) VALUES ('2020-01-02 03:04:05')");
    let error = seed(&mut db.conn, models![Poster]).run().unwrap_err().to_string();
    assert!(
        error.starts_with("`posters.studio_code` references `studios`, which is not part of this run and holds no row"),
        "{error}"
    );
}

#[test]
fn a_nullable_foreign_key_is_null_where_there_are_no_rows_or_none_can_be_read() {
    let mut db = Db::with(TABLES);
    db.run("INSERT INTO sellers (id) VALUES (7)");
    for count in [0, 4] {
        if count > 0 {
            seed(&mut db.conn, models![Studio]).refine::<Studio>(|t| t.count(count)).run().unwrap();
        }
        seed(&mut db.conn, models![Trailer]).reset().run().unwrap();
        assert_eq!(db.number("SELECT count(*) FROM trailers"), 10);
        assert_eq!(db.number("SELECT count(studio_id) FROM trailers"), if count == 0 { 0 } else { 10 });
        assert_eq!(db.number("SELECT count(seller_id) FROM trailers"), 0);
    }
}

#[test]
fn a_required_parent_that_cannot_be_read_names_what_to_derive() {
    let mut db = Db::with(TABLES);
    db.run("INSERT INTO sellers (id) VALUES (7)");
    assert_eq!(
        seed(&mut db.conn, models![Stall]).run().unwrap_err().to_string(),
        "`stalls.seller_id` references `sellers`, which is not part of this run, and cannot be NULL; add the model of \
         `sellers` to the list of models, or `#[derive(Queryable, Selectable)]` to that model, so that the database's rows can \
         be read"
    );
}
