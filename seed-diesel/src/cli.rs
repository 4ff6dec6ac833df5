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
//! # Which database
//!
//! What decides is where the database is, not the name of an environment. On this machine are a file of SQLite, a socket, and
//! `localhost` or another loopback address; a list of hosts is where all of them are. Any other database is written to only when its
//! name is typed, or given with `--confirm NAME`; the question comes before `prepare`, so before any migration. `--yes` answers
//! for a reset on this machine alone. A dry run writes nothing and asks nothing.
//!
//! | where | host | pass |
//! |---|---|---|
//! | development, also a container with a published port | `localhost`, a socket, a file | `--yes` with `--reset` |
//! | CI, a service of the job | `localhost` | `--yes` with `--reset` |
//! | CI or Compose, a service with a name | `postgres`, `db` | `--confirm NAME` |
//! | staging | `staging.example.com` | `--confirm NAME` |
//! | production | any, also `localhost` through a tunnel or a proxy | nothing: run `seed protect` once |
//!
//! `seed protect` marks a database by an empty table `__seed_protected`. No option passes the mark; to take it off, drop the table
//! at the database's own prompt. [`seed()`](crate::seed()) in code heeds it as well. Fixtures do not look for it.
//!
//! No message shows a password, whether the connection string is well written or not.
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
//! models are wrong; 3, rows that are there are in the way; 4, writing to the database was not confirmed, or it is
//! protected; 5, another run is at work in the database, or another connection keeps it; 6, the connection broke while the run committed, and whether its rows are
//! there is not known. After 1 to 5 no row was added or deleted, other than by the migrations, or by a run with
//! `--commit-every` or `--resume`, or where the message says that the rows are loaded.
//!
//! # Other connections
//!
//! A run that waits for a lock tells after two seconds who keeps it, on standard error. It waits for 10 s with `--reset` or
//! `--only-reset`, else for 60 s, or as long as `--lock-timeout` says; then it ends with 5, and changes nothing. Where the
//! database is set up to wait for less, this is the limit, unless `--lock-timeout` is given. What prepares the database
//! waits as long as the database is set up to; on SQLite as long as the run. On MySQL and MariaDB the server tells who keeps
//! a row to users with the right PROCESS; to others it tells who may.
//!
//! Where the connection breaks during a COMMIT, the run connects again and looks: rows that are there are a success, which
//! ends with 0.
//!
//! # Large runs
//!
//! Where that is faster, a run takes foreign keys and secondary indexes off while rows load, and puts them back, checked, before it
//! commits; the plan says so, also with `--dry-run`. `--rebuild-constraints=never` keeps them on; see
//! [`Seeding::rebuild_constraints`](crate::Seeding::rebuild_constraints).
//!
//! A run is one transaction. With `--commit-every 1_000_000` it commits whenever so many rows are loaded, and writes how
//! far it has come into the table `__seed_ledger` in the same transaction. Where it is interrupted, the same command with
//! `--resume` in place of `--reset` goes on behind what is committed. A job that may be restarted always gives both
//! `--commit-every` and `--resume`: where nothing was interrupted, the run begins.

mod args;
mod config;
mod confirm;
mod dry_run;
mod screen;
mod secrets;
mod settings;
mod shard;

use std::error::Error as StdError;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Mutex;

use clap::Parser;
use seed_core::{Error as PlanError, TableDef};

use crate::address::{Address, Locate};
use crate::backend::SeedConnection;
use crate::cli::args::{Args, Command};
use crate::cli::dry_run::NotAsked;
use crate::cli::screen::{Screen, capitalized, say};
use crate::cli::secrets::Secrets;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::lock;
use crate::models::Models;
use crate::others::{Others, Reconnect, locked};
use crate::protect;
use crate::report::Progress;
use crate::setup::Setup;

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
pub struct Cli<C: SeedConnection + Locate> {
    models: Models<C::Backend>,
    prepare: Option<fn(&mut C) -> PrepareResult>,
    database_url: Option<String>,
}

