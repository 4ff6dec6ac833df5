//! Rows whose ancestors agree, and whose foreign keys share columns.

use seed_diesel::{Seedable, models, seed};

use super::Db;

mod schema {
    diesel::table! { accounts (id) { id -> Integer, } }
    diesel::table! { projects (id) { id -> Integer, account_id -> Integer, } }
    diesel::table! { tasks (id) { id -> Integer, project_id -> Integer, account_id -> Integer, } }
    diesel::table! { remarks (id) { id -> Integer, account_id -> Integer, task_id -> Nullable<Integer>, } }
    diesel::table! { drafts (id) { id -> Integer, project_id -> Integer, account_id -> Integer, } }
    diesel::table! { invoices (id) { id -> Integer, project_id -> Integer, payer_id -> Integer, account_id -> Integer, } }

    diesel::table! { organisations (id) { id -> Integer, } }
    diesel::table! { users (id) { id -> Integer, organisation_id -> Integer, } }
    diesel::table! { teams (id) { id -> Integer, organisation_id -> Integer, } }
    diesel::table! { memberships (user_id, team_id) { user_id -> Integer, team_id -> Integer, } }

    diesel::table! { tenants (id) { id -> Integer, } }
    diesel::table! { customers (tenant_id, number) { tenant_id -> Integer, number -> Integer, } }
    diesel::table! { coupons (tenant_id, number) { tenant_id -> Integer, number -> Integer, } }

    diesel::table! {
        orders (id) {
            id -> Integer,
            tenant_id -> Integer,
            customer_number -> Integer,
            coupon_number -> Nullable<Integer>,
        }
    }
}
use schema::{
    accounts, coupons, customers, drafts, invoices, memberships, orders, organisations, projects, remarks, tasks,
    teams, tenants, users,
};

#[derive(Seedable)]
#[seed(count = 20)]
struct Account {
    id: i32,
}

#[derive(Seedable)]
#[seed(count = 100)]
struct Project {
    id: i32,
    #[seed(references = accounts::id)]
    account_id: i32,
}

#[derive(Seedable)]
#[seed(count = 800)]
struct Task {
    id: i32,
    #[seed(references = projects::id)]
    project_id: i32,
    #[seed(references = accounts::id)]
    account_id: i32,
}

/// Its account is the great-grandparent too.
#[derive(Seedable)]
#[seed(count = 1_000)]
struct Remark {
    id: i32,
    #[seed(references = accounts::id)]
    account_id: i32,
    #[seed(references = tasks::id, null = 0.25)]
    task_id: Option<i32>,
}

#[derive(Seedable)]
#[seed(count = 400)]
struct Draft {
    id: i32,
    #[seed(references = projects::id)]
    project_id: i32,
    #[seed(references = accounts::id, agree = false)]
    account_id: i32,
}

/// The payer agrees as well, though its name is another one.
#[derive(Seedable)]
#[seed(count = 400)]
struct Invoice {
    id: i32,
    #[seed(references = projects::id)]
    project_id: i32,
    #[seed(references = accounts::id, agree = true)]
    payer_id: i32,
    #[seed(references = accounts::id, agree = false)]
    account_id: i32,
}

const ACCOUNTS: &str = "
    CREATE TABLE accounts (id SERIAL PRIMARY KEY);
    CREATE TABLE projects (id SERIAL PRIMARY KEY, account_id INTEGER NOT NULL,
        FOREIGN KEY (account_id) REFERENCES accounts (id));
    CREATE TABLE tasks (id SERIAL PRIMARY KEY, project_id INTEGER NOT NULL, account_id INTEGER NOT NULL,
        FOREIGN KEY (project_id) REFERENCES projects (id), FOREIGN KEY (account_id) REFERENCES accounts (id));
    CREATE TABLE remarks (id SERIAL PRIMARY KEY, account_id INTEGER NOT NULL, task_id INTEGER,
        FOREIGN KEY (account_id) REFERENCES accounts (id), FOREIGN KEY (task_id) REFERENCES tasks (id));
    CREATE TABLE drafts (id SERIAL PRIMARY KEY, project_id INTEGER NOT NULL, account_id INTEGER NOT NULL,
        FOREIGN KEY (project_id) REFERENCES projects (id), FOREIGN KEY (account_id) REFERENCES accounts (id));
    CREATE TABLE invoices (id SERIAL PRIMARY KEY, project_id INTEGER NOT NULL, payer_id INTEGER NOT NULL,
        account_id INTEGER NOT NULL, FOREIGN KEY (project_id) REFERENCES projects (id),
        FOREIGN KEY (payer_id) REFERENCES accounts (id), FOREIGN KEY (account_id) REFERENCES accounts (id));";

