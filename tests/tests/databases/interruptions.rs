//! Runs that commit on their way, are interrupted, and go on.

use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::RebuildConstraints::Always;
use seed_diesel::{Anchor, Error, Locale, Progress, Seedable, Seeding, Shard, constant, models, seed};
use seed_tests::{HasConnection, connect, rounds};

use super::Db;
use crate::models::Team;

type Conn = <Db as HasConnection>::Connection;
type Run<'a> = Seeding<'a, Conn>;
/// What differs of a run.
type Change = fn(Run<'_>) -> Run<'_>;

mod schema {
    diesel::table! {
        gangs (id) {
            id -> Integer,
            #[max_length = 40]
            name -> Varchar,
            boss_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        thugs (id) {
            id -> Integer,
            gang_id -> Integer,
            mentor_id -> Nullable<Integer>,
        }
    }
}
use schema::{gangs, thugs};

/// Each gang has a boss among the thugs, which come later.
#[derive(Seedable)]
#[seed(count = 20)]
struct Gang {
    id: i32,
    name: String,
    #[seed(references = thugs::id, null = 0.2)]
    boss_id: Option<i32>,
}

#[derive(Seedable)]
struct Thug {
    id: i32,
    #[seed(references = gangs::id, with = 3)]
    gang_id: i32,
    #[seed(references = thugs::id)]
    mentor_id: Option<i32>,
}

fn gangs_and_thugs() -> Db {
    let mentor = ", FOREIGN KEY (mentor_id) REFERENCES thugs (id), FOREIGN KEY (gang_id) REFERENCES gangs (id)";
    let boss = "FOREIGN KEY (boss_id) REFERENCES thugs (id)";
    // SQLite adds no constraint to a table that is there; the others know no table that is still to come.
    let is_sqlite = Db::ENGINE == "sqlite";
    let gangs = format!(
        "CREATE TABLE gangs (id SERIAL PRIMARY KEY, name VARCHAR(40) NOT NULL, boss_id INTEGER{})",
        if is_sqlite { format!(", {boss}") } else { String::new() }
    );
    let mut db = Db::with(&gangs);
    db.run(&format!("CREATE TABLE thugs (id SERIAL PRIMARY KEY, gang_id INTEGER NOT NULL, mentor_id INTEGER{mentor})"));
    if !is_sqlite {
        // In one transaction, its check could wait.
        let waits = if Db::ENGINE == "postgres" { " DEFERRABLE" } else { "" };
        db.run(&format!("ALTER TABLE gangs ADD {boss}{waits}"));
    }
    db
}

fn dump(db: &mut Db) -> Vec<String> {
    let text = if Db::ENGINE == "mysql" { "CHAR" } else { "TEXT" };
    let mut rows = db.texts(&format!(
        "SELECT concat(id, ' ', name, ' ', COALESCE(CAST(boss_id AS {text}), 'nobody')) AS value FROM gangs ORDER BY id"
    ));
    rows.extend(db.texts(&format!(
        "SELECT concat(id, ' ', gang_id, ' ', COALESCE(CAST(mentor_id AS {text}), 'nobody')) AS value FROM thugs ORDER BY id"
    )));
    rows
}

/// Whether a run has left its ledger.
fn has_ledger(db: &mut Db) -> bool {
    db.conn.batch_execute("SELECT part FROM __seed_ledger").is_ok()
}

fn run(conn: &mut Conn) -> Run<'_> {
    seed(conn, models![Thug, Gang]).seed(42).commit_every(7).batch_size(3)
}

/// Runs, and is interrupted when so many things have been told: the connection goes without a word. Tells whether it has
/// come to that.
fn interrupted(db: &Db, after: u32, set_up: Change) -> bool {
    let mut conn = db.connect();
    let mut told = 0;
    let progress = |_: Progress<'_>| {
        told += 1;
        if told > after {
            // Without the message of a panic.
            resume_unwind(Box::new("interrupted"));
        }
    };
    let run = || set_up(run(&mut conn)).on_progress(progress).run();
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(done) => {
            done.unwrap();
            false
        }
        Err(_) => true,
    }
}

