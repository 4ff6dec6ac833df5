//! Every value is a pure function of (seed, table, column, row).

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

use proptest::prelude::*;
use seed_core::infer::{RULES, Recipe};
use seed_core::{
    Anchor, Builder, Cell, Column, ColumnDef, Domain, Generator, Hint, Integer, Key, Kind, Overrides, Plan, Ranged,
    RelationDef, TableDef, Value, With, int, permute, range,
};

fn hint(column: &str, unique: bool, max_len: Option<usize>) -> Hint<'_> {
    let mut hint = Hint::new("things", column);
    (hint.unique, hint.max_len) = (unique, max_len);
    hint
}

fn cell(seed: u64, column: &str, row: u64) -> Cell {
    let table = Key::seed(seed).child("things");
    Cell { table, column: table.child(column), row }
}

/// A column name for each recipe of text.
fn text_columns() -> Vec<(String, Recipe)> {
    let mut seen = BTreeSet::new();
    let rules = RULES.iter().filter(|rule| rule.kind == Kind::Text && rule.tables.is_empty());
    let columns = rules.map(|rule| (rule.columns[0].replace('*', "x"), rule.recipe));
    std::iter::once(("whatever".to_owned(), Recipe::Plain))
        .chain(columns)
        .filter(|(_, recipe)| seen.insert(*recipe))
        .collect()
}

fn column(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
}

/// A table with a column of every source: counted, unique, drawn, referenced, floored, nullable.
fn world(seed: u64) -> Vec<Arc<Column<i64>>> {
    let relation = |column, parent, with: Option<With>| RelationDef { with, ..RelationDef::new(column, parent, "id") };
    let defs = vec![
        TableDef {
            count: Some(100),
            columns: vec![column("id"), column("created_at")],
            primary_key: vec!["id"],
            ..TableDef::new("users")
        },
        TableDef {
            count: None,
            columns: vec![
                column("id"),
                column("user_id"),
                ColumnDef { nullable: true, null: Some(0.3), ..column("editor_id") },
                ColumnDef { nullable: true, ..column("reply_to") },
                ColumnDef { unique: true, ..column("number") },
                column("created_at"),
                column("updated_at"),
                column("rating"),
            ],
            relations: vec![
                relation("user_id", "users", Some(With::from(0..=5))),
                relation("editor_id", "users", None),
                relation("reply_to", "posts", None),
            ],
            primary_key: vec!["id"],
            ..TableDef::new("posts")
        },
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(seed, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    build.begin(0);
    build.infer::<i64, _>("id");
    build.infer::<i64, _>("created_at");
    build.begin(1);
    let columns = vec![
        build.infer("id"),
        build.refer("user_id"),
        build.refer("editor_id"),
        build.refer("reply_to"),
        build.infer("number"),
        build.infer("created_at"),
        build.infer("updated_at"),
        build.infer("rating"),
    ];
    build.finish().unwrap();
    columns
}

/// Every parent gets up to five children: so many rows there are at least in all of these worlds.
const ROWS: u64 = 100;

fn all(columns: &[Arc<Column<i64>>]) -> Vec<Vec<Option<i64>>> {
    columns.iter().map(|column| (0..ROWS).map(|row| column.nullable(row)).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn cells_in_any_order_are_equal(seed: u64, order in proptest::collection::vec((0_usize..8, 0..ROWS), 1..200)) {
        let forwards = all(&world(seed));
        let columns = world(seed);
        for (column, row) in order {
            prop_assert_eq!(columns[column].nullable(row), forwards[column][row as usize]);
        }
    }

    #[test]
    fn cells_from_several_threads_are_equal(seed: u64) {
        let columns = world(seed);
        let expected = all(&columns);
        let chunks = 7;
        let parts: Vec<Vec<(usize, u64, Option<i64>)>> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..chunks).map(|chunk| {
                let columns = &columns;
                scope.spawn(move || {
                    let rows = (0..ROWS).rev().filter(|row| row % chunks == chunk);
                    rows.flat_map(|row| (0..columns.len()).map(move |at| (at, row, columns[at].nullable(row)))).collect()
                })
            }).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).collect()
        });
        for (at, row, value) in parts.into_iter().flatten() {
            prop_assert_eq!(value, expected[at][row as usize]);
        }
    }

    #[test]
    fn text_of_a_cell_is_the_same_again(seed: u64, row: u64, max_len in proptest::option::of(0_usize..80)) {
        for (column, recipe) in text_columns() {
            let make = || String::infer(&hint(&column, false, max_len)).value(&cell(seed, &column, row));
            let text = make();
            prop_assert_eq!(&text, &make(), "{:?}", recipe);
            prop_assert!(max_len.is_none_or(|most| text.chars().count() <= most), "{:?} in {:?}: {}", recipe, max_len, text);
        }
    }

    #[test]
    fn permutation_is_a_bijection(seed: u64, size in 1_u64..3_000) {
        let key = Key::seed(seed);
        let reached: BTreeSet<u64> = (0..size).map(|index| permute(key, size, index)).collect();
        prop_assert_eq!(reached.len() as u64, size);
        prop_assert!(reached.iter().all(|&to| to < size));
    }

    #[test]
    fn permutation_of_any_size_keeps_rows_apart(seed: u64, size in 1_u64.., indices: Vec<u64>) {
        let key = Key::seed(seed);
        let indices: BTreeSet<u64> = indices.iter().map(|index| index % size).collect();
        let reached: BTreeSet<u64> = indices.iter().map(|&index| permute(key, size, index)).collect();
        prop_assert_eq!(reached.len(), indices.len());
        prop_assert!(reached.iter().all(|&to| to < size));
    }

    #[test]
    fn a_range_holds_at_any_row(seed: u64, row: u64, a: i64, b: i64) {
        let (first, last) = (a.min(b), a.max(b));
        let values = int::<i64>(first..=last);
        prop_assert!((first..=last).contains(&values.value(&cell(seed, "n", row))));
        prop_assert!((first..=last).contains(&values.nth(values.index(&cell(seed, "n", row)))));
        let floats = range::<f64>(first as f64..=last as f64);
        prop_assert!((first as f64..=last as f64).contains(&floats.value(&cell(seed, "x", row))));
    }
}

