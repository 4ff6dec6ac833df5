//! `Relation`: how a child row finds its parent row.

use std::sync::Arc;

use crate::catalogue::ForeignKey;
use crate::cell::{Cell, Key};
use crate::column::is_null;
use crate::combination::Combination;
use crate::fan_out::FanOut;
use crate::generator::Domain;
use crate::generators::zipf::Zipf;
use crate::made::MadeRows;
use crate::permutation::permute;
use crate::plan::forest::Forest;
use crate::plan::way::Way;
use crate::plan::within::Within;
use crate::spread::spread;

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
    /// How the row's ancestors by this relation agree with those by others, in a few words.
    pub agrees: Option<String>,
    /// When the foreign key is written and checked.
    pub when: When,
    /// The parents, where they are rows that the database holds already.
    pub made: Option<Arc<MadeRows>>,
    /// The constraint that enforces it, where the database has been asked and has one.
    pub constraint: Option<ForeignKey>,
    /// Whether the database has been asked, and has no constraint that enforces it.
    pub soft: bool,
    /// Relations to the same table whose parents are other rows.
    pub(crate) differs_from: Vec<Arc<Relation>>,
    /// The parents among which a row's is, where it agrees with other relations.
    pub(crate) within: Option<Within>,
    /// Whether the parent is the relation's own table.
    pub(crate) is_own: bool,
    /// Whether the parent's rows are decided later, or are of the relation's own table.
    pub(crate) is_forward: bool,
    /// Whether every row has a parent.
    pub(crate) required: bool,
    /// Whether some of the columns can be NULL, and others cannot.
    pub(crate) is_half_nullable: bool,
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
        /// How many there are to choose from.
        parents: u64,
    },
    /// Any parent, some of them much more often than others.
    Popular {
        /// The ranks of the parents, most popular first.
        #[doc(hidden)]
        ranks: Zipf<i64>,
        /// How many there are to choose from.
        parents: u64,
    },
    /// A parent of its own for each row (the foreign key is unique).
    Distinct {
        /// How many parents there are.
        parents: u64,
    },
    /// Any parent, so that the foreign key differs together with other columns.
    Combined {
        /// The columns that differ together.
        combination: Arc<Combination>,
        /// How many there are to choose from.
        parents: u64,
    },
    /// The ancestor that the row has by other relations.
    Through {
        /// The way there.
        #[doc(hidden)]
        way: Way,
        /// Other ways, for rows in which a foreign key on that one is NULL.
        #[doc(hidden)]
        further: Vec<Way>,
        /// How many parents there are, for rows that have no such ancestor.
        parents: u64,
        /// The relations, in a few words.
        by: String,
    },
    /// An earlier row of the same table; the first row has none, or itself where it must have one.
    Earlier,
    /// The row before, of the same table (the foreign key is unique); the first row has none. Where
    /// all rows must have one, each has itself: earlier rows are too few to go round.
    Previous,
    /// An earlier row of the same table, so that the rows are trees of a shape.
    Tree(#[doc(hidden)] Forest),
    /// Each row its own row of the database.
    Made,
    /// Nobody: the foreign key is NULL.
    Nobody,
}

/// The prefix sums behind [`Parents::Driven`].
#[derive(Debug, Clone)]
pub struct DrivenBy(pub(crate) Arc<FanOut>);

impl Relation {
    /// The parent row of a child row; `None` where the foreign key is NULL.
    #[inline]
    pub fn parent(&self, row: u64) -> Option<u64> {
        if is_null(self.key, self.null, row) { None } else { self.candidate(row) }
    }

    /// The parent row of a child row, were the foreign key not NULL.
    #[inline]
    pub(crate) fn candidate(&self, row: u64) -> Option<u64> {
        // Most relations depend on no other one, and are asked for each row.
        match &self.parents {
            Parents::Driven(_) | Parents::Drawn { .. } if self.within.is_none() && self.differs_from.is_empty() => {
                Some(self.parent_first + self.chosen(row))
            }
            _ => self.candidate_of_others(row),
        }
    }

    /// As [`candidate`](Relation::candidate), of a relation that may depend on others.
    fn candidate_of_others(&self, row: u64) -> Option<u64> {
        match &self.parents {
            Parents::Made => return Some(row),
            Parents::Nobody => return None,
            Parents::Earlier | Parents::Previous | Parents::Tree(_) => return self.own_parent(row),
            Parents::Through { way, further, .. } => {
                if let Some(ancestor) = std::iter::once(way).chain(further).find_map(|way| way.ancestor(row)) {
                    return Some(ancestor);
                }
            }
            _ => {}
        }
        let within = self.within.as_ref().and_then(|within| Some((within, within.group(row)?)));
        if let Some((within, group)) = within {
            match within.choose(self, row, group) {
                Some(parent) => return Some(self.parent_first + parent),
                None if !self.required => return None,
                None => {}
            }
        }
        Some(self.parent_first + self.apart(row, self.chosen(row)))
    }

