use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text, price -> Integer, born -> Integer } }

#[derive(Seedable)]
#[seed(locale = Locale::FR_FR)]
struct User {
    id: i32,
    #[seed(locale = "fr_FR")]
    name: String,
}

fn main() {}
