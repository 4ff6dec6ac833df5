use seed_diesel::Seedable;

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
#[seed(references(tenant_id = orders::id, order_id = orders::id))]
struct Line {
    id: i32,
    tenant_id: i32,
    order_id: i32,
}

fn main() {}