#[test]
fn unique_text_of_every_style_is_distinct() {
    let columns = text_columns();
    let check = &|limit: Option<usize>| {
        for (column, recipe) in &columns {
            let generator = String::infer(&hint(column, true, limit));
            let Some(domain) = generator.domain() else { panic!("{recipe:?} cannot be unique") };
            let rows = 0..domain.size().min(5_000);
            let mut texts: Vec<String> = rows.map(|row| domain.nth(domain.index(&cell(7, column, row)))).collect();
            for text in &mut texts {
                assert!(!text.is_empty(), "{recipe:?} in {limit:?} is empty");
                assert!(limit.is_none_or(|most| text.chars().count() <= most), "{recipe:?} in {limit:?}: {text}");
                text.make_ascii_lowercase();
            }
            texts.sort_unstable();
            for pair in texts.windows(2) {
                assert_ne!(pair[0], pair[1], "{recipe:?} in {limit:?}");
            }
        }
    };
    std::thread::scope(|scope| {
        for limit in [None, Some(255), Some(30), Some(20), Some(15), Some(14), Some(12), Some(8)] {
            scope.spawn(move || check(limit));
        }
    });
}

/// Words and names are used up after so many rows, and numbered then; what a limit leaves of them is
/// still distinct.
#[test]
fn unique_text_is_distinct_where_its_words_are_used_up() {
    let blocks = |stems: u64| [0, 1, 2, 9, 35, 36, 1_000].map(|block| block * stems);
    // The stems of usernames, labels and words.
    for (column, stems) in [("username", 3_007 * 474), ("name", 4_096), ("category", 64), ("url", 4_096), ("email", 1)]
    {
        for limit in [None, Some(64), Some(26), Some(20), Some(14), Some(12), Some(10), Some(8), Some(6), Some(4)] {
            let generator = String::infer(&hint(column, true, limit));
            let domain = generator.domain().unwrap();
            let mut seen = BTreeSet::new();
            let starts = blocks(stems).into_iter().chain([1 << 40, 1 << 61]);
            let rows: BTreeSet<u64> = starts.flat_map(|start| start..start + 200).collect();
            for row in rows.into_iter().filter(|&row| row < domain.size()) {
                let text = domain.nth(domain.index(&cell(3, column, row)));
                assert!(limit.is_none_or(|most| text.chars().count() <= most), "{column} in {limit:?}: {text}");
                assert!(seen.insert(text.to_lowercase()), "{column} in {limit:?} has {text} again in row {row}");
            }
        }
    }
}

