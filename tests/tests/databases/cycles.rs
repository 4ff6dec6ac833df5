//! Tables that reference one another.

use seed_diesel::{Error, Progress, models, seed};

use self::models::{Body, Buyer, Card, Club, Desk, Egg, Ground, Head, Hen, Holder, Player, Sign, Stop, Tail};
use super::Db;

pub(super) mod models;

/// Tables with their columns, and foreign keys with what is said of them.
fn database(tables: &[(&str, &str)], keys: &[(&str, &str, &str, &str)]) -> Db {
    let mut db = Db::empty();
    let key = |(_, column, parent, more): &(&str, &str, &str, &str)| {
        format!("FOREIGN KEY ({column}) REFERENCES {parent} {more}")
    };
    // SQLite adds no constraint to a table that is there; the others know no table that is still to come.
    let is_sqlite = Db::ENGINE == "sqlite";
    for (table, columns) in tables {
        let of_table = keys.iter().filter(|(of, ..)| is_sqlite && of == table);
        let keys: Vec<String> = of_table.map(|of| format!(", {}", key(of))).collect();
        db.run(&format!("CREATE TABLE {table} ({columns}{})", keys.concat()));
    }
    for of in keys.iter().filter(|_| !is_sqlite) {
        db.run(&format!("ALTER TABLE {} ADD {}", of.0, key(of)));
    }
    db
}

const CLUBS_AND_PLAYERS: [(&str, &str); 3] = [
    ("clubs", "id SERIAL PRIMARY KEY, captain_id INTEGER, ground_id INTEGER UNIQUE, rival_id INTEGER"),
    ("players", "id SERIAL PRIMARY KEY, club_id INTEGER NOT NULL, mentor_id INTEGER"),
    ("grounds", "id SERIAL PRIMARY KEY, owner_id INTEGER NOT NULL, keeper_id INTEGER NOT NULL"),
];

pub(super) fn clubs_and_players(action: &str) -> Db {
    let keys = [
        ("clubs", "captain_id", "players (id)", action),
        ("clubs", "ground_id", "grounds (id)", action),
        ("clubs", "rival_id", "clubs (id)", action),
        ("players", "club_id", "clubs (id)", action),
        ("players", "mentor_id", "players (id)", action),
        ("grounds", "owner_id", "clubs (id)", action),
        ("grounds", "keeper_id", "players (id)", action),
    ];
    database(&CLUBS_AND_PLAYERS, &keys)
}

/// All of the rows, in one number.
const CLUBS: &str =
    "SELECT sum(id * (COALESCE(captain_id, 0) + 7 * COALESCE(ground_id, 0) + 13 * COALESCE(rival_id, 0))) FROM clubs";

#[track_caller]
pub(super) fn assert_clubs_are_whole(db: &mut Db) {
    let orphans = |child: &str, column: &str, parent: &str| {
        format!("SELECT count(*) FROM {child} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {parent})")
    };
    for (child, column, parent) in [
        ("clubs", "captain_id", "players"),
        ("clubs", "ground_id", "grounds"),
        ("clubs", "rival_id", "clubs"),
        ("players", "club_id", "clubs"),
        ("players", "mentor_id", "players"),
        ("grounds", "owner_id", "clubs"),
        ("grounds", "keeper_id", "players"),
    ] {
        assert_eq!(db.number(&orphans(child, column, parent)), 0, "{child}.{column}");
    }
}

#[test]
fn cycles_of_one_component_are_loaded() {
    let mut db = clubs_and_players("");
    let report = seed(&mut db.conn, models![Club, Player, Ground]).run().unwrap();

    assert_eq!((report.rows("clubs"), report.rows("players"), report.rows("grounds")), (2_500, 7_500, 3_000));
    assert_eq!(db.number("SELECT count(*) FROM clubs"), 2_500);
    assert_eq!(db.number("SELECT count(*) FROM players"), 7_500);
    assert_eq!(db.number("SELECT count(*) FROM grounds"), 3_000);
    assert_clubs_are_whole(&mut db);
    let leaderless = db.number("SELECT count(*) FROM clubs WHERE captain_id IS NULL");
    assert!((680..=820).contains(&leaderless), "{leaderless} of 2500");
    assert_eq!(db.number("SELECT count(ground_id) - count(DISTINCT ground_id) FROM clubs"), 0);
    let groundless = db.number("SELECT count(*) FROM clubs WHERE ground_id IS NULL");
    assert!((930..=1_070).contains(&groundless), "{groundless} of 2500");
    assert_eq!(db.number("SELECT count(*) FROM clubs WHERE rival_id IS NULL"), 1);
    assert_eq!(db.number("SELECT count(*) FROM clubs WHERE rival_id >= id"), 0);
    let size = "SELECT count(*) FROM clubs WHERE (SELECT count(*) FROM players WHERE club_id = clubs.id) <> 3";
    assert_eq!(db.number(size), 0);

    // What is not NULL has come afterwards.
    let filled = db.number("SELECT count(*) FROM clubs WHERE captain_id IS NOT NULL OR ground_id IS NOT NULL") as u64;
    let updated: Vec<_> = report.tables.iter().map(|table| (table.table.as_str(), table.updated)).collect();
    assert_eq!(updated, [("clubs", filled), ("players", 0), ("grounds", 0)]);
}

