//! One load, and all that must hold of it.

use seed_diesel::{Report, models, seed};

use super::Db;
use crate::models::{
    Category, Customer, CustomerDemographic, Demographic, Employee, EmployeeTerritory, Order, OrderDetail, Product,
    Region, Shipper, Supplier, Territory,
};

const TABLES: &str = include_str!("tables.sql");

/// What the plan tells: the same on each database.
const PLAN: &str = include_str!("plan.txt");

/// A foreign key, and what it references.
const FOREIGN_KEYS: [(&str, &str, &str, &str); 13] = [
    ("products", "supplier_id", "suppliers", "supplier_id"),
    ("products", "category_id", "categories", "category_id"),
    ("customer_customer_demo", "customer_id", "customers", "customer_id"),
    ("customer_customer_demo", "customer_type_id", "customer_demographics", "customer_type_id"),
    ("employees", "reports_to", "employees", "employee_id"),
    ("territories", "region_id", "regions", "region_id"),
    ("employee_territories", "employee_id", "employees", "employee_id"),
    ("employee_territories", "territory_id", "territories", "territory_id"),
    ("orders", "customer_id", "customers", "customer_id"),
    ("orders", "employee_id", "employees", "employee_id"),
    ("orders", "ship_via", "shippers", "shipper_id"),
    ("order_details", "order_id", "orders", "order_id"),
    ("order_details", "product_id", "products", "product_id"),
];

/// What no two rows of a table agree in.
const KEYS: [(&str, &str); 15] = [
    ("categories", "category_id"),
    ("categories", "category_name"),
    ("suppliers", "supplier_id"),
    ("products", "product_id"),
    ("customers", "customer_id"),
    ("customer_demographics", "customer_type_id"),
    ("customer_customer_demo", "customer_id, customer_type_id"),
    ("employees", "employee_id"),
    ("regions", "region_id"),
    ("regions", "region_description"),
    ("territories", "territory_id"),
    ("employee_territories", "employee_id, territory_id"),
    ("shippers", "shipper_id"),
    ("orders", "order_id"),
    ("order_details", "order_id, product_id"),
];

/// The tables that have a count of their own.
const COUNTS: [(&str, i64); 9] = [
    ("categories", 8),
    ("suppliers", 300),
    ("products", 2_000),
    ("customers", 10_000),
    ("customer_demographics", 12),
    ("employees", 500),
    ("regions", 4),
    ("shippers", 5),
    ("orders", 50_000),
];

/// The tables of which each parent has so many rows, at least and at most.
const CHILDREN: [(&str, &str, &str, i64, i64); 4] = [
    ("customer_customer_demo", "customer_id", "customers", 0, 2),
    ("territories", "region_id", "regions", 12, 15),
    ("employee_territories", "employee_id", "employees", 1, 7),
    ("order_details", "order_id", "orders", 1, 6),
];

#[test]
fn northwind_holds_what_its_models_say() {
    let mut db = Db::with(TABLES);
    // The children first: the plan puts them in order.
    let models = || {
        models![
            OrderDetail,
            Order,
            CustomerDemographic,
            Demographic,
            Customer,
            EmployeeTerritory,
            Territory,
            Region,
            Employee,
            Product,
            Category,
            Supplier,
            Shipper,
        ]
    };
    let plan = seed(&mut db.conn, models()).seed(42).plan().unwrap();
    assert_eq!(plan.to_string(), PLAN);
    let report = seed(&mut db.conn, models()).seed(42).run().unwrap();
    println!("{}: {} rows in {:?}", Db::ENGINE, report.total(), report.elapsed);
    counts_are_as_planned(&mut db, &report);
    keys_are_unique_and_foreign_keys_those_of_rows(&mut db);
    children_are_as_many_as_said(&mut db);
    employees_are_trees(&mut db);
    orders_are_as_said(&mut db);
}

fn counts_are_as_planned(db: &mut Db, report: &Report) {
    for (table, rows) in COUNTS {
        assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")), rows, "{table}");
    }
    for table in &report.tables {
        assert_eq!(db.number(&format!("SELECT count(*) FROM {}", table.table)) as u64, table.rows, "{}", table.table);
    }
    assert_eq!(report.tables.len(), 13);
}

