//! Runs that load some tables, or some rows of each.

use seed_core::{Database, ForeignKey, MadeRows, Shard, Stage};

use super::*;

fn shard(number: u64, count: u64) -> Shard {
    Shard::new(number, count).unwrap()
}

/// The game of so many users.
fn game_of(users: u64) -> Plan {
    let mut overrides = Overrides::default();
    overrides.table_mut("users").count = Some(users);
    Plan::new(42, game(), &overrides).unwrap()
}

fn slice(plan: &Plan, table: &str, shard: Shard) -> std::ops::Range<u64> {
    let at = plan.tables.iter().position(|plan| plan.def.name == table).unwrap();
    plan.slices(shard)[at].clone()
}

fn stages(plan: &Plan, shards: u64) -> Vec<String> {
    plan.stages(shards).iter().map(ToString::to_string).collect()
}

fn choose(plan: &Plan, tables: &[&str], shard: Shard) -> Result<Vec<Option<std::ops::Range<u64>>>, Errors> {
    let tables: Vec<String> = tables.iter().map(|&table| table.to_owned()).collect();
    plan.choose(Some(&tables), shard)
}

fn refusal(plan: &Plan, tables: Option<&[&str]>, shard: Shard) -> String {
    let chosen = tables.map_or_else(|| plan.choose(None, shard), |tables| choose(plan, tables, shard));
    chosen.unwrap_err().to_string()
}

#[test]
fn children_are_cut_where_their_parents_are() {
    let plan = game_of(1_000);
    let of = |table| slice(&plan, table, shard(3, 16));
    assert_eq!((of("users"), of("profiles")), (125..187, 125..187));
    assert_eq!((of("sessions"), of("scores")), (625..935, 3_125..4_675));
    assert_eq!(of("levels"), 0..0);
    assert_eq!(plan.slices(Shard::WHOLE), plan.tables.iter().map(|table| table.indices()).collect::<Vec<_>>());
}

#[test]
fn children_of_few_parents_are_cut_evenly() {
    let plan = game_of(12);
    let of = |table, number| slice(&plan, table, shard(number, 16));
    assert_eq!((of("users", 1), of("users", 2)), (0..0, 0..1));
    // Not all shards would have any.
    assert_eq!((of("sessions", 1), of("sessions", 2)), (0..3, 3..7));
    // These are cut with the sessions, of which there are enough.
    assert_eq!((of("scores", 1), of("scores", 2)), (0..15, 15..35));
}

#[test]
fn children_of_which_parents_have_different_numbers_stay_together() {
    let defs = vec![
        table("users", 300, vec![column("id")]),
        table("posts", None, vec![column("id"), with(0..=4, references("user_id", "users"))]),
    ];
    let plan = plan(defs).unwrap();
    let posts = plan.find("posts").unwrap();
    for number in 1..=7 {
        let (users, rows) = (slice(&plan, "users", shard(number, 7)), slice(&plan, "posts", shard(number, 7)));
        assert!(!rows.is_empty());
        assert!(rows.into_iter().all(|row| users.contains(&posts.relations[0].parent(row).unwrap())));
    }
    assert_eq!(slice(&plan, "posts", shard(7, 7)).end, posts.rows);
}

#[test]
fn more_shards_than_rows_leave_some_without() {
    let plan = game_of(0);
    assert_eq!(slice(&plan, "scores", shard(9, 16)), 0..0);
    let plan = game_of(1);
    let lengths: Vec<u64> =
        (1..=1_000).map(|number| slice(&plan, "users", shard(number, 1_000)).count() as u64).collect();
    assert_eq!(lengths.iter().sum::<u64>(), 1);
    let most = u64::MAX;
    assert_eq!(slice(&plan, "scores", shard(most, most)), 24..25);
}

#[test]
fn the_largest_tables_are_cut() {
    let most = 1 << 62;
    let defs = vec![
        table("users", most / 4, vec![column("id")]),
        table("posts", None, vec![column("id"), with(4, references("user_id", "users"))]),
    ];
    let plan = plan(defs).unwrap();
    assert_eq!(slice(&plan, "posts", shard(3, 4)), most / 2..most / 4 * 3);
    assert_eq!(slice(&plan, "posts", shard(1 << 40, 1 << 40)), most - (1 << 22)..most);
}

