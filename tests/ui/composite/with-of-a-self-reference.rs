use seed_diesel::Seedable;

diesel::table! { lines (id) { id -> Integer, tenant_id -> Integer, parent_id -> Nullable<Integer> } }

#[derive(Seedable)]
#[seed(references(tenant_id = lines::tenant_id, parent_id = lines::id, with = 3))]
struct Line {
    id: i32,
    tenant_id: i32,
    parent_id: Option<i32>,
}

fn main() {}
