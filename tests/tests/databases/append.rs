//! Rows that go on behind those that are there.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use seed_diesel::{Error, Seedable, int, models, seed};

use super::Db;

mod schema {
    diesel::table! {
        shops (id) {
            id -> Integer,
            #[max_length = 60]
            email -> Varchar,
        }
    }

    diesel::table! {
        items (id) {
            id -> Integer,
            shop_id -> Integer,
            place -> Integer,
            similar_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        tags (item_id, shop_id) {
            item_id -> Integer,
            shop_id -> Integer,
        }
    }

    diesel::table! {
        badges (id) {
            id -> Integer,
            shop_id -> Integer,
        }
    }

    diesel::table! {
        slots (id) {
            id -> Integer,
            day -> Integer,
            hour -> Integer,
        }
    }

    diesel::table! {
        prizes (number) {
            number -> Integer,
        }
    }

    diesel::table! {
        settings (code) {
            code -> Integer,
        }
    }
}
use schema::{badges, items, prizes, settings, shops, slots, tags};

#[derive(Queryable, Selectable, Seedable)]
struct Shop {
    id: i32,
    #[seed(unique)]
    email: String,
}

#[derive(Seedable)]
#[seed(unique(shop_id, place))]
struct Item {
    id: i32,
    #[seed(references = shops::id, with = 3)]
    shop_id: i32,
    #[seed(range = 1..=5)]
    place: i32,
    #[seed(references = items::id)]
    similar_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 40)]
#[diesel(primary_key(item_id, shop_id))]
struct Tag {
    #[seed(references = items::id)]
    item_id: i32,
    #[seed(references = shops::id)]
    shop_id: i32,
}

#[derive(Seedable)]
#[seed(count = 4)]
struct Badge {
    id: i32,
    #[seed(references = shops::id, unique)]
    shop_id: i32,
}

#[derive(Seedable)]
#[seed(count = 60, unique(day, hour))]
struct Slot {
    id: i32,
    #[seed(range = 1..=7)]
    day: i32,
    #[seed(range = 0..=23)]
    hour: i32,
}

/// Its key does not count up.
#[derive(Seedable)]
#[diesel(primary_key(number))]
#[seed(count = 20)]
struct Prize {
    #[seed(range = 1..=1_000)]
    number: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(code))]
#[seed(count = 1)]
struct Setting {
    #[seed(value = 7)]
    code: i32,
}

const TABLES: &str = "
    CREATE TABLE shops (id SERIAL PRIMARY KEY, email VARCHAR(60) UNIQUE NOT NULL);
    CREATE TABLE items (id SERIAL PRIMARY KEY, shop_id INTEGER NOT NULL, place INTEGER NOT NULL, similar_id INTEGER,
        UNIQUE (shop_id, place), FOREIGN KEY (shop_id) REFERENCES shops (id), FOREIGN KEY (similar_id) REFERENCES items (id));
    CREATE TABLE tags (item_id INTEGER NOT NULL, shop_id INTEGER NOT NULL, PRIMARY KEY (item_id, shop_id),
        FOREIGN KEY (item_id) REFERENCES items (id), FOREIGN KEY (shop_id) REFERENCES shops (id));
    CREATE TABLE badges (id SERIAL PRIMARY KEY, shop_id INTEGER NOT NULL UNIQUE, FOREIGN KEY (shop_id) REFERENCES shops (id));
    CREATE TABLE slots (id SERIAL PRIMARY KEY, day INTEGER NOT NULL, hour INTEGER NOT NULL, UNIQUE (day, hour));
    CREATE TABLE prizes (number INTEGER PRIMARY KEY);
    CREATE TABLE settings (code INTEGER PRIMARY KEY);";

fn append(db: &mut Db, seed_number: u64) -> Result<seed_diesel::Report, Error> {
    seed(&mut db.conn, models![Tag, Item, Shop]).seed(seed_number).append().run()
}

