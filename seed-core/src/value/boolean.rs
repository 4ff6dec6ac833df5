//! `bool`.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Domain, Generator};
use crate::infer::{Recipe, infer};
use crate::value::{Hint, Kind, Value};

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
