//! `Uuid`: of version 4, or of version 7, which rises with the row.

use uuid::Uuid;

use crate::calendar::Anchor;
use crate::cell::Cell;
use crate::generator::{BoxGenerator, Domain, domains};
use crate::infer::{Recipe, infer};
use crate::uuid::{v4, v7, v7_index};
use crate::value::{Hint, Kind, Value};

impl Value for Uuid {
    const KIND: Kind = Kind::Uuid;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<Uuid> {
        match infer(hint, Kind::Uuid) {
            Recipe::UuidV7 => Box::new(UuidV7 { anchor: hint.anchor }),
            _ => Box::new(UuidV4),
        }
    }
}

/// UUIDs of version 4: what a `Uuid` column gets unasked.
///
/// ```
/// use seed_core::{Domain, uuid_v4};
///
/// assert_eq!(uuid_v4().nth(7).get_version_num(), 4);
/// ```
pub fn uuid_v4() -> UuidV4 {
    UuidV4
}

/// See [`uuid_v4`].
#[derive(Debug, Clone, Copy)]
pub struct UuidV4;

impl Domain<Uuid> for UuidV4 {
    fn size(&self) -> u64 {
        u64::MAX
    }
    fn nth(&self, index: u64) -> Uuid {
        Uuid::from_u128(v4(index))
    }
}

/// UUIDs of version 7: their order is that of the rows, and their time comes ever closer to the run's anchor, from two years
/// before it.
///
/// ```
/// use seed_core::{Cell, Generator, Key, uuid_v7};
///
/// let ids = uuid_v7();
/// let id = |row| ids.value(&Cell { table: Key::seed(1), column: Key::seed(2), row });
/// assert!(id(0) < id(1) && id(1) < id(1_000_000));
/// assert_eq!(id(17).get_version_num(), 7);
/// ```
pub fn uuid_v7() -> UuidV7 {
    UuidV7 { anchor: Anchor::default() }
}

/// See [`uuid_v7`].
#[derive(Debug, Clone, Copy)]
pub struct UuidV7 {
    anchor: Anchor,
}

impl Domain<Uuid> for UuidV7 {
    fn size(&self) -> u64 {
        u64::MAX
    }
    fn nth(&self, index: u64) -> Uuid {
        Uuid::from_u128(v7(self.anchor, index))
    }
    fn draw(&self, cell: &Cell) -> u64 {
        v7_index(cell)
    }
    fn index(&self, cell: &Cell) -> u64 {
        v7_index(cell)
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        self.anchor = hint.anchor;
    }
}

domains! {
    () UuidV4 => Uuid;
    () UuidV7 => Uuid;
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Variant;

    #[test]
    fn the_text_and_the_type_are_the_same_uuid() {
        let hint = Hint::new("users", "uuid");
        for row in 0..100 {
            let table = crate::cell::Key::seed(1);
            let cell = Cell { table, column: table.child("uuid"), row };
            let uuid = Uuid::infer(&hint).value(&cell);
            assert_eq!(uuid.to_string(), String::infer(&hint).value(&cell));
            assert_eq!((uuid.get_version_num(), uuid.get_variant()), (4, Variant::RFC4122));
        }
    }
}
