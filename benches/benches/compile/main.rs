//! Seconds that the derive costs a crate: 20 and 50 models of ten columns, compiled with and without it.
//!
//! ```sh
//! cargo bench -p seed-benches --bench compile
//! cargo bench -p seed-benches --bench compile -- sqlite build 50 rounds=1
//! ```
//!
//! Three crates of each size are written into the target directory: models with Diesel's own derives, the same with
//! `Seedable` on top, and the same again with a list of all models for a backend, which is what brings their
//! functions into a binary. They are compiled in turns; what the others cost more than the first is the figure.
//! Dependencies are built once. `clean` compiles the crate as a whole, without increments; `touched` with increments,
//! after a line more in one model.
//!
//! What is measured is the processors' time, of the compiler and of `cargo`: where other work keeps them
//! busy it says the same, and where the compiler has several it is more than one waits for.

mod crates;

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use seed_benches::machine;
use seed_benches::settings::Settings;

use crate::crates::{BACKENDS, CONTENTS, Crate, SIZES, write_crates};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let settings = Settings::read();
    let rounds = settings.number("rounds", 3)?;
    let workspace = write_crates()?;
    println!("{}", machine::describe());
    println!("models of ten columns, seconds of processors, medians of {rounds} rounds\n");
    println!(
        "| | models | Diesel's derives | and `Seedable` | a model | and a list of them | a model | ratio of all |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let sizes = SIZES.map(|size| size.to_string());
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    for command in ["check", "build"].into_iter().filter(|command| settings.wants(command, &["check", "build"])) {
        for way in
            [Way::Clean, Way::Touched].into_iter().filter(|way| settings.wants(way.name(), &["clean", "touched"]))
        {
            // What a check costs hardly depends on the backend.
            let backends = if command == "check" { &BACKENDS[..1] } else { &BACKENDS };
            for backend in backends.iter().filter(|backend| settings.wants(backend, &BACKENDS)) {
                for models in SIZES.into_iter().filter(|size| settings.wants(&size.to_string(), &sizes)) {
                    measure(&workspace, command, way, backend, models, rounds)?;
                }
            }
        }
    }
    Ok(())
}

/// How a crate is compiled.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Clean,
    Touched,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Clean => "clean",
            Way::Touched => "touched",
        }
    }
}

fn measure(workspace: &Path, command: &str, way: Way, backend: &str, models: u32, rounds: u64) -> Result<()> {
    let crates = CONTENTS.map(|contents| Crate { contents, backend, models });
    // The first of each is not measured: it may build dependencies, and what is incremental begins there.
    let mut times = [const { Vec::new() }; CONTENTS.len()];
    for round in 0..=rounds {
        for (source, times) in crates.iter().zip(&mut times) {
            fs::write(source.touched(workspace), source.model(models / 2, Some(round)))?;
            let time = compile(workspace, command, way, &source.name())?;
            if round > 0 {
                times.push(time);
            }
        }
    }
    let [plain, derived, listed] = times.map(median);
    let a_model = |more: Duration| more.saturating_sub(plain).as_secs_f64() * 1_000.0 / f64::from(models);
    println!(
        "| `cargo {command}`, {}, {backend} | {models} | {:.2} s | {:.2} s | {:.1} ms | {:.2} s | {:.1} ms | {:.2} |",
        way.name(),
        plain.as_secs_f64(),
        derived.as_secs_f64(),
        a_model(derived),
        listed.as_secs_f64(),
        a_model(listed),
        listed.as_secs_f64() / plain.as_secs_f64(),
    );
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Compiles a crate, and says how long the processors were at it.
fn compile(workspace: &Path, command: &str, way: Way, name: &str) -> Result<Duration> {
    // `times` of the shell tells of all its children.
    let output = Command::new("sh")
        .args(["-c", "\"$@\" && times", "sh"])
        .arg(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([command, "--quiet", "--package", name])
        .current_dir(workspace)
        .env("CARGO_INCREMENTAL", if way == Way::Clean { "0" } else { "1" })
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let of_children = text.lines().nth(1).filter(|_| output.status.success());
    let of_children = of_children.ok_or_else(|| format!("`cargo {command}` of `{name}` fails"))?;
    of_children.split_whitespace().map(time).sum()
}

/// `1m2.34s`
fn time(text: &str) -> Result<Duration> {
    let (minutes, seconds) = text.trim_end_matches('s').split_once('m').ok_or("`times` says no minutes")?;
    Ok(Duration::from_secs_f64(minutes.parse::<f64>()? * 60.0 + seconds.parse::<f64>()?))
}
