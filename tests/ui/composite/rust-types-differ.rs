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

#[derive(Debug, Clone, Seedable)]
struct OrderId(i32);

impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Integer, DB> for OrderId
where
    i32: diesel::serialize::ToSql<diesel::sql_types::Integer, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.to_sql(out)
    }
}

#[derive(Seedable)]
#[seed(references(tenant_id = orders::tenant_id, order_id = orders::id))]
struct Line {
    id: i32,
    tenant_id: i32,
    order_id: OrderId,
}

fn main() {}
