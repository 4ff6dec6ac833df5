//! The file of settings.

use super::support::Game;

#[test]
fn settings_come_from_a_file() {
    let game = Game::new();
    std::fs::write(
        game.folder.path().join("seed.toml"),
        r#"
            seed = 42
            anchor = "2020-03-01"
            locale = "fr_FR"

            [tables.users]
            count = 1_000

            [tables.sessions]
            with.user_id = "60%: 1, 40%: 0"
        "#,
    )
    .unwrap();
    let run = game.seed(&["--config", "seed.toml"]);
    run.ended_with(0);
    run.says("Plan for seed 42: ");
    let [users, profiles, levels, sessions, scores] = game.rows();
    assert_eq!((users, profiles, levels, scores), (1_000, 1_000, 5, 5 * sessions));
    assert!((500..700).contains(&sessions), "{sessions}");

    // The same, said by options.
    let options = Game::new();
    let with = "sessions.user_id=0.6: 1, 0.4: 0";
    let given = ["--seed=42", "--anchor=2020-03-01", "--locale=fr_FR", "--count=users=1000", "--with", with];
    options.seed(&given).ended_with(0);
    assert!(options.export() == game.export());
}

#[test]
fn options_stand_above_the_file() {
    let game = Game::new();
    let file = "seed = 42\nlocale = 'fr_FR'\n[tables]\nusers.count = 7\nlevels.count = 3\nsessions.with.user_id = 2\n";
    std::fs::write(game.folder.path().join("seed.toml"), file).unwrap();
    let run =
        game.seed(&["--config=seed.toml", "--seed=1", "--count=users=4", "--with=sessions.user_id=1", "--locale=en"]);
    run.ended_with(0);
    run.says("Plan for seed 1: ");
    assert_eq!(game.rows(), [4, 4, 3, 4, 20]);
    let options = Game::new();
    let given = ["--seed=1", "--count=users=4", "--count=levels=3", "--with=sessions.user_id=1"];
    options.seed(&given).ended_with(0);
    assert!(options.export() == game.export());
}

#[test]
fn a_file_of_settings_with_mistakes_names_their_lines() {
    let game = Game::new();
    let file = game.folder.path().join("seed.toml");
    std::fs::write(&file, "sed = 1\n\n[tables.users]\ncount = \"many\"\n").unwrap();
    let run = game.seed(&["--config", "seed.toml"]);
    run.ended_with(2);
    assert_eq!(
        run.stderr,
        "error: seed.toml:1: `sed` is no setting; did you mean `seed`?\n\
         error: seed.toml:4: `count` cannot be a string; write `count = 1_000`\n"
    );

    std::fs::write(&file, "tables.user.count = 1").unwrap();
    let run = game.seed(&["--config", "seed.toml"]);
    run.ended_with(2);
    run.complains("error: seed.toml:1: there is no table `user` in this run; did you mean `users`?\n");

    let run = game.seed(&["--config", "sed.toml"]);
    run.ended_with(2);
    run.complains("error: the file `sed.toml` cannot be read: ");
    run.complains("`--config` takes the path of a TOML file\n");
    assert!(game.is_untouched());
}
