//! Generators of numbers, times, bits and points.

use std::fmt::Debug;
use std::fmt::Write as _;
use std::time::Duration;

use seed_core::generators::*;
use seed_core::{Fixed, Generator, Integer, Ranged};

use crate::{debugged, drawn, golden, table_of, unique};

/// The first rows of a generator, drawn and unique.
fn rows<T: Debug>(text: &mut String, name: &str, generator: impl Generator<T>) {
    let columns = [drawn(&generator, "things", "value"), unique(&generator, "things", "value")].map(debugged);
    let heads: &[&str] = if columns[1].is_empty() { &["drawn"] } else { &["drawn", "unique"] };
    let _ = writeln!(text, "{name}\n{}", table_of(heads, &columns[..heads.len()]));
}

/// Writes a generator as it stands, and its rows.
macro_rules! rows {
    ($text:ident: $($generator:expr;)*) => {
        $(rows(&mut $text, &stringify!($generator).replace('\n', " "), $generator);)*
    };
}

/// The ends of an integer type, which a range reaches and does not pass.
fn ends<T: Integer + Ranged<Range = seed_core::Range<T>>>(text: &mut String) {
    let (first, last) = (T::from_ordinal(T::LOWEST), T::from_ordinal(T::HIGHEST));
    rows(text, &format!("range::<{}>({first:?}..={last:?})", std::any::type_name::<T>()), range::<T>(first..=last));
}

#[test]
fn generators_of_numbers() {
    let mut text = String::new();
    ends::<i8>(&mut text);
    ends::<i16>(&mut text);
    ends::<i32>(&mut text);
    ends::<i64>(&mut text);
    ends::<u8>(&mut text);
    ends::<u16>(&mut text);
    ends::<u32>(&mut text);
    ends::<u64>(&mut text);
    let role: fn(u64) -> &'static str = |index| ["member", "admin", "retired"][index as usize];
    rows! { text:
        variants(role, &[9.0, 1.0, 0.0]);
        sequence::<i32>(1_000, 10);
        sequence::<i64>(0, -3);
        sequence::<i8>(100, 9);
        decimal::<f64>(0.0..=999.99, 2);
        decimal::<f64>(-1.0..1.0, 6);
        decimal::<f32>(0.5..=9.5, 1);
        range::<Fixed>("-9.90"..="19.99");
        float::<f64>(-180.0..=180.0);
        float::<f32>(0.0..1.0);
        chance(0.3);
        one_of([weight(0.6, int::<i32>(1..=3)), weight(0.4, constant(0))]);
        int::<i64>(1..=99).map(|n| n * n);
        normal::<f64>(0.0, 1.0);
        normal::<i32>(172.0, 9.0).within(150..=200);
        log_normal::<f64>(40.0, 2.0);
        log_normal::<u64>(4_096.0, 10.0);
        exponential::<f32>(5.0);
        exponential::<i16>(90.0);
        zipf::<i32>(1_000, 1.0);
        zipf::<u64>(9_007_199_254_740_992, 1.2);
        bits(8);
        bits(70);
        point(-180.0..=180.0, -90.0..=90.0);
        line(-1.0..=1.0, -1.0..=1.0, 0.0..100.0);
        vector(2);
        vector(4);
        vector(3).normalized();
        interval::<Duration>("1 minute"..="2 days");
        optional(int::<i32>(1..=9), 0.3);
        array(int::<i32>(1..=9), int(0..=3));
    }
    golden("generators-of-numbers.txt", &text);
}

/// Every bit of the numbers along a curve: printed digits could hide the last ones.
#[test]
fn curves_to_the_last_bit() {
    let bits = |generator: &dyn Generator<f64>| -> Vec<String> {
        drawn(generator, "things", "value").iter().map(|value| format!("{:016x}", value.to_bits())).collect()
    };
    let curves = [bits(&normal(0.0, 1.0)), bits(&log_normal(1.0, 2.0)), bits(&exponential(1.0))];
    golden("curves.txt", &table_of(&["normal(0, 1)", "log_normal(1, 2)", "exponential(1)"], &curves));
}

#[cfg(feature = "chrono")]
#[test]
fn generators_of_times() {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

    let mut text = String::new();
    rows! { text:
        past::<NaiveDate>(30);
        past::<NaiveDateTime>(30);
        recent::<NaiveDate>(30);
        recent::<DateTime<Utc>>(30);
        future::<NaiveDate>(30);
        future::<NaiveDateTime>(30);
        weekdays::<NaiveDate>("2026-01-01"..="2026-12-31");
        weekdays::<NaiveDateTime>("2026-01-01".."2027-01-01");
        business_hours::<NaiveDateTime>("2026-01-01".."2027-01-01");
        sequence::<NaiveDate>("2026-01-05", 7);
        sequence::<NaiveTime>("23:00:00", -900);
        sequence::<NaiveDateTime>("2026-01-01 00:00:00", 3_600);
        interval::<TimeDelta>("-1 hour"..="08:30:00");
    }
    golden("generators-of-times.txt", &text);
}
