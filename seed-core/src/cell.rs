//! `Key` and `Cell`: from the names of a table and a column, and a row, to 64 bits.

use crate::permutation::permute;
use crate::stream::{Stream, wide_multiply};

/// The hashed path seed → table → column: what chooses a stream of cells.
///
/// Names are hashed rather than numbered, so that a new column or table leaves every other cell as
/// it was. The hash is fixed for good: [FNV-1a] over the name's UTF-8 bytes, folded into the
/// parent's key by a multiplication and the finalizer of [SplitMix64] (Stafford's variant 13).
///
/// [FNV-1a]: http://www.isthe.com/chongo/tech/comp/fnv/
/// [SplitMix64]: https://dl.acm.org/doi/10.1145/2714064.2660195
///
/// ```
/// use seed_core::Key;
///
/// let users = Key::seed(42).child("users");
/// assert_ne!(users.child("email"), users.child("username"));
/// assert_ne!(users, Key::seed(43).child("users"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    /// The root of one world.
    pub const fn seed(seed: u64) -> Key {
        Key(mix(seed.wrapping_add(GOLDEN)))
    }

    /// The key of a name below this one: a table below a seed, a column below a table.
    pub const fn child(self, name: &str) -> Key {
        Key(mix(self.0.wrapping_mul(GOLDEN) ^ fnv1a(name)))
    }

    /// 64 well-mixed bits for a row below this key: the `row`-th output of a SplitMix64 that
    /// starts at the key.
    #[inline]
    pub const fn row(self, row: u64) -> u64 {
        mix(self.0.wrapping_add(row.wrapping_add(1).wrapping_mul(GOLDEN)))
    }

    /// A key whose rows are the outputs of a SplitMix64 that starts at these bits.
    #[inline]
    pub(crate) const fn of_bits(bits: u64) -> Key {
        Key(bits)
    }

    /// The key of a number below this one, where there is no name.
    pub(crate) const fn nth(self, n: u64) -> Key {
        Key(self.row(n))
    }

    /// The random stream of a row below this key.
    #[inline]
    pub fn stream(self, row: u64) -> Stream {
        Stream::new(self.row(row))
    }
}

/// (table, column, row): the smallest thing that is generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The key of the table. Columns of one row that belong together share what they draw from it.
    pub table: Key,
    /// The key of the column.
    pub column: Key,
    /// The index of the row, from 0.
    pub row: u64,
}

impl Cell {
    /// The cell's own random numbers.
    #[inline]
    pub fn stream(&self) -> Stream {
        self.column.stream(self.row)
    }

    /// The first number that the cell's stream gives for [`Stream::below`], without the stream.
    #[inline]
    pub(crate) fn below(&self, size: u64) -> u64 {
        let (high, low) = wide_multiply(self.bits(), size);
        if low < size { self.stream().below(size) } else { high }
    }

    /// The first 64 bits of the cell's stream, without the stream.
    #[inline]
    pub(crate) fn bits(&self) -> u64 {
        Stream::first_bits(self.column.row(self.row))
    }

    /// Where this row stands in the column's keyed permutation of `0..size`.
    ///
    /// Rows beyond `size` wrap around: a plan refuses them for a unique column.
    #[inline]
    pub fn permute(&self, size: u64) -> u64 {
        permute(self.column, size, self.row)
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline]
pub(crate) const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

const fn fnv1a(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_changes() {
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8, "the published FNV-1a test vector");
        let users = Key::seed(0).child("users");
        assert_eq!(format!("{:x}", users.row(0)), GOLDEN_ROW_0);
        assert_eq!(format!("{:x}", users.child("email").row(1 << 40)), GOLDEN_EMAIL);
    }

    const GOLDEN_ROW_0: &str = "731bdbf9093e4b96";
    const GOLDEN_EMAIL: &str = "fb431bc02def928c";

    #[test]
    fn seed_zero_is_a_world_like_any_other() {
        let bits = Key::seed(0).row(0).count_ones();
        assert!((16..=48).contains(&bits), "{bits} bits set");
    }
}