#[test]
fn rows_that_go_on_behind_others_are_cut_as_well() {
    let first = BTreeMap::from([("users", 100), ("sessions", 500)]);
    let database = Database { first, ..Database::default() };
    let plan = Plan::on(&database, 42, game(), &Overrides::default()).unwrap();
    assert_eq!(slice(&plan, "users", shard(2, 3)), 104..108);
    assert_eq!(slice(&plan, "sessions", shard(2, 3)), 520..540);
}

#[test]
fn children_of_parents_outside_the_run_are_cut_evenly() {
    let mut users = MadeRows::new(0);
    users.column("id", (1..=10).map(|user| Some(user * 100)).collect());
    let database = Database { outside: BTreeMap::from([("users", Arc::new(users))]), ..Database::default() };
    let defs = vec![
        table("orders", None, vec![column("id"), with(3, references("user_id", "users"))]),
        table("items", None, vec![column("id"), with(2, references("order_id", "orders"))]),
    ];
    let plan = Plan::on(&database, 42, defs, &Overrides::default()).unwrap();
    assert_eq!((slice(&plan, "orders", shard(2, 4)), slice(&plan, "items", shard(2, 4))), (7..15, 14..30));
    // These parents are there before any stage.
    assert_eq!(stages(&plan, 4), ["`--tables orders,items --shard 1/4` to `4/4`"]);
}

#[test]
fn parents_that_are_drawn_have_a_stage_before() {
    let plan = game_of(1_000);
    let last = "`--tables users,sessions,profiles,scores --shard 1/16` to `16/16`";
    assert_eq!(stages(&plan, 16), ["`--tables levels`", last]);
    assert_eq!(plan.stages(16)[0], Stage { tables: vec!["levels"], shards: 1 });
    // With few shards, the levels are enough to be cut.
    assert_eq!(stages(&plan, 2)[0], "`--tables levels --shard 1/2` to `2/2`");
    assert_eq!(stages(&plan, 1), ["`--tables levels,users,sessions,profiles,scores`"]);
}

#[test]
fn tables_too_small_to_be_cut_are_loaded_by_one_run() {
    assert_eq!(
        stages(&game_of(2), 16),
        ["`--tables levels,users,sessions`", "`--tables profiles,scores --shard 1/16` to `16/16`"]
    );
    assert_eq!(stages(&game_of(2), 1_000), ["`--tables levels,users,sessions,profiles,scores`"]);
}

#[test]
fn rows_that_reference_rows_of_other_shards_are_refused_with_the_stages() {
    let plan = game_of(1_000);
    assert_eq!(
        refusal(&plan, None, shard(3, 16)),
        "`scores.level_id` references rows of `levels` that other shards load at the same time; load in stages, each when \
         all runs of the one before are done: `--tables levels`, then `--tables users,sessions,profiles,scores --shard 1/16` \
         to `16/16`"
    );
    // The stages of what was chosen.
    let of_two = refusal(&plan, Some(&["scores", "levels"]), shard(1, 2));
    assert!(
        of_two.ends_with("`--tables levels --shard 1/2` to `2/2`, then `--tables scores --shard 1/2` to `2/2`"),
        "{of_two}"
    );
    assert!(choose(&plan, &["scores"], shard(1, 2)).is_ok());
    assert!(plan.choose(None, Shard::WHOLE).is_ok());
}

#[test]
fn some_tables_are_all_their_rows() {
    let plan = game_of(12);
    assert_eq!(choose(&plan, &["users", "levels"], Shard::WHOLE), Ok(vec![Some(0..5), Some(0..12), None, None, None]));
    assert_eq!(choose(&plan, &["users"], shard(2, 3)), Ok(vec![None, Some(4..8), None, None, None]));
}

#[test]
fn a_table_that_is_not_there_is_named_with_the_nearest() {
    assert_eq!(
        refusal(&game_of(12), Some(&["user", "levels", "nothing"]), Shard::WHOLE),
        "there is no table `user` in this run; did you mean `users`?\nthere is no table `nothing` in this run"
    );
}

