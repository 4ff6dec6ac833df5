//! Runs for shards that are at work at the same time, on databases that have several writers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use diesel::connection::SimpleConnection;
use game::models::{User, UserProfile};
use seed_diesel::{Error, Progress, Shard, models, seed};

use super::Db;
use crate::models::Team;

#[test]
fn a_shard_keeps_itself_away_and_no_other() {
    let mut db = Db::game();
    let mut second = db.connect();
    // What becomes of runs that begin while one for shard 1 of 2 is at work.
    let mut ended: Vec<(&str, Result<u64, Error>)> = Vec::new();
    macro_rules! users {
        ($conn:expr) => {
            seed($conn, models![User, UserProfile])
        };
    }
    let shard = |number| Shard::new(number, 2).unwrap();
    let begin_others = |progress: Progress<'_>| {
        if matches!(progress, Progress::Table { table: "users", .. }) {
            let total = |report: seed_diesel::Report| report.total();
            ended.push(("the same", users!(&mut second).shard(shard(1)).run().map(total)));
            ended.push(("all", users!(&mut second).run().map(total)));
            ended.push(("a reset", users!(&mut second).only_reset().map(|deleted| deleted.len() as u64)));
            ended.push(("the other", users!(&mut second).shard(shard(2)).run().map(total)));
        }
    };
    users!(&mut db.conn).shard(shard(1)).on_progress(begin_others).run().unwrap();
    for (run, ended) in ended {
        match run {
            "the other" => assert_eq!(ended.unwrap(), 12),
            _ => assert!(matches!(ended, Err(Error::Busy { .. })), "{run}: {ended:?}"),
        }
    }
    assert_eq!(db.number("SELECT count(*) FROM users"), 12);
    assert_eq!(db.number("SELECT count(DISTINCT user_id) FROM user_profiles"), 12);
}

#[test]
fn an_append_beside_ordinary_writers_says_that_rows_have_changed() {
    let mut db = Db::with("CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL)");
    db.run("INSERT INTO teams (id, name) VALUES (-1, 'the first')");
    let mut writer = db.connect();
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let write = |id: i32| writer.batch_execute(&format!("INSERT INTO teams (id, name) VALUES (-{id}, 'new')"));
            (2..).take_while(|_| !ended.load(Ordering::Relaxed)).map(write).for_each(drop);
        });
        // It fits in between now and then.
        let mut runs = (0..200).map(|_| seed(&mut db.conn, models![Team]).append().run());
        let error = runs.find_map(Result::err);
        ended.store(true, Ordering::Relaxed);
        let error = error.expect("a writer in between");
        assert!(
            matches!(&error, Error::TablesChanged { table, before, now } if table == "teams" && before < now),
            "{error}"
        );
        assert!(error.to_string().ends_with("; start the run again; nothing was changed"), "{error}");
    });
    // Alone, it adds its rows.
    assert_eq!(seed(&mut db.conn, models![Team]).append().run().unwrap().total(), 10);
}
