//! Several ways to load the same rows, one after the other, again and again.

use std::error::Error;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

type Load<'a, C> = Box<dyn Fn(&mut C) -> Result<()> + 'a>;

/// Ways to load the same rows through a connection `C`.
pub(crate) struct Turns<'a, C> {
    /// What is printed above the figures.
    pub(crate) title: String,
    pub(crate) rows: u64,
    /// A connection to empty tables.
    pub(crate) fresh: &'a dyn Fn() -> Result<C>,
    /// What tells the rows of all tables from others.
    pub(crate) fingerprint: &'a dyn Fn(&mut C) -> Result<String>,
    sides: Vec<Side<'a, C>>,
    targets: Vec<Target>,
}

struct Side<'a, C> {
    name: &'static str,
    load: Load<'a, C>,
    times: Vec<Duration>,
}

struct Target {
    side: &'static str,
    than: &'static str,
    at_least: f64,
}

impl<'a, C> Turns<'a, C> {
    pub(crate) fn new(
        title: String,
        rows: u64,
        fresh: &'a dyn Fn() -> Result<C>,
        fingerprint: &'a dyn Fn(&mut C) -> Result<String>,
    ) -> Turns<'a, C> {
        Turns { title, rows, fresh, fingerprint, sides: Vec::new(), targets: Vec::new() }
    }

    /// One way more. The first is what the others are compared with.
    pub(crate) fn side(mut self, name: &'static str, load: impl Fn(&mut C) -> Result<()> + 'a) -> Self {
        self.sides.push(Side { name, load: Box::new(load), times: Vec::new() });
        self
    }

    /// `side` is to be so many times as fast as `than`.
    pub(crate) fn target(mut self, side: &'static str, than: &'static str, at_least: f64) -> Self {
        self.targets.push(Target { side, than, at_least });
        self
    }

    /// Lets each have its turn, and prints what came of it. `expected` is what all of them are to load.
    pub(crate) fn run(mut self, rounds: u64, expected: &str) -> Result<()> {
        println!("\n{}: {} rows, medians of {rounds} rounds\n", self.title, thousands(self.rows));
        for round in 0..rounds as usize {
            for turn in 0..self.sides.len() {
                // Another one begins each time, so that none always follows the same one.
                let at = (turn + round) % self.sides.len();
                let side = &mut self.sides[at];
                let mut conn = (self.fresh)()?;
                let started = Instant::now();
                (side.load)(&mut conn)?;
                side.times.push(started.elapsed());
                if round == 0 && (self.fingerprint)(&mut conn)? != expected {
                    return Err(format!("{}: {} has loaded other rows", self.title, side.name).into());
                }
            }
        }
        println!("| | rows/s | of the first | from … to |");
        println!("|---|---|---|---|");
        for side in &self.sides {
            let rate = |seconds: f64| thousands((self.rows as f64 / seconds) as u64);
            let seconds = sorted(side.times.iter().map(Duration::as_secs_f64));
            println!(
                "| {} | {} | {:.2} | {} … {} |",
                side.name,
                rate(median(&seconds)),
                self.ratio(side.name, self.sides[0].name),
                rate(seconds[seconds.len() - 1]),
                rate(seconds[0]),
            );
        }
        println!();
        for Target { side, than, at_least } in &self.targets {
            let ratio = self.ratio(side, than);
            let met = if ratio >= *at_least { "met" } else { "MISSED" };
            println!("- {side} / {than}: {ratio:.2}, to be at least {at_least}: {met}");
        }
        Ok(())
    }

    /// How many times as fast one is as another: the median of those of the rounds, so that a machine that
    /// slows down slows both.
    fn ratio(&self, name: &str, than: &str) -> f64 {
        let times = |name| self.sides.iter().filter(move |side| side.name == name).flat_map(|side| &side.times);
        median(&sorted(times(name).zip(times(than)).map(|(own, than)| than.as_secs_f64() / own.as_secs_f64())))
    }
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// `3,200,005`
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
