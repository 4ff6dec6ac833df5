//! `i8` to `u64`.

use crate::after::{Raise, raise};
use crate::generator::{BoxGenerator, serial};
use crate::infer::{Recipe, infer};
use crate::range::{Integer, Range};
use crate::value::bytes::Bytes;
use crate::value::{Hint, Kind, Value};

macro_rules! integers {
    ($($int:ty $({ $($of_lists:item)* })?),*) => {$(
        impl Value for $int {
            const KIND: Kind = Kind::Integer;
            $($($of_lists)*)?

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$int> {
                integer(hint)
            }

            fn raise() -> Option<Raise<$int>> {
                Some(raise())
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
    if hint.primary || hint.numbers {
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
    let (lowest, highest) = hint.bounds.and_then(|bounds| bounds.of(T::STEP)).unwrap_or((T::LOWEST, T::HIGHEST));
    let (lowest, highest) = (lowest.max(T::LOWEST), highest.min(T::HIGHEST));
    // A range that the type or the column has nothing of: bytes in an `i8`. What it has will have to do.
    let first = if first > highest { 0 } else { first };
    Box::new(Range::<T>::between(first.max(lowest), last.min(highest)))
}
