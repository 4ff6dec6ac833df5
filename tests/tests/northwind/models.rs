//! The Northwind database, as its models are written.

use chrono::NaiveDate;
use diesel::prelude::*;
use seed_diesel::Seedable;
use seed_diesel::generators::pattern;

diesel::table! {
    categories (category_id) {
        category_id -> Integer,
        #[max_length = 30]
        category_name -> Varchar,
    }
}

diesel::table! {
    suppliers (supplier_id) {
        supplier_id -> Integer,
        #[max_length = 60]
        company_name -> Varchar,
        #[max_length = 30]
        city -> Varchar,
        #[max_length = 30]
        phone -> Nullable<Varchar>,
    }
}

diesel::table! {
    products (product_id) {
        product_id -> Integer,
        #[max_length = 60]
        product_name -> Varchar,
        supplier_id -> Nullable<Integer>,
        category_id -> Integer,
        unit_price -> Double,
        units_in_stock -> SmallInt,
        discontinued -> Bool,
    }
}

diesel::table! {
    customers (customer_id) {
        #[max_length = 5]
        customer_id -> Varchar,
        #[max_length = 60]
        company_name -> Varchar,
        #[max_length = 60]
        contact_name -> Varchar,
        #[max_length = 30]
        city -> Varchar,
    }
}

diesel::table! {
    customer_demographics (customer_type_id) {
        customer_type_id -> Integer,
        #[max_length = 60]
        customer_desc -> Nullable<Varchar>,
    }
}

diesel::table! {
    customer_customer_demo (customer_id, customer_type_id) {
        #[max_length = 5]
        customer_id -> Varchar,
        customer_type_id -> Integer,
    }
}

diesel::table! {
    employees (employee_id) {
        employee_id -> Integer,
        #[max_length = 30]
        last_name -> Varchar,
        #[max_length = 30]
        first_name -> Varchar,
        birth_date -> Date,
        hire_date -> Date,
        reports_to -> Nullable<Integer>,
    }
}

diesel::table! {
    regions (region_id) {
        region_id -> Integer,
        #[max_length = 30]
        region_description -> Varchar,
    }
}

diesel::table! {
    territories (territory_id) {
        #[max_length = 20]
        territory_id -> Varchar,
        #[max_length = 30]
        territory_description -> Varchar,
        region_id -> Integer,
    }
}

diesel::table! {
    employee_territories (employee_id, territory_id) {
        employee_id -> Integer,
        #[max_length = 20]
        territory_id -> Varchar,
    }
}

diesel::table! {
    shippers (shipper_id) {
        shipper_id -> Integer,
        #[max_length = 60]
        company_name -> Varchar,
    }
}

diesel::table! {
    orders (order_id) {
        order_id -> Integer,
        #[max_length = 5]
        customer_id -> Varchar,
        employee_id -> Integer,
        order_date -> Date,
        required_date -> Date,
        shipped_date -> Nullable<Date>,
        ship_via -> Nullable<Integer>,
        freight -> Double,
    }
}

diesel::table! {
    order_details (order_id, product_id) {
        order_id -> Integer,
        product_id -> Integer,
        unit_price -> Double,
        quantity -> SmallInt,
        discount -> Float,
    }
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = categories, primary_key(category_id))]
#[seed(count = 8)]
pub struct Category {
    pub category_id: i32,
    #[seed(unique)]
    pub category_name: String,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = suppliers, primary_key(supplier_id))]
#[seed(count = 300)]
pub struct Supplier {
    pub supplier_id: i32,
    pub company_name: String,
    pub city: String,
    pub phone: Option<String>,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = products, primary_key(product_id))]
#[seed(count = 2_000)]
pub struct Product {
    pub product_id: i32,
    pub product_name: String,
    #[seed(references = suppliers::supplier_id)]
    pub supplier_id: Option<i32>,
    #[seed(references = categories::category_id)]
    pub category_id: i32,
    #[seed(range = 1.0..=200.0)]
    pub unit_price: f64,
    #[seed(range = 0..=125)]
    pub units_in_stock: i16,
    pub discontinued: bool,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = customers, primary_key(customer_id))]
