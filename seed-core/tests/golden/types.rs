//! One column, at least, for each type of another crate, and for those of `std` that have rules of their own.

use std::ops::Bound;
use std::time::{Duration, SystemTime};

use seed_core::{Days, Fixed, Seconds, TimeOfDay, array, int, json, optional, uuid_v7, values};

use super::*;

fn lines<T: Value<Via>, Via>(text: &mut String, columns: &[&str], show: impl Fn(&T) -> String) {
    for column in columns {
        let name = std::any::type_name::<T>();
        let _ = writeln!(text, "{name}: {column}");
        for free in drawn(&*T::infer(&hint("things", column, false, None)), "things", column) {
            let _ = writeln!(text, "  {}", show(&free));
        }
        let distinct = unique(&*T::infer(&hint("things", column, true, None)), "things", column);
        if !distinct.is_empty() {
            let _ = writeln!(text, "  unique: {}", distinct.iter().map(&show).collect::<Vec<_>>().join(", "));
        }
        text.push('\n');
    }
}

#[test]
fn every_type() {
    let mut text = String::new();
    let times = &["made_at", "birth_date", "expires_at"];

    lines::<Days, _>(&mut text, times, |Days(days)| days.to_string());
    lines::<TimeOfDay, _>(&mut text, &["opens"], |TimeOfDay(seconds)| seconds.to_string());
    lines::<Seconds, _>(&mut text, times, |Seconds(seconds)| seconds.to_string());
    lines::<SystemTime, _>(&mut text, times, |time| {
        time.duration_since(SystemTime::UNIX_EPOCH)
            .map_or("before 1970".to_owned(), |since| since.as_secs().to_string())
    });
    lines::<Duration, _>(&mut text, &["lasts"], |length| length.as_secs().to_string());
    lines::<chrono::TimeDelta, _>(&mut text, &["lasts", "timeout", "duration", "ttl"], chrono::TimeDelta::to_string);
    lines::<chrono::DateTime<chrono::Local>, _>(&mut text, times, |time| time.to_utc().to_string());
    lines::<chrono::DateTime<chrono::FixedOffset>, _>(&mut text, times, |time| time.to_string());
    lines::<time::Date, _>(&mut text, times, time::Date::to_string);
    lines::<time::Time, _>(&mut text, &["opens"], time::Time::to_string);
    lines::<time::PrimitiveDateTime, _>(&mut text, times, time::PrimitiveDateTime::to_string);
    lines::<time::OffsetDateTime, _>(&mut text, times, time::OffsetDateTime::to_string);
    lines::<jiff::civil::Date, _>(&mut text, times, jiff::civil::Date::to_string);
    lines::<jiff::civil::Time, _>(&mut text, &["opens"], jiff::civil::Time::to_string);
    lines::<jiff::civil::DateTime, _>(&mut text, times, jiff::civil::DateTime::to_string);
    lines::<jiff::Timestamp, _>(&mut text, times, jiff::Timestamp::to_string);

    let decimals = &["whatever", "price", "latitude", "salary"];
    lines::<Fixed, _>(&mut text, decimals, Fixed::to_string);
    lines::<bigdecimal::BigDecimal, _>(&mut text, decimals, |number| number.to_plain_string());
    lines::<rust_decimal::Decimal, _>(&mut text, decimals, rust_decimal::Decimal::to_string);

    lines::<uuid::Uuid, _>(&mut text, &["token"], uuid::Uuid::to_string);
    let _ = writeln!(text, "uuid_v7()");
    for id in drawn(&uuid_v7(), "things", "id") {
        let _ = writeln!(text, "  {id}");
    }
    text.push('\n');

    let json_columns = &["data", "tags", "settings", "billing_address"];
    lines::<serde_json::Value, _>(&mut text, json_columns, serde_json::Value::to_string);
    let template = json()
        .field("plan", values::<String, _>(["free", "team"]))
        .field("seats", optional(int::<u32>(1..=50), 0.3))
        .field("limits", json().field("daily", array(int::<i64>(1..=9), int(0..=3))));
    let _ = writeln!(text, "json()");
    for value in drawn(&template, "things", "profile") {
        let _ = writeln!(text, "  {value}");
    }
    text.push('\n');

    let networks = &["ip", "subnet", "ipv6", "cidr_v6"];
    lines::<std::net::IpAddr, _>(&mut text, networks, std::net::IpAddr::to_string);
    lines::<ipnetwork::IpNetwork, _>(&mut text, networks, ipnetwork::IpNetwork::to_string);
    lines::<ipnet::IpNet, _>(&mut text, networks, ipnet::IpNet::to_string);

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
    lines::<[u8; 6], _>(&mut text, &["mac"], |bytes| hex(bytes));
    lines::<[u8; 8], _>(&mut text, &["mac8"], |bytes| hex(bytes));
    lines::<[u8; 3], _>(&mut text, &["rgb"], |bytes| hex(bytes));
    lines::<[u8; 32], _>(&mut text, &["digest"], |bytes| hex(bytes));

    lines::<(Bound<i32>, Bound<i32>), _>(&mut text, &["ages"], |range| format!("{range:?}"));
    lines::<std::ops::Range<chrono::NaiveDate>, _>(&mut text, &["period"], |range| format!("{range:?}"));
    lines::<std::ops::RangeInclusive<i64>, _>(&mut text, &["ids"], |range| format!("{range:?}"));
    lines::<std::ops::RangeFrom<i64>, _>(&mut text, &["ids"], |range| format!("{range:?}"));
    lines::<std::ops::RangeTo<i64>, _>(&mut text, &["ids"], |range| format!("{range:?}"));
    lines::<std::ops::RangeToInclusive<i64>, _>(&mut text, &["ids"], |range| format!("{range:?}"));
    lines::<Vec<std::ops::Range<i32>>, _>(&mut text, &["ages"], |ranges| format!("{ranges:?}"));
    lines::<Vec<Option<uuid::Uuid>>, _>(&mut text, &["tokens"], |list| format!("{list:?}"));

    golden("types.txt", &text);
}

#[test]
fn decimals_of_a_precision_and_scale() {
    let mut text = String::new();
    for column in ["whatever", "price", "latitude", "salary"] {
        for (precision, scale) in [(10, 2), (10, 4), (8, 0), (5, 2), (3, 3), (38, 10)] {
            let mut hint = hint("things", column, false, None);
            (hint.precision, hint.scale) = (Some(precision), Some(scale));
            let made = shown(drawn(&*Fixed::infer(&hint), "things", column)).join(", ");
            let _ = writeln!(text, "{column}, numeric({precision}, {scale}): {made}");
        }
    }
    golden("decimals.txt", &text);
}
