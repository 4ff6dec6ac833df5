//! Every function that makes a generator, in one place: what `generator = …` is written with.
//!
//! ```
//! use seed_core::Domain;
//! use seed_core::generators::*;
//!
//! let seconds = int::<i32>(60..=7_200);
//! assert_eq!(seconds.size(), 7_141);
//! ```
//!
//! For those who know drizzle-seed, its generators of numbers and times, and what they are here:
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
//! | (none) | [`normal`], [`log_normal`], [`exponential`], [`zipf`], [`optional`] |
//!
//! Each of them that can be counted can be `unique`; [`Generator::map`](crate::Generator::map) makes them the types of
//! your own.

pub use crate::bits::bits;
pub use crate::chance::chance;
pub use crate::choice::{values, weighted};
pub use crate::decimal::decimal;
pub use crate::distribution::{exponential, log_normal, normal};
pub use crate::faker::fake;
pub use crate::float::float;
pub use crate::generator::{constant, domain, given, serial};
pub use crate::interval::interval;
#[cfg(feature = "serde_json")]
pub use crate::json::json;
pub use crate::list::array;
pub use crate::moment::{future, past, recent};
pub use crate::one_of::{one_of, weight};
pub use crate::optional::optional;
pub use crate::pattern::pattern;
pub use crate::point::{line, point};
pub use crate::range::{int, range};
pub use crate::sequence::sequence;
pub use crate::texts::{
    card_number, city, color, company, company_domain, company_email, company_url, country, country_code, currency,
    domain_name, ean, email, file_name, first_name, full_name, gender, honorific, iban, ipv4, ipv6, isbn, job_title,
    label, language, last_name, locale_code, mac_address, middle_name, mime_type, paragraph, paragraphs, password_hash,
    phone, postcode, product_name, sentence, sentences, sku, slug, ssn, state, status, street, time_zone, title, token,
    url, user_agent, username, uuid_v4_text, uuid_v7_text, version, word, words,
};
#[cfg(feature = "uuid")]
pub use crate::value::{uuid_v4, uuid_v7};
pub use crate::variants::variants;
pub use crate::vector::vector;
pub use crate::workday::{business_hours, weekdays};
pub use crate::zipf::zipf;
