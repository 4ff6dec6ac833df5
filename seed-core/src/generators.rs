//! Every function that makes a generator, in one place: what `generator = …` is written with.
//!
//! ```
//! use seed_core::generators::*;
//!
//! let seconds = int::<i32>(60..=7_200);
//! assert_eq!(seconds.size(), 7_141);
//!
//! let hours = seconds.map(|seconds| f64::from(seconds) / 3_600.0);
//! assert_eq!(hours.domain().map(|hours| hours.nth(7_140)), Some(2.0));
//! ```
//!
//! A column of PostgreSQL's arrays is a `Vec<Option<T>>` as `diesel print-schema` writes it. Its items come of
//! [`optional`], also where none of them is to be missing:
//!
//! ```
//! use seed_core::generators::*;
//! # use seed_core::{Cell, Key};
//! # let posts = Key::seed(42).child("posts");
//! # let cell = Cell { table: posts, column: posts.child("tags"), row: 0 };
//!
//! let tags = array(optional(word(), 0.0), int(1..=3));
//! let made: Vec<Option<String>> = tags.value(&cell);
//! assert_eq!(made, ["brook", "garden"].map(|tag| Some(tag.to_owned())));
//! ```
//!
//! For those who know drizzle-seed, its generators, and what they are here:
//!
//! | drizzle-seed | here |
//! |---|---|
//! | `default` | [`constant`] |
//! | `valuesFromArray` | [`values`], [`weighted`] |
//! | `weightedRandom` | [`one_of`] |
//! | `intPrimaryKey` | [`serial`], [`sequence`] |
//! | `number` | [`decimal`], [`float`] |
//! | `int` | [`int`] |
//! | `boolean` | [`chance`] |
//! | `date`, `time`, `timestamp`, `datetime` | [`range`], [`past`], [`recent`], [`future`], [`weekdays`], [`business_hours`] |
//! | `year` | `int(1996..=2026)` |
//! | `interval` | [`interval`] |
//! | `bitString` | [`bits`] |
//! | `point`, `geometry` | [`point`] |
//! | `line` | [`line()`] |
//! | `vector` | [`vector`] |
//! | `string` | [`pattern`], [`token`] |
//! | `uuid` | [`uuid_v4`], [`uuid_v7`]; in a column of text [`uuid_v4_text`], [`uuid_v7_text`] |
//! | `inet` | inferred, by the type of the address; in a column of text [`ipv4`], [`ipv6`] |
//! | `json` | [`json()`] |
//! | `arraySize` | [`array()`] |
//! | `loremIpsum` | [`sentence`], [`sentences`], [`paragraph`], [`paragraphs`], [`words`] |
//! | `firstName`, `lastName`, `fullName` | [`first_name`], [`last_name`], [`full_name`] |
//! | `email` | [`email`] |
//! | `phoneNumber` | [`phone`]; of a template, [`pattern`] |
//! | `country`, `state`, `city`, `postcode` | [`country`], [`state`], [`city`], [`postcode`] |
//! | `streetAddress` | [`street`] |
//! | `jobTitle` | [`job_title`] |
//! | `companyName` | [`company`] |
//! | (none) | [`latitude`], [`longitude`], [`username`], [`product_name`], [`url`] and other texts below; [`fake()`] |
//! | (none) | [`normal`], [`log_normal`], [`exponential`], [`zipf`], [`optional`] |
//!
//! Each of them that can be counted can be `unique`; [`Generator::map`] makes them the types of your own.

pub(crate) mod bits;
pub(crate) mod chance;
pub(crate) mod choice;
pub(crate) mod decimal;
pub(crate) mod distribution;
pub(crate) mod faker;
pub(crate) mod float;
pub(crate) mod interval;
#[cfg(feature = "serde_json")]
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod math;
pub(crate) mod moment;
pub(crate) mod number;
pub(crate) mod one_of;
pub(crate) mod optional;
pub(crate) mod pattern;
pub(crate) mod point;
pub(crate) mod sequence;
pub(crate) mod texts;
pub(crate) mod variants;
pub(crate) mod vector;
pub(crate) mod workday;
pub(crate) mod zipf;

pub use crate::generator::{Domain, Generator, constant, domain, given, serial};
pub use crate::generators::bits::bits;
pub use crate::generators::chance::chance;
pub use crate::generators::choice::{values, weighted};
pub use crate::generators::decimal::decimal;
pub use crate::generators::distribution::{exponential, log_normal, normal};
pub use crate::generators::faker::fake;
pub use crate::generators::float::float;
pub use crate::generators::interval::interval;
#[cfg(feature = "serde_json")]
pub use crate::generators::json::json;
pub use crate::generators::list::array;
pub use crate::generators::moment::{future, past, recent};
pub use crate::generators::one_of::{one_of, weight};
pub use crate::generators::optional::optional;
pub use crate::generators::pattern::pattern;
pub use crate::generators::point::{line, point};
pub use crate::generators::sequence::sequence;
pub use crate::generators::texts::{
    card_number, city, color, company, company_domain, company_email, company_url, country, country_code, currency,
    domain_name, ean, email, file_name, first_name, full_name, gender, honorific, house_number, iban, ipv4, ipv6, isbn,
    job_title, label, language, last_name, locale_code, mac_address, middle_name, mime_type, paragraph, paragraphs,
    password_hash, phone, postcode, product_name, sentence, sentences, sku, slug, ssn, state, status, street,
    time_zone, title, token, url, user_agent, username, uuid_v4_text, uuid_v7_text, version, word, words,
};
pub use crate::generators::variants::variants;
pub use crate::generators::vector::vector;
pub use crate::generators::workday::{business_hours, weekdays};
pub use crate::generators::zipf::zipf;
pub use crate::place::{latitude, longitude};
pub use crate::range::{int, range};
#[cfg(feature = "uuid")]
pub use crate::value::{uuid_v4, uuid_v7};
