//! The models of the cases that the game is too plain for. The SQL of their tables stands in the
//! cases.

use diesel::prelude::*;
use seed_diesel::Seedable;

diesel::table! {
    teams (id) {
        id -> Integer,
        #[max_length = 30]
        name -> Varchar,
    }
}

diesel::table! {
    members (id) {
        id -> Integer,
        team_id -> Nullable<Integer>,
        mentor_id -> Nullable<Integer>,
        #[max_length = 40]
        name -> Varchar,
    }
}

diesel::table! {
    nodes (id) {
        id -> Integer,
        parent_id -> Integer,
    }
}

diesel::table! {
    badges (id) {
        id -> Integer,
        member_id -> Integer,
        #[max_length = 20]
        colour -> Varchar,
    }
}

diesel::table! {
    fixtures (id) {
        id -> Integer,
        home_id -> Integer,
        guest_id -> Integer,
    }
}

diesel::table! {
    accounts (id) {
        id -> Integer,
        team_id -> Integer,
        age -> Integer,
        #[max_length = 20]
        city -> Varchar,
        #[max_length = 40]
        secret -> Varchar,
        #[max_length = 40]
        note -> Varchar,
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = teams)]
pub struct Team {
    pub id: i32,
    pub name: String,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = members)]
#[seed(count = 200)]
pub struct Member {
    pub id: i32,
    #[seed(references = teams::id, null = 0.5)]
    pub team_id: Option<i32>,
    #[seed(references = members::id)]
    pub mentor_id: Option<i32>,
    pub name: String,
}

/// Each has a parent: an earlier one, or itself.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = nodes)]
#[seed(count = 50)]
pub struct Node {
    pub id: i32,
    #[seed(references = nodes::id)]
    pub parent_id: i32,
}

/// One for each of some members.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = badges)]
#[seed(count = 150)]
pub struct Badge {
    pub id: i32,
    #[seed(references = members::id, unique)]
    pub member_id: i32,
    pub colour: String,
}

/// Two relations to the same table.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = fixtures)]
pub struct Match {
    pub id: i32,
    #[seed(references = teams::id, with = 3)]
    pub home_id: i32,
    #[seed(references = teams::id)]
    pub guest_id: i32,
}

/// Every row has a city that some other row has, too.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = accounts)]
#[seed(count = 20)]
pub struct Account {
    pub id: i32,
    #[seed(references = teams::id)]
    pub team_id: i32,
    #[seed(range = 1..=99)]
    pub age: i32,
    #[seed(values = ["Rome", "Oslo"])]
    pub city: String,
    #[seed(values = ["a bound value"])]
    pub secret: String,
    pub note: String,
}

/// Leaves `note` to the database.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = accounts)]
pub struct AccountWithoutNote {
    pub id: i32,
    #[seed(references = teams::id)]
    pub team_id: i32,
    pub age: i32,
    pub city: String,
    #[seed(values = ["a bound value"])]
    pub secret: String,
}

/// Has an expression that fails in one row.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = accounts)]
pub struct AccountThatPanics {
    pub id: i32,
    #[seed(references = teams::id)]
    pub team_id: i32,
    #[seed(value = if row < 7 { 30 } else { panic!("no age for row {row}") })]
    pub age: i32,
    pub city: String,
    pub secret: String,
    pub note: String,
}

diesel::table! {
    /// Every name is a word of SQL, or holds the quotes of all databases.
    #[sql_name = "order"]
    orders (id) {
        #[sql_name = "select"]
        id -> Integer,
        #[sql_name = "type"]
        #[max_length = 20]
        kind -> Varchar,
        #[sql_name = "a \"quoted\" `name`"]
        quoted -> Integer,
    }
}

diesel::table! {
    #[sql_name = "line's \"of\" `an` order"]
    lines (group) {
        group -> Integer,
        order_id -> Integer,
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = orders)]
pub struct Order {
    pub id: i32,
    #[diesel(column_name = kind)]
    #[seed(values = ["paid", "open"])]
    pub r#type: String,
    #[seed(range = 1..=9)]
    pub quoted: i32,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = lines, primary_key(group))]
pub struct Line {
    pub group: i32,
    #[seed(references = orders::id, with = 2)]
    pub order_id: i32,
}

/// A table in a schema.
pub(crate) mod accounts_schema {
    diesel::table! {
        accounts.users (id) {
            id -> Integer,
            #[max_length = 20]
            username -> Varchar,
        }
    }
    diesel::table! {
        accounts.logins (id) {
            id -> Integer,
            user_id -> Integer,
        }
    }
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = accounts_schema::users)]
pub struct SchemaUser {
    pub id: i32,
    #[seed(unique)]
    pub username: String,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = accounts_schema::logins)]
pub struct SchemaLogin {
    pub id: i32,
    #[seed(references = accounts_schema::users::id, with = 3)]
    pub user_id: i32,
}
