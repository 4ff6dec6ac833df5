use seed_diesel::Seedable;

#[derive(Seedable)]
#[seed(count = 12)]
struct UserId(i32);

fn main() {}
