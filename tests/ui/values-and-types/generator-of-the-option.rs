use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Nullable<Integer> } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(generator = seed_diesel::constant(Some(3)))]
    it: Option<i32>,
}

fn main() {}
