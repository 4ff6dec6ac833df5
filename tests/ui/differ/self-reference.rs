use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer>, mentor_id -> Nullable<Integer> } }

#[derive(Seedable)]
#[seed(differ(manager_id, mentor_id))]
struct User {
    id: i32,
    #[seed(references = users::id)]
    manager_id: Option<i32>,
    #[seed(references = users::id)]
    mentor_id: Option<i32>,
}

fn main() {}
