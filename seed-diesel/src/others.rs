//! What a run knows of other connections: how long it waits for them, who is in the way, and a second connection to ask by.

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use diesel::ConnectionResult;
#[cfg(feature = "cli")]
use diesel::QueryResult;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use diesel::deserialize::QueryableByName;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::backend::SeedConnection;
use crate::report::Progress;

/// How long a run may make no progress before it looks for who is in the way.
const UNTIL_ASKED: Duration = Duration::from_secs(2);

/// A connection that may keep a lock which a run waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blocker {
    /// The number that the server knows it by: the process on PostgreSQL, the connection on MySQL. `None` where it cannot be
    /// told, as on SQLite; 0 is a prepared transaction of PostgreSQL.
    pub id: Option<i64>,
    /// The application's name on PostgreSQL, the user and host on MySQL; empty where the server does not tell.
    pub application: String,
    /// Its last statement, on one line and shortened; empty where the server does not tell.
    pub statement: String,
    /// How long it has been in its transaction, or in its statement where it is in none.
    pub since: Option<Duration>,
    /// Whether the server says that it keeps the lock; else it is one of several that may.
    pub certain: bool,
}

impl Blocker {
    /// What a server tells of a connection.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    fn new(id: i64, application: String, statement: &str, seconds: Option<i64>, certain: bool) -> Blocker {
        /// The longest part of a statement that is told, in characters.
        const SHOWN: usize = 80;
        let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = line.to_lowercase();
        let statement = match line.char_indices().nth(SHOWN) {
            // Of a statement that may hold a password, nothing is shown.
            _ if lower.contains("password") || lower.contains("identified") => String::new(),
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        };
        let since = seconds.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
        Blocker { id: Some(id), application, statement, since, certain }
    }

    /// One of which nothing is known.
    fn unknown() -> Blocker {
        Blocker { id: None, application: String::new(), statement: String::new(), since: None, certain: false }
    }
}

/// What a server's query tells of a connection.
#[cfg(any(feature = "postgres", feature = "mysql"))]
#[derive(QueryableByName)]
pub(crate) struct Session {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    application: String,
    #[diesel(sql_type = Text)]
    statement: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    seconds: Option<i64>,
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
impl Session {
    pub(crate) fn blocker(self, certain: bool) -> Blocker {
        Blocker::new(self.id, self.application, &self.statement, self.seconds, certain)
    }
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            None => f.write_str("another connection, which cannot be named")?,
            Some(0) => f.write_str("a prepared transaction")?,
            Some(id) => write!(f, "connection {id}")?,
        }
        if !self.application.is_empty() {
            write!(f, " ({})", self.application)?;
        }
        if let Some(since) = self.since {
            write!(f, ", busy for {} s", since.as_secs())?;
        }
        if !self.statement.is_empty() {
            write!(f, ", last statement: {}", self.statement)?;
        }
        Ok(())
    }
}

/// Opens a further connection to the run's database.
pub(crate) type Reconnect<'a, C> = Box<dyn FnMut() -> ConnectionResult<C> + Send + 'a>;

/// How long a run waits for a lock.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// As long as the user says.
    Exactly(Duration),
    /// This long, or as the connection is set up where that is less.
    AtMost(Duration),
}

/// The other connections, as a run sees them.
pub(crate) struct Others<'a, C> {
    reconnect: Option<Mutex<Reconnect<'a, C>>>,
    tell: &'a (dyn Fn(Progress<'_>) + Sync),
    wait: Wait,
    /// How long the connection waits for a lock, in milliseconds.
    limit: AtomicU64,
    /// The number that the server knows the run's connection by; 0 where it has none.
    id: AtomicI64,
    started: Instant,
    /// When there was the last sign of progress, in milliseconds since the start.
    progressed: AtomicU64,
    /// Whether a transaction is about to begin.
    begins: AtomicBool,
    /// Who has been in the way since the last sign of progress.
    seen: Mutex<Vec<Blocker>>,
}

