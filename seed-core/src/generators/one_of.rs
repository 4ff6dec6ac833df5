//! One of several generators, as often as its weight says.

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Generator};
use crate::generators::choice::Weights;
use crate::value::Hint;

/// The value of one of these generators, as often as its weight says. Weights are relative: they may add up to
/// anything.
///
/// The values cannot be counted, since two generators may make the same one: a column of them cannot be unique.
///
/// ```
/// use seed_core::{Cell, Generator, Key, constant, int, one_of, weight};
///
/// // Most people have not paid at all.
/// let paid = one_of([weight(6.0, constant(0)), weight(3.0, int(5..=50)), weight(1.0, int(1_000..=9_999))]);
/// let column = Key::seed(1).child("people").child("paid");
/// let some: Vec<i32> = (0..8).map(|row| paid.value(&Cell { table: column, column, row })).collect();
/// assert_eq!(some, [0, 49, 0, 0, 15, 2_052, 0, 48]);
/// ```
pub fn one_of<T>(choices: impl IntoIterator<Item = Weight<T>>) -> OneOf<T> {
    let (weights, generators): (Vec<_>, Vec<_>) =
        choices.into_iter().map(|Weight { weight, generator }| (weight, generator)).unzip();
    OneOf { generators, weights: Weights::new(weights) }
}

/// A generator and how often it is chosen, for [`one_of`].
pub fn weight<T>(weight: f64, generator: impl Generator<T> + 'static) -> Weight<T> {
    Weight { weight, generator: Box::new(generator) }
}

/// See [`weight`].
pub struct Weight<T> {
    weight: f64,
    generator: BoxGenerator<T>,
}

/// See [`one_of`].
pub struct OneOf<T> {
    generators: Vec<BoxGenerator<T>>,
    weights: Result<Weights, String>,
}

impl<T> Generator<T> for OneOf<T> {
    fn value(&self, cell: &Cell) -> T {
        let weights = self.weights.as_ref().expect("the plan has checked the weights");
        let chosen = weights.pick(cell.bits());
        // A key of its own, so that the value does not depend on the bits that chose the generator.
        let column = cell.column.child("one of").nth(chosen as u64);
        self.generators[chosen].value(&Cell { column, ..*cell })
    }

    fn listed(&self) -> Vec<T> {
        let Ok(weights) = &self.weights else { return Vec::new() };
        let likely = self.generators.iter().enumerate().filter(|(index, _)| weights.chooses(*index));
        likely.flat_map(|(_, generator)| generator.listed()).collect()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.generators.iter_mut().for_each(|generator| generator.prepare(hint));
    }

    fn check(&self) -> Result<(), String> {
        if self.generators.is_empty() {
            return Err("the list of generators is empty; write `one_of([weight(1.0, ..), ..])`".to_owned());
        }
        self.weights.as_ref().map_err(Clone::clone)?;
        self.generators.iter().try_for_each(Generator::check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::generator::constant;
    use crate::range::int;

    #[test]
    fn choices_within_choices_are_independent() {
        let half = |a, b| one_of([weight(1.0, constant(a)), weight(1.0, constant(b))]);
        let quarters = one_of([weight(0.5, half(0_usize, 1)), weight(0.5, half(2, 3))]);
        let column = Key::seed(1).child("t").child("c");
        let mut counts = [0; 4];
        (0..8_000).for_each(|row| counts[quarters.value(&Cell { table: column, column, row })] += 1);
        assert!(counts.iter().all(|count| (1_850..2_150).contains(count)), "{counts:?}");
    }

    #[test]
    fn what_is_wrong_with_a_choice_is_found() {
        let (first, last) = (2, 1);
        for (choices, message) in [
            (vec![], "the list of generators is empty; write `one_of([weight(1.0, ..), ..])`"),
            (vec![weight(0.0, constant(1))], "the weights add up to nothing; at least one must be above 0"),
            (
                vec![weight(1.0, constant(1)), weight(1.0, int(first..=last))],
                "the range `2..=1` is empty; write the lower end first",
            ),
        ] {
            assert_eq!(one_of(choices).check().unwrap_err(), message);
        }
    }
}