#[test]
fn the_second_pass_gives_the_same_rows_whatever_its_batches() {
    let seeded = |mut db: Db, rows: usize, threads: usize| {
        seed(&mut db.conn, models![Club, Player, Ground]).batch_size(rows).threads(threads).run().unwrap();
        db.number(CLUBS)
    };
    // Without foreign keys, nothing has to wait.
    let at_once = seeded(database(&CLUBS_AND_PLAYERS, &[]), 1_000, 1);
    for (rows, threads) in [(1_000, 1), (1_000, 4), (7, 3), (999, 2)] {
        assert_eq!(seeded(clubs_and_players(""), rows, threads), at_once, "{rows} rows, {threads} threads");
    }
}

#[test]
fn a_second_pass_leaves_rows_alone_that_were_there() {
    let mut db = clubs_and_players("");
    let mut run = || {
        let run = seed(&mut db.conn, models![Club, Player, Ground]).append();
        run.refine::<Club>(|t| t.count(300)).refine::<Ground>(|t| t.count(300)).run().unwrap();
        db.number(&format!("{CLUBS} WHERE id <= 300"))
    };
    assert_eq!(run(), run());
    assert_eq!(db.number("SELECT count(*) FROM clubs"), 600);
    assert_clubs_are_whole(&mut db);
    let captains = "SELECT count(*) FROM clubs WHERE id > 300 AND captain_id";
    assert_eq!(db.number(&format!("{captains} <= 900")), 0);
    assert!(db.number(&format!("{captains} > 900")) > 150);
}

#[test]
fn a_second_pass_keeps_a_time_that_the_database_changes_with_the_row() {
    let on_update = match Db::ENGINE {
        "mysql" => "DEFAULT NOW() ON UPDATE NOW()",
        _ => "",
    };
    let mut db = database(
        &[
            ("desks", &format!("id SERIAL PRIMARY KEY, holder_id INTEGER, updated_at TIMESTAMP NOT NULL {on_update}")),
            ("holders", "id SERIAL PRIMARY KEY, desk_id INTEGER NOT NULL"),
        ],
        &[("desks", "holder_id", "holders (id)", ""), ("holders", "desk_id", "desks (id)", "")],
    );
    let report = seed(&mut db.conn, models![Desk, Holder]).run().unwrap();
    assert!(report.tables[0].updated > 20, "{:?}", report.tables);
    assert_eq!(db.number("SELECT count(*) FROM desks WHERE holder_id IS NOT NULL") as u64, report.tables[0].updated);
    assert_eq!(db.number("SELECT count(*) FROM desks WHERE updated_at >= '2002-01-01 00:00:00'"), 0);
}

#[test]
fn progress_tells_of_the_second_pass() {
    let mut db = clubs_and_players("");
    let (mut told, mut rows) = (Vec::new(), 0);
    seed(&mut db.conn, models![Club, Player, Ground])
        .on_progress(|progress| match progress {
            Progress::Table { table, .. } => told.push(format!("{table} rows")),
            Progress::ForeignKeys { table, rows } => told.push(format!("{table} foreign keys of {rows}")),
            Progress::Rows(more) => rows += more,
            _ => {}
        })
        .run()
        .unwrap();
    assert_eq!(told, ["clubs rows", "players rows", "grounds rows", "clubs foreign keys of 2500"]);
    assert_eq!(rows, 15_500);
}

