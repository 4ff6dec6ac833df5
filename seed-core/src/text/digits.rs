//! Texts that are digits and letters in a shape: numbers, codes, addresses of machines.

use crate::calendar::Anchor;
use crate::cell::{Cell, mix};
use crate::generator::{Domain, domains};
use crate::permutation::permute_in_blocks;
use crate::text::cut;
use crate::uuid;

/// What a text looks like where the column is wide enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `00417`.
    Number { width: usize },
    /// `3fa9c2`.
    Hex { width: usize },
    /// `17`; of more than three digits where these are used up.
    HouseNumber,
    /// `K7Q20`.
    Code { width: usize },
    /// `#3fa9c2`.
    Color,
    /// 32 hexadecimal digits, or as many as there is room for.
    Token,
    /// A UUID of version 4.
    Uuid,
    /// A UUID of version 7.
    UuidV7 { anchor: Anchor },
    /// `10.41.7.96`, of a private network.
    IpAddress,
    /// `10.0.7.6`.
    ShortIpAddress,
    /// `2001:db8:7c1:…`, of the network kept for documentation.
    Ipv6,
    /// `2001:db8::7c1:4f9a:1:c377`.
    ShortIpv6,
    /// `02:4f:9a:01:c3:77`: locally administered.
    MacAddress,
    /// `024f9a01c377`.
    BareMacAddress,
    /// `666-04-1970`: an area that is not given out.
    Ssn,
    /// `666041970`.
    BareSsn,
    /// `2.14.3`; with a higher first number where these are used up.
    Version,
    /// `2.7`.
    ShortVersion,
    /// `KQZ-4071`; with a fourth letter and more where these are used up.
    Sku,
    /// `+1-202-555-0147`: a number kept for fiction. Where these are used up, others of the
    /// exchange 555, and then an extension: `+1-202-555-0147x2`.
    Phone,
    /// `202-555-0147`.
    LocalPhone,
    /// `2025550147`.
    BarePhone,
}

impl Shape {
    /// This shape, or what takes its place in a column too narrow for it.
    fn within(self, max_len: usize) -> Shape {
        match self {
            Shape::Number { width } => Shape::Number { width: width.min(max_len) },
            Shape::Color if max_len < 7 => Shape::Hex { width: max_len },
            Shape::Uuid | Shape::UuidV7 { .. } if max_len < 36 => Shape::Token.within(max_len),
            Shape::Token if max_len < 16 => Shape::Hex { width: max_len },
            Shape::IpAddress if max_len < 8 => Shape::Number { width: max_len },
            Shape::IpAddress if max_len < 15 => Shape::ShortIpAddress,
            Shape::Ipv6 if max_len < 29 => Shape::Hex { width: max_len },
            Shape::Ipv6 if max_len < 39 => Shape::ShortIpv6,
            Shape::MacAddress if max_len < 12 => Shape::Hex { width: max_len },
            Shape::MacAddress if max_len < 17 => Shape::BareMacAddress,
            Shape::Ssn if max_len < 9 => Shape::Number { width: max_len },
            Shape::Ssn if max_len < 11 => Shape::BareSsn,
            Shape::Version if max_len < 3 => Shape::Number { width: max_len },
            Shape::Version if max_len < 7 => Shape::ShortVersion,
            Shape::Sku if max_len < 8 => Shape::Code { width: max_len },
            Shape::Phone if max_len < 10 => Shape::Number { width: max_len },
            Shape::Phone if max_len < 12 => Shape::BarePhone,
            Shape::Phone if max_len < 15 => Shape::LocalPhone,
            shape => shape,
        }
    }
}

pub(super) struct Digits {
    shape: Shape,
    max_len: usize,
}

impl Digits {
    pub(super) fn new(shape: Shape, max_len: usize) -> Digits {
        Digits { shape: shape.within(max_len), max_len }
    }

    /// The values that come first, before the text grows longer or stranger.
    fn first(&self) -> u64 {
        match self.shape {
            Shape::Sku => SKUS,
            Shape::HouseNumber => self.all().min(999),
            Shape::Version => VERSIONS,
            // As many digits as are usual, and more where these are used up.
            Shape::Number { width } => 10_u64.saturating_pow(width as u32),
            Shape::Phone | Shape::LocalPhone | Shape::BarePhone => FICTITIOUS,
            _ => self.all(),
        }
    }

    /// As many values as there is room for.
    fn all(&self) -> u64 {
        let width = u32::try_from(self.max_len).unwrap_or(u32::MAX);
        match self.shape {
            Shape::Number { .. } => 10_u64.saturating_pow(width),
            Shape::HouseNumber => (10_u64.saturating_pow(width) - 1).max(1),
            Shape::Hex { width } => 16_u64.saturating_pow(width as u32),
            Shape::Code { width } => 36_u64.saturating_pow(width as u32),
            Shape::Color | Shape::IpAddress => 1 << 24,
            Shape::Token | Shape::Uuid | Shape::UuidV7 { .. } => u64::MAX,
            Shape::ShortIpAddress | Shape::ShortVersion => 10 * 10,
            Shape::Ipv6 | Shape::ShortIpv6 => u64::MAX,
            Shape::MacAddress | Shape::BareMacAddress => 1 << 40,
            Shape::Ssn | Shape::BareSsn => 1_000_000,
            // So many digits as there is room for before `.14.37`.
            Shape::Version => 10_u64.saturating_pow(width - 6).saturating_mul(50 * 100),
            // So many letters as there is room for before `-4071`.
            Shape::Sku => 26_u64.saturating_pow(width - 5).saturating_mul(10_000),
            // An extension is at least two characters, and counts from 2.
            Shape::Phone if width > 16 => 10_u64.saturating_pow(width - 16).saturating_sub(1).saturating_mul(EXCHANGE),
            Shape::Phone | Shape::LocalPhone | Shape::BarePhone => EXCHANGE,
        }
    }
}

