//! Runs that load some tables, or a shard of each.

use super::FIRST;
use super::support::{Game, words};

/// The options of a larger game.
const LARGER: [&str; 4] = ["--seed", "42", "--count", "users=200"];

/// Its rows, as one run loads them.
fn rows_of_one_run() -> String {
    let game = Game::new();
    game.seed(&LARGER).ended_with(0);
    game.export()
}

#[test]
fn a_dry_run_shows_the_stages_as_they_are_to_be_given() {
    let game = Game::new();
    let run = game.seed(&[&LARGER[..], &["--dry-run", "--shard", "1/4"]].concat());
    run.ended_with(0);
    run.says(
        "4 shards load all tables in stages, each when all runs of the one before are done:\n\
         1. `--tables levels --shard 1/4` to `4/4`\n\
         2. `--tables users,user_profiles,sessions,scores --shard 1/4` to `4/4`\n",
    );
    run.says("Nothing was written (--dry-run).");
    assert!(game.is_untouched());

    let run = game.seed(&[&LARGER[..], &["--dry-run", "--tables", "users,sessions", "--shard", "3/4"]].concat());
    run.ended_with(0);
    for line in ["table rows shard 3/4 because relations", "users 200 50 count", "levels 5 - count"] {
        assert!(run.stdout.lines().any(|row| words(row) == line), "{line} is missing in:\n{}", run.stdout);
    }
    assert!(!game.seed(&["--dry-run"]).stdout.contains("stages"));
}

#[test]
fn stages_load_the_rows_of_one_run() {
    let game = Game::new();
    game.seed(&[&LARGER[..], &["--tables", "levels"]].concat()).ended_with(0);
    assert_eq!(game.rows(), [0, 0, 5, 0, 0]);
    for shard in ["2/3", "3/3", "1/3"] {
        let rest = ["--tables", "users,user_profiles", "--tables", "sessions,scores", "--shard", shard];
        let run = game.seed(&[&LARGER[..], &rest].concat());
        run.ended_with(0);
        run.says("Plan for seed 42: 6,405 rows in 5 tables");
        run.says(" rows in 4 tables, in ");
    }
    assert!(game.export() == rows_of_one_run());
}

#[test]
fn the_environment_is_read_only_where_it_is_asked_for() {
    let game = Game::new();
    let slurm = |arguments: &[&str]| {
        let mut command = game.command(arguments);
        for (name, value) in [("ID", "7"), ("MIN", "5"), ("MAX", "11"), ("STEP", "2"), ("COUNT", "4")] {
            command.env(format!("SLURM_ARRAY_TASK_{name}"), value);
        }
        game.run(command, "")
    };
    // An array of jobs may be one over seeds.
    slurm(&[]).ended_with(0);
    assert_eq!(game.rows(), FIRST);
    game.seed(&["--only-reset", "--yes"]).ended_with(0);

    let tables = ["--tables", "users,user_profiles", "--shard", "auto"];
    let run = slurm(&tables);
    run.ended_with(0);
    assert!(run.stdout.lines().any(|row| words(row).starts_with("table rows shard 2/4 ")), "{}", run.stdout);
    assert_eq!(game.rows(), [3, 3, 0, 0, 0]);
    let run = slurm(&["--tables", "users,user_profiles", "--shard", "auto/16"]);
    run.ended_with(2);
    run.complains("error: `--shard auto/16` is for 16 tasks, but SLURM_ARRAY_TASK_COUNT is 4; ");
    let run = game.seed(&tables);
    run.ended_with(2);
    run.complains(
        "error: `--shard auto` reads SLURM_ARRAY_TASK_ID, which Slurm sets for the tasks of a job array, and ",
    );
}

