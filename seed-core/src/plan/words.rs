//! The plan in words, for people.

use std::fmt;

use super::{Parents, Plan, Relation, Rows, TablePlan, When};

impl fmt::Display for Plan {
    /// The tables in order, each with its rows, why there are so many, and its relations.
    ///
    /// ```
    /// use seed_core::{ColumnDef, Overrides, Plan, RelationDef, TableDef};
    ///
    /// let columns = |names: &[&'static str]| names.iter().map(|name| ColumnDef::new(name)).collect();
    /// let users = TableDef { count: Some(12), columns: columns(&["id"]), ..TableDef::new("users") };
    /// let user = RelationDef { with: Some(5.into()), ..RelationDef::new("user_id", "users", "id") };
    /// let sessions =
    ///     TableDef { columns: columns(&["id", "user_id"]), relations: vec![user], ..TableDef::new("sessions") };
    ///
    /// let plan = Plan::new(42, vec![sessions, users], &Overrides::default())?;
    /// assert_eq!(
    ///     plan.to_string(),
    ///     "users: 12 rows (count)\n\
    ///      sessions: 60 rows (5 for each of users, by user_id)\n  user_id → users (in order)\n"
    /// );
    /// # Ok::<(), seed_core::Errors>(())
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            let rows = if table.rows == 1 { "row" } else { "rows" };
            writeln!(f, "{}: {} {rows} ({})", table.def.name, table.rows, table.because())?;
            for relation in &table.relations {
                writeln!(f, "  {} ({relation})", relation.edge())?;
            }
        }
        Ok(())
    }
}

impl TablePlan {
    /// Why there are so many rows, and where they begin if that is behind others: `count; behind row 12`.
    pub fn because(&self) -> String {
        if self.first == 0 { self.why.to_string() } else { format!("{}; behind row {}", self.why, self.first) }
    }
}

impl fmt::Display for Rows {
    /// Why there are so many rows: `5 for each of users, by user_id`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rows::Count => f.write_str("count"),
            Rows::Driven { column, parent, with } => write!(f, "{with} for each of {parent}, by {column}"),
        }
    }
}

impl fmt::Display for Relation {
    /// How parents are chosen, what waits, and what the database does where a parent goes: `any; the constraint is
    /// checked at the end; on delete cascade`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.made {
            Some(rows) => write!(f, "{} of {} rows of the database", self.parents, rows.len())?,
            None => write!(f, "{}", self.parents)?,
        }
        if let [first, others @ ..] = self.differs_from.as_slice() {
            write!(f, "; another row than {}", first.name)?;
            others.iter().try_for_each(|other| write!(f, " and {}", other.name))?;
        }
        if let Some(agrees) = &self.agrees {
            write!(f, "; {agrees}")?;
        }
        match &self.when {
            When::WithItsRow => {}
            When::Deferred => f.write_str("; the constraint is checked at the end")?,
            When::Afterwards { .. } => f.write_str("; NULL at first, filled by an update at the end")?,
        }
        if let Some(constraint) = &self.constraint {
            for (event, action) in [("delete", &constraint.on_delete), ("update", &constraint.on_update)] {
                // What a database does where nothing is said: it refuses.
                if !["NO ACTION", "RESTRICT"].contains(&action.as_str()) {
                    write!(f, "; on {event} {}", action.to_lowercase())?;
                }
            }
        }
        if self.soft { f.write_str("; no constraint in the database") } else { Ok(()) }
    }
}

impl fmt::Display for Parents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Parents::Driven(_) => "in order",
            Parents::Drawn { .. } => "any",
            Parents::Popular { .. } => "any, some more often than others",
            Parents::Distinct { .. } => "one each",
            Parents::Combined { combination, .. } => {
                return write!(f, "any; no two with the same {}", and(&combination.columns));
            }
            Parents::Through { by, .. } => by,
            Parents::Earlier => "an earlier row",
            Parents::Previous => "the row before",
            Parents::Tree(forest) => return forest.fmt(f),
            Parents::Made => "rows of the database",
            Parents::Nobody => "NULL: no rows to reference in this run",
        })
    }
}

/// `a`, `a and b`, `a, b and c`
fn and(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
