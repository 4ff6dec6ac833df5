//! Addresses of machines and of networks: private ones, and those kept for documentation.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::generator::{BoxGenerator, Domain, domains};
use crate::infer::{Recipe, infer};
use crate::value::{Hint, Kind, Value};

/// An address with the length of its network's prefix: what types of other crates are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Address {
    ip: IpAddr,
    prefix: u8,
}

/// `10.41.7.96`, of a private network; `2001:db8::…` for a column that says `v6`. A machine's stands alone (`/32`, `/128`), so that
/// both INET and CIDR hold it; that of a `network`, `subnet` or `cidr` has no bits of a machine (`/24`, `/64`).
#[derive(Debug, Clone, Copy)]
struct Addresses {
    is_v6: bool,
    is_network: bool,
}

impl Addresses {
    fn new(hint: &Hint<'_>) -> Addresses {
        let recipe = infer(hint, Kind::Network);
        Addresses {
            is_v6: matches!(recipe, Recipe::Ipv6 | Recipe::NetworkV6),
            is_network: matches!(recipe, Recipe::Network | Recipe::NetworkV6),
        }
    }

    fn address(self, index: u64) -> Address {
        match (self.is_v6, self.is_network) {
            (false, false) => Address { ip: v4(index), prefix: 32 },
            (false, true) => Address { ip: v4(index << 8), prefix: 24 },
            (true, false) => Address { ip: v6(0, index), prefix: 128 },
            (true, true) => Address { ip: v6(index, 0), prefix: 64 },
        }
    }
}

fn v4(index: u64) -> IpAddr {
    Ipv4Addr::from_bits(10 << 24 | index as u32).into()
}

fn v6(network: u64, machine: u64) -> IpAddr {
    Ipv6Addr::from_bits(u128::from(0x2001_0db8_0000_0000 | network) << 64 | u128::from(machine)).into()
}

impl<T: FromAddress> Domain<T> for Addresses {
    fn size(&self) -> u64 {
        match (self.is_v6, self.is_network) {
            (false, false) => 1 << 24,
            (false, true) => 1 << 16,
            (true, false) => u64::MAX,
            (true, true) => 1 << 32,
        }
    }
    fn nth(&self, index: u64) -> T {
        T::from_address(self.address(index))
    }
}

domains! {
    (T: FromAddress) Addresses => T;
}

trait FromAddress: Send + Sync + 'static {
    fn from_address(address: Address) -> Self;
}

macro_rules! addresses {
    ($($address:ty: |$ip:ident, $prefix:ident| $from:expr;)*) => {$(
        impl FromAddress for $address {
            fn from_address(Address { ip: $ip, prefix: $prefix }: Address) -> $address {
                $from
            }
        }

        impl Value for $address {
            const KIND: Kind = Kind::Network;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<$address> {
                Box::new(Addresses::new(hint))
            }
        }
    )*};
}

addresses! {
    IpAddr: |ip, _prefix| ip;
}
#[cfg(feature = "ipnetwork")]
addresses! {
    ipnetwork::IpNetwork: |ip, prefix| ipnetwork::IpNetwork::new(ip, prefix).unwrap_or_else(|_| ip.into());
}
#[cfg(feature = "ipnet")]
addresses! {
    ipnet::IpNet: |ip, prefix| ipnet::IpNet::new(ip, prefix).unwrap_or_else(|_| ip.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_no_bits_of_a_machine() {
        let shown = |column, index| {
            let Address { ip, prefix } = Addresses::new(&Hint::new("hosts", column)).address(index);
            format!("{ip}/{prefix}")
        };
        assert_eq!(shown("ip", 0x29_07_60), "10.41.7.96/32");
        assert_eq!(shown("allowed_cidr", 0x29_07), "10.41.7.0/24");
        assert_eq!(shown("ipv6", 0x1f), "2001:db8::1f/128");
        assert_eq!(shown("subnet_v6", 0x1f), "2001:db8:0:1f::/64");
    }
}