#[test]
fn an_interrupted_run_goes_on_from_any_point() {
    let mut db = gangs_and_thugs();
    let report = run(&mut db.conn).run().unwrap();
    assert_eq!((report.rows("gangs"), report.rows("thugs")), (20, 60));
    let whole = dump(&mut db);
    assert!(!has_ledger(&mut db));
    // Those of one transaction are the same.
    seed(&mut db.conn, models![Gang, Thug]).seed(42).reset().run().unwrap();
    assert_eq!(dump(&mut db), whole);

    let mut points = 0;
    while interrupted(&db, points, |run| run.reset()) {
        let mut conn = db.connect();
        let report = run(&mut conn).commit_every(11).resume().run().unwrap();
        assert_eq!((report.rows("gangs"), report.rows("thugs")), (20, 60), "{points}");
        assert_eq!(dump(&mut db), whole, "{points}");
        assert!(!has_ledger(&mut db), "{points}");
        points += 1;
    }
    // Rows, foreign keys, and the beginning of each.
    assert!(points > 15, "{points}");
    // Sequences have moved.
    db.run("INSERT INTO gangs (name) VALUES ('mine')");
    assert_eq!(db.number("SELECT max(id) FROM gangs"), 21);
}

#[test]
fn it_may_be_interrupted_again_and_again() {
    let mut db = gangs_and_thugs();
    run(&mut db.conn).run().unwrap();
    let whole = dump(&mut db);
    seed(&mut db.conn, models![Gang, Thug]).refine::<Gang>(|t| t.count(0)).reset().run().unwrap();
    let mut interruptions = 0;
    while interrupted(&db, 6, |run| run.resume()) {
        interruptions += 1;
    }
    assert!(interruptions > 3, "{interruptions}");
    assert_eq!(dump(&mut db), whole);
}

#[test]
fn what_is_left_is_told_and_reported() {
    let mut db = gangs_and_thugs();
    assert!(interrupted(&db, 5, |run| run));
    let mut told = Vec::new();
    let report = run(&mut db.conn).resume().on_progress(|progress| told.push(format!("{progress:?}"))).run().unwrap();
    let before = report.tables[0].before;
    assert!(before > 0 && before.is_multiple_of(7), "{before}");
    assert_eq!((report.tables[0].rows, report.tables[1].before), (20, 0));
    assert_eq!(told[0], "Table { table: \"gangs\", rows: 20 }");
    assert_eq!(told[1], format!("Rows({before})"));
}

#[test]
fn an_unfinished_run_is_not_passed_over() {
    let mut db = gangs_and_thugs();
    assert!(interrupted(&db, 8, |run| run));
    let there: [Change; 2] = [|run| run, |run| run.append()];
    for there in there {
        let error = there(seed(&mut db.conn, models![Gang, Thug])).run().unwrap_err();
        assert_eq!(
            error.to_string(),
            "a run with seed 42 has committed rows and has not finished; to go on with it, give it the same options and \
             `--resume` (in code: `.resume()`); to delete all rows of its tables and begin anew, use `--reset` \
             (`.reset()`), or for shards `--only-reset`; nothing was changed"
        );
    }
    seed(&mut db.conn, models![Gang, Thug]).reset().run().unwrap();
    // It is forgotten, though its table is left.
    assert_eq!(db.number("SELECT count(*) FROM __seed_ledger"), 0);
    run(&mut db.conn).reset().run().unwrap();
    assert!(!has_ledger(&mut db));
}

#[test]
fn another_run_does_not_go_on_with_it() {
    let mut db = gangs_and_thugs();
    assert!(interrupted(&db, 8, |run| run));
    let before = dump(&mut db);
    let others: [(Change, &str); 5] = [
        (|run| run.seed(43), "the interrupted run had seed 42, this one 43"),
        (
            |run| run.anchor(Anchor::date(2026, 11, 21).unwrap()),
            "the interrupted run had anchor 2026-01-01, this one 2026-11-21",
        ),
        (|run| run.locale(Locale::FR_FR), "the interrupted run had locale en, this one fr_FR"),
        (|run| run.refine::<Gang>(|t| t.count(21)), "the interrupted run had `gangs` 20 rows (count), "),
        (
            |run| run.refine::<Gang>(|t| t.column(gangs::name, constant("the".to_owned()))),
            "the interrupted run had other values of `gangs.name`: ",
        ),
    ];
    for (other, difference) in others {
        let error = other(run(&mut db.conn)).resume().run().unwrap_err();
        assert!(matches!(error, Error::AnotherRun { .. }), "{error}");
        let error = error.to_string();
        assert!(error.starts_with(difference), "{error}");
        assert!(
            error.ends_with(
                "; to go on with that run, repeat what it was given; to delete all rows of its tables and begin anew, use \
                 `--reset` (in code: `.reset()`), or for shards `--only-reset`; nothing was changed"
            ),
            "{error}"
        );
    }
    assert_eq!(dump(&mut db), before);
    // Threads and batches change nothing.
    run(&mut db.conn).threads(3).batch_size(100).commit_every(1_000).resume().run().unwrap();
}

