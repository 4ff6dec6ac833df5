//! The command line behind [`main!`](crate::main).
//!
//! `cargo run --bin seed` connects, prepares the database, plans, shows the plan, asks before it deletes anything,
//! loads, and says what it did and where the data is. `--help` lists the options.
//!
//! `--dry-run` shows the plan, how the values of each column are made, and rows of each table. It reads the
//! database where that is there with its tables, and writes nothing to it; `prepare` is not called.
//!
//! What differs from the models is said by options, or in a file of TOML, above which the options stand: `--config
//! seed.toml`.
//!
//! ```toml
//! seed = 42
//! anchor = "2026-01-01"        # or "today"
//! locale = "fr_FR"
//!
//! [tables.users]
//! count = 1_000
//!
//! [tables.sessions]
//! with.user_id = "1..=5"       # or 5, or "60%: 1..=3, 30%: 5..=7, 10%: 0"
//!
//! [tables.scores]
//! zipf.level_id = 1.1          # some levels are played much more often than others
//! ```
//!
//! # Several processes
//!
//! `--shard 3/16` loads the third of 16 slices of each table, so that 16 processes, on any machines, load one run
//! together: their rows are those of one process. They need to know nothing of one another; but a row cannot come before
//! its parent, and where parents are drawn from all slices, these are loaded in a stage before: `--tables levels`
//! loads some of the tables. `--dry-run --shard 1/16` shows the stages of 16 shards. Of the game, which runs in any job
//! runner as these three steps, each when all processes of the one before have ended with 0:
//!
//! ```sh
//! seed --only-reset --yes                                          # where tables hold rows
//! seed --tables levels
//! seed --tables users,user_profiles,sessions,scores --shard 3/16   # and 15 more, at the same time
//! ```
//!
//! All processes are given the same settings. `--shard auto` takes the number of the shard, and how many there are,
//! from the environment of a task of a Slurm job array (`SLURM_ARRAY_TASK_ID`, `_MIN`, `_MAX`, `_STEP` and `_COUNT`).
//! `--shard auto/16` says how many there must be, which keeps a task that is submitted once more from being the only
//! shard; and it reads `JOB_COMPLETION_INDEX` of a Kubernetes indexed job, whose pods are not told how many
//! `completions` there are. Without `auto` none of these is read.
//!
//! ```sh
//! sbatch --array=1-16 --wrap 'seed --tables users,user_profiles,sessions,scores --shard auto/16'
//! ```
//!
//! ```yaml
//! apiVersion: batch/v1
//! kind: Job
//! metadata: { name: seed }
//! spec:
//!   completionMode: Indexed
//!   completions: 16
//!   parallelism: 16
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!         - name: seed
//!           image: game
//!           command: [seed, --tables, "users,user_profiles,sessions,scores", --shard, auto/16]
//! ```
//!
//! A shard that is started again when it is loaded ends with 3, and changes nothing.
//!
//! # Resets
//!
//! `--reset` deletes the rows of the tables in the transaction that loads the new ones, and `--only-reset` deletes them and
//! loads none. Both ask first. Keys that the database counts begin again. On PostgreSQL this is a `TRUNCATE` where the role has
//! the right, and only then the time does not grow with the rows; see [`Seeding::reset`](crate::Seeding::reset).
//!
//! # Exit codes
//!
//! The exit code tells what happened: 0, done; 1, the database failed; 2, the command line or the
//! models are wrong; 3, rows that are there are in the way; 4, a reset was not confirmed; 5, another run is at work in
//! the database, or another connection keeps it. After anything but 0 no row was added or deleted, other than by the
//! migrations, or by a run with `--commit-every` or `--resume`, or where the message says that the rows are loaded.
//!
//! # Large runs
//!
//! A run is one transaction. With `--commit-every 1_000_000` it commits whenever so many rows are loaded, and writes how
//! far it has come into the table `__seed_ledger` in the same transaction. Where it is interrupted, the same command with
//! `--resume` in place of `--reset` goes on behind what is committed. A job that may be restarted always gives both
//! `--commit-every` and `--resume`: where nothing was interrupted, the run begins.

mod args;
mod config;
mod dry_run;
mod screen;
mod settings;
mod shard;
mod target;

use std::error::Error as StdError;
use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use seed_core::{Error as PlanError, TableDef};

use crate::backend::SeedConnection;
use crate::cli::args::Args;
use crate::cli::screen::{Screen, say};
use crate::cli::settings::Settings;
use crate::cli::target::Target;
use crate::error::Error;
use crate::models::Models;
use crate::reset;
use crate::setup::{Prepared, Setup};