impl<C: SeedConnection + Locate> Cli<C> {
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
        let mut secrets = Secrets::of_process();
        let args = match Args::try_parse() {
            Ok(args) => args,
            Err(error) => {
                let text = error.to_string();
                let hidden = secrets.hide(&text);
                // Nobody reads further than a password.
                let _ = if hidden == text { error.print() } else { write!(std::io::stderr(), "{hidden}") };
                return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
            }
        };
        match self.seed(&args, &mut secrets) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                for line in failure.to_string().lines() {
                    eprintln!("error: {}", secrets.hide(line));
                }
                ExitCode::from(failure.code())
            }
        }
    }

    fn seed(self, args: &Args, secrets: &mut Secrets) -> Result<(), Failure> {
        let url = database_url(args, self.database_url);
        if let Ok(url) = &url {
            secrets.add(url);
        }
        if let Some(Command::Protect) = args.command {
            return protect_database::<C>(&url.map_err(Failure::Usage)?);
        }
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
        let options = args.options();
        let address = url.clone().and_then(|url| C::locate(&url));
        let screen = Mutex::new(Screen::new());
        let tell = |told: Progress<'_>| locked(&screen).progress(told);
        let reconnect =
            address.clone().ok().map(|address| -> Reconnect<'_, C> { Box::new(move || C::establish(&address.url)) });
        let others = &Others::new(reconnect, options.wait(), &tell);
        if args.dry_run {
            let connection = match address
                .map_err(NotAsked::Why)
                .and_then(|address| others.watching(|| dry_run::ask::<C>(&mut setup, &address, options, others)))
            {
                Ok(connection) => Some(connection),
                Err(NotAsked::Busy(error)) => return Err(error.into()),
                Err(NotAsked::Why(why)) => {
                    say(format_args!("The database was not asked: {}", secrets.hide(&why)));
                    None
                }
            };
            let mut prepared = setup.prepare()?;
            // The stages, which are shown, say what to do about shards that are refused.
            match prepared.choose(&part) {
                Err(Error::Plan(errors))
                    if errors.iter().all(|error| matches!(error, PlanError::OtherShards { .. })) => {}
                chosen => chosen?,
            }
            let mut screen = locked(&screen);
            screen.plan(&prepared, setup.seed);
            if let Some(mut connection) = connection {
                screen.constraints_ahead(&prepared.constraints(&mut connection, options, others)?);
            }
            screen.stages(&prepared.plan, &part);
            screen.columns(&prepared);
            screen.samples(&prepared);
            say("Nothing was written (--dry-run).");
            return Ok(());
        }

        let address = address.map_err(Failure::Usage)?;
        others.watching(|| {
            let mut connection = connect::<C>(&address)?;
            others.set_up(&mut connection).map_err(Error::database("setting up the connection"))?;
            // Before the migrations, which write as well.
            lock::reading(&mut connection, others, protect::check)?;
            confirm::write(&mut connection, args, &address)?;
            if let Some(prepare) = self.prepare {
                prepare(&mut connection).map_err(|source| Failure::prepare::<C>(&address, source.to_string()))?;
            }
            // After the migrations: on SQLite one that rebuilds a table must not delete what references it.
            connection.opened().map_err(Error::database("setting up the connection"))?;
            setup.read(&mut connection, options, others)?;
            let mut prepared = setup.prepare()?;
            prepared.choose(&part)?;
            if args.only_reset {
                confirm::reset(&mut connection, &prepared, args, &address, others)?;
                let deleted = prepared.only_reset(&mut connection, others)?;
                locked(&screen).only_reset(&deleted, &address);
                return Ok(());
            }
            locked(&screen).plan(&prepared, setup.seed);
            let ahead = prepared.constraints(&mut connection, options, others)?;
            locked(&screen).constraints_ahead(&ahead);
            if args.reset {
                confirm::reset(&mut connection, &prepared, args, &address, others)?;
            }
            let report = prepared.load(&mut connection, options, others)?;
            locked(&screen).report(&report, options.rebuild, &address);
            Ok(())
        })
    }
}

fn connect<C: SeedConnection>(address: &Address) -> Result<C, Failure> {
    C::establish(&address.url)
        .map_err(|source| Failure::Connect { place: address.place.clone(), message: source.to_string() })
}

fn protect_database<C: SeedConnection + Locate>(url: &str) -> Result<(), Failure> {
    let address = C::locate(url).map_err(Failure::Usage)?;
    let is_new = lock::setting_up(&mut connect::<C>(&address)?, protect::mark)?;
    let now = if is_new { "now" } else { "already" };
    say(format_args!(
        "{} is {now} protected by its table `__seed_protected`; to allow runs again, drop this table at the database's own prompt.",
        capitalized(&address.place)
    ));
    Ok(())
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
    #[error(
        "{place} cannot be prepared now, for another connection keeps it ({message}); wait for its end, and start this run again"
    )]
    Locked { place: String, message: String },
    #[error("{0}")]
    Unconfirmed(String),
}

impl Failure {
    fn prepare<C: SeedConnection>(address: &Address, message: String) -> Failure {
        let place = address.place.clone();
        // The migrations of Diesel tell first which of them has failed.
        let last = message.rsplit(": ").next().unwrap_or_default();
        if C::is_lock_timeout(last) { Failure::Locked { place, message } } else { Failure::Prepare { place, message } }
    }

    fn code(&self) -> u8 {
        match self {
            Failure::Run(error) => code(error),
            Failure::Usage(_) => 2,
            Failure::Unconfirmed(_) => 4,
            Failure::Locked { .. } => 5,
            Failure::Connect { .. } | Failure::Prepare { .. } => 1,
        }
    }
}

fn code(error: &Error) -> u8 {
    match error {
        Error::Plan(_) | Error::AnotherRun { .. } => 2,
        Error::ResetOfShard | Error::AppendOfPart | Error::RebuildOfPart | Error::RebuildOnTheWay => 2,
        Error::NothingToRebuild { .. } => 2,
        Error::NoParentsYet { .. } => 2,
        Error::NotEmpty { .. } | Error::Repeated { .. } | Error::ShardIsThere { .. } | Error::Unfinished { .. } => 3,
        Error::Protected { .. } => 4,
        Error::Busy { .. } | Error::TablesChanged { .. } | Error::Contended { .. } | Error::Locked { .. } => 5,
        Error::CommitUnknown { .. } => 6,
        Error::Interrupted { source, .. } => code(source),
        _ => 1,
    }
}
