//! The commands of the project's README, word for word.

#![cfg(not(any(feature = "postgres", feature = "mysql")))]

use std::process::Command;

const README: &str = include_str!("../../../README.md");

#[test]
fn every_command_of_the_readme_seeds_the_example() {
    let folder = tempfile::tempdir().unwrap();
    let command = |line: &'static str| {
        line.strip_prefix("cargo run --bin seed").or_else(|| line.strip_prefix("cargo run --release --bin seed"))
    };
    let commands: Vec<&str> = README.lines().filter_map(command).collect();
    assert!(commands.len() >= 7, "the README shows how to run the example");
    for command in commands {
        let arguments = command.split_whitespace().filter(|argument| *argument != "--");
        let output = Command::new(env!("CARGO_BIN_EXE_seed"))
            .args(arguments)
            .current_dir(&folder)
            .env_remove("DATABASE_URL")
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "`{command}`: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(folder.path().join("game.sqlite3").exists(), "the file that the README names");
}

#[test]
fn the_settings_of_the_readme_are_settings_of_the_example() {
    let blocks = README.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let settings = blocks.into_iter().find(|block| block.contains("[tables.")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("seed.toml"), settings).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_seed"));
    command.args(["--config", "seed.toml", "--dry-run"]).current_dir(&folder).env_remove("DATABASE_URL");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let plan = String::from_utf8(output.stdout).unwrap();
    assert!(
        plan.contains("Plan for seed 42: ") && plan.contains("0.6: 1..=3, 0.3: 5..=7, 0.1: 0 for each of users"),
        "{plan}"
    );
}

#[test]
fn every_feature_of_the_readme_is_one_of_the_example() {
    let manifest = include_str!("../Cargo.toml");
    let features = README.lines().filter(|line| line.starts_with("cargo run -p game")).map(|line| {
        let (_, rest) = line.split_once("--features ").unwrap();
        rest.split_whitespace().next().unwrap()
    });
    let features: Vec<&str> = features.collect();
    assert_eq!(features, ["postgres", "mysql"]);
    assert!(features.iter().all(|feature| manifest.contains(&format!("\n{feature} = ["))));
}
