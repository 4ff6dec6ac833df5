use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer> } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(references = users::id, tree(depth = 5, branching = 1..=3))]
    manager_id: Option<i32>,
}

fn main() {}
