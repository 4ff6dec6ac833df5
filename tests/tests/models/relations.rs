//! What a model says of its relations, as the plan takes it, and as it comes out.

use diesel::prelude::*;
use seed_core::{Overrides, Plan, RelationDef, TableDef, Tree};
use seed_diesel::{Seedable, Share, With, models, seed};

use super::database;

/// The relation that a column names.
fn relation<M: Seedable>(column: &str) -> RelationDef {
    M::define().relation(column).expect("a relation").clone()
}

mod one_column {
    use super::*;

    diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer>, mentor_id -> Nullable<Integer>, chief_id -> Integer } }
    diesel::table! { posts (id) { id -> Integer, author_id -> Integer, reviewer_id -> Nullable<Integer>, editor_id -> Integer } }

    const LEVELS: u64 = 5;

    #[derive(Seedable)]
    struct User {
        id: i32,
        #[seed(references = users::id, tree(roots = 0.25, branching = [(0.5, 1..=2), (0.5, 6)]))]
        manager_id: Option<i32>,
        #[seed(references = users::id, tree(depth = LEVELS))]
        mentor_id: Option<i32>,
        #[seed(references = users::id, tree)]
        chief_id: i32,
    }

    #[derive(Seedable)]
    #[allow(clippy::duplicated_attributes, reason = "the author is of two groups")]
    #[seed(differ(author_id, reviewer_id), differ(editor_id, author_id))]
    struct Post {
        id: i32,
        #[seed(references = users::id, zipf = 1)]
        author_id: i32,
        #[seed(references = users::id, agree = true)]
        reviewer_id: Option<i32>,
        #[seed(references = users::id, agree = false, zipf = 0.5)]
        editor_id: i32,
    }

    #[test]
    fn a_tree_has_roots_or_levels() {
        let weighted = With::weighted([Share::new(0.5, 1..=2), Share::new(0.5, 6)]);
        assert_eq!(relation::<User>("manager_id").tree, Some(Tree::Roots { roots: 0.25, branching: weighted }));
        assert_eq!(relation::<User>("mentor_id").tree, Some(Tree::Depth { depth: 5, branching: 4 }));
        assert_eq!(relation::<User>("chief_id").tree, Some(Tree::Roots { roots: 0.1, branching: With::from(4) }));
    }

    #[test]
    fn parents_are_popular_agree_and_differ() {
        let said = |column| {
            let relation = relation::<Post>(column);
            (relation.zipf, relation.agree, relation.tree)
        };
        assert_eq!(said("author_id"), (Some(1.0), None, None));
        assert_eq!(said("reviewer_id"), (None, Some(true), None));
        assert_eq!(said("editor_id"), (Some(0.5), Some(false), None));
        assert_eq!(Post::define().differ, [["author_id", "reviewer_id"], ["editor_id", "author_id"]]);
    }
}

mod composite {
    use super::*;

