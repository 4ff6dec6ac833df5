//! `seed(&mut conn, models![…])`: plan, build, load.

use std::num::NonZeroU64;
use std::sync::Mutex;
use std::time::Duration;

use diesel::ConnectionResult;
use seed_core::{Anchor, ForeignKey, Locale, Plan, Shard};

use crate::backend::SeedConnection;
use crate::error::Error;
use crate::models::Models;
use crate::others::{Others, Reconnect, locked};
use crate::part::Part;
use crate::rebuild::RebuildConstraints;
use crate::refine::Refine;
use crate::report::{Progress, Report};
use crate::seedable::Seedable;
use crate::setup::{Options, Prepared, Setup, There};

/// Seeds the tables of some models: set up what differs from the models, then
/// [`run`](Seeding::run).
///
/// ```no_run
/// # use diesel::prelude::*;
/// # use seed_diesel::Seedable;
/// # diesel::table! { users (id) { id -> Integer, name -> Text } }
/// # #[derive(Seedable)] struct User { id: i32, name: String }
/// use seed_diesel::{models, seed, values};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut conn = SqliteConnection::establish("dev.sqlite3")?;
/// let report = seed(&mut conn, models![User])
///     .seed(42)
///     .refine::<User>(|t| t.count(1_000).column(users::name, values(["Ada", "Grace"])))
///     .run()?;
/// assert_eq!(report.rows("users"), 1_000);
/// # Ok(())
/// # }
/// ```
///
/// # Rows that are there
///
/// Tables of the models that hold rows are an error, but for a [`reset`](Seeding::reset) or an
/// [`append`](Seeding::append). A parent that no model of the run stands for is read: its rows, as far as the
/// columns that are referenced hold something, are the parents that children are given. Of more than 10,000, as many
/// are read, spread evenly over the primary key; `with`, which counts children of all of them, is an error then. The
/// parent's model needs `#[derive(Queryable, Selectable)]` for this. Where it has not, or no row is there, a foreign
/// key that can be NULL is, and one that cannot is an error that names the model.
pub fn seed<C: SeedConnection>(connection: &mut C, models: Models<C::Backend>) -> Seeding<'_, C> {
    Seeding {
        connection,
        setup: Setup::new(models, C::DEFERS),
        options: Options::default(),
        part: Part::default(),
        progress: Box::new(|_| ()),
        reconnect: None,
    }
}

/// A run that is being set up; see [`seed()`].
#[must_use = "nothing is seeded before `run`"]
pub struct Seeding<'c, C: SeedConnection> {
    connection: &'c mut C,
    setup: Setup<C::Backend>,
    options: Options,
    part: Part,
    progress: Box<dyn FnMut(Progress<'_>) + Send + 'c>,
    reconnect: Option<Reconnect<'c, C>>,
}

