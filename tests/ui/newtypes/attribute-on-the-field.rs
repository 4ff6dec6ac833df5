use seed_diesel::Seedable;

#[derive(Seedable)]
struct UserId(#[seed(range = 1..=10)] i32);

fn main() {}