const TASKS_APART: &str = "SELECT count(*) FROM tasks JOIN projects ON projects.id = project_id
    WHERE tasks.account_id <> projects.account_id";

const REMARKS_APART: &str = "SELECT count(*) FROM remarks JOIN tasks ON tasks.id = task_id
    WHERE remarks.account_id <> tasks.account_id";

/// How many parents have a number of children: `"= 2"`, `"BETWEEN 1 AND 3"`.
pub(super) fn parents_with(db: &mut Db, parent: &str, child: &str, column: &str, children: &str) -> i64 {
    db.number(&format!(
        "SELECT count(*) FROM {parent} WHERE (SELECT count(*) FROM {child} WHERE {child}.{column} = {parent}.id) {children}"
    ))
}

#[test]
fn ancestors_agree_where_all_is_drawn() {
    let mut db = Db::with(ACCOUNTS);
    seed(&mut db.conn, models![Remark, Task, Project, Account]).run().unwrap();
    assert_eq!(db.number("SELECT count(*) FROM tasks JOIN projects ON projects.id = project_id"), 800);
    assert_eq!(db.number(TASKS_APART), 0);
    assert_eq!(db.number(REMARKS_APART), 0);
    // Neither of a few accounts only, nor of a few projects.
    assert_eq!(db.number("SELECT count(DISTINCT account_id) FROM tasks"), 20);
    assert!(db.number("SELECT count(DISTINCT project_id) FROM tasks") > 95);
    assert_eq!(db.number("SELECT count(*) FROM remarks"), 1_000);
    let null = db.number("SELECT count(*) FROM remarks WHERE task_id IS NULL");
    assert!((200..=300).contains(&null), "{null} of 1000");
}

#[test]
fn ancestors_agree_where_the_account_drives() {
    let mut db = Db::with(ACCOUNTS);
    let report = seed(&mut db.conn, models![Account, Project, Task, Remark])
        .refine::<Account>(|t| t.with(tasks::account_id, 10..=30).with(projects::account_id, 1..=4))
        .refine::<Account>(|t| t.with(remarks::account_id, 5))
        .run()
        .unwrap();
    assert_eq!(parents_with(&mut db, "accounts", "tasks", "account_id", "BETWEEN 10 AND 30"), 20);
    assert_eq!(parents_with(&mut db, "accounts", "projects", "account_id", "BETWEEN 1 AND 4"), 20);
    assert_eq!(parents_with(&mut db, "accounts", "remarks", "account_id", "= 5"), 20);
    assert_eq!(db.number("SELECT count(*) FROM tasks") as u64, report.rows("tasks"));
    assert_eq!(db.number(TASKS_APART), 0);
    assert_eq!(db.number(REMARKS_APART), 0);
    assert_eq!(db.number("SELECT count(*) FROM projects") as u64, report.rows("projects"));
}

#[test]
fn ancestors_agree_where_the_project_drives() {
    let mut db = Db::with(ACCOUNTS);
    seed(&mut db.conn, models![Task, Account, Project, Remark])
        .refine::<Project>(|t| t.with(tasks::project_id, 0..=6))
        .refine::<Task>(|t| t.with(remarks::task_id, 2))
        .run()
        .unwrap();
    assert_eq!(parents_with(&mut db, "projects", "tasks", "project_id", "<= 6"), 100);
    for tasks in [0, 6] {
        assert!(parents_with(&mut db, "projects", "tasks", "project_id", &format!("= {tasks}")) > 4, "{tasks}");
    }
    assert_eq!(parents_with(&mut db, "tasks", "remarks", "task_id", "<> 2"), 0);
    assert_eq!(db.number(TASKS_APART), 0);
    assert_eq!(db.number(REMARKS_APART), 0);
}

