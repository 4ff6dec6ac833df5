//! The first rows of everything that makes values, byte for byte.
//!
//! A value must never change by accident: `BLESS=1 cargo test -p seed-core --test golden` writes the
//! files anew, and a release in which one of them changes says so in its changelog.

use std::fmt::{Debug, Display, Write as _};
use std::path::Path;

use fake::faker::{company::raw::CompanyName, name::raw::FirstName};
use fake::locales::{EN, FR_FR};
use seed_core::infer::RULES;
use seed_core::{
    Anchor, Builder, Cell, Column, ColumnDef, Domain, Generator, Hint, Key, Kind, Map, Overrides, Plan, RelationDef,
    Share, TableDef, Value, With, constant, domain, fake, float, given, int, permute, serial, values, weighted,
};

#[path = "golden/inference.rs"]
mod inference;
#[path = "golden/locales.rs"]
mod locales;
#[path = "golden/text.rs"]
mod text;
#[cfg(all(
    feature = "bigdecimal",
    feature = "chrono",
    feature = "ipnet",
    feature = "ipnetwork",
    feature = "jiff",
    feature = "rust_decimal",
    feature = "serde_json",
    feature = "time",
    feature = "uuid"
))]
#[path = "golden/types.rs"]
mod types;

#[path = "golden/numbers.rs"]
mod numbers;

const SEED: u64 = 42;
const ROWS: u64 = 8;

/// Compares a text with a golden file, or writes the file where `BLESS` is set.
fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return;
    }
    let mut report = format!("generated data have changed: {}\n", path.display());
    let (mut old, mut new) = (expected.lines(), actual.lines());
    for (line, shown) in (1..).zip(0..) {
        let (old, new) = (old.next(), new.next());
        if old.is_none() && new.is_none() || shown > 2_000 {
            break;
        }
        if old != new {
            let _ = writeln!(report, "line {line}\n  - {}\n  + {}", old.unwrap_or("(none)"), new.unwrap_or("(none)"));
        }
    }
    panic!(
        "{report}\nIf this is meant: bless it with `BLESS=1 cargo test -p seed-core --test golden`, look at the diff, and \
         put a line under \"Generated data changes\" in CHANGELOG.md."
    );
}

fn cell(table: &str, column: &str, row: u64) -> Cell {
    let table = Key::seed(SEED).child(table);
    Cell { table, column: table.child(column), row }
}

fn hint<'a>(table: &'a str, column: &'a str, unique: bool, max_len: Option<usize>) -> Hint<'a> {
    let mut hint = Hint::new(table, column);
    (hint.unique, hint.max_len) = (unique, max_len);
    hint
}

fn drawn<T>(generator: &dyn Generator<T>, table: &str, column: &str) -> Vec<T> {
    generator.check().unwrap();
    (0..ROWS).map(|row| generator.value(&cell(table, column, row))).collect()
}

/// The first rows of a unique column, as many as there are; none where the values cannot be counted.
fn unique<T>(generator: &dyn Generator<T>, table: &str, column: &str) -> Vec<T> {
    let Some(domain) = generator.domain() else { return Vec::new() };
    (0..ROWS.min(domain.size())).map(|row| domain.nth(domain.index(&cell(table, column, row)))).collect()
}

/// A line for each row, a column for each list.
fn table_of(head: &[&str], columns: &[Vec<String>]) -> String {
    let mut text = String::new();
    let width = |at: usize| columns[at].iter().map(|cell| cell.chars().count()).max().unwrap_or(0).max(head[at].len());
    let mut line = |cells: Vec<&str>| {
        let cells: Vec<String> = cells.iter().enumerate().map(|(at, cell)| format!("{cell:<0$}", width(at))).collect();
        let _ = writeln!(text, "  {}", cells.join(" | ").trim_end());
    };
    line(head.to_vec());
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        line(columns.iter().map(|column| column.get(row).map_or("", String::as_str)).collect());
    }
    text
}

fn shown<T: Display>(values: Vec<T>) -> Vec<String> {
    values.iter().map(T::to_string).collect()
}

fn debugged<T: Debug>(values: Vec<T>) -> Vec<String> {
    values.iter().map(|value| format!("{value:?}")).collect()
}

