//! The binary `seed`, run as a user runs it: on SQLite, or on the server of the feature that is
//! built in (see `tests/fixtures.rs`). What it has done is asserted in the database.

#[path = "command_line/rebuild.rs"]
mod rebuild;
#[path = "command_line/settings.rs"]
mod settings;
#[path = "command_line/shards.rs"]
mod shards;
#[path = "command_line/support.rs"]
mod support;
#[path = "command_line/urls.rs"]
mod urls;
#[path = "command_line/waits.rs"]
mod waits;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use game::schema::{scores, sessions, users};

use support::{Game, UNREACHABLE, UNREADABLE, words};

/// What a first run leaves: users, profiles, levels, sessions, scores.
const FIRST: [i64; 5] = [12, 12, 5, 60, 300];

#[test]
fn a_first_run_migrates_and_seeds() {
    let game = Game::new();
    let run = game.seed(&[]);

    run.ended_with(0);
    assert_eq!(game.rows(), FIRST);
    run.says("Plan for seed 0: 389 rows in 5 tables");
    for line in [
        "users 12 count",
        "user_profiles 12 1 for each of users, by user_id user_id → users (in order)",
        "levels 5 count",
        "sessions 60 5 for each of users, by user_id user_id → users (in order)",
        "scores 300 5 for each of sessions, by session_id session_id → sessions (in order)",
    ] {
        assert!(run.stdout.lines().any(|row| words(row) == line), "{line} is missing in:\n{}", run.stdout);
    }
    let order: Vec<usize> =
        ["users: 12 rows", "sessions: 60 rows", "scores: 300 rows"].map(|line| run.stderr.find(line).unwrap()).to_vec();
    assert!(order.is_sorted(), "{}", run.stderr);
    run.says("Seeded 389 rows in 5 tables, in ");
    run.says(&format!("The data is in {}.", game.place()));
    // Nobody is there to see a progress bar.
    assert!(!run.stderr.contains('\r') && !run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}

#[test]
fn a_second_run_changes_nothing() {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let first = game.export();

    let run = game.seed(&["--seed", "7"]);

    run.ended_with(3);
    run.complains(
        "error: tables hold rows already: `users` 12, `levels` 5, `user_profiles` 12, `sessions` 60, `scores` 300; to delete \
         these and seed again, use `--reset` (in code: `.reset()`); to keep them and add rows behind them, `--append` \
         (`.append()`); nothing was changed\n",
    );
    assert_eq!(game.export(), first);
}

#[test]
fn more_rows_go_on_behind_those_that_are_there() {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let first = game.export();
    let dry = game.seed(&["--append", "--dry-run"]);
    dry.ended_with(0);
    assert!(dry.stdout.lines().any(|row| words(row) == "levels 5 count; behind row 5"), "{}", dry.stdout);
    assert_eq!(game.export(), first);

    let run = game.seed(&["--append", "--count", "levels=3"]);

    run.ended_with(0);
    run.says("Seeded 387 rows in 5 tables, in ");
    assert_eq!(game.rows(), [24, 24, 8, 120, 600]);
    let both = game.export();
    let both: Vec<&str> = both.lines().collect();
    assert!(first.lines().all(|row| both.contains(&row)), "a row that was there has changed");
}

#[test]
fn rows_are_kept_or_deleted() {
    let game = Game::new();
    let run = game.seed(&["--append", "--reset"]);
    run.ended_with(2);
    run.complains("the argument '--append' cannot be used with '--reset'");
}

#[test]
fn a_reset_is_confirmed() {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let first = game.export();

    let run = game.seed(&["--reset", "--seed", "7"]);
    run.ended_with(4);
    run.says(&format!("The reset deletes from {}:\n  users: 12 rows\n", game.place()));
    run.complains("error: not running in a terminal; pass `--yes` to delete these rows; nothing was changed\n");
    assert_eq!(game.export(), first);

    let run = game.seed(&["--reset", "--commit-every", "100"]);
    run.ended_with(4);
    run.says("The deletion is committed before the first new rows: if the run fails, these rows do not come back.\n");
    assert_eq!(game.export(), first);

    // `yes | seed --reset` is not a terminal, either.
    let run = game.run(game.command(&["--reset", "--seed", "7"]), "y\n");
    run.ended_with(4);
    assert_eq!(game.export(), first);
}

#[test]
fn a_reset_seeds_the_same_bytes() {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let first = game.export();
    game.connect().batch_execute("UPDATE scores SET score = 1").unwrap();
    assert_ne!(game.export(), first);

    game.seed(&["--reset", "--yes"]).ended_with(0);
    assert_eq!(game.export(), first);
    game.seed(&["--reset", "-y", "--batch-size", "7", "--threads", "3"]).ended_with(0);
    assert_eq!(game.export(), first);

    game.seed(&["--reset", "--yes", "--seed", "7"]).ended_with(0);
    assert_eq!(game.rows(), FIRST);
    let common = game.export().lines().filter(|line| first.contains(line)).count();
    assert_eq!(common, 0);
    game.seed(&["--reset", "--yes", "--seed", "0"]).ended_with(0);
    assert_eq!(game.export(), first);
}

#[test]
fn the_rows_are_those_of_every_other_database() {
    let game = Game::new();
    game.seed(&["--seed", "42"]).ended_with(0);
    let golden = include_str!("../../../tests/tests/golden/game.txt").replace("\r\n", "\n");
    assert!(game.export() == golden, "{}", game.export());
}

#[test]
fn counts_and_children_can_be_given() {
    let game = Game::new();
    game.seed(&["--count", "users=7", "--count", "levels=1_000", "--with", "sessions.user_id=3"]).ended_with(0);
    assert_eq!(game.rows(), [7, 7, 1_000, 21, 105]);

    game.seed(&["--reset", "--yes", "--with=sessions.user_id=1..=2", "--with", "scores.session_id=0"]).ended_with(0);
    let [users, _, _, sessions, scores] = game.rows();
    assert!((12..=24).contains(&sessions), "{sessions}");
    assert_eq!((users, scores), (12, 0));

    game.seed(&["--reset", "--yes", "--with", "sessions.user_id=0.5: 0, 0.5: 10"]).ended_with(0);
    let mut conn = game.connect();
    let counts: Vec<i64> =
        sessions::table.group_by(sessions::user_id).select(diesel::dsl::count_star()).load(&mut conn).unwrap();
    assert!(counts.len() < 12 && counts.iter().all(|count| *count == 10), "{counts:?}");
}

#[test]
fn some_parents_can_be_drawn_more_often_than_others() {
    let game = Game::new();
    let levels = |game: &Game| -> Vec<i64> {
        let counts = scores::table.group_by(scores::level_id).select(diesel::dsl::count_star());
        let mut counts: Vec<i64> = counts.load(&mut game.connect()).unwrap();
        counts.sort();
        counts
    };
    game.seed(&[]).ended_with(0);
    assert!(levels(&game)[4] < 100, "{:?}", levels(&game));

    let run = game.seed(&["--reset", "--yes", "--zipf", "scores.level_id=2"]);
    run.ended_with(0);
    run.says("level_id → levels (any, some more often than others)");
    assert!(levels(&game)[4] > 150, "{:?}", levels(&game));
    let options = game.export();

    std::fs::write(game.folder.path().join("seed.toml"), "tables.scores.zipf.level_id = 2.0").unwrap();
    game.seed(&["--reset", "--yes", "--config", "seed.toml"]).ended_with(0);
    assert_eq!(game.export(), options);

    for (zipf, complaint) in [
        (
            "users.username=1",
            "`users.username`: `zipf` draws parents, but the column has no reference to another table; add \
             `#[seed(references = parent::id)]` to its field",
        ),
        (
            "sessions.user_id=1",
            "`sessions.user_id`: `with` says how many children each parent gets, and `zipf` draws them; keep one of the \
             two",
        ),
        ("scores.level_id=-1", "`scores.level_id`: `-1` is no exponent; write a finite number of at least 0"),
    ] {
        let run = game.seed(&["--zipf", zipf]);
        run.ended_with(2);
        run.complains(&format!("error: {complaint}\n"));
    }
}

#[test]
fn what_is_given_twice_is_a_mistake() {
    let game = Game::new();
    let run = game.seed(&["--count", "users=1", "--count", "users=2"]);
    run.ended_with(2);
    run.complains(
        "error: the rows of `users` are given twice, by `--count users=1` and by `--count users=2`; keep one of them\n",
    );
    assert!(game.is_untouched());
}

#[test]
fn times_are_relative_to_an_anchor() {
    let game = Game::new();
    game.seed(&["--anchor", "2020-03-01"]).ended_with(0);
    let mut conn = game.connect();
    let latest: Option<NaiveDateTime> =
        scores::table.select(diesel::dsl::max(scores::created_at)).first(&mut conn).unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap().and_time(chrono::NaiveTime::MIN);
    let latest = latest.unwrap();
    assert!((day("2019-09-01")..=day("2020-03-01")).contains(&latest), "{latest}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let game = Game::new();
    let run = game.seed(&["--dry-run"]);

    run.ended_with(0);
    run.says("Plan for seed 0: 389 rows in 5 tables");
    for (table, rows) in [("users", 12), ("user_profiles", 12), ("levels", 5), ("sessions", 60), ("scores", 300)] {
        run.says(&format!("{table}, 5 of {rows}:\n"));
    }
    run.says("Nothing was written (--dry-run).");
    assert!(game.is_untouched());

    // What it shows is what a run writes.
    game.seed(&[]).ended_with(0);
    let mut conn = game.connect();
    let users: Vec<(i32, String, NaiveDate)> = users::table
        .order(users::id)
        .limit(6)
        .select((users::id, users::username, users::date_of_birth))
        .load(&mut conn)
        .unwrap();
    let shows = |(id, username, birth): &(i32, String, NaiveDate)| {
        run.stdout
            .lines()
            .map(words)
            .any(|row| row.starts_with(&format!("{id} ")) && row.ends_with(&format!(" {username} {birth}")))
    };
    assert!(users[..5].iter().all(shows), "{}", run.stdout);
    assert!(!shows(&users[5]), "{}", run.stdout);
}

#[test]
fn a_dry_run_asks_the_database_where_that_is_there() {
    let game = Game::new();
    let place = game.place();
    let run = game.seed(&["--dry-run"]);
    run.ended_with(0);
    run.says(&match cfg!(any(feature = "mysql", feature = "postgres")) {
        true => format!("The database was not asked: the table `users` of {place} cannot be read: "),
        false => format!("The database was not asked: {place} is not there yet\n"),
    });

    game.seed(&[]).ended_with(0);
    let first = game.export();
    let run = game.seed(&["--dry-run", "--seed", "7"]);
    run.ended_with(0);
    assert!(run.stdout.starts_with("Plan for seed 7: "), "{}", run.stdout);
    assert_eq!(game.export(), first);
}

#[test]
fn a_dry_run_needs_no_database() {
    let game = Game::new();
    for url in UNREACHABLE.into_iter().chain(UNREADABLE) {
        let run = game.seed(&["--dry-run", "--database-url", url]);
        run.ended_with(0);
        run.says("The database was not asked: ");
        run.says("Plan for seed 0: 389 rows in 5 tables");
        run.hides("hunter2");
    }
    assert!(game.is_untouched());
}

#[test]
fn a_dry_run_says_how_values_are_made() {
    let run = Game::new().seed(&["--dry-run"]);
    for line in [
        "users.id counts up",
        "users.username username of the row's person, unique",
        "sessions.user_id users.id",
        "sessions.duration range = 60..=7_200",
    ] {
        assert!(run.stdout.lines().any(|row| words(row) == line), "{line} is missing in:\n{}", run.stdout);
    }
}

#[test]
fn the_machine_s_time_zone_and_language_change_nothing() {
    let here = Game::new();
    here.seed(&[]).ended_with(0);

    let elsewhere = Game::new();
    let mut seed = elsewhere.command(&[]);
    seed.envs([("TZ", "Pacific/Chatham"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "ar_SA.UTF-8"), ("LANGUAGE", "ja")]);
    elsewhere.run(seed, "").ended_with(0);

    assert_eq!(elsewhere.export(), here.export());
}

#[test]
fn a_locale_changes_names_and_nothing_else() {
    let english = Game::new();
    english.seed(&[]).ended_with(0);
    let french = Game::new();
    french.seed(&["--locale", "fr_FR"]).ended_with(0);

    let sessions = |game: &Game| -> Vec<String> {
        game.export().lines().filter(|line| line.starts_with("sessions ")).map(str::to_owned).collect()
    };
    assert_eq!(sessions(&french), sessions(&english));
    assert_ne!(french.export(), english.export());

    let run = french.seed(&["--locale", "fr_FX"]);
    run.ended_with(2);
    run.complains("there is no locale `fr_FX`; did you mean `fr_FR`?");
}

#[test]
fn help_lists_the_options_and_the_exit_codes() {
    let game = Game::new();
    let run = game.seed(&["--help"]);
    run.ended_with(0);
    for option in [
        "--database-url <URL>",
        "--config <FILE>",
        "--seed <N>",
        "--count <TABLE=N>",
        "--with <TABLE.COLUMN=N>",
        "--zipf <TABLE.COLUMN=S>",
        "--anchor <DATE>",
        "--locale <LOCALE>",
        "--dry-run",
        "--reset",
        "--yes",
        "--confirm <NAME>",
        "--batch-size <N>",
        "--threads <N>",
    ] {
        run.says(option);
    }
    run.says("Exit codes: 0 done, ");
    assert!(game.is_untouched());
}

#[test]
fn wrong_names_suggest_the_nearest() {
    let game = Game::new();
    for (option, value, complaint) in [
        ("--count", "user=5", "there is no table `user` in this run; did you mean `users`?"),
        ("--count", "elephants=5", "there is no table `elephants` in this run"),
        ("--with", "session.user_id=3", "there is no table `session` in this run; did you mean `sessions`?"),
        ("--with", "sessions.usr_id=3", "`sessions` has no column `usr_id`; did you mean `user_id`?"),
        (
            "--with",
            "users.username=3",
            "`users.username` has no reference to another table, so `with` cannot count children; add `#[seed(references = \
             parent::id)]` to its field",
        ),
    ] {
        let run = game.seed(&[option, value]);
        run.ended_with(2);
        run.complains(&format!("error: {complaint}\n"));
    }
    // All of them at once, each on a line.
    let run = game.seed(&["--count", "user=5", "--with", "sessions.usr_id=3"]);
    run.ended_with(2);
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("error: ")).count(), 2, "{}", run.stderr);
    assert!(game.is_untouched());
}