fn keys_are_unique_and_foreign_keys_those_of_rows(db: &mut Db) {
    for (table, key) in KEYS {
        let twice = format!("SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1");
        assert_eq!(db.number(&format!("SELECT count(*) FROM ({twice}) AS twice")), 0, "{table}: {key}");
    }
    for (table, column, parent, key) in FOREIGN_KEYS {
        let orphans = format!(
            "SELECT count(*) FROM {table} AS child LEFT JOIN {parent} AS parent ON parent.{key} = child.{column} \
             WHERE child.{column} IS NOT NULL AND parent.{key} IS NULL"
        );
        assert_eq!(db.number(&orphans), 0, "{table}.{column}");
    }
}

/// How many rows of a parent have a number of children within these bounds.
fn parents_with(db: &mut Db, child: &str, column: &str, parent: &str, bounds: (i64, i64)) -> i64 {
    let children = format!(
        "SELECT parent.{column}, count(child.{column}) AS children FROM {parent} AS parent \
         LEFT JOIN {child} AS child ON child.{column} = parent.{column} GROUP BY parent.{column}"
    );
    let (least, most) = bounds;
    db.number(&format!("SELECT count(*) FROM ({children}) AS counted WHERE children BETWEEN {least} AND {most}"))
}

fn children_are_as_many_as_said(db: &mut Db) {
    for (child, column, parent, least, most) in CHILDREN {
        let parents = db.number(&format!("SELECT count(*) FROM {parent}"));
        assert_eq!(parents_with(db, child, column, parent, (least, most)), parents, "{child}.{column}");
        for end in [least, most] {
            assert!(parents == 4 || parents_with(db, child, column, parent, (end, end)) > 0, "{child}.{column}: {end}");
        }
    }
    // Six of ten orders have one or two lines, three have three or four, one has five or six.
    for (bounds, orders) in [((1, 2), 30_000), ((3, 4), 15_000), ((5, 6), 5_000)] {
        let found = parents_with(db, "order_details", "order_id", "orders", bounds);
        assert!((found - orders).abs() < 400, "{found} orders have {bounds:?} lines");
        for lines in [bounds.0, bounds.1] {
            let found = parents_with(db, "order_details", "order_id", "orders", (lines, lines));
            assert!((found - orders / 2).abs() < 400, "{found} orders have {lines} lines");
        }
    }
}

fn employees_are_trees(db: &mut Db) {
    assert_eq!(db.number("SELECT count(*) FROM employees WHERE reports_to IS NULL"), 10);
    assert_eq!(db.number("SELECT count(*) FROM employees WHERE reports_to >= employee_id"), 0);
    let reports = "SELECT count(*) AS reports FROM employees WHERE reports_to IS NOT NULL GROUP BY reports_to";
    assert_eq!(db.number(&format!("SELECT max(reports) FROM ({reports}) AS counted")), 8);
    assert_eq!(db.number("SELECT count(*) FROM employees WHERE hire_date < birth_date"), 0);
}

fn orders_are_as_said(db: &mut Db) {
    assert_eq!(db.number("SELECT count(*) FROM orders WHERE required_date < order_date"), 0);
    assert_eq!(db.number("SELECT count(*) FROM orders WHERE shipped_date < order_date"), 0);
    let open = db.number("SELECT count(*) FROM orders WHERE shipped_date IS NULL");
    assert!((2_200..2_800).contains(&open), "{open} orders are not shipped");
    let fetched = db.number("SELECT count(*) FROM orders WHERE ship_via IS NULL");
    assert!((9_500..10_500).contains(&fetched), "{fetched} orders have no shipper");
    assert_eq!(db.number("SELECT count(DISTINCT employee_id) FROM orders"), 500);
    assert_eq!(db.number("SELECT count(DISTINCT product_id) FROM order_details"), 2_000);
    // Five would be the mean.
    let of_one = "SELECT count(*) AS orders FROM orders GROUP BY customer_id";
    let most = db.number(&format!("SELECT max(orders) FROM ({of_one}) AS counted"));
    assert!(most > 500, "the best customer has {most} orders");
    let wrong = "SELECT count(*) FROM order_details WHERE quantity NOT BETWEEN 1 AND 130 OR discount > 0.26";
    assert_eq!(db.number(wrong), 0);
}
