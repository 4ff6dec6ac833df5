//! The crates that are compiled, each model in a file of its own.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is compiled, each with what the one before has.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Contents {
    Plain,
    Derived,
    Listed,
}

pub(crate) const CONTENTS: [Contents; 3] = [Contents::Plain, Contents::Derived, Contents::Listed];

pub(crate) const BACKENDS: [&str; 3] = ["sqlite", "postgres", "mysql"];

pub(crate) const SIZES: [u32; 2] = [20, 50];

#[derive(Clone, Copy)]
pub(crate) struct Crate<'a> {
    pub(crate) contents: Contents,
    pub(crate) backend: &'a str,
    pub(crate) models: u32,
}

/// Writes all crates, and tells where.
pub(crate) fn write_crates() -> Result<PathBuf, Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the benchmarks are in the workspace");
    let crates = SIZES.into_iter().flat_map(|models| {
        BACKENDS.into_iter().flat_map(move |backend| CONTENTS.map(|contents| Crate { contents, backend, models }))
    });
    let mut members = Vec::new();
    for source in crates {
        let folder = source.folder(&workspace);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), source.manifest(&root.join("seed-diesel")))?;
        fs::write(folder.join("src/lib.rs"), source.lib())?;
        for at in 0..source.models {
            fs::write(folder.join(format!("src/thing_{at}.rs")), source.model(at, None))?;
        }
        members.push(format!("{:?}", source.name()));
    }
    let members = members.join(", ");
    fs::write(workspace.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"))?;
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock"))?;
    Ok(workspace)
}

impl Crate<'_> {
    /// `derived_20_sqlite`
    pub(crate) fn name(&self) -> String {
        let contents = match self.contents {
            Contents::Plain => "plain",
            Contents::Derived => "derived",
            Contents::Listed => "listed",
        };
        format!("{contents}_{}_{}", self.models, self.backend)
    }

    fn folder(&self, workspace: &Path) -> PathBuf {
        workspace.join(self.name())
    }

    /// The file of the model that changes.
    pub(crate) fn touched(&self, workspace: &Path) -> PathBuf {
        self.folder(workspace).join(format!("src/thing_{}.rs", self.models / 2))
    }

    fn manifest(&self, seed_diesel: &Path) -> String {
        let (name, backend) = (self.name(), self.backend);
        let bundled =
            if backend == "sqlite" { "libsqlite3-sys = { version = \"*\", features = [\"bundled\"] }\n" } else { "" };
        format!(
            r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
chrono = {{ version = "0.4", default-features = false }}
diesel = {{ version = "2.3", default-features = false, features = ["chrono", "{backend}"] }}
{bundled}seed-diesel = {{ path = {seed_diesel:?}, default-features = false, features = ["chrono", "{backend}"] }}
"#
        )
    }

    fn lib(&self) -> String {
        let mut lib = "#![allow(unused)]\n".to_owned();
        for at in 0..self.models {
            lib += &format!("pub mod thing_{at};\n");
        }
        if self.contents == Contents::Listed {
            let backend = match self.backend {
                "sqlite" => "diesel::sqlite::Sqlite",
                "postgres" => "diesel::pg::Pg",
                _ => "diesel::mysql::Mysql",
            };
            let models: Vec<String> = (0..self.models).map(|at| format!("thing_{at}::Thing{at}")).collect();
            let models = models.join(", ");
            lib += &format!(
                "\npub fn models() -> seed_diesel::Models<{backend}> {{\n    seed_diesel::models![{models}]\n}}\n"
            );
        }
        lib
    }

    /// A table and its model: with a relation to the one before, a unique column, a `value`, a `range` and a `null`.
    /// One that is touched has a line more, which says how often.
    pub(crate) fn model(&self, at: u32, touched: Option<u64>) -> String {
        let is_seeded = self.contents != Contents::Plain;
        let derive = if is_seeded { ", seed_diesel::Seedable" } else { "" };
        let seed = |attribute: &str| if is_seeded { format!("#[seed({attribute})]") } else { String::new() };
        let parent = at.saturating_sub(1);
        let owner = match at {
            0 => String::new(),
            _ => seed(&format!("references = crate::thing_{parent}::things_{parent}::id, with = 1..=5")),
        };
        let (unique, null, range) = (seed("unique"), seed("null = 0.3"), seed("range = 1..=1_000"));
        let value = seed("value = format!(\"{first_name} {last_name}\")");
        let touched = touched.map_or(String::new(), |times| format!("/// Touched {times} times.\n    "));
        format!(
            r#"use diesel::prelude::*;

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
    {touched}pub id: i32,
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
        )
    }
}
