use diesel::prelude::*;
use seed_diesel::{Seedable, models, seed};

diesel::table! { tenants (id) { id -> Integer } }
diesel::table! { orders (id) { id -> Integer, tenant_id -> Integer } }
diesel::table! { lines (id) { id -> Integer, tenant_id -> Integer, order_id -> Integer } }

#[derive(Seedable)]
struct Tenant {
    id: i32,
}

#[derive(Seedable)]
struct Order {
    id: i32,
    #[seed(references = tenants::id)]
    tenant_id: i32,
}

#[derive(Seedable)]
#[seed(references(tenant_id = orders::tenant_id, order_id = orders::id))]
struct Line {
    id: i32,
    #[seed(references = tenants::id)]
    tenant_id: i32,
    order_id: i32,
}

fn main() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let _ = seed(&mut conn, models![Tenant, Order, Line]).refine::<Order>(|t| t.with(lines::tenant_id, 3)).run();
}
