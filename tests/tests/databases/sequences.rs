//! Sequences of PostgreSQL, which runs for shards of a table move at the same time.

use std::thread;
use std::time::Duration;

use diesel::Connection;
use game::models::Level;
use seed_diesel::{Shard, models, seed};

use super::Db;

/// How long a run is waited for that cannot end.
const A_WHILE: Duration = Duration::from_millis(500);

#[test]
fn a_run_moves_a_sequence_when_the_others_have_committed() {
    let mut db = Db::game();
    let (mut first, mut second) = (db.connect(), db.connect());
    let shard = |number| Shard::new(number, 2).unwrap();
    thread::scope(|scope| {
        let waiting = first
            .transaction::<_, seed_diesel::Error, _>(|first| {
                seed(first, models![Level]).refine::<Level>(|t| t.count(100)).shard(shard(2)).run()?;
                let second = &mut second;
                let waiting = scope.spawn(move || {
                    seed(second, models![Level]).refine::<Level>(|t| t.count(100)).shard(shard(1)).run().map(drop)
                });
                thread::sleep(A_WHILE);
                assert!(!waiting.is_finished());
                Ok(waiting)
            })
            .unwrap();
        waiting.join().unwrap().unwrap();
    });
    db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
    assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 101);
}

#[test]
fn many_runs_at_once_leave_a_sequence_behind_the_last_key() {
    for _ in 0..3 {
        let mut db = Db::game();
        let connections: Vec<_> = (1..=8).map(|number| (number, db.connect())).collect();
        thread::scope(|scope| {
            for (number, mut connection) in connections {
                scope.spawn(move || {
                    let run = seed(&mut connection, models![Level]).refine::<Level>(|t| t.count(80));
                    run.shard(Shard::new(number, 8).unwrap()).run().unwrap();
                });
            }
        });
        assert_eq!(db.number("SELECT last_value FROM levels_id_seq"), 80);
        db.run("INSERT INTO levels (name, difficulty) VALUES ('mine', 1)");
        assert_eq!(db.number("SELECT id FROM levels WHERE name = 'mine'"), 81);
    }
}
