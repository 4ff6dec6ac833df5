use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, address -> Text } }

#[derive(Debug)]
struct Address(String);

#[derive(Seedable)]
struct User {
    id: i32,
    #[seed(value = Address(format!("{row} Main Street")))]
    address: Address,
}

fn main() {}
