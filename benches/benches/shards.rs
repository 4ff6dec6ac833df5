//! Rows per second of several processes that load shards of the game into one PostgreSQL, beside one process alone.
//!
//! ```sh
//! tests/run --with cargo bench -p seed-benches --bench shards
//! tests/run --with cargo bench -p seed-benches --bench shards -- users=1000 rounds=1 processes=2
//! ```
//!
//! The stages of the plan are loaded one after the other, each by all processes at once; their start and the wait for
//! the slowest count.

use std::env::{args, current_exe};
use std::error::Error;
use std::process::{Child, Command};
use std::time::Instant;

use diesel::prelude::*;
use game::models::{Level, Score, Session, User, UserProfile};
use seed_benches::machine;
use seed_benches::server::Server;
use seed_benches::settings::Settings;
use seed_diesel::{Seeding, Shard, models, seed};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const TABLES: &str = include_str!("../../examples/game/migrations/postgres/0001_create_game/up.sql");

fn main() -> Result<()> {
    let words: Vec<String> = args().collect();
    if let [_, child, url, users, tables, shard] = &words[..]
        && child == "child"
    {
        let mut conn = PgConnection::establish(url)?;
        run(&mut conn, users.parse()?).tables(tables.split(',')).shard(shard.parse()?).run()?;
        return Ok(());
    }
    let settings = Settings::read();
    let users = settings.number("users", 20_000)?;
    let rounds = settings.number("rounds", 5)?;
    let processes = settings.number("processes", 4)?;
    println!("{}\n", machine::describe());

    let server = Server::of("TEST_POSTGRES_URL")?;
    let whole = [Stage { tables: "users,levels,user_profiles,sessions,scores".to_owned(), shards: 1 }];
    let stages = run(&mut server.fresh(TABLES)?, users).plan()?.stages(processes);
    let stages: Vec<Stage> =
        stages.into_iter().map(|stage| Stage { tables: stage.tables.join(","), shards: stage.shards }).collect();
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        one.push(load(&server, users, &whole)?);
        many.push(load(&server, users, &stages)?);
    }
    let rows: i64 = game::schema::scores::table.count().get_result(&mut server.connect::<PgConnection>()?)?;
    if rows != 25 * users as i64 {
        return Err("the shards have not loaded all rows".into());
    }
    server.drop::<PgConnection>()?;

    let mut ratios: Vec<f64> = one.iter().zip(&many).map(|(one, many)| one / many).collect();
    ratios.sort_by(f64::total_cmp);
    let rate = |seconds: &mut Vec<f64>| {
        seconds.sort_by(f64::total_cmp);
        (32 * users) as f64 / seconds[seconds.len() / 2]
    };
    println!("| | rows/s, medians of {rounds} |");
    println!("|---|---|");
    println!("| one process | {:.0} |", rate(&mut one));
    println!("| {processes} processes | {:.0} |", rate(&mut many));
    println!("| ratio | {:.2} |", ratios[ratios.len() / 2]);
    Ok(())
}

fn run(conn: &mut PgConnection, users: u64) -> Seeding<'_, PgConnection> {
    seed(conn, models![User, UserProfile, Level, Session, Score]).refine::<User>(|table| table.count(users))
}

/// Tables that are loaded at once, by so many processes.
struct Stage {
    tables: String,
    shards: u64,
}

/// The seconds that the stages take, into empty tables.
fn load(server: &Server, users: u64, stages: &[Stage]) -> Result<f64> {
    server.fresh::<PgConnection>(TABLES)?;
    let started = Instant::now();
    for Stage { tables, shards } in stages {
        let children = (1..=*shards).map(|number| -> Result<Child> {
            let shard = Shard::new(number, *shards)?.to_string();
            Ok(Command::new(current_exe()?)
                .args(["child", server.url(), &users.to_string(), tables, &shard])
                .spawn()?)
        });
        for mut child in children.collect::<Result<Vec<Child>>>()? {
            if !child.wait()?.success() {
                return Err(format!("a shard of {tables} fails").into());
            }
        }
    }
    Ok(started.elapsed().as_secs_f64())
}
