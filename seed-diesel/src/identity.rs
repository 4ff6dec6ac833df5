//! What a run is: all that its rows depend on, so that it is told apart from any other one.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use seed_core::{Anchor, Days, Key, Locale, Plan, TablePlan};

use crate::backend::Dialect;
use crate::blocks::message_of;
use crate::error::Error;
use crate::models::Table;
use crate::setup::Prepared;

/// How many rows of each table are looked at.
///
/// Generators that are given in code have no text that could be compared: their values have. A change that leaves all
/// cells of these rows as they were is not seen, such as that of one key among the thousands of a parent outside the run.
const SAMPLES: u64 = 256;

/// What the values of a run depend on, beside its models.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) anchor: Anchor,
    pub(crate) locale: Locale,
}

/// What the rows of a run depend on.
///
/// As text, a fact is a line, of which a tab ends the name. What is nobody's to read is a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    facts: Vec<(String, String)>,
}

/// What the facts about the first row of a table begin with.
const FIRST: &str = "first row of ";

/// What the facts that are hashes begin with.
const VALUES: &str = "values of ";

impl Identity {
    pub(crate) fn read(text: &str) -> Identity {
        let fact = |line: &str| line.split_once('\t').map(|(name, is)| (name.to_owned(), is.to_owned()));
        Identity { facts: text.lines().filter_map(fact).collect() }
    }

    pub(crate) fn text(&self) -> String {
        self.facts.iter().map(|(name, is)| format!("{name}\t{is}\n")).collect()
    }

    fn add(&mut self, name: String, is: String) {
        // Also a database whose encoding has no arrow can keep it.
        let plain = |text: String| text.replace(char::is_control, " ").replace('→', "->");
        self.facts.push((plain(name), plain(is)));
    }

    /// The seed.
    pub(crate) fn seed(&self) -> &str {
        self.facts.iter().find(|(name, _)| name == "seed").map_or("", |(_, is)| is)
    }

    /// The first row of each table that goes on behind others.
    pub(crate) fn first(&self) -> BTreeMap<&str, u64> {
        let first = |(name, is): &'_ (String, String)| -> Option<(usize, u64)> {
            name.strip_prefix(FIRST).and_then(|table| Some((name.len() - table.len(), is.parse().ok()?)))
        };
        self.facts.iter().filter_map(|fact| first(fact).map(|(at, row)| (&fact.0[at..], row))).collect()
    }

    /// What this one has otherwise than an interrupted run, in words; nothing where they are the same.
    pub(crate) fn differences(&self, interrupted: &Identity) -> Vec<String> {
        let mut differences = Vec::new();
        let mut values = Vec::new();
        for (name, is) in &self.facts {
            let was = interrupted.facts.iter().find(|(other, _)| other == name).map(|(_, was)| was);
            match was {
                Some(was) if was == is => {}
                _ if name.starts_with(VALUES) => values.push(name.trim_start_matches(VALUES)),
                Some(was) => differences.push(format!("the interrupted run had {name} {was}, this one {is}")),
                None => differences.push(format!("the interrupted run had no {name}, this one has {is}")),
            }
        }
        for (name, was) in &interrupted.facts {
            let is_known = self.facts.iter().any(|(other, _)| other == name);
            if !is_known && !name.starts_with(VALUES) {
                differences.push(format!("the interrupted run had {name} {was}, this one has none"));
            }
        }
        // Other values follow from another seed.
        if differences.is_empty() && !values.is_empty() {
            differences.push(format!(
                "the interrupted run had other values of {}: the model, a generator, this crate's version or the rows of a \
                 parent outside the run have changed",
                values.join(", ")
            ));
        }
        differences
    }
}

