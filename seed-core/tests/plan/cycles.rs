//! Tables that reference one another.

use seed_core::{Database, Deferral, ForeignKey, When};

use super::*;

/// A team has a captain, who is a member of a team.
fn teams() -> Vec<TableDef> {
    vec![
        table("teams", 20, vec![column("id"), nullable(references("captain_id", "members"))]),
        table("members", 100, vec![column("id"), references("team_id", "teams")]),
    ]
}

fn order(plan: &Plan) -> Vec<&'static str> {
    plan.tables.iter().map(|table| table.def.name).collect()
}

fn when<'a>(plan: &'a Plan, table: &str, name: &str) -> &'a When {
    &plan.find(table).unwrap().relations.iter().find(|relation| relation.name == name).unwrap().when
}

fn afterwards(column: &'static str) -> When {
    When::Afterwards { columns: vec![column] }
}

fn foreign_key(table: &'static str, column: &str, parent: &str, deferrable: bool) -> ForeignKey {
    ForeignKey {
        name: format!("{table}_{column}_fkey"),
        table,
        columns: vec![column.to_owned()],
        parent: parent.to_owned(),
        parent_columns: vec!["id".to_owned()],
        on_delete: "NO ACTION".to_owned(),
        on_update: "NO ACTION".to_owned(),
        deferrable,
    }
}

#[test]
fn a_cycle_is_opened_where_a_column_can_be_null() {
    for defs in [teams(), teams().into_iter().rev().collect()] {
        let plan = plan(defs).unwrap();
        assert_eq!(order(&plan), ["teams", "members"]);
        assert_eq!(when(&plan, "teams", "captain_id"), &afterwards("captain_id"));
        assert_eq!(when(&plan, "members", "team_id"), &When::WithItsRow);
    }
    // The values are there all the same: they are no other than without a cycle.
    let cells = cells(teams());
    let captains = &cells[&("teams".to_owned(), "captain_id".to_owned())];
    let captains: Vec<u64> = captains.iter().flatten().map(|captain| captain.parse().unwrap()).collect();
    assert!(captains.len() > 12 && captains.iter().all(|captain| (1..=100).contains(captain)));
}

#[test]
fn a_table_that_only_waits_for_a_cycle_is_not_opened() {
    let mut defs = teams();
    defs.insert(0, table("matches", 5, vec![column("id"), nullable(references("team_id", "teams"))]));
    let plan = plan(defs).unwrap();
    assert_eq!(order(&plan), ["teams", "matches", "members"]);
    assert_eq!(when(&plan, "matches", "team_id"), &When::WithItsRow);
}

#[test]
fn two_cycles_through_one_table_and_a_self_reference() {
    let defs = vec![
        table(
            "people",
            50,
            vec![
                column("id"),
                nullable(references("home_id", "houses")),
                nullable(references("pet_id", "pets")),
                nullable(references("mother_id", "people")),
            ],
        ),
        table("houses", 20, vec![column("id"), references("owner_id", "people")]),
        table("pets", 30, vec![column("id"), references("owner_id", "people"), references("house_id", "houses")]),
    ];
    let plan = plan(defs).unwrap();
    assert_eq!(order(&plan), ["people", "houses", "pets"]);
    assert_eq!(when(&plan, "people", "home_id"), &afterwards("home_id"));
    assert_eq!(when(&plan, "people", "pet_id"), &afterwards("pet_id"));
    assert_eq!(when(&plan, "people", "mother_id"), &When::WithItsRow);
}

#[test]
fn a_cycle_that_drives_counts_one_after_the_other() {
    let mut defs = teams();
    defs[1].relations[0].with = Some(With::from(11));
    let plan = plan(defs).unwrap();
    assert_eq!(plan.find("members").unwrap().rows, 220);
    let mut circle = teams();
    circle[0].relations[0].with = Some(With::from(1));
    circle[1].relations[0].with = Some(With::from(11));
    assert_eq!(
        mistake(circle),
        "`members` and `teams` drive one another (teams.captain_id -> members, members.team_id -> teams), so the rows of none \
         can be counted first; leave `with` out on one of these columns"
    );
}

