//! `Descriptions`: how the values of each column are made, in a few words.

use std::collections::BTreeMap;

/// How the values of each column are made, in a few words: what a plan prints.
#[derive(Debug, Clone, Default)]
pub struct Descriptions(BTreeMap<(&'static str, &'static str), Description>);

#[derive(Debug, Clone, Default)]
pub(super) struct Description {
    /// What makes them, as the model or the table of inference says it.
    pub(super) made: String,
    pub(super) unique: bool,
    /// The probability of NULL.
    pub(super) null: f64,
    /// The columns that they are not before.
    pub(super) not_before: Vec<String>,
    /// Whether the database may keep fewer digits.
    pub(super) digits_unknown: bool,
}

impl Descriptions {
    /// How the values of a column are made: `range = 1..=6, unique`.
    pub fn of(&self, table: &str, column: &str) -> String {
        let described = self.0.iter().find(|((of, name), _)| *of == table && *name == column);
        let Some((_, Description { made, unique, null, not_before, digits_unknown })) = described else {
            return String::new();
        };
        let mut text = made.clone();
        if *digits_unknown {
            text.push_str(", or fewer as the database keeps");
        }
        if !not_before.is_empty() {
            text.push_str(&format!(", not before {}", not_before.join(" and ")));
        }
        if *unique && made != "counts up" {
            text.push_str(", unique");
        }
        if *null > 0.0 {
            text.push_str(&format!(", NULL in {} %", (null * 1_000.0).round() / 10.0));
        }
        text
    }

    pub(super) fn column(&mut self, table: &'static str, column: &'static str) -> &mut Description {
        self.0.entry((table, column)).or_default()
    }
}