#[test]
fn a_count_of_rows_that_a_parent_drives_is_a_mistake() {
    let game = Game::new();
    let run = game.seed(&["--count", "sessions=100"]);
    run.ended_with(2);
    for name in ["`sessions`", "100", "`users`"] {
        run.complains(name);
    }
    assert!(game.is_untouched());
}

#[test]
fn wrong_values_say_what_to_write() {
    let game = Game::new();
    for (option, value, advice) in [
        ("--count", "users", "such as `users=1000`"),
        ("--count", "users=-1", "such as `users=1000`"),
        ("--with", "sessions=5", "such as `sessions.user_id=3`"),
        ("--with", "sessions.user_id=many", "write `3`, `1..=5`"),
        ("--zipf", "scores.level_id", "such as `posts.author_id=1.1`"),
        ("--anchor", "2026-02-30", "write a date such as `2026-01-01`, or `today`"),
        ("--batch-size", "0", "0 is not in 1.."),
    ] {
        let run = game.seed(&[option, value]);
        run.ended_with(2);
        run.complains(advice);
    }
    game.seed(&["--sed", "1"]).complains("exists: '--seed'");
    assert!(game.is_untouched());
}

#[test]
fn a_run_that_fails_leaves_nothing_behind() {
    let game = Game::new();
    let mut conn = game.connect();
    game::migrate(&mut conn).unwrap();
    conn.batch_execute("CREATE UNIQUE INDEX one_score_a_level ON scores (level_id)").unwrap();

    let run = game.seed(&[]);

    run.ended_with(1);
    run.complains("error: loading `scores`, row ");
    run.complains(
        "; mark the column `#[seed(unique)]`, or several that differ together `#[seed(unique(a, b))]` on the model, ",
    );
    run.complains("so that the values are made distinct; nothing was changed\n");
    run.hides("INSERT");
    assert_eq!(game.rows(), [0; 5]);

    // Once its reason is gone, the next run works.
    conn.batch_execute(if cfg!(feature = "mysql") {
        "ALTER TABLE scores ADD INDEX (level_id); DROP INDEX one_score_a_level ON scores"
    } else {
        "DROP INDEX one_score_a_level"
    })
    .unwrap();
    game.seed(&[]).ended_with(0);
    assert_eq!(game.rows(), FIRST);
}