/// Up to 9.49.99.
const VERSIONS: u64 = 10 * 50 * 100;
/// Three letters and four digits.
const SKUS: u64 = 26 * 26 * 26 * 10_000;
/// 800 area codes with the numbers 555-0100 to 555-0199.
const FICTITIOUS: u64 = 800 * 100;
/// 800 area codes with all numbers of the exchange 555.
const EXCHANGE: u64 = FICTITIOUS * 100;

impl Domain<String> for Digits {
    fn size(&self) -> u64 {
        // Whole blocks, of which the rows take one after the other.
        self.all() - self.all() % self.first()
    }

    fn nth(&self, index: u64) -> String {
        let more = mix(index ^ 0x6a09_e667_f3bc_c908);
        let mut text = match self.shape {
            Shape::Number { width } => format!("{index:0width$}"),
            Shape::HouseNumber => (index + 1).to_string(),
            Shape::Hex { width } => format!("{index:0width$x}"),
            Shape::Code { width } => in_base(36, index, width),
            Shape::Color => format!("#{index:06x}"),
            Shape::Token => format!("{index:016x}{more:016x}"),
            Shape::Uuid => uuid::hyphenated(uuid::v4(index)),
            Shape::UuidV7 { anchor } => uuid::hyphenated(uuid::v7(anchor, index)),
            Shape::IpAddress => format!("10.{}.{}.{}", index >> 16, index >> 8 & 0xff, index & 0xff),
            Shape::ShortIpAddress => format!("10.0.{}.{}", index / 10, index % 10),
            Shape::Ipv6 | Shape::ShortIpv6 => {
                let part = |number: u64, at: u32| number >> (48 - 16 * at) & 0xffff;
                let (a, b, c, d) = (part(index, 0), part(index, 1), part(index, 2), part(index, 3));
                match self.shape {
                    Shape::Ipv6 => {
                        format!("2001:db8:{a:x}:{b:x}:{:x}:{:x}:{c:x}:{d:x}", part(more, 0), part(more, 1))
                    }
                    _ => format!("2001:db8::{a:x}:{b:x}:{c:x}:{d:x}"),
                }
            }
            Shape::MacAddress => {
                let part = |at: u32| index >> (32 - 8 * at) & 0xff;
                format!("02:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", part(0), part(1), part(2), part(3), part(4))
            }
            Shape::BareMacAddress => format!("02{index:010x}"),
            Shape::Ssn => format!("666-{:02}-{:04}", index / 10_000, index % 10_000),
            Shape::BareSsn => format!("666{index:06}"),
            Shape::Version => format!("{}.{}.{}", index / 5_000, index / 100 % 50, index % 100),
            Shape::ShortVersion => format!("{}.{}", index / 10, index % 10),
            Shape::Sku => format!("{}-{:04}", in_base(26, index / 10_000, 3), index % 10_000),
            Shape::Phone | Shape::LocalPhone | Shape::BarePhone => self.phone(index),
        };
        cut(&mut text, self.max_len);
        text
    }

    fn draw(&self, cell: &Cell) -> u64 {
        if let Shape::UuidV7 { .. } = self.shape {
            return uuid::v7_index(cell);
        }
        cell.below(self.first())
    }

    fn index(&self, cell: &Cell) -> u64 {
        if let Shape::UuidV7 { .. } = self.shape {
            return uuid::v7_index(cell);
        }
        let first = self.first();
        let (index, block) = permute_in_blocks(cell.column, first, cell.row % self.size());
        block * first + index
    }
}

impl Digits {
    fn phone(&self, index: u64) -> String {
        let area = 200 + index % FICTITIOUS / 100;
        let last = index % 100;
        // 555-01.. comes first, and changes places with 555-00...
        let hundreds = match index % EXCHANGE / FICTITIOUS {
            0 => 1,
            1 => 0,
            hundreds => hundreds,
        };
        match (self.shape, index / EXCHANGE) {
            (Shape::BarePhone, _) => format!("{area}555{hundreds:02}{last:02}"),
            (Shape::LocalPhone, _) => format!("{area}-555-{hundreds:02}{last:02}"),
            (_, 0) => format!("+1-{area}-555-{hundreds:02}{last:02}"),
            (_, block) => format!("+1-{area}-555-{hundreds:02}{last:02}x{}", block + 1),
        }
    }
}

/// A number in base 26, of letters, or 36, of digits and letters; at least so many of them.
fn in_base(base: u64, mut number: u64, width: usize) -> String {
    let digits: &[u8] =
        if base == 26 { b"ABCDEFGHIJKLMNOPQRSTUVWXYZ" } else { b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
    let mut text = Vec::with_capacity(width);
    while number > 0 || text.len() < width {
        text.push(digits[(number % base) as usize]);
        number /= base;
    }
    text.iter().rev().map(|&digit| char::from(digit)).collect()
}

domains! {
    () Digits => String;
}
