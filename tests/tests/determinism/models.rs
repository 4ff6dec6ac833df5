//! A column of each type that the three databases share, and a model that grows.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use seed_diesel::Seedable;

diesel::table! {
    samples (id) {
        id -> BigInt,
        small -> SmallInt,
        big -> BigInt,
        single_rate -> Float,
        double_amount -> Double,
        active -> Bool,
        day -> Date,
        hour -> Time,
        created_at -> Timestamp,
        updated_at -> Nullable<Timestamp>,
        #[max_length = 12]
        code -> Varchar,
        body -> Text,
        digest -> Binary,
    }
}

diesel::table! {
    writers (id) {
        id -> Integer,
        #[max_length = 60]
        name -> Varchar,
    }
}

diesel::table! {
    notes (id) {
        id -> Integer,
        #[max_length = 60]
        title -> Varchar,
        writer_id -> Nullable<Integer>,
        #[max_length = 60]
        subtitle -> Nullable<Varchar>,
    }
}

#[derive(Debug, Queryable, Selectable, Seedable)]
#[diesel(table_name = samples)]
#[seed(count = 20)]
pub struct Sample {
    pub id: i64,
    #[seed(range = -32_768..=32_767)]
    pub small: i16,
    #[seed(range = -9_223_372_036_854_775_808..=9_223_372_036_854_775_807)]
    pub big: i64,
    pub single_rate: f32,
    pub double_amount: f64,
    pub active: bool,
    pub day: NaiveDate,
    pub hour: NaiveTime,
    pub created_at: NaiveDateTime,
    #[seed(null = 0.5)]
    pub updated_at: Option<NaiveDateTime>,
    #[seed(unique)]
    pub code: String,
    #[seed(value = format!("row {row}: {code}, naïve café, 日本, 🦀"))]
    pub body: String,
    pub digest: Vec<u8>,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = writers)]
pub struct Writer {
    pub id: i32,
    pub name: String,
}

#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = notes)]
#[seed(count = 50)]
pub struct Note {
    pub id: i32,
    pub title: String,
    #[seed(references = writers::id)]
    pub writer_id: Option<i32>,
}

/// The same table later: one column more, in the middle.
#[derive(Queryable, Selectable, Seedable)]
#[diesel(table_name = notes)]
#[seed(count = 50)]
pub struct NoteWithSubtitle {
    pub id: i32,
    pub subtitle: Option<String>,
    pub title: String,
    #[seed(references = writers::id)]
    pub writer_id: Option<i32>,
}