#[test]
fn a_foreign_key_without_a_relation_is_a_mistake_of_the_models() {
    let game = Game::new();
    let mut conn = game.connect();
    game::migrate(&mut conn).unwrap();
    conn.batch_execute(
        "DROP TABLE user_profiles;
         CREATE TABLE user_profiles (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, first_name VARCHAR(30) NOT NULL,
             last_name VARCHAR(30) NOT NULL, title VARCHAR(30) NOT NULL, FOREIGN KEY (id) REFERENCES users (id));",
    )
    .unwrap();
    for arguments in [[].as_slice(), &["--dry-run"]] {
        let run = game.seed(arguments);
        run.ended_with(2);
        run.complains("error: `user_profiles.id` references `users.id` in the database");
        run.complains(", but no relation of the model says so; add `#[seed(references = users::id)]` to its field\n");
        assert_eq!(game.rows(), [0; 5]);
    }
}

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
#[test]
fn a_dry_run_creates_no_file() {
    let game = Game::new();
    game.run(game.command_without_url(&["--dry-run"]), "").ended_with(0);
    assert_eq!(std::fs::read_dir(&game.folder).unwrap().count(), 0);
}

#[cfg(all(feature = "postgres", not(feature = "mysql")))]
#[test]
fn writing_to_a_database_elsewhere_is_confirmed_by_its_name() {
    let game = Game::new();
    // A service is a file of settings, which may name any host: so this one counts as elsewhere.
    let services = game.folder.path().join("services.conf");
    std::fs::write(&services, "[production]\nconnect_timeout=10\n").unwrap();
    let url = format!("{}?service=production", game.url);
    let seed = |arguments: &[&str]| {
        let mut command = game.command_without_url(&["--database-url", &url]);
        command.args(arguments).env("PGSERVICEFILE", &services);
        game.run(command, "y\n")
    };
    let name = game.url.rsplit('/').next().unwrap();

    // Not even a migration runs.
    for options in [&["--append"][..], &[], &["--yes"], &["--only-reset", "--yes"], &["--commit-every", "10"]] {
        let run = seed(options);
        run.ended_with(4);
        run.complains(
            " is not on this machine; to let this run write to it, give the database's name with `--confirm NAME`; nothing was \
             changed\n",
        );
        assert!(game.is_untouched(), "{options:?}");
    }
    let run = seed(&["--confirm", "game"]);
    run.ended_with(4);
    run.complains("error: `game` is not the database's name; nothing was changed\n");
    assert!(game.is_untouched());
    // A dry run writes nothing, and asks nothing.
    seed(&["--dry-run"]).ended_with(0);

    seed(&["--confirm", name]).ended_with(0);
    let first = game.export();
    seed(&["--reset", "--seed", "7", "--confirm", name]).ended_with(0);
    assert_ne!(game.export(), first);

    // The name is the server's: the URL need not say it.
    let (server, _) = url.rsplit_once('/').unwrap();
    let mut command =
        game.command_without_url(&["--reset", "--database-url", &format!("{server}/?service=production")]);
    command.args(["--confirm", name]).env("PGSERVICEFILE", &services).env("PGDATABASE", name);
    game.run(command, "").ended_with(0);
    assert_eq!(game.export(), first);
}