/// The whole domain, where it is small: no two indices have the same text.
#[test]
fn a_narrow_domain_is_distinct_from_end_to_end() {
    for (column, recipe) in text_columns() {
        for limit in 0..=3 {
            let generator = String::infer(&hint(&column, true, Some(limit)));
            let domain = generator.domain().unwrap();
            assert!(domain.size() > 0, "{recipe:?} in {limit}");
            let size = domain.size().min(50_000);
            let texts: BTreeSet<String> = (0..size).map(|index| domain.nth(index).to_lowercase()).collect();
            assert_eq!(texts.len() as u64, size, "{recipe:?} in {limit}");
            assert!(texts.iter().all(|text| text.chars().count() <= limit), "{recipe:?} in {limit}");
        }
    }
}

#[test]
fn free_text_keeps_its_limit() {
    for (column, recipe) in text_columns() {
        for limit in [0, 1, 2, 3, 15, 40, 255] {
            let generator = String::infer(&hint(&column, false, Some(limit)));
            for row in 0..300 {
                let text = generator.value(&cell(5, &column, row));
                assert!(text.chars().count() <= limit, "{recipe:?} in {limit}: {text}");
                assert!(limit == 0 || !text.is_empty(), "{recipe:?} in {limit} is empty");
                assert_eq!(text.trim(), text, "{recipe:?} in {limit}");
            }
        }
    }
}

#[test]
fn ranges_hold_at_the_ends_of_every_integer_type() {
    fn ends<T: Integer + Ranged<Range = seed_core::Range<T>> + Value + PartialOrd + Debug>(min: T, max: T) {
        for row in (0..200).chain([1 << 62, u64::MAX]) {
            let all = range::<T>(min..=max).value(&cell(1, "n", row));
            assert!(all >= min && all <= max);
            let low = range::<T>(min..=min).value(&cell(1, "n", row));
            let high = range::<T>(max..=max).value(&cell(1, "n", row));
            assert!(low == min && high == max);
            let open = range::<T>(min..max).value(&cell(1, "n", row));
            assert!(open < max);
        }
        let whole = range::<T>(min..=max);
        assert_eq!(whole.nth(0), min);
        // The last index: of all types but the widest it is the highest value.
        let steps = u64::try_from(T::HIGHEST - T::LOWEST).unwrap();
        assert_eq!(whole.nth(steps), max);
        assert_eq!(whole.size(), steps.saturating_add(1));

        for column in ["whatever", "age", "year", "size", "score", "salary"] {
            for unique in [false, true] {
                let generator = T::infer(&hint(column, unique, None));
                let domain = generator.domain().unwrap();
                assert!(domain.nth(0) >= min && domain.nth(domain.size() - 1) <= max);
                assert!(domain.nth(0) <= domain.nth(domain.size() - 1), "{column}");
            }
        }
        let mut hint = hint("id", true, None);
        hint.primary = true;
        let keys = T::infer(&hint);
        let keys = keys.domain().unwrap();
        assert_eq!(keys.nth(keys.size() - 1).ordinal(), T::HIGHEST.min(u64::MAX.into()));
    }
    ends(i8::MIN, i8::MAX);
    ends(i16::MIN, i16::MAX);
    ends(i32::MIN, i32::MAX);
    ends(i64::MIN, i64::MAX);
    ends(u8::MIN, u8::MAX);
    ends(u16::MIN, u16::MAX);
    ends(u32::MIN, u32::MAX);
    ends(u64::MIN, u64::MAX);
}

/// A float with its digits is one of as many different ones as its domain says.
#[test]
fn unique_floats_are_distinct() {
    for column in ["whatever", "latitude", "longitude", "salary", "rating", "price"] {
        let generator = f32::infer(&hint(column, true, None));
        let domain = generator.domain().unwrap();
        let size = domain.size().min(300_000);
        let seen: BTreeSet<u32> =
            (domain.size() - size..domain.size()).map(|index| domain.nth(index).to_bits()).collect();
        assert_eq!(seen.len() as u64, size, "{column}");
    }
}
