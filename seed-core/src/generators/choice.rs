//! One of a list of values: each as likely, or weighted.

use crate::cell::Cell;
use crate::generator::{Domain, FEW, Generator, domains};
use crate::range::Literal;
use crate::value::Hint;

/// One of these values, each as likely: `#[seed(values = ["a", "b"])]`. A text that is longer than the column holds is
/// refused before any row is made.
///
/// ```
/// use seed_core::{Domain, values};
///
/// let state = values::<String, _>(["open", "closed"]);
/// assert_eq!(state.size(), 2);
/// assert_eq!(state.nth(1), "closed");
/// ```
pub fn values<T, L: Literal<T>>(values: impl IntoIterator<Item = L>) -> Choice<T> {
    Choice { values: values.into_iter().map(Literal::literal).collect() }
}

/// One of these values, as often as its weight says: `#[seed(values = [("a", 0.7), ("b", 0.3)])]`.
///
/// Weights are relative: they may add up to anything.
///
/// ```
/// use seed_core::{Cell, Generator, Key, weighted};
///
/// let role = weighted::<String, _>([("user", 9.0), ("admin", 1.0)]);
/// let column = Key::seed(1).child("users").child("role");
/// let admins = (0..1_000)
///     .filter(|&row| role.value(&Cell { table: column, column, row }) == "admin")
///     .count();
/// assert_eq!(admins, 89);
/// ```
pub fn weighted<T, L: Literal<T>>(values: impl IntoIterator<Item = (L, f64)>) -> Weighted<T> {
    let (values, weights): (Vec<_>, Vec<_>) =
        values.into_iter().map(|(value, weight)| (value.literal(), weight)).unzip();
    Weighted { values: values.into_iter().collect(), weights: Weights::new(weights) }
}

/// See [`values`].
#[derive(Debug, Clone)]
pub struct Choice<T> {
    values: Result<Vec<T>, String>,
}

impl<T: Clone + Send + Sync + 'static> Domain<T> for Choice<T> {
    fn size(&self) -> u64 {
        self.values.as_ref().map_or(0, |values| values.len() as u64)
    }
    fn nth(&self, index: u64) -> T {
        self.values.as_ref().expect("the plan has checked the values")[index as usize].clone()
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        refuse_too_long(&mut self.values, hint);
    }
    fn check(&self) -> Result<(), String> {
        check_values(&self.values)
    }
}

/// See [`weighted`].
#[derive(Debug, Clone)]
pub struct Weighted<T> {
    values: Result<Vec<T>, String>,
    weights: Result<Weights, String>,
}

impl<T: Clone + Send + Sync + 'static> Generator<T> for Weighted<T> {
    fn value(&self, cell: &Cell) -> T {
        let values = self.values.as_ref().expect("the plan has checked the values");
        let weights = self.weights.as_ref().expect("the plan has checked the weights");
        values[weights.pick(cell.bits())].clone()
    }

    fn listed(&self) -> Vec<T> {
        let (Ok(values), Ok(weights)) = (&self.values, &self.weights) else { return Vec::new() };
        if values.len() as u64 > FEW {
            return Vec::new();
        }
        let likely = values.iter().enumerate().filter(|(index, _)| weights.chooses(*index));
        likely.map(|(_, value)| value.clone()).collect()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        refuse_too_long(&mut self.values, hint);
    }

    fn check(&self) -> Result<(), String> {
        check_values(&self.values)?;
        self.weights.as_ref().map(|_| ()).map_err(Clone::clone)
    }
}

fn refuse_too_long<T: 'static>(values: &mut Result<Vec<T>, String>, hint: &Hint<'_>) {
    if let Some(message) = values.as_ref().ok().and_then(|values| hint.holds(values).err()) {
        *values = Err(message);
    }
}

fn check_values<T>(values: &Result<Vec<T>, String>) -> Result<(), String> {
    match values {
        Ok(values) if values.is_empty() => Err("the list of values is empty".to_owned()),
        Ok(_) => Ok(()),
        Err(message) => Err(message.clone()),
    }
}

/// Relative weights as thresholds over 64 random bits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights(Vec<u64>);

