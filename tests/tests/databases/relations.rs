//! Foreign keys of every kind that there is so far.

use seed_diesel::{Error, Share, With, models, seed};

use super::Db;
use crate::models::{Badge, Match, Member, Team, fixtures, members};

const TABLES: &str = "
    CREATE TABLE teams (id SERIAL PRIMARY KEY, name VARCHAR(30) NOT NULL);
    CREATE TABLE members (id SERIAL PRIMARY KEY, team_id INTEGER, mentor_id INTEGER, name VARCHAR(40) NOT NULL,
        FOREIGN KEY (team_id) REFERENCES teams (id), FOREIGN KEY (mentor_id) REFERENCES members (id));
    CREATE TABLE badges (id SERIAL PRIMARY KEY, member_id INTEGER NOT NULL UNIQUE, colour VARCHAR(20) NOT NULL,
        FOREIGN KEY (member_id) REFERENCES members (id));
    CREATE TABLE fixtures (id SERIAL PRIMARY KEY, home_id INTEGER NOT NULL, guest_id INTEGER NOT NULL,
        FOREIGN KEY (home_id) REFERENCES teams (id), FOREIGN KEY (guest_id) REFERENCES teams (id));";

#[test]
fn a_nullable_relation_is_null_as_often_as_it_says() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Team, Member]).run().unwrap();
    let null = db.number("SELECT count(*) FROM members WHERE team_id IS NULL");
    assert!((70..=130).contains(&null), "{null} of 200");
    assert_eq!(db.number("SELECT count(*) FROM members WHERE team_id NOT IN (SELECT id FROM teams)"), 0);
    assert_eq!(db.number("SELECT count(DISTINCT team_id) FROM members"), 10);
}

#[test]
fn a_self_reference_points_to_an_earlier_row() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Team, Member]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members WHERE mentor_id >= id"), 0);
    assert_eq!(db.number("SELECT count(*) FROM members WHERE id = 1 AND mentor_id IS NULL"), 1);
    assert!(db.number("SELECT count(DISTINCT mentor_id) FROM members") > 50);
}

#[test]
fn a_unique_relation_has_one_child_a_parent() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Badge, Member, Team]).run().unwrap();
    assert_eq!(db.number("SELECT count(DISTINCT member_id) FROM badges"), 150);
    assert_eq!(db.number("SELECT count(*) FROM badges WHERE member_id NOT IN (SELECT id FROM members)"), 0);
}

#[test]
fn a_unique_relation_to_too_few_parents_is_an_error() {
    let mut db = Db::with(TABLES);
    let error = seed(&mut db.conn, models![Badge, Member, Team]).refine::<Member>(|t| t.count(149)).run().unwrap_err();
    assert!(matches!(error, Error::Plan(_)));
    let error = error.to_string();
    assert!(["`badges.member_id`", "149", "150"].iter().all(|part| error.contains(part)), "{error}");
    assert_eq!(db.number("SELECT count(*) FROM teams"), 0);
}

#[test]
fn two_relations_to_one_table_are_told_apart() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Team, Match]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM fixtures"), 30);
    let by_home = "SELECT count(*) FROM teams WHERE (SELECT count(*) FROM fixtures WHERE home_id = teams.id) <> 3";
    assert_eq!(db.number(by_home), 0);
    // The guests are drawn.
    assert!(db.number("SELECT count(*) FROM fixtures WHERE guest_id <> home_id") > 15);
    let by_guest = "SELECT count(*) FROM teams WHERE (SELECT count(*) FROM fixtures WHERE guest_id = teams.id) <> 3";
    assert!(db.number(by_guest) > 0);
}

#[test]
fn with_a_range_gives_each_parent_a_number_of_it() {
    let mut db = Db::with(TABLES);
    let report = seed(&mut db.conn, models![Team, Match])
        .refine::<Team>(|t| t.count(300).with(fixtures::home_id, 0..=2))
        .run()
        .unwrap();
    assert_eq!(db.number("SELECT count(*) FROM fixtures") as u64, report.rows("fixtures"));
    for children in 0..=2 {
        let parents = db.number(&format!(
            "SELECT count(*) FROM teams WHERE (SELECT count(*) FROM fixtures WHERE home_id = teams.id) = {children}"
        ));
        assert!((70..=130).contains(&parents), "{parents} of 300 have {children}");
    }
    let most = "SELECT max(children) FROM (SELECT count(*) AS children FROM fixtures GROUP BY home_id) AS counted";
    assert_eq!(db.number(most), 2);
}

#[test]
fn with_weights_gives_each_range_its_share() {
    let mut db = Db::with(TABLES);
    let weighted = With::weighted([Share::new(0.7, 1), Share::new(0.3, 4..=5)]);
    seed(&mut db.conn, models![Team, Match])
        .refine::<Team>(|t| t.count(300).with(fixtures::home_id, weighted))
        .run()
        .unwrap();
    let mut parents_with = |condition: &str| {
        db.number(&format!(
            "SELECT count(*) FROM teams WHERE (SELECT count(*) FROM fixtures WHERE home_id = teams.id) {condition}"
        ))
    };
    let one = parents_with("= 1");
    assert!((180..=240).contains(&one), "{one} of 300 have 1");
    assert_eq!(parents_with("BETWEEN 4 AND 5"), 300 - one);
}

#[test]
fn with_nothing_leaves_the_children_out() {
    let mut db = Db::with(TABLES);
    let report =
        seed(&mut db.conn, models![Team, Match]).refine::<Team>(|t| t.with(fixtures::home_id, 0)).run().unwrap();
    assert_eq!(report.rows("fixtures"), 0);
    assert_eq!(db.number("SELECT count(*) FROM fixtures"), 0);
}

#[test]
fn a_nullable_relation_can_drive_the_count() {
    let mut db = Db::with(TABLES);
    seed(&mut db.conn, models![Team, Member]).refine::<Team>(|t| t.with(members::team_id, 2)).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM members"), 20);
    assert_eq!(db.number("SELECT count(*) FROM members WHERE team_id IS NULL"), 0);
}
