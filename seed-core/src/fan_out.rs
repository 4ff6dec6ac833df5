//! `With`: how many children each parent gets; `FanOut`: which parent a child row belongs to.

use std::cell::Cell;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::cell::{Key, mix};
use crate::generators::choice::Weights;
use crate::memo::identity;
use crate::stream::wide_multiply;

/// How many children each parent gets: a number, a range, or a weighted list of those.
///
/// Zero is a number of children like any other. Weights are relative: they may add up to anything.
///
/// ```
/// use seed_core::{Share, With};
///
/// let exactly = With::from(5);
/// let between = With::from(1..=5);
/// let weighted = With::weighted([Share::new(0.6, 1..=3), Share::new(0.3, 5..=7), Share::new(0.1, 0)]);
///
/// assert_eq!("1..=5".parse(), Ok(between));
/// assert_eq!("0.6: 1..=3, 0.3: 5..=7, 0.1: 0".parse(), Ok(weighted));
/// assert_eq!(exactly.to_string(), "5");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    shares: Vec<Share>,
}

/// One entry of a weighted [`With`]: how often, and how many children then.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    weight: f64,
    children: RangeInclusive<u64>,
}

impl Share {
    /// `children` with a relative weight of `weight`.
    pub fn new(weight: f64, children: impl Into<Children>) -> Share {
        Share { weight, children: children.into().0 }
    }
}

/// A number of children, or a range of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Children(RangeInclusive<u64>);

impl From<u64> for Children {
    fn from(count: u64) -> Children {
        Children(count..=count)
    }
}

impl From<RangeInclusive<u64>> for Children {
    fn from(children: RangeInclusive<u64>) -> Children {
        Children(children)
    }
}

impl With {
    /// One of several ranges, as often as their weights say.
    pub fn weighted(shares: impl IntoIterator<Item = Share>) -> With {
        With { shares: shares.into_iter().collect() }
    }

    /// How many, where every parent has as many.
    pub(crate) fn exactly(&self) -> Option<u64> {
        match self.shares.as_slice() {
            [share] if share.children.start() == share.children.end() => Some(*share.children.start()),
            _ => None,
        }
    }

    /// The greatest number of children that a parent can have.
    pub(crate) fn most(&self) -> u64 {
        self.shares.iter().map(|share| *share.children.end()).max().unwrap_or(0)
    }

    /// The smallest number of children that a parent can have.
    pub(crate) fn least(&self) -> u64 {
        self.shares.iter().map(|share| *share.children.start()).min().unwrap_or(0)
    }

    /// What is wrong with it, if anything.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Some(share) = self.shares.iter().find(|share| share.children.is_empty()) {
            let (least, most) = (share.children.start(), share.children.end());
            return Err(format!("`with = {least}..={most}` is an empty range; write the lower number first"));
        }
        if self.exactly().is_none() && self.most() > MOST_ROWS {
            return Err(format!("`with = {self}` reaches beyond 2^62 children; write a lower number"));
        }
        Weights::new(self.shares.iter().map(|share| share.weight).collect())
            .map(|_| ())
            .map_err(|message| format!("`with`: {message}"))
    }
}

impl<C: Into<Children>> From<C> for With {
    fn from(children: C) -> With {
        With::weighted([Share::new(1.0, children)])
    }
}

impl<const N: usize> From<[(f64, RangeInclusive<u64>); N]> for With {
    fn from(shares: [(f64, RangeInclusive<u64>); N]) -> With {
        With::weighted(shares.map(|(weight, children)| Share { weight, children }))
    }
}

impl fmt::Display for With {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Share { weight, children }) in self.shares.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            if self.shares.len() > 1 {
                write!(f, "{weight}: ")?;
            }
            let (least, most) = (children.start(), children.end());
            if least == most { write!(f, "{least}")? } else { write!(f, "{least}..={most}")? }
        }
        Ok(())
    }
}

impl FromStr for With {
    type Err = String;

    /// Reads what [`Display`](fmt::Display) writes: `3`, `1..=5`, `0.6: 1..=3, 0.4: 0`; a weight also as
    /// `60%: 1..=3`.
    fn from_str(text: &str) -> Result<With, String> {
        let expected =
            || format!("`{text}` is no number of children; write `3`, `1..=5`, or with weights `0.6: 1..=3, 0.4: 0`");
        let shares: Vec<&str> = text.split(',').map(str::trim).collect();
        let share = |part: &str| {
            let (weight, children) = match part.split_once(':') {
                Some((weight, children)) => (weight_of(weight.trim())?, children.trim()),
                None if shares.len() == 1 => (1.0, part),
                None => return None,
            };
            let number = |text: &str| text.trim().parse::<u64>().ok();
            let children = match children.split_once("..=") {
                Some((least, most)) => number(least)?..=number(most)?,
                None => number(children)?..=number(children)?,
            };
            Some(Share { weight, children })
        };
        let with = With { shares: shares.iter().map(|part| share(part)).collect::<Option<_>>().ok_or_else(expected)? };
        with.check().map(|()| with)
    }
}

