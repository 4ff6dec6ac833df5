//! Points and lines of a plane.

use crate::cell::Cell;
use crate::generator::{Domain, Generator};
use crate::generators::float::{FloatRange, float};
use crate::range::IntoBounds;

/// Points `(x, y)`, both drawn apart: places on a map, or positions.
///
/// [`map`](Generator::map) makes them the type of a column.
///
/// ```
/// use seed_core::{Cell, Generator, Key, point};
///
/// #[derive(Debug, PartialEq)]
/// struct Position {
///     longitude: f64,
///     latitude: f64,
/// }
///
/// // Somewhere in Berlin.
/// let position = point(13.1..=13.8, 52.3..=52.7).map(|(longitude, latitude)| Position { longitude, latitude });
/// let column = Key::seed(1).child("cafes").child("position");
/// let first = position.value(&Cell { table: column, column, row: 0 });
/// assert_eq!(first, Position { longitude: 13.718229982699269, latitude: 52.46925846310332 });
/// ```
pub fn point(x: impl IntoBounds<f64>, y: impl IntoBounds<f64>) -> Point {
    Point { x: float(x).counted_in(POINT_STEPS), y: float(y).counted_in(POINT_STEPS) }
}

/// Lines `(a, b, c)`, those with a·x + b·y + c = 0, each number drawn apart; `a` and `b` are never both zero.
///
/// ```
/// use seed_core::{Cell, Generator, Key, line};
///
/// let lines = line(-1.0..=1.0, -1.0..=1.0, 0.0..=100.0);
/// let column = Key::seed(1).child("borders").child("line");
/// let (a, b, c) = lines.value(&Cell { table: column, column, row: 0 });
/// assert_eq!((a, b, c), (0.2035772711969912, 0.725942577701062, 91.95821643806994));
/// ```
pub fn line(a: impl IntoBounds<f64>, b: impl IntoBounds<f64>, c: impl IntoBounds<f64>) -> Line {
    Line::new(float(a).counted_in(LINE_STEPS), float(b).counted_in(LINE_STEPS), float(c).counted_in(LINE_STEPS))
}

// The numbers of a point or of a line are counted in so many steps that the product stays below 2^64.
const POINT_STEPS: u64 = 1 << 31;
const LINE_STEPS: u64 = 1 << 20;

/// See [`point`].
#[derive(Debug, Clone)]
pub struct Point {
    x: FloatRange<f64>,
    y: FloatRange<f64>,
}

impl Generator<(f64, f64)> for Point {
    fn value(&self, cell: &Cell) -> (f64, f64) {
        (self.x.value(&part(cell, "x")), self.y.value(&part(cell, "y")))
    }

    fn domain(&self) -> Option<&dyn Domain<(f64, f64)>> {
        Some(self)
    }

    fn check(&self) -> Result<(), String> {
        Domain::check(self)
    }
}

impl Domain<(f64, f64)> for Point {
    fn size(&self) -> u64 {
        self.x.size() * self.y.size()
    }
    fn nth(&self, index: u64) -> (f64, f64) {
        (self.x.nth(index / self.y.size()), self.y.nth(index % self.y.size()))
    }
    fn check(&self) -> Result<(), String> {
        check_parts([("x", &self.x), ("y", &self.y)])
    }
}

/// See [`line()`].
#[derive(Debug, Clone)]
pub struct Line {
    a: FloatRange<f64>,
    b: FloatRange<f64>,
    c: FloatRange<f64>,
    /// The index of the pair of `a` and `b` that are both zero, which is left out.
    zero: Option<u64>,
}

impl Line {
    fn new(a: FloatRange<f64>, b: FloatRange<f64>, c: FloatRange<f64>) -> Line {
        let zero = a.index_of(0.0).zip(b.index_of(0.0)).map(|(at, bt)| at * b.size() + bt);
        Line { a, b, c, zero }
    }

    /// How many pairs of `a` and `b` there are.
    fn pairs(&self) -> u64 {
        self.a.size() * self.b.size() - u64::from(self.zero.is_some())
    }
}

