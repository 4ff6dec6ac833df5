//! `Value`: a Rust type whose values can be made without being told how.

mod boolean;
mod bytes;
mod calendar;
#[cfg(feature = "chrono")]
mod chrono;
mod decimal;
mod integer;
mod interval;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "serde_json")]
mod json;
mod list;
mod network;
mod range;
mod text;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

use std::any::Any;

use crate::after::Raise;
use crate::bounds::Bounds;
use crate::calendar::Anchor;
use crate::generator::BoxGenerator;
use crate::generators::list::List;
use crate::locale::Locale;

pub use crate::value::calendar::{Days, Seconds, TimeOfDay};
pub use crate::value::decimal::Fixed;
#[cfg(feature = "uuid")]
pub use crate::value::uuid::{UuidV4, UuidV7, uuid_v4, uuid_v7};

/// A Rust type whose values can be made without being told how: from the column's name and this
/// type, by the table of [inference](crate::infer).
///
/// Implemented for integers, floats, `bool`, `String`, bytes (`Vec<u8>`, `[u8; N]`), `SystemTime`, `Duration`, `IpAddr`, for lists and
/// ranges of such types and, with the [features](crate) of their crates, for dates, times, decimals, UUIDs, JSON and networks.
/// `#[derive(Seedable)]` implements it for a newtype (a struct with one unnamed field) and for an enum without fields.
///
/// ```
/// use seed_core::{BoxGenerator, Hint, Kind, Map, Value};
///
/// #[derive(Clone)]
/// struct UserId(String);
///
/// // What `#[derive(Seedable)]` writes for it.
/// impl Value for UserId {
///     const KIND: Kind = String::KIND;
///     fn infer(hint: &Hint<'_>) -> BoxGenerator<UserId> {
///         Box::new(Map::new(String::infer(hint), UserId))
///     }
/// }
/// ```
///
/// # Types of other crates
///
/// `Via` is what lets any crate implement the trait for a type that it does not own, such as `pgvector::Vector`: with a type of its
/// own in that place. A column, an `Option`, a list or a newtype of the foreign type then finds the implementation by itself.
///
/// ```
/// use std::num::NonZeroU32;
///
/// use seed_core::{BoxGenerator, Hint, Kind, Map, Value, int};
///
/// /// The implementations of this crate.
/// enum Mine {}
///
/// impl Value<Mine> for NonZeroU32 {
///     const KIND: Kind = Kind::Integer;
///     fn infer(_: &Hint<'_>) -> BoxGenerator<NonZeroU32> {
///         Box::new(Map::new(Box::new(int(1..=9)), |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)))
///     }
/// }
///
/// let column = Hint::new("parts", "pieces");
/// let _: BoxGenerator<Vec<Option<NonZeroU32>>> = Value::infer(&column);
/// ```
///
/// One implementation in all the crates of a program is the rule: with two of them, the compiler asks which is meant, and
/// `#[seed(generator = …)]` answers.
#[diagnostic::on_unimplemented(
    message = "no value of `{Self}` can be made from the column's name and type",
    label = "say how its values are made",
    note = "there are three ways out: `#[seed(generator = expr)]` with a generator of `{Self}`, `#[seed(value = expr)]` \
            with an expression of the field's type, or the trait `Value`: `#[derive(Seedable)]` on `{Self}` where it is a \
            newtype or an enum without fields, `impl Value for {Self}` where it is neither",
    note = "a type of another crate may need the feature of `seed-diesel` that is named after that crate: `uuid`, `serde_json`, \
            `bigdecimal`, `rust_decimal`, `chrono`, `time`, `jiff`, `ipnetwork` or `ipnet`; of any other crate, it takes \
            `impl Value<Mine> for {Self}` with a type `Mine` of yours"
)]
pub trait Value<Via = ()>: Sized + Send + Sync + 'static {
    /// What rules of inference the type takes.
    const KIND: Kind;

    /// The generator for a column of this type.
    fn infer(hint: &Hint<'_>) -> BoxGenerator<Self>;

    /// Brings the value within a length limit in characters; types without a length leave it as it is.
    fn fit(&mut self, _max_len: usize) {}

    /// How a value is brought up to a floor, for types with an order.
    fn raise() -> Option<Raise<Self>> {
        None
    }

    /// What rules of inference a list of this type takes.
    const LIST_KIND: Kind = Kind::List;

    /// The generator for a column of a list of this type: none to three, where nothing else is said.
    fn infer_list(hint: &Hint<'_>) -> BoxGenerator<Vec<Self>> {
        Box::new(List::short(Self::infer(&hint.item())))
    }
}