#[test]
fn where_nothing_is_left_it_begins() {
    let mut db = gangs_and_thugs();
    let report = run(&mut db.conn).resume().run().unwrap();
    assert_eq!((report.total(), report.tables[0].before), (80, 0));
    let whole = dump(&mut db);
    let error = run(&mut db.conn).resume().run().unwrap_err();
    assert!(matches!(error, Error::NotEmpty { .. }), "{error}");
    assert!(!has_ledger(&mut db));
    // In one transaction, too.
    seed(&mut db.conn, models![Thug, Gang]).refine::<Gang>(|t| t.count(0)).reset().run().unwrap();
    seed(&mut db.conn, models![Thug, Gang]).seed(42).resume().run().unwrap();
    assert_eq!(dump(&mut db), whole);
    assert!(!has_ledger(&mut db));
}

#[test]
fn what_is_left_may_go_in_one_transaction() {
    let mut db = gangs_and_thugs();
    run(&mut db.conn).run().unwrap();
    let whole = dump(&mut db);
    assert!(interrupted(&db, 8, |run| run.reset()));
    seed(&mut db.conn, models![Thug, Gang]).seed(42).resume().run().unwrap();
    assert_eq!(dump(&mut db), whole);
    assert!(!has_ledger(&mut db));
}

#[test]
fn rows_that_go_on_behind_others_keep_their_beginning() {
    let mut db = gangs_and_thugs();
    run(&mut db.conn).run().unwrap();
    run(&mut db.conn).seed(7).append().run().unwrap();
    let whole = dump(&mut db);
    assert_eq!(whole.len(), 160);
    for after in [0, 3, 6, 9, 12, 15] {
        run(&mut db.conn).reset().run().unwrap();
        assert!(interrupted(&db, after, |run| run.seed(7).append()), "{after}");
        run(&mut db.conn).seed(7).append().resume().run().unwrap();
        assert_eq!(dump(&mut db), whole, "{after}");
    }
}

#[test]
fn a_transaction_of_the_application_is_not_committed() {
    let mut db = gangs_and_thugs();
    db.conn.begin_test_transaction().unwrap();
    let of: [Change; 2] = [|run| run.commit_every(7), |run| run.resume()];
    for of in of {
        let error = of(seed(&mut db.conn, models![Gang, Thug])).run().unwrap_err();
        assert_eq!(
            error.to_string(),
            "a run that commits on its way, or goes on with one that did, cannot be part of a transaction of the \
             application; leave `commit_every` and `resume` out, or seed before the transaction begins; nothing was changed"
        );
    }
}

#[test]
fn an_error_tells_how_to_go_on() {
    let mut db = gangs_and_thugs();
    run(&mut db.conn).run().unwrap();
    let whole = dump(&mut db);
    db.run(match Db::ENGINE {
        "postgres" => {
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no thug 50'; END $$;
             CREATE TRIGGER refuse BEFORE INSERT ON thugs FOR EACH ROW WHEN (NEW.id = 50) EXECUTE FUNCTION refuse();"
        }
        "mysql" => {
            "CREATE TRIGGER refuse BEFORE INSERT ON thugs FOR EACH ROW
                 IF NEW.id = 50 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no thug 50'; END IF"
        }
        _ => {
            "CREATE TRIGGER refuse BEFORE INSERT ON thugs WHEN NEW.id = 50 BEGIN SELECT RAISE(FAIL, 'no thug 50'); END"
        }
    });
    let error = run(&mut db.conn).reset().run().unwrap_err();
    let Error::Interrupted { rows, .. } = error else { panic!("{error}") };
    assert_eq!(rows, 63);
    let error = error.to_string();
    assert!(error.starts_with("loading `thugs`, row 49 (`id` = 50), failed: no thug 50; "), "{error}");
    assert!(error.contains(" failed: no thug 50") && !error.contains("nothing was changed"), "{error}");
    assert!(
        error.ends_with(&format!(
            "; {rows} rows before that are committed: to go on behind them, use `--resume` (in code: `.resume()`); to \
             delete all rows of the tables and begin anew, `--reset` (`.reset()`), or for shards `--only-reset`"
        )),
        "{error}"
    );
    db.run(if Db::ENGINE == "postgres" { "DROP TRIGGER refuse ON thugs" } else { "DROP TRIGGER refuse" });
    run(&mut db.conn).resume().run().unwrap();
    assert_eq!(dump(&mut db), whole);
}

