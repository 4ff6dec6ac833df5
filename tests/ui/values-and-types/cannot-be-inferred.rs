use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, address -> Cidr } }

#[derive(Debug, Clone)]
struct Network;

#[derive(Seedable)]
struct User {
    id: i32,
    address: Network,
}

fn main() {}
