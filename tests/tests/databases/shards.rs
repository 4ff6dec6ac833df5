//! Runs that load some tables, or a shard of each: together they load the rows of one run.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use game::models::{Level, Score, Session, User, UserProfile};
use seed_diesel::{Error, Progress, Seedable, Shard, Stage, models, seed};

use super::Db;

mod schema {
    diesel::table! {
        folders (id) {
            id -> Integer,
            parent_id -> Nullable<Integer>,
            cover_id -> Nullable<Integer>,
        }
    }

    diesel::table! {
        pictures (id) {
            id -> Integer,
            folder_id -> Integer,
        }
    }

    diesel::table! {
        labels (picture_id, word_id) {
            picture_id -> Integer,
            word_id -> Integer,
        }
    }

    diesel::table! {
        words (id) {
            id -> Integer,
            #[max_length = 40]
            email -> Varchar,
        }
    }
}
use schema::{folders, labels, pictures, words};

#[derive(Seedable)]
#[seed(count = 30)]
struct Folder {
    id: i32,
    #[seed(references = folders::id)]
    parent_id: Option<i32>,
    #[seed(references = pictures::id)]
    cover_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 100)]
struct Picture {
    id: i32,
    #[seed(references = folders::id)]
    folder_id: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(picture_id, word_id))]
struct Label {
    #[seed(references = pictures::id, with = 0..=3)]
    picture_id: i32,
    #[seed(references = words::id)]
    word_id: i32,
}

#[derive(Seedable)]
#[seed(count = 40)]
struct Word {
    id: i32,
    #[seed(unique)]
    email: String,
}

const ALBUM: &str = "
    CREATE TABLE words (id SERIAL PRIMARY KEY, email VARCHAR(40) NOT NULL UNIQUE);
    CREATE TABLE folders (id SERIAL PRIMARY KEY, parent_id INTEGER, cover_id INTEGER,
        FOREIGN KEY (parent_id) REFERENCES folders (id));
    CREATE TABLE pictures (id SERIAL PRIMARY KEY, folder_id INTEGER NOT NULL, FOREIGN KEY (folder_id) REFERENCES folders (id));
    CREATE TABLE labels (picture_id INTEGER NOT NULL, word_id INTEGER NOT NULL, PRIMARY KEY (picture_id, word_id),
        FOREIGN KEY (picture_id) REFERENCES pictures (id), FOREIGN KEY (word_id) REFERENCES words (id));";

/// With a cycle.
fn album() -> Db {
    let mut db = Db::with(ALBUM);
    if Db::ENGINE != "sqlite" {
        db.run("ALTER TABLE folders ADD FOREIGN KEY (cover_id) REFERENCES pictures (id)");
    }
    db
}

/// A run over the album.
macro_rules! album {
    ($db:ident) => {
        seed(&mut $db.conn, models![Folder, Picture, Label, Word]).seed(5)
    };
}

/// A run over the game of 50 users.
macro_rules! game {
    ($db:ident) => {
        game!(on &mut $db.conn)
    };
    (on $conn:expr) => {
        seed($conn, models![User, UserProfile, Level, Session, Score]).seed(42).refine::<User>(|t| t.count(50))
    };
}

/// Loads a stage, the last shard first, and tells of how many rows.
macro_rules! load {
    ($run:expr, $stage:expr) => {{
        let Stage { tables, shards } = $stage;
        let mut rows = 0;
        for number in (1..=shards).rev() {
            let run = $run.tables(tables.clone());
            let run = if shards == 1 { run } else { run.shard(shard(number, shards)) };
            rows += run.run().unwrap().total();
        }
        rows
    }};
}

fn shard(number: u64, count: u64) -> Shard {
    Shard::new(number, count).unwrap()
}

#[test]
fn the_shards_of_all_stages_are_the_rows_of_one_run() {
    let mut db = Db::game();
    game!(db).run().unwrap();
    let rows = db.export_game();
    let plan = game!(db).plan().unwrap();
    for count in [1, 2, 7, 100] {
        game!(db).only_reset().unwrap();
        assert_eq!(db.export_game(), "");
        let loaded: u64 = plan.stages(count).into_iter().map(|stage| load!(game!(db), stage)).sum();
        assert_eq!(loaded, plan.rows());
        assert!(db.export_game() == rows, "{count} shards");
    }
}

#[test]
fn the_next_insert_goes_behind_all_shards() {
    let mut db = Db::game();
    let plan = game!(db).plan().unwrap();
    for stage in plan.stages(3) {
        load!(game!(db), stage);
    }
    db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
    assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 6);
    db.run(
        "INSERT INTO users (created_at, username, date_of_birth) VALUES ('2026-01-02 03:04:05', 'me', '2000-01-01')",
    );
    assert_eq!(db.number("SELECT id FROM users WHERE username = 'me'"), 51);
}

