//! `differ(home_id, guest_id)`: foreign keys of one row that reference different rows of a parent.

use super::*;

fn games(teams: u64, fields: Vec<Field>, differ: &[&[&'static str]]) -> Vec<TableDef> {
    let fields = [vec![column("id")], fields].concat();
    let differ = differ.iter().map(|group| group.to_vec()).collect();
    vec![table("teams", teams, vec![column("id")]), TableDef { differ, ..table("games", 500, fields) }]
}

fn rows(defs: Vec<TableDef>, names: &[&'static str]) -> Vec<Vec<Option<i64>>> {
    let columns = columns(defs);
    (0..500).map(|row| names.iter().map(|name| columns[&("games", *name)].nullable(row)).collect()).collect()
}

#[test]
fn the_parents_of_a_row_are_different_ones() {
    let fields =
        || vec![references("home_id", "teams"), references("guest_id", "teams"), references("judge_id", "teams")];
    let all = ["home_id", "guest_id", "judge_id"];
    for row in rows(games(3, fields(), &[&all]), &all) {
        assert!(row[0] != row[1] && row[1] != row[2] && row[0] != row[2], "{row:?}");
    }
    let two = rows(games(2, fields(), &[&["guest_id", "home_id"]]), &all);
    assert!(two.iter().all(|row| row[0] != row[1]));
    assert!(two.iter().any(|row| row[0] == row[2]) && two.iter().any(|row| row[1] == row[2]));
}

#[test]
fn null_is_no_parent_that_another_one_could_be() {
    let fields = vec![references("home_id", "teams"), nullable(references("guest_id", "teams"))];
    let rows = rows(games(2, fields, &[&["home_id", "guest_id"]]), &["home_id", "guest_id"]);
    assert!(rows.iter().all(|row| row[0] != row[1]));
    assert!(rows.iter().any(|row| row[1].is_none()) && rows.iter().any(|row| row[1].is_some()));
}

#[test]
fn a_composite_foreign_key_is_named_by_any_of_its_own_columns() {
    let composite = |name: &'static str, other: &'static str| {
        let columns = vec![name, other];
        let relation =
            RelationDef { columns, parent: "teams", parent_columns: vec!["id", "league_id"], ..RelationDef::default() };
        vec![Field { relation: Some(relation), ..column(name) }, column(other)]
    };
    let fields = || [composite("home_id", "home_league"), composite("guest_id", "guest_league")].concat();
    for differ in [["home_id", "guest_id"], ["home_league", "guest_league"], ["home_id", "guest_league"]] {
        let mut defs = games(2, fields(), &[&differ]);
        defs[0].columns.push(ColumnDef::new("league_id"));
        assert!(rows(defs, &["home_id", "guest_id"]).iter().all(|row| row[0] != row[1]), "{differ:?}");
    }
}

#[test]
fn too_few_parents_are_told() {
    let fields = vec![references("home_id", "teams"), references("guest_id", "teams")];
    assert_eq!(
        mistake(games(1, fields, &[&["home_id", "guest_id"]])),
        "`games.guest_id`: each row needs 2 different rows of `teams`, and there are 1; give `teams` a higher count"
    );
}

#[test]
fn what_cannot_differ_is_told() {
    let two_parents = vec![references("home_id", "teams"), references("place_id", "places")];
    let mut defs = games(5, two_parents, &[&["home_id", "place_id"]]);
    defs.push(table("places", 5, vec![column("id")]));
    assert_eq!(
        mistake(defs),
        "`games.place_id`: `differ` tells rows of one table apart, but the column references `places`, and `home_id` references \
         `teams`; leave one of them out"
    );
    let own = vec![nullable(references("first_id", "games")), nullable(references("second_id", "games"))];
    assert_eq!(
        mistake(games(5, own, &[&["first_id", "second_id"]])),
        "`games.second_id`: a self reference leads to an earlier row, and cannot differ from another one; leave it out"
    );
}
