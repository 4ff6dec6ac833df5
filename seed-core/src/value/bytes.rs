//! Random bytes, and the addresses of network cards.

use crate::cell::mix;
use crate::generator::{BoxGenerator, Domain, domains};
use crate::value::{Hint, Kind, Value};

/// So many random bytes, at most 16.
pub(super) struct Bytes(pub(super) usize);

impl Domain<Vec<u8>> for Bytes {
    fn size(&self) -> u64 {
        different(self.0)
    }
    fn nth(&self, index: u64) -> Vec<u8> {
        random::<16>(index)[..self.0].to_vec()
    }
}

/// How many texts of so many bytes differ in the first eight.
fn different(bytes: usize) -> u64 {
    if bytes < 8 { 1 << (8 * bytes) } else { u64::MAX }
}

/// The index, and then what follows from it.
fn random<const N: usize>(index: u64) -> [u8; N] {
    let mut bytes = [0; N];
    let mut word = index;
    for chunk in bytes.chunks_mut(8) {
        chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        word = mix(word ^ 0x2545_f491_4f6c_dd1d);
    }
    bytes
}

/// An array of 6 or 8 bytes is the address of a network card (MACADDR, MACADDR8), one that no manufacturer gives out; any
/// other length is random bytes.
impl<const N: usize> Value for [u8; N] {
    const KIND: Kind = if is_mac(N) { Kind::Network } else { Kind::Bytes };

    fn infer(_hint: &Hint<'_>) -> BoxGenerator<[u8; N]> {
        Box::new(Array)
    }
}

const fn is_mac(bytes: usize) -> bool {
    matches!(bytes, 6 | 8)
}

struct Array;

impl<const N: usize> Domain<[u8; N]> for Array {
    fn size(&self) -> u64 {
        if is_mac(N) { 1 << (8 * (N - 1)) } else { different(N) }
    }
    fn nth(&self, index: u64) -> [u8; N] {
        if !is_mac(N) {
            return random(index);
        }
        // `02` says: of one machine, and given by its administrator.
        let mut address = random(index << 8);
        address[0] = 0x02;
        address
    }
}

domains! {
    () Bytes => Vec<u8>;
    (const N: usize) Array => [u8; N];
}
