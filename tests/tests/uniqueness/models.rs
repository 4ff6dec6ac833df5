//! The models of the cases, and the SQL of their tables.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use seed_diesel::Seedable;

diesel::table! {
    users (id) {
        id -> Integer,
        #[max_length = 40]
        name -> Varchar,
    }
}

diesel::table! {
    groups (id) {
        id -> Integer,
        #[max_length = 40]
        name -> Varchar,
    }
}

diesel::table! {
    members (user_id, group_id) {
        user_id -> Integer,
        group_id -> Integer,
        joined_on -> Date,
    }
}

diesel::table! {
    grants (id) {
        id -> Integer,
        user_id -> Integer,
        group_id -> Integer,
        role_id -> Integer,
    }
}

diesel::table! {
    bookings (id) {
        id -> Integer,
        user_id -> Integer,
        group_id -> Integer,
        slot -> Integer,
    }
}

diesel::table! {
    lines (user_id, line) {
        user_id -> Integer,
        line -> Integer,
        quantity -> Integer,
    }
}

diesel::table! {
    seats (id) {
        id -> Integer,
        line -> Integer,
        #[max_length = 1]
        letter -> Varchar,
        #[max_length = 40]
        holder -> Varchar,
    }
}

diesel::table! {
    texts (id) {
        id -> Integer,
        #[max_length = 60]
        username -> Varchar,
        #[max_length = 60]
        email -> Varchar,
        #[max_length = 60]
        full_name -> Varchar,
        #[max_length = 60]
        company -> Varchar,
        #[max_length = 60]
        title -> Varchar,
        #[max_length = 60]
        label -> Varchar,
        #[max_length = 60]
        city -> Varchar,
        #[max_length = 60]
        street -> Varchar,
        #[max_length = 60]
        description -> Varchar,
        #[max_length = 60]
        sku -> Varchar,
        #[max_length = 60]
        token -> Varchar,
        #[max_length = 60]
        phone -> Varchar,
    }
}

diesel::table! {
    moments (id) {
        id -> Integer,
        real -> Float,
        double -> Double,
        price -> Double,
        day -> Date,
        hour -> Time,
        moment -> Timestamp,
    }
}

/// All tables, but for what differs from database to database.
pub(crate) const TABLES: &str = "
    CREATE TABLE users (id SERIAL PRIMARY KEY, name VARCHAR(40) NOT NULL);
    CREATE TABLE \"groups\" (id SERIAL PRIMARY KEY, name VARCHAR(40) NOT NULL);
    CREATE TABLE members (user_id INTEGER NOT NULL, group_id INTEGER NOT NULL, joined_on DATE NOT NULL,
        PRIMARY KEY (user_id, group_id),
        FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (group_id) REFERENCES \"groups\" (id));
    CREATE TABLE grants (id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL, group_id INTEGER NOT NULL, role_id INTEGER NOT NULL,
        UNIQUE (user_id, group_id, role_id),
        FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (group_id) REFERENCES \"groups\" (id));
    CREATE TABLE bookings (id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL, group_id INTEGER NOT NULL, slot INTEGER NOT NULL,
        UNIQUE (group_id, slot), UNIQUE (user_id, slot),
        FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (group_id) REFERENCES \"groups\" (id));
    CREATE TABLE \"lines\" (user_id INTEGER NOT NULL, line INTEGER NOT NULL, quantity INTEGER NOT NULL,
        PRIMARY KEY (user_id, line), FOREIGN KEY (user_id) REFERENCES users (id));
    CREATE TABLE seats (id SERIAL PRIMARY KEY, line INTEGER NOT NULL, letter VARCHAR(1) NOT NULL,
        holder VARCHAR(40) NOT NULL, UNIQUE (line, letter));";

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = users)]
#[seed(count = 40)]
pub struct User {
    pub id: i32,
    pub name: String,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = groups)]
#[seed(count = 6)]
pub struct Group {
    pub id: i32,
    pub name: String,
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(table_name = members, primary_key(user_id, group_id))]
pub struct Member {
    #[seed(references = users::id, with = 0..=6)]
    pub user_id: i32,
    #[seed(references = groups::id)]
    pub group_id: i32,
    pub joined_on: NaiveDate,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = grants)]
#[seed(count = 480, unique(user_id, group_id, role_id))]
pub struct Grant {
    pub id: i32,
    #[seed(references = users::id)]
    pub user_id: i32,
    #[seed(references = groups::id)]
    pub group_id: i32,
    #[seed(values = [1, 2])]
    pub role_id: i32,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = bookings)]
#[seed(count = 120, unique(group_id, slot), unique(user_id, slot))]
#[allow(clippy::duplicated_attributes, reason = "a column of two groups")]
pub struct Booking {
    pub id: i32,
    #[seed(references = users::id)]
    pub user_id: i32,
    #[seed(references = groups::id)]
    pub group_id: i32,
    #[seed(range = 1..=20)]
    pub slot: i32,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = lines, primary_key(user_id, line))]
pub struct Line {
    #[seed(references = users::id, with = 1..=4)]
    pub user_id: i32,
    pub line: i32,
    pub quantity: i32,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = seats)]
#[seed(count = 180, unique(line, letter))]
pub struct Seat {
    pub id: i32,
    #[seed(range = 1..=30)]
    pub line: i32,
    #[seed(values = ["A", "B", "C", "D", "E", "F"])]
    pub letter: String,
    pub holder: String,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = texts)]
#[seed(count = 10_000)]
pub struct Text {
    pub id: i32,
    #[seed(unique)]
    pub username: String,
    #[seed(unique)]
    pub email: String,
    #[seed(unique)]
    pub full_name: String,
    #[seed(unique)]
    pub company: String,
    #[seed(unique)]
    pub title: String,
    #[seed(unique)]
    pub label: String,
    #[seed(unique)]
    pub city: String,
    #[seed(unique)]
    pub street: String,
    #[seed(unique)]
    pub description: String,
    #[seed(unique)]
    pub sku: String,
    #[seed(unique)]
    pub token: String,
    #[seed(unique)]
    pub phone: String,
}

/// A price is written to a `NUMERIC` as well, from which no `f64` is read: the model is for writing.
#[derive(Seedable)]
#[diesel(table_name = moments)]
#[seed(count = 20_000)]
pub struct Moment {
    pub id: i32,
    #[seed(unique, range = 0.0..=1.0)]
    pub real: f32,
    #[seed(unique, range = -1.0..=1.0)]
    pub double: f64,
    #[seed(unique)]
    pub price: f64,
    #[seed(unique, range = "1950-01-01"..="2020-12-31")]
    pub day: NaiveDate,
    #[seed(unique)]
    pub hour: NaiveTime,
    #[seed(unique)]
    pub moment: NaiveDateTime,
}
