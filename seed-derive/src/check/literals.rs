//! Rules of what is written out: a list, a range or a number that no type has to be known for.
//! Whatever else is written, the compiler judges by its type.

use syn::{Expr, ExprArray, ExprLit, ExprRange, ExprTuple, ExprUnary, Lit, RangeLimits, UnOp};

use crate::attribute::ungrouped;
use crate::context::Context;
use crate::field::{Field, SourceKind};

/// Judges the literals of a field's attributes.
pub(super) fn check(context: &mut Context, field: &Field) {
    if let Some((_, expr)) = &field.null {
        check_probability(context, expr);
    }
    match &field.source {
        Some(source) if source.kind == SourceKind::Range => check_range(context, &source.expr),
        Some(source) if source.kind == SourceKind::Values => check_values(context, &source.expr),
        _ => {}
    }
}

/// The values and weights of a list that consists of such pairs.
pub(crate) fn weighted(expr: &Expr) -> Option<Vec<(&Expr, &Expr)>> {
    let Expr::Array(ExprArray { elems, .. }) = expr else { return None };
    let pairs: Option<Vec<_>> = elems.iter().map(pair).collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

/// `(a, b)`
pub(crate) fn pair(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match ungrouped(expr) {
        Expr::Tuple(ExprTuple { elems, .. }) if elems.len() == 2 => Some((&elems[0], &elems[1])),
        _ => None,
    }
}

/// A number that is written out, and that a float can hold.
pub(crate) fn number(expr: &Expr) -> Option<f64> {
    match ungrouped(expr) {
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => {
            number.base10_parse().ok().filter(|number: &f64| number.is_finite())
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => number(expr).map(|number| -number),
        _ => integer(expr).map(|number| number as f64),
    }
}

pub(super) fn integer(expr: &Expr) -> Option<i128> {
    match ungrouped(expr) {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => integer(expr).map(|number| -number),
        _ => None,
    }
}

fn check_probability(context: &mut Context, expr: &Expr) {
    let is_wrong = match number(expr) {
        Some(number) => !(0.0..=1.0).contains(&number),
        None => matches!(expr, Expr::Lit(_)),
    };
    if is_wrong {
        context.error(expr, "a probability is a number from 0.0 to 1.0: 20 % of the rows are `null = 0.2`");
    }
}

fn check_range(context: &mut Context, expr: &Expr) {
    let Expr::Range(range) = expr else { return };
    match (&range.start, &range.end) {
        (Some(_), Some(_)) => check_range_is_not_empty(context, expr, range),
        _ => context.error(expr, "a range needs both of its ends, as in `range = 1..=10`"),
    }
}

pub(super) fn check_range_is_not_empty(context: &mut Context, expr: &Expr, range: &ExprRange) {
    let (Some(start), Some(end)) = (&range.start, &range.end) else { return };
    let is_closed = matches!(range.limits, RangeLimits::Closed(_));
    let is_empty = match (integer(start), integer(end)) {
        (Some(start), Some(end)) => start > end || (start == end && !is_closed),
        _ => match (number(start), number(end)) {
            (Some(start), Some(end)) => start > end || (start == end && !is_closed),
            _ => false,
        },
    };
    if is_empty {
        context.error(expr, "the range is empty; write the lower end first");
    }
}

fn check_values(context: &mut Context, expr: &Expr) {
    match expr {
        Expr::Array(ExprArray { elems, .. }) if elems.is_empty() => {
            context.error(expr, "the list of values is empty; give it at least one");
        }
        Expr::Lit(_) | Expr::Range(_) => {
            context.error(expr, "expected a list, as in `values = [\"a\", \"b\"]`");
        }
        _ => {
            for (_, weight) in weighted(expr).into_iter().flatten() {
                check_weight(context, weight);
            }
        }
    }
}

pub(crate) fn check_weight(context: &mut Context, expr: &Expr) {
    let is_wrong = match number(expr) {
        Some(weight) => weight < 0.0,
        None => matches!(expr, Expr::Lit(_) | Expr::Range(_)),
    };
    if is_wrong {
        context.error(expr, "a weight is a number of 0 or more; weights are relative to one another");
    }
}