/// A section with the inferred values of several columns of one type.
fn inferred<T: Value>(columns: &[(&str, &str)], show: impl Fn(&T) -> String) -> String {
    let show = |values: Vec<T>| values.iter().map(&show).collect();
    let mut head = vec!["unique".to_owned()];
    let mut lists = vec![show(unique(&*T::infer(&hint("things", "whatever", true, None)), "things", "whatever"))];
    for (table, column) in columns {
        head.push(format!("{table}.{column}"));
        lists.push(show(drawn(&*T::infer(&hint(table, column, false, None)), table, column)));
    }
    if T::KIND == Kind::Integer {
        head.push("primary key".to_owned());
        let mut hint = hint("things", "id", true, None);
        hint.primary = true;
        lists.push(show(unique(&*T::infer(&hint), "things", "id")));
    }
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    format!("{}\n{}\n", std::any::type_name::<T>(), table_of(&head, &lists))
}

/// The columns of a kind: one for no rule, and one for each rule.
fn columns_of(kind: Kind) -> Vec<(&'static str, String)> {
    let rules = RULES.iter().filter(|rule| rule.kind == kind);
    let columns = rules.map(|rule| ("things", rule.columns[0].replace('*', "some")));
    std::iter::once(("things", "whatever".to_owned())).chain(columns).collect()
}

fn named<'a>(columns: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    columns.iter().map(|(table, column)| (*table, column.as_str())).collect()
}

#[test]
fn numbers_of_every_rule_and_type() {
    let integers = columns_of(Kind::Integer);
    let few = [("things", "whatever"), ("users", "age"), ("files", "size"), ("books", "year")];
    let mut text = inferred::<i32>(&named(&integers), i32::to_string);
    text += &inferred::<i8>(&few, i8::to_string);
    text += &inferred::<i16>(&few, i16::to_string);
    text += &inferred::<i64>(&few, i64::to_string);
    text += &inferred::<u8>(&few, u8::to_string);
    text += &inferred::<u16>(&few, u16::to_string);
    text += &inferred::<u32>(&few, u32::to_string);
    text += &inferred::<u64>(&few, u64::to_string);
    let floats = columns_of(Kind::Float);
    text += &inferred::<f64>(&named(&floats), f64::to_string);
    text += &inferred::<f32>(&named(&floats), f32::to_string);
    golden("numbers.txt", &text);
}

#[test]
fn booleans_and_bytes() {
    let booleans = columns_of(Kind::Boolean);
    let mut text = inferred::<bool>(&named(&booleans), bool::to_string);
    let hex = |bytes: &Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    text += &inferred::<Vec<u8>>(&[("files", "data")], hex);
    let limits = [1, 4, 8, 255].map(|limit| {
        let hint = hint("files", "data", true, Some(limit));
        unique(&*<Vec<u8>>::infer(&hint), "files", "data").iter().map(hex).collect()
    });
    text += &table_of(&["1", "4", "8", "255"], &limits);
    golden("booleans-and-bytes.txt", &text);
}

#[cfg(feature = "chrono")]
#[test]
fn dates_and_times() {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    let (dates, timestamps) = (columns_of(Kind::Date), columns_of(Kind::Timestamp));
    let mut text = inferred::<NaiveDate>(&named(&dates), NaiveDate::to_string);
    text += &inferred::<NaiveTime>(&[("shops", "opens_at")], NaiveTime::to_string);
    text += &inferred::<NaiveDateTime>(&named(&timestamps), NaiveDateTime::to_string);
    text += &inferred::<DateTime<Utc>>(&named(&timestamps), DateTime::to_rfc3339);
    let date = drawn(&seed_core::range::<NaiveDate>("1960-01-01"..="2007-12-31"), "users", "date_of_birth");
    let time = drawn(&seed_core::range::<NaiveTime>("09:00:00".."17:00:00"), "shops", "opens_at");
    let at = drawn(&seed_core::range::<NaiveDateTime>("2024-02-29".."2024-03-01 12:00:00"), "events", "at");
    text += &table_of(&["1960..=2007", "9..17", "29 Feb 2024"], &[shown(date), shown(time), shown(at)]);
    golden("dates-and-times.txt", &text);
}