    /// The parent where only its row matters, and not whether it is told: a composite foreign key of which one column is
    /// NULL still has the others.
    #[inline]
    pub(crate) fn on_the_way(&self, row: u64) -> Option<u64> {
        if self.is_half_nullable { self.candidate(row) } else { self.parent(row) }
    }

    /// The parent row of a child row, where it is another row.
    #[inline]
    pub(crate) fn other_parent(&self, row: u64) -> Option<u64> {
        self.parent(row).filter(|&parent| !self.is_own || parent != row)
    }

    /// Whether there is a parent for each row, were no foreign key NULL.
    pub(super) fn has_candidates(&self) -> bool {
        match &self.parents {
            Parents::Nobody => false,
            _ if self.is_own => self.required,
            _ => self.required || self.within.is_none(),
        }
    }

    /// Whether its columns have a value in each row.
    pub(super) fn always_gives(&self) -> bool {
        self.null == 0.0 && self.has_candidates()
    }

    /// Settles the ways on which the parents depend, and among which parents they are.
    pub(super) fn settle(&self) {
        if let Parents::Through { way, .. } = &self.parents {
            way.settle();
        }
        self.differs_from.iter().for_each(|other| other.settle());
        if let Some(within) = &self.within {
            within.way.settle();
            within.settle(self);
        }
    }

    /// Whether the children of the driving parent have other rows each, of those of its ancestor, which
    /// each of them has.
    pub(crate) fn is_distinct_within(&self) -> bool {
        self.within.as_ref().is_some_and(|within| within.distinct.is_some() && within.way.always_leads())
    }

    /// Which of the parents to choose from it is.
    #[inline]
    fn chosen(&self, row: u64) -> u64 {
        let at = row.wrapping_sub(self.first);
        match &self.parents {
            Parents::Driven(fan_out) => fan_out.0.parent(at),
            Parents::Distinct { parents } => permute(self.key, *parents, at),
            Parents::Combined { combination, parents } => {
                combination.index(self.name, row).unwrap_or_else(|| spread(self.key.row(row), *parents))
            }
            Parents::Popular { ranks, parents } => {
                let cell = Cell { table: self.key, column: self.key.child("zipf"), row };
                permute(self.key.child("popular"), *parents, ranks.draw(&cell))
            }
            Parents::Drawn { parents } | Parents::Through { parents, .. } => spread(self.key.row(row), *parents),
            Parents::Earlier | Parents::Previous | Parents::Tree(_) | Parents::Made | Parents::Nobody => 0,
        }
    }

    /// The row that a choice stands for, where some rows are not to be chosen from.
    #[inline]
    fn apart(&self, row: u64, choice: u64) -> u64 {
        if self.differs_from.is_empty() {
            return choice;
        }
        let others = self.differs_from.iter().filter_map(|other| other.on_the_way(row));
        skip(others.map(|other| other.wrapping_sub(self.parent_first)), choice)
    }

    /// An earlier row, of the whole table or of those within which the relation agrees.
    fn own_parent(&self, row: u64) -> Option<u64> {
        let at = row.wrapping_sub(self.first);
        let group = match &self.within {
            None => None,
            Some(within) => within.group(row).and_then(|group| Some((group, group.place(at)?))),
        };
        let place = group.map_or(at, |(_, place)| place);
        let parent = match &self.parents {
            // A row that agrees with nothing is a root.
            _ if self.within.is_some() && group.is_none() => None,
            Parents::Tree(forest) => forest.parent(place),
            Parents::Previous if self.required => None,
            Parents::Previous => place.checked_sub(1),
            _ if place == 0 => None,
            _ => Some(self.key.stream(row).below(place)),
        };
        match parent {
            Some(parent) => Some(self.first + group.map_or(parent, |(group, _)| group.nth(parent))),
            None => self.required.then_some(row),
        }
    }

    /// From child to parent: `user_id → users`.
    pub fn edge(&self) -> String {
        format!("{} → {}", self.columns.join(", "), self.parent)
    }

    /// The parent's column whose value a column of the foreign key takes: `users.id`.
    pub(crate) fn gives(&self, column: &str) -> String {
        format!("{}.{}", self.parent, self.parent_column(column).unwrap_or_default())
    }

    /// The parent's column that a column of the foreign key references.
    pub(crate) fn parent_column(&self, column: &str) -> Option<&'static str> {
        let at = self.columns.iter().position(|own| *own == column)?;
        self.parent_columns.get(at).copied()
    }
}

/// The `choice`-th number that is none of these.
pub(super) fn skip(numbers: impl Iterator<Item = u64>, mut choice: u64) -> u64 {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        if choice >= number {
            choice += 1;
        }
    }
    choice
}
