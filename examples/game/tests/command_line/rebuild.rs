//! `--rebuild-constraints`: what a run says of it, and what is left of one that is killed.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

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

#[test]
fn a_run_says_what_was_off() {
    let game = game_with_an_index();
    let before = definitions(&game);
    let run = game.seed(&["--rebuild-constraints"]);
    run.ended_with(0);
    let constraints = match () {
        () if cfg!(feature = "mysql") => 4,
        () if cfg!(feature = "postgres") => 6,
        () => 5,
    };
    run.complains(&format!("{constraints} foreign keys and indexes\n"));
    run.says(&format!("{constraints} foreign keys and indexes were off while rows were loaded.\nThe data is in "));
    assert_eq!(definitions(&game), before);
    assert_eq!(game.rows(), [12, 12, 5, 60, 300]);
}

#[test]
fn a_run_says_why_something_stayed_on() {
    let game = game_with_an_index();
    let conn = &mut game.connect();
    let (trigger, why) = if cfg!(feature = "mysql") {
        (
            "CREATE TRIGGER levels_too BEFORE INSERT ON levels FOR EACH ROW SET @seeded = 1",
            "0 foreign keys and indexes were off while rows were loaded; ",
        )
    } else if cfg!(feature = "postgres") {
        ("ALTER TABLE scores ALTER CONSTRAINT scores_level_id_fkey DEFERRABLE", "6 foreign keys and indexes were off")
    } else {
        (
            "CREATE TRIGGER levels_too AFTER INSERT ON levels BEGIN SELECT 1; END",
            "0 foreign keys and indexes were off while rows were loaded; `FOREIGN KEY (user_id) REFERENCES users` of `user_profiles`, ",
        )
    };
    diesel::sql_query(trigger).execute(conn).unwrap();
    let run = game.seed(&["--rebuild-constraints"]);
    run.ended_with(0);
    run.says(why);
    if !cfg!(feature = "postgres") || cfg!(feature = "mysql") {
        run.says(" of `scores` stayed on, since the trigger `levels_too` may write to other tables");
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_row_and_all_definitions() {
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
