// All mistakes of a model come in one compile.

use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, username -> Text, points -> Integer, born -> Date, bio -> Text } }

#[derive(Seedable)]
#[seed(cuont = 12)]
struct User {
    id: i32,
    #[seed(uniqe)]
    username: String,
    #[seed(range = 1..=10, values = [1, 2, 3])]
    points: i32,
    #[seed(range = 1960..=2007)]
    born: chrono::NaiveDate,
    #[seed(null = 0.5)]
    bio: String,
}

fn main() {}
