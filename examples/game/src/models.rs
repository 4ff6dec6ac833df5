//! One struct per table: Diesel's derives, and `Seedable` beside them.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use seed_diesel::Seedable;

use crate::schema::{levels, scores, sessions, user_profiles, users};

/// A player.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Seedable)]
#[diesel(table_name = users)]
#[seed(count = 12)]
pub struct User {
    pub id: i32,
    pub created_at: NaiveDateTime,
    #[seed(unique)]
    pub username: String,
    #[seed(range = "1960-01-01"..="2007-12-31")]
    pub date_of_birth: NaiveDate,
}

/// What a player is called outside the game: one profile per user.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Associations, Seedable)]
#[diesel(table_name = user_profiles, belongs_to(User))]
pub struct UserProfile {
    pub id: i32,
    #[seed(references = users::id, with = 1)]
    pub user_id: i32,
    pub first_name: String,
    pub last_name: String,
    pub title: String,
}

/// One sitting of a player; `duration` is in seconds, from a minute to two hours.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Associations, Seedable)]
#[diesel(table_name = sessions, belongs_to(User))]
pub struct Session {
    pub id: i32,
    #[seed(references = users::id, with = 5)]
    pub user_id: i32,
    pub created_at: NaiveDateTime,
    #[seed(range = 60..=7_200)]
    pub duration: i32,
}

/// A level of the game, from easy (1) to hard (10).
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Seedable)]
#[diesel(table_name = levels)]
#[seed(count = 5)]
pub struct Level {
    pub id: i32,
    pub name: String,
    #[seed(range = 1..=10)]
    pub difficulty: i32,
}

/// A level played in a session; `time_taken` is in seconds, `accuracy` from 0 to 1.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Associations, Seedable)]
#[diesel(table_name = scores, belongs_to(Session), belongs_to(Level))]
pub struct Score {
    pub id: i32,
    #[seed(references = sessions::id, with = 5)]
    pub session_id: i32,
    #[seed(references = levels::id)]
    pub level_id: i32,
    pub created_at: NaiveDateTime,
    #[seed(range = 0..=10_000)]
    pub score: i32,
    #[seed(range = 5..=600)]
    pub time_taken: i32,
    pub accuracy: f32,
}
