use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, name -> Text } }

#[derive(Seedable)]
struct User<'a> {
    id: i32,
    name: &'a str,
}

fn main() {}
