//! `--rebuild-constraints`: what a run says of it, and what is left of one that is killed.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::support::Game;

/// What the catalogue tells of constraints and indexes.
fn definitions(game: &Game) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Definition {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let sql = if cfg!(feature = "mysql") {
        "SELECT CONCAT_WS('|', TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, ORDINAL_POSITION, REFERENCED_TABLE_NAME, \
                          REFERENCED_COLUMN_NAME) AS value
         FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()
         UNION ALL
         SELECT CONCAT_WS('|', TABLE_NAME, INDEX_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME)
         FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()
         ORDER BY value"
    } else if cfg!(feature = "postgres") {
        "SELECT concat_ws('|', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) AS value
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace
         UNION ALL
         SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
         WHERE relnamespace = 'public'::regnamespace
         ORDER BY value"
    } else {
        "SELECT type || '|' || name || '|' || COALESCE(sql, '') AS value FROM sqlite_master ORDER BY value"
    };
    let definitions: Vec<Definition> = diesel::sql_query(sql).load(&mut game.connect()).unwrap();
    definitions.into_iter().map(|definition| definition.value).collect()
}

/// The game with an index more, and no rows.
fn game_with_an_index() -> Game {
    let game = Game::new();
    game.seed(&[]).ended_with(0);
    let conn = &mut game.connect();
    diesel::sql_query("CREATE INDEX best_scores ON scores (level_id, score)").execute(conn).unwrap();
    for table in ["scores", "sessions", "user_profiles", "levels", "users"] {
        diesel::sql_query(format!("DELETE FROM {table}")).execute(conn).unwrap();
    }
    game
}

/// How many foreign keys and indexes it has, or `None` on a database where they stay on.
const CONSTRAINTS: Option<usize> = match () {
    () if cfg!(feature = "mysql") => None,
    () if cfg!(feature = "postgres") => Some(6),
    () => Some(5),
};

/// Options of a run that rebuilds them by itself, and what it loads then.
const MANY: [&str; 2] = ["--count", "users=2000"];
const ROWS: [i64; 5] = [2_000, 2_000, 5, 10_000, 50_000];

#[test]
fn a_run_says_what_was_off() {
    let game = game_with_an_index();
    let before = definitions(&game);
    let run = game.seed(&["--rebuild-constraints"]);
    let Some(constraints) = CONSTRAINTS else {
        run.ended_with(2);
        run.complains("error: `--rebuild-constraints` (in code: `.rebuild_constraints(…)`) is not for MySQL");
        return;
    };
    run.ended_with(0);
    run.complains(&format!("{constraints} foreign keys and indexes\n"));
    run.says(&format!(
        "\n{constraints} foreign keys and indexes are taken off while rows load, and checked before the commit.\n"
    ));
    run.says(&format!("{constraints} foreign keys and indexes were off while rows were loaded.\nThe data is in "));
    assert_eq!(definitions(&game), before);
    assert_eq!(game.rows(), [12, 12, 5, 60, 300]);
}

#[test]
fn a_run_of_many_rows_takes_them_off_unasked() {
    let game = game_with_an_index();
    let before = definitions(&game);
    let all = |more: &[&'static str]| [&MANY[..], more].concat();
    let ahead = "foreign keys and indexes are taken off while rows load, and checked before the commit.";
    let after = "foreign keys and indexes were off while rows were loaded.";
    let dry_run = game.seed(&all(&["--dry-run"]));
    let run = game.seed(&MANY);
    run.ended_with(0);
    match CONSTRAINTS {
        Some(constraints) => {
            dry_run.says(&format!("\n{constraints} {ahead}\n"));
            run.says(&format!("\n{constraints} {ahead}\n"));
            run.says(&format!("\n{constraints} {after}\n"));
        }
        None => [dry_run, run].iter().for_each(|run| run.hides("foreign keys and indexes")),
    }
    assert_eq!((definitions(&game), game.rows()), (before, ROWS));
    let run = game.seed(&all(&["--reset", "--yes", "--rebuild-constraints=never"]));
    run.ended_with(0);
    run.hides("foreign keys and indexes");
    let run = game.seed(&["--reset", "--yes"]);
    run.ended_with(0);
    run.hides("foreign keys and indexes");
}

#[cfg(not(feature = "mysql"))]
#[test]
fn a_run_says_why_something_stayed_on() {
    let game = game_with_an_index();
    let conn = &mut game.connect();
    let triggers = if cfg!(feature = "postgres") {
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER levels_too BEFORE INSERT ON levels FOR EACH ROW EXECUTE FUNCTION nothing()"
    } else {
        "CREATE TRIGGER levels_too AFTER INSERT ON levels BEGIN SELECT 1; END"
    };
    diesel::connection::SimpleConnection::batch_execute(conn, triggers).unwrap();
    let run = game.seed(&["--rebuild-constraints"]);
    run.ended_with(0);
    let all = "`FOREIGN KEY (user_id) REFERENCES users` of `user_profiles`, `FOREIGN KEY (user_id) REFERENCES users` of `sessions`, \
               `FOREIGN KEY (session_id) REFERENCES sessions` of `scores`, `FOREIGN KEY (level_id) REFERENCES levels` of `scores`, \
               `best_scores` of `scores` stayed on, since the trigger `levels_too` may write to other tables, or need an index.";
    run.says(match cfg!(feature = "postgres") {
        true => {
            "4 foreign keys and indexes were off while rows were loaded; `users_username_key` of `users`, `best_scores` of `scores` \
             stayed on, since a trigger of a table of the run may need it."
        }
        false => all,
    });

    // One that was not asked names the first of them.
    let run = game.seed(&[&MANY[..], &["--reset", "--yes"]].concat());
    run.ended_with(0);
    run.says(match cfg!(feature = "postgres") {
        true => {
            "4 foreign keys and indexes were off while rows were loaded; `users_username_key` of `users` and 1 other stayed on, since a \
             trigger of a table of the run may need it."
        }
        false => {
            "0 foreign keys and indexes were off while rows were loaded; `FOREIGN KEY (user_id) REFERENCES users` of `user_profiles` \
             and 4 others stayed on, since the trigger `levels_too` may write to other tables, or need an index."
        }
    });
}

#[cfg(not(feature = "mysql"))]
#[test]
fn a_run_that_is_killed_leaves_no_row_and_all_definitions() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    use std::thread;
    use std::time::Duration;

    let game = game_with_an_index();
    let before = definitions(&game);
    // While rows are loaded, when all are there, and at a time between.
    for (line, later) in [("scores:", 0), ("scores:", 40), ("foreign keys and indexes", 0)] {
        let mut seed = game
            .command(&["--rebuild-constraints", "--count", "users=1000"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(seed.stderr.take().unwrap()).lines().any(|said| said.unwrap().contains(line));
        assert!(said, "`{line}` was never said");
        thread::sleep(Duration::from_millis(later));
        seed.kill().unwrap();
        assert!(!seed.wait().unwrap().success(), "it has ended before it was killed, after `{line}`");
        // The server may be at the work that the process has left.
        assert_eq!(game.rows(), [0; 5], "{line} + {later} ms");
        assert_eq!(definitions(&game), before, "{line} + {later} ms");
    }
    // It may hold for a moment what the process had claimed, too.
    let mut again = game.seed(&["--rebuild-constraints"]);
    for _ in 0..50 {
        if again.code != 5 {
            break;
        }
        thread::sleep(Duration::from_millis(100));
        again = game.seed(&["--rebuild-constraints"]);
    }
    again.ended_with(0);
    assert_eq!(game.rows(), [12, 12, 5, 60, 300]);
    assert_eq!(definitions(&game), before);
}
