//! The table of inference, as it is published: `src/infer.md`.

use std::fmt::Write as _;

use seed_core::infer::{FOLLOWS, RULES, Rule, TABLES};
use seed_core::{Kind, Value};

use super::{drawn, golden, hint};

/// The first value that a rule gives.
fn example(rule: &Rule) -> String {
    let table = rule.tables.first().map_or("things", |table| table.trim_start_matches('*'));
    let column = rule.columns[0].replace('*', "some");
    fn first<T: Value>(table: &str, column: &str, show: impl Fn(&T) -> String) -> String {
        show(&drawn(&*T::infer(&hint(table, column, false, None)), table, column)[0])
    }
    match rule.kind {
        Kind::Text => first::<String>(table, &column, |text| text.clone()),
        Kind::Integer => first::<i64>(table, &column, i64::to_string),
        Kind::Float => first::<f64>(table, &column, f64::to_string),
        Kind::Boolean => first::<bool>(table, &column, bool::to_string),
        _ => String::new(),
    }
}

#[test]
fn the_published_table_is_the_one_that_is_read() {
    let code = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
    let mut text = String::from(
        "# The table\n\nRead from top to bottom; the first line whose type, name and table fit decides. An example is the first value with the \
         seed 42.\n\n| type | names | tables | what is made | for example |\n|---|---|---|---|---|\n",
    );
    for rule in RULES {
        let tables = TABLES.iter().find(|(_, tables)| *tables == rule.tables).map_or("", |(name, _)| name);
        let mut example = example(rule);
        if example.chars().count() > 60 {
            example = example.chars().take(58).collect::<String>() + " …";
        }
        let example = if example.is_empty() { example } else { format!("`{example}`") };
        let kind = format!("{:?}", rule.kind).to_lowercase();
        let _ = writeln!(text, "| {kind} | {} | {tables} | {} | {example} |", code(rule.columns), rule.recipe);
    }
    text += "\n# Tables\n\n| tables of | names |\n|---|---|\n";
    for (name, tables) in TABLES {
        let _ = writeln!(text, "| {name} | {} |", code(tables));
    }
    text += "\n# One after the other\n\nColumns that are not before another column of their row, where the table has one of those names.\n\n\
             | later | earlier |\n|---|---|\n";
    for (later, earlier) in FOLLOWS {
        let _ = writeln!(text, "| {} | {} |", code(later), code(earlier));
    }
    golden("../../src/infer.md", &text);
}
