//! Rows that reach one ancestor by two ways, and foreign keys of several columns.

use seed_core::With;

use super::*;

/// A table with a foreign key of several columns beside its fields.
pub(crate) fn composite(mut def: TableDef, pairs: &[(&'static str, &'static str)], parent: &'static str) -> TableDef {
    let (columns, parent_columns) = pairs.iter().copied().unzip();
    def.relations.push(RelationDef { columns, parent, parent_columns, ..RelationDef::default() });
    def
}

fn agreeing(def: &mut TableDef, column: &str, agree: bool) {
    let relation = def.relations.iter_mut().find(|relation| relation.columns.contains(&column)).unwrap();
    relation.agree = Some(agree);
}

/// accounts <- projects <- tasks, accounts <- tasks
fn tasks() -> Vec<TableDef> {
    vec![
        table("accounts", 10, vec![column("id")]),
        table("projects", 60, vec![column("id"), references("account_id", "accounts")]),
        table(
            "tasks",
            400,
            vec![column("id"), references("account_id", "accounts"), references("project_id", "projects")],
        ),
    ]
}

/// How many rows of `child` have another `ancestor` than the row that `parent` leads to.
fn apart(
    defs: Vec<TableDef>,
    child: &'static str,
    direct: &'static str,
    by: (&'static str, &'static str, &'static str),
) -> usize {
    let rows = plan(defs.clone()).unwrap().find(child).unwrap().rows;
    let columns = columns(defs);
    let (parent_key, parent, last) = by;
    let is_apart = |&row: &u64| {
        let parent_row = columns[&(child, parent_key)].nullable(row).map(|id| id as u64 - 1);
        let through = parent_row.and_then(|row| columns[&(parent, last)].nullable(row));
        let direct = columns[&(child, direct)].nullable(row);
        through.is_some() && direct.is_some() && through != direct
    };
    (0..rows).filter(is_apart).count()
}

const BY_PROJECT: (&str, &str, &str) = ("project_id", "projects", "account_id");

#[test]
fn a_task_is_of_the_account_of_its_project() {
    assert_eq!(apart(tasks(), "tasks", "account_id", BY_PROJECT), 0);
    let plan = plan(tasks()).unwrap();
    let relations = &plan.find("tasks").unwrap().relations;
    assert_eq!(relations[0].to_string(), "that of project_id and projects.account_id");
    assert_eq!(relations[1].to_string(), "any");
}

#[test]
fn a_project_is_chosen_among_those_of_the_account_that_drives() {
    // Projects that stand together, and projects all over the table.
    for projects in [Some(With::from(2..=9)), None] {
        let mut defs = tasks();
        defs[1].relations[0].with = projects;
        defs[2].relations[0].with = Some(With::from(40));
        assert_eq!(apart(defs.clone(), "tasks", "account_id", BY_PROJECT), 0);
        let columns = columns(defs.clone());
        let used: BTreeSet<i64> = (0..400).map(|row| columns[&("tasks", "project_id")].value(row)).collect();
        assert!(used.len() > 35, "{} projects", used.len());
        let words = plan(defs).unwrap().find("tasks").unwrap().relations[1].to_string();
        assert_eq!(words, "any; of the same accounts as by account_id");
    }
}

#[test]
fn an_account_without_projects_has_tasks_without() {
    let mut defs = tasks();
    defs[1].count = Some(5);
    defs[2].relations[0].with = Some(With::from(40));
    defs[2].columns[2].nullable = true;
    assert_eq!(apart(defs.clone(), "tasks", "account_id", BY_PROJECT), 0);
    let of = columns(defs);
    let null = (0..400).filter(|&row| of[&("tasks", "project_id")].nullable(row).is_none()).count();
    assert!(null >= 200, "{null} of 400 tasks have no project");
}

#[test]
fn foreign_keys_of_other_names_are_other_roles() {
    let blog = |author: &'static str| {
        vec![
            table("users", 10, vec![column("id")]),
            table("posts", 50, vec![column("id"), references(author, "users")]),
            table("comments", 400, vec![column("id"), references("post_id", "posts"), references("user_id", "users")]),
        ]
    };
    assert!(apart(blog("author_id"), "comments", "user_id", ("post_id", "posts", "author_id")) > 300);
    assert_eq!(apart(blog("user_id"), "comments", "user_id", ("post_id", "posts", "user_id")), 0);
    let said = |author, agree| {
        let mut defs = blog(author);
        agreeing(&mut defs[2], "user_id", agree);
        apart(defs, "comments", "user_id", ("post_id", "posts", author))
    };
    assert_eq!(said("author_id", true), 0);
    assert!(said("user_id", false) > 300);
}

