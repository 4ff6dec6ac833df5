//! Foreign keys of the database that no relation of a model names.

use seed_core::{Database, ForeignKey};

use super::*;

fn key(table: &'static str, columns: &[&str], parent: &str, parent_columns: &[&str]) -> ForeignKey {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ForeignKey {
        name: format!("{table}_{}", columns.join("_")),
        table,
        columns: owned(columns),
        parent: parent.to_owned(),
        parent_columns: owned(parent_columns),
        on_delete: "NO ACTION".to_owned(),
        on_update: "NO ACTION".to_owned(),
        deferrable: false,
    }
}

fn plan_on(keys: &[ForeignKey], defs: Vec<TableDef>, overrides: &Overrides) -> Result<Plan, Errors> {
    let database = Database { foreign_keys: Some(keys.to_vec()), ..Database::default() };
    Plan::on(&database, 42, defs, overrides)
}

#[track_caller]
fn assert_fine(keys: &[ForeignKey], defs: Vec<TableDef>) {
    let plan = plan_on(keys, defs, &Overrides::default());
    assert!(plan.is_ok(), "{}", plan.unwrap_err());
}

#[track_caller]
fn assert_mistake(keys: &[ForeignKey], defs: Vec<TableDef>, mistake: &str) {
    assert_eq!(plan_on(keys, defs, &Overrides::default()).unwrap_err().to_string(), mistake);
}

/// Notes of users, with nothing but these columns.
fn notes(fields: Vec<Field>) -> Vec<TableDef> {
    vec![table("users", 3, vec![column("id"), column("age")]), table("notes", 5, fields)]
}

fn of_users() -> [ForeignKey; 1] {
    [key("notes", &["user_id"], "users", &["id"])]
}

#[test]
fn a_foreign_key_without_a_relation_says_which_to_add() {
    assert_mistake(
        &of_users(),
        notes(vec![column("id"), column("user_id")]),
        "`notes.user_id` references `users.id` in the database (constraint `notes_user_id`), but no relation of the model \
         says so; add `#[seed(references = users::id)]` to its field",
    );
    let forgotten = [ForeignKey { name: String::new(), ..of_users()[0].clone() }];
    assert_mistake(
        &forgotten,
        notes(vec![column("id"), nullable(column("user_id"))]),
        "`notes.user_id` references `users.id` in the database, but no relation of the model says so; add `#[seed(references \
         = users::id)]` to its field",
    );
    // The database has not been asked.
    assert!(plan(notes(vec![column("id"), column("user_id")])).is_ok());
}

#[test]
fn a_table_outside_the_run_is_named_by_its_module() {
    assert_mistake(
        &[key("notes", &["user_id"], "accounts.people", &["id"])],
        notes(vec![column("id"), column("user_id")]),
        "`notes.user_id` references `accounts.people.id` in the database (constraint `notes_user_id`), but no relation of the \
         model says so; add `#[seed(references = people::id)]` to its field",
    );
}

#[test]
fn a_composite_foreign_key_without_a_relation_says_which_to_add() {
    let defs = || {
        let mut orders = table("orders", None, vec![column("tenant_id"), column("id")]);
        orders.primary_key = vec!["tenant_id", "id"];
        vec![orders, table("lines", None, vec![column("id"), column("tenant_id"), column("order_id")])]
    };
    let keys = [key("lines", &["tenant_id", "order_id"], "orders", &["tenant_id", "id"])];
    let mistake = "`lines.tenant_id` and `lines.order_id` reference `orders.tenant_id` and `orders.id` in the database \
         (constraint `lines_tenant_id_order_id`), but no relation of the model says so; add `#[seed(references(tenant_id = \
         orders::tenant_id, order_id = orders::id))]` to the model";
    assert_mistake(&keys, defs(), mistake);

    // Each of the columns by itself is not the same.
    let mut split = defs();
    split[1].relations =
        vec![RelationDef::new("tenant_id", "orders", "tenant_id"), RelationDef::new("order_id", "orders", "id")];
    assert_mistake(&keys, split, mistake);

    let mut related = defs();
    related[1].relations = vec![RelationDef {
        columns: vec!["order_id", "tenant_id"],
        parent: "orders",
        parent_columns: vec!["id", "tenant_id"],
        ..RelationDef::default()
    }];
    assert_fine(&keys, related);
}