/// Writes the `main` of a binary that seeds a database: the connection's type, and the models in any
/// order.
///
/// ```no_run
/// # use seed_diesel::Seedable;
/// # diesel::table! { users (id) { id -> Integer } }
/// # #[derive(Seedable)] struct User { id: i32 }
/// # fn migrate(_: &mut SqliteConnection) -> Result<(), Box<dyn std::error::Error + Send + Sync>> { Ok(()) }
/// use diesel::SqliteConnection;
///
/// seed_diesel::main! {
///     SqliteConnection: User;
///     // Both lines may be left out.
///     prepare = migrate;
///     database_url = "dev.sqlite3";
/// }
/// ```
///
/// The connection comes from `--database-url`, `DATABASE_URL` or `.env`, in this order, and at last
/// from `database_url = …`. `prepare = …` is a function that is called with the new connection: the
/// place for migrations. Behind it stands [`Cli`](crate::cli::Cli).
#[macro_export]
macro_rules! main {
    ($connection:ty: $($model:ty),+ $(,)? $(; $($option:ident = $value:expr);* $(;)?)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::cli::Cli::<$connection>::new($crate::models![$($model),+])$($(.$option($value))*)?.run()
        }
    };
}

/// What a function that prepares a database gives back.
pub type PrepareResult = Result<(), Box<dyn StdError + Send + Sync>>;

/// The command line of a binary that seeds a database; see [`main!`](crate::main).
pub struct Cli<C: SeedConnection> {
    models: Models<C::Backend>,
    prepare: Option<fn(&mut C) -> PrepareResult>,
    database_url: Option<String>,
}

impl<C: SeedConnection> Cli<C> {
    /// A command line that seeds these models.
    pub fn new(models: Models<C::Backend>) -> Cli<C> {
        Cli { models, prepare: None, database_url: None }
    }

    /// Calls a function with the new connection before anything else: the place for migrations.
    #[must_use]
    pub fn prepare(mut self, prepare: fn(&mut C) -> PrepareResult) -> Cli<C> {
        self.prepare = Some(prepare);
        self
    }

    /// Connects to this database where neither the command line, nor `DATABASE_URL`, nor `.env`
    /// names one.
    #[must_use]
    pub fn database_url(mut self, url: impl Into<String>) -> Cli<C> {
        self.database_url = Some(url.into());
        self
    }

    /// Does what the program's arguments say.
    pub fn run(self) -> ExitCode {
        let args = Args::parse();
        match self.seed(&args) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                for line in failure.to_string().lines() {
                    eprintln!("error: {line}");
                }
                ExitCode::from(failure.code())
            }
        }
    }

    fn seed(self, args: &Args) -> Result<(), Failure> {
        let mut setup = Setup::new(self.models, C::DEFERS);
        let settings = settings(args, &setup.models.define()).map_err(Failure::Usage)?;
        settings.apply(&mut setup);
        let part = args.part().map_err(Failure::Usage)?;
        part.check(args.options())?;
        setup.claim = part.claim();
        // What is wrong whatever the database holds is told before anybody connects.
        if let Err(Error::Plan(mistakes)) = setup.prepare()
            && let Some(mistakes) = mistakes.whatever_the_database_holds()
        {
            return Err(Failure::Run(Error::Plan(mistakes)));
        }
        let url = database_url(args, self.database_url);
        let mut screen = Screen::new();
        if args.dry_run {
            if let Err(why) = url.and_then(|url| dry_run::ask::<C>(&mut setup, &url, args.options())) {
                say(format_args!("The database was not asked: {why}"));
            }
            let mut prepared = setup.prepare()?;
            // The stages, which are shown, say what to do about shards that are refused.
            match prepared.choose(&part) {
                Err(Error::Plan(errors))
                    if errors.iter().all(|error| matches!(error, PlanError::OtherShards { .. })) => {}
                chosen => chosen?,
            }
            screen.plan(&prepared, setup.seed);
            screen.stages(&prepared.plan, &part);
            screen.columns(&prepared);
            screen.samples(&prepared);
            say("Nothing was written (--dry-run).");
            return Ok(());
        }

        let url = url.map_err(Failure::Usage)?;
        let target = Target::read::<C>(&url).map_err(Failure::Usage)?;
        let mut connection = C::establish(&url)
            .map_err(|source| Failure::Connect { place: target.place.clone(), message: source.to_string() })?;
        if let Some(prepare) = self.prepare {
            prepare(&mut connection)
                .map_err(|source| Failure::Prepare { place: target.place.clone(), message: source.to_string() })?;
        }
        // After the migrations: on SQLite one that rebuilds a table must not delete what references it.
        connection.opened().map_err(Error::database("setting up the connection"))?;
        setup.read(&mut connection, args.options())?;
        let mut prepared = setup.prepare()?;
        prepared.choose(&part)?;
        if args.only_reset {
            confirm_reset(&mut connection, &prepared, args, &target)?;
            let deleted = prepared.only_reset(&mut connection)?;
            screen.only_reset(&deleted, &target);
            return Ok(());
        }
        screen.plan(&prepared, setup.seed);
        if args.reset {
            confirm_reset(&mut connection, &prepared, args, &target)?;
        }
        let report = prepared.load(&mut connection, args.options(), &mut |progress| screen.progress(progress))?;
        screen.report(&report, &target);
        Ok(())
    }
}

