//! `permute`: a keyed bijection of `0..size`, in constant memory.

use crate::cell::{Key, mix};

/// Where `index` goes in the permutation of `0..size` that `key` chooses.
///
/// Distinct indices give distinct results, so a unique column needs no retry and no set: the
/// first rows stay the same when the count grows, and any row can be asked for alone.
///
/// A six-round [Feistel network] over the smallest number of bits that holds `size`, with
/// [cycle walking] back into the range: fewer than two walks on average (a few dozen for a `size`
/// below 64, where the network is kept at six bits so that it still looks random).
///
/// An `index` of `size` or more wraps around; a `size` of 0 or 1 gives 0.
///
/// [Feistel network]: https://en.wikipedia.org/wiki/Feistel_cipher
/// [cycle walking]: https://web.cs.ucdavis.edu/~rogaway/papers/subset.pdf
///
/// ```
/// use seed_core::{Key, permute};
///
/// let key = Key::seed(1).child("users").child("badge");
/// let mut badges: Vec<u64> = (0..50).map(|row| permute(key, 50, row)).collect();
/// badges.sort();
/// assert_eq!(badges, (0..50).collect::<Vec<_>>());
/// ```
#[inline]
pub fn permute(key: Key, size: u64, index: u64) -> u64 {
    if size < 2 {
        return 0;
    }
    let bits = (u64::BITS - (size - 1).leading_zeros()).max(MIN_BITS);
    // A walk that began outside of the range might never come into it.
    let mut walked = if index < size { index } else { index % size };
    loop {
        walked = feistel(key, bits, walked);
        if walked < size {
            return walked;
        }
    }
}

/// Like [`permute`] over `0..size`, repeated for each further block of `size` rows with a key of
/// its own: row → (index, how often the range has been used up before).
#[inline]
pub(crate) fn permute_in_blocks(key: Key, size: u64, row: u64) -> (u64, u64) {
    let block = row / size;
    let key = if block == 0 { key } else { key.child("block").nth(block) };
    (permute(key, size, row % size), block)
}

const MIN_BITS: u32 = 6;
const ROUNDS: u64 = 6;

#[inline]
fn feistel(key: Key, bits: u32, x: u64) -> u64 {
    // The halves differ by one bit where `bits` is odd; they change sides, and so sizes, in each
    // round, and an even number of rounds brings both back.
    let (mut left_bits, mut right_bits) = (bits / 2, bits - bits / 2);
    let (mut left, mut right) = (x >> right_bits, x & mask(right_bits));
    for round in 0..ROUNDS {
        let mixed = mix(key.row(round) ^ right) & mask(left_bits);
        (left, right) = (right, left ^ mixed);
        (left_bits, right_bits) = (right_bits, left_bits);
    }
    left << right_bits | right
}

#[inline]
fn mask(bits: u32) -> u64 {
    (1 << bits) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u64) -> Key {
        Key::seed(n).child("users").child("badge")
    }

    #[test]
    fn is_a_bijection_for_every_size_to_five_thousand() {
        for size in 1..=5_000_u64 {
            let mut seen = vec![false; size as usize];
            for index in 0..size {
                let to = permute(key(size), size, index) as usize;
                assert!(!std::mem::replace(&mut seen[to], true), "{size}: {to} comes twice");
            }
        }
    }

    #[test]
    fn keeps_distinct_rows_distinct_in_the_largest_domains() {
        for size in [u64::from(u32::MAX), 1 << 62, (1 << 63) - 25, u64::MAX] {
            let mut seen: Vec<u64> = (0..20_000).map(|i| permute(key(3), size, i)).collect();
            assert!(seen.iter().all(|&to| to < size));
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 20_000);
        }
    }

    #[test]
    fn an_index_beyond_the_size_wraps_around() {
        for size in [2, 50, 1 << 62, u64::MAX] {
            assert_eq!(permute(key(4), size, u64::MAX), permute(key(4), size, u64::MAX % size));
        }
        assert_eq!((permute(key(4), 0, 7), permute(key(4), 1, 7)), (0, 0));
    }

    #[test]
    fn every_order_of_a_small_range_comes_as_often() {
        // Chi-squared over the 24 orders of four: 23 degrees of freedom, and 58 is passed by chance
        // once in ten thousand.
        let mut orders = std::collections::BTreeMap::new();
        for n in 0..24_000 {
            *orders.entry([0, 1, 2, 3].map(|i| permute(key(n), 4, i))).or_insert(0_f64) += 1.0;
        }
        let chi: f64 = orders.values().map(|n| (n - 1_000.0).powi(2) / 1_000.0).sum();
        assert!(orders.len() == 24 && chi < 58.0, "{} orders, chi-squared {chi}", orders.len());
    }

    #[test]
    fn spreads_the_first_rows_evenly() {
        // Chi-squared over 100 cells of 1,000 expected rows each: 99 degrees of freedom, and 160
        // is passed by chance once in ten thousand.
        let mut cells = [0_f64; 100];
        for index in 0..100_000 {
            cells[(permute(key(5), 1_000_000_000, index) / 10_000_000) as usize] += 1.0;
        }
        let chi: f64 = cells.iter().map(|n| (n - 1_000.0).powi(2) / 1_000.0).sum();
        assert!((50.0..160.0).contains(&chi), "chi-squared {chi}");
    }

    #[test]
    fn a_row_says_nothing_of_the_next() {
        // Pairs of rows and of rows one, two, three and 64 later, in ten by ten cells of 1,000 expected pairs each:
        // chi-squared of 99 degrees of freedom, and 160 is passed by chance once in ten thousand.
        for size in [100_000, 1 << 20, 1_000_003, 1 << 40, (1 << 63) - 25, u64::MAX] {
            let cell = |index| (u128::from(permute(key(6), size, index)) * 10 / u128::from(size)) as usize;
            let cells: Vec<usize> = (0..100_064.min(size)).map(cell).collect();
            for lag in [1, 2, 3, 64] {
                let mut pairs = [[0_f64; 10]; 10];
                cells.iter().zip(&cells[lag..]).for_each(|(&one, &other)| pairs[one][other] += 1.0);
                let expected = (cells.len() - lag) as f64 / 100.0;
                let chi: f64 = pairs.iter().flatten().map(|n| (n - expected).powi(2) / expected).sum();
                assert!((50.0..160.0).contains(&chi), "size {size}, lag {lag}: chi-squared {chi}");
            }
        }
    }

    #[test]
    fn rows_do_not_correlate_with_the_next() {
        // The correlation of 50,000 independent pairs has a deviation of 0.0045.
        for (size, step) in [(1_000_003, 1), (1 << 40, 1), (1 << 63, 1), (1 << 63, 1 << 32), (u64::MAX, 1 << 47)] {
            let place = |n: u64| permute(key(7), size, n * step) as f64 / size as f64 - 0.5;
            let places: Vec<f64> = (0..50_001).map(place).collect();
            let square: f64 = places.iter().map(|place| place * place).sum();
            let correlation: f64 = places.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / square;
            assert!(correlation.abs() < 0.018, "size {size}, step {step}: {correlation}");
        }
    }

    #[test]
    fn another_key_is_another_order() {
        let order = |n| (0..50).map(|i| permute(key(n), 50, i)).collect::<Vec<_>>();
        assert_ne!(order(1), order(2));
    }
}