impl Weights {
    pub(crate) fn new(weights: Vec<f64>) -> Result<Weights, String> {
        if let Some(weight) = weights.iter().find(|weight| !weight.is_finite() || **weight < 0.0) {
            return Err(format!("the weight `{weight}` is no number of 0 or more"));
        }
        let total: f64 = weights.iter().sum();
        if !total.is_finite() {
            return Err("the weights add up to more than a float can hold; write smaller ones".to_owned());
        }
        if total <= 0.0 {
            return Err("the weights add up to nothing; at least one must be above 0".to_owned());
        }
        let mut sum = 0.0;
        let mut thresholds: Vec<u64> = weights
            .iter()
            .map(|weight| {
                sum += weight;
                (sum / total * TWO_TO_64) as u64
            })
            .collect();
        // The last one that can be chosen takes what rounding has left over.
        let last = weights.iter().rposition(|&weight| weight > 0.0).unwrap_or(0);
        thresholds[last..].fill(u64::MAX);
        Ok(Weights(thresholds))
    }

    /// Whether an index is ever chosen.
    pub(crate) fn chooses(&self, index: usize) -> bool {
        let below = index.checked_sub(1).map_or(0, |before| self.0[before]);
        self.0[index] > below
    }

    /// The index that 64 random bits choose.
    #[inline]
    pub(crate) fn pick(&self, bits: u64) -> usize {
        self.0.iter().position(|&threshold| bits < threshold).unwrap_or_else(|| {
            // `bits` is `u64::MAX`: the first entry that reaches the end.
            self.0.partition_point(|&threshold| threshold < u64::MAX)
        })
    }
}

const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

domains! {
    (T: Clone + Send + Sync + 'static) Choice<T> => T;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::BoxGenerator;

    #[test]
    fn weights_need_not_add_up_to_one() {
        let thirds = Weights::new(vec![1.0, 1.0, 1.0]).unwrap();
        assert_eq!([0, u64::MAX / 2, u64::MAX].map(|bits| thirds.pick(bits)), [0, 1, 2]);
    }

    #[test]
    fn a_weight_of_zero_is_never_chosen() {
        let weights = Weights::new(vec![0.0, 1.0, 0.0]).unwrap();
        assert_eq!([0, 1, u64::MAX - 1, u64::MAX].map(|bits| weights.pick(bits)), [1; 4]);
    }

    #[test]
    fn all_values_that_weigh_anything_are_listed() {
        let role = weighted::<String, _>([("a", 0.0), ("b", 2.0), ("c", 0.0), ("d", 1.0), ("e", 0.0)]);
        assert_eq!(role.listed(), ["b", "d"]);
        assert_eq!(role.map(|text| text.len()).listed(), [1, 1]);
        assert_eq!(Generator::listed(&values::<&str, _>(["x", "y"])), ["x", "y"]);
        assert!(Generator::listed(&crate::range::int::<i32>(1..=100_000)).is_empty());
    }

    #[test]
    fn a_text_that_the_column_does_not_hold_is_refused() {
        use crate::generators::{constant, given, one_of, weight};
        let mut hint = Hint::new("t", "c");
        hint.max_len = Some(20);
        let long = "extraordinarily long ago";
        let message = "`extraordinarily long ago` has 24 characters, and the column holds 20; write a shorter one";
        let generators = |text: &'static str| -> [BoxGenerator<String>; 6] {
            [
                values(["open", text]).boxed(),
                weighted([("open", 1.0), (text, 2.0)]).boxed(),
                constant(text.to_owned()).boxed(),
                given(7, ["open".to_owned(), text.to_owned()]).boxed(),
                values::<&str, _>([text]).map(str::to_owned).boxed(),
                one_of([weight(1.0, constant(text.to_owned()))]).boxed(),
            ]
        };
        for (at, mut generator) in generators(long).into_iter().enumerate() {
            assert_eq!(generator.check(), Ok(()), "{at}: nothing says how long it may be");
            generator.prepare(&hint);
            assert_eq!(generator.check().unwrap_err(), message, "{at}");
        }
        // Characters count, not bytes.
        for mut generator in generators("ÄÖÜäöüßÄÖÜäöüßÄÖÜäöü") {
            generator.prepare(&hint);
            assert_eq!(generator.check(), Ok(()));
        }
        let mut letter = constant("y".repeat(1_000));
        letter.prepare(&hint);
        let message = Generator::<String>::check(&letter).unwrap_err();
        let expected =
            format!("`{}…` has 1000 characters, and the column holds 20; write a shorter one", "y".repeat(60));
        assert_eq!(message, expected);
    }

    #[test]
    fn weights_that_choose_nothing_are_refused() {
        for weights in [vec![], vec![0.0], vec![-1.0, 2.0], vec![f64::NAN], vec![f64::MAX, f64::MAX]] {
            assert!(Weights::new(weights.clone()).is_err(), "{weights:?}");
        }
    }
}
