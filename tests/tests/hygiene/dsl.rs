//! `dsl::*` brings a unit struct into scope for each column: a variable cannot have its name.

use super::schema::values;
#[allow(unused_imports, reason = "the names are to be in the way")]
use super::schema::values::dsl::*;

#[derive(super::Seedable)]
#[diesel(table_name = values, primary_key(value))]
#[seed(count = 3)]
pub(crate) struct Values {
    pub(crate) value: i32,
    pub(crate) row: i32,
    pub(crate) rows: Option<String>,
    #[seed(range = 10..=19)]
    pub(crate) column: i32,
    pub(crate) cells: String,
    pub(crate) made: i32,
    pub(crate) build: i32,
    pub(crate) index: i32,
    pub(crate) out: i32,
    pub(crate) connection: i32,
    #[seed(value = 8)]
    pub(crate) serial: i32,
    pub(crate) embedded: i32,
    pub(crate) count: i32,
    pub(crate) hint: String,
    pub(crate) given: i32,
    pub(crate) parents: i32,
    pub(crate) of: i32,
    #[seed(after = column)]
    pub(crate) after: i32,
}

#[test]
fn columns_may_be_in_scope() {
    use super::{QueryDsl, RunQueryDsl, database, models, seed};

    let conn = &mut database();
    let report = seed(conn, models![Values]).run().expect("the run");
    assert_eq!(report.rows("values"), 3);
    // Here as well, no variable can be called as a column is.
    let all = values::table.select((column, serial, after)).load::<(i32, i32, i32)>(conn);
    for (first, eight, later) in all.expect("rows") {
        assert!((10..=19).contains(&first) && eight == 8 && later >= first, "{first} {eight} {later}");
    }
}