#[test]
fn rows_are_deleted_before_the_shards() {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let run = game.seed(&["--only-reset"]);
    run.ended_with(4);
    run.says(&format!("The reset deletes from {}:\n  users: 12 rows\n", game.place()));
    run.complains("error: not running in a terminal; pass `--yes` to delete these rows; nothing was changed\n");
    assert_eq!(game.rows(), FIRST);

    let run = game.seed(&["--only-reset", "--yes"]);
    run.ended_with(0);
    run.says(&format!("Deleted 389 rows of 5 tables of {}.\n", game.place()));
    assert_eq!(game.rows(), [0; 5]);
    let run = game.seed(&["--only-reset"]);
    run.ended_with(0);
    run.says(&format!("Deleted 0 rows of 0 tables of {}.\n", game.place()));

    let run = game.seed(&["--shard", "1/2", "--reset", "--yes"]);
    run.ended_with(2);
    run.complains("error: a shard cannot begin with a reset, which would delete what other shards have loaded; ");
    let run = game.seed(&["--tables", "users", "--append"]);
    run.ended_with(2);
    run.complains("error: `--append` (in code: `.append()`) adds rows of all tables in one run: ");
    game.seed(&["--only-reset", "--reset"]).ended_with(2);
}

#[test]
fn what_cannot_be_loaded_alone_says_what_to_load() {
    let game = Game::new();
    let run = game.seed(&["--shard", "2/2"]);
    run.ended_with(2);
    run.complains(
        "error: `scores.level_id` references rows of `levels` that other shards load at the same time; load in stages, each \
         when all runs of the one before are done: `--tables levels --shard 1/2` to `2/2`, then `--tables \
         users,user_profiles,sessions,scores --shard 1/2` to `2/2`\n",
    );
    let run = game.seed(&["--tables", "scores"]);
    run.ended_with(2);
    run.complains(
        "error: `scores.session_id` references rows of `sessions`, which this run does not load, and of which there are none; \
         load these first: `--tables sessions` (in code: `.tables([\"sessions\"])`); nothing was changed\n",
    );
    for (arguments, complaint) in [
        (["--tables", "user,levels"], "error: there is no table `user` in this run; did you mean `users`?\n"),
        (["--shard", "3/2"], "there is no shard 3 of 2; they are numbered from `1/2` to `2/2`\n"),
        (["--shard", "third"], "`third` is no shard; write its number and how many there are, such as `3/16`\n"),
        (["--shard", "auto/"], "`auto/` is no shard; write `auto`, or with the number of shards `auto/16`\n"),
    ] {
        let run = game.seed(&arguments);
        run.ended_with(2);
        run.complains(complaint);
    }
    assert_eq!(game.rows(), [0; 5]);
}

// SQLite has one writer at a time.
#[cfg(any(feature = "mysql", feature = "postgres"))]
mod at_once {
    use std::process::Command;

    use diesel::connection::SimpleConnection;

    use super::*;
    use crate::support::Run;

    #[test]
    fn four_processes_at_once_load_the_rows_of_one_run() {
        let rows = rows_of_one_run();
        let game = Game::new();
        game.seed(&[&LARGER[..], &["--tables", "levels"]].concat()).ended_with(0);
        let of = |number: u32| {
            // As four pods of a Kubernetes job.
            let rest = ["--tables", "users,user_profiles,sessions,scores", "--shard", "auto/4", "--batch-size", "50"];
            let mut command = game.command(&[&LARGER[..], &rest].concat());
            command.env("JOB_COMPLETION_INDEX", number.to_string());
            command
        };
        for run in together(&game, (0..4).map(of).collect()) {
            run.ended_with(0);
            run.says("Seeded 1,600 rows in 4 tables, in ");
        }
        assert!(game.export() == rows);
        // One that is started once more.
        let run = game.run(of(2), "");
        run.ended_with(3);
        run.complains("error: rows of `users` that shard 3/4 loads are there already");
        assert!(game.export() == rows);
        let next = "INSERT INTO scores (session_id, level_id, created_at, score, time_taken, accuracy) \
                    VALUES (1, 1, '2026-01-02 03:04:05', 1, 5, 0.5)";
        game.connect().batch_execute(next).unwrap();
        assert!(game.export().contains("scores (5001, "));
    }

    /// Runs that are started together, and have ended.
    fn together(game: &Game, commands: Vec<Command>) -> Vec<Run> {
        std::thread::scope(|scope| {
            let runs: Vec<_> = commands.into_iter().map(|command| scope.spawn(move || game.run(command, ""))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        })
    }
}
