//! Making rows alone, on one thread and without a database: rows per second of each table, and memory.
//!
//! `cargo bench -p seed-benches --bench generate -- game` makes the rows of the game alone; other parts are `wide` and
//! `memory`.
//!
//! Beside each table, what one would otherwise write: the same columns by the fakers of the `fake` crate, from one
//! `StdRng`. Those rows are not unique, no session comes after its user, and row 17 cannot be made alone.

use std::error::Error;
use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use fake::Fake;
use fake::faker::address::raw::{CityName, CountryCode};
use fake::faker::boolean::raw::Boolean;
use fake::faker::chrono::raw::DateTimeBetween;
use fake::faker::internet::raw::{FreeEmail, Username};
use fake::faker::job::raw::Title;
use fake::faker::lorem::raw::{Sentence, Words};
use fake::faker::name::raw::{FirstName, LastName};
use fake::locales::EN;
use fake::rand::SeedableRng;
use fake::rand::rngs::StdRng;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_benches::machine::{self, peak};
use seed_benches::wide::{self, Customer};
use seed_core::{Anchor, Builder, Overrides, Plan, TableDef, With};
use seed_diesel::Seedable;

const USERS: u64 = 100_000;
const RUNS: usize = 5;

/// Millions of rows of the game that are meant to be made in a second, on one core.
const GAME: u32 = 2;

/// And of the wide table.
const WIDE: u32 = 1;