#[test]
fn a_tree_is_loaded_whole() {
    let defs = vec![
        table("categories", 1_000, vec![column("id"), nullable(references("parent_id", "categories"))]),
        table("articles", 1_000, vec![column("id"), references("category_id", "categories")]),
        table("comments", None, vec![column("id"), with(3, references("article_id", "articles"))]),
    ];
    let plan = plan(defs).unwrap();
    assert_eq!(stages(&plan, 4), ["`--tables categories`", "`--tables articles,comments --shard 1/4` to `4/4`"]);
    assert_eq!(
        refusal(&plan, Some(&["categories"]), shard(1, 4)),
        "`categories.parent_id` references rows of `categories` that other shards load at the same time; load in stages, each \
         when all runs of the one before are done: `--tables categories`"
    );
    assert!(choose(&plan, &["categories"], Shard::WHOLE).is_ok());
}

#[test]
fn a_cycle_is_loaded_whole_and_together() {
    let defs = vec![
        table("members", 100, vec![column("id"), references("team_id", "teams")]),
        table("teams", 20, vec![column("id"), nullable(references("captain_id", "members"))]),
        table("matches", 50, vec![column("id"), references("team_id", "teams")]),
    ];
    let plan = plan(defs).unwrap();
    assert_eq!(stages(&plan, 2), ["`--tables teams,members`", "`--tables matches --shard 1/2` to `2/2`"]);
    let message = "`teams.captain_id` can be filled only when the rows of `members` are there, and these need those of `teams`; \
                   load them together: `--tables teams,members`";
    assert_eq!(refusal(&plan, Some(&["teams", "matches"]), Shard::WHOLE), message);
    assert_eq!(refusal(&plan, Some(&["teams"]), shard(1, 2)), message);
    assert!(refusal(&plan, Some(&["teams", "members"]), shard(1, 2)).ends_with("are done: `--tables teams,members`"));
    assert!(choose(&plan, &["members", "teams"], Shard::WHOLE).is_ok());
}

#[test]
fn what_the_database_does_not_enforce_needs_no_stages() {
    let foreign_key = |table: &'static str, column: &str, parent: &str| ForeignKey {
        name: String::new(),
        table,
        columns: vec![column.to_owned()],
        parent: parent.to_owned(),
        parent_columns: vec!["id".to_owned()],
        on_delete: String::new(),
        on_update: String::new(),
        deferrable: false,
    };
    let of = |foreign_keys| {
        let database = Database { foreign_keys: Some(foreign_keys), ..Database::default() };
        Plan::on(&database, 42, game(), &Overrides::default()).unwrap()
    };
    assert!(of(Vec::new()).choose(None, shard(1, 2)).is_ok());
    assert!(of(vec![foreign_key("scores", "session_id", "sessions")]).choose(None, shard(1, 2)).is_ok());
    assert!(of(vec![foreign_key("scores", "level_id", "levels")]).choose(None, shard(1, 2)).is_err());
}

#[test]
fn an_ancestor_that_a_row_has_by_its_parent_is_in_its_shard() {
    let defs = vec![
        table("tenants", 20, vec![column("id")]),
        table("orders", None, vec![column("id"), with(5, references("tenant_id", "tenants"))]),
        table(
            "items",
            None,
            vec![column("id"), with(2, references("order_id", "orders")), references("tenant_id", "tenants")],
        ),
    ];
    let plan = plan(defs).unwrap();
    assert!(matches!(plan.find("items").unwrap().relations[1].parents, Parents::Through { .. }));
    assert_eq!(stages(&plan, 4), ["`--tables tenants,orders,items --shard 1/4` to `4/4`"]);
    // The tenants are too few to be cut: orders are not with them.
    assert_eq!(stages(&plan, 32), ["`--tables tenants`", "`--tables orders,items --shard 1/32` to `32/32`"]);
}

#[test]
fn a_stage_waits_for_all_that_its_rows_reference() {
    let defs = vec![
        table("countries", 100, vec![column("id")]),
        table("cities", 100, vec![column("id"), references("country_id", "countries")]),
        table("shops", 100, vec![column("id"), references("city_id", "cities")]),
        table(
            "sales",
            None,
            vec![column("id"), with(3, references("shop_id", "shops")), references("good_id", "goods")],
        ),
        table("goods", 100, vec![column("id")]),
        table("apart", 100, vec![column("id")]),
    ];
    let plan = plan(defs).unwrap();
    let each = |tables: &str| format!("`--tables {tables} --shard 1/2` to `2/2`");
    // What nothing waits for is last, and what only the last wait for is before them.
    assert_eq!(stages(&plan, 2), [each("countries"), each("goods,cities"), each("apart,shops,sales")]);
}
