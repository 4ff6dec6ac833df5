//! What a database tells of its foreign keys.

use seed_diesel::{Error, ForeignKey, Seedable, models, seed};

use super::Db;

mod schema {
    diesel::table! {
        tenants (id) {
            id -> Integer,
        }
    }

    diesel::table! {
        colours (id) {
            id -> Integer,
        }
    }

    diesel::table! {
        orders (tenant_id, id) {
            tenant_id -> Integer,
            id -> Integer,
        }
    }

    diesel::table! {
        #[sql_name = "order_lines"]
        lines (id) {
            id -> Integer,
            tenant_id -> Integer,
            order_id -> Integer,
            #[sql_name = "replaces"]
            replaced -> Nullable<Integer>,
            colour -> Integer,
        }
    }

    diesel::table! {
        #[sql_name = "order_lines"]
        told_lines (id) {
            id -> Integer,
            tenant_id -> Integer,
            order_id -> Integer,
            #[sql_name = "replaces"]
            replaced -> Nullable<Integer>,
            colour -> Integer,
        }
    }
}
use schema::{colours, lines, orders, tenants, told_lines};

#[derive(Seedable)]
struct Tenant {
    id: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(tenant_id, id))]
struct Order {
    #[seed(references = tenants::id)]
    tenant_id: i32,
    id: i32,
}

#[derive(Seedable)]
struct Line {
    id: i32,
    tenant_id: i32,
    order_id: i32,
    replaced: Option<i32>,
    colour: i32,
}

const TABLES: &str = "
    CREATE TABLE tenants (id SERIAL PRIMARY KEY);
    CREATE TABLE colours (id SERIAL PRIMARY KEY);
    CREATE TABLE orders (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (id, tenant_id),
        CONSTRAINT orders_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE ON UPDATE CASCADE);
    CREATE TABLE order_lines (id SERIAL PRIMARY KEY, tenant_id INTEGER NOT NULL, order_id INTEGER NOT NULL,
        replaces INTEGER, colour INTEGER NOT NULL,
        CONSTRAINT lines_1 FOREIGN KEY (order_id, tenant_id) REFERENCES orders (id, tenant_id) ON UPDATE CASCADE,
        CONSTRAINT lines_2 FOREIGN KEY (replaces) REFERENCES order_lines (id) ON DELETE SET NULL,
        CONSTRAINT lines_3 FOREIGN KEY (colour) REFERENCES colours (id));";

fn foreign_keys(db: &mut Db) -> Vec<ForeignKey> {
    seed(&mut db.conn, models![Line, Order, Tenant]).foreign_keys().unwrap()
}

fn shown(key: &ForeignKey) -> String {
    let ForeignKey { table, columns, parent, parent_columns, on_delete, on_update, .. } = key;
    // What is done where nothing is said has another name on each database.
    let action = |action: &str| action.replace("RESTRICT", "NO ACTION");
    format!("{table} {columns:?} -> {parent} {parent_columns:?}, {}, {}", action(on_delete), action(on_update))
}

#[test]
fn each_foreign_key_is_told_with_its_columns_and_actions() {
    let mut db = Db::with(TABLES);
    let keys = foreign_keys(&mut db);
    assert_eq!(
        keys.iter().map(shown).collect::<Vec<_>>(),
        [
            r#"lines ["order_id", "tenant_id"] -> orders ["id", "tenant_id"], NO ACTION, CASCADE"#,
            r#"lines ["replaces"] -> lines ["id"], SET NULL, NO ACTION"#,
            r#"lines ["colour"] -> colours ["id"], NO ACTION, NO ACTION"#,
            r#"orders ["tenant_id"] -> tenants ["id"], CASCADE, CASCADE"#,
        ]
    );
    let names: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
    // SQLite forgets them.
    let is_sqlite = Db::ENGINE == "sqlite";
    assert_eq!(names, if is_sqlite { [""; 4] } else { ["lines_1", "lines_2", "lines_3", "orders_tenant"] });
    assert!(keys.iter().all(|key| key.deferrable == is_sqlite));
}

#[test]
fn a_foreign_key_that_names_no_columns_means_the_primary_key() {
    // MySQL does not know this.
    if Db::ENGINE == "mysql" {
        return;
    }
    let mut db = Db::with(
        "CREATE TABLE tenants (id SERIAL PRIMARY KEY);
         CREATE TABLE orders (tenant_id INTEGER NOT NULL REFERENCES tenants, id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id));
         CREATE TABLE order_lines (id SERIAL PRIMARY KEY, tenant_id INTEGER NOT NULL, order_id INTEGER NOT NULL,
             replaces INTEGER, colour INTEGER NOT NULL, FOREIGN KEY (tenant_id, order_id) REFERENCES orders);",
    );
    assert_eq!(
        foreign_keys(&mut db).iter().map(shown).collect::<Vec<_>>(),
        [
            r#"lines ["tenant_id", "order_id"] -> orders ["tenant_id", "id"], NO ACTION, NO ACTION"#,
            r#"orders ["tenant_id"] -> tenants ["id"], NO ACTION, NO ACTION"#,
        ]
    );
}