    diesel::table! { tenants (id) { id -> Integer } }
    diesel::table! { orders (tenant_id, id) { tenant_id -> Integer, id -> Integer, parent_id -> Nullable<Integer> } }
    diesel::table! { lines (id) { id -> Integer, tenant_id -> Integer, #[sql_name = "order"] order_id -> Integer, refund_id -> Nullable<Integer> } }
    diesel::allow_tables_to_appear_in_same_query!(tenants, orders, lines);

    #[derive(Seedable)]
    #[seed(count = 5)]
    struct Tenant {
        id: i32,
    }

    #[derive(Seedable)]
    #[diesel(primary_key(tenant_id, id))]
    #[seed(references(tenant_id = orders::tenant_id, parent_id = orders::id, tree(branching = 2)))]
    struct Order {
        #[seed(references = tenants::id, with = 20)]
        tenant_id: i32,
        id: i32,
        parent_id: Option<i32>,
    }

    #[derive(Seedable)]
    #[diesel(belongs_to(Tenant))]
    #[seed(references(order_id = orders::id, tenant_id = orders::tenant_id, with = 0..=4))]
    #[seed(references(tenant_id = orders::tenant_id, refund = orders::id), differ(order_id, refund))]
    struct Line {
        id: i32,
        tenant_id: i32,
        order_id: i32,
        #[diesel(column_name = refund_id)]
        #[seed(null = 0.5)]
        refund: Option<i32>,
    }

    #[test]
    fn columns_stand_in_the_order_of_the_attribute() {
        let def = Line::define();
        let columns: Vec<_> =
            def.relations.iter().map(|one| (one.parent, &*one.columns, &*one.parent_columns)).collect();
        assert_eq!(
            columns,
            [
                ("tenants", &["tenant_id"][..], &["id"][..]),
                ("orders", &["order", "tenant_id"], &["id", "tenant_id"]),
                ("orders", &["tenant_id", "refund_id"], &["tenant_id", "id"]),
            ]
        );
        assert_eq!(relation::<Line>("order").with, Some(With::from(0..=4)));
        assert_eq!(relation::<Order>("parent_id").tree, Some(Tree::Roots { roots: 0.1, branching: With::from(2) }));
        assert_eq!(def.differ, [["order", "refund_id"]]);
    }

    #[test]
    fn the_row_is_that_of_one_parent() {
        let mut conn = database(
            "CREATE TABLE tenants (id INTEGER PRIMARY KEY NOT NULL);
             CREATE TABLE orders (tenant_id INTEGER NOT NULL REFERENCES tenants (id), id INTEGER NOT NULL, parent_id INTEGER,
                                  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, parent_id) REFERENCES orders (tenant_id, id));
             CREATE TABLE lines (id INTEGER PRIMARY KEY NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (id),
                                 \"order\" INTEGER NOT NULL, refund_id INTEGER,
                                 FOREIGN KEY (tenant_id, \"order\") REFERENCES orders (tenant_id, id),
                                 FOREIGN KEY (tenant_id, refund_id) REFERENCES orders (tenant_id, id));",
        );
        let run = seed(&mut conn, models![Tenant, Order, Line]).refine::<Order>(|t| t.with(lines::order_id, 3));
        let report = run.run().unwrap();
        assert_eq!((report.rows("orders"), report.rows("lines")), (100, 300));
        let is_its_own = lines::refund_id.eq(lines::order_id.nullable());
        let refunds: i64 = lines::table.filter(lines::refund_id.is_not_null()).count().get_result(&mut conn).unwrap();
        assert!((100..200).contains(&refunds), "{refunds}");
        assert_eq!(lines::table.filter(is_its_own).count().get_result(&mut conn), Ok(0_i64));
    }

    #[test]
    fn a_run_names_it_by_a_column_that_is_its_own() {
        diesel::table! { notes (id) { id -> Integer, tenant_id -> Integer, order_id -> Integer } }

        #[derive(Seedable)]
        #[seed(references(tenant_id = orders::tenant_id, order_id = orders::id, zipf = 1.0))]
        struct Note {
            id: i32,
            tenant_id: i32,
            order_id: i32,
        }

        assert_eq!(relation::<Note>("order_id").zipf, Some(1.0));
        let rows = |overrides: &mut dyn FnMut(&mut Overrides)| {
            let mut said = Overrides::default();
            overrides(&mut said);
            let plan = Plan::new(1, vec![Tenant::define(), Order::define(), Note::define()], &said).unwrap();
            plan.find("notes").unwrap().rows
        };
        for column in ["tenant_id", "order_id"] {
            assert_eq!(
                rows(&mut |run| drop(run.table_mut("notes").with.insert(column.to_owned(), With::from(2)))),
                200
            );
        }
    }
}

/// A model of the same table, of which the run has none.
mod two_models_of_the_parent {
    use super::*;

    diesel::table! { orders (id) { id -> Integer, tenant_id -> Integer } }
    diesel::table! { lines (id) { id -> Integer, tenant_id -> Integer, order_id -> Integer } }

    #[derive(Seedable)]
    struct Order {
        id: i32,
        tenant_id: i32,
    }

    #[derive(Seedable)]
    #[diesel(table_name = orders)]
    #[allow(dead_code, reason = "that it is there makes two of them")]
    struct OrderKey {
        id: i32,
        tenant_id: i32,
    }

    #[derive(Seedable)]
    #[diesel(belongs_to(Order))]
    #[seed(references(tenant_id = orders::tenant_id, order_id = orders::id))]
    struct Line {
        id: i32,
        tenant_id: i32,
        #[seed(references = orders::id)]
        order_id: i32,
    }

    #[test]
    fn a_field_says_which_model_is_the_parents() {
        let def: TableDef = Line::define();
        assert_eq!(def.relations.len(), 2);
        assert_eq!(def.relation("order_id").unwrap().columns, ["order_id"]);
        let mut conn = database(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY NOT NULL, tenant_id INTEGER NOT NULL, UNIQUE (tenant_id, id));
             CREATE TABLE lines (id INTEGER PRIMARY KEY NOT NULL, tenant_id INTEGER NOT NULL, order_id INTEGER NOT NULL,
                                 FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id));",
        );
        let report =
            seed(&mut conn, models![Order, Line]).refine::<Order>(|t| t.with(lines::order_id, 3)).run().unwrap();
        assert_eq!(report.rows("lines"), 30);
    }
}