#[test]
fn what_the_database_knows_decides_where_a_cycle_is_opened() {
    let plan = |foreign_keys: &[(&'static str, &str, &str, bool)], deferral| {
        let keys = foreign_keys
            .iter()
            .map(|&(table, column, parent, deferrable)| foreign_key(table, column, parent, deferrable));
        let database = Database { foreign_keys: Some(keys.collect()), deferral, ..Database::default() };
        let mut defs = teams();
        defs[0].columns[1].nullable = false;
        Plan::on(&database, 42, defs, &Overrides::default())
    };
    let both = [("teams", "captain_id", "members", false), ("members", "team_id", "teams", true)];
    // All can wait.
    let always = plan(&both, Deferral::Always).unwrap();
    assert_eq!(when(&always, "members", "team_id"), &When::Deferred);
    // One was declared so.
    let declared = plan(&both, Deferral::Declared).unwrap();
    assert_eq!(order(&declared), ["members", "teams"]);
    assert_eq!(when(&declared, "members", "team_id"), &When::Deferred);
    // The database does not look at the other.
    let soft = plan(&both[..1], Deferral::Never).unwrap();
    assert_eq!(order(&soft), ["members", "teams"]);
    assert_eq!(when(&soft, "members", "team_id"), &When::WithItsRow);
    assert_eq!(
        plan(&both, Deferral::Never).unwrap_err().to_string(),
        "`members` and `teams` reference one another (teams.captain_id -> members, members.team_id -> teams), and none of \
         these columns can be NULL at first, so no row can be loaded first; make one of the columns nullable, or its \
         constraint DEFERRABLE where the database has that"
    );
}

#[test]
fn a_row_that_cannot_be_found_again_is_not_updated() {
    let mut defs = teams();
    defs[0].primary_key = vec!["code"];
    assert!(mistake(defs).contains("teams.captain_id -> members"));
}

#[test]
fn times_do_not_follow_a_parent_that_comes_later() {
    let mut defs = teams();
    for def in &mut defs {
        def.columns.push(ColumnDef::new("created_at"));
    }
    let columns = columns(defs);
    let born = |table, row| columns[&(table, "created_at")].value(row);
    let team = |row| columns[&("members", "team_id")].value(row) as u64 - 1;
    assert!((0..100).all(|member| born("members", member) >= born("teams", team(member))));
}

#[test]
fn keys_that_are_taken_from_one_another_are_none() {
    let defs = vec![
        table("users", 5, vec![relation("id", "profiles", "id")]),
        table("profiles", 5, vec![nullable(relation("id", "users", "id"))]),
    ];
    assert_eq!(
        mistake(defs),
        "`users.id`: the column takes its value from itself; let it reference a column of `profiles` that has values of its own\n\
         `profiles.id`: the column takes its value from itself; let it reference a column of `users` that has values of its own"
    );
}

#[test]
fn the_rows_do_not_depend_on_the_database_nor_on_the_order_of_the_models() {
    let mut defs = teams();
    defs[1].columns[1].nullable = true;
    for def in &mut defs {
        def.columns.push(ColumnDef::new("created_at"));
    }
    let reversed: Vec<TableDef> = defs.iter().rev().cloned().collect();
    assert_eq!(cells(defs.clone()), cells(reversed.clone()));
    let rows = |deferral, defs: &Vec<TableDef>| {
        let keys = [("teams", "captain_id", "members", true), ("members", "team_id", "teams", false)];
        let keys = keys.map(|(table, column, parent, deferrable)| foreign_key(table, column, parent, deferrable));
        let database = Database { foreign_keys: Some(keys.to_vec()), deferral, ..Database::default() };
        let plan = Plan::on(&database, 42, defs.clone(), &Overrides::default()).unwrap();
        let first = plan.tables[0].def.name;
        let mut overrides = Overrides::default();
        let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
        let mut columns = BTreeMap::new();
        numbers(&plan, &mut build, &mut columns);
        build.finish().unwrap();
        let values =
            columns.into_iter().map(|(name, column)| (name, (0..20).map(|row| column.nullable(row)).collect()));
        (first, values.collect::<BTreeMap<_, Vec<_>>>())
    };
    let always = rows(Deferral::Always, &defs);
    for (deferral, defs) in [(Deferral::Declared, &defs), (Deferral::Never, &defs), (Deferral::Never, &reversed)] {
        assert_eq!(rows(deferral, defs).1, always.1);
    }
    assert_eq!((always.0, rows(Deferral::Declared, &defs).0), ("members", "teams"));
}

#[test]
fn a_time_after_one_of_a_parent_that_comes_later_is_an_error() {
    let mut defs = teams();
    defs[0].columns.push(ColumnDef::new("founded"));
    defs[1].columns.push(ColumnDef::new("joined"));
    let mut overrides = Overrides::default();
    let plan = Plan::new(42, defs, &overrides).unwrap();
    let mut build = Builder::new(&plan, Anchor::default(), &mut overrides);
    numbers(&plan, &mut build, &mut BTreeMap::new());
    build.begin(plan.tables.iter().position(|table| table.def.name == "teams").unwrap());
    let founded = build.draw("founded", int::<i64>(0..=99));
    build.after_parent("founded", &founded, "members", "joined");
    assert_eq!(
        build.finish().unwrap_err().to_string(),
        "`teams.founded`: `members` comes later, since the tables reference one another through `teams.captain_id`, so `after` \
         may lead back here; write a `value` made from `row` instead"
    );
}