#[test]
fn a_protected_database_is_refused_whatever_is_passed() {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let first = game.export();
    let run = game.seed(&["protect"]);
    run.ended_with(0);
    run.says(" is now protected by its table `__seed_protected`; to allow runs again, drop this table at the database's own prompt.\n");
    let run = game.seed(&["protect"]);
    run.ended_with(0);
    run.says(" is already protected by its table `__seed_protected`");

    let all = ["--reset", "--yes", "--confirm", "game", "--seed", "7"];
    for options in [&all[..], &["--append"], &["--only-reset", "--yes"], &[], &["--commit-every", "10", "--resume"]] {
        let run = game.seed(options);
        run.ended_with(4);
        run.complains(" is protected by its table `__seed_protected`; nothing was changed; to allow runs that insert");
    }
    assert_eq!(game.export(), first);

    game.connect().batch_execute("DROP TABLE __seed_protected").unwrap();
    game.seed(&all).ended_with(0);
    assert_ne!(game.export(), first);
}

#[test]
fn a_run_may_commit_on_its_way() {
    let game = Game::new();
    game.seed(&["--seed", "42", "--commit-every", "1_00", "--resume"]).ended_with(0);
    let golden = include_str!("../../../tests/tests/golden/game.txt").replace("\r\n", "\n");
    assert!(game.export() == golden, "{}", game.export());

    // What has been finished is not gone on with.
    let run = game.seed(&["--seed", "42", "--commit-every", "100", "--resume"]);
    run.ended_with(3);
    run.complains("error: tables hold rows already: ");

    for (options, complaint) in [
        (["--resume", "--reset"], "the argument '--resume' cannot be used with '--reset'"),
        (
            ["--resume", "--rebuild-constraints"],
            "a run that commits on its way, or goes on with one that did, cannot rebuild",
        ),
        (["--commit-every", "0"], "write a number of rows, such as `1_000_000`"),
    ] {
        let run = game.seed(&options);
        run.ended_with(2);
        run.complains(complaint);
    }
}