/// What the options say, and below them the file of `--config`.
fn settings(args: &Args, defs: &[TableDef]) -> Result<Settings, String> {
    let given = args.settings()?;
    match &args.config {
        Some(path) => Ok(given.or(config::read(path, defs)?)),
        None => Ok(given),
    }
}

fn database_url(args: &Args, default: Option<String>) -> Result<String, String> {
    if let Some(url) = &args.database_url {
        return Ok(url.clone());
    }
    match dotenvy::dotenv() {
        Ok(_) => {}
        Err(error) if error.not_found() => {}
        // Its text would quote the line, which may hold a password.
        Err(_) => return Err("the file `.env` cannot be read; write lines such as `NAME=value`".to_owned()),
    }
    std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()).or(default).ok_or_else(|| {
        "no database was named; give `--database-url URL`, or set DATABASE_URL in the environment or in `.env`"
            .to_owned()
    })
}

/// Shows what a reset would delete, and has it confirmed. What decides how is the target.
fn confirm_reset<C: SeedConnection>(
    connection: &mut C,
    prepared: &Prepared<C::Backend>,
    args: &Args,
    target: &Target,
) -> Result<(), Failure> {
    let filled = reset::filled(connection, &prepared.chosen_tables())?;
    if filled.is_empty() {
        return Ok(());
    }
    say(format_args!("The reset deletes from {}:", target.place));
    for (table, rows) in &filled {
        say(format_args!("  {table}: {rows} {}", if *rows == 1 { "row" } else { "rows" }));
    }
    let terminal = std::io::stdin().is_terminal();
    if target.local {
        if args.yes {
            return Ok(());
        }
        if !terminal {
            return Err(Failure::Unconfirmed(
                "nobody is there to be asked; add `--yes` to delete these rows".to_owned(),
            ));
        }
        return match ask("Delete these rows? [y/N] ").as_str() {
            "y" | "Y" | "yes" => Ok(()),
            _ => Err(Failure::Unconfirmed("nothing was deleted".to_owned())),
        };
    }
    // A database elsewhere may be somebody's production: a habit of typing `y` is not enough.
    let name = &target.database;
    let given = match &args.confirm {
        Some(given) => given.clone(),
        None if terminal => {
            ask(&format!("{} is not on this machine. Type the database's name to delete these rows: ", target.place))
        }
        None => {
            return Err(Failure::Unconfirmed(format!(
                "{} is not on this machine; to delete these rows, give the database's name with `--confirm NAME`",
                target.place
            )));
        }
    };
    if given == *name && !name.is_empty() {
        return Ok(());
    }
    Err(Failure::Unconfirmed(format!("`{given}` is not the database's name; nothing was deleted")))
}

fn ask(question: &str) -> String {
    print!("{question}");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    answer.trim().to_owned()
}

/// Why the command failed: one exit code for each kind.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Run(#[from] Error),
    #[error("{0}")]
    Usage(String),
    #[error("{place} cannot be reached: {message}")]
    Connect { place: String, message: String },
    #[error("preparing {place} failed: {message}")]
    Prepare { place: String, message: String },
    #[error("{0}")]
    Unconfirmed(String),
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Failure::Run(error) => code(error),
            Failure::Usage(_) => 2,
            Failure::Unconfirmed(_) => 4,
            Failure::Connect { .. } | Failure::Prepare { .. } => 1,
        }
    }
}

fn code(error: &Error) -> u8 {
    match error {
        Error::Plan(_) | Error::AnotherRun { .. } => 2,
        Error::ResetOfShard | Error::AppendOfPart | Error::RebuildOfPart | Error::RebuildOnTheWay => 2,
        Error::NoParentsYet { .. } => 2,
        Error::NotEmpty { .. } | Error::Repeated { .. } | Error::ShardIsThere { .. } | Error::Unfinished { .. } => 3,
        Error::Busy { .. } | Error::Contended { .. } => 5,
        Error::Interrupted { source, .. } => code(source),
        _ => 1,
    }
}