#[test]
fn names_are_those_of_the_models_whatever_their_case() {
    // PostgreSQL makes one of what is written without quotes; to MySQL on Linux, tables differ by their case.
    let tables = if Db::ENGINE == "sqlite" { "Order_Lines" } else { "order_lines" };
    let mut db = Db::with(&format!(
        "CREATE TABLE tenants (ID SERIAL PRIMARY KEY);
         CREATE TABLE {tables} (Id SERIAL PRIMARY KEY, Tenant_ID INTEGER NOT NULL, order_id INTEGER NOT NULL,
             REPLACES INTEGER, colour INTEGER NOT NULL,
             FOREIGN KEY (TENANT_id) REFERENCES tenants (iD), FOREIGN KEY (Replaces) REFERENCES {tables} (ID));"
    ));
    let mut keys: Vec<String> = foreign_keys(&mut db).iter().map(shown).collect();
    keys.sort();
    assert_eq!(
        keys,
        [
            r#"lines ["replaces"] -> lines ["id"], NO ACTION, NO ACTION"#,
            r#"lines ["tenant_id"] -> tenants ["id"], NO ACTION, NO ACTION"#,
        ]
    );
}

#[test]
fn an_index_may_have_the_name_of_a_foreign_key() {
    // Both may be made by hand on MySQL, and on the others nobody could.
    let index = if Db::ENGINE == "mysql" { ", UNIQUE KEY of_tenant (tenant_id, id)" } else { "" };
    let mut db = Db::with(&format!(
        "CREATE TABLE tenants (id SERIAL PRIMARY KEY);
         CREATE TABLE orders (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id),
             CONSTRAINT of_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id){index});"
    ));
    let keys: Vec<String> = foreign_keys(&mut db).iter().map(shown).collect();
    assert_eq!(keys, [r#"orders ["tenant_id"] -> tenants ["id"], NO ACTION, NO ACTION"#]);
}

#[test]
fn a_foreign_key_that_can_wait_is_told_so() {
    let tables = |deferrable: &str| {
        format!(
            "CREATE TABLE tenants (id SERIAL PRIMARY KEY);
             CREATE TABLE orders (tenant_id INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tenant_id, id),
                 FOREIGN KEY (tenant_id) REFERENCES tenants (id) {deferrable});"
        )
    };
    // SQLite lets all of them wait, and MySQL none.
    for (deferrable, engine) in
        [("", "sqlite"), ("DEFERRABLE", "postgres"), ("DEFERRABLE INITIALLY DEFERRED", "postgres")]
    {
        if Db::ENGINE == engine || deferrable.is_empty() {
            let keys = foreign_keys(&mut Db::with(&tables(deferrable)));
            assert_eq!(keys[0].deferrable, Db::ENGINE == engine, "{deferrable}");
        }
    }
}

#[test]
fn foreign_keys_without_a_relation_are_told_before_anything_is_written() {
    let mut db = Db::with(TABLES);
    let error = seed(&mut db.conn, models![Line, Order, Tenant]).run().unwrap_err();
    assert!(matches!(error, Error::Plan(_)));
    // SQLite forgets the names.
    let constraint = |name: &str| match Db::ENGINE {
        "sqlite" => String::new(),
        _ => format!(" (constraint `{name}`)"),
    };
    assert_eq!(
        error.to_string(),
        format!(
            "`lines.order_id` and `lines.tenant_id` reference `orders.id` and `orders.tenant_id` in the database{}, but no \
             relation of the model says so; add `#[seed(references(order_id = orders::id, tenant_id = orders::tenant_id))]` \
             to the model\n\
             `lines.replaces` references `lines.id` in the database{}, but no relation of the model says so; add \
             `#[seed(references = lines::id)]` to its field\n\
             `lines.colour` references `colours.id` in the database{}, but no relation of the model says so; add \
             `#[seed(references = colours::id)]` to its field",
            constraint("lines_1"),
            constraint("lines_2"),
            constraint("lines_3"),
        )
    );
    assert_eq!(db.number("SELECT count(*) FROM tenants"), 0);
}

#[test]
fn a_plan_tells_what_the_database_does_with_its_relations() {
    let plan = |tables: &str| seed(&mut Db::with(tables).conn, models![Order, Tenant]).plan().unwrap().to_string();
    assert_eq!(
        plan(TABLES),
        "tenants: 10 rows (count)\n\
         orders: 10 rows (count)\n\
         \x20 tenant_id → tenants (any; on delete cascade; on update cascade)\n"
    );
    assert_eq!(
        plan("CREATE TABLE tenants (id SERIAL PRIMARY KEY); CREATE TABLE orders (tenant_id INTEGER, id INTEGER)"),
        "tenants: 10 rows (count)\n\
         orders: 10 rows (count)\n\
         \x20 tenant_id → tenants (any; no constraint in the database)\n"
    );
}

/// A line of an order, whose model does what it was told to.
#[derive(Seedable)]
#[diesel(table_name = told_lines)]
#[seed(count = 100, references(order_id = orders::id, tenant_id = orders::tenant_id))]
struct ToldLine {
    id: i32,
    #[seed(references = tenants::id)]
    tenant_id: i32,
    #[seed(references = orders::id)]
    order_id: i32,
    #[seed(references = told_lines::id)]
    replaced: Option<i32>,
    #[seed(references = colours::id)]
    colour: i32,
}

#[derive(Seedable)]
struct Colour {
    id: i32,
}

#[test]
fn a_model_that_adds_what_it_was_told_is_loaded() {
    let mut db = Db::with(TABLES);
    let report = seed(&mut db.conn, models![ToldLine, Order, Tenant, Colour]).run().unwrap();
    assert_eq!(report.rows("told_lines"), 100);
    let joined = "SELECT count(*) FROM order_lines JOIN orders ON orders.id = order_id AND orders.tenant_id = order_lines.tenant_id";
    assert_eq!(db.number(joined), 100);
}
