//! Rules of numbers of children that are written out: `3`, `1..=5`, or a list of weights and those.

use syn::{Expr, ExprArray, RangeLimits};

use super::literals::{check_range_is_not_empty, check_weight, integer, number, pair};
use crate::context::Context;
use crate::relation::{Choice, Tree};

/// Judges the literals that say which parents the rows have.
pub(super) fn check(context: &mut Context, choice: &Choice) {
    if let Some((_, expr)) = &choice.with {
        WITH.check(context, expr);
    }
    if let Some((_, expr)) = &choice.zipf {
        check_exponent(context, expr);
    }
    if let Some(tree) = &choice.tree {
        check_tree(context, tree);
    }
}

/// What counts children, and from which number on.
struct Counts {
    name: &'static str,
    least: i128,
    message: &'static str,
}

const WITH: Counts = Counts {
    name: "with",
    least: 0,
    message: "children are counted in whole numbers, as in `with = 3` or `with = 1..=5`",
};

const BRANCHING: Counts = Counts {
    name: "branching",
    least: 1,
    message: "a row of a tree has 1 child or more until there are no more rows, as in `branching = 4` or `branching = 1..=6`",
};

impl Counts {
    fn check(&self, context: &mut Context, expr: &Expr) {
        let Expr::Array(ExprArray { elems, .. }) = expr else { return self.check_number(context, expr) };
        if elems.is_empty() {
            let name = self.name;
            context.error(
                expr,
                format!("the list is empty; give it at least one pair, as in `{name} = [(0.6, 1..=3), (0.4, 5)]`"),
            );
        }
        for share in elems {
            match pair(share) {
                None => {
                    return context.error(share, "expected a weight and a number of children, as in `(0.6, 1..=3)`");
                }
                Some((Expr::Range(_), _)) => {
                    return context.error(share, "the weight comes first, as in `(0.6, 1..=3)`");
                }
                Some((weight, children)) => {
                    check_weight(context, weight);
                    self.check_number(context, children);
                }
            }
        }
    }

    /// `3` or `1..=5`
    fn check_number(&self, context: &mut Context, expr: &Expr) {
        match expr {
            Expr::Range(range) => match (&range.start, &range.end, &range.limits) {
                (Some(start), Some(end), RangeLimits::Closed(_)) => {
                    check_range_is_not_empty(context, expr, range);
                    for end in [start, end].into_iter().filter(|end| !matches!(***end, Expr::Range(_))) {
                        self.check_number(context, end);
                    }
                }
                _ => context.error(expr, "a range of children has both ends, and reaches its last: write `1..=5`"),
            },
            _ if integer(expr).is_some_and(|children| children >= self.least) => {}
            Expr::Lit(_) | Expr::Unary(_) => context.error(expr, self.message),
            _ => {}
        }
    }
}

fn check_exponent(context: &mut Context, expr: &Expr) {
    let is_wrong = match number(expr) {
        Some(exponent) => exponent < 0.0,
        None => matches!(expr, Expr::Lit(_) | Expr::Range(_)),
    };
    if is_wrong {
        context.error(
            expr,
            "the exponent is a number of 0 or more: at 0 all parents are as likely, and at 1 the second has half the \
             children of the first, as in `zipf = 1.0`",
        );
    }
}

fn check_tree(context: &mut Context, tree: &Tree) {
    if let Some((_, expr)) = &tree.roots {
        check_roots(context, expr);
    }
    let is_written = |expr: &Expr| matches!(expr, Expr::Lit(_) | Expr::Unary(_) | Expr::Range(_) | Expr::Array(_));
    let is_too_low = |expr: &Expr| integer(expr).map_or(is_written(expr), |number| number < 1);
    let Some((depth, levels)) = &tree.depth else {
        if let Some((_, expr)) = &tree.branching {
            BRANCHING.check(context, expr);
        }
        return;
    };
    if is_too_low(levels) {
        context
            .error(levels, "`depth` counts levels, of which the root is the first: write 1 or more, as in `depth = 5`");
    }
    if let Some((roots, _)) = &tree.roots {
        context.error(
            roots,
            format!(
                "`roots` conflicts with `{depth}`: trees of so many levels are complete, each with one root; keep one"
            ),
        );
    }
    if let Some((_, expr)) = tree.branching.as_ref().filter(|(_, expr)| is_too_low(expr)) {
        context.error(
            expr,
            "with `depth`, each row above the last level has as many children, 1 or more: write `branching = 3`",
        );
    }
}

fn check_roots(context: &mut Context, expr: &Expr) {
    let is_wrong = match number(expr) {
        Some(share) => share <= 0.0 || share > 1.0,
        None => matches!(expr, Expr::Lit(_) | Expr::Range(_)),
    };
    if is_wrong {
        context.error(
            expr,
            "`roots` is the share of rows that are roots, above 0.0 and up to 1.0: every tenth row is `roots = 0.1`",
        );
    }
}
