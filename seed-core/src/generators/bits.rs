//! Bit strings.

use crate::cell::mix;
use crate::generator::{Domain, domains};
use crate::value::Hint;

/// Text of `n` bits, `"0110"`, for columns of `bit(n)` and flags that are written out.
///
/// In a column of fewer than `n` characters it has as many as fit.
///
/// ```
/// use seed_core::{Domain, bits};
///
/// let flags = bits(4);
/// assert_eq!(flags.size(), 16);
/// assert_eq!(flags.nth(6), "0110");
/// ```
pub fn bits(n: usize) -> Bits {
    Bits(n)
}

/// See [`bits`].
#[derive(Debug, Clone, Copy)]
pub struct Bits(usize);

impl Domain<String> for Bits {
    fn size(&self) -> u64 {
        if self.0 < 64 { 1 << self.0 } else { u64::MAX }
    }
    fn nth(&self, index: u64) -> String {
        let mut text = String::with_capacity(self.0);
        let mut digits = |bits: u64, count: usize| {
            text.extend((0..count).rev().map(|at| if bits >> at & 1 == 1 { '1' } else { '0' }));
        };
        // The index stands first; what is longer than an index goes on with numbers mixed from it.
        digits(index, self.0.min(64));
        let mut more = index;
        for from in (64..self.0).step_by(64) {
            more = mix(more ^ from as u64);
            digits(more, (self.0 - from).min(64));
        }
        text
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        self.0 = self.0.min(hint.max_len.unwrap_or(usize::MAX));
    }
    fn check(&self) -> Result<(), String> {
        if self.0 > 0 { Ok(()) } else { Err("`bits(0)` has no bit; write 1 or more".to_owned()) }
    }
}

domains! {
    () Bits => String;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_length_has_its_bits_and_all_are_different() {
        for n in [1, 2, 7, 63, 64, 65, 128, 200] {
            let bits = bits(n);
            let indices = (0..1_000_u64.min(bits.size())).map(|at| if n < 64 { at } else { at.reverse_bits() });
            let texts: BTreeSet<String> = indices.clone().map(|index| bits.nth(index)).collect();
            assert!(texts.iter().all(|text| text.len() == n && text.bytes().all(|bit| bit == b'0' || bit == b'1')));
            assert_eq!(texts.len(), indices.count(), "{n}");
        }
    }

    #[test]
    fn a_narrower_column_has_fewer_bits() {
        let mut hint = Hint::new("t", "c");
        hint.max_len = Some(3);
        let mut bits = bits(8);
        Domain::prepare(&mut bits, &hint);
        assert_eq!((bits.size(), bits.nth(5)), (8, "101".to_owned()));
        assert!(Domain::check(&super::bits(0)).is_err());
    }
}
