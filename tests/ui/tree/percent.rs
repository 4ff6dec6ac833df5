use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer> } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(references = users::id, tree(roots = 10))]
    manager_id: Option<i32>,
}

fn main() {}
