//! A database and a working directory of its own for each test, and what a run of `seed` has said.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::Connection as _;
use diesel::prelude::*;
use game::Connection;
use game::schema::{levels, scores, sessions, user_profiles, users};
use tempfile::TempDir;

use backend::new_database;
pub(crate) use backend::{UNREACHABLE, UNREADABLE};

/// The one of the project's other tests.
#[cfg(any(feature = "mysql", feature = "postgres"))]
#[expect(unreachable_pub, reason = "there it is part of a library")]
#[path = "../../../../tests/src/proxy.rs"]
pub(crate) mod proxy;

/// The game of one test.
pub(crate) struct Game {
    pub(crate) folder: TempDir,
    pub(crate) url: String,
}

/// What a run has printed, and how it ended.
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Game {
    pub(crate) fn new() -> Game {
        let folder = tempfile::tempdir().unwrap();
        let url = new_database(folder.path());
        Game { folder, url }
    }

    /// Runs `seed` on the database.
    pub(crate) fn seed(&self, arguments: &[&str]) -> Run {
        self.run(self.command(arguments), "")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.command_without_url(arguments);
        // The default stands below what the environment says; the option may be among the arguments.
        command.env("DATABASE_URL", &self.url);
        command
    }

    pub(crate) fn command_without_url(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seed"));
        command.args(arguments).current_dir(&self.folder).env_remove("DATABASE_URL");
        command
    }

    pub(crate) fn run(&self, mut command: Command, input: &str) -> Run {
        use std::io::Write;

        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One that asks nothing may have ended already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { stdout: text(stdout), stderr: text(stderr), code: status.code().unwrap() }
    }

    pub(crate) fn connect(&self) -> Connection {
        Connection::establish(&self.url).unwrap()
    }

    /// The rows of users, profiles, levels, sessions and scores.
    pub(crate) fn rows(&self) -> [i64; 5] {
        let conn = &mut self.connect();
        [
            users::table.count().get_result(conn).unwrap(),
            user_profiles::table.count().get_result(conn).unwrap(),
            levels::table.count().get_result(conn).unwrap(),
            sessions::table.count().get_result(conn).unwrap(),
            scores::table.count().get_result(conn).unwrap(),
        ]
    }

    /// All rows, one a line.
    pub(crate) fn export(&self) -> String {
        let conn = &mut self.connect();
        let mut lines = Vec::new();
        macro_rules! export {
            ($table:ident as $row:ty) => {
                let rows = $table::table.order($table::id).load::<$row>(conn).unwrap();
                lines.extend(rows.iter().map(|row| format!("{} {row:?}\n", stringify!($table))));
            };
        }
        export!(users as (i32, NaiveDateTime, String, NaiveDate));
        export!(user_profiles as (i32, i32, String, String, String));
        export!(levels as (i32, String, i32));
        export!(sessions as (i32, i32, NaiveDateTime, i32));
        export!(scores as (i32, i32, i32, NaiveDateTime, i32, i32, f32));
        lines.concat()
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn ended_with(&self, code: i32) {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
    }

    #[track_caller]
    pub(crate) fn says(&self, text: &str) {
        assert!(self.stdout.contains(text), "`{text}` is missing in:\n{}", self.stdout);
    }

    #[track_caller]
    pub(crate) fn complains(&self, text: &str) {
        assert!(self.stderr.contains(text), "`{text}` is missing in:\n{}", self.stderr);
    }

    #[track_caller]
    pub(crate) fn hides(&self, text: &str) {
        let Run { stdout, stderr, .. } = self;
        assert!(!stdout.contains(text) && !stderr.contains(text), "`{text}` is shown:\n{stdout}{stderr}");
    }
}

/// The words of a line, whatever stands between them.
pub(crate) fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
mod backend {
    use super::*;

    /// Nobody listens at these, or there is no such place.
    pub(crate) const UNREACHABLE: [&str; 2] = ["no/such/folder/game.sqlite3", "sqlite://no/such/folder/hunter.sqlite3"];

    /// Mistakes in a URL, of which a message might quote the password.
    pub(crate) const UNREADABLE: [&str; 1] = ["oracle://me:hunter2@localhost/game"];

    /// A file that is not there yet.
    pub(crate) fn new_database(folder: &Path) -> String {
        folder.join("other.sqlite3").to_str().unwrap().to_owned()
    }

    impl Game {
        pub(crate) fn place(&self) -> String {
            format!("the SQLite file `{}`", self.url)
        }

        /// Whether nothing was written.
        pub(crate) fn is_untouched(&self) -> bool {
            !Path::new(&self.url).exists()
        }
    }
}

#[cfg(any(feature = "mysql", feature = "postgres"))]
mod backend {
    use std::sync::atomic::{AtomicU32, Ordering};

    use diesel::connection::SimpleConnection;
    use url::Url;

    use super::*;

    #[cfg(feature = "mysql")]
    pub(crate) const UNREACHABLE: [&str; 2] =
        ["mysql://me:hunter2@127.0.0.1:1/game", "mysql://me:hunter%32@127.0.0.1:1/game"];
    #[cfg(not(feature = "mysql"))]
    pub(crate) const UNREACHABLE: [&str; 3] = [
        "postgres://me:hunter2@127.0.0.1:1/game",
        "postgres://me:hunter%32@127.0.0.1:1/game",
        "host=127.0.0.1 port=1 user=me password=hunter2 dbname=game",
    ];

    #[cfg(feature = "mysql")]
    pub(crate) const UNREADABLE: [&str; 4] = [
        "mysql://me:hunter2@/game",
        "mysql://me:hunter2@[/game",
        "mysql://me:hunter2%FF@127.0.0.1:1/game",
        "me:hunter2",
    ];
    #[cfg(not(feature = "mysql"))]
    pub(crate) const UNREADABLE: [&str; 8] = [
        "postgres://me:hunter2@[/game",
        "postgres://me:hunter2%@127.0.0.1:1/game",
        "postgres://me:hunter2%00@127.0.0.1:1/game",
        "postgres://me@127.0.0.1:1/game?password=hunter2%",
        "postgres://me@127.0.0.1:1/game?password=not&hunter2",
        "host=127.0.0.1 port=1 password=my hunter2",
        "host=127.0.0.1 port=1 password='hunter2",
        "me:hunter2",
    ];

    #[cfg(feature = "mysql")]
    const SERVER: &str = "TEST_MYSQL_URL";
    #[cfg(not(feature = "mysql"))]
    const SERVER: &str = "TEST_POSTGRES_URL";

    fn server() -> Url {
        let url = std::env::var(SERVER)
            .unwrap_or_else(|_| panic!("{SERVER} is not set: run the tests by ./tests/run, which starts the servers"));
        Url::parse(&url).unwrap()
    }

    /// An empty database on the server.
    pub(crate) fn new_database(_: &Path) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("game_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut url = server();
        Connection::establish(url.as_str()).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        url.set_path(&name);
        url.into()
    }

    impl Game {
        pub(crate) fn place(&self) -> String {
            let url = Url::parse(&self.url).unwrap();
            let kind = if cfg!(feature = "mysql") { "MySQL" } else { "PostgreSQL" };
            let (host, port) = (url.host_str().unwrap(), url.port().unwrap());
            format!("the {kind} database `{}` on {host}:{port}", &url.path()[1..])
        }

        /// Whether nothing was written: not even by a migration.
        pub(crate) fn is_untouched(&self) -> bool {
            let schema = if cfg!(feature = "mysql") { "DATABASE()" } else { "'public'" };
            let tables = format!("SELECT table_name FROM information_schema.tables WHERE table_schema = {schema}");
            diesel::sql_query(tables).execute(&mut self.connect()) == Ok(0)
        }
    }

    impl Drop for Game {
        fn drop(&mut self) {
            let url = Url::parse(&self.url).unwrap();
            // While a test fails, a connection may be open; a second panic would hide the first.
            let _ = Connection::establish(server().as_str())
                .map(|mut server| server.batch_execute(&format!("DROP DATABASE {}", &url.path()[1..])));
        }
    }
}
