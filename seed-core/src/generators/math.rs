//! Logarithms, powers of e and the normal curve, to the last bit the same on every machine.
//!
//! The standard library's `ln` and `exp` are the platform's, and may differ in the last bit. These are made of
//! `+ - * /`, square roots and the bits of a float, which IEEE 754 defines exactly.
//!
//! `ln` and `exp` are those of [FreeBSD's msun] (`e_log.c` and `e_exp.c`, "Copyright (C) 1993, 2004 by Sun
//! Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute this software is
//! freely granted, provided that this notice is preserved.").
//!
//! [FreeBSD's msun]: https://github.com/freebsd/freebsd-src/tree/main/lib/msun/src

#![expect(clippy::excessive_precision, reason = "constants are written as their sources have them")]

const LN_2_HIGH: f64 = 6.93147180369123816490e-01;
const LN_2_LOW: f64 = 1.90821492927058770002e-10;

/// The natural logarithm of a number above 0, within one unit of the last place.
pub(crate) fn ln(x: f64) -> f64 {
    // A subnormal number is made a normal one.
    let (x, shift) = if x < f64::MIN_POSITIVE { (x * 18_014_398_509_481_984.0, -54) } else { (x, 0) };
    // x = 2^k * (1 + f), with 1 + f between the square roots of 1/2 and 2.
    let bits = x.to_bits() + ((0x3ff0_0000 - 0x3fe6_a09e) << 32);
    let k = f64::from((bits >> 52) as i32 - 0x3ff + shift);
    let f = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + (0x3fe6_a09e << 32)) - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * polynomial(w, &[3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01]);
    let odd = z * polynomial(
        w,
        &[6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01],
    );
    s * (half_square + (odd + even)) + k * LN_2_LOW - half_square + f + k * LN_2_HIGH
}

/// e to the power of a number, within one unit of the last place.
pub(crate) fn exp(x: f64) -> f64 {
    if x > 709.782712893383973096 {
        return f64::INFINITY;
    }
    if x < -745.13321910194110842 {
        return 0.0;
    }
    // x = k * ln 2 + high - low, with the rest below half of ln 2.
    let k = (std::f64::consts::LOG2_E * x).round();
    let (high, low) = (x - k * LN_2_HIGH, k * LN_2_LOW);
    let rest = high - low;
    let square = rest * rest;
    let c = rest
        - square
            * polynomial(
                square,
                &[
                    1.66666666666666019037e-01,
                    -2.77777777770155933842e-03,
                    6.61375632143793436117e-05,
                    -1.65339022054652515390e-06,
                    4.13813679705723846039e-08,
                ],
            );
    let y = 1.0 + (rest * c / (2.0 - c) - low + high);
    // In two steps, since 2^k alone may be too large or too small for a float.
    let half = k as i32 / 2;
    y * power_of_two(half) * power_of_two(k as i32 - half)
}

/// ln(1 + x) for x above -1, exact also near 0 ([Kahan's correction]).
///
/// [Kahan's correction]: https://doi.org/10.1145/103162.103163
pub(crate) fn ln_1p(x: f64) -> f64 {
    let y = 1.0 + x;
    if y == 1.0 { x } else { ln(y) * (x / (y - 1.0)) }
}

/// e^x - 1, exact also near 0 (Kahan's correction, as for [`ln_1p`]).
pub(crate) fn exp_m1(x: f64) -> f64 {
    let y = exp(x);
    if y == 1.0 {
        x
    } else if y - 1.0 == -1.0 || y.is_infinite() {
        y - 1.0
    } else {
        (y - 1.0) * (x / ln(y))
    }
}

/// Where the normal curve of mean 0 and deviation 1 has a share `p` of its rows below, for `p` between 0
/// and 1, to about 16 digits.
///
/// Wichura's PPND16: [Algorithm AS 241](https://doi.org/10.2307/2347330), Applied Statistics 37 (1988).
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * polynomial(r, &MIDDLE.0) / polynomial(r, &MIDDLE.1);
    }
    let r = (-ln(if q < 0.0 { p } else { 1.0 - p })).sqrt();
    let tail = if r <= 5.0 {
        polynomial(r - 1.6, &NEAR.0) / polynomial(r - 1.6, &NEAR.1)
    } else {
        polynomial(r - 5.0, &FAR.0) / polynomial(r - 5.0, &FAR.1)
    };
    if q < 0.0 { -tail } else { tail }
}

