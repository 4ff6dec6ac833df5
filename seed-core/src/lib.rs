//! What to make: every value is a pure function of (seed, table, column, row).
//!
//! Nothing is drawn "after" anything else. Row 17 of `users` can be made alone, without rows 0 to
//! 16, on any thread and on any machine; a foreign key is computed, not looked up; a unique column
//! is a keyed permutation of a value space, so no retry and no set is ever needed.
//!
//! ```
//! use seed_core::{Cell, Domain, Generator, Key, int};
//!
//! let column = Key::seed(42).child("sessions").child("duration");
//! let seconds = int::<i32>(60..=7_200);
//!
//! // Row 17, and nothing before it.
//! let cell = Cell { table: Key::seed(42).child("sessions"), column, row: 17 };
//! assert_eq!(seconds.value(&cell), 484);
//!
//! // Unique: row -> index is a bijection, so the first 7,141 rows are all different.
//! assert_eq!(seconds.size(), 7_141);
//! assert_eq!(seconds.nth(seconds.index(&cell)), 1_518);
//! ```
//!
//! This crate knows no Diesel, no macro and no I/O. `seed-diesel` is what applications use.
//!
//! # Features
//!
//! Types of other crates as values, each by the feature of its crate's name:
//!
//! - `bigdecimal`, `rust_decimal`: decimals.
//! - `chrono` (default), `jiff`, `time`: dates, times and timestamps; of `chrono` also lengths of time.
//! - `ipnet`, `ipnetwork`: addresses of machines and networks.
//! - `serde_json`: JSON, and [`json()`], which makes it of other generators.
//! - `uuid`: UUIDs.
//!
//! # Where things are
//!
//! - [`Key`], [`Cell`], [`Stream`]: from a name to random numbers.
//! - [`Generator`], [`Domain`], [`permute`]: from random numbers to values; [`generators`] has all of them.
//! - [`Value`], [`infer`]: from a column's name and type to a generator.
//! - [`TableDef`], [`Plan`], [`With`]: from models to row counts and parents.
//! - [`Builder`], [`Column`]: from a plan to columns that can be asked for any row.

#![forbid(unsafe_code)]

mod after;
mod bounds;
mod builder;
mod calendar;
mod catalogue;
mod cell;
mod column;
mod combination;
mod country;
mod def;
mod error;
mod fan_out;
mod gender;
mod generator;
pub mod generators;
pub mod infer;
mod language;
mod locale;
mod made;
mod memo;
mod nearest;
mod overrides;
mod permutation;
mod person;
mod place;
mod plan;
mod range;
mod shard;
mod spread;
mod stream;
mod text;
mod uuid;
mod value;
mod words;

pub use crate::after::{Raise, raise, raise_as};
pub use crate::bounds::{Bounds, Step};
pub use crate::builder::{Builder, Descriptions};
pub use crate::calendar::{Anchor, Calendar};
pub use crate::catalogue::{Database, Deferral, ForeignKey};
pub use crate::cell::{Cell, Key};
pub use crate::column::Column;
pub use crate::combination::Combination;
pub use crate::def::{ColumnDef, DEFAULT_COUNT, DEFAULT_NULL, RelationDef, TableDef, Tree};
pub use crate::error::{Error, Errors};
pub use crate::fan_out::{Children, Share, With};
pub use crate::generator::{
    BoxGenerator, Countable, Domain, Generator, Given, Map, Serial, constant, domain, given, serial,
};
pub use crate::generators::bits::{Bits, bits};
pub use crate::generators::chance::{Chance, chance};
pub use crate::generators::choice::{Choice, Weighted, values, weighted};
pub use crate::generators::decimal::{Decimal, Decimals, decimal};
pub use crate::generators::distribution::{Distribution, exponential, log_normal, normal};
pub use crate::generators::faker::{Faked, fake};
pub use crate::generators::float::{Float, FloatRange, float};
pub use crate::generators::interval::{TimeLength, interval};
#[cfg(feature = "serde_json")]
pub use crate::generators::json::{Template, json};
pub use crate::generators::list::{List, array};
pub use crate::generators::moment::{Around, future, past, recent};
pub use crate::generators::number::Number;
pub use crate::generators::one_of::{OneOf, Weight, one_of, weight};
pub use crate::generators::optional::{Optional, optional};
pub use crate::generators::pattern::{Pattern, pattern};
pub use crate::generators::point::{Line, Point, line, point};
pub use crate::generators::sequence::{Sequence, sequence};
pub use crate::generators::texts::Text;
pub use crate::generators::variants::{Variants, variants};
pub use crate::generators::vector::{Vector, vector};
pub use crate::generators::workday::{Weekdays, business_hours, weekdays};
pub use crate::generators::zipf::{Zipf, zipf};
pub use crate::locale::Locale;
pub use crate::made::MadeRows;
pub use crate::nearest::nearest;
pub use crate::overrides::{Overrides, TableOverrides};
pub use crate::permutation::permute;
pub use crate::place::Coordinate;
pub use crate::plan::{Parents, Plan, Relation, Rows, Stage, TablePlan, When};
pub use crate::range::{Integer, IntoBounds, Literal, Ordinal, Range, Ranged, int, range};
pub use crate::shard::Shard;
pub use crate::stream::Stream;
pub use crate::value::{Days, Fixed, Hint, Kind, Seconds, TimeOfDay, Value};
#[cfg(feature = "uuid")]
pub use crate::value::{UuidV4, UuidV7, uuid_v4, uuid_v7};