#[test]
fn what_cannot_be_cut_is_loaded_whole() {
    let mut db = album();
    album!(db).run().unwrap();
    let plan = album!(db).plan().unwrap();
    let rows = db.export(&plan);
    assert!(rows.len() > 250);
    album!(db).only_reset().unwrap();
    let stages: Vec<String> = plan.stages(5).iter().map(ToString::to_string).collect();
    let each = |tables: &str| format!("`--tables {tables} --shard 1/5` to `5/5`");
    let expected = match Db::ENGINE {
        // The cover is enforced by nobody.
        "sqlite" => ["`--tables folders`".to_owned(), each("words"), each("pictures,labels")],
        _ => ["`--tables folders,pictures`".to_owned(), each("words"), each("labels")],
    };
    assert_eq!(stages, expected);
    for stage in plan.stages(5) {
        load!(album!(db), stage);
    }
    assert_eq!(db.export(&plan), rows);
}

#[test]
fn rows_whose_parents_other_shards_load_are_refused() {
    let mut db = Db::game();
    let error = game!(db).shard(shard(1, 2)).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`scores.level_id` references rows of `levels` that other shards load at the same time; load in stages, each when all \
         runs of the one before are done: `--tables levels --shard 1/2` to `2/2`, then `--tables \
         users,user_profiles,sessions,scores --shard 1/2` to `2/2`"
    );
    assert_eq!(db.export_game(), "");

    let mut db = album();
    let error = album!(db).tables(["folders"]).run();
    if Db::ENGINE == "sqlite" {
        assert_eq!(error.unwrap().rows("folders"), 30);
    } else {
        assert_eq!(
            error.unwrap_err().to_string(),
            "`folders.cover_id` can be filled only when the rows of `pictures` are there, and these need those of `folders`; load \
             them together: `--tables folders,pictures`"
        );
    }
}

#[test]
fn parents_must_be_there() {
    let mut db = Db::game();
    let error = game!(db).tables(["users", "sessions", "scores"]).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`scores.level_id` references rows of `levels`, which this run does not load, and of which there are none; load these \
         first: `--tables levels` (in code: `.tables([\"levels\"])`); nothing was changed"
    );
    assert_eq!(db.export_game(), "");

    // One of two shards is not done.
    game!(db).tables(["levels"]).shard(shard(1, 2)).run().unwrap();
    let error = game!(db).tables(["users", "sessions", "scores"]).shard(shard(2, 2)).run().unwrap_err();
    assert!(matches!(&error, Error::Load { table, advice: Some(_), .. } if table == "scores"));
    let message = error.to_string();
    assert!(message.starts_with("loading `scores`, row "), "{message}");
    let advice = "; rows of `levels` that other runs load are not there; wait until all of these runs are done; nothing was changed";
    assert!(message.ends_with(advice), "{message}");
    assert_eq!(db.number("SELECT count(*) FROM users"), 0);

    game!(db).tables(["levels"]).shard(shard(2, 2)).run().unwrap();
    game!(db).tables(["users", "sessions", "scores"]).shard(shard(2, 2)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM users"), 25);
}

#[test]
fn a_shard_is_loaded_once() {
    let mut db = Db::game();
    let tables = ["users", "user_profiles", "sessions"];
    game!(db).tables(tables).shard(shard(2, 3)).run().unwrap();
    let rows = db.export_game();
    let error = game!(db).tables(tables).shard(shard(2, 3)).run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "rows of `users` that shard 2/3 loads are there already: it was loaded before, or all of the table was; to load all \
         shards anew, delete the rows first with `--only-reset` (in code: `.only_reset()`); nothing was changed"
    );
    // Of another number of shards, one whose first and last rows are not there.
    let error = game!(db).tables(["users"]).shard(shard(1, 1)).run().unwrap_err();
    assert!(matches!(&error, Error::Load { table, advice: Some(_), .. } if table == "users"));
    let advice = "; rows of shard 1/1 are there already: of this shard, or of one of another number of shards; nothing was changed";
    assert!(error.to_string().ends_with(advice), "{error}");
    assert_eq!(db.export_game(), rows);

    // One that has no key but a pair.
    let mut db = album();
    let whole = if Db::ENGINE == "sqlite" { vec!["folders"] } else { vec!["folders", "pictures"] };
    album!(db).tables(whole.clone()).run().unwrap();
    album!(db).tables(["words"]).run().unwrap();
    if Db::ENGINE == "sqlite" {
        album!(db).tables(["pictures"]).run().unwrap();
    }
    album!(db).tables(["labels"]).shard(shard(3, 4)).run().unwrap();
    let error = album!(db).tables(["labels"]).shard(shard(3, 4)).run().unwrap_err();
    assert!(matches!(error, Error::ShardIsThere { .. }), "{error}");
}

#[test]
fn a_shard_deletes_nothing_and_goes_on_behind_nothing() {
    let mut db = Db::game();
    let error = game!(db).shard(shard(1, 2)).reset().run().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a shard cannot begin with a reset, which would delete what other shards have loaded; delete the rows once, before any \
         shard is loaded, with `--only-reset` in place of `--shard` (in code: `.only_reset()`); nothing was changed"
    );
    assert!(matches!(game!(db).shard(shard(1, 1)).only_reset(), Err(Error::ResetOfShard)));
    let message = "`--append` (in code: `.append()`) adds rows of all tables in one run: where they begin is read from the tables, \
                   which other runs fill at the same time; leave `--shard` and `--tables` out; nothing was changed";
    assert_eq!(game!(db).shard(shard(1, 2)).append().run().unwrap_err().to_string(), message);
    assert_eq!(game!(db).tables(["users"]).append().run().unwrap_err().to_string(), message);
}

