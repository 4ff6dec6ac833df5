//! `Value`: a Rust type whose values can be made without being told how.

use crate::after::{Raise, raise};
use crate::calendar::Anchor;
use crate::cell::Cell;
use crate::def::DEFAULT_NULL;
use crate::generator::{BoxGenerator, Domain, Generator, domains, serial};
use crate::infer::{Recipe, infer};
use crate::list::List;
use crate::locale::Locale;
use crate::optional::optional;
use crate::range::{Float, Integer, Ordinal, Range};
use crate::text;

/// A Rust type whose values can be made without being told how: from the column's name and this
/// type, by the table of [inference](crate::infer).
///
/// Implemented for integers, floats, `bool`, `String`, `Vec<u8>` and, with the feature `chrono`,
/// `NaiveDate`, `NaiveTime`, `NaiveDateTime` and `DateTime<Utc>`. `#[derive(Seedable)]` on a struct
/// with one unnamed field implements it for a newtype.
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
#[diagnostic::on_unimplemented(
    message = "no value of `{Self}` can be made from the column's name and type",
    label = "say how its values are made",
    note = "there are three ways out: `#[seed(generator = expr)]` with a generator of `{Self}`, `#[seed(value = expr)]` \
            with an expression of the field's type, or `#[derive(Seedable)]` on `{Self}` where it is a newtype"
)]
pub trait Value<Via = ()>: Sized + Send + Sync + 'static {
    /// What rules of inference the type takes.
    const KIND: Kind;

    /// The generator for a column of this type.
    fn infer(hint: &Hint<'_>) -> BoxGenerator<Self>;

    /// The value within a length limit in characters; types without a length return it as it is.
    #[must_use]
    fn fit(self, _max_len: usize) -> Self {
        self
    }

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
    /// The greatest length in characters.
    pub max_len: Option<usize>,
    /// The greatest number of digits of a decimal, before and after the point.
    pub precision: Option<u32>,
    /// The number of digits of a decimal after the point.
    pub scale: Option<u32>,
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
            max_len: None,
            precision: None,
            scale: None,
            anchor: Anchor::default(),
            locale: Locale::default(),
        }
    }

    /// What is known of the items of a list: a list is unique, its items need not be.
    pub(crate) fn item(&self) -> Hint<'a> {
        Hint { primary: false, unique: false, ..*self }
    }
}

macro_rules! integers {
    ($($int:ty $({ $($of_lists:item)* })?),*) => {$(
        impl Value for $int {
            const KIND: Kind = Kind::Integer;
            $($($of_lists)*)?

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$int> {
                integer(hint)
            }

            fn raise() -> Option<Raise<$int>> {
                Some(raise)
            }
        }
    )*};
}
integers!(
    i8,
    i16,
    i32,
    i64,
    u8 {
        const LIST_KIND: Kind = Kind::Bytes;

        fn infer_list(hint: &Hint<'_>) -> BoxGenerator<Vec<u8>> {
            Box::new(Bytes(hint.max_len.unwrap_or(16).min(16)))
        }
    },
    u16,
    u32,
    u64
);

fn integer<T: Integer>(hint: &Hint<'_>) -> BoxGenerator<T> {
    if hint.primary {
        return Box::new(serial::<T>());
    }
    let (first, last) = match infer(hint, Kind::Integer) {
        Recipe::Between(first, last) => (i128::from(first), i128::from(last)),
        Recipe::Year => {
            let year = i128::from(hint.anchor.year());
            (year - 30, year)
        }
        // Nothing says what is likely, and a unique column may need all that there is.
        _ if hint.unique => (1, T::HIGHEST),
        _ => (1, 1_000),
    };
    // A range that the type has nothing of: bytes in an `i8`. What it has will have to do.
    let first = if first > T::HIGHEST { 0 } else { first };
    Box::new(Range::<T>::between(first, last))
}

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Value for $float {
            const KIND: Kind = Kind::Float;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$float> {
                let (first, last, places) = match infer(hint, Kind::Float) {
                    Recipe::Decimal(first, last, places) => (first, last, places),
                    _ => (0, 1_000, 2),
                };
                // No more digits than the type keeps apart, so that distinct decimals stay distinct.
                let whole = first.unsigned_abs().max(last.unsigned_abs()).to_string().len() as u32;
                let places = places.min(<$float>::DIGITS.saturating_sub(whole));
                Box::new(Decimals { first: first * 10_i64.pow(places), last: last * 10_i64.pow(places), places })
            }
        }
    )*};
}
floats!(f32, f64);

/// Floats with so many digits after the point, from `first` to `last` in units of the last digit.
struct Decimals {
    first: i64,
    last: i64,
    places: u32,
}

impl<T: Float> Domain<T> for Decimals {
    fn size(&self) -> u64 {
        self.last.abs_diff(self.first) + 1
    }
    fn nth(&self, index: u64) -> T {
        // One division of two whole numbers: rounded once, and so the same everywhere.
        T::from_f64((self.first as i128 + i128::from(index)) as f64 / 10_i64.pow(self.places) as f64)
    }
}

impl Value for bool {
    const KIND: Kind = Kind::Boolean;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<bool> {
        let Recipe::Chance(percent) = infer(hint, Kind::Boolean) else { return Box::new(Chance(50)) };
        Box::new(Chance(percent))
    }
}

/// True in so many of a hundred rows.
struct Chance(u8);

impl Generator<bool> for Chance {
    fn value(&self, cell: &Cell) -> bool {
        cell.stream().below(100) < u64::from(self.0)
    }

    fn domain(&self) -> Option<&dyn Domain<bool>> {
        Some(&Both)
    }
}

struct Both;

impl Domain<bool> for Both {
    fn size(&self) -> u64 {
        2
    }
    fn nth(&self, index: u64) -> bool {
        index == 1
    }
}

impl Value for String {
    const KIND: Kind = Kind::Text;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<String> {
        text::generator(infer(hint, Kind::Text), hint)
    }

    fn fit(mut self, max_len: usize) -> String {
        text::cut(&mut self, max_len);
        self
    }
}

impl<T: Value<Via>, Via> Value<Via> for Vec<T> {
    const KIND: Kind = T::LIST_KIND;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<Vec<T>> {
        T::infer_list(hint)
    }
}

/// An item of a list that may be NULL, as one of ten is.
impl<T: Value<Via>, Via> Value<Via> for Option<T> {
    const KIND: Kind = T::KIND;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<Option<T>> {
        Box::new(optional(T::infer(hint), DEFAULT_NULL))
    }
}

/// So many random bytes, at most 16.
struct Bytes(usize);

impl Domain<Vec<u8>> for Bytes {
    fn size(&self) -> u64 {
        if self.0 < 8 { 1 << (8 * self.0) } else { u64::MAX }
    }
    fn nth(&self, index: u64) -> Vec<u8> {
        let more = crate::cell::mix(index ^ 0x2545_f491_4f6c_dd1d);
        let mut bytes = [index.to_le_bytes(), more.to_le_bytes()].concat();
        bytes.truncate(self.0);
        bytes
    }
}

/// For types of `chrono` and others with an order.
#[cfg_attr(not(feature = "chrono"), expect(dead_code, reason = "only calendar types use it so far"))]
pub(crate) fn ordinal_raise<T: Ordinal>() -> Option<Raise<T>> {
    Some(raise)
}

domains! {
    (T: Float) Decimals => T;
    () Bytes => Vec<u8>;
}