#[test]
fn a_run_on_the_same_connection_goes_on_after_one_that_failed() {
    let mut db = clubs_and_players("");
    db.run("CREATE UNIQUE INDEX only_one ON clubs (captain_id)");
    let run = |db: &mut Db| seed(&mut db.conn, models![Club, Player, Ground]).run();
    let error = run(&mut db).unwrap_err().to_string();
    assert!(error.contains("`clubs`"), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM clubs"), 0);
    db.run(if Db::ENGINE == "mysql" {
        "ALTER TABLE clubs DROP FOREIGN KEY clubs_ibfk_1, DROP INDEX only_one"
    } else {
        "DROP INDEX only_one"
    });
    run(&mut db).unwrap();
    assert_clubs_are_whole(&mut db);
}

#[test]
fn a_reset_deletes_rows_on_cycles_whatever_the_foreign_keys_say() {
    for action in ["", "ON DELETE CASCADE", "ON DELETE RESTRICT"] {
        let mut db = clubs_and_players(action);
        for seed_number in [1, 2] {
            seed(&mut db.conn, models![Club, Player, Ground])
                .seed(seed_number)
                .refine::<Club>(|t| t.count(20))
                .refine::<Ground>(|t| t.count(30))
                .reset()
                .run()
                .unwrap_or_else(|error| panic!("{action}: {error}"));
        }
        assert_eq!(db.number("SELECT count(*) FROM clubs"), 20, "{action}");
        assert_eq!(db.number("SELECT count(*) FROM players"), 60, "{action}");
        assert_clubs_are_whole(&mut db);
    }
}

#[test]
fn a_cycle_of_three_tables_is_loaded() {
    let mut db = database(
        &[
            ("heads", "id SERIAL PRIMARY KEY, tail_id INTEGER"),
            ("bodies", "id SERIAL PRIMARY KEY, head_id INTEGER NOT NULL"),
            ("tails", "id SERIAL PRIMARY KEY, body_id INTEGER NOT NULL"),
        ],
        &[
            ("heads", "tail_id", "tails (id)", ""),
            ("bodies", "head_id", "heads (id)", ""),
            ("tails", "body_id", "bodies (id)", ""),
        ],
    );
    for _ in 0..2 {
        seed(&mut db.conn, models![Tail, Head, Body]).reset().run().unwrap();
        let joined = "SELECT count(*) FROM heads JOIN tails ON tails.id = heads.tail_id JOIN bodies ON bodies.id = body_id \
                      JOIN heads AS others ON others.id = bodies.head_id";
        assert_eq!(db.number(joined), 30);
    }
    assert!(db.number("SELECT count(DISTINCT tail_id) FROM heads") > 15);
}

#[test]
fn a_cycle_of_which_each_side_can_be_null_is_loaded() {
    // One side waits, and it does not matter which; the keys are texts.
    let tables = [
        ("cards", "number VARCHAR(20) PRIMARY KEY, buyer_id INTEGER"),
        ("buyers", "id SERIAL PRIMARY KEY, card_number VARCHAR(20)"),
    ];
    let keys = [("cards", "buyer_id", "buyers (id)", ""), ("buyers", "card_number", "cards (number)", "")];
    let mut db = database(&tables, &keys);
    let report = seed(&mut db.conn, models![Card, Buyer]).run().unwrap();
    assert_eq!(report.total(), 160);
    for (table, column, of) in [("cards", "buyer_id", "100"), ("buyers", "card_number", "60")] {
        let null = db.number(&format!("SELECT 100 * count(*) / {of} FROM {table} WHERE {column} IS NULL"));
        assert!((30..=70).contains(&null), "{null} of 100 {column}");
    }
    assert_eq!(db.number("SELECT count(*) FROM buyers WHERE card_number NOT IN (SELECT number FROM cards)"), 0);
    assert_eq!(db.number("SELECT count(*) FROM cards WHERE buyer_id NOT IN (SELECT id FROM buyers)"), 0);
}

fn stops_and_signs() -> Db {
    let tables = [
        ("stops", "line INTEGER NOT NULL, number INTEGER NOT NULL, sign_id INTEGER, PRIMARY KEY (line, number)"),
        (
            "signs",
            "id SERIAL PRIMARY KEY, line INTEGER NOT NULL, number INTEGER NOT NULL, next_line INTEGER, next_number INTEGER",
        ),
    ];
    let keys = [
        ("stops", "sign_id", "signs (id)", ""),
        ("signs", "line, number", "stops (line, number)", ""),
        ("signs", "next_line, next_number", "stops (line, number)", ""),
    ];
    database(&tables, &keys)
}

#[test]
fn a_cycle_of_composite_keys_is_loaded() {
    let mut db = stops_and_signs();
    for _ in 0..2 {
        // The second time, with rows that are there.
        let report = seed(&mut db.conn, models![Stop, Sign]).batch_size(100).append().run().unwrap();
        let signed = report.tables.iter().find(|table| table.table == "stops").unwrap();
        assert!((900..=1_020).contains(&signed.updated), "{} of 1200", signed.updated);
    }
    assert_eq!(db.number("SELECT count(*) FROM stops"), 2_400);
    assert_eq!(db.number("SELECT count(*) FROM signs"), 2_400);
    let orphans = "SELECT count(*) FROM stops WHERE sign_id IS NOT NULL AND sign_id NOT IN (SELECT id FROM signs)";
    assert_eq!(db.number(orphans), 0);
    let joined = "SELECT count(*) FROM signs JOIN stops ON stops.line = signs.line AND stops.number = signs.number";
    assert_eq!(db.number(joined), 2_400);
    let next = "SELECT count(*) FROM signs JOIN stops ON stops.line = next_line AND stops.number = next_number";
    let next = db.number(next);
    assert!((1_300..=1_600).contains(&next), "{next} of 2400");
    assert_eq!(db.number("SELECT count(*) FROM signs WHERE next_line IS NULL AND next_number IS NULL"), 2_400 - next);
}

fn eggs_and_hens(deferrable: &str) -> Db {
    database(
        &[
            ("eggs", "id SERIAL PRIMARY KEY, hen_id INTEGER NOT NULL"),
            ("hens", "id SERIAL PRIMARY KEY, egg_id INTEGER NOT NULL"),
        ],
        &[("eggs", "hen_id", "hens (id)", deferrable), ("hens", "egg_id", "eggs (id)", deferrable)],
    )
}

#[test]
fn a_cycle_without_null_is_loaded_where_the_checks_can_be_put_off() {
    let deferrable = match Db::ENGINE {
        "mysql" => return,
        "postgres" => "DEFERRABLE",
        _ => "",
    };
    let mut db = eggs_and_hens(deferrable);
    for seed_number in [1, 2] {
        // What was first, the database need not know.
        let report = seed(&mut db.conn, models![Hen, Egg])
            .seed(seed_number)
            .refine::<Egg>(|t| t.count(1_500))
            .reset()
            .run()
            .unwrap();
        assert_eq!((report.rows("eggs"), report.rows("hens")), (1_500, 3_000));
        assert_eq!(db.number("SELECT count(*) FROM eggs JOIN hens ON hens.id = hen_id"), 1_500);
        assert_eq!(db.number("SELECT count(*) FROM hens JOIN eggs ON eggs.id = egg_id"), 3_000);
    }
}

#[test]
fn a_run_in_a_transaction_of_the_application_leaves_its_checks_as_they_were() {
    use diesel::Connection;
    use diesel::connection::SimpleConnection;

    for deferrable in match Db::ENGINE {
        "mysql" => [].as_slice(),
        "postgres" => ["DEFERRABLE", "DEFERRABLE INITIALLY DEFERRED"].as_slice(),
        _ => [""].as_slice(),
    } {
        let mut db = eggs_and_hens(deferrable);
        db.conn.begin_test_transaction().unwrap();
        seed(&mut db.conn, models![Hen, Egg]).run().unwrap();
        seed(&mut db.conn, models![Hen, Egg]).refine::<Egg>(|t| t.count(0)).run().unwrap_err();
        assert_eq!(db.number("SELECT count(*) FROM hens JOIN eggs ON eggs.id = egg_id"), 20);
        let orphan = db.conn.batch_execute("INSERT INTO eggs (id, hen_id) VALUES (98, 99)");
        assert_eq!(orphan.is_ok(), deferrable.contains("INITIALLY DEFERRED"), "{deferrable}");
    }
}

#[test]
fn a_cycle_that_no_row_can_be_the_first_of_is_named() {
    if Db::ENGINE == "sqlite" {
        return;
    }
    let mut db = eggs_and_hens("");
    let error = seed(&mut db.conn, models![Egg, Hen]).run().unwrap_err();
    assert!(matches!(error, Error::Plan(_)));
    assert_eq!(
        error.to_string(),
        "`eggs` and `hens` reference one another (eggs.hen_id -> hens, hens.egg_id -> eggs), and none of these columns can be \
         NULL at first, so no row can be loaded first; make one of the columns nullable, or its constraint DEFERRABLE where \
         the database has that"
    );
    assert_eq!(db.number("SELECT count(*) FROM eggs"), 0);
}

#[test]
fn a_cycle_of_soft_relations_needs_nothing() {
    let mut db = database(
        &[
            ("eggs", "id SERIAL PRIMARY KEY, hen_id INTEGER NOT NULL"),
            ("hens", "id SERIAL PRIMARY KEY, egg_id INTEGER NOT NULL"),
        ],
        &[],
    );
    let report = seed(&mut db.conn, models![Egg, Hen]).run().unwrap();
    assert!(report.tables.iter().all(|table| table.updated == 0));
    assert_eq!(db.number("SELECT count(*) FROM eggs JOIN hens ON hens.id = hen_id"), 10);
    assert_eq!(db.number("SELECT count(*) FROM hens JOIN eggs ON eggs.id = egg_id"), 20);
}
