//! `seed_diesel` under another name, and a type that is the user's choice.

use super::schema::tagged;

pub(crate) mod seed_diesel {}

#[derive(super::Queryable, super::Selectable, super::Seedable)]
#[diesel(table_name = tagged)]
#[seed(count = 4, crate = super::renamed)]
pub(crate) struct Tagged<T, DB = i32> {
    pub(crate) id: i32,
    pub(crate) tag: T,
    #[seed(null = 0.0)]
    pub(crate) weight: Option<DB>,
}

#[derive(super::Seedable)]
#[seed(crate = super::renamed)]
pub(crate) struct Wrapped<T>(#[allow(dead_code, reason = "it is only made")] T);

#[test]
fn a_model_may_be_generic_and_seed_diesel_renamed() {
    use super::renamed::Value;
    use super::{QueryDsl, RunQueryDsl, Seedable, SelectableHelper, database, models, seed};

    let conn = &mut database();
    let report = seed(conn, models![Tagged<String>]).run().expect("the run");
    assert_eq!(report.rows("tagged"), 4);
    let rows = tagged::table.select(Tagged::<String>::as_select()).load(conn).expect("rows");
    assert!(rows.iter().all(|row| !row.tag.is_empty() && row.id > 0));
    assert!(rows.iter().all(|row| row.weight.is_some()));
    let row = Tagged::<String>::seeder().tag("mine".to_owned()).seed_one(conn).expect("a row");
    assert_eq!(row.tag, "mine");
    assert_eq!(Wrapped::<i32>::KIND, i32::KIND);
}
