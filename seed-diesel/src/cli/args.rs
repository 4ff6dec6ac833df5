//! The options of the command line.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use seed_core::{Anchor, Locale, With};

use crate::blocks::Batches;
use crate::cli::settings::Settings;
use crate::cli::shard::ShardArg;
use crate::part::Part;
use crate::rebuild::RebuildConstraints;
use crate::setup::{Options, There};

/// Fills a database with realistic, related, reproducible rows.
#[derive(Debug, Parser)]
#[command(
    version = None,
    args_conflicts_with_subcommands = true,
    after_help = "Exit codes: 0 done, 1 the database failed, 2 the command line or the models are wrong, 3 rows that are \
                  there are in the way, 4 writing to the database was not confirmed, or it is protected, 5 another run or \
                  connection keeps the database, 6 the connection broke while the run committed, and whether its rows are there \
                  is not known. After 1 to 5 no row was added or deleted, but by a run with --commit-every."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// The database [default: DATABASE_URL, from the environment or from .env]
    #[arg(long, value_name = "URL", global = true)]
    pub(super) database_url: Option<String>,

    /// A file of settings in TOML, below which the options stand
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// The number that chooses one world out of all [default: 0]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// Rows of a table, such as users=1000; may be repeated
    #[arg(long, value_name = "TABLE=N", value_parser = count)]
    count: Vec<(String, u64)>,

    /// Children of each parent, by foreign key: sessions.user_id=3, =1..=5 or ="0.6: 1..=3, 0.4: 0"; may be repeated
    #[arg(long, value_name = "TABLE.COLUMN=N", value_parser = with)]
    with: Vec<(String, String, With)>,

    /// How much more often some parents are drawn than others, by foreign key: posts.author_id=1.1; may be repeated
    #[arg(long, value_name = "TABLE.COLUMN=S", value_parser = zipf)]
    zipf: Vec<(String, String, f64)>,

    /// The date that generated times are relative to, or `today` [default: 2026-01-01]
    #[arg(long, value_name = "DATE", value_parser = anchor)]
    anchor: Option<Anchor>,

    /// The language and country of names, places and words, such as fr_FR [default: en]
    #[arg(long, value_name = "LOCALE")]
    locale: Option<Locale>,

    /// The tables to load, of all that are planned, such as levels,users; their parents must be there
    #[arg(long, value_name = "TABLE,…", value_delimiter = ',')]
    tables: Option<Vec<String>>,

    /// The slice of each table to load, such as 3/16 for the third of 16; `auto` reads it from the task of a Slurm
    /// job array, and `auto/16` from there or from the pod of a Kubernetes indexed job of 16 completions. With --dry-run,
    /// shows the stages in which shards load all tables; these are all given the same counts, seed and so on
    #[arg(long, value_name = "N/COUNT")]
    shard: Option<ShardArg>,

    /// Show the plan, how the values of each column are made, and five sample rows of each table, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Keep the rows of the tables, and add the new ones behind them
    #[arg(long, conflicts_with = "reset")]
    append: bool,

    /// Delete the rows of the tables first, after asking
    #[arg(long)]
    pub(super) reset: bool,

    /// Delete the rows of the tables, after asking, and load none: before the shards of a run are loaded
    #[arg(long, conflicts_with_all = ["append", "commit_every", "dry_run", "rebuild_constraints", "reset", "resume"])]
    pub(super) only_reset: bool,

    /// Do not ask before a reset of a database on this machine
    #[arg(long, short)]
    pub(super) yes: bool,

    /// The database's name, to confirm that a database on another machine is written to
    #[arg(long, value_name = "NAME")]
    pub(super) confirm: Option<String>,

    /// Take foreign keys and secondary indexes off while rows are loaded, and put them back, checked, before the commit.
    /// `auto` does so for many rows in empty tables that no other session uses; on PostgreSQL no other session can use
    /// the tables then until the run ends [default: auto; without a value: always]
    #[arg(
        long,
        value_name = "WHEN",
        value_parser = rebuild_constraints(),
        num_args = 0..=1,
        require_equals = true,
        hide_default_value = true,
        default_value = "auto",
        default_missing_value = "always"
    )]
    rebuild_constraints: RebuildConstraints,

    /// Commit whenever so many rows have been loaded; a run that is interrupted then goes on with --resume
    #[arg(long, value_name = "N", value_parser = rows)]
    commit_every: Option<NonZeroU64>,

    /// Go on with a run that was interrupted; begin where there is none
    #[arg(long, conflicts_with = "reset")]
    resume: bool,

    /// How long to wait for a lock that another connection keeps [default: 10 with --reset or --only-reset, else 60]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    lock_timeout: Option<u32>,

    /// Rows of one statement at most; changes no value
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    batch_size: Option<u32>,

    /// Threads that make rows; changes no value
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: Option<u16>,
}