#[test]
fn where_one_way_is_null_another_leads_to_the_ancestor() {
    let null = |field| set(nullable(field), |column| column.null = Some(0.5));
    let defs = vec![
        table("accounts", 30, vec![column("id")]),
        table("projects", 60, vec![column("id"), references("account_id", "accounts")]),
        table(
            "tasks",
            200,
            vec![column("id"), null(references("project_id", "projects")), null(references("account_id", "accounts"))],
        ),
        table(
            "comments",
            900,
            vec![
                column("id"),
                references("task_id", "tasks"),
                references("project_id", "projects"),
                references("account_id", "accounts"),
            ],
        ),
    ];
    assert_eq!(apart(defs.clone(), "comments", "project_id", ("task_id", "tasks", "project_id")), 0);
    assert_eq!(apart(defs.clone(), "comments", "account_id", ("task_id", "tasks", "account_id")), 0);
    // A task without an account says nothing of it, but the project does.
    let of = columns(defs);
    let row_of = |name, row| of[&("comments", name)].value(row) as u64 - 1;
    let is_open = |&row: &u64| of[&("tasks", "account_id")].nullable(row_of("task_id", row)).is_none();
    let open: Vec<u64> = (0..900).filter(is_open).collect();
    assert!(open.len() > 300, "{}", open.len());
    let of_project = |row| of[&("projects", "account_id")].value(row_of("project_id", row));
    assert!(open.iter().all(|&row| of[&("comments", "account_id")].value(row) == of_project(row)));
}

#[test]
fn two_ways_of_several_steps_meet() {
    let defs = vec![
        table("orgs", 8, vec![column("id")]),
        table("users", 80, vec![column("id"), references("org_id", "orgs")]),
        table("teams", 40, vec![column("id"), references("org_id", "orgs")]),
        table("invites", 300, vec![column("id"), references("user_id", "users"), references("team_id", "teams")]),
    ];
    let columns = columns(defs);
    let org = |table, key, row| columns[&(table, "org_id")].value(columns[&("invites", key)].value(row) as u64 - 1);
    assert!((0..300).all(|row| org("users", "user_id", row) == org("teams", "team_id", row)));
}

/// The members of teams, of one organisation each, by a composite primary key.
fn memberships(with: Option<With>, teams: u64) -> Vec<TableDef> {
    let mut members = table("members", 100, vec![references("user_id", "users"), references("team_id", "teams")]);
    members.primary_key = vec!["user_id", "team_id"];
    members.relations[0].with = with;
    vec![
        table("orgs", 4, vec![column("id")]),
        table("users", 80, vec![column("id"), references("org_id", "orgs")]),
        table("teams", None, vec![column("id"), super::with(teams, references("org_id", "orgs"))]),
        members,
    ]
}

#[test]
fn pairs_of_one_organisation_differ() {
    let rows = |defs: &[TableDef]| plan(defs.to_vec()).unwrap().find("members").unwrap().rows;
    let of = |defs: Vec<TableDef>| {
        let rows = rows(&defs);
        let columns = columns(defs);
        let pair = |row| (columns[&("members", "user_id")].value(row), columns[&("members", "team_id")].value(row));
        let pairs: BTreeSet<(i64, i64)> = (0..rows).map(pair).collect();
        assert_eq!(pairs.len() as u64, rows);
        let org = |table, id: i64| columns[&(table, "org_id")].value(id as u64 - 1);
        pairs.iter().filter(|(user, team)| org("users", *user) != org("teams", *team)).count()
    };
    assert_eq!(of(memberships(Some(With::from(1..=5)), 5)), 0);
    // With fewer teams than children it is more to differ than to agree.
    assert!(of(memberships(Some(With::from(1..=5)), 4)) > 0);
    // Without a driver the pairs are those of the whole product.
    assert!(of(memberships(None, 5)) > 0);
}

/// Tables of tenants, whose keys are (tenant, number).
fn tenants() -> Vec<TableDef> {
    let keyed = |name, count, further: Vec<Field>| {
        let fields = [vec![column("id"), references("tenant_id", "tenants")], further].concat();
        table(name, count, fields)
    };
    let lines = keyed("lines", 300, vec![column("order_id"), column("user_id"), nullable(column("parent_id"))]);
    let lines = composite(lines, &[("tenant_id", "tenant_id"), ("order_id", "id")], "orders");
    let lines = composite(lines, &[("tenant_id", "tenant_id"), ("user_id", "id")], "users");
    let lines = composite(lines, &[("tenant_id", "tenant_id"), ("parent_id", "id")], "lines");
    let orders = keyed("orders", 90, vec![nullable(column("user_id"))]);
    vec![
        table("tenants", 6, vec![column("id")]),
        keyed("users", 60, Vec::new()),
        composite(orders, &[("tenant_id", "tenant_id"), ("user_id", "id")], "users"),
        lines,
    ]
}

