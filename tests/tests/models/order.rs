//! `value` and `after` follow from columns of every kind, whatever the order of the fields.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

use super::database;

diesel::table! {
    parents (id) { id -> Integer, computed -> Integer, raised -> Integer, drawn -> Integer }
}
diesel::table! {
    rows (id) {
        id -> Integer,
        after_after_value -> Integer,
        value_of_after_value -> Integer,
        after_value -> Integer,
        value_of_after -> Integer,
        after_after -> Integer,
        after_drawn -> Integer,
        value_of_drawn -> Integer,
        value_of_value -> Integer,
        drawn -> Integer,
        parent_id -> Nullable<Integer>,
        after_parents_value -> Integer,
        value_of_that -> Integer,
        after_null -> Nullable<Integer>,
        value_of_relation -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

const TABLES: &str = "
    CREATE TABLE parents (id INTEGER PRIMARY KEY NOT NULL, computed INTEGER NOT NULL, raised INTEGER NOT NULL,
                          drawn INTEGER NOT NULL);
    CREATE TABLE rows (
        id INTEGER PRIMARY KEY NOT NULL, after_after_value INTEGER NOT NULL, value_of_after_value INTEGER NOT NULL,
        after_value INTEGER NOT NULL, value_of_after INTEGER NOT NULL, after_after INTEGER NOT NULL,
        after_drawn INTEGER NOT NULL, value_of_drawn INTEGER NOT NULL, value_of_value INTEGER NOT NULL,
        drawn INTEGER NOT NULL, parent_id INTEGER REFERENCES parents (id), after_parents_value INTEGER NOT NULL,
        value_of_that INTEGER NOT NULL, after_null INTEGER, value_of_relation INTEGER NOT NULL,
        created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL
    );
";

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = parents)]
struct Parent {
    id: i32,
    #[seed(value = raised + 1)]
    computed: i32,
    #[seed(range = 1..=1_000, after = drawn)]
    raised: i32,
    #[seed(range = 1..=1_000)]
    drawn: i32,
}

#[derive(Queryable, Selectable, Seedable)]
#[seed(count = 200)]
struct Row {
    id: i32,
    #[seed(range = 1..=10_000, after = value_of_after_value)]
    after_after_value: i32,
    #[seed(value = after_value + value_of_after)]
    value_of_after_value: i32,
    #[seed(range = 1..=3_000, after = value_of_after)]
    after_value: i32,
    #[seed(value = after_after + 1)]
    value_of_after: i32,
    #[seed(range = 1..=1_000, after = after_drawn)]
    after_after: i32,
    #[seed(range = 1..=1_000, after = drawn)]
    after_drawn: i32,
    #[seed(value = drawn * 2)]
    value_of_drawn: i32,
    #[seed(value = value_of_drawn + value_of_after_value)]
    value_of_value: i32,
    #[seed(range = 1..=1_000)]
    drawn: i32,
    #[seed(references = parents::id, null = 0.3)]
    parent_id: Option<i32>,
    #[seed(range = 1..=2_000, after = parents::computed)]
    after_parents_value: i32,
    #[seed(value = after_parents_value - 1)]
    value_of_that: i32,
    #[seed(range = 1..=10_000, after = value_of_that, null = 0.5)]
    after_null: Option<i32>,
    #[seed(value = parent_id.unwrap_or(-1))]
    value_of_relation: i32,
    // What follows without being told, told the other way round.
    #[seed(value = updated_at - Duration::days(1))]
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[test]
fn each_follows_from_what_it_names() {
    let mut conn = database(TABLES);
    seed(&mut conn, models![Row, Parent]).run().unwrap();
    let parents: Vec<Parent> = parents::table.select(Parent::as_select()).order(parents::id).load(&mut conn).unwrap();
    assert!(parents.iter().all(|parent| parent.raised >= parent.drawn && parent.computed == parent.raised + 1));
    let rows: Vec<Row> = rows::table.select(Row::as_select()).load(&mut conn).unwrap();
    for row in &rows {
        assert!(row.after_drawn >= row.drawn && row.after_after >= row.after_drawn);
        assert_eq!((row.value_of_drawn, row.value_of_after), (row.drawn * 2, row.after_after + 1));
        assert!(row.after_value >= row.value_of_after);
        assert_eq!(row.value_of_after_value, row.after_value + row.value_of_after);
        assert!(row.after_after_value >= row.value_of_after_value);
        assert_eq!(row.value_of_value, row.value_of_drawn + row.value_of_after_value);
        let parent = row.parent_id.map(|id| &parents[id as usize - 1]);
        assert!(
            parent
                .is_none_or(|parent| row.after_parents_value >= parent.computed && parent.id == row.value_of_relation)
        );
        assert!(parent.is_some() || row.value_of_relation == -1);
        assert_eq!(row.value_of_that, row.after_parents_value - 1);
        assert!(row.after_null.is_none_or(|after| after >= row.value_of_that));
        assert_eq!(row.created_at + Duration::days(1), row.updated_at);
    }
    assert_eq!(rows.iter().map(|row| row.id).max(), Some(200));
    assert!(rows.iter().any(|row| row.after_null.is_some()) && rows.iter().any(|row| row.parent_id.is_none()));
}

#[test]
fn the_plan_has_the_models_own_words() {
    let said = |name: &str| Row::define().column(name).and_then(|column| column.said);
    assert_eq!(said("drawn"), Some("range = 1..=1_000"));
    assert_eq!(said("created_at"), Some("value = updated_at - Duration::days(1)"));
    assert_eq!(said("updated_at"), None);
}

mod newtypes {
    //! The order is that of the value inside.