/// What else the program does.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Command {
    /// Mark the database as one that is never seeded, by a table `__seed_protected`. To take the mark off, drop that table at
    /// the database's own prompt
    Protect,
}

impl Args {
    /// What the options say in place of the models.
    ///
    /// # Errors
    ///
    /// All that is said twice, each on a line.
    pub(super) fn settings(&self) -> Result<Settings, String> {
        let mut settings =
            Settings { seed: self.seed, anchor: self.anchor, locale: self.locale, ..Settings::default() };
        let mut mistakes = Vec::new();
        for (table, rows) in &self.count {
            if let Some(first) = settings.table_mut(table).count.replace(*rows) {
                mistakes.push(format!(
                    "the rows of `{table}` are given twice, by `--count {table}={first}` and by `--count {table}={rows}`; \
                     keep one of them"
                ));
            }
        }
        for (table, column, with) in &self.with {
            if let Some(first) = settings.table_mut(table).with.insert(column.clone(), with.clone()) {
                let name = format!("{table}.{column}");
                mistakes.push(format!(
                    "the children of `{name}` are given twice, by `--with {name}={first}` and by `--with {name}={with}`; \
                     keep one of them"
                ));
            }
        }
        for (table, column, exponent) in &self.zipf {
            if let Some(first) = settings.table_mut(table).zipf.insert(column.clone(), *exponent) {
                let name = format!("{table}.{column}");
                mistakes.push(format!(
                    "the parents of `{name}` are given twice, by `--zipf {name}={first}` and by `--zipf {name}={exponent}`; \
                     keep one of them"
                ));
            }
        }
        if mistakes.is_empty() { Ok(settings) } else { Err(mistakes.join("\n")) }
    }

    /// What of the run is loaded.
    ///
    /// # Errors
    ///
    /// Why the environment does not tell the shard that it is asked for.
    pub(super) fn part(&self) -> Result<Part, String> {
        let variable = |name: &str| std::env::var(name).ok();
        let shard = self.shard.map(|shard| shard.shard(&variable)).transpose()?;
        Ok(Part { tables: self.tables.clone(), shard })
    }

    pub(super) fn options(&self) -> Options {
        let default = Batches::default();
        let rows = self.batch_size.map(|rows| rows as usize);
        let threads = self.threads.map_or(default.threads, usize::from);
        let there = match (self.reset || self.only_reset, self.append) {
            (true, _) => There::Deleted,
            (_, true) => There::Kept,
            _ => There::Refused,
        };
        Options {
            there,
            batches: Batches { rows, threads },
            rebuild: self.rebuild_constraints,
            commit_every: self.commit_every,
            resume: self.resume,
            lock_timeout: self.lock_timeout.map(|seconds| Duration::from_secs(seconds.into())),
        }
    }
}

fn rebuild_constraints() -> impl TypedValueParser<Value = RebuildConstraints> {
    PossibleValuesParser::new(["auto", "always", "never"]).map(|when| match when.as_str() {
        "always" => RebuildConstraints::Always,
        "never" => RebuildConstraints::Never,
        _ => RebuildConstraints::Auto,
    })
}

fn rows(text: &str) -> Result<NonZeroU64, String> {
    text.replace('_', "").parse().map_err(|_| "write a number of rows, such as `1_000_000`".to_owned())
}

fn count(text: &str) -> Result<(String, u64), String> {
    let parsed = text
        .split_once('=')
        .and_then(|(table, rows)| Some((table.trim().to_owned(), rows.trim().replace('_', "").parse().ok()?)));
    parsed.ok_or_else(|| "write the table and its number of rows, such as `users=1000`".to_owned())
}

fn with(text: &str) -> Result<(String, String, With), String> {
    let Some((table, column, with)) = of_foreign_key(text) else {
        return Err("write the foreign key and its number of children, such as `sessions.user_id=3`".to_owned());
    };
    Ok((table, column, with.parse()?))
}

