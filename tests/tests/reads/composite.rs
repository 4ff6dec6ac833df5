//! Foreign keys of several columns, named by a field that is part of no other.

use diesel::prelude::*;
use seed_diesel::{RelationDsl, Seedable, models, seed};

use super::Db;
use crate::watched;

diesel::table! {
    orders (shop, number) {
        #[max_length = 10]
        shop -> Varchar,
        number -> Integer,
        paid -> Bool,
    }
}

diesel::table! {
    items (id) {
        id -> Integer,
        #[max_length = 10]
        shop -> Varchar,
        order_number -> Nullable<Integer>,
        price -> Integer,
    }
}

diesel::table! {
    invoices (shop, order_number) {
        #[max_length = 10]
        shop -> Varchar,
        order_number -> Integer,
        total -> Integer,
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(primary_key(shop, number))]
struct Order {
    shop: String,
    number: i32,
    paid: bool,
}

#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[seed(references(shop = orders::shop, order_number = orders::number))]
struct Item {
    id: i32,
    shop: String,
    order_number: Option<i32>,
    price: i32,
}

/// One for each order at most: the key is the order's own.
#[derive(Debug, PartialEq, Queryable, Selectable, Seedable)]
#[diesel(primary_key(shop, order_number))]
#[seed(references(shop = orders::shop, order_number = orders::number))]
struct Invoice {
    shop: String,
    order_number: i32,
    total: i32,
}

const TABLES: &str = "
    CREATE TABLE orders (shop VARCHAR(10) NOT NULL, number INTEGER NOT NULL, paid BOOLEAN NOT NULL,
        PRIMARY KEY (shop, number));
    CREATE TABLE items (id SERIAL PRIMARY KEY, shop VARCHAR(10) NOT NULL, order_number INTEGER, price INTEGER NOT NULL,
        FOREIGN KEY (shop, order_number) REFERENCES orders (shop, number));
    CREATE TABLE invoices (shop VARCHAR(10) NOT NULL, order_number INTEGER NOT NULL, total INTEGER NOT NULL,
        PRIMARY KEY (shop, order_number), FOREIGN KEY (shop, order_number) REFERENCES orders (shop, number));";

/// The shops count their orders alike.
fn shops() -> Db {
    let mut db = Db::with(TABLES);
    db.run(
        "INSERT INTO orders (shop, number, paid) VALUES ('Oslo', 2, TRUE), ('Rome', 1, TRUE), ('Oslo', 1, FALSE), ('Rome', 2, FALSE);
         INSERT INTO items (id, shop, order_number, price) VALUES
             (1, 'Rome', 2, 30), (2, 'Oslo', 2, 10), (3, 'Oslo', NULL, 40), (4, 'Rome', 2, 20), (5, 'Oslo', 1, 50);
         INSERT INTO invoices (shop, order_number, total) VALUES ('Rome', 1, 7), ('Oslo', 2, 10);",
    );
    db
}

#[test]
fn children_are_found_by_all_columns() {
    let mut db = shops();
    let (read, queries) =
        watched(&mut db.conn, |conn| Order::with((items::order_number, invoices::order_number)).load(conn));
    let read: Vec<(Order, (Vec<Item>, Option<Invoice>))> = read.unwrap();
    let read = read.into_iter().map(|(order, (items, invoice))| {
        let items: Vec<i32> = items.iter().map(|item| item.id).collect();
        (order.shop, order.number, items, invoice.map(|invoice| invoice.total))
    });
    let order = |shop: &str, number, items: &[i32], total| (shop.to_owned(), number, items.to_vec(), total);
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            order("Oslo", 1, &[5], None),
            order("Oslo", 2, &[2], Some(10)),
            order("Rome", 1, &[], Some(7)),
            order("Rome", 2, &[1, 4], None)
        ]
    );
    assert_eq!(queries.len(), 3, "{queries:?}");
}

