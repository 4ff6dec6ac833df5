//! `Number`: whatever a distribution can be rounded to.

use std::fmt::Debug;

/// A number that an `f64` can be brought to: integers are rounded, and what a type cannot hold becomes its
/// nearest end.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number that a distribution makes",
    label = "no type of numbers",
    note = "distributions make integers and floats; `.map(..)` turns them into other types"
)]
pub trait Number: Clone + PartialOrd + Debug + Send + Sync + 'static {
    /// The number nearest to an `f64`.
    fn nearest(value: f64) -> Self;
}

macro_rules! numbers {
    ($($type:ty: $round:expr;)*) => {$(
        impl Number for $type {
            #[inline]
            fn nearest(value: f64) -> $type {
                let round: fn(f64) -> f64 = $round;
                // A cast of a float keeps to the ends of its type.
                round(value) as $type
            }
        }
    )*};
}
numbers! {
    i8: f64::round;
    i16: f64::round;
    i32: f64::round;
    i64: f64::round;
    u8: f64::round;
    u16: f64::round;
    u32: f64::round;
    u64: f64::round;
    f32: |value| value.clamp(f32::MIN.into(), f32::MAX.into());
    f64: |value| value.clamp(f64::MIN, f64::MAX);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_type_cannot_hold_becomes_its_nearest_end() {
        assert_eq!((i8::nearest(1e9), i8::nearest(-1e9), u8::nearest(-0.6)), (127, -128, 0));
        assert_eq!((i64::nearest(1e300), u64::nearest(f64::INFINITY)), (i64::MAX, u64::MAX));
        assert_eq!((f32::nearest(1e300), f64::nearest(f64::NEG_INFINITY)), (f32::MAX, f64::MIN));
        assert_eq!([2.4, 2.5, -2.5].map(i32::nearest), [2, 3, -3]);
    }
}
