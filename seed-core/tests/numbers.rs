//! Numbers and times keep to their bounds, at the ends of every type; counted ones are distinct and rise.

use std::fmt::Debug;
use std::time::Duration;

use proptest::prelude::*;
use seed_core::generators::*;
use seed_core::{Cell, Decimal, Domain, Float, Generator, Hint, Integer, Key, Range, Ranged};

fn cell(row: u64) -> Cell {
    let table = Key::seed(7).child("things");
    Cell { table, column: table.child("value"), row }
}

/// Rows from all over, of which the first and the last that there can be.
fn rows() -> impl Iterator<Item = u64> {
    (0..20).chain((0..64).map(|bit| 1 << bit)).chain([u64::MAX])
}

/// Some indices of a domain, the first two and the last two among them.
fn indices(size: u64) -> Vec<u64> {
    let spread = (0..20).map(|n| (u128::from(size) * n / 20) as u64);
    let mut indices: Vec<u64> = spread.chain([1, size.saturating_sub(2), size - 1]).filter(|&at| at < size).collect();
    indices.sort_unstable();
    indices.dedup();
    indices
}

/// That all values lie between two ends: drawn ones, unique ones, and those of a domain that rises.
fn check_bounds<T: PartialOrd + Debug>(generator: &dyn Generator<T>, first: &T, last: &T) -> Result<(), TestCaseError> {
    prop_assert_eq!(generator.check(), Ok(()));
    for value in rows().map(|row| generator.value(&cell(row))) {
        prop_assert!(value >= *first && value <= *last, "{:?} of {:?}..={:?}", value, first, last);
    }
    let Some(domain) = generator.domain() else { return Ok(()) };
    for value in rows().map(|row| domain.nth(domain.index(&cell(row)))) {
        prop_assert!(value >= *first && value <= *last, "{:?} of {:?}..={:?}, unique", value, first, last);
    }
    check_distinct(domain)?;
    let values: Vec<T> = indices(domain.size()).into_iter().map(|index| domain.nth(index)).collect();
    prop_assert!(values.first() >= Some(first) && values.last() <= Some(last));
    prop_assert!(!domain.is_ordered() || values.is_sorted());
    Ok(())
}

/// That neighbours and values from far apart are different.
fn check_distinct<T: PartialEq + Debug>(domain: &dyn Domain<T>) -> Result<(), TestCaseError> {
    let indices = indices(domain.size());
    for (at, &index) in indices.iter().enumerate() {
        let value = domain.nth(index);
        for &other in indices[at + 1..].iter().chain([&(index + 1)]).filter(|&&other| other < domain.size()) {
            prop_assert_ne!(&value, &domain.nth(other), "of indices {} and {}", index, other);
        }
    }
    Ok(())
}

fn check_integers<T>(a: T, b: T) -> Result<(), TestCaseError>
where
    T: Integer + Ranged<Range = Range<T>> + Ord,
{
    let (first, last) = (a.min(b), a.max(b));
    let both = int::<T>(first..=last);
    check_bounds(&both, &first, &last)?;
    prop_assert_eq!(both.nth(0), first);
    prop_assert!(both.size() == u64::MAX || both.nth(both.size() - 1) == last);
    let without = int::<T>(first..last);
    prop_assert_eq!(Domain::check(&without).is_ok(), first < last);
    if first < last {
        check_bounds(&without, &first, &last)?;
        prop_assert!(rows().all(|row| without.value(&cell(row)) < last));
    }
    let all = range::<T>(T::from_ordinal(T::LOWEST)..=T::from_ordinal(T::HIGHEST));
    check_bounds(&all, &T::from_ordinal(T::LOWEST), &T::from_ordinal(T::HIGHEST))
}

fn check_floats<T: Float + Debug>(a: T, b: T) -> Result<(), TestCaseError> {
    let (first, last) = if a <= b { (a, b) } else { (b, a) };
    let both = float::<T>(first..=last);
    if !(last.to_f64() - first.to_f64()).is_finite() {
        prop_assert!(Generator::<T>::check(&both).is_err());
        return Ok(());
    }
    check_bounds(&both, &first, &last)?;
    prop_assert!((1..=(1 << 32) + 1).contains(&both.size()), "{} numbers", both.size());
    if first < last {
        let without = float::<T>(first..last);
        check_bounds(&without, &first, &last)?;
        prop_assert!(without.size() > 0 && without.nth(without.size() - 1) < last);
        prop_assert!(rows().all(|row| without.value(&cell(row)) < last));
    }
    Ok(())
}