struct Weekday;

impl Domain<&'static str> for Weekday {
    fn size(&self) -> u64 {
        5
    }
    fn nth(&self, index: u64) -> &'static str {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"][index as usize]
    }
}

#[test]
fn generators() {
    fn both<T: Debug>(text: &mut String, name: &str, generator: impl Generator<T>) {
        let (free, distinct) = (drawn(&generator, "things", "value"), unique(&generator, "things", "value"));
        let _ = writeln!(text, "{name}\n{}", table_of(&["drawn", "unique"], &[debugged(free), debugged(distinct)]));
    }
    let mut text = String::new();
    both(&mut text, "int::<i32>(60..=7_200)", int::<i32>(60..=7_200));
    both(&mut text, "int::<i64>(i64::MIN..=i64::MAX)", int::<i64>(i64::MIN..=i64::MAX));
    both(&mut text, "int::<u64>(0..u64::MAX)", int::<u64>(0..u64::MAX));
    both(&mut text, "int::<u8>(250..=255)", int::<u8>(250..=255));
    both(&mut text, "float::<f64>(0.0..1.0)", float::<f64>(0.0..1.0));
    both(&mut text, "float::<f32>(-1.0..=1.0)", float::<f32>(-1.0..=1.0));
    both(&mut text, "values([\"a\", \"b\", \"c\"])", values::<String, _>(["a", "b", "c"]));
    both(&mut text, "values([1, 2, 3])", values::<i32, _>([1, 2, 3]));
    both(&mut text, "weighted([(\"a\", 0.7), (\"b\", 0.3)])", weighted::<String, _>([("a", 0.7), ("b", 0.3)]));
    both(&mut text, "serial::<i32>()", serial::<i32>());
    both(&mut text, "constant(7)", constant(7));
    both(&mut text, "given(6, [1, 2, 3])", given(6, [1, 2, 3]));
    both(&mut text, "domain(Weekday)", domain(Weekday));
    let doubled: Map<i32, i64> = Map::new(Box::new(int::<i32>(1..=99)), |n| i64::from(n) * 2);
    both(&mut text, "Map of int::<i32>(1..=99), doubled", doubled);
    both::<String>(&mut text, "fake(FirstName(EN))", fake(FirstName(EN)));
    both::<String>(&mut text, "fake(FirstName(FR_FR))", fake(FirstName(FR_FR)));
    both::<String>(&mut text, "fake(CompanyName(EN))", fake(CompanyName(EN)));
    both::<i64>(&mut text, "fake(0..1_000_000_i64)", fake(0..1_000_000_i64));
    golden("generators.txt", &text);
}

#[test]
fn streams_and_permutations() {
    let key = Key::seed(SEED).child("users").child("username");
    let list = |size: u64| shown((0..ROWS.min(size)).map(|row| permute(key, size, row)).collect());
    let mut stream = key.stream(0);
    let first = shown((0..ROWS).map(|_| stream.bits()).collect());
    let rows = |value: fn(seed_core::Stream) -> String| (0..ROWS).map(|row| value(key.stream(row))).collect::<Vec<_>>();
    let mut text = table_of(
        &["stream of row 0", "first of each row", "below(10)", "unit()", "chance(0.5)"],
        &[
            first,
            rows(|mut stream| stream.bits().to_string()),
            rows(|mut stream| stream.below(10).to_string()),
            rows(|mut stream| stream.unit().to_string()),
            rows(|mut stream| stream.chance(0.5).to_string()),
        ],
    );
    text.push('\n');
    let sizes = [2, 3, 8, 100, 1_000_000, 1 << 40, u64::MAX];
    let head: Vec<String> = sizes.iter().map(|size| format!("permute {size}")).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    text += &table_of(&head, &sizes.map(list));
    golden("streams.txt", &text);
}

fn column(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
}

fn table(name: &'static str, count: Option<u64>, columns: Vec<ColumnDef>) -> TableDef {
    TableDef { count, columns, primary_key: vec!["id"], ..TableDef::new(name) }
}