impl Generator<(f64, f64, f64)> for Line {
    fn value(&self, cell: &Cell) -> (f64, f64, f64) {
        let number = |range: &FloatRange<f64>, name| range.value(&part(cell, name));
        match (number(&self.a, "a"), number(&self.b, "b"), number(&self.c, "c")) {
            (0.0, 0.0, _) => self.nth(self.draw(cell)),
            line => line,
        }
    }

    fn domain(&self) -> Option<&dyn Domain<(f64, f64, f64)>> {
        Some(self)
    }

    fn check(&self) -> Result<(), String> {
        Domain::check(self)
    }
}

impl Domain<(f64, f64, f64)> for Line {
    fn size(&self) -> u64 {
        self.pairs() * self.c.size()
    }
    fn nth(&self, index: u64) -> (f64, f64, f64) {
        let (pair, c) = (index / self.c.size(), index % self.c.size());
        let pair = pair + u64::from(self.zero.is_some_and(|zero| pair >= zero));
        (self.a.nth(pair / self.b.size()), self.b.nth(pair % self.b.size()), self.c.nth(c))
    }
    fn check(&self) -> Result<(), String> {
        check_parts([("a", &self.a), ("b", &self.b), ("c", &self.c)])?;
        if self.pairs() > 0 {
            return Ok(());
        }
        Err("`a` and `b` of a line are both always 0; give one of them other bounds".to_owned())
    }
}

/// The cell of a number of a point or a line.
fn part(cell: &Cell, name: &str) -> Cell {
    Cell { column: cell.column.child(name), ..*cell }
}

fn check_parts<const N: usize>(parts: [(&str, &FloatRange<f64>); N]) -> Result<(), String> {
    parts.into_iter().try_for_each(|(name, range)| {
        Generator::check(range).map_err(|message| format!("the bounds of `{name}`: {message}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    fn cell(row: u64) -> Cell {
        let table = Key::seed(1).child("t");
        Cell { table, column: table.child("c"), row }
    }

    #[test]
    fn x_and_y_are_drawn_apart() {
        let points = point(0.0..1.0, 0.0..1.0);
        let sum: f64 = (0..10_000).map(|row| points.value(&cell(row))).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
        // The covariance of independent numbers is 0, with a deviation of 1 / 1,200 here.
        assert!((sum / 10_000.0).abs() < 0.003, "{sum}");
    }

    #[test]
    fn no_line_is_without_a_direction() {
        let lines = line(-5e-324..=5e-324, 0.0..=5e-324, 1.0..=1.0);
        assert_eq!(lines.size(), 5);
        let all: Vec<_> = (0..5).map(|index| lines.nth(index)).collect();
        assert!(all.iter().all(|&(a, b, c)| (a != 0.0 || b != 0.0) && c == 1.0), "{all:?}");
        assert!((0..100).map(|row| lines.value(&cell(row))).all(|line| all.contains(&line)));
        assert_eq!(
            Generator::check(&line(0.0..=0.0, 0.0..=0.0, 0.0..=1.0)).unwrap_err(),
            "`a` and `b` of a line are both always 0; give one of them other bounds"
        );
        assert_eq!(
            Generator::check(&line(0.0..=1.0, 1.0..1.0, 0.0..=1.0)).unwrap_err(),
            "the bounds of `b`: the range from `1` to `1` is empty; write the lower end first"
        );
    }

    #[test]
    fn the_largest_planes_can_be_counted() {
        let points = point(-180.0..=180.0, -90.0..=90.0);
        assert!(points.size() > 1 << 59);
        assert_eq!(points.nth(points.size() - 1), (180.0, 90.0));
        let lines = line(-1.0..=1.0, -1.0..=1.0, -1.0..=1.0);
        assert!(lines.size() > 1 << 58);
        assert_eq!(lines.nth(lines.size() - 1), (1.0, 1.0, 1.0));
    }
}