/// c0 + c1 x + c2 x² + …, by Horner's rule.
#[inline]
fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// 2 to a power from -1022 to 1023.
fn power_of_two(power: i32) -> f64 {
    f64::from_bits(((power + 0x3ff) as u64) << 52)
}

type Fraction = ([f64; 8], [f64; 8]);

const MIDDLE: Fraction = (
    [
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ],
    [
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ],
);

const NEAR: Fraction = (
    [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ],
    [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ],
);

const FAR: Fraction = (
    [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two numbers agree to fifteen digits.
    fn close(actual: f64, expected: f64) -> bool {
        (actual - expected).abs() <= 4e-15 * expected.abs().max(f64::MIN_POSITIVE)
    }

    #[test]
    fn known_logarithms_and_powers() {
        // 45 digits of Python's `decimal`, rounded to floats by the compiler.
        for (x, expected) in [
            (2.0, std::f64::consts::LN_2),
            (10.0, std::f64::consts::LN_10),
            (0.001, -6.90775527898213705205397436405309262280330446588631),
            (1e300, 690.77552789821370520539743640530926228033044658863),
            (1.0 + 1.0 / 1024.0, 0.000976085973055458895960824908017186672611834334),
        ] {
            assert!(close(ln(x), expected), "ln {x} = {} and not {expected}", ln(x));
            assert!(close(exp(expected), x) || x == 1e300, "exp {expected} = {} and not {x}", exp(expected));
        }
        assert_eq!((ln(1.0), exp(0.0), exp(-800.0), exp(800.0)), (0.0, 1.0, 0.0, f64::INFINITY));
        assert!(close(ln(5e-324), -744.440071921381262314107298446));
        assert!(close(exp(1.0), std::f64::consts::E));
        assert!(close(ln_1p(1e-10), 9.9999999995000000000333333e-11));
        assert!(close(exp_m1(1e-10), 1.00000000005000000000166667e-10));
    }

    #[test]
    fn agrees_with_the_platform_almost_to_the_last_bit() {
        let mut stream = crate::Stream::new(1);
        for _ in 0..20_000 {
            let x = (stream.unit() - 0.5) * 1_400.0;
            assert!(close(exp(x), x.exp()), "exp {x}");
            let y = exp(x);
            assert!(y == 0.0 || (ln(y) - y.ln()).abs() <= 4e-16 * y.ln().abs().max(1.0), "ln {y}");
            let small = x * 1e-6;
            assert!(close(ln_1p(small), small.ln_1p()) && close(exp_m1(small), small.exp_m1()), "{small}");
        }
    }

    #[test]
    fn known_points_of_the_normal_curve() {
        // The first two are the test values of AS 241; the others are R's qnorm.
        for (p, expected) in [
            (0.25, -0.6744897501960817),
            (0.001, -3.090232306167813),
            (1e-20, -9.262340089798408),
            (0.5, 0.0),
            (0.975, 1.959963984540054),
            (0.99, 2.3263478740408408),
            (1e-10, -6.361340902404056),
            (0.9999, 3.719016485455709),
        ] {
            assert!((normal_quantile(p) - expected).abs() < 1e-12, "{p}: {} {expected}", normal_quantile(p));
        }
    }

    #[test]
    fn the_last_bit_never_changes() {
        let bits = [ln(3.0), ln(0.1), exp(2.5), exp(-30.0), exp_m1(0.3), ln_1p(0.3)].map(f64::to_bits);
        assert_eq!(bits, MATHS, "{bits:#x?}");
        let bits = [0.1, 0.025, 1e-9, 1e-15].map(|p| normal_quantile(p).to_bits());
        assert_eq!(bits, QUANTILES, "{bits:#x?}");
    }

    const MATHS: [u64; 6] = [
        0x3ff193ea7aad030a,
        0xc0026bb1bbb55515,
        0x40285d6fd931e0bb,
        0x3d3a56e0c2ac7f75,
        0x3fd6641632306a57,
        0x3fd0ca937be1b9db,
    ];
    const QUANTILES: [u64; 4] = [0xbff4813c36e26d34, 0xbfff5c0331eeff83, 0xc017fdc11f44b5a7, 0xc01fc3f007789667];
}
