use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, it -> Date } }

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(range = 1960..=2007)]
    it: chrono::NaiveDate,
}

fn main() {}