#[test]
fn no_more_is_read_than_the_children_of_those_that_are_asked_for() {
    let mut db = shops();
    // Among them are both shops and both numbers, but not Rome's second order.
    let orders = Order::with(items::shop.filter(items::price.gt(10)).order(items::price))
        .filter(orders::paid.eq(true).or(orders::shop.eq("Oslo")))
        .load(&mut db.conn)
        .unwrap();
    let items: Vec<(String, i32, usize)> =
        orders.into_iter().map(|(order, items)| (order.shop, order.number, items.len())).collect();
    assert_eq!(items, [("Oslo".to_owned(), 1, 1), ("Oslo".to_owned(), 2, 0), ("Rome".to_owned(), 1, 0)]);
}

#[test]
fn a_child_has_its_parent_or_none() {
    let mut db = shops();
    let read: Vec<(Item, Option<Order>)> = Item::with(items::order_number.parent()).load(&mut db.conn).unwrap();
    let read = read.into_iter().map(|(item, order)| (item.id, order.map(|order| (order.shop, order.number))));
    let order = |shop: &str, number| Some((shop.to_owned(), number));
    assert_eq!(
        read.collect::<Vec<_>>(),
        [(1, order("Rome", 2)), (2, order("Oslo", 2)), (3, None), (4, order("Rome", 2)), (5, order("Oslo", 1))]
    );
    let read: Vec<(Invoice, Order)> = Invoice::with(invoices::shop.parent()).load(&mut db.conn).unwrap();
    assert!(read.iter().all(|(invoice, order)| (&invoice.shop, invoice.order_number) == (&order.shop, order.number)));
    assert_eq!(read.len(), 2);
}

#[test]
fn more_keys_than_a_statement_can_bind_are_read_in_parts() {
    let mut db = Db::with(TABLES);
    let report = seed(&mut db.conn, models![Order, Item, Invoice])
        .refine::<Order>(|t| t.count(40_000))
        .refine::<Item>(|t| t.count(1_000))
        .refine::<Invoice>(|t| t.count(20_000))
        .run()
        .unwrap();
    assert_eq!(report.rows("invoices"), 20_000);

    let (read, queries) = watched(&mut db.conn, |conn| Order::with(invoices::order_number).load(conn));

    let read = read.unwrap();
    assert_eq!(read.len(), 40_000);
    // Two values bound for each.
    assert!((4..=6).contains(&queries.len()), "{} queries", queries.len());
    let invoices = read.iter().filter_map(|(order, invoice)| Some((order, invoice.as_ref()?)));
    let mut count = 0;
    for (order, invoice) in invoices {
        assert_eq!((&invoice.shop, invoice.order_number), (&order.shop, order.number));
        count += 1;
    }
    assert_eq!(count, 20_000);

    let items = Item::with(items::order_number.parent()).load(&mut db.conn).unwrap();
    assert_eq!(items.len(), 1_000);
    for (item, order) in items {
        let key = |order: Order| (order.shop, Some(order.number));
        assert_eq!(order.map(key), item.order_number.map(|number| (item.shop, Some(number))));
    }
}

#[test]
fn an_error_names_all_columns() {
    let mut db = Db::with(
        "CREATE TABLE orders (shop VARCHAR(10) NOT NULL, number INTEGER NOT NULL, paid BOOLEAN NOT NULL, id SERIAL PRIMARY KEY);
         CREATE TABLE invoices (shop VARCHAR(10) NOT NULL, order_number INTEGER NOT NULL, total INTEGER NOT NULL);
         INSERT INTO orders (shop, number, paid) VALUES ('Oslo', 1, TRUE), ('Oslo', 1, FALSE);",
    );
    let error = Order::with(invoices::shop).load(&mut db.conn).unwrap_err().to_string();
    assert_eq!(
        error,
        "two rows of `orders` have the same `(shop, number)`, which `invoices.(shop, order_number)` references: their \
         children cannot be told apart; make it unique in the database"
    );
}
