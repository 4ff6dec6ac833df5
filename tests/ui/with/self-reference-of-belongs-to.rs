use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, manager_id -> Nullable<Integer> } }

#[derive(Seedable)]
#[diesel(belongs_to(User, foreign_key = manager_id))]
struct User {
    id: i32,
    #[seed(with = 3)]
    manager_id: Option<i32>,
}

fn main() {}