/// `0.6` or `60%`: the same number.
fn weight_of(text: &str) -> Option<f64> {
    match text.strip_suffix('%') {
        Some(percent) => Some(percent.trim_end().parse::<f64>().ok()? / 100.0),
        None => text.parse().ok(),
    }
}

/// Child row → parent row, for a `with` and a number of parents.
///
/// The children of a parent stand together, in the order of their parents. How many a parent has
/// follows from its row alone, so more parents leave the children of the first ones where they were.
#[derive(Debug, Clone)]
pub(crate) enum FanOut {
    /// Each parent has as many.
    Exactly { each: u64, children: u64 },
    /// The prefix sums of the children, one for every [`BLOCK`] parents.
    Drawn { id: usize, drawn: Drawn, before: Vec<u64>, parents: u64, children: u64 },
}

thread_local! {
    /// The children of one parent, which stand together: a thread looks for the parent once for all of them.
    static SIBLINGS: Cell<Siblings> = const { Cell::new(Siblings { fan_out: usize::MAX, parent: 0, first: 0, end: 0 }) };
}

/// The children of one parent: rows from the first one to the end.
#[derive(Clone, Copy)]
struct Siblings {
    /// [`FanOut::Drawn::id`].
    fan_out: usize,
    parent: u64,
    first: u64,
    end: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    key: Key,
    weights: Weights,
    shares: Vec<(u64, u64)>,
}

/// Eight bytes for 64 parents: 1.25 MB for ten million.
const BLOCK: u64 = 64;

impl FanOut {
    /// `None` where the children are more than [`MOST_ROWS`]. A `with` that is drawn takes time and
    /// memory for each of the parents, of which there may be [`MOST_DRAWN`].
    pub(crate) fn new(key: Key, with: &With, parents: u64) -> Option<FanOut> {
        if let Some(each) = with.exactly() {
            let children = each.checked_mul(parents).filter(|&children| children <= MOST_ROWS)?;
            return Some(FanOut::Exactly { each, children });
        }
        let drawn = Drawn {
            key,
            weights: Weights::new(with.shares.iter().map(|share| share.weight).collect()).ok()?,
            shares: with
                .shares
                .iter()
                .map(|Share { children, .. }| (*children.start(), children.end() - children.start() + 1))
                .collect(),
        };
        let mut before = Vec::with_capacity(usize::try_from(parents.div_ceil(BLOCK)).ok()?);
        let mut children = 0_u64;
        for parent in 0..parents {
            if parent % BLOCK == 0 {
                before.push(children);
            }
            children = children.checked_add(drawn.children(parent)).filter(|&children| children <= MOST_ROWS)?;
        }
        Some(FanOut::Drawn { id: identity(), drawn, before, parents, children })
    }

    /// How many children there are in all.
    pub(crate) fn children(&self) -> u64 {
        match self {
            FanOut::Exactly { children, .. } | FanOut::Drawn { children, .. } => *children,
        }
    }

    /// The greatest number of children of one parent.
    pub(crate) fn most(&self) -> u64 {
        match self {
            FanOut::Exactly { each, .. } => *each,
            FanOut::Drawn { drawn, .. } => {
                drawn.shares.iter().map(|&(least, width)| least + (width - 1)).max().unwrap_or(0)
            }
        }
    }

    /// How many children the parents before this one have.
    pub(crate) fn before(&self, parent: u64) -> u64 {
        match self {
            FanOut::Exactly { each, .. } => parent * each,
            FanOut::Drawn { children, parents, .. } if parent >= *parents => *children,
            FanOut::Drawn { drawn, before, .. } => {
                let block = parent / BLOCK;
                before[block as usize] + (block * BLOCK..parent).map(|parent| drawn.children(parent)).sum::<u64>()
            }
        }
    }

    /// The parent of a child row below [`Self::children`].
    #[inline]
    pub(crate) fn parent(&self, child: u64) -> u64 {
        match self {
            FanOut::Exactly { each, .. } => child / each,
            FanOut::Drawn { .. } => self.place(child).0,
        }
    }

    /// The parent of a child row, and how many of its children come before the row.
    pub(crate) fn place(&self, child: u64) -> (u64, u64) {
        match self {
            FanOut::Exactly { each, .. } => (child / each, child % each),
            FanOut::Drawn { id, drawn, before, parents, .. } => SIBLINGS.with(|last| {
                let known = last.get();
                if known.fan_out == *id && (known.first..known.end).contains(&child) {
                    return (known.parent, child - known.first);
                }
                let block = before.partition_point(|&sum| sum <= child) - 1;
                let mut first = before[block];
                for parent in block as u64 * BLOCK..*parents {
                    let end = first + drawn.children(parent);
                    if child < end {
                        last.set(Siblings { fan_out: *id, parent, first, end });
                        return (parent, child - first);
                    }
                    first = end;
                }
                unreachable!("the row is below the number of children")
            }),
        }
    }
}