/// Each composite foreign key that is not NULL is that of a row.
pub(crate) fn assert_composites_hold(defs: Vec<TableDef>) {
    let plan = plan(defs.clone()).unwrap();
    let columns = columns(defs);
    for table in &plan.tables {
        for relation in table.relations.iter().filter(|relation| relation.columns.len() > 1) {
            let key = |table: &'static str, names: &[&'static str], row| -> Option<Vec<i64>> {
                names.iter().map(|name| columns[&(table, *name)].nullable(row)).collect()
            };
            let parents = plan.find(relation.parent).unwrap();
            let parents: BTreeSet<Vec<i64>> =
                (0..parents.rows).filter_map(|row| key(relation.parent, &relation.parent_columns, row)).collect();
            let keys: Vec<Vec<i64>> =
                (0..table.rows).filter_map(|row| key(table.def.name, &relation.columns, row)).collect();
            assert!(keys.iter().all(|key| parents.contains(key)), "{}.{}", table.def.name, relation.name);
            assert!(keys.len() as u64 * 2 > table.rows, "{}.{}: {} rows", table.def.name, relation.name, keys.len());
        }
    }
}

#[test]
fn composite_foreign_keys_that_share_a_column_agree_in_it() {
    assert_composites_hold(tenants());
    let mut driven = tenants();
    driven[1].relations[0].with = Some(With::from(1..=20));
    driven[2].relations[0].with = Some(With::from(0..=30));
    driven[3].relations[1].with = Some(With::from(1..=4));
    assert_composites_hold(driven);
}

#[test]
fn a_composite_foreign_key_is_null_as_one() {
    let orders = composite(
        table("orders", 500, vec![column("id"), nullable(column("region")), nullable(column("number"))]),
        &[("region", "region"), ("number", "id")],
        "users",
    );
    let of = columns(vec![table("users", 30, vec![column("id"), column("region")]), orders]);
    let key = |row| (of[&("orders", "region")].nullable(row), of[&("orders", "number")].nullable(row));
    assert!((0..500).all(|row| key(row).0.is_some() == key(row).1.is_some()));
    let null = (0..500).filter(|&row| key(row).0.is_none()).count();
    assert!((30..80).contains(&null), "{null} of 500");
    let user = |region, number: i64| of[&("users", "region")].value(number as u64 - 1) == region;
    assert!((0..500).filter_map(|row| key(row).0.zip(key(row).1)).all(|(region, number)| user(region, number)));
}

#[test]
fn a_tenant_that_has_nobody_to_reference() {
    let mut defs = tenants();
    defs[1].count = Some(1);
    let message = mistake(defs);
    assert!(
        message.starts_with("`lines.user_id`: the row needs a row of `users` that has the same `tenants`, and row "),
        "{message}"
    );
    assert!(
        message.ends_with(" of `tenants` has none; give each one with `with`, or more rows to `users`"),
        "{message}"
    );
}

#[test]
fn columns_that_are_shared_but_come_from_different_places() {
    let users = table("users", 30, vec![column("id"), column("region")]);
    let teams = table("teams", 30, vec![column("id"), column("region")]);
    let both = table("both", 30, vec![column("id"), column("region"), column("user_id"), column("team_id")]);
    let both = composite(both, &[("region", "region"), ("user_id", "id")], "users");
    let both = composite(both, &[("region", "region"), ("team_id", "id")], "teams");
    assert_eq!(
        mistake(vec![users, teams, both]),
        "`both.team_id`: the foreign key shares `region` with `user_id`, but `teams.region` and `users.region` take its value \
         from different places; let the others follow one relation, or make its columns with `value`"
    );
}

#[test]
fn a_reply_can_be_kept_to_the_post_of_what_it_replies_to() {
    let comments = |agree: Option<bool>, with: Option<With>| {
        let fields = vec![column("id"), references("post_id", "posts"), nullable(references("reply_to", "comments"))];
        let mut comments = table("comments", 500, fields);
        comments.relations[0].with = with;
        comments.relations[1].agree = agree;
        vec![table("posts", 50, vec![column("id")]), comments]
    };
    let by = ("reply_to", "comments", "post_id");
    assert!(apart(comments(None, None), "comments", "post_id", by) > 300);
    for with in [None, Some(With::from(10))] {
        let defs = comments(Some(true), with);
        assert_eq!(apart(defs.clone(), "comments", "post_id", by), 0);
        let of = columns(defs);
        let roots = (0..500).filter(|&row| of[&("comments", "reply_to")].nullable(row).is_none()).count();
        assert!((50..150).contains(&roots), "{roots} first comments of 50 posts");
    }
}

#[test]
fn pairs_of_those_without_an_organisation_differ_as_well() {
    let mut defs = memberships(Some(With::from(4)), 5);
    defs[1].columns[1].nullable = true;
    defs[1].columns[1].null = Some(0.5);
    let columns = columns(defs);
    let pair = |row| (columns[&("members", "user_id")].value(row), columns[&("members", "team_id")].value(row));
    assert_eq!((0..320).map(pair).collect::<BTreeSet<_>>().len(), 320);
}
