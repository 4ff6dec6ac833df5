//! Random bytes.

use crate::generator::{Domain, domains};

/// So many random bytes, at most 16.
pub(super) struct Bytes(pub(super) usize);

impl Domain<Vec<u8>> for Bytes {
    fn size(&self) -> u64 {
        if self.0 < 8 { 1 << (8 * self.0) } else { u64::MAX }
    }
    fn nth(&self, index: u64) -> Vec<u8> {
        let more = crate::cell::mix(index ^ 0x2545_f491_4f6c_dd1d);
        let mut bytes = [index.to_le_bytes(), more.to_le_bytes()].concat();
        bytes.truncate(self.0);
        bytes
    }
}

domains! {
    () Bytes => Vec<u8>;
}