#[test]
fn an_ancestor_without_rows_to_choose_leaves_null() {
    let mut db = Db::with(ACCOUNTS);
    seed(&mut db.conn, models![Account, Project, Task, Remark])
        .refine::<Account>(|t| t.with(projects::account_id, 0..=1).with(remarks::account_id, 20))
        .refine::<Project>(|t| t.with(tasks::project_id, 3))
        .run()
        .unwrap();
    assert_eq!(db.number(TASKS_APART), 0);
    assert_eq!(db.number(REMARKS_APART), 0);
    let without = db.number("SELECT count(*) FROM accounts WHERE id NOT IN (SELECT account_id FROM tasks)");
    assert!((4..=16).contains(&without), "{without} of 20");
    let of_these = "SELECT count(*) FROM remarks WHERE account_id NOT IN (SELECT account_id FROM tasks)";
    assert_eq!(db.number(of_these), without * 20);
    assert_eq!(db.number(&format!("{of_these} AND task_id IS NOT NULL")), 0);
    assert!(db.number("SELECT count(task_id) FROM remarks") > (20 - without) * 12);
}

#[test]
fn ancestors_are_drawn_apart_where_they_are_told_to() {
    let mut db = Db::with(ACCOUNTS);
    seed(&mut db.conn, models![Invoice, Draft, Project, Account]).run().unwrap();
    let apart = |table: &str, column: &str| {
        format!(
            "SELECT count(*) FROM {table} JOIN projects ON projects.id = project_id WHERE {table}.{column} <> projects.account_id"
        )
    };
    // One of twenty is the same by chance.
    let drafts = db.number(&apart("drafts", "account_id"));
    assert!((350..=398).contains(&drafts), "{drafts} of 400");
    let invoices = db.number(&apart("invoices", "account_id"));
    assert!((350..=398).contains(&invoices), "{invoices} of 400");
    assert_eq!(db.number(&apart("invoices", "payer_id")), 0);
    assert_eq!(db.number("SELECT count(*) FROM invoices"), 400);
}

#[derive(Seedable)]
struct Organisation {
    id: i32,
}

#[derive(Seedable)]
#[seed(count = 300)]
struct User {
    id: i32,
    #[seed(references = organisations::id)]
    organisation_id: i32,
}

#[derive(Seedable)]
struct Team {
    id: i32,
    #[seed(references = organisations::id, with = 4..=7)]
    organisation_id: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(user_id, team_id))]
struct Membership {
    #[seed(references = users::id, with = 1..=4)]
    user_id: i32,
    #[seed(references = teams::id)]
    team_id: i32,
}

#[test]
fn members_and_their_teams_are_of_one_organisation() {
    let mut db = Db::with(
        "CREATE TABLE organisations (id SERIAL PRIMARY KEY);
         CREATE TABLE users (id SERIAL PRIMARY KEY, organisation_id INTEGER NOT NULL,
             FOREIGN KEY (organisation_id) REFERENCES organisations (id));
         CREATE TABLE teams (id SERIAL PRIMARY KEY, organisation_id INTEGER NOT NULL,
             FOREIGN KEY (organisation_id) REFERENCES organisations (id));
         CREATE TABLE memberships (user_id INTEGER NOT NULL, team_id INTEGER NOT NULL, PRIMARY KEY (user_id, team_id),
             FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (team_id) REFERENCES teams (id));",
    );
    let report = seed(&mut db.conn, models![Membership, User, Team, Organisation]).run().unwrap();

    let joined = "SELECT count(*) FROM memberships JOIN users ON users.id = user_id JOIN teams ON teams.id = team_id";
    assert_eq!(db.number(joined) as u64, report.rows("memberships"));
    assert_eq!(db.number(&format!("{joined} WHERE users.organisation_id <> teams.organisation_id")), 0);
    assert_eq!(parents_with(&mut db, "users", "memberships", "user_id", "BETWEEN 1 AND 4"), 300);
    // Each team has somebody.
    assert_eq!(parents_with(&mut db, "teams", "memberships", "team_id", "= 0"), 0);
}

