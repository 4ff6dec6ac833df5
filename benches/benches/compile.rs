//! Milliseconds that the derive costs a crate: 50 models of ten columns, compiled with and without it.
//!
//! Three crates are written into the target directory, over one schema: models with Diesel's own
//! derives, the same with `Seedable` on top, and the same again with a list of all models for SQLite,
//! which is what brings their functions into a binary. They are compiled in turns; what the others cost
//! more than the first is the figure. Dependencies are built once, and nothing is incremental.
//!
//! What is measured is the processors' time, of the compiler and of `cargo`: where other work keeps them
//! busy it says the same, and where the compiler has several it is more than one waits for.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs};

const MODELS: u32 = 50;
const RUNS: usize = 5;

/// What is compiled, each with what the one before has.
const CRATES: [&str; 3] = ["plain", "derived", "listed"];

fn main() -> Result<(), Box<dyn Error>> {
    let workspace = write_crates()?;
    println!("{MODELS} models of ten columns, seconds of processors, medians of {RUNS} runs\n");
    println!("| | Diesel's derives | and `Seedable` | a model | and a list of them | a model | ratio of all |");
    println!("|---|---|---|---|---|---|---|");
    for command in ["check", "build"] {
        for name in CRATES {
            compile(&workspace, command, name)?;
        }
        let mut times = [const { Vec::new() }; 3];
        for _ in 0..RUNS {
            for (name, times) in CRATES.iter().zip(&mut times) {
                times.push(compile(&workspace, command, name)?);
            }
        }
        let [plain, derived, listed] = times.map(median);
        let a_model = |more: Duration| more.saturating_sub(plain).as_secs_f64() * 1_000.0 / f64::from(MODELS);
        println!(
            "| `cargo {command}` | {:.2} s | {:.2} s | {:.1} ms | {:.2} s | {:.1} ms | {:.2} |",
            plain.as_secs_f64(),
            derived.as_secs_f64(),
            a_model(derived),
            listed.as_secs_f64(),
            a_model(listed),
            listed.as_secs_f64() / plain.as_secs_f64(),
        );
    }
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Compiles a crate whose dependencies are built, and says how long the processors were at it.
fn compile(workspace: &Path, command: &str, name: &str) -> Result<Duration, Box<dyn Error>> {
    let source = workspace.join(name).join("src/lib.rs");
    fs::write(&source, fs::read(&source)?)?;
    // `times` of the shell tells of all its children.
    let output = Command::new("sh")
        .args(["-c", "\"$@\" && times", "sh"])
        .arg(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([command, "--quiet", "--package", name])
        .current_dir(workspace)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let of_children = text.lines().nth(1).filter(|_| output.status.success());
    let of_children = of_children.ok_or_else(|| format!("`cargo {command}` of `{name}` fails"))?;
    of_children.split_whitespace().map(time).sum()
}

/// `1m2.34s`
fn time(text: &str) -> Result<Duration, Box<dyn Error>> {
    let (minutes, seconds) = text.trim_end_matches('s').split_once('m').ok_or("`times` says no minutes")?;
    Ok(Duration::from_secs_f64(minutes.parse::<f64>()? * 60.0 + seconds.parse::<f64>()?))
}

fn write_crates() -> Result<PathBuf, Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the benchmarks are in the workspace");
    let seed_diesel = root.join("seed-diesel");
    for name in CRATES {
        fs::create_dir_all(workspace.join(name).join("src"))?;
        fs::write(workspace.join(name).join("src/lib.rs"), source(name))?;
        fs::write(workspace.join(name).join("Cargo.toml"), manifest(name, &seed_diesel))?;
    }
    let members = CRATES.map(|name| format!("{name:?}")).join(", ");
    fs::write(workspace.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"))?;
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock"))?;
    Ok(workspace)
}

fn manifest(name: &str, seed_diesel: &Path) -> String {
    format!(
        r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
chrono = {{ version = "0.4", default-features = false }}
diesel = {{ version = "2.3", default-features = false, features = ["chrono", "sqlite"] }}
libsqlite3-sys = {{ version = "*", features = ["bundled"] }}
seed-diesel = {{ path = {seed_diesel:?}, default-features = false, features = ["chrono", "sqlite"] }}
"#
    )
}

fn source(name: &str) -> String {
    let mut source = "#![allow(unused)]\nuse diesel::prelude::*;\nuse seed_diesel::Seedable;\n".to_owned();
    let (derive, is_seeded) = if name == "plain" { ("", false) } else { (", Seedable", true) };
    for at in 0..MODELS {
        let seed = |attribute: &str| if is_seeded { format!("#[seed({attribute})]") } else { String::new() };
        let owner = seed(&format!("references = things_{}::id, with = 1..=5", at.saturating_sub(1)));
        let owner = if at == 0 { String::new() } else { owner };
        let (unique, null, range, value) = (
            seed("unique"),
            seed("null = 0.3"),
            seed("range = 1..=1_000"),
            seed("value = format!(\"{first_name} {last_name}\")"),
        );
        let _ = write!(
            source,
            r#"
diesel::table! {{
    things_{at} (id) {{
        id -> Integer,
        owner_id -> Integer,
        #[max_length = 20]
        username -> Varchar,
        first_name -> Text,
        last_name -> Text,
        full_name -> Text,
        bio -> Nullable<Text>,
        points -> Integer,
        is_admin -> Bool,
        created_at -> Timestamp,
    }}
}}

#[derive(Queryable, Selectable, Identifiable, Insertable{derive})]
#[diesel(table_name = things_{at})]
pub struct Thing{at} {{
    pub id: i32,
    {owner}
    pub owner_id: i32,
    {unique}
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    {value}
    pub full_name: String,
    {null}
    pub bio: Option<String>,
    {range}
    pub points: i32,
    pub is_admin: bool,
    pub created_at: chrono::NaiveDateTime,
}}
"#
        );
    }
    if name == "listed" {
        let models: Vec<String> = (0..MODELS).map(|at| format!("Thing{at}")).collect();
        let _ = write!(
            source,
            "\npub fn models() -> seed_diesel::Models<diesel::sqlite::Sqlite> {{\n    seed_diesel::models![{}]\n}}\n",
            models.join(", ")
        );
    }
    source
}