fn check_decimals<T: Decimal + PartialOrd + Debug>(a: i128, b: i128, places: u32) -> Result<(), TestCaseError> {
    let (first, last) = (a.min(b), a.max(b));
    let ends = [first, last].map(|units| T::from_units(units, places));
    let decimals = decimal::<T>(ends[0].clone()..=ends[1].clone(), places);
    prop_assert_eq!(decimals.size(), u64::try_from(last - first + 1).unwrap());
    check_bounds(&decimals, &ends[0], &ends[1])?;
    for index in indices(decimals.size()) {
        let text = decimals.nth(index).to_string();
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        prop_assert!(fraction.len() <= places as usize, "{} has more than {} places", text, places);
    }
    let mut hint = Hint::new("t", "c");
    (hint.precision, hint.scale) = (Some(5), Some(2));
    let mut narrow = decimals;
    Domain::prepare(&mut narrow, &hint);
    if Domain::<T>::check(&narrow).is_ok() {
        check_bounds(&narrow, &T::from_units(-99_999, 2), &T::from_units(99_999, 2))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn integers_of_every_type(a: u64, b: u64) {
        check_integers(a as i8, b as i8)?;
        check_integers(a as i16, b as i16)?;
        check_integers(a as i32, b as i32)?;
        check_integers(a as i64, b as i64)?;
        check_integers(a as u8, b as u8)?;
        check_integers(a as u16, b as u16)?;
        check_integers(a as u32, b as u32)?;
        check_integers(a, b)?;
    }

    #[test]
    fn floats_of_any_size(a: f64, b: f64) {
        check_floats(a, b)?;
        check_floats(a as f32, b as f32)?;
        check_floats(a, a.next_up())?;
        check_floats(a, a)?;
    }

    #[test]
    fn floats_that_people_write(a in -1000..1000, b in -1000..1000) {
        check_floats(f64::from(a) / 10.0, f64::from(b) / 10.0)?;
        check_floats((f64::from(a) / 10.0) as f32, (f64::from(b) / 10.0) as f32)?;
    }

    #[test]
    fn decimals_of_any_places(a in -999_999_i128..=999_999, b in -999_999_i128..=999_999, places in 0_u32..=22) {
        check_decimals::<f64>(a, b, places)?;
        check_decimals::<f32>(a, b, places)?;
        check_decimals::<f64>(a * 1_000_000_000, b * 1_000_000_000 + 7, places)?;
    }

    #[test]
    fn sequences_of_any_step(start: i32, step: i64) {
        prop_assume!(step != 0);
        let sequence = sequence::<i32>(start, step);
        check_bounds(&sequence, &i32::MIN, &i32::MAX)?;
        for row in 0..sequence.size().min(100) {
            prop_assert_eq!(i128::from(sequence.value(&cell(row))), i128::from(start) + i128::from(row) * i128::from(step));
        }
    }

    #[test]
    fn curves_keep_to_their_type_and_bounds(mean in -1e6..1e6, deviation in 0.0..1e6, a: i16, b: i16) {
        let (first, last) = (a.min(b), a.max(b));
        check_bounds(&normal::<i16>(mean, deviation), &i16::MIN, &i16::MAX)?;
        check_bounds(&log_normal::<u8>(deviation + 1.0, 1e9), &0, &u8::MAX)?;
        check_bounds(&exponential::<f64>(deviation), &0.0, &f64::MAX)?;
        let within = normal::<i16>(mean, deviation).within(first..=last);
        if within.check().is_ok() {
            check_bounds(&within, &first, &last)?;
        }
        let within = exponential::<f32>(deviation).within(0.5..f32::from(last));
        if within.check().is_ok() {
            check_bounds(&within, &0.5, &f32::from(last).next_down())?;
        }
    }

    #[test]
    fn ranks_of_any_number(n in 1_u64..=1 << 53, exponent in 0.0..30.0) {
        check_bounds(&zipf::<u64>(n, exponent), &1, &n)?;
    }

    #[test]
    fn bits_points_and_vectors_are_distinct(n in 1_usize..100, x in -1e9..1e9, width in 1e-9..1e9) {
        check_distinct(&bits(n))?;
        check_distinct(&vector(n))?;
        check_distinct(&point(x..x + width, -1.0..=1.0))?;
        let lines = line(x..x + width, -1.0..=1.0, 0.0..width);
        check_distinct(&lines)?;
        prop_assert!(rows().map(|row| lines.value(&cell(row))).all(|(a, b, _)| a != 0.0 || b != 0.0));
    }

    #[test]
    fn lengths_of_time(a: u32, b: u32) {
        let [first, last] = [a.min(b), a.max(b)].map(|seconds| Duration::from_secs(seconds.into()));
        check_bounds(&interval(first..=last), &first, &last)?;
    }

    #[test]
    fn cells_are_equal_in_any_order(order in proptest::collection::vec((0_usize..20, 0_u64..1_000), 1..100)) {
        let forwards = samples();
        let expected: Vec<Vec<String>> = forwards.iter().map(|sample| (0..1_000).map(sample).collect()).collect();
        let generators = samples();
        for (at, row) in order {
            let at = at % generators.len();
            prop_assert_eq!(&generators[at](row), &expected[at][row as usize]);
        }
    }
}

type Sample = Box<dyn Fn(u64) -> String>;

/// A generator of each kind, as the text of its rows.
fn samples() -> Vec<Sample> {
    fn sample<T: Debug + 'static>(generator: impl Generator<T> + 'static) -> Sample {
        Box::new(move |row| {
            let unique = generator.domain().map(|domain| domain.nth(domain.index(&cell(row))));
            format!("{:?} {unique:?}", generator.value(&cell(row)))
        })
    }
    vec![
        sample(sequence::<i32>(5, 3)),
        sample(decimal::<f64>(0.0..=99.0, 2)),
        sample(float::<f32>(0.0..1.0)),
        sample(chance(0.3)),
        sample(one_of([weight(1.0, int::<i32>(1..=9)), weight(2.0, constant(0))])),
        sample(int::<i32>(1..=9).map(|n| n * 2)),
        sample(normal::<f64>(1.0, 2.0)),
        sample(log_normal::<f64>(1.0, 2.0).within(0.5..=3.0)),
        sample(exponential::<i32>(9.0)),
        sample(zipf::<i32>(100, 1.0)),
        sample(bits(70)),
        sample(point(0.0..1.0, 0.0..1.0)),
        sample(line(0.0..1.0, 0.0..1.0, 0.0..1.0)),
        sample(vector(5)),
        sample(vector(5).normalized()),
        sample(interval::<Duration>("1 s"..="1 h")),
    ]
}