#[derive(Seedable)]
#[seed(count = 8)]
struct Tenant {
    id: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(tenant_id, number))]
struct Customer {
    #[seed(references = tenants::id, with = 5..=15)]
    tenant_id: i32,
    #[seed(range = 1..=90)]
    number: i32,
}

#[derive(Seedable)]
#[diesel(primary_key(tenant_id, number))]
struct Coupon {
    #[seed(references = tenants::id, with = 2..=4)]
    tenant_id: i32,
    #[seed(range = 100..=190)]
    number: i32,
}

#[derive(Seedable)]
#[seed(count = 600)]
#[seed(references(tenant_id = customers::tenant_id, customer_number = customers::number))]
#[seed(references(tenant_id = coupons::tenant_id, coupon_number = coupons::number))]
struct Order {
    id: i32,
    #[seed(references = tenants::id)]
    tenant_id: i32,
    customer_number: i32,
    #[seed(null = 0.4)]
    coupon_number: Option<i32>,
}

const TENANTS: &str = "
    CREATE TABLE tenants (id SERIAL PRIMARY KEY);
    CREATE TABLE customers (tenant_id INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (tenant_id, number),
        FOREIGN KEY (tenant_id) REFERENCES tenants (id));
    CREATE TABLE coupons (tenant_id INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (tenant_id, number),
        FOREIGN KEY (tenant_id) REFERENCES tenants (id));
    CREATE TABLE orders (id SERIAL PRIMARY KEY, tenant_id INTEGER NOT NULL, customer_number INTEGER NOT NULL,
        coupon_number INTEGER, FOREIGN KEY (tenant_id) REFERENCES tenants (id),
        FOREIGN KEY (tenant_id, customer_number) REFERENCES customers (tenant_id, number),
        FOREIGN KEY (tenant_id, coupon_number) REFERENCES coupons (tenant_id, number));";

#[track_caller]
fn assert_orders_are_whole(db: &mut Db, rows: i64) {
    let with_customer = "SELECT count(*) FROM orders JOIN customers
        ON customers.tenant_id = orders.tenant_id AND customers.number = customer_number";
    assert_eq!(db.number(with_customer), rows);
    let with_coupon = "SELECT count(*) FROM orders JOIN coupons
        ON coupons.tenant_id = orders.tenant_id AND coupons.number = coupon_number";
    let coupons = db.number("SELECT count(coupon_number) FROM orders");
    assert_eq!(db.number(with_coupon), coupons);
    assert!((rows / 2..=rows * 7 / 10).contains(&coupons), "{coupons} of {rows}");
    let tenants = "SELECT count(DISTINCT tenant_id) FROM orders WHERE coupon_number IS NOT NULL";
    assert_eq!(db.number(tenants), 8);
}

#[test]
fn composite_foreign_keys_share_a_tenant() {
    let mut db = Db::with(TENANTS);
    seed(&mut db.conn, models![Order, Coupon, Customer, Tenant]).run().unwrap();
    assert_orders_are_whole(&mut db, 600);
}

#[test]
fn composite_foreign_keys_share_a_tenant_where_one_drives() {
    let mut db = Db::with(TENANTS);
    let run = seed(&mut db.conn, models![Order, Coupon, Customer, Tenant]);
    let report = run.refine::<Customer>(|t| t.with(orders::customer_number, 2..=8)).run().unwrap();
    assert_orders_are_whole(&mut db, report.rows("orders") as i64);
    let of_customer = "SELECT count(*) FROM customers WHERE (SELECT count(*) FROM orders
        WHERE orders.tenant_id = customers.tenant_id AND customer_number = customers.number) BETWEEN 2 AND 8";
    assert_eq!(db.number(of_customer) as u64, report.rows("customers"));
}
