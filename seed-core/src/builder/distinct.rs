//! Columns that differ together, and what a unique column cannot have.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Builder;
use crate::column::Distinct;
use crate::combination::{Combination, TooFew};
use crate::error::Error;
use crate::generator::Domain;
use crate::plan::{Parents, TablePlan};

/// A drawn column that differs together with others.
pub(super) struct Member {
    /// How many values it has, where they can be counted.
    pub(super) size: Option<u64>,
    pub(super) counts_up: bool,
    pub(super) set: Box<dyn Fn(Distinct)>,
}

/// A column with so many values is made to differ alone where it has to differ together with others:
/// a text or an address that is another one in each row.
const MANY: u64 = 1 << 32;

impl Builder<'_> {
    /// Makes columns differ together.
    pub(super) fn combine(&self, table: &TablePlan, combination: &Arc<Combination>) -> Result<(), Error> {
        let not_combinable = |columns: &[&str], reason| {
            let columns = columns.iter().map(|&name| name.to_owned()).collect();
            Err(Error::NotCombinable { table: table.def.name.to_owned(), columns, reason })
        };
        if combination.columns.is_empty() {
            return not_combinable(&combination.shared, SHARED);
        }
        let mut counted = Vec::new();
        let mut members = Vec::new();
        let (mut has_made_parents, mut is_computed) = (false, false);
        for &column in &combination.columns {
            let relation = table.giving(column);
            match (self.members.get(&(table.def.name, column)), relation.map(|relation| &relation.parents)) {
                (Some(member), _) => members.push((column, member)),
                // A column that a composite foreign key shares with another one adds no choice.
                (None, Some(_)) if relation.is_some_and(|relation| relation.name != column) => {}
                // The rows of an ancestor, in turn: enough for the children of each parent.
                (None, Some(Parents::Combined { .. })) if relation.is_some_and(|one| one.is_distinct_within()) => {
                    return Ok(());
                }
                (None, Some(Parents::Combined { parents, .. })) => counted.push((column, *parents)),
                // An earlier row, the driver or an ancestor, of which a row has not another one than the next; one that
                // the columns do not tell from all others.
                (
                    None,
                    Some(
                        Parents::Earlier
                        | Parents::Tree(_)
                        | Parents::Through { .. }
                        | Parents::Driven(_)
                        | Parents::Drawn { .. }
                        | Parents::Popular { .. },
                    ),
                ) => {}
                // All rows may have the same one, or each another one.
                (None, Some(Parents::Made)) => has_made_parents = true,
                // NULL, which is like no other value, or another parent for each row.
                (None, Some(_)) => return Ok(()),
                (None, None) => is_computed = true,
            }
        }
        let is_alone = |(_, member): &&(&str, &Member)| {
            let numbers = member.counts_up && combination.numbers().is_some();
            member.size.is_some_and(|size| size >= MANY.max(table.rows)) && !numbers
        };
        if let Some((_, member)) = members.iter().find(is_alone) {
            (member.set)(Distinct::Alone);
            return Ok(());
        }
        counted.extend(members.iter().filter_map(|(column, member)| Some((*column, member.size?))));
        let counts_up = members.iter().any(|(_, member)| member.counts_up);
        // Rows also differ from those before, unless their parents are new.
        let are_parents_new = has_made_parents || combination.is_counted_from(table.first);
        let rows = if are_parents_new { table.rows } else { table.used.saturating_add(table.rows) };
        match combination.combine(&counted, rows, counts_up) {
            Ok(()) => {
                for (column, member) in members {
                    (member.set)(Distinct::Together(Arc::clone(combination), column));
                }
                Ok(())
            }
            // What the model computes is its own affair.
            Err(_) if is_computed => Ok(()),
            Err(TooFew::NotCountable) if has_made_parents => Ok(()),
            Err(TooFew::NotCountable) => {
                let is_given = |column: &&str| {
                    let key = table.def.column(column).map(|def| table.key.child(def.key));
                    key.is_some_and(|key| self.given.contains(&key))
                };
                let all_given = combination.columns.iter().all(is_given);
                not_combinable(&combination.columns, if all_given { GIVEN } else { UNCOUNTED })
            }
            Err(TooFew::Rows { has, needs }) => Err(Error::TooFewCombinations {
                table: table.def.name.to_owned(),
                columns: combination.columns.iter().map(|&name| name.to_owned()).collect(),
                has,
                needs,
                remedy: remedy(table, combination),
            }),
        }
    }
}

const UNCOUNTED: &str = "the values of none of them can be counted; give one of them a `range`, `values` without weights, a \
                         generator that is a `Domain`, or a `value` made from `row`";
const GIVEN: &str = "all of them are given, so that only one row is possible; give one of them less, or make one row";
const SHARED: &str = "each of them differs together with other columns already; mark one of them `#[seed(unique)]`, or give it a \
                      `value` made from `row`";

/// Why columns need so many combinations, and what to write.
fn remedy(table: &TablePlan, combination: &Combination) -> String {
    let name = table.def.name;
    if let [shared, ..] = combination.shared[..] {
        if !combination.is_through_another() {
            return format!(
                ", since `{shared}` and others differ together with more columns already; give the column more values or \
                 parents, or plan fewer rows"
            );
        }
        return format!(
            " for each value of `{shared}`, which differs together with other columns already; write this group before the \
             other, or give the columns more values or parents"
        );
    }
    let parent = |column| table.giving(column).map(|relation| relation.parent);
    match combination.driver().and_then(|column| Some((column, parent(column)?))) {
        Some((column, parent)) => format!(
            " for a row of `{parent}`; lower the `with` of `{name}.{column}`, or give the other columns more values or parents"
        ),
        None if table.is_fixture() => {
            ", with those that the test has made before; give the columns more values, or make fewer rows".to_owned()
        }
        None if table.used > 0 && !combination.is_counted_from(table.first) => {
            format!(
                ", {} of them for the rows and keys that are there; give them more values or parents, or plan fewer rows",
                table.used
            )
        }
        None => "; give them more values or parents, or plan fewer rows".to_owned(),
    }
}

/// A text or number that a small domain has twice, as something to say of a unique column.
pub(super) fn repeated<T: 'static>(domain: &dyn Domain<T>) -> Option<String> {
    const SMALL: u64 = 1_000;
    let text = |value: &T| {
        let value: &dyn Any = value;
        macro_rules! shown {
            ($($type:ty),*) => { None$(.or_else(|| Some(value.downcast_ref::<$type>()?.to_string())))* };
        }
        shown!(String, i8, i16, i32, i64, u8, u16, u32, u64)
    };
    let mut seen = BTreeSet::new();
    let twice = (0..domain.size()).take_while(|_| domain.size() <= SMALL).find_map(|index| {
        let text = text(&domain.nth(index))?;
        (!seen.insert(text.clone())).then_some(text)
    })?;
    Some(format!("the column is unique, but `{twice}` is among its values twice; write it once"))
}
