//! Shards that load Northwind in the stages of its plan.

use seed_diesel::{Plan, Shard, models, seed};

use super::Db;
use crate::models::{
    Category, Customer, CustomerDemographic, Demographic, Employee, EmployeeTerritory, Order, OrderDetail, Product,
    Region, Shipper, Supplier, Territory,
};

const TABLES: &str = include_str!("tables.sql");

/// Employees report to one another, so they are loaded whole.
const STAGES: [&str; 4] = [
    "`--tables regions,categories,suppliers --shard 1/6` to `6/6`",
    "`--tables employees`",
    "`--tables customer_demographics,customers,shippers,territories,products --shard 1/6` to `6/6`",
    "`--tables orders,customer_customer_demo,order_details,employee_territories --shard 1/6` to `6/6`",
];

/// A run over a tenth of the customers and orders.
macro_rules! northwind {
    ($db:ident) => {
        seed(
            &mut $db.conn,
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
            ],
        )
        .seed(42)
        .refine::<Customer>(|t| t.count(1_000))
        .refine::<Order>(|t| t.count(5_000))
    };
}

#[test]
fn shards_load_the_rows_of_one_run() {
    let mut db = Db::with(TABLES);
    northwind!(db).run().unwrap();
    let plan: Plan = northwind!(db).plan().unwrap();
    let rows = db.export(&plan);
    assert!(rows.len() > 15_000);
    northwind!(db).only_reset().unwrap();

    let stages = plan.stages(6);
    let told: Vec<String> = stages.iter().map(ToString::to_string).collect();
    assert_eq!(told, STAGES);
    for stage in stages {
        for number in 1..=stage.shards {
            let run = northwind!(db).tables(stage.tables.clone());
            let run = if stage.shards == 1 { run } else { run.shard(Shard::new(number, stage.shards).unwrap()) };
            run.run().unwrap();
        }
    }
    assert!(db.export(&plan) == rows);
}
