//! The 128 bits of UUIDs, of version 4 and of version 7 ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562)).

use crate::calendar::Anchor;
use crate::cell::{Cell, mix};

/// A UUID of version 4 for each index, each a different one: the index and a hash of it.
pub(crate) fn v4(index: u64) -> u128 {
    let more = mix(index ^ 0x6a09_e667_f3bc_c908);
    let high = u128::from(index >> 16) << 16 | 4 << 12 | u128::from(more >> 52);
    // The rest of the index, so that each index is another UUID.
    let low = 2 << 62 | u128::from(more >> 38 & 0xfff | (more >> 50 & 3) << 12) << 48;
    high << 64 | low & ((1 << 64) - 1) | u128::from((index & 0xffff) << 32 | more & 0xffff_ffff)
}

/// A UUID of version 7 for an index of [`v7_index`], each a different one: its time rises with the row and
/// comes ever closer to the anchor, from two years before it.
///
/// Row `r` has the time `anchor - 2 years · 1,000 / (1,000 + r)`, in milliseconds and 26 more bits below
/// them: strictly rising for the first 60 billion rows, however many a table has. The last 48 bits are the
/// cell's.
pub(crate) fn v7(anchor: Anchor, index: u64) -> u128 {
    let (row, more) = (index >> NOISE, mix(index ^ 0xbb67_ae85_84ca_a73b));
    let back = (SPAN << FRACTION) * HALF_LIFE / (HALF_LIFE + u128::from(row));
    let anchor = u128::try_from(anchor.seconds()).unwrap_or(0) * 1_000;
    let time = (anchor << FRACTION).saturating_sub(back);
    let (millis, fraction) = (time >> FRACTION & ((1 << 48) - 1), time & ((1 << FRACTION) - 1));
    // A bijection of the last 48 bits of the index: a row that shares its time with another stays apart.
    let last = u128::from((index ^ more << NOISE) & ((1 << 48) - 1));
    millis << 80 | 7 << 76 | fraction >> 14 << 64 | 2 << 62 | (fraction & 0x3fff) << 48 | last
}

/// The index of a cell's UUID of version 7: its row, and some bits of the column's own, so that two tables
/// do not have the same ones.
pub(crate) fn v7_index(cell: &Cell) -> u64 {
    cell.row << NOISE | cell.column.row(cell.row) >> (64 - NOISE)
}

/// `21555f41-4e35-47a3-bc5b-d24d26b4131d`.
pub(crate) fn hyphenated(uuid: u128) -> String {
    let mut text = String::with_capacity(36);
    for digit in 0..32 {
        if matches!(digit, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(char::from(b"0123456789abcdef"[(uuid >> (124 - 4 * digit) & 15) as usize]));
    }
    text
}

/// Bits of an index that are not its row.
const NOISE: u32 = 24;
/// Bits of time below the millisecond.
const FRACTION: u32 = 26;
/// Two years, in milliseconds.
const SPAN: u128 = 730 * 86_400_000;
/// The row at which half of the span is gone.
const HALF_LIFE: u128 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;

    #[test]
    fn the_version_and_the_variant_stand_where_they_must() {
        for index in [0, 1, u64::MAX, 0x1234_5678_9abc_def0] {
            let texts = [v4(index), v7(Anchor::default(), index)].map(hyphenated);
            for (text, version) in texts.iter().zip(['4', '7']) {
                assert_eq!((text.len(), text.chars().nth(14)), (36, Some(version)), "{text}");
                assert!("89ab".contains(&text[19..20]), "{text}");
            }
        }
    }

    #[test]
    fn version_7_rises_with_the_row_and_ends_at_the_anchor() {
        let table = Key::seed(1).child("events");
        let of = |row| v7(Anchor::default(), v7_index(&Cell { table, column: table.child("id"), row }));
        let millis = |uuid: u128| (uuid >> 80) as i64;
        for start in [0, 1_000, 1 << 20, 1 << 33] {
            for row in start..start + 1_000 {
                assert!(of(row) < of(row + 1), "{row}");
            }
        }
        let anchor = Anchor::default().seconds() * 1_000;
        assert_eq!(millis(of(0)), anchor - 730 * 86_400_000);
        assert_eq!(millis(of(1_000)), anchor - 365 * 86_400_000);
        assert!((anchor - 200..=anchor).contains(&millis(of(1 << 39))));
    }

    #[test]
    fn two_tables_have_different_ones() {
        let of = |name: &str| {
            let table = Key::seed(1).child(name);
            v7(Anchor::default(), v7_index(&Cell { table, column: table.child("id"), row: 3 }))
        };
        assert_ne!(of("users"), of("events"));
        assert_eq!(of("users") >> 80, of("events") >> 80);
    }
}