fn zipf(text: &str) -> Result<(String, String, f64), String> {
    let parsed =
        of_foreign_key(text).and_then(|(table, column, zipf)| Some((table, column, zipf.trim().parse().ok()?)));
    parsed.ok_or_else(|| "write the foreign key and an exponent, such as `posts.author_id=1.1`".to_owned())
}

/// `sessions.user_id=…`: the first `=` ends the name, for a range has one of its own.
fn of_foreign_key(text: &str) -> Option<(String, String, &str)> {
    let (name, value) = text.split_once('=')?;
    let (table, column) = name.trim().split_once('.')?;
    Some((table.to_owned(), column.to_owned(), value))
}

pub(super) fn anchor(text: &str) -> Result<Anchor, String> {
    if text == "today" {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |now| now.as_secs());
        return Ok(Anchor::at((now - now % 86_400) as i64));
    }
    let parts: Vec<&str> = text.split('-').collect();
    let date = match parts.as_slice() {
        [year, month, day] => year
            .parse()
            .ok()
            .zip(month.parse().ok())
            .zip(day.parse().ok())
            .and_then(|((year, month), day)| Anchor::date(year, month, day)),
        _ => None,
    };
    date.ok_or_else(|| "write a date such as `2026-01-01`, or `today`".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_foreign_key_ends_at_the_first_equals_sign() {
        let (table, column, children) = with("sessions.user_id=1..=5").unwrap();
        assert_eq!((table.as_str(), column.as_str(), children), ("sessions", "user_id", With::from(1..=5)));
        assert!(with("sessions=5").is_err());
        assert_eq!(zipf("sessions.user_id=1.1"), Ok(("sessions".to_owned(), "user_id".to_owned(), 1.1)));
        assert!(zipf("sessions.user_id=often").unwrap_err().contains("`posts.author_id=1.1`"));
        assert!(with("sessions.user_id=many").unwrap_err().contains("`1..=5`"));
    }

    #[test]
    fn what_is_said_twice_is_named() {
        let given =
            ["--count=a=1", "--with=a.b=3", "--count=a=2", "--with=a.b=1..=2", "--zipf=a.b=1", "--zipf=a.b=1.5"];
        let parsed = Args::parse_from(["seed"].into_iter().chain(given));
        assert_eq!(
            parsed.settings().unwrap_err(),
            "the rows of `a` are given twice, by `--count a=1` and by `--count a=2`; keep one of them\n\
             the children of `a.b` are given twice, by `--with a.b=3` and by `--with a.b=1..=2`; keep one of them\n\
             the parents of `a.b` are given twice, by `--zipf a.b=1` and by `--zipf a.b=1.5`; keep one of them"
        );
    }

    #[test]
    fn constraints_are_rebuilt_always_where_no_more_is_said() {
        let given = |options: &[&str]| Args::try_parse_from([&["seed"], options].concat()).unwrap().rebuild_constraints;
        assert_eq!(given(&[]), RebuildConstraints::Auto);
        assert_eq!(given(&["--rebuild-constraints"]), RebuildConstraints::Always);
        assert_eq!(given(&["--rebuild-constraints", "--yes"]), RebuildConstraints::Always);
        assert_eq!(given(&["--rebuild-constraints=auto"]), RebuildConstraints::Auto);
        assert_eq!(given(&["--rebuild-constraints=always"]), RebuildConstraints::Always);
        assert_eq!(given(&["--rebuild-constraints=never"]), RebuildConstraints::Never);
        let error = Args::try_parse_from(["seed", "--rebuild-constraints=no"]).unwrap_err().to_string();
        assert!(error.contains("[possible values: auto, always, never]"), "{error}");
    }

    #[test]
    fn a_count_takes_underscores() {
        assert_eq!(count("users=10_000"), Ok(("users".to_owned(), 10_000)));
        assert!(count("users").is_err() && count("users=-1").is_err());
        assert_eq!(rows("1_000_000").map(NonZeroU64::get), Ok(1_000_000));
        assert!(rows("0").unwrap_err().contains("`1_000_000`"));
    }

    #[test]
    fn an_anchor_is_a_day_of_the_calendar() {
        assert_eq!(anchor("2026-01-01"), Ok(Anchor::default()));
        assert!(anchor("2026-02-30").is_err() && anchor("yesterday").is_err());
    }
}
