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

    /// So many of its rows at most, from a position on.
    pub(crate) fn part(&self, from: Position, at_most: u64) -> Range<u64> {
        let first = self.rows.start + from.done;
        first..self.rows.end.min(first.saturating_add(at_most))
    }
}

impl Position {
    /// Behind so many rows more of its step, and behind the step where these are the last.
    pub(crate) fn behind(self, rows: u64, step: &Step) -> Position {
        let done = self.done + rows;
        if done < step.len() { Position { done, ..self } } else { Position { step: self.step + 1, done: 0 } }
    }
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
    fn a_step_is_done_part_by_part() {
        let step = Step { table: 0, late: false, rows: 100..110 };
        let mut at = Position::default();
        let mut parts = Vec::new();
        while at.step == 0 {
            let part = step.part(at, 4);
            at = at.behind(part.end - part.start, &step);
            parts.push(part);
        }
        assert_eq!(parts, [100..104, 104..108, 108..110]);
        assert_eq!(at, Position { step: 1, done: 0 });
        assert_eq!(step.part(Position::default(), u64::MAX), 100..110);
    }
}