#[seed(count = 10_000)]
pub struct Customer {
    #[seed(generator = pattern("[A-Z]{5}"))]
    pub customer_id: String,
    pub company_name: String,
    pub contact_name: String,
    pub city: String,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = customer_demographics, primary_key(customer_type_id))]
#[seed(count = 12)]
pub struct Demographic {
    pub customer_type_id: i32,
    pub customer_desc: Option<String>,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = customer_customer_demo, primary_key(customer_id, customer_type_id))]
pub struct CustomerDemographic {
    #[seed(references = customers::customer_id, with = 0..=2)]
    pub customer_id: String,
    #[seed(references = customer_demographics::customer_type_id)]
    pub customer_type_id: i32,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = employees, primary_key(employee_id))]
#[seed(count = 500)]
pub struct Employee {
    pub employee_id: i32,
    pub last_name: String,
    pub first_name: String,
    #[seed(range = "1960-01-01"..="2001-12-31")]
    pub birth_date: NaiveDate,
    #[seed(range = "1995-01-01"..="2024-12-31", after = birth_date)]
    pub hire_date: NaiveDate,
    #[seed(references = employees::employee_id, tree(roots = 0.02, branching = 1..=8))]
    pub reports_to: Option<i32>,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = regions, primary_key(region_id))]
#[seed(count = 4)]
pub struct Region {
    pub region_id: i32,
    #[seed(values = ["Eastern", "Western", "Northern", "Southern"], unique)]
    pub region_description: String,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = territories, primary_key(territory_id))]
pub struct Territory {
    #[seed(generator = pattern("\\d{5}"))]
    pub territory_id: String,
    pub territory_description: String,
    #[seed(references = regions::region_id, with = 12..=15)]
    pub region_id: i32,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = employee_territories, primary_key(employee_id, territory_id))]
pub struct EmployeeTerritory {
    #[seed(references = employees::employee_id, with = 1..=7)]
    pub employee_id: i32,
    #[seed(references = territories::territory_id)]
    pub territory_id: String,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = shippers, primary_key(shipper_id))]
#[seed(count = 5)]
pub struct Shipper {
    pub shipper_id: i32,
    pub company_name: String,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = orders, primary_key(order_id))]
#[seed(count = 50_000)]
pub struct Order {
    pub order_id: i32,
    #[seed(references = customers::customer_id, zipf = 0.7)]
    pub customer_id: String,
    #[seed(references = employees::employee_id)]
    pub employee_id: i32,
    #[seed(range = "2024-01-01"..="2025-06-30")]
    pub order_date: NaiveDate,
    #[seed(range = "2024-01-01"..="2025-12-31", after = order_date)]
    pub required_date: NaiveDate,
    #[seed(range = "2024-01-01"..="2025-12-31", after = order_date, null = 0.05)]
    pub shipped_date: Option<NaiveDate>,
    #[seed(references = shippers::shipper_id, null = 0.2)]
    pub ship_via: Option<i32>,
    #[seed(range = 0.0..=1_000.0)]
    pub freight: f64,
}

#[derive(Queryable, Seedable)]
#[diesel(table_name = order_details, primary_key(order_id, product_id))]
pub struct OrderDetail {
    #[seed(references = orders::order_id, with = [(0.6, 1..=2), (0.3, 3..=4), (0.1, 5..=6)])]
    pub order_id: i32,
    #[seed(references = products::product_id)]
    pub product_id: i32,
    #[seed(range = 1.0..=200.0)]
    pub unit_price: f64,
    #[seed(range = 1..=130)]
    pub quantity: i16,
    #[seed(values = [0.0, 0.05, 0.1, 0.15, 0.2, 0.25])]
    pub discount: f32,
}
