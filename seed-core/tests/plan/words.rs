//! How a plan explains itself.

use seed_core::{Database, ForeignKey};

use super::*;

#[test]
fn a_relation_tells_what_the_database_does_with_it() {
    let defs = || {
        vec![
            table("users", 3, vec![column("id")]),
            table("notes", 5, vec![column("id"), references("author_id", "users"), references("editor_id", "users")]),
        ]
    };
    let key = |column: &str, on_delete: &str, on_update: &str| ForeignKey {
        name: String::new(),
        table: "notes",
        columns: vec![column.to_owned()],
        parent: "users".to_owned(),
        parent_columns: vec!["id".to_owned()],
        on_delete: on_delete.to_owned(),
        on_update: on_update.to_owned(),
        deferrable: false,
    };
    let words = |keys: &[ForeignKey]| {
        let database = Database { foreign_keys: Some(keys.to_vec()), ..Database::default() };
        let plan = Plan::on(&database, 42, defs(), &Overrides::default()).unwrap();
        plan.find("notes").unwrap().relations.iter().map(|relation| relation.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        words(&[key("author_id", "CASCADE", "SET NULL"), key("editor_id", "RESTRICT", "NO ACTION")]),
        ["any; on delete cascade; on update set null", "any"]
    );
    assert_eq!(
        words(&[key("author_id", "NO ACTION", "CASCADE")]),
        ["any; on update cascade", "any; no constraint in the database"]
    );
    // Nobody has asked the database.
    assert_eq!(
        plan(defs()).unwrap().to_string(),
        "users: 3 rows (count)\n\
         notes: 5 rows (count)\n\
         \x20 author_id → users (any)\n\
         \x20 editor_id → users (any)\n"
    );
}
