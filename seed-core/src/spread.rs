//! `spread`: one of `0..n`, chosen so that a greater `n` moves as little as possible.

use crate::cell::mix;

/// One of `0..n` for 64 well-mixed bits, each as likely.
///
/// Where `n` grows by one, a share of 1 in `n + 1` moves, all of it to the new number, and the rest stays:
/// a new parent row takes some children from each of the others, and no child goes from one old parent to another.
///
/// Constant time: a consistent hash for powers of two, and a few jumps between two of them. E. Leu, [Fast
/// consistent hashing in constant time](https://arxiv.org/abs/2307.12448), 2023, built on J. Lamping and E. Veach, [A fast,
/// minimal memory, consistent hash algorithm](https://arxiv.org/abs/1406.2294), 2014.
///
/// `n` is 1 or more, up to 2^62.
#[inline]
pub(crate) fn spread(bits: u64, n: u64) -> u64 {
    let above = n.next_power_of_two();
    let place = in_power(bits, above);
    if place < n {
        return place;
    }
    let below = above / 2;
    match jump(bits, below - 1, n) {
        place if place >= below => place,
        _ => in_power(bits, below),
    }
}

/// One of `0..power`, a power of two. The next power adds a bit: where it is not set, nothing moves.
#[inline]
fn in_power(bits: u64, power: u64) -> u64 {
    match (bits & (power - 1)).checked_ilog2() {
        None => 0,
        Some(highest) => {
            let half = 1 << highest;
            half + (draw(bits, u64::MAX - u64::from(highest)) & (half - 1))
        }
    }
}

/// The last of the numbers below `n` that one jumps to from `from`. Each number is jumped to with a
/// probability of one in all numbers up to it.
#[inline]
fn jump(bits: u64, from: u64, n: u64) -> u64 {
    let mut at = from;
    loop {
        // Above 0.0, up to 1.0: a division, and so the same on every platform.
        let fraction = ((draw(bits, at) >> 11) + 1) as f64 / (1_u64 << 53) as f64;
        let next = (at + 1) as f64 / fraction;
        if next >= n as f64 {
            return at;
        }
        at = next as u64;
    }
}

/// Further bits.
#[inline]
fn draw(bits: u64, n: u64) -> u64 {
    mix(bits ^ mix(n.wrapping_add(0x9e37_79b9_7f4a_7c15)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    fn bits(row: u64) -> u64 {
        Key::seed(3).child("posts").child("user_id").row(row)
    }

    #[test]
    fn each_number_is_as_likely() {
        for n in [1, 2, 3, 5, 16, 17, 31, 100] {
            let mut counts = vec![0_u64; n as usize];
            (0..n * 1_000).for_each(|row| counts[spread(bits(row), n) as usize] += 1);
            // Six standard deviations of 1,000.
            assert!(counts.iter().all(|count| (810..=1_190).contains(count)), "of {n}: {counts:?}");
        }
    }

    #[test]
    fn one_more_moves_nothing_but_to_itself() {
        let mut moved = 0;
        for row in 0..500 {
            let mut place = 0;
            for n in 2..=300 {
                let next = spread(bits(row), n);
                assert!(next == place || next == n - 1, "row {row} goes from {place} to {next} of {n}");
                moved += u64::from(next != place);
                place = next;
            }
        }
        // 1/2 + 1/3 + … + 1/300 = 5.28 moves of each.
        assert!((2_500..2_780).contains(&moved), "{moved} moves of 500 rows");
    }

    #[test]
    fn the_greatest_number_of_parents() {
        let most = 1 << 62;
        for n in [most, most - 1, (1 << 61) + 1] {
            let places: Vec<u64> = (0..1_000).map(|row| spread(bits(row), n)).collect();
            assert!(places.iter().all(|place| *place < n));
            let above = places.iter().filter(|place| **place >= n / 2).count();
            assert!((400..600).contains(&above), "{above} of 1,000 in the upper half of {n}");
        }
    }
}
