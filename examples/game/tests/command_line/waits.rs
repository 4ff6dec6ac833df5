//! Other connections in the way of a run: whom it names, how long it waits, and what has become of a COMMIT when the
//! connection breaks.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;

use super::FIRST;
use super::support::Game;

/// Runs while another connection has begun something, and ends it after a while.
fn beside(
    game: &Game,
    begin: &str,
    end: &'static str,
    after: Option<Duration>,
    arguments: &[&str],
) -> super::support::Run {
    let mut other = game.connect();
    other.batch_execute(begin).unwrap();
    let ending = after.map(|after| {
        let mut other = std::mem::replace(&mut other, game.connect());
        thread::spawn(move || {
            thread::sleep(after);
            other.batch_execute(end).unwrap();
        })
    });
    let run = game.seed(arguments);
    if let Some(ending) = ending {
        ending.join().unwrap();
    } else {
        other.batch_execute(end).unwrap();
    }
    run
}

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
mod sqlite {
    use super::*;

    #[test]
    fn a_file_that_is_kept_is_busy() {
        for journal in ["WAL", "DELETE"] {
            for begin in ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"] {
                let game = Game::new();
                game.seed(&[]).ended_with(0);
                game.connect().batch_execute(&format!("PRAGMA journal_mode = {journal}")).unwrap();
                for arguments in [
                    &["--reset", "--yes", "--lock-timeout", "1"][..],
                    &["--only-reset", "--yes", "--lock-timeout", "1"],
                    &["--append", "--lock-timeout", "1"],
                    &["--reset", "--yes", "--commit-every", "100", "--lock-timeout", "1"],
                ] {
                    let run = beside(&game, begin, "ROLLBACK", None, arguments);
                    run.ended_with(5);
                    run.complains("; wait for its end, and start this run again");
                }
                assert_eq!(game.rows(), FIRST);
            }
        }
    }

    #[test]
    fn a_new_file_and_a_dry_run_are_busy_too() {
        let game = Game::new();
        for arguments in [&["--lock-timeout", "1"][..], &["--dry-run", "--lock-timeout", "1"]] {
            let run = beside(&game, "BEGIN EXCLUSIVE", "ROLLBACK", None, arguments);
            run.ended_with(5);
            run.complains("wait for its end, and start this run again");
        }
    }

    #[test]
    fn a_file_that_is_given_back_is_waited_for() {
        let game = Game::new();
        game.seed(&[]).ended_with(0);
        let after = Some(Duration::from_millis(3_500));
        let run = beside(&game, "BEGIN IMMEDIATE", "ROLLBACK", after, &["--reset", "--yes", "--seed", "7"]);
        run.ended_with(0);
        run.complains("waiting for another connection, which cannot be named\n");
        assert_eq!(run.stderr.matches("waiting for").count(), 1, "{}", run.stderr);
    }

    #[test]
    fn a_reader_keeps_a_commit_away() {
        let game = Game::new();
        game.seed(&[]).ended_with(0);
        let first = game.export();
        let begin = "BEGIN; SELECT count(*) FROM users";
        let run = beside(&game, begin, "ROLLBACK", None, &["--reset", "--yes", "--seed", "7", "--lock-timeout", "1"]);
        run.ended_with(5);
        run.complains("another run or another connection uses it");
        run.complains("; nothing was changed\n");
        assert_eq!(game.export(), first);
    }
}

#[cfg(any(feature = "mysql", feature = "postgres"))]
mod server {
    use url::Url;

    use super::*;
    use crate::support::proxy::{Lost, Proxy};

    #[cfg(feature = "mysql")]
    const KEEP: (&str, &str) = ("LOCK TABLES scores WRITE", "UNLOCK TABLES");
    #[cfg(not(feature = "mysql"))]
    const KEEP: (&str, &str) =
        ("SET application_name = 'nightly report'; BEGIN; LOCK TABLE scores IN ACCESS EXCLUSIVE MODE", "ROLLBACK");

    /// How the run names another connection.
    #[cfg(feature = "mysql")]
    const WHO: &str = "(seed@127.0.0.1:";
    #[cfg(not(feature = "mysql"))]
    const WHO: &str = "(nightly report), busy for ";

