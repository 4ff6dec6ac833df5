//! What a run does, step by step, and how far it has come.

use std::ops::Range;

use crate::report::Progress;

/// The rows of a table, or those of its foreign keys that had to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The table, as the plan counts them.
    pub(crate) table: usize,
    /// Whether these are foreign keys.
    pub(crate) late: bool,
    /// The rows.
    pub(crate) rows: Range<u64>,
}

/// How far a run has come: so many steps, and so many rows of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Position {
    pub(crate) step: usize,
    pub(crate) done: u64,
}

impl Step {
    pub(crate) fn len(&self) -> u64 {
        self.rows.end - self.rows.start
    }
}

/// Some rows of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Portion {
    /// Where they begin.
    pub(crate) from: Position,
    pub(crate) step: Step,
    /// Which they are.
    pub(crate) rows: Range<u64>,
}

/// What comes next, so many rows at most, and where it ends.
pub(crate) fn ahead(steps: &[Step], from: Position, at_most: u64) -> (Vec<Portion>, Position) {
    let (mut at, mut left, mut portions) = (from, at_most, Vec::new());
    while left > 0
        && let Some(step) = steps.get(at.step)
    {
        let first = step.rows.start + at.done;
        let rows = first..step.rows.end.min(first.saturating_add(left));
        let len = rows.end - rows.start;
        portions.push(Portion { from: at, step: step.clone(), rows });
        left -= len;
        at.done += len;
        if at.done >= step.len() {
            at = Position { step: at.step + 1, done: 0 };
        }
    }
    (portions, at)
}

/// Tells how far a run has come. What is done again is not told again.
pub(crate) struct Teller<'a> {
    progress: &'a mut dyn FnMut(Progress<'_>),
    at: Position,
    /// Up to where it has been told, if at all.
    told: Option<Position>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(progress: &'a mut dyn FnMut(Progress<'_>)) -> Teller<'a> {
        Teller { progress, at: Position::default(), told: None }
    }

    /// A step goes on from here.
    pub(crate) fn step(&mut self, from: Position, begins: Progress<'_>) {
        self.at = from;
        if self.told.is_none_or(|told| told.step < from.step) {
            (self.progress)(begins);
            self.told = Some(Position { done: 0, ..from });
            self.tell();
        }
    }

    /// So many rows more.
    pub(crate) fn rows(&mut self, rows: u64) {
        self.at.done += rows;
        self.tell();
    }

    /// All rows are there, and so many constraints are put back.
    pub(crate) fn constraints(&mut self, constraints: usize) {
        (self.progress)(Progress::Constraints { constraints });
    }

    fn tell(&mut self) {
        if let Some(told) = self.told.filter(|told| told.step == self.at.step && told.done < self.at.done) {
            (self.progress)(Progress::Rows(self.at.done - told.done));
            self.told = Some(self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_again_is_not_told_again() {
        let mut told = Vec::new();
        let mut progress = |progress: Progress<'_>| told.push(format!("{progress:?}"));
        let mut teller = Teller::new(&mut progress);
        let begins = |table| Progress::Table { table, rows: 10 };
        let at = |step, done| Position { step, done };
        teller.step(at(0, 0), begins("users"));
        teller.rows(6);
        teller.rows(4);
        teller.step(at(1, 0), begins("posts"));
        teller.rows(5);
        // All again, by other portions.
        teller.step(at(0, 0), begins("users"));
        teller.rows(10);
        teller.step(at(1, 0), begins("posts"));
        teller.rows(3);
        teller.rows(4);
        teller.rows(3);
        // A step that an interrupted run has begun.
        teller.step(at(2, 8), begins("tags"));
        teller.rows(2);
        let begins = |table| format!("Table {{ table: {table:?}, rows: 10 }}");
        let rows = |rows: u64| format!("Rows({rows})");
        assert_eq!(
            told,
            [
                begins("users"),
                rows(6),
                rows(4),
                begins("posts"),
                rows(5),
                rows(2),
                rows(3),
                begins("tags"),
                rows(8),
                rows(2)
            ]
        );
    }

    #[test]
    fn a_portion_may_end_a_step_and_begin_the_next() {
        let steps = [100..110, 0..0, 0..5].map(|rows| Step { table: 0, late: false, rows });
        let mut at = Position::default();
        let mut portions = Vec::new();
        while at.step < steps.len() {
            let (portion, to) = ahead(&steps, at, 6);
            portions
                .push(portion.into_iter().map(|portion| (portion.rows.start, portion.rows.end)).collect::<Vec<_>>());
            at = to;
        }
        assert_eq!(portions, [vec![(100, 106)], vec![(106, 110), (0, 0), (0, 2)], vec![(2, 5)]]);
        let (all, end) = ahead(&steps, Position::default(), u64::MAX);
        assert_eq!((all.len(), end), (3, Position { step: 3, done: 0 }));
    }
}