/// The family of types that a rule of [inference](crate::infer) is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// `i8` to `u64`.
    Integer,
    /// `f32`, `f64`.
    Float,
    /// `bool`.
    Boolean,
    /// `String`.
    Text,
    /// `Vec<u8>`.
    Bytes,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// An instant, or a date and a time.
    Timestamp,
    /// A length of time.
    Interval,
    /// Decimals of any precision; they take the rules of [`Kind::Float`].
    Decimal,
    /// A UUID.
    Uuid,
    /// JSON.
    Json,
    /// One of the variants of an enum.
    Enum,
    /// An address of a machine or a network.
    Network,
    /// A list of values.
    List,
    /// Two bounds.
    Range,
    /// Anything else.
    Other,
}

impl Kind {
    /// What is made for a column of this kind where no rule fits its name, in a few words.
    pub fn describe(self) -> &'static str {
        match self {
            Kind::Integer => "a whole number",
            Kind::Float | Kind::Decimal => "a number with decimals",
            Kind::Boolean => "true or false",
            Kind::Text => "a few words",
            Kind::Bytes => "bytes",
            Kind::Date => "a day of the two years before the anchor",
            Kind::Time => "a time of day",
            Kind::Timestamp => "a time of the two years before the anchor",
            Kind::Interval => "a length of time",
            Kind::Uuid => "a UUID",
            Kind::Json => "a JSON document",
            Kind::Enum => "one of the variants",
            Kind::Network => "an address of a network",
            Kind::List => "a list of values",
            Kind::Range => "two bounds",
            Kind::Other => "as the type makes it",
        }
    }
}

/// As much of a text as a message quotes.
const SHOWN: usize = 60;

/// What is known of a column whose generator is inferred.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Hint<'a> {
    /// The table's name.
    pub table: &'a str,
    /// The column's name.
    pub column: &'a str,
    /// Whether the column is the whole primary key.
    pub primary: bool,
    /// Whether the values must differ.
    pub unique: bool,
    /// Whether the values number the rows of a parent: alone with the foreign key they make a row another
    /// one.
    pub numbers: bool,
    /// The greatest length in characters.
    pub max_len: Option<usize>,
    /// The greatest number of digits of a decimal, before and after the point.
    pub precision: Option<u32>,
    /// The number of digits of a decimal after the point.
    pub scale: Option<u32>,
    /// What the database's column can hold, where its catalogue tells.
    pub bounds: Option<&'a Bounds>,
    /// What times are relative to.
    pub anchor: Anchor,
    /// The language and country of names, places and words.
    pub locale: Locale,
}

impl<'a> Hint<'a> {
    /// A column of which nothing but its name is known.
    pub fn new(table: &'a str, column: &'a str) -> Hint<'a> {
        Hint {
            table,
            column,
            primary: false,
            unique: false,
            numbers: false,
            max_len: None,
            precision: None,
            scale: None,
            bounds: None,
            anchor: Anchor::default(),
            locale: Locale::default(),
        }
    }

    /// Whether the column can hold each of some values: texts may be too long, numbers and times beyond its bounds.
    pub(crate) fn holds<T: 'static>(&self, values: &[T]) -> Result<(), String> {
        self.bounds.map_or(Ok(()), |bounds| bounds.check_values(values))?;
        let Some(max_len) = self.max_len else { return Ok(()) };
        for value in values {
            let value: &dyn Any = value;
            let text = value.downcast_ref::<String>().map(String::as_str);
            let Some(text) = text.or_else(|| value.downcast_ref::<&str>().copied()) else { return Ok(()) };
            let length = text.chars().count();
            if length > max_len {
                let shown: String = text.chars().take(SHOWN).collect();
                let rest = if length > SHOWN { "…" } else { "" };
                return Err(format!(
                    "`{shown}{rest}` has {length} characters, and the column holds {max_len}; write a shorter one"
                ));
            }
        }
        Ok(())
    }

    /// What is known of a value that becomes another one before it is stored: the column's bounds do not limit it.
    pub(crate) fn unbounded(&self) -> Hint<'a> {
        Hint { bounds: None, ..*self }
    }

    /// What is known of the items of a list: a list is unique, its items need not be.
    pub(crate) fn item(&self) -> Hint<'a> {
        Hint { primary: false, unique: false, numbers: false, ..*self }
    }
}