    use diesel::backend::Backend;
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Timestamp;

    use super::*;

    diesel::table! {
        orders (id) { id -> Integer, created_at -> Timestamp, updated_at -> Timestamp, shipped_at -> Timestamp }
    }
    diesel::table! {
        items (id) { id -> Integer, order_id -> Integer, created_at -> Timestamp, deleted_at -> Nullable<Timestamp> }
    }

    #[derive(Debug, Clone, Seedable)]
    struct At<T>(T);

    #[derive(Debug, Clone, Seedable)]
    struct Stamp(At<NaiveDateTime>);

    /// What cannot be taken apart is a newtype all the same.
    impl Drop for Stamp {
        fn drop(&mut self) {}
    }

    impl<DB: Backend, T: ToSql<Timestamp, DB>> ToSql<Timestamp, DB> for At<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    impl<DB: Backend> ToSql<Timestamp, DB> for Stamp
    where
        NaiveDateTime: ToSql<Timestamp, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    #[derive(Seedable)]
    #[diesel(table_name = orders)]
    #[seed(count = 500)]
    #[allow(dead_code, reason = "the rows are read as what the database holds")]
    struct Order {
        id: i32,
        created_at: Stamp,
        updated_at: Stamp,
        shipped_at: Stamp,
    }

    #[derive(Seedable)]
    #[diesel(table_name = items)]
    #[allow(dead_code, reason = "the rows are read as what the database holds")]
    struct Item {
        id: i32,
        #[seed(references = orders::id, with = 1)]
        order_id: i32,
        created_at: Stamp,
        deleted_at: Option<Stamp>,
    }

    diesel::joinable!(items -> orders (order_id));
    diesel::allow_tables_to_appear_in_same_query!(items, orders);

    #[test]
    fn a_newtype_keeps_the_order_of_its_row_and_of_its_parent() {
        let mut conn = database(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, \
                                  shipped_at TIMESTAMP NOT NULL); \
             CREATE TABLE items (id INTEGER PRIMARY KEY NOT NULL, order_id INTEGER NOT NULL REFERENCES orders (id), \
                                 created_at TIMESTAMP NOT NULL, deleted_at TIMESTAMP);",
        );
        seed(&mut conn, models![Order, Item]).run().unwrap();
        type Times = (NaiveDateTime, NaiveDateTime, NaiveDateTime, NaiveDateTime, Option<NaiveDateTime>);
        let times = (orders::created_at, orders::updated_at, orders::shipped_at, items::created_at, items::deleted_at);
        let rows: Vec<Times> = items::table.inner_join(orders::table).select(times).load(&mut conn).unwrap();
        assert_eq!(rows.len(), 500);
        for (created, updated, shipped, item, deleted) in rows {
            assert!(
                updated >= created && shipped >= created && item >= created,
                "{created} {updated} {shipped} {item}"
            );
            assert!(deleted.is_none_or(|deleted| deleted >= item), "{item} {deleted:?}");
        }
    }
}