/// Rows that are made at a time, and dropped: as many as a run makes.
const BLOCK: u64 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench`.
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    // First, so that nothing else has been in memory.
    if is_wanted("memory") {
        memory()?;
        println!();
    }
    println!("{}", machine::describe());
    println!(
        "rows per second on one thread, medians of {RUNS} runs in turn with `fake`; the targets are {GAME} M of the game"
    );
    println!("and {WIDE} M of the wide table");
    println!("{:14} {:>9} {:>12} {:>12} {:>7}", "table", "rows", "seed-diesel", "fake", "ratio");
    if is_wanted("game") {
        compare("the game", &game(USERS, &With::from(5))?, |table| match table {
            "users" => by_fake(user),
            "user_profiles" => by_fake(user_profile),
            "sessions" => by_fake(session),
            "scores" => by_fake(score),
            _ => by_fake(level),
        });
    }
    if is_wanted("wide") {
        let wide = Schema::default().and::<Customer>(Some(wide::ROWS)).tables()?;
        compare("the wide table", &wide, |_| by_fake(customer));
    }
    Ok(())
}

/// The game with so many users, and so many sessions of a user and scores of a session.
fn game(users: u64, children: &With) -> Result<Vec<Table>, Box<dyn Error>> {
    let parents = Schema::default().and::<User>(Some(users)).and::<Level>(None).and::<UserProfile>(None);
    let mut all = parents.and::<Session>(None).and::<Score>(None);
    for def in all.defs.iter_mut().filter(|def| ["sessions", "scores"].contains(&def.name)) {
        def.relations[0].with = Some(children.clone());
    }
    all.tables()
}

/// A table whose rows can be made.
struct Table {
    name: &'static str,
    rows: u64,
    make: Make,
}

/// Makes some rows of a table, and drops them.
type Make = Box<dyn Fn(Range<u64>)>;

impl Table {
    fn blocks(&self) -> impl Iterator<Item = Range<u64>> {
        (0..self.rows).step_by(BLOCK as usize).map(|first| first..(first + BLOCK).min(self.rows))
    }
}

/// Models, and what makes the rows of each.
#[derive(Default)]
struct Schema {
    defs: Vec<TableDef>,
    build: Vec<fn(&mut Builder<'_>) -> Make>,
}

impl Schema {
    fn and<M: Seedable>(mut self, count: Option<u64>) -> Schema {
        let def = M::define();
        self.defs.push(TableDef { count: count.or(def.count), ..def });
        self.build.push(|build| {
            let columns = M::columns(build);
            Box::new(move |rows| {
                let block: Vec<M::Row> = rows.map(|row| M::row(&columns, row)).collect();
                black_box(&block);
            })
        });
        self
    }

    fn tables(self) -> Result<Vec<Table>, Box<dyn Error>> {
        let mut overrides = Overrides::default();
        let plan = Plan::new(0, self.defs, &overrides)?;
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let tables = plan.tables.iter().enumerate().map(|(at, table)| {
            build.begin(at);
            Table { name: table.def.name, rows: table.rows, make: self.build[table.model](&mut build) }
        });
        let tables = tables.collect();
        build.finish()?;
        Ok(tables)
    }
}

/// Prints the rates of tables, and of all of them together.
fn compare(name: &str, tables: &[Table], by_fake: impl Fn(&str) -> Make) {
    let mut all = [[Duration::ZERO; 2]; RUNS];
    for table in tables {
        let fake = by_fake(table.name);
        let times = all.map(|_| {
            [&table.make, &fake].map(|make| {
                let started = Instant::now();
                table.blocks().for_each(make);
                started.elapsed()
            })
        });
        all.iter_mut().flatten().zip(times.iter().flatten()).for_each(|(sum, time)| *sum += *time);
        print_rates(table.name, table.rows, times);
    }
    print_rates(name, tables.iter().map(|table| table.rows).sum(), all);
}

fn print_rates(name: &str, rows: u64, times: [[Duration; 2]; RUNS]) {
    // Side by side, so that a machine that slows down slows both.
    let ratio = median(times.map(|[ours, theirs]| theirs.as_secs_f64() / ours.as_secs_f64()));
    let [ours, theirs] = [0, 1].map(|side| rows as f64 / median(times.map(|run| run[side].as_secs_f64())));
    println!("{name:14} {rows:>9} {ours:>12.0} {theirs:>12.0} {ratio:>6.2}x");
}

fn median(mut numbers: [f64; RUNS]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[RUNS / 2]
}

/// Makes rows one after the other, from one stream of random numbers.
fn by_fake<R: 'static>(row: fn(u64, &mut StdRng) -> R) -> Make {
    Box::new(move |rows| {
        let mut random = StdRng::seed_from_u64(rows.start);
        let block: Vec<R> = rows.map(|at| row(at, &mut random)).collect();
        black_box(&block);
    })
}

fn user(row: u64, random: &mut StdRng) -> (i32, NaiveDateTime, String, NaiveDate) {
    (row as i32 + 1, recently(random), Username(EN).fake_with_rng(random), birth(random))
}

fn level(row: u64, random: &mut StdRng) -> (i32, String, i32) {
    let words: Vec<String> = Words(EN, 2..3).fake_with_rng(random);
    (row as i32 + 1, words.join(" "), (1..=10).fake_with_rng(random))
}

fn user_profile(row: u64, random: &mut StdRng) -> (i32, i32, String, String, String) {
    let (first, last) = (FirstName(EN).fake_with_rng(random), LastName(EN).fake_with_rng(random));
    (row as i32 + 1, row as i32 + 1, first, last, Title(EN).fake_with_rng(random))
}

fn session(row: u64, random: &mut StdRng) -> (i32, i32, NaiveDateTime, i32) {
    (row as i32 + 1, (row / 5) as i32 + 1, recently(random), (60..=7_200).fake_with_rng(random))
}

fn score(row: u64, random: &mut StdRng) -> (i32, i32, i32, NaiveDateTime, i32, i32, f32) {
    let level = (1..=5).fake_with_rng(random);
    let (score, time_taken) = ((0..=10_000).fake_with_rng(random), (5..=600).fake_with_rng(random));
    let accuracy = (0.0..1.0).fake_with_rng(random);
    (row as i32 + 1, (row / 5) as i32 + 1, level, recently(random), score, time_taken, accuracy)
}

fn customer(row: u64, random: &mut StdRng) -> Customer {
    let has_note = (0..100).fake_with_rng::<i32, _>(random) >= 33;
    Customer {
        id: row as i64 + 1,
        email: FreeEmail(EN).fake_with_rng(random),
        first_name: FirstName(EN).fake_with_rng(random),
        last_name: LastName(EN).fake_with_rng(random),
        city: CityName(EN).fake_with_rng(random),
        country_code: CountryCode(EN).fake_with_rng(random),
        created_at: recently(random),
        date_of_birth: birth(random),
        is_active: Boolean(EN, 80).fake_with_rng(random),
        balance_cents: (0..=1_000_000).fake_with_rng(random),
        score: (0.0..100.0).fake_with_rng(random),
        note: has_note.then(|| Sentence(EN, 4..13).fake_with_rng(random)),
    }
}

/// A time of the two years before 2026.
fn recently(random: &mut StdRng) -> NaiveDateTime {
    between(1_704_153_600, random).naive_utc()
}

/// A date since 1960.
fn birth(random: &mut StdRng) -> NaiveDate {
    between(-315_619_200, random).date_naive()
}

fn between(seconds: i64, random: &mut StdRng) -> DateTime<Utc> {
    let end = DateTime::UNIX_EPOCH + TimeDelta::days(20_454);
    DateTimeBetween(EN, DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds), end).fake_with_rng(random)
}

/// Prints the peak of memory while the game's rows are made: all of a million and of ten million, and one block of
/// ten of a hundred million. Where the number of children is drawn, a plan has sums of them.
fn memory() -> Result<(), Box<dyn Error>> {
    println!("peak memory of the process while the game's rows are made");
    println!("{:>11} {:>11} {:>8}  children", "rows", "made", "KB");
    println!("{:>11} {:>11} {:>8}", 0, 0, peak());
    for (with, children) in [(With::from(5), "5 of each parent"), (With::from(1..=9), "1 to 9 of each parent")] {
        for (users, of) in [(31_250, 1), (312_500, 1), (3_125_000, 10)] {
            let (mut rows, mut made) = (0, 0);
            for table in game(users, &with)? {
                rows += table.rows;
                for block in table.blocks().step_by(of) {
                    made += block.end - block.start;
                    (table.make)(block);
                }
            }
            println!("{rows:>11} {made:>11} {:>8}  {children}", peak());
        }
    }
    Ok(())
}