#[test]
fn a_dropped_connection_is_an_interruption() {
    // It has none that could be dropped.
    if Db::ENGINE == "sqlite" {
        return;
    }
    let mut db = gangs_and_thugs();
    run(&mut db.conn).run().unwrap();
    let whole = dump(&mut db);
    for after in [0, 10, 20, 30] {
        let mut conn = db.connect();
        let mut told = 0;
        let progress = |_: Progress<'_>| {
            told += 1;
            if told == after + 1 {
                drop_others(&mut db);
            }
        };
        let error = run(&mut conn).reset().on_progress(progress).run().unwrap_err();
        assert!(matches!(error, Error::Interrupted { .. }), "{error}");
        run(&mut db.conn).resume().run().unwrap();
        assert_eq!(dump(&mut db), whole, "{after}");
    }
}

/// Ends all other connections to a database.
pub(crate) fn drop_others(db: &mut Db) {
    if Db::ENGINE == "postgres" {
        return db.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
    }
    let others = db.texts(
        "SELECT CAST(ID AS CHAR) AS value FROM information_schema.PROCESSLIST
         WHERE DB = DATABASE() AND ID <> CONNECTION_ID()",
    );
    others.iter().for_each(|other| db.run(&format!("KILL {other}")));
}

#[test]
fn eight_runs_at_once_that_commit_on_their_way_seed_once() {
    let mut db = gangs_and_thugs();
    run(&mut db.conn).run().unwrap();
    let whole = dump(&mut db);
    for resume in [false, true] {
        seed(&mut db.conn, models![Gang, Thug]).refine::<Gang>(|t| t.count(0)).reset().run().unwrap();
        let connections: Vec<_> = (0..8).map(|_| db.connect()).collect();
        let start = &Barrier::new(connections.len());
        let results: Vec<Result<u64, Error>> = thread::scope(|scope| {
            let run = |mut conn| {
                scope.spawn(move || {
                    start.wait();
                    let run = run(&mut conn);
                    if resume { run.resume() } else { run }.run().map(|report| report.total())
                })
            };
            let runs: Vec<_> = connections.into_iter().map(run).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            let error = if let Error::Interrupted { source, .. } = error { source } else { error };
            assert!(
                matches!(error, Error::Busy { .. } | Error::NotEmpty { .. } | Error::Unfinished { .. }),
                "{error}, resume: {resume}"
            );
        }
        assert_eq!(dump(&mut db), whole);
    }
}

#[test]
fn a_shard_goes_on_by_itself() {
    let mut db = Db::with("CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL)");
    let names = "SELECT concat(id, ' ', name) AS value FROM teams ORDER BY id";
    seed(&mut db.conn, models![Team]).refine::<Team>(|t| t.count(100)).run().unwrap();
    let whole = db.texts(names);
    seed(&mut db.conn, models![Team]).only_reset().unwrap();
    fn shard(run: Run<'_>, number: u64) -> Run<'_> {
        run.refine::<Team>(|t| t.count(100)).shard(Shard::new(number, 3).unwrap()).commit_every(7)
    }
    for number in 1..=3 {
        let mut conn = db.connect();
        let mut told = 0;
        let run = || {
            let progress = |progress: Progress<'_>| {
                told += u64::from(matches!(progress, Progress::Rows(_)));
                if told == number + 1 {
                    resume_unwind(Box::new("interrupted"));
                }
            };
            shard(seed(&mut conn, models![Team]), number).on_progress(progress).run().map(|_| ())
        };
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err(), "{number}");
    }
    let error = seed(&mut db.conn, models![Team]).run().unwrap_err();
    assert!(matches!(error, Error::Unfinished { .. }), "{error}");
    // In any order.
    for number in [3, 1, 2] {
        let mut conn = db.connect();
        let report = shard(seed(&mut conn, models![Team]), number).resume().run().unwrap();
        assert_eq!(report.rows("teams"), [33, 33, 34][number as usize - 1]);
        assert!(report.tables[0].before > 0, "{number}");
    }
    assert_eq!(db.texts(names), whole);
    // What others might need is left, and empty.
    assert_eq!(db.number("SELECT count(*) FROM __seed_ledger"), 0);
}

