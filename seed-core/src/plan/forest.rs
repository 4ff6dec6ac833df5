//! `Forest`: the trees that a self reference makes, in closed form.

use std::fmt;
use std::sync::Arc;

use crate::cell::Key;
use crate::def::Tree;
use crate::fan_out::{FanOut, MOST_ROWS, With};

/// Trees of rows: each row is a root, or the child of an earlier row.
#[derive(Debug, Clone)]
pub struct Forest(Shape);

#[derive(Debug, Clone)]
enum Shape {
    /// Roots are spread evenly; all other rows are, in order, the children of the rows, in order.
    Roots { roots: Share, branching: With, children: Arc<FanOut> },
    /// Complete trees of so many rows, one after the other, each level by level.
    Depth { depth: u64, branching: u64, size: u64 },
}

/// A share of rows, in parts of 2^32.
#[derive(Debug, Clone, Copy)]
struct Share(u64);

impl Share {
    /// How many of the first `rows` rows it is, rounded up.
    fn of(self, rows: u64) -> u64 {
        let parts = u128::from(rows) * u128::from(self.0);
        u64::try_from(parts.div_ceil(1 << 32)).unwrap_or(u64::MAX)
    }
}

impl Forest {
    /// The trees of so many rows.
    pub(super) fn new(key: Key, tree: &Tree, rows: u64) -> Result<Forest, String> {
        match tree {
            Tree::Roots { roots, branching } => {
                if !(*roots > 0.0 && *roots <= 1.0) {
                    return Err(format!("`roots = {roots}` is no share of roots; write a number above 0.0, up to 1.0"));
                }
                if branching.least() == 0 {
                    return Err(format!(
                        "`branching = {branching}` lets a row have no children, so that the tree may end before the rows do; \
                         write 1 or more"
                    ));
                }
                branching.check().map_err(|message| message.replace("with", "branching"))?;
                let roots = Share(((roots * (1_u64 << 32) as f64) as u64).max(1));
                let parents = (rows / branching.least() + 1).min(MOST_ROWS / branching.most().max(1));
                let children = FanOut::new(key.child("branching"), branching, parents);
                let children = children.ok_or_else(|| "the tree has more than 2^62 rows; plan fewer".to_owned())?;
                let branching = branching.clone();
                Ok(Forest(Shape::Roots { roots, branching, children: Arc::new(children) }))
            }
            Tree::Depth { depth: 0, .. } => {
                Err("`depth = 0` leaves no level for the roots; write 1 or more".to_owned())
            }
            Tree::Depth { branching: 0, .. } => {
                Err("`branching = 0` lets no row have children; write 1 or more".to_owned())
            }
            &Tree::Depth { depth, branching } => {
                let levels = (0..depth).map_while(|level| branching.checked_pow(u32::try_from(level).ok()?));
                let mut size = 0_u64;
                for (level, rows) in levels.enumerate() {
                    if level as u64 >= depth || size > MOST_ROWS {
                        break;
                    }
                    size = size.saturating_add(rows);
                }
                Ok(Forest(Shape::Depth { depth, branching, size }))
            }
        }
    }

    /// The parent of the row at a place; none of a root.
    #[inline]
    pub(super) fn parent(&self, at: u64) -> Option<u64> {
        match &self.0 {
            Shape::Roots { roots, children, .. } => {
                let before = roots.of(at);
                (roots.of(at + 1) == before).then(|| children.parent(at - before))
            }
            Shape::Depth { branching, size, .. } => {
                let in_tree = at % size;
                Some(at - in_tree + in_tree.checked_sub(1)? / branching)
            }
        }
    }
}

impl fmt::Display for Forest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shape::Roots { roots, branching, .. } => {
                let percent = (roots.0 as f64 / (1_u64 << 32) as f64 * 1_000.0).round() / 10.0;
                write!(f, "an earlier row; {percent} % are roots, children of a row: {branching}")
            }
            Shape::Depth { depth, branching, .. } => {
                write!(f, "an earlier row; trees of {depth} levels, children of a row: {branching}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest(tree: Tree, rows: u64) -> Vec<Option<u64>> {
        let forest = Forest::new(Key::seed(1), &tree, rows).unwrap();
        (0..rows).map(|row| forest.parent(row)).collect()
    }

    #[test]
    fn roots_are_spread_and_the_first_rows_have_children_first() {
        let rows = forest(Tree::Roots { roots: 0.25, branching: With::from(2) }, 12);
        let some = |row| Some(row);
        let parents = [0, 0, 1, 1, 2, 2, 3, 3, 4].map(some);
        let [a, b, c, d, e, g, h, i, j] = parents;
        assert_eq!(rows, [None, a, b, c, None, d, e, g, None, h, i, j]);
    }

    #[test]
    fn every_row_of_a_ragged_tree_comes_after_its_parent_and_has_as_many_children_as_allowed() {
        let rows = forest(Tree::Roots { roots: 0.1, branching: With::from(1..=6) }, 5_000);
        let mut children = vec![0; rows.len()];
        for (row, parent) in rows.iter().enumerate() {
            if let Some(parent) = parent {
                assert!((*parent as usize) < row);
                children[*parent as usize] += 1;
            }
        }
        assert_eq!(rows.iter().filter(|parent| parent.is_none()).count(), 500);
        let with_all = &children[..1_000];
        assert_eq!((with_all.iter().min(), with_all.iter().max()), (Some(&1), Some(&6)));
    }

    #[test]
    fn more_rows_leave_the_first_where_they_were() {
        let tree = || Tree::Roots { roots: 0.07, branching: With::from(1..=4) };
        assert_eq!(forest(tree(), 900)[..], forest(tree(), 2_000)[..900]);
    }

    #[test]
    fn trees_of_a_depth_are_complete() {
        let rows = forest(Tree::Depth { depth: 3, branching: 2 }, 9);
        assert_eq!(rows, [None, Some(0), Some(0), Some(1), Some(1), Some(2), Some(2), None, Some(7)]);
        assert_eq!(forest(Tree::Depth { depth: 1, branching: 5 }, 3), [None; 3]);
        assert_eq!(forest(Tree::Depth { depth: 3, branching: 1 }, 4), [None, Some(0), Some(1), None]);
        assert_eq!(forest(Tree::Depth { depth: 200, branching: 9 }, 3), [None, Some(0), Some(0)]);
    }

    #[test]
    fn a_shape_that_is_none_says_what_to_write() {
        let mistake = |tree| Forest::new(Key::seed(1), &tree, 10).unwrap_err();
        let roots = |roots| mistake(Tree::Roots { roots, branching: With::from(2) });
        assert_eq!(roots(0.0), "`roots = 0` is no share of roots; write a number above 0.0, up to 1.0");
        assert!(roots(1.5).contains("1.5") && roots(f64::NAN).contains("NaN"));
        assert!(mistake(Tree::Roots { roots: 0.5, branching: With::from(0..=2) }).contains("`branching = 0..=2`"));
        assert!(mistake(Tree::Depth { depth: 0, branching: 2 }).contains("`depth = 0`"));
        assert!(mistake(Tree::Depth { depth: 2, branching: 0 }).contains("`branching = 0`"));
    }
}
