use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer> } }

const ROOTS: &str = "0.1";

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(references = users::id, tree(roots = ROOTS))]
    manager_id: Option<i32>,
}

fn main() {}
