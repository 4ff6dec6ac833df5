//! The table of inference: a column's name and type → what is made for it.
//!
//! [`RULES`] is read from top to bottom; the first rule whose kind, column and table all fit
//! decides, and [`Recipe::Plain`] stands where none does. Names are compared in lower case. A `*`
//! stands for any text, also none.
//!
//! Only names and types of the column itself and of its table count, never what other columns
//! there are: a new column leaves every other cell as it was.
//!
//! ```
//! use seed_core::infer::{Recipe, recipe};
//! use seed_core::Kind;
//!
//! assert_eq!(recipe("users", "email", Kind::Text), Recipe::Email);
//! assert_eq!(recipe("profiles", "title", Kind::Text), Recipe::JobTitle);
//! assert_eq!(recipe("posts", "title", Kind::Text), Recipe::Title);
//! assert_eq!(recipe("posts", "whatever", Kind::Integer), Recipe::Plain);
//! ```
//!
//! Where a guess is wrong, the field says better: `#[seed(values = …)]`, `range`, `fake`,
//! `generator` or `value`. Known to guess wrong: `address` of a computer (it is taken for a street), `host` of
//! a party (for a computer), `position` of a player (for a job), `score` of a thing other than a game, `*_number` that is no
//! code, `language` that is spelled out. Columns of a row that are made apart and need not agree: a `slug` and a `title`, a
//! `total` and what it is the sum of.
//!
#![doc = include_str!("infer.md")]

mod order;
pub(crate) mod recipe;
mod rules;

pub use self::order::{BIRTHS, FOLLOWS};
pub use self::rules::{RULES, TABLES};
pub use crate::infer::recipe::Recipe;
use crate::value::{Hint, Kind};

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The type's family.
    pub kind: Kind,
    /// Names of columns, of which one must fit.
    pub columns: &'static [&'static str],
    /// Names of tables, of which one must fit; none means any table.
    pub tables: &'static [&'static str],
    /// What is made.
    pub recipe: Recipe,
}

/// The recipe for a column.
pub fn recipe(table: &str, column: &str, kind: Kind) -> Recipe {
    let (table, column) = (table.to_lowercase(), column.to_lowercase());
    let kind = if kind == Kind::Decimal { Kind::Float } else { kind };
    RULES
        .iter()
        .find(|rule| {
            rule.kind == kind
                && rule.columns.iter().any(|pattern| fits(pattern, &column))
                && (rule.tables.is_empty() || rule.tables.iter().any(|pattern| fits(pattern, &table)))
        })
        .map_or(Recipe::Plain, |rule| rule.recipe)
}

pub(crate) fn infer(hint: &Hint<'_>, kind: Kind) -> Recipe {
    recipe(hint.table, hint.column, kind)
}

/// Whether a table's rows are countries.
pub(crate) fn is_table_of_countries(table: &str) -> bool {
    let table = table.to_lowercase();
    rules::COUNTRIES.iter().any(|pattern| fits(pattern, &table))
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, rest)) => {
            let Some(tail) = name.strip_prefix(head) else { return false };
            (0..=tail.len()).any(|at| tail.is_char_boundary(at) && fits(rest, &tail[at..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("*_at", "created_at") && fits("*user*", "users") && fits("address_line*", "address_line1"));
        assert!(!fits("*_at", "format") && !fits("email", "emails") && !fits("*user*", "posts"));
    }

    #[test]
    fn every_rule_can_be_reached() {
        for (at, rule) in RULES.iter().enumerate() {
            let table = rule.tables.first().map_or("things", |pattern| pattern).replace('*', "");
            let reached = rule.columns.iter().any(|pattern| {
                let column = pattern.replace('*', "x");
                let first = RULES.iter().position(|rule| {
                    rule.kind == RULES[at].kind
                        && rule.columns.iter().any(|pattern| fits(pattern, &column))
                        && (rule.tables.is_empty() || rule.tables.iter().any(|pattern| fits(pattern, &table)))
                });
                first == Some(at)
            });
            assert!(reached, "an earlier rule takes all of {:?}", rule.columns);
        }
    }
}