#[test]
fn a_relation_to_another_parent_is_none() {
    let mut defs = notes(vec![column("id"), references("user_id", "people")]);
    defs.push(table("people", None, vec![column("id")]));
    let mistake = |other| {
        format!(
            "`notes.user_id` references `users.id` in the database (constraint `notes_user_id`), but its field references \
             `{other}`; write `#[seed(references = users::id)]` there"
        )
    };
    assert_mistake(&of_users(), defs, &mistake("people.id"));
    let other_column = notes(vec![column("id"), relation("user_id", "users", "age")]);
    assert_mistake(&of_users(), other_column, &mistake("users.age"));
}

#[test]
fn all_foreign_keys_without_a_relation_are_told_at_once() {
    let keys = [key("notes", &["b"], "users", &["id"]), key("notes", &["a"], "users", &["id"])];
    let errors =
        plan_on(&keys, notes(vec![column("id"), column("a"), column("b")]), &Overrides::default()).unwrap_err();
    assert_eq!(errors.iter().count(), 2);
}

#[test]
fn what_a_relation_names_is_fine() {
    assert_fine(&of_users(), notes(vec![column("id"), references("user_id", "users")]));
    let itself = [key("notes", &["before"], "notes", &["id"])];
    assert_fine(&itself, notes(vec![column("id"), nullable(references("before", "notes"))]));
    // Of a table outside the run, the module's name need not be that in SQL.
    let outside = [key("notes", &["user_id"], "accounts.people", &["id"])];
    assert_fine(&outside, notes(vec![column("id"), nullable(references("user_id", "persons"))]));
}

#[test]
fn a_key_that_is_passed_on_is_fine() {
    // A user's profile has the user's key, and a picture that of the profile.
    let defs = || {
        vec![
            table("users", 3, vec![column("id")]),
            table("profiles", 3, vec![references("id", "users")]),
            table("pictures", 3, vec![column("id"), references("profile_id", "profiles")]),
        ]
    };
    let keys = [key("profiles", &["id"], "users", &["id"]), key("pictures", &["profile_id"], "users", &["id"])];
    assert_fine(&keys, defs());
    let back = [key("profiles", &["id"], "pictures", &["id"])];
    assert!(plan_on(&back, defs(), &Overrides::default()).is_err());
}

#[test]
fn columns_that_somebody_else_fills_are_fine() {
    for said in [
        None,
        Some(set(column("user_id"), |column| column.said = Some("values = [1, 2, 3]"))),
        Some(set(column("user_id"), |column| column.custom = true)),
        Some(nullable(set(column("user_id"), |column| column.null = Some(1.0)))),
    ] {
        let fields = [Some(column("id")), said].into_iter().flatten().collect();
        assert_fine(&of_users(), notes(fields));
    }
    let mut overrides = Overrides::default();
    overrides.table_mut("notes").generate::<i64>("user_id", Box::new(int::<i64>(1..=3)));
    assert!(plan_on(&of_users(), notes(vec![column("id"), column("user_id")]), &overrides).is_ok());
    let mut overrides = Overrides::default();
    overrides.table_mut("notes").null("user_id", 1.0);
    assert!(plan_on(&of_users(), notes(vec![column("id"), nullable(column("user_id"))]), &overrides).is_ok());
}

#[test]
fn any_column_of_a_composite_relation_can_count_children() {
    let mut orders = table("orders", 4, vec![column("tenant_id"), column("id")]);
    orders.primary_key = vec!["tenant_id", "id"];
    let mut lines = table("lines", 5, vec![column("id"), column("tenant_id"), column("order_id")]);
    lines.relations = vec![RelationDef {
        columns: vec!["tenant_id", "order_id"],
        parent: "orders",
        parent_columns: vec!["tenant_id", "id"],
        ..RelationDef::default()
    }];
    for column in ["tenant_id", "order_id"] {
        let mut overrides = Overrides::default();
        overrides.table_mut("lines").with.insert(column.to_owned(), With::from(2));
        let plan = Plan::new(42, vec![orders.clone(), lines.clone()], &overrides).unwrap();
        assert_eq!(plan.find("lines").unwrap().rows, 8, "{column}");
    }
}
