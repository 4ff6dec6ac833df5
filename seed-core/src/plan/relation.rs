//! `Relation`: how a child row finds its parent row.

use std::fmt;
use std::sync::Arc;

use crate::catalogue::ForeignKey;
use crate::cell::Key;
use crate::column::is_null;
use crate::combination::Combination;
use crate::fan_out::FanOut;
use crate::made::MadeRows;
use crate::permutation::permute;

/// A relation of a plan.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The foreign key: one column, or the columns of a composite one.
    pub columns: Vec<&'static str>,
    /// The column that names the relation.
    pub name: &'static str,
    /// The parent table.
    pub parent: &'static str,
    /// The referenced columns, in the order of the foreign key's.
    pub parent_columns: Vec<&'static str>,
    /// How a child row finds its parent row.
    pub parents: Parents,
    /// When the foreign key is written and checked.
    pub when: When,
    /// The parents, where they are rows that the database holds already.
    pub made: Option<Arc<MadeRows>>,
    /// The constraint that enforces it, where the database has been asked and has one.
    pub constraint: Option<ForeignKey>,
    /// Whether the parent is the relation's own table.
    pub(crate) is_own: bool,
    /// Whether the parent's table comes later in the plan, or is the relation's own.
    pub(crate) is_forward: bool,
    /// Whether every row has a parent.
    pub(crate) required: bool,
    /// The key of the foreign key.
    pub(crate) key: Key,
    /// The probability of NULL.
    pub(crate) null: f64,
    /// The index of the table's first row.
    pub(crate) first: u64,
    /// The index of the parent table's first row.
    pub(crate) parent_first: u64,
}

/// When a foreign key is written and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// With its row.
    WithItsRow,
    /// Written with its row, checked by the database at the end of the transaction.
    Deferred,
    /// NULL at first, in these columns, and filled by an update after all rows are there.
    Afterwards {
        /// The columns that are NULL at first.
        columns: Vec<&'static str>,
    },
}

/// How a child row finds its parent row.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Parents {
    /// The relation drives the count: the children of a parent stand together.
    Driven(#[doc(hidden)] DrivenBy),
    /// Any parent, each as likely.
    Drawn {
        /// How many parents there are.
        parents: u64,
    },
    /// A parent of its own for each row (the foreign key is unique).
    Distinct {
        /// How many parents there are.
        parents: u64,
    },
    /// An earlier row of the same table; the first row has none, or itself where it must have one.
    Earlier,
    /// The row before, of the same table (the foreign key is unique); the first row has none. Where
    /// all rows must have one, each has itself: earlier rows are too few to go round.
    Previous,
    /// Any parent, so that the foreign key differs together with other columns.
    Combined {
        /// The columns that differ together.
        combination: Arc<Combination>,
        /// How many parents there are.
        parents: u64,
    },
    /// Each row its own row of the database.
    Made,
    /// Nobody: the foreign key is NULL.
    Nobody,
}

impl fmt::Display for Parents {
    /// Which parents a row may have, in a few words: `any`, `an earlier row`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Parents::Driven(_) => "in order",
            Parents::Drawn { .. } => "any",
            Parents::Distinct { .. } => "one each",
            Parents::Earlier => "an earlier row",
            Parents::Previous => "the row before",
            Parents::Combined { combination, .. } => {
                return write!(f, "any; no two with the same {}", and(&combination.columns));
            }
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

/// The prefix sums behind [`Parents::Driven`].
#[derive(Debug, Clone)]
pub struct DrivenBy(pub(crate) Arc<FanOut>);

impl Relation {
    /// The parent row of a child row; `None` where the foreign key is NULL.
    #[inline]
    pub fn parent(&self, row: u64) -> Option<u64> {
        if self.is_null(row) { None } else { self.candidate(row) }
    }

    /// The parent row of a child row, were the foreign key not NULL.
    pub(crate) fn candidate(&self, row: u64) -> Option<u64> {
        let at = row.wrapping_sub(self.first);
        let parent = match &self.parents {
            Parents::Driven(fan_out) => fan_out.0.parent(at),
            Parents::Drawn { parents } => self.key.stream(row).below(*parents),
            Parents::Distinct { parents } => permute(self.key, *parents, at),
            Parents::Combined { combination, parents } => {
                combination.index(self.name, row).unwrap_or_else(|| self.key.stream(row).below(*parents))
            }
            Parents::Earlier if at > 0 => self.key.stream(row).below(at),
            Parents::Previous if at > 0 && !self.required => at - 1,
            Parents::Earlier | Parents::Previous => return self.required.then_some(row),
            Parents::Made => return Some(row),
            Parents::Nobody => return None,
        };
        Some(self.parent_first + parent)
    }

    /// The parent's column whose value a column of the foreign key takes: `users.id`.
    pub(crate) fn gives(&self, column: &str) -> String {
        let at = self.columns.iter().position(|own| *own == column).unwrap_or_default();
        format!("{}.{}", self.parent, self.parent_columns[at])
    }

    /// The parent row of a child row, where it is another row.
    #[inline]
    pub(crate) fn other_parent(&self, row: u64) -> Option<u64> {
        self.parent(row).filter(|&parent| !self.is_own || parent != row)
    }

    /// Whether the foreign key is NULL in a row: nothing else decides it.
    #[inline]
    pub(crate) fn is_null(&self, row: u64) -> bool {
        is_null(self.key, self.null, row)
    }
}
