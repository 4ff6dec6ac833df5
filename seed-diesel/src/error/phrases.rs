//! Parts of messages: lists of names, and words that are left out where there is nothing to name.

use super::Error;
use crate::others::Blocker;
use crate::refused::RefusedRows;

/// `row 7 (`id` = 8) of `users` violates`, or as much of it as is known.
pub(super) fn violating(table: &str, row: &Option<Box<RefusedRows>>) -> String {
    match row {
        Some(row) => format!("{row} of `{table}` violates"),
        None => format!("the rows of `{table}` violate"),
    }
}

/// `row 7 of `users``, or as much of it as is known.
pub(super) fn of_row(table: &str, row: Option<u64>) -> String {
    match row {
        Some(row) => format!("row {row} of `{table}`"),
        None => format!("rows of `{table}`"),
    }
}

/// ` (column `email`)`, or nothing.
pub(super) fn of_field(field: &Option<String>) -> String {
    field.as_ref().map(|field| format!(" (column `{field}`)")).unwrap_or_default()
}

/// ` of `3/16 users,sessions``, or nothing.
pub(super) fn of_part(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!(" of `{part}`") }
}

/// ` `game``, or nothing.
pub(super) fn called(database: &str) -> String {
    if database.is_empty() { String::new() } else { format!(" `{database}`") }
}

/// Who was in the way, or may have been.
pub(super) fn in_the_way(blockers: &[Blocker]) -> String {
    let each: Vec<String> = blockers.iter().map(Blocker::to_string).collect();
    match blockers.first() {
        None => String::new(),
        Some(blocker) if blocker.certain => format!("; in the way: {}", each.join("; ")),
        Some(_) => format!("; it may be one of these: {}", each.join("; ")),
    }
}

/// What is wrong, without how it has ended: that nothing was changed.
pub(super) fn without_nothing(error: &Error) -> String {
    let text = error.to_string();
    text.strip_suffix("; nothing was changed").map(str::to_owned).unwrap_or(text)
}

/// `a`, or `a`, `b` together
pub(super) fn together(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let together = if columns.len() > 1 { " together" } else { "" };
    quoted.join(", ") + together
}

/// `user_id`, or `(tenant_id, order_id)`.
pub(super) fn one_or_more(columns: &[String]) -> String {
    if let [column] = columns { column.clone() } else { format!("({})", columns.join(", ")) }
}

/// `.tenant_id(parent.tenant_id).order_id(parent.id)`
pub(super) fn given(columns: &[String], parent_columns: &[String]) -> String {
    let each = columns.iter().zip(parent_columns).map(|(column, parent)| format!(".{column}(parent.{parent})"));
    each.collect()
}

pub(super) fn list(tables: &[(String, u64)]) -> String {
    let each: Vec<String> = tables.iter().map(|(table, rows)| format!("`{table}` {rows}")).collect();
    each.join(", ")
}