    #[test]
    fn a_lock_that_is_kept_ends_the_run() {
        let game = Game::new();
        game.seed(&[]).ended_with(0);
        let first = game.export();
        let named = "SET application_name = 'nightly report'; ";
        let named = if cfg!(feature = "mysql") { "" } else { named };
        for (begin, end) in [
            KEEP,
            (&*format!("{named}BEGIN; SELECT id FROM users WHERE id = 1 FOR UPDATE"), "ROLLBACK"),
            (&*format!("{named}BEGIN; UPDATE sessions SET duration = 77 WHERE id = 7"), "ROLLBACK"),
        ] {
            let run = beside(&game, begin, end, None, &["--reset", "--yes", "--seed", "7", "--lock-timeout", "1"]);
            run.ended_with(5);
            run.complains(WHO);
            run.complains("; nothing was changed\n");
            assert_eq!(game.export(), first);
        }
    }

    #[test]
    fn a_row_that_is_not_committed_yet_ends_the_run() {
        let game = Game::new();
        game::migrate(&mut game.connect()).unwrap();
        let named = if cfg!(feature = "mysql") { "" } else { "SET application_name = 'nightly report'; " };
        let begin = format!("{named}BEGIN; INSERT INTO levels (id, name, difficulty) VALUES (3, 'mine', 1)");
        let run = beside(&game, &begin, "ROLLBACK", None, &["--lock-timeout", "1"]);
        run.ended_with(5);
        run.complains(WHO);
        assert_eq!(game.rows(), [0; 5]);
    }

    #[test]
    fn a_parent_that_is_kept_ends_the_run() {
        let game = Game::new();
        game.seed(&[]).ended_with(0);
        game.connect().batch_execute("DELETE FROM scores").unwrap();
        let named = if cfg!(feature = "mysql") { "" } else { "SET application_name = 'nightly report'; " };
        let begin = format!("{named}BEGIN; SELECT id FROM sessions WHERE id = 5 FOR UPDATE");
        let run = beside(&game, &begin, "ROLLBACK", None, &["--tables", "scores", "--lock-timeout", "1"]);
        run.ended_with(5);
        run.complains(WHO);
        assert_eq!(game.rows()[4], 0);
    }

    #[test]
    fn a_lock_that_is_given_back_is_waited_for() {
        let game = Game::new();
        game.seed(&[]).ended_with(0);
        let (begin, end) = KEEP;
        let after = Some(Duration::from_millis(3_500));
        let run = beside(&game, begin, end, after, &["--reset", "--yes", "--seed", "7"]);
        run.ended_with(0);
        run.complains("waiting for ");
        run.complains(WHO);
        assert_eq!(game.rows(), FIRST);
    }

    /// Runs by a proxy that loses a COMMIT.
    fn loses(game: &Game, lost: Lost, arguments: &[&str]) -> crate::support::Run {
        let mut url = Url::parse(&game.url).unwrap();
        let proxy = Proxy::before(url.port().unwrap(), &["COPY", "INSERT INTO `scores`"], lost);
        url.set_port(Some(proxy.port)).unwrap();
        let mut command = game.command_without_url(arguments);
        command.env("DATABASE_URL", url.as_str());
        game.run(command, "")
    }

    #[test]
    fn a_commit_whose_answer_is_lost_is_a_success() {
        let game = Game::new();
        game::migrate(&mut game.connect()).unwrap();
        let run = loses(&game, Lost::Answer, &[]);
        run.ended_with(0);
        run.complains("the connection broke before the database had answered the COMMIT; ");
        run.says("Seeded 389 rows in 5 tables");
        assert_eq!(game.rows(), FIRST);
    }

    #[test]
    fn a_commit_that_is_lost_has_changed_nothing() {
        let game = Game::new();
        game::migrate(&mut game.connect()).unwrap();
        let run = loses(&game, Lost::Commit, &[]);
        run.ended_with(1);
        run.complains("error: the commit failed: ");
        run.complains("; nothing was changed\n");
        assert_eq!(game.rows(), [0; 5]);
    }

    #[cfg(feature = "mysql")]
    #[test]
    fn a_commit_that_leaves_what_was_there_is_not_known() {
        let game = Game::new();
        game.seed(&[]).ended_with(0);
        let run = loses(&game, Lost::Answer, &["--reset", "--yes"]);
        run.ended_with(6);
        run.complains(
            "whether its rows are in the database is not known: the tables hold the same rows in either case",
        );
        assert_eq!(game.rows(), FIRST);
    }

    #[test]
    fn the_help_tells_of_locks() {
        let run = Game::new().seed(&["--help"]);
        run.says("--lock-timeout <SECONDS>");
        run.says("6 the connection broke while");
    }
}
