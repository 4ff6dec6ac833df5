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
        let mut counted = Vec::new();
        let mut members = Vec::new();
        let mut is_given = false;
        for &column in &combination.columns {
            let relation = table.relations.iter().find(|relation| relation.column == column);
            match (self.members.get(&(table.def.name, column)), relation.map(|relation| &relation.parents)) {
                (Some(member), _) => members.push((column, member)),
                (None, Some(Parents::Combined { parents, .. })) => counted.push((column, *parents)),
                // An earlier row, or the driver, of which a row has not another one than the next.
                (None, Some(Parents::Earlier { .. } | Parents::Driven(_))) => {}
                // All rows may have the same one, or each another one.
                (None, Some(Parents::Made(_))) => is_given = true,
                // NULL, which is like no other value, and what the model computes, which is its own affair.
                (None, _) => return Ok(()),
            }
        }
        let is_alone = |(column, member): &&(&str, &Member)| {
            member.size.is_some_and(|size| size >= MANY.max(table.rows)) && combination.numbers() != Some(*column)
        };
        if let Some((_, member)) = members.iter().find(is_alone) {
            (member.set)(Distinct::Alone);
            return Ok(());
        }
        counted.extend(members.iter().filter_map(|(column, member)| Some((*column, member.size?))));
        let (name, columns) =
            (table.def.name.to_owned(), combination.columns.iter().map(|&name| name.to_owned()).collect());
        let counts_up = members.iter().any(|(_, member)| member.counts_up);
        match combination.combine(&counted, table.rows, counts_up) {
            Ok(()) => {
                for (column, member) in members {
                    (member.set)(Distinct::Together(Arc::clone(combination), column));
                }
                Ok(())
            }
            Err(TooFew::NotCountable) if is_given => Ok(()),
            Err(TooFew::NotCountable) => Err(Error::NotCombinable { table: name, columns }),
            Err(TooFew::Rows { has, needs }) => {
                let parent =
                    |column| table.def.column(column)?.relation.as_ref().map(|relation| relation.parent.to_owned());
                let driver = combination.driver().and_then(|column| Some((column.to_owned(), parent(column)?)));
                Err(Error::TooFewCombinations { table: name, columns, has, needs, driver })
            }
        }
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