#[cfg(feature = "chrono")]
mod times {
    use super::*;
    use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc, Weekday};
    use seed_core::{Anchor, Calendar, Ordinal};

    /// Days since 1970 that every database holds.
    const DAYS: std::ops::RangeInclusive<i128> = NaiveDate::LOWEST..=NaiveDate::HIGHEST;

    fn check_around<T: Calendar + PartialOrd>(anchor: Anchor, days: u32) -> Result<(), TestCaseError> {
        let mut hint = Hint::new("t", "c");
        hint.anchor = anchor;
        // The day, or the second, that the anchor lies in belongs to neither side.
        let now = (i128::from(anchor.seconds()) * T::STEPS_A_DAY).div_euclid(86_400);
        for mut around in [past::<T>(days), recent::<T>(days)] {
            Domain::prepare(&mut around, &hint);
            prop_assert!(rows().all(|row| around.value(&cell(row)).ordinal() < now));
            check_distinct_times(&around, days)?;
        }
        let mut around = future::<T>(days);
        Domain::prepare(&mut around, &hint);
        prop_assert!(rows().all(|row| around.value(&cell(row)).ordinal() > now));
        check_distinct_times(&around, days)
    }

    fn check_distinct_times<T: Calendar>(domain: &dyn Domain<T>, days: u32) -> Result<(), TestCaseError> {
        prop_assert_eq!(i128::from(domain.size()), i128::from(days) * T::STEPS_A_DAY);
        let ordinals: Vec<i128> = indices(domain.size()).into_iter().map(|index| domain.nth(index).ordinal()).collect();
        prop_assert!(ordinals.windows(2).all(|pair| pair[0] < pair[1]));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn dates_and_timestamps_around_an_anchor(seconds in 0..4_000_000_000_i64, days in 1_u32..10_000) {
            check_around::<NaiveDate>(Anchor::at(seconds), days)?;
            check_around::<NaiveDateTime>(Anchor::at(seconds), days)?;
            check_around::<DateTime<Utc>>(Anchor::at(seconds), days)?;
        }

        #[test]
        fn working_days(a in DAYS, b in DAYS) {
            let [first, last] = [a.min(b), a.max(b)].map(NaiveDate::from_ordinal);
            let days = weekdays(first..=last);
            if Domain::check(&days).is_ok() {
                check_bounds(&days, &first, &last)?;
                let is_weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                prop_assert!(!indices(days.size()).into_iter().any(|index| is_weekend(days.nth(index))));
            } else {
                prop_assert!(last - first < TimeDelta::days(2));
            }
            let [first, last] = [first, last].map(|day| day.and_hms_opt(11, 22, 33).unwrap());
            let hours = business_hours(first..=last);
            if Domain::check(&hours).is_ok() {
                check_bounds(&hours, &first, &last)?;
                let is_open = |at: NaiveDateTime| (9..17).contains(&at.hour()) && at.weekday().num_days_from_monday() < 5;
                prop_assert!(indices(hours.size()).into_iter().all(|index| is_open(hours.nth(index))));
            }
        }

        #[test]
        fn ranges_of_dates_and_timestamps(a in DAYS, b in DAYS, second in 0..86_400_i128) {
            let [first, last] = [a.min(b), a.max(b)].map(NaiveDate::from_ordinal);
            check_bounds(&range::<NaiveDate>(first..=last), &first, &last)?;
            let [first, last] = [a.min(b), a.max(b)].map(|day| NaiveDateTime::from_ordinal(day * 86_400 + second));
            check_bounds(&range::<NaiveDateTime>(first..=last), &first, &last)?;
        }
    }
}
