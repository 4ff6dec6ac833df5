use seed_diesel::Seedable;

diesel::table! { users (id) { id -> Integer, address -> Cidr } }

struct Network;

#[derive(Seedable)]
struct User {
    id: i32,
    address: Network,
}

fn main() {}
