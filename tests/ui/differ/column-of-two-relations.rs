use seed_diesel::Seedable;

diesel::table! { teams (tenant_id, id) { tenant_id -> Integer, id -> Integer } }
diesel::table! { games (id) { id -> Integer, tenant_id -> Integer, home_id -> Integer, guest_id -> Integer } }

#[derive(Seedable)]
#[diesel(primary_key(tenant_id, id))]
struct Team {
    tenant_id: i32,
    id: i32,
}

#[derive(Seedable)]
#[seed(references(tenant_id = teams::tenant_id, home_id = teams::id))]
#[seed(references(tenant_id = teams::tenant_id, guest_id = teams::id))]
#[seed(differ(tenant_id, guest_id))]
struct Game {
    id: i32,
    tenant_id: i32,
    home_id: i32,
    guest_id: i32,
}

fn main() {}