#[test]
fn some_tables_are_looked_at_and_reset_alone() {
    let mut db = Db::game();
    game!(db).run().unwrap();
    let rows = db.export_game();
    let error = game!(db).tables(["levels", "scores"]).run().unwrap_err();
    assert!(error.to_string().starts_with("tables hold rows already: `levels` 5, `scores` 1250; "), "{error}");

    db.run("UPDATE scores SET score = -1");
    let report = game!(db).tables(["scores"]).reset().run().unwrap();
    assert_eq!((report.tables.len(), report.rows("scores")), (1, 1_250));
    assert_eq!(db.export_game(), rows);

    let error = game!(db).tables(["sessions"]).reset().run().unwrap_err();
    assert!(
        error.to_string().starts_with("the rows of `sessions` cannot be deleted: rows of `scores`, which "),
        "{error}"
    );
    assert_eq!(db.export_game(), rows);

    let deleted = game!(db).tables(["user_profiles", "levels", "scores"]).only_reset().unwrap();
    assert_eq!(
        deleted,
        [("levels", 5), ("user_profiles", 50), ("scores", 1_250)].map(|(table, rows)| (table.to_owned(), rows))
    );
    assert_eq!(game!(db).tables(["scores"]).only_reset().unwrap(), []);
    assert_eq!(db.number("SELECT count(*) FROM sessions"), 250);
}

#[test]
fn a_table_that_is_not_there_is_named() {
    let mut db = Db::game();
    let error = game!(db).tables(["level"]).run().unwrap_err();
    assert_eq!(error.to_string(), "there is no table `level` in this run; did you mean `levels`?");
}

#[test]
fn progress_tells_of_the_rows_of_the_shard() {
    let mut db = Db::game();
    let (mut told, mut seen) = (Vec::new(), 0);
    let run = game!(db).tables(["users", "sessions"]).shard(shard(1, 5)).on_progress(|progress| match progress {
        Progress::Table { table, rows } => told.push((table.to_owned(), rows)),
        Progress::Rows(rows) => seen += rows,
        _ => {}
    });
    let report = run.run().unwrap();
    assert_eq!(told, [("users".to_owned(), 10), ("sessions".to_owned(), 50)]);
    assert_eq!((seen, report.total()), (60, 60));
}

#[test]
fn shards_that_commit_on_their_way_go_on_after_an_interruption() {
    let mut db = Db::game();
    game!(db).run().unwrap();
    let rows = db.export_game();
    game!(db).only_reset().unwrap();
    game!(db).tables(["levels"]).run().unwrap();
    let tables = ["users", "user_profiles", "sessions", "scores"];
    for number in [2, 3, 1] {
        let mut conn = db.connect();
        let mut seen = 0;
        let progress = |progress: Progress<'_>| {
            seen += if let Progress::Rows(rows) = progress { rows } else { 0 };
            if seen > 300 {
                // Without the message of a panic.
                resume_unwind(Box::new("interrupted"));
            }
        };
        let run = || {
            let run = game!(on &mut conn).tables(tables).shard(shard(number, 3));
            run.commit_every(50).batch_size(20).on_progress(progress).run()
        };
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        drop(conn);
        let report = game!(db).tables(tables).shard(shard(number, 3)).resume().run().unwrap();
        let before: u64 = report.tables.iter().map(|table| table.before).sum();
        assert!((200..=350).contains(&before) && report.total() > 500, "{before} of {}", report.total());
    }
    assert!(db.export_game() == rows);
}

#[test]
fn a_shard_that_has_come_before_its_parents_goes_on_when_they_are_there() {
    let mut db = Db::game();
    game!(db).tables(["levels"]).shard(shard(1, 2)).run().unwrap();
    let tables = ["users", "sessions", "scores"];
    let error = game!(db).tables(tables).shard(shard(1, 2)).commit_every(150).run().unwrap_err().to_string();
    assert!(error.starts_with("loading `scores`, row "), "{error}");
    let advice = "; rows of `levels` that other runs load are not there; wait until all of these runs are done; 150 rows before that \
                  are committed: to go on behind them, use `--resume` (in code: `.resume()`); to delete all rows of the \
                  tables and begin anew, `--reset` (`.reset()`), or for shards `--only-reset`";
    assert!(error.ends_with(advice), "{error}");

    game!(db).tables(["levels"]).shard(shard(2, 2)).run().unwrap();
    let report = game!(db).tables(tables).shard(shard(1, 2)).resume().run().unwrap();
    assert_eq!((report.rows("users"), report.rows("scores")), (25, 625));
    assert_eq!(db.number("SELECT count(*) FROM scores"), 625);
}