#[test]
fn rows_go_on_behind_those_of_the_run_before() {
    let mut db = Db::with(TABLES);
    for run in 1..=3 {
        let report = append(&mut db, 0).unwrap();
        assert_eq!((report.rows("shops"), report.rows("items"), report.rows("tags")), (10, 30, 40));
        for (table, rows) in [("shops", 10), ("items", 30), ("tags", 40)] {
            assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")), run * rows);
        }
        assert_eq!(db.number("SELECT max(id) FROM shops"), run * 10);
        assert_eq!(db.number("SELECT max(id) FROM items"), run * 30);
    }
    assert_eq!(db.number("SELECT count(DISTINCT email) FROM shops"), 30);
    // New rows belong to new ones.
    let others = "SELECT count(*) FROM items WHERE shop_id < (id - 1 - (id - 1) % 30) / 3 + 1 OR shop_id > (id - 1 - (id - 1) % 30) / 3 + 10";
    assert_eq!(db.number(others), 0);
    let others = "SELECT count(*) FROM items WHERE similar_id <= id - 1 - (id - 1) % 30";
    assert_eq!(db.number(others), 0);
    let others = "SELECT count(*) FROM tags WHERE shop_id < (item_id - 1 - (item_id - 1) % 30) / 3 + 1 OR shop_id > (item_id - 1 - (item_id - 1) % 30) / 3 + 10";
    assert_eq!(db.number(others), 0);
    // The application goes on behind all of them.
    db.run("INSERT INTO shops (email) VALUES ('me')");
    assert_eq!(db.number("SELECT max(id) FROM shops"), 31);
}

#[test]
fn an_append_to_empty_tables_is_a_run() {
    let (mut one, mut other) = (Db::with(TABLES), Db::with(TABLES));
    append(&mut one, 3).unwrap();
    seed(&mut other.conn, models![Tag, Item, Shop]).seed(3).run().unwrap();
    for sql in [
        "SELECT email AS value FROM shops ORDER BY id",
        "SELECT CAST(sum(shop_id * id) AS CHAR(9)) AS value FROM items",
    ] {
        assert_eq!(one.texts(sql), other.texts(sql));
    }
}

#[test]
fn what_is_appended_is_reproducible() {
    let emails = || {
        let mut db = Db::with(TABLES);
        db.run("INSERT INTO shops (id, email) VALUES (5, 'me'), (77, 'you')");
        append(&mut db, 1).unwrap();
        append(&mut db, 2).unwrap();
        db.texts("SELECT email AS value FROM shops ORDER BY id")
    };
    assert_eq!(emails(), emails());
}

#[test]
fn the_plan_tells_where_rows_go_on() {
    let mut db = Db::with(TABLES);
    db.run("INSERT INTO shops (id, email) VALUES (5, 'me'), (77, 'you')");
    db.run("INSERT INTO prizes VALUES (77), (78), (79)");
    let plan = seed(&mut db.conn, models![Item, Shop, Prize, Tag]).append().plan().unwrap();
    let first = |table| plan.find(table).unwrap().first;
    // Behind the greatest key that counts up, else behind as many rows.
    assert_eq!((first("shops"), first("items"), first("tags")), (77, 0, 0));
    assert_eq!(first("prizes"), 3);
    assert_eq!(db.number("SELECT count(*) FROM shops"), 2);
}

#[test]
fn rows_of_another_seed_are_not_repeated() {
    let mut db = Db::with(TABLES);
    let mut moved = 0;
    for (runs, number) in (1..=8).enumerate() {
        let mut run = seed(&mut db.conn, models![Prize]).seed(number).append();
        let first = run.plan().unwrap().tables[0].first;
        run.run().unwrap();
        moved += u64::from(first > 20 * runs as u64);
    }
    assert_eq!(db.number("SELECT count(*) FROM prizes"), 160);
    assert!(moved > 2, "{moved} starts were in the way");
}

#[test]
fn rows_of_another_origin_are_not_repeated() {
    let mut db = Db::with(TABLES);
    append(&mut db, 0).unwrap();
    let mut next = Db::with(TABLES);
    append(&mut next, 0).unwrap();
    append(&mut next, 0).unwrap();
    // What the third new shop would be called, and a key in between.
    let email = next.texts("SELECT email AS value FROM shops WHERE id = 13").concat();
    db.run(&format!("INSERT INTO shops (id, email) VALUES (11, '{email}')"));

    let report = append(&mut db, 0).unwrap();

    assert_eq!(report.rows("shops"), 10);
    assert_eq!(db.number("SELECT count(*) FROM shops"), 21);
    // Row 12, with the key 13, is passed over, and the children follow.
    assert_eq!(db.number("SELECT min(id) FROM shops WHERE id > 11"), 14);
    assert_eq!(db.number("SELECT count(*) FROM items WHERE id > 30 AND shop_id BETWEEN 14 AND 23"), 30);
    let same = "SELECT email AS value FROM shops WHERE id BETWEEN 14 AND 20 ORDER BY id";
    assert_eq!(db.texts(same), next.texts(same));
}

#[test]
fn what_the_run_says_holds_for_appended_rows() {
    let mut db = Db::with(TABLES);
    for _ in 0..2 {
        let run = seed(&mut db.conn, models![Prize]).append();
        run.refine::<Prize>(|t| t.count(25).column(prizes::number, int(2_001..=2_050))).run().unwrap();
    }
    assert_eq!(db.number("SELECT count(*) FROM prizes WHERE number BETWEEN 2001 AND 2050"), 50);
}

