//! Enums: stored as text, as numbers, by `diesel-derive-enum`; weighted, unique, optional, in newtypes and lists.

use std::collections::{BTreeMap, BTreeSet};

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{SmallInt, Text};
use diesel::sqlite::Sqlite;
use seed_diesel::{Models, Seedable, models, seed};

use super::database;

diesel::table! {
    users (id) {
        id -> Integer,
        role -> Text,
        level -> SmallInt,
        former_role -> Nullable<Text>,
        wrapped -> Text,
        by_derive -> crate::enums::by_derive::MoodMapping,
    }
}
diesel::table! { roles (id) { id -> Integer, role -> Text } }
diesel::table! { teams (id) { id -> Integer, levels -> Array<SmallInt>, spare -> Array<Nullable<SmallInt>> } }

const TABLES: &str = "
    CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, role TEXT NOT NULL, level SMALLINT NOT NULL, former_role TEXT,
                        wrapped TEXT NOT NULL, by_derive TEXT NOT NULL);
    CREATE TABLE roles (id INTEGER PRIMARY KEY NOT NULL, role TEXT NOT NULL UNIQUE);
";

/// Stored as text by hand. It is neither `Copy` nor `Default`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = Text)]
enum Role {
    #[seed(weight = 6)]
    Member,
    #[seed(weight = 2.0)]
    r#Moderator,
    Admin {},
    #[seed(weight = 0)]
    Founder(),
}

impl Role {
    const NAMES: [(&str, Role); 4] = [
        ("member", Role::Member),
        ("moderator", Role::Moderator),
        ("admin", Role::Admin {}),
        ("founder", Role::Founder()),
    ];

    fn name(&self) -> &'static str {
        Role::NAMES.iter().find(|(_, role)| role == self).expect("every role has a name").0
    }
}

impl<DB: Backend> ToSql<Text, DB> for Role
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.name().to_sql(out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for Role
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Role> {
        let name = String::from_sql(bytes)?;
        let role = Role::NAMES.into_iter().find(|(other, _)| *other == name);
        role.map(|(_, role)| role).ok_or_else(|| format!("no role `{name}`").into())
    }
}

const RARELY: f64 = 0.001;

/// Stored as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = SmallInt)]
#[repr(i16)]
enum Level {
    Easy = -1,
    Hard = 300,
    #[seed(weight = RARELY)]
    Impossible = 1_000,
}

impl ToSql<SmallInt, Sqlite> for Level {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(i32::from(*self as i16));
        Ok(IsNull::No)
    }
}

impl ToSql<SmallInt, Pg> for Level {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<SmallInt, Pg>::to_sql(&(*self as i16), &mut out.reborrow())
    }
}

impl<DB: Backend> FromSql<SmallInt, DB> for Level
where
    i16: FromSql<SmallInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Level> {
        let number = i16::from_sql(bytes)?;
        let level = [Level::Easy, Level::Hard, Level::Impossible].into_iter().find(|level| *level as i16 == number);
        level.ok_or_else(|| format!("no level {number}").into())
    }
}

#[allow(deprecated, reason = "`diesel-derive-enum` writes it")]
mod by_derive {
    use super::*;

    /// Stored by `diesel-derive-enum`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, diesel_derive_enum::DbEnum, Seedable)]
    #[db_enum(value_style = "snake_case")]
    pub(crate) enum Mood {
        Glad,
        VerySad,
    }
}
use by_derive::Mood;

/// A newtype of whatever has a value.
#[derive(Debug, Clone, AsExpression, FromSqlRow, Seedable)]
#[diesel(sql_type = Text)]
struct Wrapped<T: std::fmt::Debug>(T);

impl<DB: Backend, T: std::fmt::Debug + ToSql<Text, DB>> ToSql<Text, DB> for Wrapped<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend, T: std::fmt::Debug + FromSql<Text, DB>> FromSql<Text, DB> for Wrapped<T> {
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Wrapped<T>> {
        T::from_sql(bytes).map(Wrapped)
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[seed(count = 2_000)]
struct User {
    id: i32,
    role: Role,
    level: Level,
    #[seed(null = 0.5)]
    former_role: Option<Role>,
    wrapped: Wrapped<Role>,
    by_derive: Mood,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = roles)]
#[seed(count = 3)]
struct Named {
    id: i32,
    #[seed(unique)]
    role: Role,
}

#[derive(Seedable)]
struct Team {
    id: i32,
    levels: Vec<Level>,
    spare: Vec<Option<Level>>,
}

#[test]
fn variants_come_as_often_as_they_weigh() {
    let mut conn = database(TABLES);
    seed(&mut conn, models![User]).run().unwrap();
    let users: Vec<User> = users::table.select(User::as_select()).load(&mut conn).unwrap();
    let mut counts = BTreeMap::new();
    for user in &users {
        *counts.entry(user.role.clone()).or_insert(0) += 1;
        assert!(user.wrapped.0 != Role::Founder());
    }
    assert_eq!(
        BTreeSet::from_iter(users.iter().map(|user| user.by_derive)),
        BTreeSet::from([Mood::Glad, Mood::VerySad])
    );
    let shares = [(Role::Member, 6), (Role::Moderator, 2), (Role::Admin {}, 1)];
    assert_eq!(counts.len(), shares.len());
    for (role, weight) in shares {
        let (count, expected) = (counts[&role], 2_000 * weight / 9);
        assert!((expected - 80..=expected + 80).contains(&count), "{role:?}: {count} of about {expected}");
    }
    assert!(users.iter().filter(|user| user.level == Level::Impossible).count() < 20);
    let former = users.iter().filter(|user| user.former_role.is_some()).count();
    assert!((900..1_100).contains(&former), "{former}");
}

#[test]
fn a_unique_column_takes_each_variant_once() {
    let mut conn = database(TABLES);
    seed(&mut conn, models![Named]).run().unwrap();
    let roles: Vec<Role> = roles::table.select(roles::role).load(&mut conn).unwrap();
    assert_eq!(BTreeSet::from_iter(roles), BTreeSet::from([Role::Member, Role::Moderator, Role::Admin {}]));

    let mut conn = database(TABLES);
    let error = seed(&mut conn, models![Named]).refine::<Named>(|t| t.count(4)).run().unwrap_err().to_string();
    assert!(error.contains("roles.role") && error.contains('3') && error.contains('4'), "{error}");
}

#[test]
fn a_fixture_takes_a_variant() {
    let mut conn = database(TABLES);
    let user = User::seeder().role(Role::Founder()).former_role(Role::Member).seed_one(&mut conn).unwrap();
    assert_eq!((user.role, user.former_role, user.id), (Role::Founder(), Some(Role::Member), 1));
}

#[test]
fn a_list_of_variants_is_a_value() {
    let of_postgresql: Models<Pg> = models![Team];
    assert_eq!(of_postgresql.len(), 1);
}
