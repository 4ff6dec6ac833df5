//! Fill a database with realistic, related, reproducible rows.
//!
//! A relation always points from child to parent. Every value is a pure function of (seed, table,
//! column, row), so a run is reproducible, unique columns are unique by construction, and a new
//! column or table changes no other cell.
//!
//! ```
//! use diesel::prelude::*;
//! use seed_diesel::{Seedable, models, seed};
//!
//! mod schema {
//!     diesel::table! {
//!         users (id) {
//!             id -> Integer,
//!             #[max_length = 20]
//!             username -> Varchar,
//!         }
//!     }
//!     diesel::table! {
//!         sessions (id) {
//!             id -> Integer,
//!             user_id -> Integer,
//!             duration -> Integer,
//!         }
//!     }
//! }
//! use schema::{sessions, users};
//!
//! #[derive(Queryable, Selectable, Seedable)]
//! #[diesel(table_name = users)]
//! #[seed(count = 12)]
//! struct User {
//!     id: i32,
//!     #[seed(unique)]
//!     username: String,
//! }
//!
//! #[derive(Queryable, Selectable, Seedable)]
//! #[diesel(table_name = sessions)]
//! struct Session {
//!     id: i32,
//!     #[seed(references = users::id, with = 5)]
//!     user_id: i32,
//!     #[seed(range = 60..=7_200)]
//!     duration: i32,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut conn = SqliteConnection::establish(":memory:")?;
//! # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
//! #     CREATE TABLE users (id INTEGER PRIMARY KEY NOT NULL, username VARCHAR(20) UNIQUE NOT NULL);
//! #     CREATE TABLE sessions (id INTEGER PRIMARY KEY NOT NULL, user_id INTEGER NOT NULL REFERENCES users (id),
//! #                            duration INTEGER NOT NULL);")?;
//! let report = seed(&mut conn, models![User, Session]).seed(42).run()?;
//! assert_eq!(report.rows("sessions"), 60);
//!
//! let first: String = users::table.select(users::username).order(users::id).first(&mut conn)?;
//! assert_eq!(first, "freeman_leannon");
//!
//! // In a test: as many rows as it needs, with the parents they need.
//! let session = Session::seeder().duration(90).seed_one(&mut conn)?;
//! assert_eq!(session.duration, 90);
//! # Ok(())
//! # }
//! ```
//!
//! # Where to begin
//!
//! - [`Seedable`], the derive: all attributes.
//! - [`main!`]: the binary that seeds a development database.
//! - [`seed()`]: the same in code.
//! - [`cli`]: the options of that binary, and how several processes load one run.
//! - [`Seedable::seed_many`]: fixtures for tests.
//! - [`Seedable::with`]: rows read with their children.
//! - [`infer`]: what is made for a column that nothing is said of.
//! - [`types`]: the SQL types and Rust types that this covers.
//! - [`generators`]: what can be made otherwise.
//!
//! # Features
//!
//! - `postgres`, `mysql`, `sqlite`: the databases, as Diesel names them.
//! - `cli` (default): the command line behind [`main!`].
//!
//! Types of other crates, each by the feature of its crate's name; a model that uses one of them needs no attribute for it
//! (see [`types`]):
//!
//! - `bigdecimal`, `rust_decimal`: decimals.
//! - `chrono` (default), `jiff` (with `jiff-diesel`), `time`: dates, times and timestamps; of `chrono` also intervals.
//! - `ipnet`, `ipnetwork`: addresses of machines and networks.
//! - `serde_json`: JSON.
//! - `uuid`: UUIDs.

#![forbid(unsafe_code)]

#[cfg(feature = "cli")]
#[cfg_attr(
    not(any(feature = "mysql", feature = "postgres", feature = "sqlite")),
    allow(dead_code, reason = "the backends read their URLs")
)]
mod address;
mod append;
mod aside;
mod backend;
mod blocks;
mod bulk;
mod catalogue;
mod checks;
#[cfg(feature = "cli")]
pub mod cli;
mod column;
mod commit;
mod error;
mod fixture;
mod held;
mod identity;
mod insert;
mod labels;
mod late;
mod ledger;
mod load;
mod lock;
mod models;
mod others;
mod outside;
mod part;
mod probe;
mod protect;
mod read;
mod read_back;
mod rebuild;
mod refine;
mod refused;
mod relations;
mod report;
mod reset;
mod run;
mod seedable;
mod setup;
mod sql;
mod statement;
mod steps;
pub mod types;

#[doc(hidden)]
pub mod __private;

pub use crate::backend::{Dialect, SeedConnection};
pub use crate::error::{Error, Violation};
pub use crate::fixture::Fixture;
pub use crate::models::Models;
pub use crate::others::Blocker;
pub use crate::read::{Children, LoadWith, Parent, ReadAlong, ReadWith, Reading, References, RelationDsl};
pub use crate::rebuild::RebuildConstraints;
pub use crate::refine::Refine;
pub use crate::refused::RefusedRows;
pub use crate::report::{ConstraintReport, Progress, Report, TableReport};
pub use crate::run::{Seeding, seed};
pub use crate::seedable::{ChildOf, ColumnOf, Load, Seedable};
pub use seed_core::{
    Anchor, BoxGenerator, Calendar, Cell, Choice, Coordinate, Decimal, Domain, Error as PlanError,
    Errors as PlanErrors, FloatRange, ForeignKey, Generator, Hint, Integer, Key, Kind, Literal, Locale, Map, Number,
    Ordinal, Parents, Plan, Range, Ranged, Relation, Rows, Shard, Share, Stage, Stream, TablePlan, TimeLength, Value,
    Weighted, With, constant, domain, fake, float, generators, infer, int, range, serial, values, weighted,
};

#[doc = include_str!("derive.md")]
pub use seed_derive::Seedable;
