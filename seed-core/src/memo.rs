//! `Memo`: what a thread has computed last, since neighbours ask for the same: the columns of a row for its person,
//! the children of a row for their parent.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The last results of a pure function, so that nothing but the time depends on them: one for each place, of the key that
/// asked there last.
pub(crate) struct Memo<K, V, const PLACES: usize>([Cell<Option<(K, V)>>; PLACES]);

impl<K: Copy + PartialEq, V: Copy, const PLACES: usize> Memo<K, V, PLACES> {
    pub(crate) const fn new() -> Memo<K, V, PLACES> {
        Memo([const { Cell::new(None) }; PLACES])
    }

    /// The result for a key, which is all that `compute` depends on. Keys that are not asked for in turn should have
    /// different places.
    #[inline]
    pub(crate) fn get(&self, place: usize, key: K, compute: impl FnOnce() -> V) -> V {
        let last = &self.0[place % PLACES];
        match last.get() {
            Some((known, value)) if known == key => value,
            _ => {
                let value = compute();
                last.set(Some((key, value)));
                value
            }
        }
    }
}

/// A number that nothing else in the process has: what stands for a thing in the key of a memo. No value depends on it.
pub(crate) fn identity() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_that_of_its_key() {
        let (memo, computed) = (Memo::<(usize, u64), u64, 2>::new(), Cell::new(0));
        let square = |place: usize, n: u64| {
            memo.get(place, (place, n), || {
                computed.set(computed.get() + 1);
                n * n + place as u64
            })
        };
        // The places 0 and 2 are one.
        let asked = [(0, 3), (0, 3), (1, 3), (0, 3), (2, 3), (0, 3), (0, 4), (1, 3)];
        assert_eq!(asked.map(|(place, n)| square(place, n)), [9, 9, 10, 9, 11, 9, 16, 10]);
        assert_eq!(computed.get(), 5);
    }

    #[test]
    fn no_identity_is_given_twice() {
        assert_ne!(identity(), identity());
    }
}