/// The foreign keys of eight users' children, by how many each user has.
#[test]
fn children_of_every_with() {
    let mut text = String::new();
    let withs: [With; 5] = [
        With::from(2),
        With::from(0..=2),
        With::from(1..=5),
        With::weighted([Share::new(0.6, 1..=3), Share::new(0.3, 5..=7), Share::new(0.1, 8..=10)]),
        With::weighted([Share::new(0.5, 0), Share::new(0.5, 3)]),
    ];
    for with in withs {
        let relation = RelationDef { with: Some(with.clone()), ..RelationDef::new("user_id", "users", "id") };
        let posts = table("posts", None, vec![column("id"), column("user_id")]);
        let defs =
            vec![table("users", Some(ROWS), vec![column("id")]), TableDef { relations: vec![relation], ..posts }];
        let mut overrides = Overrides::default();
        let plan = Plan::new(SEED, defs, &overrides).unwrap();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        build.infer::<i32, _>("id");
        build.begin(1);
        build.infer::<i64, _>("id");
        let user_id = build.refer::<i32>("user_id");
        build.finish().unwrap();
        let parents: Vec<String> = shown((0..plan.tables[1].rows).map(|row| user_id.value(row)).collect());
        let _ = writeln!(text, "with = {with}\n  {}\n", parents.join(" "));
    }
    golden("with.txt", &text);
}

#[test]
fn relations_and_what_comes_after() {
    let nullable = |name| ColumnDef { nullable: true, ..column(name) };
    let unique = |column| ColumnDef { unique: true, ..column };
    let related = |table, relations: &[(&'static str, &'static str)]| {
        let relations = relations.iter().map(|(column, parent)| RelationDef::new(column, parent, "id")).collect();
        TableDef { relations, ..table }
    };
    let defs = vec![
        table("users", None, vec![column("id"), column("created_at"), column("updated_at")]),
        related(
            table(
                "comments",
                Some(16),
                vec![
                    column("id"),
                    column("user_id"),
                    nullable("editor_id"),
                    unique(nullable("next_id")),
                    nullable("parent_id"),
                    column("root_id"),
                    column("created_at"),
                    column("updated_at"),
                ],
            ),
            &[
                ("user_id", "users"),
                ("editor_id", "users"),
                ("next_id", "comments"),
                ("parent_id", "comments"),
                ("root_id", "comments"),
            ],
        ),
        related(table("profiles", None, vec![column("id"), unique(column("user_id"))]), &[("user_id", "users")]),
    ];
    let mut overrides = Overrides::default();
    let plan = Plan::new(SEED, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    fn text<T: Display + 'static>(column: &Column<T>, rows: u64) -> Vec<String> {
        let show = |row| column.nullable(row).map_or("NULL".to_owned(), |value: T| value.to_string());
        (0..rows).map(show).collect()
    }
    // Seconds since 1970 in place of a calendar type, which is a feature.
    let users = [build.infer::<i32, _>("id")];
    let user_times = [build.draw("created_at", int::<i64>(0..=999_999)), build.infer::<i64, _>("updated_at")];
    build.begin(1);
    let ids = [build.infer::<i32, _>("id")];
    let foreign = ["user_id", "editor_id", "next_id", "parent_id", "root_id"].map(|name| build.refer::<i32>(name));
    let times = [build.infer::<i64, _>("created_at"), build.infer::<i64, _>("updated_at")];
    build.begin(2);
    let profiles = [build.infer::<i32, _>("id"), build.refer::<i32>("user_id")];
    build.finish().unwrap();

    let columns = |ints: &[std::sync::Arc<Column<i32>>], times: &[std::sync::Arc<Column<i64>>], rows| {
        let ints = ints.iter().map(|column| text(column, rows));
        ints.chain(times.iter().map(|column| text(column, rows))).collect::<Vec<_>>()
    };
    let mut golden_text = table_of(&["users.id", "created_at", "updated_at"], &columns(&users, &user_times, 10));
    let head = ["comments.id", "user_id", "editor_id", "next_id", "parent_id", "root_id", "created_at", "updated_at"];
    golden_text.push('\n');
    golden_text += &table_of(&head, &columns(&[ids.as_slice(), &foreign].concat(), &times, 16));
    golden_text.push('\n');
    golden_text += &table_of(&["profiles.id", "user_id"], &columns(&profiles, &[], 10));
    golden("relations.txt", &golden_text);
}
