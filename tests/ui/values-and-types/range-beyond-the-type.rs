use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> SmallInt } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(range = 0..=70_000)]
    it: i16,
}

fn main() {}
