//! Where the database's URL comes from, and what of it is shown.

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
use diesel::prelude::*;
#[cfg(not(any(feature = "mysql", feature = "postgres")))]
use game::schema::users;

use super::FIRST;
use super::support::{Game, UNREACHABLE, UNREADABLE};

#[test]
fn a_url_of_another_database_names_the_feature() {
    let game = Game::new();
    let (url, feature) = if cfg!(feature = "mysql") {
        ("postgres://me:hunter2@localhost/game", "postgres")
    } else {
        ("mysql://me:hunter2@localhost/game", "mysql")
    };
    let run = game.seed(&["--database-url", url]);
    run.ended_with(2);
    run.complains(&format!("build it with `--features {feature}`"));
    run.hides("hunter2");
}

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let game = Game::new();
    for url in UNREACHABLE {
        let run = game.seed(&["--database-url", url]);
        run.ended_with(1);
        run.complains("cannot be reached: ");
        run.hides("hunter2");
        run.hides("hunter%32");
        // The same from the environment.
        let mut command = game.command_without_url(&[]);
        command.env("DATABASE_URL", url);
        let run = game.run(command, "");
        run.ended_with(1);
        run.hides("hunter2");
    }
}

#[test]
fn a_url_that_cannot_be_read_is_not_shown() {
    let game = Game::new();
    for url in UNREADABLE {
        let run = game.seed(&["--database-url", url]);
        assert!([1, 2].contains(&run.code), "{}", run.stderr);
        run.complains("error: ");
        run.hides("hunter2");
    }
}

#[test]
fn the_url_comes_from_the_environment() {
    let game = Game::new();
    let mut command = game.command_without_url(&[]);
    command.env("DATABASE_URL", &game.url);
    game.run(command, "").ended_with(0);
    assert_eq!(game.rows(), FIRST);
}

#[test]
fn the_url_comes_from_a_file() {
    let game = Game::new();
    std::fs::write(game.folder.path().join(".env"), format!("# The database\nDATABASE_URL=\"{}\"\n", game.url))
        .unwrap();
    game.run(game.command_without_url(&[]), "").ended_with(0);
    assert_eq!(game.rows(), FIRST);
}

#[test]
fn the_option_stands_above_the_environment_and_that_above_the_file() {
    let (option, environment, file) = (Game::new(), Game::new(), Game::new());
    std::fs::write(file.folder.path().join(".env"), format!("DATABASE_URL={}\n", file.url)).unwrap();
    let seed = |arguments: &[&str]| {
        let mut command = file.command_without_url(arguments);
        command.env("DATABASE_URL", &environment.url);
        file.run(command, "").ended_with(0);
    };

    seed(&["--database-url", &option.url]);
    assert_eq!(option.rows(), FIRST);
    assert!(environment.is_untouched() && file.is_untouched());

    seed(&[]);
    assert_eq!(environment.rows(), FIRST);
    assert!(file.is_untouched());
}

#[test]
fn a_file_that_cannot_be_read_is_not_shown() {
    let game = Game::new();
    std::fs::write(game.folder.path().join(".env"), "DATABASE_URL = \"hunter2\nnot a line\n").unwrap();
    let run = game.run(game.command_without_url(&[]), "");
    run.ended_with(2);
    run.complains("error: the file `.env` cannot be read; write lines such as `NAME=value`\n");
    run.hides("hunter2");
}

#[cfg(not(any(feature = "mysql", feature = "postgres")))]
#[test]
fn without_a_url_the_file_is_in_the_working_directory() {
    let game = Game::new();
    let run = game.run(game.command_without_url(&[]), "");
    run.ended_with(0);
    run.says("The data is in the SQLite file `game.sqlite3`.");
    let path = game.folder.path().join("game.sqlite3");
    let mut conn = game::Connection::establish(path.to_str().unwrap()).unwrap();
    assert_eq!(users::table.count().get_result(&mut conn), Ok(12_i64));
}
