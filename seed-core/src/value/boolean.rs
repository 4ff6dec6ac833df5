//! `bool`.

use crate::generator::BoxGenerator;
use crate::generators::chance::chance;
use crate::infer::{Recipe, infer};
use crate::value::{Hint, Kind, Value};

impl Value for bool {
    const KIND: Kind = Kind::Boolean;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<bool> {
        let Recipe::Chance(percent) = infer(hint, Kind::Boolean) else { return Box::new(chance(0.5)) };
        Box::new(chance(f64::from(percent) / 100.0))
    }
}