#[test]
fn columns_that_differ_together_go_on_differing() {
    let mut db = Db::with(TABLES);
    for _ in 0..2 {
        seed(&mut db.conn, models![Slot]).append().run().unwrap();
    }
    assert_eq!(db.number("SELECT count(*) FROM slots"), 120);
    let error = seed(&mut db.conn, models![Slot]).append().run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no two rows of `slots` may agree in `day` and `hour`: there are 168 combinations, but 180 are needed, 120 of them for \
         the rows and keys that are there; give them more values or parents, or plan fewer rows"
    );
    assert_eq!(db.number("SELECT count(*) FROM slots"), 120);
}

#[test]
fn rows_outside_the_run_keep_one_child_each() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Shop]).run().unwrap();
    for _ in 0..2 {
        seed(&mut db.conn, models![Badge]).append().run().unwrap();
    }
    assert_eq!(db.number("SELECT count(DISTINCT shop_id) FROM badges"), 8);
    let error = seed(&mut db.conn, models![Badge]).append().run().unwrap_err().to_string();
    assert!(
        error.contains(
            "each of 12 rows needs a row of `shops` of its own, and 10 of those that the database holds are known"
        ),
        "{error}"
    );
}

#[test]
fn values_that_run_out_are_named() {
    let mut db = Db::with(TABLES);
    db.run("INSERT INTO prizes VALUES (1), (2), (3)");
    let error = seed(&mut db.conn, models![Prize]).append().refine::<Prize>(|t| t.count(998)).run().unwrap_err();
    assert!(matches!(error, Error::Plan(_)));
    assert_eq!(
        error.to_string(),
        "`prizes.number` is unique and has 1000 values, but 1001 are needed, 3 of them for the rows and keys that are \
         there; give it more with `#[seed(range = …)]`, `#[seed(values = …)]` or `#[seed(generator = …)]`, or plan fewer rows"
    );
    assert_eq!(db.number("SELECT count(*) FROM prizes"), 3);
}

#[test]
fn a_value_that_is_always_the_same_is_named() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Setting]).run().unwrap();
    let error = seed(&mut db.conn, models![Setting]).append().run().unwrap_err();
    assert!(matches!(&error, Error::Repeated { columns, .. } if columns == &["code"]));
    assert_eq!(
        error.to_string(),
        "the rows of `settings` cannot go on behind those that are there, which hold values of `code` that they would repeat, \
         up to row 21 and on; give the column more values with `#[seed(range = …)]` or `#[seed(generator = …)]`, choose \
         another seed, or seed again with `--reset` (in code: `.reset()`); nothing was changed"
    );
    assert_eq!(db.number("SELECT count(*) FROM settings"), 1);
    // No temporary table is left.
    db.conn.batch_execute("CREATE TEMPORARY TABLE seed_rows_aside (id INTEGER)").unwrap();
}

#[test]
fn what_is_said_last_of_the_rows_that_are_there_counts() {
    let mut db = Db::with(TABLES);
    for _ in 0..2 {
        seed(&mut db.conn, models![Shop]).append().reset().run().unwrap();
    }
    assert_eq!(db.number("SELECT count(*) FROM shops"), 10);
    seed(&mut db.conn, models![Shop]).reset().append().run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM shops"), 20);
}

#[test]
fn blocks_of_any_size_are_compared() {
    let mut db = Db::with(TABLES);
    let run = |db: &mut Db| {
        let run = seed(&mut db.conn, models![Shop]).append().batch_size(333).threads(3);
        run.refine::<Shop>(|t| t.count(3_000)).run().unwrap();
    };
    run(&mut db);
    db.run("DELETE FROM shops WHERE id BETWEEN 500 AND 2999");
    run(&mut db);
    assert_eq!(db.number("SELECT count(*) FROM shops"), 3_500);
    assert_eq!(db.number("SELECT max(id) FROM shops"), 6_000);
}

#[test]
fn a_batch_of_any_size_goes_on_behind_what_is_there() {
    let mut db = Db::game();
    seed(&mut db.conn, models![game::models::Level]).run().unwrap();
    seed(&mut db.conn, models![game::models::Level]).append().batch_size(usize::MAX).run().unwrap();
    assert_eq!(
        db.texts("SELECT concat(min(id), ' to ', max(id), ' of ', count(*)) AS value FROM levels"),
        ["1 to 10 of 10"]
    );
}
