//! Traits of the user's, which every type has, with the names of the methods that are called.

use super::schema::{olds, tagged};

#[allow(dead_code, reason = "nobody is to call them")]
pub(crate) trait Ours: Sized {
    fn map(self) {}
    fn iter(&self) {}
    fn collect(self) {}
    fn extend(&mut self, _: ()) {}
    fn push(&mut self) {}
    fn show(&self) {}
    fn length(&self) {}
    fn draw(&self) {}
    fn value(&self) {}
    fn into(self) {}
    fn clone(&self) {}
    fn as_ref(&self) {}
    fn insert(&self) {}
    fn serial(&self) {}
}
impl<T> Ours for T {}

#[derive(super::Seedable)]
#[diesel(table_name = tagged)]
#[seed(count = 2)]
pub(crate) struct Ourselves {
    pub(crate) id: i32,
    #[seed(fake = FirstName(EN))]
    pub(crate) tag: String,
    pub(crate) weight: Option<i32>,
}

#[derive(super::Seedable)]
#[diesel(table_name = olds)]
#[seed(count = 2)]
pub(crate) struct Outer {
    pub(crate) id: i32,
    #[diesel(embed)]
    pub(crate) inner: Inner,
}

#[derive(super::Seedable)]
#[diesel(table_name = olds)]
pub(crate) struct Inner {
    pub(crate) old: i32,
    pub(crate) older: i32,
}

#[test]
fn traits_of_the_users_may_have_the_same_methods() {
    use super::{database, models, seed};

    let conn = &mut database();
    let report = seed(conn, models![Ourselves, Outer]).run().expect("the run");
    assert_eq!((report.rows("tagged"), report.rows("olds")), (2, 2));
}