impl<DB: Dialect> Prepared<DB> {
    /// What this run is. A panic of an expression of the model is an error.
    pub(crate) fn identity(&self) -> Result<Identity, Error> {
        let World { seed, anchor, locale } = self.world;
        let mut identity = Identity { facts: Vec::new() };
        identity.add("seed".to_owned(), seed.to_string());
        identity.add("anchor".to_owned(), date(anchor));
        identity.add("locale".to_owned(), locale.to_string());
        for (plan, table) in self.plan.tables.iter().zip(&self.tables) {
            let name = plan.def.name;
            // Its words, where it is alone.
            let words = Plan { tables: vec![plan.clone()] }.to_string();
            let words: Vec<&str> = words.lines().map(str::trim).collect();
            identity.add(format!("`{name}`"), words.join(", ").trim_start_matches(&format!("{name}: ")).to_owned());
            if plan.first > 0 {
                identity.add(format!("{FIRST}{name}"), plan.first.to_string());
            }
            let hashes = catch_unwind(AssertUnwindSafe(|| hashes(plan, &**table)));
            let hashes = hashes.map_err(|panic| Error::Generate {
                table: name.to_owned(),
                row: None,
                message: message_of(&*panic),
            })?;
            for (column, hash) in plan.def.columns.iter().zip(hashes) {
                identity.add(format!("{VALUES}`{name}.{}`", column.name), format!("{hash:016x}"));
            }
        }
        Ok(identity)
    }
}

/// A hash of each column of some rows, spread evenly over the table.
fn hashes<DB: Dialect>(plan: &TablePlan, table: &dyn Table<DB>) -> Vec<u64> {
    let samples = plan.rows.min(SAMPLES);
    let row = |at: u64| plan.first + (u128::from(at) * u128::from(plan.rows) / u128::from(samples)) as u64;
    let mut keys = vec![Key::seed(0); plan.def.columns.len()];
    for at in 0..samples {
        for (key, cell) in keys.iter_mut().zip(table.show(row(at))) {
            *key = key.child(&cell);
        }
    }
    keys.into_iter().map(|key| key.row(0)).collect()
}

/// `2026-01-01`, or `2026-01-01 12:00:00`.
fn date(anchor: Anchor) -> String {
    let (year, month, day) = Days(anchor.days()).date();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match anchor.seconds().rem_euclid(86_400) {
        0 => date,
        seconds => format!("{date} {:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(facts: &[(&str, &str)]) -> Identity {
        let mut identity = Identity { facts: Vec::new() };
        facts.iter().for_each(|(name, is)| identity.add((*name).to_owned(), (*is).to_owned()));
        identity
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let one = identity(&[("seed", "42"), ("first row of a\ttable\n", "7"), ("`users`", "12 rows (count)")]);
        assert_eq!(Identity::read(&one.text()), one);
        assert_eq!(one.seed(), "42");
        assert_eq!(one.first(), BTreeMap::from([("a table ", 7)]));
        assert!(one.differences(&one).is_empty());
    }

    #[test]
    fn what_differs_is_named() {
        let one = identity(&[("seed", "42"), ("`users`", "12 rows"), ("values of `users.name`", "a")]);
        let other = identity(&[("seed", "43"), ("`posts`", "3 rows"), ("values of `users.name`", "b")]);
        assert_eq!(
            other.differences(&one),
            [
                "the interrupted run had seed 42, this one 43",
                "the interrupted run had no `posts`, this one has 3 rows",
                "the interrupted run had `users` 12 rows, this one has none",
            ]
        );
    }

    #[test]
    fn other_values_alone_are_named() {
        let one = identity(&[("seed", "42"), ("values of `users.name`", "a"), ("values of `users.city`", "a")]);
        let other = identity(&[("seed", "42"), ("values of `users.name`", "b"), ("values of `users.city`", "a")]);
        let differences = other.differences(&one);
        assert_eq!(differences.len(), 1);
        assert!(
            differences[0].starts_with("the interrupted run had other values of `users.name`: "),
            "{differences:?}"
        );
    }

    #[test]
    fn an_anchor_is_a_date() {
        assert_eq!(date(Anchor::default()), "2026-01-01");
        assert_eq!(date(Anchor::at(-1)), "1969-12-31 23:59:59");
    }
}