#[test]
fn a_reset_of_some_tables_does_not_break_an_unfinished_run() {
    let mut db = gangs_and_thugs();
    assert!(interrupted(&db, 8, |run| run));
    let mut reset = || seed(&mut db.conn, models![Gang, Thug]).tables(["thugs"]).only_reset().unwrap_err();
    let mut error = reset();
    for _ in 0..50 {
        // The server may hold for a moment what the process had claimed.
        if !matches!(error, Error::Busy { .. }) {
            break;
        }
        thread::sleep(Duration::from_millis(100));
        error = reset();
    }
    assert!(matches!(error, Error::Unfinished { .. }), "{error}");
    seed(&mut db.conn, models![Gang, Thug]).only_reset().unwrap();
    assert_eq!(run(&mut db.conn).resume().run().unwrap().tables[0].before, 0);
}

#[test]
fn constraints_are_not_off_in_between() {
    let mut db = gangs_and_thugs();
    let error = run(&mut db.conn).rebuild_constraints(Always).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a run that commits on its way, or goes on with one that did, cannot rebuild constraints, which would be off in \
         between for everybody; leave out `--rebuild-constraints` (in code: `.rebuild_constraints(…)`), or \
         `--commit-every` and `--resume` (`.commit_every(…)`, `.resume()`); nothing was changed"
    );
}

const CHILD: &str = "SEED_TESTS_INTERRUPTED_DATABASE";

/// What [`a_killed_process_is_gone_on_with`] kills.
#[test]
#[ignore = "it is a part of another one"]
fn child_process() {
    let url = std::env::var(CHILD).unwrap();
    let mut conn: Conn = connect(&url);
    seed(&mut conn, models![User, UserProfile, Level, Session, Score])
        .refine::<User>(|t| t.count(1_000))
        .commit_every(250)
        .batch_size(50)
        .resume()
        .on_progress(|progress| {
            if let Progress::Rows(rows) = progress {
                println!("\n{rows}");
                thread::sleep(Duration::from_millis(1));
            }
        })
        .run()
        .unwrap();
}

#[test]
fn a_killed_process_is_gone_on_with() {
    let mut db = Db::game();
    let (_, module) = module_path!().split_once("::").unwrap();
    let url = db.url().to_owned();
    let start = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", &format!("{module}::child_process"), "--ignored", "--nocapture"]);
        command.env(CHILD, &url).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    };
    // Any numbers, but the same each time.
    let mut bits = 88_172_645_463_325_252_u64;
    let mut random = |below: u64| {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        bits % below
    };
    for killed in 0..rounds(20, 56) {
        let mut child = start();
        let (rows, pause) = (random(600), random(2_000));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut new = 0;
        while new < rows {
            let Some(line) = lines.next() else { panic!("it has ended before kill {killed}") };
            // More than are committed at once were there before.
            new += line.unwrap().parse::<u64>().ok().filter(|&rows| rows <= 250).unwrap_or(0);
        }
        thread::sleep(Duration::from_micros(pause));
        // SIGKILL, on Unix.
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success(), "it has ended before kill {killed}");
    }
    // Much of it is there.
    let rows = db.number("SELECT count(*) FROM users") + db.number("SELECT count(*) FROM sessions");
    assert!(rows > 800, "{rows}");
    let mut child = start();
    BufReader::new(child.stdout.take().unwrap()).lines().for_each(drop);
    assert!(child.wait().unwrap().success());
    assert!(!has_ledger(&mut db));
    let resumed = db.export_game();

    seed(&mut db.conn, models![User, UserProfile, Level, Session, Score])
        .refine::<User>(|t| t.count(1_000))
        .reset()
        .run()
        .unwrap();
    assert!(db.export_game() == resumed, "the rows differ");
}