impl Drawn {
    #[inline]
    fn children(&self, parent: u64) -> u64 {
        let bits = self.key.row(parent);
        let (least, width) = self.shares[self.weights.pick(bits)];
        // A second number from the same bits: which share, and where in it, are independent.
        least + wide_multiply(mix(bits ^ 0x5851_f42d_4c95_7f2d), width).0
    }
}

/// More rows than any table has; sums of counts below it cannot overflow.
pub(crate) const MOST_ROWS: u64 = 1 << 62;

/// The most parents whose children are drawn: half a gigabyte of prefix sums.
pub(crate) const MOST_DRAWN: u64 = 1 << 32;

#[cfg(test)]
mod tests {
    use super::*;

    fn fan_out(with: impl Into<With>, parents: u64) -> FanOut {
        FanOut::new(Key::seed(1).child("sessions").child("user_id"), &with.into(), parents).unwrap()
    }

    fn children_per_parent(fan_out: &FanOut, parents: usize) -> Vec<u64> {
        let mut counts = vec![0; parents];
        (0..fan_out.children()).for_each(|child| counts[fan_out.parent(child) as usize] += 1);
        counts
    }

    #[test]
    fn every_parent_has_exactly_as_many() {
        assert_eq!(children_per_parent(&fan_out(5, 12), 12), [5; 12]);
    }

    #[test]
    fn zero_children_are_possible() {
        assert_eq!(fan_out(0, 12).children(), 0);
        let some = children_per_parent(&fan_out(0..=2, 300), 300);
        assert_eq!((some.iter().min(), some.iter().max()), (Some(&0), Some(&2)));
    }

    #[test]
    fn a_child_finds_its_parent_across_blocks() {
        let with = With::weighted([Share::new(0.6, 1..=3), Share::new(0.3, 5..=7), Share::new(0.1, 0)]);
        let fan_out = fan_out(with, 1_000);
        let counts = children_per_parent(&fan_out, 1_000);
        assert_eq!(counts.iter().sum::<u64>(), fan_out.children());
        let share = |range: RangeInclusive<u64>| counts.iter().filter(|count| range.contains(count)).count();
        assert!((550..650).contains(&share(1..=3)), "{}", share(1..=3));
        assert!((250..350).contains(&share(5..=7)), "{}", share(5..=7));
        assert_eq!(share(4..=4), 0);
        let parents: Vec<u64> = (0..fan_out.children()).map(|child| fan_out.parent(child)).collect();
        assert!(parents.is_sorted());
    }

    #[test]
    fn the_children_before_a_parent_are_counted() {
        for fan_out in [fan_out(3, 200), fan_out(0..=4, 200)] {
            let counts = children_per_parent(&fan_out, 200);
            let before = (0..=200).map(|parent| fan_out.before(parent)).collect::<Vec<_>>();
            let sums: Vec<u64> = (0..=200).map(|parent| counts[..parent].iter().sum()).collect();
            assert_eq!(before, sums);
        }
    }

    #[test]
    fn relations_that_are_asked_in_turn_do_not_mix_their_parents() {
        let (one, other) = (fan_out(1..=5, 100), fan_out(2..=9, 100));
        let alone: Vec<_> = (0..other.children()).map(|child| other.place(child)).collect();
        let in_turn = |child| {
            one.place(child % one.children());
            other.place(child)
        };
        assert!((0..other.children()).rev().all(|child| in_turn(child) == alone[child as usize]));
    }

    #[test]
    fn more_parents_leave_the_first_children_as_they_were() {
        let (few, many) = (fan_out(1..=5, 100), fan_out(1..=5, 200));
        assert!((0..few.children()).all(|child| few.parent(child) == many.parent(child)));
    }

    #[test]
    fn too_many_rows_are_noticed() {
        assert!(FanOut::new(Key::seed(1), &With::from(u64::MAX), 2).is_none());
        assert!(FanOut::new(Key::seed(1), &With::from(MOST_ROWS - 1..=MOST_ROWS), 2).is_none());
        let endless = With::from(0..=u64::MAX);
        assert_eq!(
            endless.check(),
            Err("`with = 0..=18446744073709551615` reaches beyond 2^62 children; write a lower number".to_owned())
        );
    }

    #[test]
    fn the_end_of_the_largest_fan_out_is_found() {
        let fan_out = fan_out(1 << 50, 1 << 12);
        assert_eq!(fan_out.parent(MOST_ROWS - 1), (1 << 12) - 1);
    }

    #[test]
    fn a_weight_may_be_a_percentage() {
        let weighted = With::weighted([Share::new(0.6, 1..=3), Share::new(0.3, 5..=7), Share::new(0.1, 0)]);
        assert_eq!("60%: 1..=3, 30 %: 5..=7, 0.1: 0".parse(), Ok(weighted));
    }

    #[test]
    fn a_text_that_is_no_with_says_what_to_write() {
        for text in ["", "x", "1,2", "3..=1", "0.5:", "-1", "%: 1", "60%", "60%%: 1", "-5%: 1"] {
            assert!(text.parse::<With>().is_err(), "{text}");
        }
    }
}
