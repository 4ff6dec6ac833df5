//! `Stream`: the random numbers of one cell.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::cell::Key;

/// The random numbers of one cell: `Xoshiro256PlusPlus`, seeded from the cell's 64 bits.
///
/// A cell's stream is its own: how much of it is drawn changes no other cell.
///
/// ```
/// use seed_core::Key;
///
/// let key = Key::seed(7).child("levels").child("difficulty");
/// assert_eq!(key.stream(3).below(10), key.stream(3).below(10));
/// assert!(key.stream(3).unit() < 1.0);
/// ```
#[derive(Debug, Clone)]
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    /// The stream that 64 bits choose: the generator's `seed_from_u64`.
    #[inline]
    pub fn new(bits: u64) -> Stream {
        // Each cell has a stream, and most draw one number: the four outputs of a SplitMix64, here where they
        // are inlined, take half the time.
        let mut seed = [0; 32];
        for (word, at) in seed.chunks_exact_mut(8).zip(0..) {
            word.copy_from_slice(&Key::of_bits(bits).row(at).to_le_bytes());
        }
        Stream(Xoshiro256PlusPlus::from_seed(seed))
    }

    /// The first [`bits`](Stream::bits) of the stream that 64 bits choose. Most cells draw one number, and it needs
    /// two words of the four that a stream starts with.
    #[inline]
    pub(crate) fn first_bits(bits: u64) -> u64 {
        let words = Key::of_bits(bits);
        let first = words.row(0);
        first.wrapping_add(words.row(3)).rotate_left(23).wrapping_add(first)
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `0..size`, every one as likely; 0 for a `size` of 0.
    ///
    /// [Lemire's method], with rejection, so that there is no bias at any size.
    ///
    /// [Lemire's method]: https://arxiv.org/abs/1805.10941
    #[inline]
    pub fn below(&mut self, size: u64) -> u64 {
        let (high, low) = wide_multiply(self.bits(), size);
        if low < size { self.below_or_again(size, high, low) } else { high }
    }

    /// The rest of [`below`](Stream::below), which one draw of 2⁶⁴ / `size` comes to.
    #[cold]
    fn below_or_again(&mut self, size: u64, mut high: u64, mut low: u64) -> u64 {
        let threshold = size.wrapping_neg() % size;
        while low < threshold {
            (high, low) = wide_multiply(self.bits(), size);
        }
        high
    }

    /// A number in `0.0..1.0`, in steps of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// True with a probability of `p`: never at 0 or below, always at 1 or above.
    #[inline]
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// The generator itself, for code that takes one from the `rand` family.
    #[inline]
    pub fn rng(&mut self) -> &mut Xoshiro256PlusPlus {
        &mut self.0
    }
}

/// The high and the low 64 bits of a product.
#[inline]
pub(crate) fn wide_multiply(a: u64, b: u64) -> (u64, u64) {
    let product = u128::from(a) * u128::from(b);
    ((product >> 64) as u64, product as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_stays_below_and_reaches_the_ends() {
        for size in [1, 2, 3, 7, 1 << 40, u64::MAX] {
            let mut stream = Stream::new(1);
            assert!((0..1_000).all(|_| stream.below(size) < size));
        }
        let mut stream = Stream::new(1);
        let mut seen = [false; 7];
        (0..1_000).for_each(|_| seen[stream.below(7) as usize] = true);
        assert_eq!(seen, [true; 7]);
        assert_eq!(stream.below(0), 0);
    }

    #[test]
    fn a_stream_is_that_of_the_generators_own_seeding() {
        for bits in [0, 1, 42, 1 << 63, u64::MAX] {
            assert_eq!(*Stream::new(bits).rng(), Xoshiro256PlusPlus::seed_from_u64(bits));
            assert_eq!(Stream::first_bits(bits), Stream::new(bits).bits());
        }
    }

    #[test]
    fn chance_is_exact_at_the_ends() {
        let mut stream = Stream::new(2);
        assert!((0..1_000).all(|_| !stream.chance(0.0) && stream.chance(1.0)));
        let hits = (0..100_000).filter(|_| stream.chance(0.2)).count();
        assert!((19_000..21_000).contains(&hits), "{hits} of 100,000 at 0.2");
    }
}