impl<'c, C: SeedConnection> Seeding<'c, C> {
    /// Chooses one world out of all; 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.setup.seed = seed;
        self
    }

    /// What generated times are relative to; 2026-01-01 by default.
    pub fn anchor(mut self, anchor: Anchor) -> Self {
        self.setup.anchor = anchor;
        self
    }

    /// The language and country of names, places and words, for models and columns that say none of
    /// their own; [`Locale::EN`] by default.
    pub fn locale(mut self, locale: Locale) -> Self {
        self.setup.overrides.locale = locale;
        self
    }

    /// Says something in place of a model: its count, its children, its columns' generators.
    ///
    /// A relation is named by its foreign key, which the compiler checks: `with` on a column that
    /// is no child's does not compile, and neither does a generator of the wrong type.
    pub fn refine<M: Seedable>(mut self, refine: impl FnOnce(Refine<M::Model>) -> Refine<M::Model>) -> Self {
        let overrides = std::mem::take(&mut self.setup.overrides);
        self.setup.overrides = refine(Refine::new(overrides)).into_overrides();
        self
    }

    /// Deletes the rows of the models' tables first, in the transaction that loads the new ones. Without it or
    /// [`append`](Seeding::append), tables that hold rows are an error.
    ///
    /// The keys that the database counts begin again, so that a reset and a second run end as a first run does, the next key
    /// included. Rows of other tables that reference the deleted rows are an error, whatever their `ON DELETE` says.
    ///
    /// | | rows are | counters begin again |
    /// |---|---|---|
    /// | PostgreSQL | truncated, where that is allowed (see below), and deleted otherwise | in the transaction: the sequences and identities that columns of the tables own |
    /// | MySQL, MariaDB | deleted, parents first, while `foreign_key_checks` is 0 in the session | after the commit: `AUTO_INCREMENT` |
    /// | SQLite | deleted, while `foreign_keys` is off on the connection; the new rows are checked together before the commit | in the transaction: `sqlite_sequence` |
    ///
    /// # What it costs
    ///
    /// `TRUNCATE` takes milliseconds for any number of rows. All other ways delete row after row, in a time that grows with
    /// their number:
    ///
    /// - On MySQL and MariaDB `TRUNCATE` would commit. A large reset there takes about as long as a third of the load.
    /// - On PostgreSQL, where a table cannot be truncated, its foreign keys are dropped while rows are deleted, and added
    ///   again. For this the role has to own the table. If it does not, and it has no right to `TRUNCATE` either, the time
    ///   grows with the square of the rows, unless the foreign keys that reference the table have an index: for each
    ///   deleted parent the database looks through all of its deleted children. `GRANT TRUNCATE ON` the tables `TO` the role
    ///   ends that.
    /// - On SQLite and MySQL, where a table of the run has triggers, foreign keys stay on. SQLite then needs an index on a
    ///   foreign key within one table, or on a cycle of tables, or its time grows with the square of the rows as well.
    ///
    /// # When PostgreSQL truncates
    ///
    /// All tables that can be are truncated by one statement, never with `CASCADE`. A table can be where the role has the right
    /// `TRUNCATE` on it, it is no view or foreign table, nor is a partition of it, no policy of row security holds for the
    /// role, and all tables that reference it are truncated with it. So an outside table that references one of the run
    /// keeps this one, and its parents, from being truncated, also while it is empty. The outside table itself is left alone.
    ///
    /// Row triggers and `DELETE` triggers do not fire for a truncated table, and those that forbid a `DELETE` are not in the
    /// way. Statement triggers for `TRUNCATE` do fire; where one raises an error, rows are deleted. Partitions and tables that
    /// inherit from a table are emptied with it, as by a `DELETE`.
    ///
    /// The lock keeps readers out until the run commits. Where others use a table for three seconds, or as long as a shorter
    /// `lock_timeout` says, its rows are deleted instead.
    ///
    /// # Which counters stay
    ///
    /// - On PostgreSQL, sequences that the role does not own, that no column of the tables owns, or that are the default of a
    ///   column outside of the run as well.
    /// - On MySQL, where the right ALTER is missing, or where others use the table for three seconds. `ALTER TABLE` commits, so
    ///   it comes after the commit: a run that fails leaves the counter as it was, and a process that dies in between leaves it
    ///   past all keys. MySQL does not keep what a table was created with (`AUTO_INCREMENT = 1000`): keys begin at 1 again.
    ///
    /// # In a transaction of the application
    ///
    /// Nobody is kept waiting until it ends: PostgreSQL deletes row after row with foreign keys on, and on PostgreSQL and MySQL
    /// counters go on. On SQLite foreign keys stay on, and counters begin again.
    pub fn reset(mut self) -> Self {
        self.options.there = There::Deleted;
        self.options.resume = false;
        self
    }

    /// Keeps the rows of the models' tables, in place of a [`reset`](Seeding::reset), and goes on behind
    /// them: as many rows more, with new parents.
    ///
    /// A table's first new row has the index of as many rows as it holds, or of its greatest key that counts
    /// up, where that is more ([`TablePlan::first`](crate::TablePlan)). So keys count on, and unique columns
    /// have other values than the rows of runs before. Rows of another origin are compared with the new ones
    /// before anything is written, in temporary tables: where a unique value would be repeated, the new rows
    /// begin behind the one that would. The same seed gives the same rows for the same rows that are there.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer, name -> Text } }
    /// # #[derive(Seedable)] struct User { id: i32, name: String }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::sql_query("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)").execute(&mut conn).unwrap();
    /// seed(&mut conn, models![User]).run()?;
    /// seed(&mut conn, models![User]).append().run()?;
    /// let keys: Vec<i32> = users::table.select(users::id).load(&mut conn).unwrap();
    /// assert_eq!(keys, Vec::from_iter(1..=20));
    /// # Ok::<(), seed_diesel::Error>(())
    /// ```
    pub fn append(mut self) -> Self {
        self.options.there = There::Kept;
        self
    }

    /// Loads some of the tables: the others are planned, so that the rows are those of the whole run, and left to
    /// other runs.
    ///
    /// The parents of rows that are loaded must be there. A [`reset`](Seeding::reset) deletes the rows of these tables
    /// alone.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # diesel::table! { sessions (id) { id -> Integer, user_id -> Integer } }
    /// # #[derive(Seedable)] struct User { id: i32 }
    /// # #[derive(Seedable)] struct Session { id: i32, #[seed(references = users::id, with = 5)] user_id: i32 }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY);
    /// #     CREATE TABLE sessions (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
    /// # ").unwrap();
    /// seed(&mut conn, models![User, Session]).tables(["users"]).run()?;
    /// let report = seed(&mut conn, models![User, Session]).tables(["sessions"]).run()?;
    /// assert_eq!((report.rows("users"), report.rows("sessions")), (0, 50));
    /// # Ok::<(), seed_diesel::Error>(())
    /// ```
    pub fn tables<T: Into<String>>(mut self, tables: impl IntoIterator<Item = T>) -> Self {
        self.part.tables = Some(tables.into_iter().map(Into::into).collect());
        self
    }

    /// Loads a shard of the rows of each table, so that several processes, on as many machines as one likes, load the
    /// run together: the rows of all shards are those of one run. The processes need to know nothing of one another.
    ///
    /// Rows whose parents other shards may be loading at the same time are an error, which tells the
    /// [stages](crate::Plan::stages) to load in. The tables may hold rows; that the shard was loaded before is an error,
    /// as far as its tables have keys to tell by. [`only_reset`](Seeding::only_reset) empties them first.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, Shard, models, seed};
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # diesel::table! { sessions (id) { id -> Integer, user_id -> Integer } }
    /// # #[derive(Seedable)] #[seed(count = 12)] struct User { id: i32 }
    /// # #[derive(Seedable)] struct Session { id: i32, #[seed(references = users::id, with = 5)] user_id: i32 }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY);
    /// #     CREATE TABLE sessions (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
    /// # ").unwrap();
    /// let report = seed(&mut conn, models![User, Session]).shard(Shard::new(3, 4)?).run()?;
    /// assert_eq!((report.rows("users"), report.rows("sessions")), (3, 15));
    /// let keys: Vec<i32> = users::table.select(users::id).load(&mut conn).unwrap();
    /// assert_eq!(keys, [7, 8, 9]);
    /// # Ok::<(), seed_diesel::Error>(())
    /// ```
    pub fn shard(mut self, shard: Shard) -> Self {
        self.part.shard = Some(shard);
        self
    }

    /// Whether rows are loaded while foreign keys and secondary indexes are off; [`RebuildConstraints::Auto`] by default.
    /// Before the run commits, all of them are back as they were and hold for all rows, or the run fails and leaves nothing
    /// behind. Changes no value.
    ///
    /// | | while rows are loaded | before the commit |
    /// |---|---|---|
    /// | PostgreSQL | foreign keys, unique constraints and indexes are dropped, in the transaction | they are made again from their own definitions |
    /// | SQLite | `foreign_keys` is off on the connection, and indexes made by `CREATE INDEX` are dropped, in the transaction | these are made again, and foreign keys checked |
    ///
    /// On PostgreSQL this loads several times as many rows a second. MySQL and MariaDB load no faster without foreign keys:
    /// there everything stays on, and [`Always`](RebuildConstraints::Always) is an [error](Error::NothingToRebuild).
    ///
    /// A rollback brings everything back, and so does the database by itself where the process dies. Settings of the
    /// connection are set back however the run ends. Primary keys, checks and triggers always stay on. On PostgreSQL, what
    /// `ANALYZE` knows of an indexed expression goes with the index until the next `ANALYZE`.
    ///
    /// # When a run does this by itself
    ///
    /// With [`Auto`](RebuildConstraints::Auto), where all of this is true:
    ///
    /// - The run loads all tables in one transaction of its own: it has no [`tables`](Seeding::tables),
    ///   [`shard`](Seeding::shard), [`commit_every`](Seeding::commit_every) or [`resume`](Seeding::resume), and the application
    ///   has opened no transaction, as a test does.
    /// - The tables are empty, or a [`reset`](Seeding::reset) empties them; it is never so for an [`append`](Seeding::append).
    /// - There are many rows. On PostgreSQL, at least 1,000 for each foreign key and index that goes off, or 100,000 where none
    ///   of them is a foreign key. On SQLite, at least 5,000 for each, and one of them is an index: foreign keys alone cost less
    ///   there than to check them at the end.
    /// - On PostgreSQL, no event trigger of the application would fire, and no other session uses the tables: the run tries
    ///   for 0.2 s to lock them, and waits for nobody. A foreign key to a table outside the run stays on, so that this one is not
    ///   locked.
    ///
    /// Otherwise the run loads with everything on.
    ///
    /// # Locks
    ///
    /// On PostgreSQL no other session reads or writes the tables until the run commits, nor, with
    /// [`Always`](RebuildConstraints::Always), the tables that they reference. `Always` waits for sessions that use them as
    /// long as `lock_timeout` says, forever by default. On SQLite it is as without this.
    ///
    /// # What stays on
    ///
    /// What cannot come back as it was, or what the run may need, stays on.
    /// [`Report::constraints`](crate::Report) says for each why. The run looks at this before it changes anything.
    ///
    /// - On PostgreSQL, where rights are missing: those of the table's owner, CREATE on its schema for an index, REFERENCES on
    ///   the parent for a foreign key.
    /// - Where a table of the run has triggers, which may need an index, or write to other tables: on PostgreSQL its indexes,
    ///   on SQLite everything.
    /// - On PostgreSQL: what belongs to a partitioned table, `NOT VALID` foreign keys, exclusion constraints, the replica
    ///   identity, indexes of which a foreign key references the columns, indexes that call functions of the application, whatever
    ///   a view or an extension depends on, and foreign keys where row security may hide rows. Also everything, where the lock of
    ///   a table is not to be had.
    /// - On SQLite: everything, where the application has opened a transaction, in which foreign keys cannot be switched off.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer, name -> Text } }
    /// # #[derive(Seedable)] struct User { id: i32, name: String }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX users_by_name ON users (name)",
    /// # ).unwrap();
    /// use seed_diesel::RebuildConstraints;
    ///
    /// let report = seed(&mut conn, models![User]).rebuild_constraints(RebuildConstraints::Always).run()?;
    /// assert_eq!((report.constraints[0].constraint.as_str(), &report.constraints[0].kept), ("users_by_name", &None));
    /// # Ok::<(), seed_diesel::Error>(())
    /// ```
    pub fn rebuild_constraints(mut self, rebuild: RebuildConstraints) -> Self {
        self.options.rebuild = rebuild;
        self
    }

    /// Commits whenever so many rows have been loaded, at least 1, in place of once at the end: a run of hundreds of
    /// millions of rows that is interrupted (by an error, a connection that is lost, or `kill -9`) need not begin anew,
    /// but goes on with [`resume`](Seeding::resume).
    ///
    /// The rows are counted over the whole run, so a transaction may end one table and begin the next. Each says in the
    /// table `__seed_ledger` how far the run has come. The run makes that table, and drops it at its end;
    /// runs of parts leave it, empty.
    ///
    /// No foreign key waits for the end of a transaction then: on a cycle of tables one of them has to take NULL, and is
    /// filled at the end, in as many transactions as its rows need.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Error, Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer, name -> Text } }
    /// # #[derive(Seedable)] struct User { id: i32, name: String }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::sql_query("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (id <> 950))").execute(&mut conn).unwrap();
    /// let run = |conn: &mut _| seed(conn, models![User]).refine::<User>(|t| t.count(1_000)).commit_every(400).resume().run();
    /// // Row 949 is refused.
    /// assert!(matches!(run(&mut conn), Err(Error::Interrupted { rows: 800, .. })));
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE mended (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO mended SELECT * FROM users;
    /// #     DROP TABLE users; ALTER TABLE mended RENAME TO users;").unwrap();
    /// // The database is mended.
    /// let report = run(&mut conn)?;
    /// assert_eq!((report.rows("users"), report.tables[0].before), (1_000, 800));
    /// assert_eq!(users::table.count().get_result(&mut conn), Ok(1_000));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn commit_every(mut self, rows: u64) -> Self {
        self.options.commit_every = Some(NonZeroU64::new(rows).unwrap_or(NonZeroU64::MIN));
        self
    }

    /// Goes on with a run that was interrupted after it had committed rows, behind the last of them. The rows are those of
    /// a run that was not interrupted. Where there is none, the run begins as it would without this: so a job that may be
    /// restarted always says [`commit_every`](Seeding::commit_every) and `resume`.
    ///
    /// It has to be the same run: of the same seed, anchor, locale, counts, models and generators. Any number of rows may
    /// be committed at once, and any number of threads may make them. An [`append`](Seeding::append) goes on where the
    /// interrupted one had begun.
    ///
    /// Where the run has finished, its rows are there: they are as much in the way as without this. In place of a
    /// [`reset`](Seeding::reset), of which the last one counts.
    pub fn resume(mut self) -> Self {
        self.options.resume = true;
        if self.options.there == There::Deleted {
            self.options.there = There::Refused;
        }
        self
    }

    /// Rows of one statement at most, be it an `INSERT` or a `COPY`. By default as many as the backend takes
    /// best. Changes no value.
    pub fn batch_size(mut self, rows: usize) -> Self {
        self.options.batches.rows = Some(rows);
        self
    }

    /// Threads that make rows beside the connection's own; by default those that there are
    /// processors for, up to 4. Changes no value.
    pub fn threads(mut self, threads: usize) -> Self {
        self.options.batches.threads = threads;
        self
    }

    /// Is told how far the run has come, and whom it waits for: never by two threads at a time.
    pub fn on_progress(mut self, progress: impl FnMut(Progress<'_>) + Send + 'c) -> Self {
        self.progress = Box::new(progress);
        self
    }

    /// Gives the run a way to open a second connection to the same database, which it uses when it has to: to tell
    /// [who is in the way](Progress::Waiting) when it has made no progress for two seconds, and to look whether a COMMIT was
    /// carried out when the connection breaks before the answer.
    ///
    /// ```no_run
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # #[derive(Seedable)] struct User { id: i32 }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let url = "dev.sqlite3";
    /// let mut conn = SqliteConnection::establish(url)?;
    /// seed(&mut conn, models![User]).reconnect(|| SqliteConnection::establish(url)).run()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn reconnect(mut self, connect: impl FnMut() -> ConnectionResult<C> + Send + 'c) -> Self {
        self.reconnect = Some(Box::new(connect));
        self
    }

    /// How long the run waits for a lock that another connection keeps, at least 1 ms. When it has waited longer, it is
    /// [`Error::Locked`], or on SQLite [`Error::Busy`].
    ///
    /// By default 10 s for a [`reset`](Seeding::reset), for whom others have to wait while it waits, and else 60 s; or as long
    /// as the connection is set up to wait, where that is less. On SQLite, which waits for the one lock of its file, it is the
    /// connection's own `busy_timeout` by default.
    ///
    /// PostgreSQL is told by `lock_timeout`, for the run's transactions alone. MySQL is told by `innodb_lock_wait_timeout` and
    /// `lock_wait_timeout`, in whole seconds, and SQLite by `busy_timeout`, which are set back when the run ends. In a
    /// transaction of the application, its settings are left alone.
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.options.lock_timeout = Some(timeout.max(Duration::from_millis(1)));
        self
    }

    /// The plan of the run: what would be loaded, in which order and why. The database is read, and
    /// nothing is written.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # diesel::table! { sessions (id) { id -> Integer, user_id -> Integer } }
    /// # #[derive(Seedable)] #[seed(count = 12)] struct User { id: i32 }
    /// # #[derive(Seedable)] struct Session { id: i32, #[seed(references = users::id, with = 5)] user_id: i32 }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::connection::SimpleConnection::batch_execute(&mut conn, "
    /// #     CREATE TABLE users (id INTEGER PRIMARY KEY);
    /// #     CREATE TABLE sessions (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);
    /// # ").unwrap();
    /// let plan = seed(&mut conn, models![Session, User]).plan().unwrap();
    /// assert_eq!(plan.rows(), 72);
    /// assert_eq!(
    ///     plan.to_string(),
    ///     "users: 12 rows (count)\n\
    ///      sessions: 60 rows (5 for each of users, by user_id)\n  user_id → users (in order; on delete cascade)\n"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Plan`], with all mistakes of the models and options; [`Error::Database`].
    pub fn plan(&mut self) -> Result<Plan, Error> {
        let others = Others::new(None, self.options.wait(), &|_| ());
        self.setup.read(self.connection, self.options, &others)?;
        Ok(self.setup.plan()?)
    }

    /// The foreign keys of the models' tables, with what happens where a parent is deleted or changes:
    /// what the database's catalogue tells of them.
    ///
    /// # Errors
    ///
    /// [`Error::Database`], where the catalogue cannot be read.
    pub fn foreign_keys(&mut self) -> Result<Vec<ForeignKey>, Error> {
        self.setup.read_foreign_keys(self.connection)
    }

    /// Deletes the rows of the models' tables, or of those that are [chosen](Seeding::tables), and loads none: what
    /// shards need before the first of them. Keys begin again as they do for a [`reset`](Seeding::reset). Returns how many
    /// rows each table held that held some.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// # use seed_diesel::{Seedable, models, seed};
    /// # diesel::table! { users (id) { id -> Integer } }
    /// # #[derive(Seedable)] struct User { id: i32 }
    /// # let mut conn = SqliteConnection::establish(":memory:").unwrap();
    /// # diesel::sql_query("CREATE TABLE users (id INTEGER PRIMARY KEY)").execute(&mut conn).unwrap();
    /// seed(&mut conn, models![User]).run()?;
    /// let deleted = seed(&mut conn, models![User]).only_reset()?;
    /// assert_eq!(deleted, [("users".to_owned(), 10)]);
    /// # Ok::<(), seed_diesel::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As of [`run`](Seeding::run) with a [`reset`](Seeding::reset).
    pub fn only_reset(mut self) -> Result<Vec<(String, u64)>, Error> {
        self.options.there = There::Deleted;
        self.prepared(|prepared, connection, _, others| prepared.only_reset(connection, others))
    }

    /// Loads all rows, in one transaction where nothing else is said by [`commit_every`](Seeding::commit_every).
    ///
    /// # Other connections
    ///
    /// One run at a time seeds a database: where another one is at work, this one is [`Error::Busy`]. On PostgreSQL an
    /// advisory lock sees to it, of the transaction and the current schema; on MySQL a named lock; on SQLite the
    /// transaction, which begins as `IMMEDIATE`. Runs of [`tables`](Seeding::tables) or of a [`shard`](Seeding::shard) keep
    /// only runs of the whole away, and those of the same tables and shard; but SQLite takes one writer at a time.
    ///
    /// On PostgreSQL a run that commits on its way lets go of the lock between its chunks, since a pool in front of the server
    /// may give each transaction another connection. A run with [`reset`](Seeding::reset) that is started just then takes
    /// its place, and the first one is [`Error::Busy`]; any other one is [`Error::Unfinished`].
    ///
    /// A transaction that meets a deadlock or a serialization failure is undone, and done again after a pause: 6 times at most,
    /// with pauses of 50 ms, 100 ms and so on to 800 ms. Then it is [`Error::Contended`]. How long it waits for a lock, says
    /// [`lock_timeout`](Seeding::lock_timeout).
    ///
    /// Where the connection breaks during a COMMIT, the run [connects again](Seeding::reconnect) and looks: rows that are there
    /// are a success, with [`Progress::CommitFound`], and the connection is of no further use. Where it cannot be known, it is
    /// [`Error::CommitUnknown`].
    ///
    /// In a transaction of the application none of this is done: as many tests as there are may each seed what they need in a
    /// transaction that they roll back.
    ///
    /// # Errors
    ///
    /// See [`Error`]. After an error the database is as it was, but after [`Error::Interrupted`] and perhaps
    /// [`Error::CommitUnknown`].
    pub fn run(self) -> Result<Report, Error> {
        self.prepared(Prepared::load)
    }

    /// Prepares the run and does what it does, while others are watched.
    fn prepared<T>(
        self,
        work: impl FnOnce(&Prepared<C::Backend>, &mut C, Options, &Others<'_, C>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Seeding { connection, mut setup, options, part, progress, reconnect } = self;
        let progress = Mutex::new(progress);
        let tell = |told: Progress<'_>| (*locked(&progress))(told);
        let others = Others::new(reconnect, options.wait(), &tell);
        others.watching(|| {
            part.check(options)?;
            setup.claim = part.claim();
            setup.read(connection, options, &others)?;
            let mut prepared = setup.prepare()?;
            prepared.choose(&part)?;
            work(&prepared, connection, options, &others)
        })
    }
}