impl<'a, C: SeedConnection> Others<'a, C> {
    pub(crate) fn new(
        reconnect: Option<Reconnect<'a, C>>,
        wait: Wait,
        tell: &'a (dyn Fn(Progress<'_>) + Sync),
    ) -> Others<'a, C> {
        let (Wait::Exactly(limit) | Wait::AtMost(limit)) = wait;
        Others {
            reconnect: reconnect.map(Mutex::new),
            tell,
            wait,
            limit: AtomicU64::new(milliseconds(limit)),
            id: AtomicI64::new(0),
            started: Instant::now(),
            progressed: AtomicU64::new(0),
            begins: AtomicBool::new(false),
            seen: Mutex::default(),
        }
    }

    pub(crate) fn wait(&self) -> Wait {
        self.wait
    }

    /// Sets up a connection that the command line has opened.
    #[cfg(feature = "cli")]
    pub(crate) fn set_up(&self, connection: &mut C) -> QueryResult<()> {
        connection.wait_for(self.limit())?;
        self.has_begun(connection.id()?);
        Ok(())
    }

    /// How long the connection waits for a lock.
    pub(crate) fn limit(&self) -> Duration {
        Duration::from_millis(self.limit.load(Ordering::Relaxed))
    }

    pub(crate) fn set_limit(&self, limit: Duration) {
        self.limit.store(milliseconds(limit), Ordering::Relaxed);
    }

    /// A further connection; `None` where the run was given no way to open one.
    pub(crate) fn connect(&self) -> Option<ConnectionResult<C>> {
        let mut reconnect = locked(self.reconnect.as_ref()?);
        Some(reconnect())
    }

    /// Tells how far the run has come.
    pub(crate) fn tell(&self, progress: Progress<'_>) {
        self.has_progressed();
        (self.tell)(progress);
        // Others may have waited for whoever was told.
        self.has_progressed();
    }

    /// A transaction is about to begin.
    pub(crate) fn begins(&self) {
        self.has_progressed();
        self.begins.store(true, Ordering::Relaxed);
    }

    /// It has begun, on the connection that the server knows by this number.
    pub(crate) fn has_begun(&self, id: Option<i64>) {
        self.begins.store(false, Ordering::Relaxed);
        self.id.store(id.unwrap_or(0), Ordering::Relaxed);
        self.has_progressed();
    }

    fn has_progressed(&self) {
        self.progressed.store(milliseconds(self.started.elapsed()), Ordering::Relaxed);
    }

    /// How long there has been no sign of progress.
    fn idle(&self) -> Duration {
        self.started.elapsed().saturating_sub(Duration::from_millis(self.progressed.load(Ordering::Relaxed)))
    }

    /// Whether a statement that has just been given up had waited for others as long as it could.
    pub(crate) fn has_waited(&self) -> bool {
        !self.limit().is_zero() && self.idle() >= self.limit() && !locked(&self.seen).is_empty()
    }

    /// Who was in the way of a statement that has just been given up.
    pub(crate) fn blockers(&self) -> Vec<Blocker> {
        let seen = std::mem::take(&mut *locked(&self.seen));
        if !seen.is_empty() {
            return seen;
        }
        // It may still be there.
        let id = self.id.load(Ordering::Relaxed);
        let Some(Ok(mut connection)) = self.connect() else { return Vec::new() };
        connection.blockers(id, true).unwrap_or_default()
    }

    /// Does some work, and looks for who is in the way whenever it makes no progress: by a connection of its own, which is
    /// opened when it is needed.
    pub(crate) fn watching<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.reconnect.is_none() {
            return work();
        }
        thread::scope(|scope| {
            let (works, ended) = channel::<()>();
            // Without the thread, nobody is told.
            let _ = thread::Builder::new().spawn_scoped(scope, move || self.watch(&ended));
            let done = work();
            drop(works);
            done
        })
    }

    fn watch(&self, ended: &Receiver<()>) {
        let mut told = HashSet::new();
        let mut second: Option<C> = None;
        loop {
            let until_asked = UNTIL_ASKED.min(self.limit() / 2);
            let step = (until_asked / 4).clamp(Duration::from_millis(20), Duration::from_millis(500));
            if ended.recv_timeout(step) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            if self.idle() < until_asked {
                locked(&self.seen).clear();
                continue;
            }
            let blockers = if C::IS_SERVER {
                if second.is_none() {
                    second = match self.connect() {
                        Some(Ok(second)) => Some(second),
                        // There may be no room for a second one: the run does without.
                        _ => return,
                    };
                }
                let id = self.id.load(Ordering::Relaxed);
                let Some(blockers) = second.as_mut().map(|second| second.blockers(id, false)) else { return };
                let Ok(blockers) = blockers else {
                    second = None;
                    continue;
                };
                blockers
            } else if self.begins.load(Ordering::Relaxed) {
                vec![Blocker::unknown()]
            } else {
                Vec::new()
            };
            for blocker in &blockers {
                if told.insert(blocker.id) {
                    (self.tell)(Progress::Waiting { blocker });
                }
            }
            *locked(&self.seen) = blockers;
        }
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// What a panic has left is whole: nothing is changed by halves.
pub(crate) fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
